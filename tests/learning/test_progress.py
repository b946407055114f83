import json
import os

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from crm_course import figures
from crm_course.learning import check, progress, quiz, solution
from crm_course.learning.feedback import Feedback


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A reader who begins."""
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_right_answer_is_solved(folder):
    check("21.1", 0.75)
    assert progress.record("21.1") == progress.Record(right=True)


def test_wrong_answers_are_counted_once_each(folder):
    for answer in (1.05, 0.2, 0.2, 1.05, 0.3):
        check("21.1", answer)
    assert progress.record("21.1").tries == 3


def test_running_a_sheet_again_is_no_new_try(folder):
    for _again in range(5):
        check("21.1", [0.2, 0.3])
    assert progress.record("21.1").tries == 1


def test_the_misconceptions_met_are_kept(folder):
    check("21.1", 1.05)
    assert progress.record("21.1").mistakes == ("NEW_IN_RETENTION",)


@pytest.mark.parametrize("answer", [..., None, ""])
def test_no_answer_leaves_no_trace(folder, home, answer):
    check("21.1", answer)
    assert not home.exists()


def test_an_answer_without_a_verdict_leaves_no_trace(folder, home):
    check("21.2", 3, data=object())
    assert not home.exists()


def test_a_question_of_the_quiz_is_kept_too(folder):
    quiz("21.q1").mark("loyal")
    assert progress.record("21.q1").mistakes == ("SAT_IS_LOYAL",)


def test_the_file_holds_neither_answers_nor_times_nor_names(folder, home):
    check("21.1", 1.05)
    line = (home / progress.FILE).read_text(encoding="utf-8").strip()
    assert set(json.loads(line)) == {"exercise", "outcome", "mistake", "answer"}
    assert "1.05" not in line


def test_an_answer_that_breaks_when_it_is_looked_at_is_kept_too(folder):
    class Broken:
        def __repr__(self):
            raise RuntimeError

    check("21.1", Broken())
    assert progress.record("21.1").tries == 1


def function(source):
    place = {}
    exec(source, place)
    return place["f"]


def axes(*heights):
    ax = plt.figure().subplots()
    ax.plot(heights)
    plt.close("all")
    return ax


@pytest.mark.parametrize(
    "answers",
    [
        [pd.Series(range(99)), pd.Series([*range(50), 0, *range(51, 99)])],
        [[*range(9)], [*range(8), 9]],
        [np.zeros(2000), np.append(np.zeros(1999), 1)],
        ["wall " * 20 + middle + " wall" * 20 for middle in "abc"],
        [axes(1, 2), axes(1, 3)],
        [function(f"def f(x): return {said}") for said in ("x + 1", "x + 2", "abs(x)", "str(x)")],
    ],
)
def test_answers_that_differ_anywhere_are_tries_of_their_own(folder, answers):
    for answer in answers:
        check("21.1", answer)
    assert progress.record("21.1").tries == len(answers)


def test_a_function_that_is_defined_again_is_no_new_try(folder):
    for _again in range(3):
        check("21.1", function("def f(x):\n    return sorted(x, key=lambda each: -each)"))
    assert progress.record("21.1").tries == 1


@pytest.mark.parametrize("line", ['{"exercise": "21.1", "outc', "[]", "null", "3", "", "\0"])
def test_a_line_that_was_cut_off_is_left_out(folder, home, line):
    check("21.1", 0.2)
    with (home / progress.FILE).open("a", encoding="utf-8") as file:
        file.write("\n" + line)
    assert progress.record("21.1").tries == 1


def test_a_line_after_one_that_was_cut_off_is_not_lost(folder, home):
    home.mkdir()
    (home / progress.FILE).write_text('{"exercise": "21.1", "outc', encoding="utf-8")
    check("21.1", 0.2)
    assert progress.record("21.1").tries == 1


def test_a_folder_that_cannot_be_written_stops_nobody(folder, home, monkeypatch):
    home.write_text("a file where the folder should be", encoding="utf-8")
    assert check("21.1", 0.75).right
    assert progress.record("21.1") == progress.Record()


def test_no_output_depends_on_progress(folder):
    before = repr(check("21.1", 0.2))
    check("21.1", 0.3)
    assert repr(check("21.1", 0.2)) == before


def test_the_table_shows_what_was_not_tried_too(folder):
    check("21.1", 1.05)
    table = progress.table().set_index("exercise")
    assert table["state"].to_dict() == {
        "21.1": "tried", "21.2": "open", "21.q1": "open", "21.q2": "open",
    }  # fmt: skip
    assert table.loc["21.1", "mistake"] == "NEW_IN_RETENTION"


def test_what_to_come_back_to_is_what_is_not_right_or_was_read_first(folder):
    quiz("21.q1").mark("a hostage")
    for answer in (1, 2, 3):
        check("21.1", answer)
    solution("21.1")
    check("21.1", 0.75)
    quiz("21.q2").mark(0.25)
    assert progress.revisit()["exercise"].tolist() == ["21.1", "21.q2"]


def test_it_is_told_in_words(folder):
    check("21.1", 0.75)
    check("21.2", "seven")
    assert progress.told() == (
        "1 of 4 exercises and questions solved, 1 to come back to.\n  21.2 · tried, not yet right"
    )


def test_a_reader_can_begin_anew(folder):
    check("21.1", 0.75)
    progress.forget()
    progress.forget()
    assert progress.records() == {}


def test_the_picture_says_how_far_the_reader_is(folder):
    check("21.1", 0.75)
    quiz("21.q2").mark(0.25)
    said = figures.describe(progress.plot_progress().figure)
    plt.close("all")
    assert said.startswith("1 of 4 exercises and questions solved, 1 to come back to.")


def test_the_picture_tells_the_states_apart_without_colour(folder):
    check("21.1", 0.75)
    shapes = {(progress.MARKERS[kind], kind == "open") for kind in progress.STATES}
    assert len(shapes) == len(progress.STATES)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_two_processes_do_not_mix_their_lines(folder, home):
    wrong = Feedback("21.1", "wrong", "no")
    if (child := os.fork()) == 0:
        for number in range(200):
            progress.note(wrong, number)
        os._exit(0)
    for number in range(200, 400):
        progress.note(wrong, number)
    os.waitpid(child, 0)
    assert progress.record("21.1").tries == 400
