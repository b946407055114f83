"""The commands of an instructor: grade, class, instructor."""

from pathlib import Path
from typing import Annotated

import typer

from crm_course import workspace


def grade(
    folder: Annotated[Path, typer.Argument(help="Holds <student>.ipynb for each student.")],
    sheet: Annotated[str, typer.Option(help="Number of the chapter, 21.")],
    out: Annotated[Path, typer.Option(help="The table.")] = Path("grades.csv"),
    feedback: Annotated[Path | None, typer.Option(help="Folder for a page per student.")] = None,
    students: Annotated[Path | None, typer.Option(help="The class: an id on each line.")] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Everybody used student=''.")] = False,
    seconds: Annotated[float, typer.Option(help="For one submission.")] = 180,
    jobs: Annotated[int, typer.Option(help="Submissions at the same time.")] = 2,
):
    """Mark a class: a table for you, a page without answers for each student."""
    from crm_course.learning import grade as grading
    from crm_course.learning import grade_report, sandbox

    grade_report.check_place(out)
    read = grading.read_sheet(workspace.course_folder(), sheet)
    typer.echo(sandbox.promises())
    limits = sandbox.Limits(seconds=seconds, cell_seconds=max(1.0, seconds / 3))
    graded = grading.grade(folder, read, students=_ids(students), shared=shared, limits=limits,
                           jobs=jobs, say=typer.echo)  # fmt: skip
    grade_report.write(graded, read, out, feedback)
    typer.echo(f"{len(graded)} students in {out}.")


def _ids(path):
    """Return the ids of a class list: the first column, without a header."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path else []
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} must be text in UTF-8, got {error.object[error.start : error.end]!r}. "
            "In Excel, choose Save as: CSV UTF-8."
        ) from None
    ids = [line.split(",")[0].split(";")[0].strip().strip('"') for line in lines]
    return [id for id in ids if id and id.lower() not in ("student", "id", "student_id")]


def instructor(
    chapter: Annotated[str, typer.Argument(help="Its number, 21; empty with --path.")] = "",
    minutes: Annotated[int | None, typer.Option(
        help="60, 90 or 180, or what you have; 60 if not given, 90 for a case.")] = None,
    path: Annotated[str, typer.Option(help="hour, day or semester.")] = "",
    out: Annotated[Path | None, typer.Option(help="Default: work/instructor/.")] = None,
    slides: Annotated[bool, typer.Option(help="Make slides, too.")] = True,
):
    """Make run sheet, answer key and slides of a chapter, the pages of a case, or a whole path."""
    from crm_course.learning import case_pages, instructor_files, lesson_plan, run_sheet
    from crm_course.learning import instructor as made

    course = workspace.course_folder()
    folder = out or workspace.work_folder(course) / "instructor"
    if path or not chapter:
        text = made.path_text(path or "hour", lambda number: lesson_plan.read(course, number),
                              lesson_plan.chapters(course))  # fmt: skip
        _tell(instructor_files.write(folder, f"path-{path or 'hour'}", text))
        return
    lesson = lesson_plan.read(course, chapter)
    if minutes is None:
        minutes = 90 if lesson.is_case else 60
    sheet = made.run_sheet_text(lesson, run_sheet.plan(lesson, minutes))
    folder = folder / lesson.stem
    _tell(instructor_files.write(folder, f"run-sheet-{minutes}", sheet))
    _tell(instructor_files.write(folder, "answer-key", made.answer_key(lesson)))
    for name, page in case_pages.pages(lesson).items():
        _tell(instructor_files.write(folder, name, page))
    if slides:
        from crm_course.learning import slides as deck

        _tell([deck.write(lesson.path, folder, course)])


def _tell(paths):
    for each in paths:
        typer.echo(f"wrote {each}")


def show_class(
    grades: Annotated[Path, typer.Argument(help="The table that `grade` wrote.")],
    picture: Annotated[Path, typer.Option(help="A .png, .svg or .pdf.")] = Path("class.png"),
):
    """Show who struggles with what: by exercise and by misconception, and as a picture."""
    from crm_course.learning import class_view

    read = class_view.read(grades)
    typer.echo(class_view.told(read))
    class_view.write(read, picture)
    typer.echo(f"\nwrote {picture}")


def nbgrader(
    sheet: Annotated[str, typer.Argument(help="Number of the chapter, 21.")],
    out: Annotated[Path, typer.Option(help="nbgrader's source/<assignment>.")],
):
    """Write a sheet as source for nbgrader, with a graded cell for each check."""
    from crm_course.learning import nbgrader_source

    _tell([nbgrader_source.write(workspace.course_folder(), sheet, out)])
