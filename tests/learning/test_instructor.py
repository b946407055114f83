"""The instructor's pages say what the chapter and its checks hold."""

import sys
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm_course import cli, content
from crm_course.learning import instructor, instructor_files, lesson_plan, run_sheet

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def chapter():
    return lesson_plan.read(ROOT, "21")


@pytest.fixture(scope="module")
def sheet(chapter):
    return instructor.run_sheet_text(chapter, run_sheet.plan(chapter, 60))


@pytest.fixture(scope="module")
def key(chapter):
    return instructor.answer_key(chapter)


def test_the_run_sheet_shows_the_whole_time(sheet):
    assert "| 0–" in sheet and "–60 |" in sheet
    assert "| | **Together** | **60** | | |" in sheet


def test_every_likely_wrong_answer_comes_with_what_to_say(sheet):
    for exercise in content.exercises("21"):
        assert all(mistake.say in sheet for mistake in exercise.mistakes), exercise.id


def test_every_wrong_choice_of_the_quiz_comes_with_its_rebuttal(sheet, chapter):
    for question in instructor._questions(chapter):
        assert all(each.say in sheet for each in question.exercise.mistakes), question.id


@pytest.mark.parametrize(
    "heading", ["Questions for pairs", "On the board", "Late?", "still stands", "no kernel"]
)
def test_the_run_sheet_has_all_its_parts(heading, sheet):
    assert any(heading in line for line in sheet.splitlines() if line.startswith("## "))


def test_the_answer_key_has_every_exercise_and_question(key, chapter):
    ids = [each.id for each in (*content.exercises("21"), *instructor._questions(chapter))]
    assert [id for id in ids if f"## {id}" not in key] == []


def test_an_answer_that_may_be_written_in_several_ways_stands_in_the_key():
    assert "**1 1 3 1 2 2 3**" in instructor.answer_key(lesson_plan.read(ROOT, "31"))


def test_the_answer_key_can_be_made_for_one_student(chapter, key):
    assert instructor.answer_key(chapter, "s1024") != key


def path_of(name, *known):
    """A path as if these chapters were there; each is read as chapter 21."""
    return instructor.path_text(name, lambda _number: read_21(), known)


@cache
def read_21():
    return lesson_plan.read(ROOT, "21")


@pytest.mark.parametrize("name", ["hour", "day", "semester"])
def test_a_path_joins_the_lessons_that_are_there(name):
    text = path_of(name, *lesson_plan.chapters(ROOT))
    assert "What keeps a customer" in text and "The mail, a week before" in text
    assert "to come" not in text


def lessons(name, *known):
    """The lines of a path before its mail, each to its first colon or comma."""
    lines = path_of(name, *known).split("## The mail")[0].splitlines()
    return [line for line in lines if line.startswith(("*", "Together"))]


def test_of_a_path_only_the_chapters_that_are_there_are_named_and_counted():
    told = lessons("day", "00", "21")
    assert [line.split(":")[0] for line in told] == [
        "* chapter 00, 30 min", "* chapter 21, 90 min", "Together 120 minutes."
    ]  # fmt: skip


def test_breaks_stand_only_between_lessons_and_of_two_the_longer_stays():
    assert "* Lunch, 60 min" in lessons("day", "21", "24")
    assert lessons("day", "21", "24")[-1] == "Together 210 minutes."
    assert not [line for line in lessons("day", "24") if "Break" in line or "Lunch" in line]


def test_a_path_without_any_chapter_still_has_its_mail():
    assert lessons("semester") == ["Together 0 minutes."]


def test_the_weeks_of_a_semester_are_numbered_without_gaps():
    told = [line.split(":")[0] for line in lessons("semester", "00", "21")]
    assert told[:2] == ["* Week 1", "* Week 2"]


def test_a_day_adds_up_with_its_breaks():
    minutes = [each[1] for each in instructor.PATHS["day"] if not isinstance(each, str)]
    assert sum(minutes) <= 6 * 60


def test_an_unknown_path_names_those_there_are():
    with pytest.raises(ValueError, match="path must be one of hour, day, semester, got 'week'"):
        instructor.path_text("week", None, ())


def test_pages_are_written_as_markdown_and_html(tmp_path):
    paths = instructor_files.write(
        tmp_path, "sheet", "# A & B\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert [path.name for path in paths] == ["sheet.md", "sheet.html"]
    assert "<title>A &amp; B</title>" in paths[1].read_text(encoding="utf-8")
    assert "<td>1</td>" in paths[1].read_text(encoding="utf-8")


def test_pages_that_somebody_wrote_into_are_kept_beside(tmp_path):
    page, _ = instructor_files.write(tmp_path, "sheet", "# A\n")
    page.write_text("# A\nmine", encoding="utf-8")
    instructor_files.write(tmp_path, "sheet", "# A\n")
    assert (tmp_path / "sheet.before.md").read_text(encoding="utf-8") == "# A\nmine"
    assert page.read_text(encoding="utf-8") == "# A\n"
    assert not (tmp_path / "sheet.before.html").exists()


def test_the_pages_lie_in_the_reader_s_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_COURSE_WORK", str(tmp_path))
    CliRunner().invoke(cli.app, ["instructor", "--path", "hour"], catch_exceptions=False)
    assert (tmp_path / "instructor/path-hour.md").exists()


def test_the_command_writes_run_sheet_and_key(tmp_path):
    words = ["instructor", "21", "--minutes", "90", "--no-slides", "--out", str(tmp_path)]
    result = CliRunner().invoke(cli.app, words, catch_exceptions=False)
    assert result.output.count("wrote") == 4
    assert (tmp_path / "21_retention/run-sheet-90.html").exists()


def test_no_released_sheet_holds_a_word_of_the_key(key):
    released = (ROOT / "exercises/2_customers/21_retention.ipynb").read_text(encoding="utf-8")
    assert "0.8389" in key and "0.8389" not in released


@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_a_chapter_without_a_sheet_has_its_run_sheet_all_the_same(minutes, tmp_path):
    start = lesson_plan.read(ROOT, "00")
    assert start.exercises == ()
    text = instructor.run_sheet_text(start, run_sheet.plan(start, minutes))
    assert f"| | **Together** | **{minutes}** | | |" in text
    assert "## 0.1" in instructor.answer_key(start)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99"], "chapter 99 must lie in notebooks/ of the checkout, got none. There are 00"),
        (["retention"], "chapter retention must lie in notebooks/"),
        (
            ["21", "--minutes", "10"],
            "or more for chapter 21, got 10. Give more, or teach it in two",
        ),
        (["21", "--minutes", "-5"], "or more for chapter 21, got -5. Give more"),
        (["--path", "week"], "path must be one of hour, day, semester, got 'week'. Choose one."),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(words, said, tmp_path, monkeypatch, capsys):
    words = ["crm-course", "instructor", *words, "--no-slides", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as end:
        cli.main()
    out, err = capsys.readouterr()
    assert (end.value.code, out) == (1, "") and said in err and len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
