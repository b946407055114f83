"""A class of thirty: honest, careless, lazy and hostile; each gets the mark that is its own."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from unittest.mock import ANY

import pytest

from crm_course import content
from crm_course.learning import grade, grade_report, sandbox

ROOT = Path(__file__).parents[2]
SOLVED = ROOT / "tests/solutions/2_customers/21_retention.ipynb"
LIMITS = sandbox.Limits(seconds=15, cell_seconds=3)  # a machine may be busy
SHEET = grade.Sheet("21_retention", {"21.2": "Three", "21.3": "One step", "21.4": "June"})

TWO = f"answer_21_2 = {list(content.exercise('21.2').reference(None))!r}"
THREE = f"answer_21_3 = {list(content.exercise('21.3').reference(None))!r}"
GOOD = "from crm_course import datasets\ncompany = datasets.company(student={!r})"
JUNE = """
panel = company.panel
june = panel[panel["month"] - panel["tenure"] == 6]
answer_21_4 = (june["tenure"] == 12).sum() / (june["tenure"] == 0).sum()
"""
ALWAYS_EQUAL = """
class Always(float):
    __eq__ = lambda *_: True
    __abs__ = __sub__ = __rsub__ = lambda *_: 0.0
answer_21_2 = [Always(), Always(), Always()]
"""
PATCHED = """
import builtins
check = lambda *_, **__: print("right")
builtins.all = builtins.any = builtins.abs = lambda *_: True
answer_21_2 = [0, 0, 0]
"""
STUBBORN = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True: pass
"""
WRITES = """
import os, pathlib
for path in ("../../grades.csv", "../../../grades.csv", "{marked}", "{course}/crm_course/x.py"):
    try: pathlib.Path(path).write_text("hacked")
    except OSError as error: answer_21_3 = str(error)
"""
READS = "answer_21_2 = eval(open('{folder}/honest.ipynb').read())"
# into all that may lead to the grader, and the last word: no true answer comes after it
FORGED = """
import os, stat
for fd in range(60):
    try:
        if stat.S_IFMT(os.fstat(fd).st_mode) in (stat.S_IFREG, stat.S_IFIFO, stat.S_IFCHR):
            os.write(fd, b'{"answers": {"21.2": {"kind": "number", "value": "nan"}}}\\n')
    except OSError: pass
os._exit(1)
"""
# into its kernel's sockets and events too: it may hang, die or go on, as the machine has it
WRECKED = """
import os
for fd in range(60):
    try: os.write(fd, b'{"answers": {"21.2": {"kind": "number", "value": "nan"}}}\\n')
    except OSError: pass
"""

# what is handed in: cells of each student, then the outcomes of 21.2 and 21.3 and a note
CLASS = {
    "honest": ([TWO, THREE], "right", "right", ""),
    "half": ([TWO, "answer_21_3 = ..."], "right", "empty", ""),
    "backwards": ([TWO, f"{THREE}[::-1]"], "right", "wrong: SAT_IS_LOYAL", ""),
    "empty": (["answer_21_2 = ...", "answer_21_3 = ..."], "empty", "empty", ""),
    "nothing": ([], "empty", "empty", ""),
    "missing-cell": ([THREE], "empty", "right", ""),
    "renamed": (["answer_21_2 = ...", TWO.replace("answer_21_2", "mine"),
                 'check("21.2", mine, data=company)'], "right", "empty", ""),
    "renamed-below": (["answer_21_2 = ...", 'check("21.2", answer_21_2)',
                       TWO.replace("answer_21_2", "mine"), 'check("21.2", mine)'],
                      "right", "empty", ""),
    "tried-first": (["first = [1, 2, 3]", 'check("21.2", first)', TWO,
                     'check("21.2", answer_21_2)', 'check("21.2", first)'], "right", "empty", ""),
    "crash": (["answer_21_2 = 1 / 0", THREE], "wrong: ERROR", "right", ""),
    "syntax": (["answer_21_2 = = 3", THREE], "wrong: ERROR", "right", ""),
    "name": (["answer_21_2 = undefined", THREE], "wrong: ERROR", "right", ""),
    "loop": ([TWO, "while True: pass", THREE], "right", "right", ""),
    "stubborn": ([TWO, STUBBORN, THREE], "right", "empty", "the time was over"),
    "sleeper": ([TWO, "import time\ntime.sleep(999)", THREE], "right", "right", ""),
    "dies": ([TWO, "import os\nos._exit(1)", THREE], "right", "empty", "the kernel died"),
    "exits": ([TWO, "import sys\nsys.exit()", THREE], "right", "right", ""),
    "hungry": ([TWO, "x = bytearray(10 ** 11)", THREE], "right", "right", ""),
    "flood": ([TWO, "for _ in range(3000): print('x' * 10_000)", THREE], "right", "right", ""),
    "huge": (["answer_21_2 = list(range(10 ** 6))", THREE], "wrong", "right", ""),
    "equal": ([ALWAYS_EQUAL, THREE], "wrong", "right", ""),
    "patched": ([PATCHED], "wrong", "empty", ""),
    "climber": ([TWO, WRITES], "right", "wrong", ""),
    "reader": ([READS, THREE], "wrong: ERROR", "right", ""),
    "forger": ([FORGED, THREE], "empty", "empty", "the kernel died"),
    "wrecker": ([WRECKED, THREE], "empty", ANY, ""),
    "copier": ([f"if False: {GOOD.splitlines()[1]}".format("honest"), "answer_21_2 = 1"],
               "wrong", "empty", "the company of honest"),
    "twin": ([TWO, THREE], "right", "right", "same cells"),
    "stranger": ([TWO, THREE + " "], "right", "right", "not on the list"),
    "asks": ([TWO, "input('?')", THREE], "right", "right", ""),
    "=1+1": ([f"# {'é' * 9}", TWO, THREE], "right", "right", ""),
}  # fmt: skip


def notebook(cells):
    made = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """The folder of the class: those above, and two that are no notebooks."""
    folder = tmp_path_factory.mktemp("class") / "submissions"
    folder.mkdir()
    (folder.parent / "marked.csv").write_text("mine")
    for student, (cells, *_rest) in CLASS.items():
        place = {"{marked}": f"{folder.parent}/marked.csv", "{course}": str(ROOT),
                 "{folder}": str(folder)}  # fmt: skip
        for name, path in place.items():
            cells = [cell.replace(name, path) for cell in cells]
        (folder / f"{student}.ipynb").write_text(notebook(cells), encoding="utf-8")
    (folder / "broken.ipynb").write_bytes(b'{"cells": [{"cell_')
    try:
        (folder / "linked.ipynb").symlink_to(SOLVED)
    except OSError:  # Windows lets few people make a link
        (folder / "linked.ipynb").write_text("no link")
    return folder


@pytest.fixture(scope="module")
def graded(handed_in):
    """{student: Graded} of the class, of whom one is not on the list and one handed in nothing."""
    listed = [*(set(CLASS) - {"stranger"}), "broken", "linked", "lazy"]
    marks = grade.grade(handed_in, SHEET, students=listed, limits=LIMITS, say=lambda _: None)
    return {each.student: each for each in marks}


closed = pytest.mark.skipif(
    "OPEN" in sandbox.promises(), reason="this system has no means to close network and files"
)


@pytest.mark.parametrize("student", CLASS)
def test_everybody_gets_the_marks_of_their_own_work(student, graded):
    if student in ("climber", "reader", "forger", "wrecker") and "OPEN" in sandbox.promises():
        pytest.skip("files are open here")
    _cells, two, three, note = CLASS[student]
    found = graded[student].feedback
    assert (grade_report.word(found["21.2"]), grade_report.word(found["21.3"])) == (two, three)
    assert note in "; ".join(graded[student].notes)


def test_an_answer_on_data_is_marked_on_the_company_of_the_file_name(tmp_path):
    (tmp_path / "s1024").mkdir()
    cells = [GOOD.format("S1024"), JUNE, 'check("21.4", answer_21_4, data=company)']
    (tmp_path / "s1024/21_retention.ipynb").write_text(notebook(cells))
    [marks] = grade.grade(tmp_path, SHEET, say=lambda _: None)
    assert marks.feedback["21.4"].right
    assert marks.notes == ()


def test_an_error_is_reported_as_what_it_is(graded):
    assert "ZeroDivisionError: division by zero" in graded["crash"].feedback["21.2"].message
    assert "SyntaxError" in graded["syntax"].feedback["21.2"].message


def test_what_is_no_notebook_is_named_and_stops_nobody(graded):
    assert graded["broken"].notes == ("it is not a notebook (JSONDecodeError)",)
    assert graded["lazy"].notes == ("nothing was handed in",)


def test_a_link_out_of_the_folder_is_not_followed(graded, handed_in):
    if not (handed_in / "linked.ipynb").is_symlink():
        pytest.skip("this system made no link")
    assert graded["linked"].notes == ("it is a link that leads out of the folder",)


@closed
def test_nothing_outside_its_folder_was_written(graded, handed_in):
    assert (handed_in.parent / "marked.csv").read_text() == "mine"
    assert not (ROOT / "crm_course/x.py").exists()


@closed
def test_a_submission_has_no_network(handed_in):
    code = "import socket\nsocket.create_connection(('127.0.0.1', 9), 2)"
    errors = sandbox.run(one(code), LIMITS).errors
    assert "Network is unreachable" in errors[0] or "refused" in errors[0]


@closed
def test_a_submission_sees_none_of_the_instructor_s_variables(monkeypatch):
    monkeypatch.setenv("SECRET_OF_MINE", "42")
    run = sandbox.run(one("import os\nanswer_21_2 = 'SECRET_OF_MINE' in os.environ"), LIMITS)
    assert run.answers["21.2"] == {"kind": "bool", "value": False}


def one(*cells):
    from crm_course.learning.submissions import Submission

    return Submission("x", Path("x.ipynb"), cells, names={"21.2": "answer_21_2"})


def test_the_table_has_a_row_for_each_student_and_a_column_for_each_exercise(graded):
    rows = list(csv.DictReader(io.StringIO(grade_report.table(graded.values(), SHEET))))
    assert len(rows) == len(CLASS) + 3
    row = next(row for row in rows if row["student"] == "backwards")
    assert (row["points"], row["of"], row["21.3"]) == ("1", "3", "wrong: SAT_IS_LOYAL")


def test_no_name_of_a_student_becomes_a_formula(graded):
    assert "\n'=1+1," in grade_report.table(graded.values(), SHEET)


def test_a_page_says_what_is_wrong_and_never_what_is_right(graded):
    page = grade_report.page(graded["backwards"], SHEET)
    assert "the wall works on the unhappy one" in page
    for value in content.exercise("21.3").reference(None):
        assert not re.search(rf"\b{value:.3f}", page)


@pytest.mark.parametrize(
    "student", ["../../up", "/etc/passwd", "a/../b", "<b>x</b>", "..", "CON?", "aux"]
)
def test_no_name_of_a_student_leads_out_of_the_folder(student, tmp_path):
    empty = grade.Graded(student, {})
    grade_report.write([empty, empty], grade.Sheet("s", {}), tmp_path / "g.csv", tmp_path / "out")
    names = [path.stem.lower() for path in (tmp_path / "out").iterdir()]
    assert len(names) == 2 and not {"con", "aux"} & set(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.csv", "out"]


def test_the_released_sheet_tells_its_exercises():
    sheet = grade.read_sheet(ROOT, "21")
    assert sheet.titles["21.2"] == "Three customers, by hand"
    assert "21.8" in sheet.stretch and "21.7" in sheet.core


def test_a_copy_that_jupyterlab_left_is_not_the_sheet(tmp_path):
    for name, id in {"": "21.1", ".ipynb_checkpoints": "21.2"}.items():
        folder = tmp_path / "exercises/2_customers" / name
        folder.mkdir(parents=True)
        cell = {"cell_type": "code", "source": "", "metadata": {"crm": {"exercise": id}}}
        (folder / "21_retention.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert list(grade.read_sheet(tmp_path, "21").titles) == ["21.1"]


def test_an_unknown_sheet_is_refused():
    with pytest.raises(FileNotFoundError, match="sheet 99 must lie in exercises/, got none"):
        grade.read_sheet(ROOT, "99")


def test_a_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="must hold notebooks that were handed in"):
        grade.grade(tmp_path, SHEET)


def test_the_solutions_of_the_sheet_get_full_marks(tmp_path):
    shutil.copy(SOLVED, tmp_path / "anna.ipynb")
    sheet = grade.read_sheet(ROOT, "21")
    [marks] = grade.grade(tmp_path, sheet, shared=True, say=lambda _: None)
    assert marks.points(sheet.titles) == len(sheet.titles), marks


def test_an_earlier_table_is_kept_and_anything_else_refused(graded, tmp_path):
    out = tmp_path / "grades.csv"
    grade_report.write(graded.values(), SHEET, out)
    marked = out.read_text(encoding="utf-8").replace("by hand", "right") + "mine"
    out.write_text(marked, encoding="utf-8")
    grade_report.write(graded.values(), SHEET, out)
    assert (tmp_path / "grades.before.csv").read_text(encoding="utf-8") == marked
    (tmp_path / "class.csv").write_text("s1\ns2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="must be new or a table of marks, got something else"):
        grade_report.write(graded.values(), SHEET, tmp_path / "class.csv")
    assert (tmp_path / "class.csv").read_text(encoding="utf-8") == "s1\ns2\n"
