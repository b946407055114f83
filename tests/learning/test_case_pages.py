"""The pages of a case come from the one lesson; each says what its reader is to see, no more."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm_course import cli, content, datasets
from crm_course.learning import case_pages, instructor_files, lesson_plan, run_sheet
from crm_course.learning.marking import mark

ROOT = Path(__file__).parents[2]
CASES = [number for number in lesson_plan.chapters(ROOT) if number[0] == "6"]
BEATS = {
    "hand-out": "The meeting is on Friday.",
    "predict": "Guess.",
    "one customer": "Start with one car.",
    "exhibit": "The lists.",
    "explorer": "Move it.",
    "role": "You want *{n}*.",
    "question for discussion": "1. Whose?",
    "memo": "In 250 words.",
    "rubric": "| | 4 |\n|---|---|\n| Evidence | all |",
    "summary": "So.",
}
ORDER = [*list(BEATS)[:6], "role", *list(BEATS)[6:]]
STYLE = "<style scoped>\n  td { }\n\n  th { }\n</style>\n"
OURS = "<details><summary>Ours</summary>\n\nNo.\n\n</details>"
TABLE = f"<div>\n{STYLE}<table><tr><td>817</td></tr></table></div>"


def markdown(source, **crm):
    return {"cell_type": "markdown", "source": source, "metadata": {"crm": crm} if crm else {}}


def code(source, *outputs):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": list(outputs)}


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with one case, 69: a hand-out under the title, and outputs in its exhibit."""
    cells = [markdown("# Who?")]
    for n, beat in enumerate(ORDER):
        title = "" if n == 0 else f"## Part {n}\n\n"
        cells.append(markdown(title + BEATS[beat].format(n=n), beat=beat, minutes=[2, 9]))
        if beat == "exhibit":
            shown = {"data": {"text/html": TABLE, "text/plain": "817"}}
            cells.append(code("lists.sum()", shown, {"text": "Eight lists.\n"}))
            cells.append(code("notebook.reveal(2, 6)", {"text": "You said 2; it is 6.\n"}))
            cells.append(markdown(f"817 names.\n\n{OURS}"))
    path = tmp_path / "notebooks/6_cases/69_why.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    (tmp_path / "content/why").mkdir(parents=True)
    (tmp_path / "content/why/instructor.md").write_text("### A strong memo\n", encoding="utf-8")
    monkeypatch.setattr(content, "FOLDER", tmp_path / "content")
    return tmp_path


@pytest.fixture
def case(course):
    return lesson_plan.read(course, "69")


@pytest.fixture
def pages(case):
    return case_pages.pages(case)


def test_a_case_has_these_pages(pages):
    names = ["hand-out", "exhibits-1", "exhibits-2", "role-1", "role-2", "memo-and-rubric"]
    assert list(pages) == [*names, "model-memos"]


def test_every_page_bears_the_title_of_the_case_once(pages):
    assert all(page.count("# Who?") == 1 or "Model memos: Who?" in page for page in pages.values())


def test_the_hand_out_says_what_is_known_beforehand_and_no_more(pages):
    assert pages["hand-out"] == "# Who?\n\nThe meeting is on Friday.\n"


def test_a_role_is_given_to_those_who_play_it(pages):
    assert "*5*" in pages["role-1"] and "*6*" not in pages["role-1"] and "*6*" in pages["role-2"]


def test_exhibits_show_what_the_code_showed_and_not_the_code(pages):
    page = pages["exhibits-2"]
    assert "817 names." in page and "lists.sum()" not in page
    assert "<td>817</td>" in page and "<style" not in page
    assert "```text\nEight lists.\n```" in page


def test_the_page_before_the_guess_ends_with_it(pages):
    assert pages["exhibits-1"] == "# Who?\n\n## Part 1\n\nGuess.\n"
    kinds = ["Start with one car.", "The lists.", "Move it."]
    assert all(pages["exhibits-2"].count(each) == 1 for each in kinds)


def test_on_paper_nobody_has_guessed_and_no_answer_is_given(pages):
    assert not any("it is 6" in page or "Ours" in page for page in pages.values())


def test_a_table_of_an_exhibit_is_a_table_on_the_page(pages, tmp_path):
    _text, path = instructor_files.write(tmp_path, "exhibits", pages["exhibits-2"])
    html = path.read_text(encoding="utf-8")
    assert "<table><tr><td>817</td></tr></table>" in html and "&lt;td" not in html


def test_model_memos_are_on_their_own_page_only(pages):
    assert [name for name, page in pages.items() if "A strong memo" in page] == ["model-memos"]


def test_a_chapter_that_is_no_case_has_no_pages():
    section = lesson_plan.Section("Why?", "question", (1, 2))
    chapter = lesson_plan.Chapter("21", "21_why", "Why?", "", "", None, (section,), ())
    assert case_pages.pages(chapter) == {}


def test_the_groups_of_a_case_know_from_when_to_when(case):
    text = case_pages.groups_text(case, run_sheet.plan(case, 90))
    spans = [line.split("**")[1] for line in text.splitlines()[2:]]
    assert all(span.startswith("Minute ") for span in spans), spans
    assert "One gets *role-1* (Part 5), the other *role-2* (Part 6)." in text


def test_what_is_left_out_for_want_of_time_is_done_at_home(case):
    text = case_pages.groups_text(case, run_sheet.plan(case, 20))
    assert "**At home. Marking.**" in text and "**At home. Roles.**" not in text


@pytest.mark.parametrize("number", CASES)
def test_the_command_writes_all_that_a_case_is_taught_with(number, tmp_path):
    words = ["instructor", number, "--no-slides", "--out", str(tmp_path)]
    assert CliRunner().invoke(cli.app, words, catch_exceptions=False).exit_code == 0
    made = {path.name for path in tmp_path.rglob("*.html")}
    pages = {f"{name}.html" for name in case_pages.pages(lesson_plan.read(ROOT, number))}
    assert made == {"run-sheet-90.html", "answer-key.html"} | pages and len(pages) == 7


@pytest.mark.parametrize("number", CASES)
def test_no_word_of_a_model_memo_reaches_the_student_s_notebook(number):
    case = lesson_plan.read(ROOT, number)
    assert "### A strong memo" in case.notes and "### A weak memo" in case.notes
    notes = [line for line in case.notes.splitlines() if line.startswith("> **Margin")]
    notebook = case.path.read_text(encoding="utf-8")
    assert notes and [note for note in notes if note[15:60] in notebook] == []


@pytest.mark.parametrize("number", CASES)
@pytest.mark.parametrize("title, is_right", [("A strong memo", True), ("A weak memo", False)])
def test_of_the_model_memos_the_strong_one_quotes_the_figures(number, title, is_right):
    notes = lesson_plan.read(ROOT, number).notes
    model = notes.split(f"### {title}\n")[1].split("\n### ")[0]
    text = "\n".join(line for line in model.splitlines() if not line.startswith(">"))
    memos = [each for each in content.exercises(number) if each.words]
    assert [mark(each, text, data=datasets.company()).right for each in memos] == [is_right]
