"""What grading writes: one table for the instructor, one page for each student, no answers."""

import csv
import html
import io
import re
from pathlib import Path

from crm_course import workspace
from crm_course.locale import _
from crm_course.own_file import harmless

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.I)  # no names on Windows
_TABLE = re.compile(rb"\W*student\W+points\W")  # also as a spreadsheet saves it, with semicolons
WORDS = {"right": "right", "empty": "empty", "unmarked": "by hand"}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 1rem/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
color: #1f1f1f; background: #ffffff; }} h2 {{ font-size: 1.05rem; margin: 1.5rem 0 0.4rem; }}
</style></head><body>
<h1>{title}</h1>
<p>{points}</p>
{parts}
</body></html>
"""


def table(graded, sheet):
    """Return the CSV: student, points, of, stretch, notes, then a column for each exercise.

    A cell is right, empty, by hand, wrong, or wrong: and the misconception.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(["student", "points", "of", "stretch", "notes", *sheet.titles])
    for each in graded:
        points, more = each.points(sheet.core), each.points(sheet.stretch)
        words = [word(each.feedback[id]) for id in sheet.titles]
        notes = "; ".join(each.notes)
        write([harmless(each.student), points, len(sheet.core), more, harmless(notes), *words])
    return out.getvalue()


def word(feedback):
    """Return the outcome of an exercise as one word, with its misconception if there is one."""
    known = WORDS.get(feedback.outcome, "wrong")
    return f"{known}: {feedback.mistake}" if feedback.mistake else known


def page(graded, sheet):
    """Return the page of one student: a sentence on each exercise, and no right answer."""
    text = _("{points} of {all} right").format(
        points=graded.points(sheet.core), all=len(sheet.core)
    )
    if sheet.stretch:
        more = _("and {points} of {all} below the line")
        text += ", " + more.format(points=graded.points(sheet.stretch), all=len(sheet.stretch))
    parts = [
        f"<h2>{html.escape(f'{id} {title}')}</h2>\n{graded.feedback[id].html()}"
        for id, title in sheet.titles.items()
    ]
    title = html.escape(f"{sheet.stem} · {graded.student}")
    return PAGE.format(title=title, points=f"{text}.", parts="\n".join(parts))


def check_place(out):
    """Raise ValueError where the table would take the place of something else."""
    if Path(out).exists() and not _TABLE.match(Path(out).read_bytes()):
        raise ValueError(
            f"{out} must be new or a table of marks, got something else. Choose another name."
        )


def write(graded, sheet, out, feedback=None):
    """Write the table to out, and the pages into the folder feedback where one is given.

    An earlier table, which may have marks made by hand, is kept beside.
    """
    check_place(out)
    mark = "\ufeff"  # lets Excel read UTF-8
    workspace.write_beside(Path(out), (mark + table(graded, sheet)).encode())
    if feedback:
        for name, each in zip(_names(graded), graded, strict=True):
            workspace.write(Path(feedback) / name, page(each, sheet).encode())


def _names(graded):
    """Return a file name for each student that stays in its folder, no name twice."""
    taken, names = set(), []
    for each in graded:
        plain = re.sub(r"[^\w.-]+", "_", each.student).strip("._")[:80] or "student"
        plain = f"_{plain}" if _RESERVED.match(plain) else plain
        name, number = f"{plain}.html", 2
        while name.lower() in taken:
            name, number = f"{plain}-{number}.html", number + 1
        taken.add(name.lower())
        names.append(name)
    return names
