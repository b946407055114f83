import json
import shutil

import pytest

from authoring import build

CHAPTER = """\
---
crm:
  title_zh: 二加二是多少？
  minutes: [10, 13]
  needs: nothing
---

# How much is two and two?

+++ {"crm": {"beat": "question", "minutes": [2, 3]}}

Look around.

```{code-cell}
import os
os.listdir(), os.listdir(os.environ["CRM_COURSE_HOME"])
```

Nothing is here.

+++ {"crm": {"beat": "predict", "minutes": [2, 2]}}

Guess.

```{code-cell}
answer_29_9 = ...
```

+++ {"crm": {"beat": "one customer", "minutes": [2, 2]}}

## One sum

Nobody is called.

```{code-cell}
:tags: [raises-exception]

import socket
socket.create_connection(("192.0.2.1", 80))
```

The network is off.

+++ {"crm": {"beat": "decision", "minutes": [2, 4]}}

## A slider

Move it.

```{code-cell}
import ipywidgets
ipywidgets.IntSlider(description="Height")
```

The process has a number.

```{code-cell}
:crm: {ignore: "a process has another number every time"}

os.getpid() and "a number"
```

It says little.

+++ {"tags": ["instructor"]}

Ask the class.

+++ {"crm": {"beat": "summary", "minutes": [2, 2]}}

Four. See the [sheet](../../exercises/2_customers/29_tiny.ipynb).
"""

SHEET = """\
---
crm:
  minutes: [4, 6]
---

# Exercises on two and two

Back to the [chapter](../../notebooks/2_customers/29_tiny.ipynb).

```{code-cell}
check = print  # company = datasets.company(student="")
```

+++ {"crm": {"minutes": [3, 5]}}

## 29.1 Three and four

Add them.

```{code-cell}
:tags: [solution]
:crm: {exercise: "29.1"}

answer_29_1 = 3 + 4
```

```{code-cell}
check("29.1", answer_29_1)
```

+++ {"crm": {"minutes": [1, 1]}}

## 29.2 Four sentences

Write them.

+++ {"tags": ["solution"], "crm": {"exercise": "29.2"}}

Four good sentences.
"""
NOTEBOOK = "notebooks/2_customers/29_tiny.ipynb"
EXERCISES = "exercises/2_customers/29_tiny.ipynb"
SOLUTIONS = "tests/solutions/2_customers/29_tiny.ipynb"


def write(root, chapter=CHAPTER, sheet=SHEET):
    lessons = root / "authoring" / "lessons" / "2_customers"
    lessons.mkdir(parents=True, exist_ok=True)
    (lessons / "29_tiny.md").write_text(chapter, encoding="utf-8")
    (lessons / "29_tiny.exercises.md").write_text(sheet, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A course of one chapter and one sheet, built."""
    root = write(tmp_path_factory.mktemp("course"))
    said = []
    assert build.main(root=root, say=said.append) == 0, said
    return root


@pytest.fixture
def course(built, tmp_path):
    """A copy of the built course, for a test that changes it."""
    return shutil.copytree(built, tmp_path / "course")


def cells(root, name):
    return json.loads((root / name).read_text(encoding="utf-8"))["cells"]


def source(root, name):
    return "\n\n".join("".join(cell["source"]) for cell in cells(root, name))


def output(root, number):
    """What the numbered code cell of the chapter shows."""
    code = [cell for cell in cells(root, NOTEBOOK) if cell["cell_type"] == "code"]
    return code[number]["outputs"][0]


def checked(root):
    said = []
    assert build.main(check=True, root=root, say=said.append) == (1 if said else 0)
    return said


def test_the_same_input_gives_the_same_bytes_in_another_folder(built, tmp_path):
    build.main(root=write(tmp_path), say=lambda said: None)
    for name in (NOTEBOOK, EXERCISES, SOLUTIONS):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


def test_a_notebook_runs_in_an_empty_folder_from_an_empty_home(built):
    assert "".join(output(built, 0)["data"]["text/plain"]) == "([], [])"


def test_a_notebook_runs_without_the_network(built):
    assert "must run without the network" in output(built, 2)["evalue"]


def test_a_widget_has_its_number_for_an_id_and_no_state_is_kept(built):
    view = output(built, 3)["data"]["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == "0" * 32
    assert "widgets" not in json.loads((built / NOTEBOOK).read_text(encoding="utf-8"))["metadata"]


def test_an_output_that_cannot_be_compared_is_tagged_for_nbval(built):
    cell = [cell for cell in cells(built, NOTEBOOK) if cell["cell_type"] == "code"][4]
    assert cell["metadata"]["crm"] == {"ignore": "a process has another number every time"}
    assert cell["metadata"]["tags"] == ["nbval-ignore-output"]


def test_title_and_minutes_are_visible(built):
    text = source(built, NOTEBOOK)
    assert "\n\n**二加二是多少？**\n\n*10–13 min · needs: nothing*" in text
    assert "## One sum\n\n*2 min*\n\nNobody" in text


def test_what_is_for_instructors_is_left_out(built):
    assert "Ask the class" not in source(built, NOTEBOOK)


def test_an_answer_is_blank_in_the_sheet_and_whole_in_the_solutions(built):
    assert "answer_29_1 = ...\n" in source(built, EXERCISES)
    assert "answer_29_1 = 3 + 4\n" in source(built, SOLUTIONS)


def test_a_model_memo_is_blank_in_the_sheet_and_whole_in_the_solutions(built):
    assert source(built, EXERCISES).endswith(build.BLANK_MEMO)
    assert source(built, SOLUTIONS).endswith("Four good sentences.")


def test_the_cell_of_an_answer_is_named_after_the_exercise(built):
    for name in (EXERCISES, SOLUTIONS):
        assert {"answer-29-1", "answer-29-2"} <= {cell["id"] for cell in cells(built, name)}


def test_a_question_in_a_chapter_is_named_after_the_exercise_too(built):
    assert "answer-29-9" in {cell["id"] for cell in cells(built, NOTEBOOK)}


def test_nbgrader_finds_the_answers(built):
    metadata = [cell["metadata"] for cell in cells(built, EXERCISES)]
    marks = [each["nbgrader"] for each in metadata if "nbgrader" in each]
    assert [mark["grade_id"] for mark in marks] == ["answer_29_1", "answer_29_2"]
    assert [mark["grade"] for mark in marks] == [False, True]


def test_a_link_from_the_solutions_goes_one_folder_deeper(built):
    assert "(../../../notebooks/2_customers/29_tiny.ipynb)" in source(built, SOLUTIONS)


def test_a_fresh_course_has_nothing_to_name(course):
    assert checked(course) == []


@pytest.mark.parametrize("name", [NOTEBOOK, EXERCISES, SOLUTIONS])
def test_a_missing_notebook_is_named(course, name):
    (course / name).unlink()
    assert f"{name}: missing. Run `crm-course build 29_tiny`." in checked(course)


def test_a_lesson_that_was_edited_makes_its_notebook_stale(course):
    write(course, chapter=CHAPTER.replace("Guess.", "Guess again."))
    assert checked(course) == [f"{NOTEBOOK}: stale. Run `crm-course build 29_tiny`."]


def test_a_sheet_that_was_edited_makes_both_its_notebooks_stale(course):
    write(course, sheet=SHEET.replace("3 + 4", "4 + 3").replace("Add them", "Do add them"))
    assert [said.split(":")[0] for said in checked(course)] == [EXERCISES, SOLUTIONS]


def test_a_notebook_that_never_ran_is_stale(course):
    [_sheet, lesson] = sorted(build.read_all(course), key=lambda each: not each.is_sheet)
    (course / NOTEBOOK).write_text(build.text(build.unrun(lesson, "notebooks")), encoding="utf-8")
    assert checked(course) == [f"{NOTEBOOK}: stale. Run `crm-course build 29_tiny`."]


def test_a_notebook_without_a_lesson_is_named(course):
    shutil.copy(course / NOTEBOOK, course / "notebooks" / "30_left_over.ipynb")
    assert "notebooks/30_left_over.ipynb: no lesson builds it. Remove it" in checked(course)[0]


def test_a_cell_that_fails_is_named_by_file_and_line_and_nothing_is_written(course):
    before = (course / NOTEBOOK).read_bytes()
    write(course, chapter=CHAPTER.replace("answer_29_9 = ...", "1 / 0"))
    [said] = build.build(build.read_all(course)[1:], say=lambda said: None)
    assert said.startswith("authoring/lessons/2_customers/29_tiny.md:26: the cell must run")
    assert "ZeroDivisionError" in said
    assert (course / NOTEBOOK).read_bytes() == before


def test_a_cell_that_writes_to_stderr_is_refused(course):
    warning = "import warnings\nwarnings.warn('old')"
    write(course, chapter=CHAPTER.replace("answer_29_9 = ...", warning))
    [said] = build.build(build.read_all(course)[1:], say=lambda said: None)
    assert "29_tiny.md:26: the cell must not write to stderr, got" in said


def test_a_lesson_may_be_named_by_its_number(course):
    said = []
    (course / EXERCISES).unlink()
    build.main(check=True, only=["29"], root=course, say=said.append)
    assert said[0].startswith(EXERCISES)


def test_an_unknown_stem_is_refused_with_those_that_are_known(built):
    with pytest.raises(ValueError, match="must be one of 29_tiny; got 30_other"):
        build.main(only=["30_other"], root=built)


def test_a_text_that_is_not_myst_is_named(tmp_path):
    write(tmp_path, chapter="# Why?\n\n+++ {not json}\n\nText.\n")
    with pytest.raises(ValueError, match="2_customers/29_tiny.md must be readable as MyST, got"):
        build.main(root=tmp_path)
