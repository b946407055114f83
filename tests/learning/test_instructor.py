"""The instructor's pages say what the chapter and its checks hold."""

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


def test_the_answer_key_can_be_made_for_one_student(chapter, key):
    assert instructor.answer_key(chapter, "s1024") != key


@pytest.mark.parametrize("name", ["hour", "day", "semester"])
def test_a_path_joins_what_is_there_and_names_what_is_to_come(name):
    text = instructor.path_text(
        name, lambda number: lesson_plan.read(ROOT, number), lesson_plan.chapters(ROOT)
    )
    assert "What keeps a customer" in text and "The mail, a week before" in text
    assert name == "hour" or "(to come)" in text or len(lesson_plan.chapters(ROOT)) >= 28


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


def test_the_command_writes_run_sheet_and_key(tmp_path):
    words = ["instructor", "21", "--minutes", "90", "--no-slides", "--out", str(tmp_path)]
    result = CliRunner().invoke(cli.app, words, catch_exceptions=False)
    assert result.output.count("wrote") == 4
    assert (tmp_path / "21_retention/run-sheet-90.html").exists()


def test_no_released_sheet_holds_a_word_of_the_key(key):
    released = (ROOT / "exercises/2_customers/21_retention.ipynb").read_text(encoding="utf-8")
    assert "0.8389" in key and "0.8389" not in released
