"""A class of solved sheets: `crm-course grade` beside `nbgrader autograde`, wall clock."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from authoring.lesson import ROOT
from crm_course.learning import grade, nbgrader_source

TITLE = "Grading"
STUDENTS = [f"s{number}" for number in range(1, 7)]


def section():
    """Return the section as Markdown: seconds for one submission, each route on the same files."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [("`crm-course grade`, two at a time", _grade(Path(folder) / "grade"))]
        if importlib.util.find_spec("nbgrader"):
            rows.append(("`nbgrader autograde`", _nbgrader(Path(folder) / "nbgrader")))
    head = f"{len(STUDENTS)} solved sheets of chapter 21, each with all of its exercises.\n\n"
    lines = ["| route | seconds for one submission |", "|---|---|"]
    missing = "" if len(rows) > 1 else "\n\nnbgrader was not installed here: `.[nbgrader]`."
    return head + "\n".join(lines + [f"| {name} | {took:.1f} |" for name, took in rows]) + missing


def _grade(folder):
    folder.mkdir()
    solved = ROOT / "tests/solutions/2_customers/21_retention.ipynb"
    for student in STUDENTS:
        text = solved.read_text(encoding="utf-8")
        mine = text.replace(r"student=\"\"", rf"student=\"{student}\"")
        (folder / f"{student}.ipynb").write_text(mine, encoding="utf-8")
    sheet = grade.read_sheet(ROOT, "21")
    marks = []
    took = _timed(lambda: marks.extend(grade.grade(folder, sheet, say=lambda _line: None)))
    lost = [each.student for each in marks if each.points(sheet.core) < len(sheet.core) - 1]
    if lost:  # the memo of one company does not name the figures of another
        raise RuntimeError(f"solved sheets must be marked right, got other marks for {lost}.")
    return took


def _nbgrader(folder):
    source = nbgrader_source.write(ROOT, "21", folder / "source/sheet")
    _run(folder, "generate_assignment", "sheet", "--create")
    for student in STUDENTS:
        (folder / f"submitted/{student}/sheet").mkdir(parents=True)
        shutil.copy(source, folder / f"submitted/{student}/sheet")
    return _timed(lambda: _run(folder, "autograde", "sheet"))


def _run(folder, *words):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-W", "ignore", "-m", "nbgrader", *words]
    environment = os.environ | {"PATH": path}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def _timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) / len(STUDENTS)
