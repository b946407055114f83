"""nbgrader makes an assignment of a sheet and marks it (with the extra [nbgrader] only)."""

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crm_course.learning import nbgrader_source

ROOT = Path(__file__).parents[2]


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_each_check_of_the_sheet_becomes_a_point(tmp_path):
    made = cells(nbgrader_source.write(ROOT, "21", tmp_path))
    graded = [cell for cell in made if cell["metadata"].get("nbgrader", {}).get("grade")]
    solved = [cell for cell in made if cell["metadata"].get("nbgrader", {}).get("solution")]
    assert len(graded) == len(solved) > 5
    assert all(cell["source"].startswith("assert check(") for cell in graded)


def test_ids_of_graded_cells_are_unique(tmp_path):
    made = cells(nbgrader_source.write(ROOT, "21", tmp_path))
    ids = [c["metadata"]["nbgrader"]["grade_id"] for c in made if "nbgrader" in c["metadata"]]
    assert len(set(ids)) == len(ids)


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="solved sheet 99 must lie in tests/solutions"):
        nbgrader_source.write(ROOT, "99", "nowhere")


def nbgrader(*words, course):
    """Run nbgrader with the programs of this Python on the PATH, as it calls alembic by name."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "nbgrader", *words],
        cwd=course, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.skipif(importlib.util.find_spec("nbgrader") is None, reason="needs .[nbgrader]")
def test_nbgrader_releases_a_sheet_without_solutions_and_marks_two_students(tmp_path):
    source = nbgrader_source.write(ROOT, "21", tmp_path / "source/sheet")
    nbgrader("generate_assignment", "sheet", "--create", course=tmp_path)
    released = tmp_path / "release/sheet" / source.name
    assert "0.8389" not in released.read_text(encoding="utf-8")
    for student, handed_in in {"anna": source, "ben": released}.items():
        (tmp_path / f"submitted/{student}/sheet").mkdir(parents=True)
        shutil.copy(handed_in, tmp_path / f"submitted/{student}/sheet")
    nbgrader("autograde", "sheet", course=tmp_path)
    nbgrader("export", "--to", "grades.csv", course=tmp_path)
    lines = (tmp_path / "grades.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    scores = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in rows}
    assert scores["anna"][0] == scores["anna"][1] > 5
    assert scores["ben"][0] == 0
