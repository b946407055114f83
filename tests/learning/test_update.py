import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm_course import cli, workspace
from crm_course.learning.update import reminder, told, update, waiting

CHAPTER = "work/2_customers/21_retention.ipynb"
BESIDE = "work/2_customers/21_retention.v2.ipynb"
SHEET = "work/exercises/2_customers/21_retention.ipynb"


@pytest.fixture
def course(tmp_path):
    """A course of version 1, laid out in work/, of which version 2 has just been unpacked."""
    publish(tmp_path, "one")
    workspace.fill(tmp_path)
    publish(tmp_path, "two")
    return tmp_path


def publish(course, words):
    for shelf in ("notebooks", "exercises"):
        path = course / shelf / "2_customers/21_retention.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [{"cell_type": "markdown", "source": words}]
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def text(course, name):
    """What a file says: the words of a chapter, or what a reader wrote in its place."""
    said = (course / name).read_text(encoding="utf-8")
    return json.loads(said)["cells"][0]["source"] if said.startswith("{") else said


def files(course):
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in (course / "work").rglob("*")
        if path.is_file() and path != course / "work" / workspace.RECORD
    }


def test_a_copy_that_nobody_touched_is_renewed(course):
    laid = update(course, "2")
    assert text(course, CHAPTER) == text(course, SHEET) == "two"
    assert {each.how for each in laid} == {"renewed"}


def test_beside_a_copy_that_was_edited_the_new_version_is_laid(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    update(course, "2")
    assert (text(course, CHAPTER), text(course, BESIDE)) == ("mine", "two")


def test_a_copy_that_was_renamed_stays_and_the_new_version_takes_its_place(course):
    (course / CHAPTER).rename(course / "work/my chapter.ipynb")
    update(course, "2")
    assert (text(course, "work/my chapter.ipynb"), text(course, CHAPTER)) == ("one", "two")


def test_a_copy_that_was_deleted_comes_in_its_new_version(course):
    (course / CHAPTER).unlink()
    assert ("new", course / CHAPTER) in {(each.how, each.path) for each in update(course, "2")}
    assert text(course, CHAPTER) == "two"


def test_files_of_the_reader_and_chapters_that_are_gone_stay(course):
    (course / "work/my_firm.md").write_text("mine", encoding="utf-8")
    (course / "notebooks/2_customers/21_retention.ipynb").unlink()
    update(course, "2")
    assert (text(course, "work/my_firm.md"), text(course, CHAPTER)) == ("mine", "one")


def test_the_second_time_nothing_happens(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    update(course, "2")
    before = files(course)
    assert update(course, "2") == [] and files(course) == before


def test_what_was_laid_beside_and_thrown_away_is_not_laid_again(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    update(course, "2")
    (course / BESIDE).unlink()
    assert update(course, "2") == []


def test_a_copy_laid_beside_and_edited_is_not_written_over(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    (course / BESIDE).write_text("mine too", encoding="utf-8")
    update(course, "2")
    assert text(course, BESIDE) == "mine too"
    assert text(course, BESIDE.replace("v2", "v2-2")) == "two"


def test_an_edited_copy_is_left_in_peace_where_the_course_has_not_changed(course):
    update(course, "2")
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    assert update(course, "3") == []


def test_without_a_record_every_copy_counts_as_edited(course):
    (course / "work" / workspace.RECORD).unlink()
    update(course, "2")
    assert (text(course, CHAPTER), text(course, BESIDE)) == ("one", "two")


def test_a_dead_link_or_a_folder_of_the_reader_is_left_alone(course):
    (course / CHAPTER).unlink()
    (course / CHAPTER).symlink_to(course / "gone.ipynb")
    (course / SHEET).unlink()
    (course / SHEET).mkdir()
    update(course, "2")
    assert not (course / "gone.ipynb").exists() and (course / SHEET).is_dir()
    assert text(course, BESIDE) == "two"


@pytest.mark.parametrize("steps", range(3))
def test_killed_half_way_nothing_is_lost_and_the_next_run_does_the_rest(course, monkeypatch, steps):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    die_after(monkeypatch, steps)
    with pytest.raises(KeyboardInterrupt):
        update(course, "2")
    assert text(course, CHAPTER) == "mine" and text(course, SHEET) in ("one", "two")
    monkeypatch.undo()
    update(course, "2")
    assert [text(course, name) for name in (CHAPTER, BESIDE, SHEET)] == ["mine", "two", "two"]
    assert len(files(course)) == 4  # with the README, and nothing by halves


def die_after(monkeypatch, steps):
    """Let the process be interrupted when it puts the file after so many into its place."""
    left, replace = iter(range(steps)), os.replace

    def interrupted(*arguments):
        if next(left, None) is None:
            raise KeyboardInterrupt
        replace(*arguments)

    monkeypatch.setattr(os, "replace", interrupted)


def test_what_was_done_is_told_with_the_names_beside(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    said = told(update(course, "2"), course)
    assert said == f"0 new, 1 renewed, 1 laid beside yours.\n  {BESIDE}"


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(course, monkeypatch):
    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PermissionError, match=r"work/ must be writable.*Copy the course"):
        update(course, "2")


# --- what `crm-course lab` says


def test_a_newer_version_is_announced_in_one_line_and_nothing_is_touched(course):
    before = files(course)
    line = reminder(course)
    assert line.startswith("A newer version waits of 21_retention: ") and "\n" not in line
    assert files(course) == before


def test_after_the_update_nothing_waits_also_beside_an_edited_copy(course):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    update(course, "2")
    (course / SHEET).write_text("mine, too", encoding="utf-8")
    assert waiting(course) == [] and reminder(course) == ""


def test_a_deleted_copy_does_not_wait(course):
    (course / SHEET).unlink()
    assert waiting(course) == [course / CHAPTER]


def test_lab_announces_it(course, monkeypatch):
    monkeypatch.setattr(workspace, "course_folder", lambda: course)
    said = CliRunner().invoke(cli.app, ["lab", "--no-server"]).output
    assert "A newer version waits of 21_retention" in said and "crm-course update" in said
    assert text(course, CHAPTER) == "one"


# --- killed at once, as when the machine loses its power

KILLED = """
import os, signal, sys
from pathlib import Path
from crm_course.learning.update import update

left, half = int(sys.argv[2]), sys.argv[3] == "half"
replace, write = os.replace, Path.write_bytes

def count():
    global left
    left -= 1
    return left < 0

def write_bytes(path, data):
    if half and count():
        write(path, data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    return write(path, data)

def replaced(*arguments):
    if not half and count():
        os.kill(os.getpid(), signal.SIGKILL)
    replace(*arguments)
    if sys.argv[3] == "after" and left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

os.replace, Path.write_bytes = replaced, write_bytes
update(sys.argv[1], "2")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize(
    ("where", "steps"),
    [(where, steps) for where in ("half", "before") for steps in (0, 1, 2)] + [("after", 3)],
)
def test_killed_at_once_every_file_is_whole_and_the_next_run_does_the_rest(course, steps, where):
    (course / CHAPTER).write_text("mine", encoding="utf-8")
    words = [sys.executable, "-c", KILLED, str(course), str(steps), where]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert text(course, CHAPTER) == "mine" and text(course, SHEET) in ("one", "two")
    assert not (course / BESIDE).exists() or text(course, BESIDE) == "two"
    update(course, "2")
    assert [text(course, name) for name in (CHAPTER, BESIDE, SHEET)] == ["mine", "two", "two"]
    assert update(course, "2") == []
    assert not [name for name in files(course) if name.endswith(".part")]
