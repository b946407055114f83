"""What a lesson says to instructors reaches the package and not the notebook."""

import pytest

from authoring import build, carried, notes
from authoring.lesson import NOTEBOOKS, read

CHAPTER = """\
# Why?

Because.

+++ {"tags": ["instructor"]}

### A strong memo

Call them.

+++

## Then

And so on.
"""


@pytest.fixture
def lesson(tmp_path):
    """Return a function that makes one case of a text, in a course with a folder for its topic."""
    path = tmp_path / "authoring/lessons/6_cases/69_why.md"
    for folder in (path.parent, tmp_path / "crm_course/content/why"):
        folder.mkdir(parents=True)

    def make(text):
        path.write_text(text, encoding="utf-8")
        return read(path, tmp_path)

    return make


def test_what_is_said_to_instructors_stays_out_of_the_notebook(lesson):
    notebook = build.text(build.unrun(lesson(CHAPTER), NOTEBOOKS))
    assert "And so on" in notebook and "Call them" not in notebook


def test_what_is_said_to_instructors_reaches_the_package(lesson, tmp_path):
    lesson(CHAPTER)
    carried.write(tmp_path)
    path = tmp_path / "crm_course/content/why/instructor.md"
    assert path.read_text(encoding="utf-8") == f"{notes.TOP}\n\n### A strong memo\n\nCall them.\n"
    assert carried.stale(tmp_path) == []


def test_a_lesson_without_such_cells_makes_no_file(lesson, tmp_path):
    lesson("# Why?\n\nBecause.\n")
    assert carried.files(tmp_path) == {}


def test_notes_that_were_not_made_again_are_stale(lesson, tmp_path):
    lesson(CHAPTER)
    carried.write(tmp_path)
    lesson(CHAPTER.replace("Call", "Write to"))
    [said] = carried.stale(tmp_path)
    assert said == "crm_course/content/why/instructor.md: stale. Run `crm-course build`."


def test_notes_that_no_lesson_makes_any_longer_are_named(lesson, tmp_path):
    lesson(CHAPTER)
    carried.write(tmp_path)
    lesson("# Why?\n\nBecause.\n")
    [said] = carried.stale(tmp_path)
    assert said == "crm_course/content/why/instructor.md: no lesson makes it. Remove it."
