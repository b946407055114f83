"""A class at a glance, from the table that grading writes."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from crm_course import cli
from crm_course.learning import class_view

TEXT = """\
student,points,of,stretch,notes,21.2,21.3,21.7
anna,2,3,0,,right,wrong: SAT_IS_LOYAL,right
ben,1,3,0,not on the list,right,wrong: SAT_IS_LOYAL,empty
cai,0,3,0,,wrong: SLIP,wrong,by hand
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "grades.csv").write_text("\ufeff" + TEXT, encoding="utf-8")
    return tmp_path / "grades.csv"


@pytest.fixture
def grades(path):
    return class_view.read(path)


def test_outcomes_are_counted_for_each_exercise(grades):
    counted = class_view.by_exercise(grades).set_index("exercise")
    assert counted.loc["21.3"].tolist() == [0, 3, 0, 0]
    assert counted.loc["21.7"].tolist() == [1, 0, 1, 1]


def test_students_are_counted_for_each_misconception_and_slips_are_none(grades):
    assert class_view.by_mistake(grades).to_numpy().tolist() == [["SAT_IS_LOYAL", 2, "21.3"]]


def test_the_sentence_names_the_hardest_exercise(grades):
    assert class_view.sentence(grades) == (
        "3 students; fewest were right on 21.3: 0. "
        "Most met misconception: SAT_IS_LOYAL, 2 students."
    )


def test_the_picture_has_a_sign_for_each_student_and_exercise(grades):
    ax = class_view.plot_class(grades)
    assert len(ax.texts) == 9
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cai", "ben", "anna"]


def test_the_input_is_left_alone(grades):
    before = grades.copy()
    class_view.told(grades)
    pd.testing.assert_frame_equal(grades, before)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="must be written by `crm-course grade`"):
        class_view.read(tmp_path / "other.csv")


def test_the_command_shows_notes_and_draws(path, tmp_path):
    words = ["class", str(path), "--picture", str(tmp_path / "class.png")]
    result = CliRunner().invoke(cli.app, words, catch_exceptions=False)
    assert "ben: not on the list" in result.output
    assert (tmp_path / "class.png").stat().st_size > 5000
