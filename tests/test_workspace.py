import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from crm_course import workspace

ROOT = Path(__file__).parent.parent
CHAPTER = "notebooks/2_customers/21_retention.ipynb"
SHEET = "exercises/2_customers/21_retention.ipynb"


def notebook(text):
    cell = nbformat.v4.new_markdown_cell(text, id="words")
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


@pytest.fixture
def course(tmp_path):
    """A folder as it comes out of a ZIP: no git, one start page, one chapter, one sheet."""
    pages = {
        "environment.yml": "",
        "crm_course/__init__.py": "",
        "notebooks/00_start_here.ipynb": notebook("[sheet](../exercises/00_start_here.ipynb)"),
        CHAPTER: notebook("[sheet](../../exercises/2_customers/21_retention.ipynb)"),
        SHEET: notebook("[chapter](../../notebooks/2_customers/21_retention.ipynb#Everybody)"),
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def names(folder):
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return found - {workspace.RECORD}


def test_every_chapter_and_sheet_is_copied_into_work(course):
    workspace.fill(course)
    assert names(course / "work") == {
        "README.md",
        "00_start_here.ipynb",
        "2_customers/21_retention.ipynb",
        "exercises/2_customers/21_retention.ipynb",
    }


def test_the_new_files_are_returned_and_the_second_time_there_are_none(course):
    assert len(workspace.fill(course)) == 4
    assert workspace.fill(course) == []


def test_a_file_that_the_reader_changed_stays_as_it_is(course):
    workspace.fill(course)
    mine = course / "work/2_customers/21_retention.ipynb"
    mine.write_text("my own words", encoding="utf-8")
    workspace.fill(course)
    assert mine.read_text(encoding="utf-8") == "my own words"


def test_a_chapter_that_the_reader_renamed_comes_back_beside_it(course):
    workspace.fill(course)
    mine = course / "work/2_customers/21_retention.ipynb"
    mine.rename(mine.with_name("mine.ipynb"))
    assert workspace.fill(course) == [mine]


def test_a_dangling_link_of_the_reader_is_not_written_over(course):
    (course / "work").mkdir()
    (course / "work/README.md").symlink_to(course / "gone.md")
    workspace.fill(course)
    assert not (course / "gone.md").exists()


@pytest.mark.parametrize(
    ("copy", "link"),
    [
        ("00_start_here.ipynb", "(exercises/00_start_here.ipynb)"),
        ("2_customers/21_retention.ipynb", "(../exercises/2_customers/21_retention.ipynb)"),
        ("exercises/2_customers/21_retention.ipynb", "(../../2_customers/21_retention.ipynb#Every"),
    ],
)
def test_links_are_led_to_the_copies(course, copy, link):
    workspace.fill(course)
    assert link in (course / "work" / copy).read_text(encoding="utf-8")


def test_hidden_folders_are_left_behind(course):
    hidden = course / "notebooks/.ipynb_checkpoints/21-checkpoint.ipynb"
    hidden.parent.mkdir()
    hidden.write_text("{}", encoding="utf-8")
    workspace.fill(course)
    assert not (course / "work/.ipynb_checkpoints").exists()


def test_every_link_between_the_copies_of_the_course_resolves(tmp_path):
    for shelf in ("notebooks", "exercises"):
        shutil.copytree(ROOT / shelf, tmp_path / shelf)
    for copy in workspace.fill(tmp_path):
        links = re.findall(r"\]\(([^)#:\s]+\.ipynb)", copy.read_text(encoding="utf-8"))
        broken = [link for link in links if not (copy.parent / link).exists()]
        assert not broken, f"{copy.relative_to(tmp_path)}: {broken}"


def test_an_interrupted_copy_leaves_no_half_file(course, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        workspace.fill(course)
    assert names(course / "work") == set()


def test_what_was_delivered_is_recorded(course):
    new = workspace.fill(course)
    record = workspace.delivered(course)
    assert record == {
        workspace.name_of(path, course): workspace.digest(path.read_bytes()) for path in new
    }


def test_a_record_that_was_cut_off_is_no_obstacle(course):
    workspace.fill(course)
    (course / "work" / workspace.RECORD).write_text('{"README.md": "4', encoding="utf-8")
    assert workspace.delivered(course) == {}
    assert workspace.fill(course) == []


def test_copies_of_a_run_that_ended_early_are_recorded_by_the_next(course):
    whole = {path.name for path in workspace.fill(course)}
    (course / "work" / workspace.RECORD).unlink()
    changed = course / "work/00_start_here.ipynb"
    changed.write_text("mine", encoding="utf-8")
    workspace.fill(course)
    recorded = {Path(name).name for name in workspace.delivered(course)}
    assert recorded == whole - {changed.name}


def test_what_a_killed_copy_left_is_finished_the_next_time(course):
    workspace.write_new(course / "work/.00_start_here.ipynb.part", b'{"cells": [')
    workspace.fill(course)
    nbformat.read(course / "work/00_start_here.ipynb", as_version=4)
    assert not list((course / "work").rglob("*.part"))


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(course, monkeypatch):
    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PermissionError, match=r"work/ must be writable, got.*denied.*Copy the"):
        workspace.fill(course)


def test_who_shares_a_course_has_a_folder_of_one_s_own(course, tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_COURSE_WORK", str(tmp_path / "anna"))
    assert names(tmp_path / "anna") == set()
    assert {path.parent for path in workspace.fill(course)} > {tmp_path / "anna"}
    assert workspace.fill(course) == []
    assert not (course / "work").exists()
    assert "README.md" in workspace.delivered(course)


def test_a_file_named_work_is_not_replaced(course):
    (course / "work").write_text("my notes", encoding="utf-8")
    with pytest.raises(OSError, match="work/ must be writable"):
        workspace.fill(course)
    assert (course / "work").read_text(encoding="utf-8") == "my notes"


def test_the_course_folder_is_found_from_below(course):
    assert workspace.course_folder(course / "notebooks/2_customers") == course


def test_outside_of_a_course_the_folder_beside_the_package_is_taken(tmp_path):
    assert workspace.course_folder(tmp_path) == ROOT


def test_no_course_folder_says_where_to_go(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "__file__", str(tmp_path / "site/crm_course/workspace.py"))
    with pytest.raises(FileNotFoundError, match=r"here or above, got.*\(cd\)"):
        workspace.course_folder(tmp_path)


def test_a_chapter_arrives_without_its_outputs(course):
    ran = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", execution_count=1)])
    ran.cells[0].outputs = [nbformat.v4.new_output("stream", text="2")]
    nbformat.write(ran, course / "notebooks/00_start_here.ipynb")
    workspace.fill(course)
    cell = nbformat.read(course / "work/00_start_here.ipynb", as_version=4).cells[0]
    assert (cell.source, cell.outputs, cell.execution_count) == ("1 + 1", [], None)
