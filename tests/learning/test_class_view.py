"""A class at a glance, from the table that grading writes."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from crm_course import cli, figures
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


BAD = {
    "another": (b"a,b\n1,2\n", "got columns a, b"),
    "empty": (b"", "got No columns to parse"),
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe\x00\x00", "got 'utf-8' codec"),
    "ragged": (TEXT.encode() + b"x,1,2,3,4,5,6,7,8,9\n", "got Error tokenizing data"),
    "edited": (TEXT.replace("empty", "better").encode(), "got 'better' in column 21.7"),
    "no exercises": (b"student,points,of,stretch,notes\n", "got columns student, points"),
}


@pytest.mark.parametrize("kind", BAD)
def test_another_file_is_refused(kind, tmp_path):
    data, got = BAD[kind]
    (tmp_path / "other.csv").write_bytes(data)
    with pytest.raises(ValueError) as error:
        class_view.read(tmp_path / "other.csv")
    assert f"must be written by `crm-course grade`, {got}" in str(error.value)
    assert str(error.value).endswith("Give the file that --out named.")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="none.csv must be written by .* got no such file"):
        class_view.read(tmp_path / "none.csv")


def many(students):
    """A class in which everybody missed what their number says."""
    words = ["right", "wrong: SAT_IS_LOYAL", "wrong: PP_VS_PCT", "empty", "by hand", "wrong"]
    rows = [[f"s{n}", "1", "3", "0", "", *(words[(n + k) % 6] for k in range(8))]
            for n in range(students)]  # fmt: skip
    return pd.DataFrame(rows, columns=[*class_view.FIXED, *(f"21.{k}" for k in range(2, 10))])


@pytest.mark.parametrize("students", [0, 1, 30, 200])
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_class_of_any_size_is_drawn_with_its_sentence(students, kind, tmp_path):
    grades = many(students)
    class_view.write(grades, tmp_path / f"class.{kind}")
    said = class_view.sentence(grades)
    assert said.encode() in (tmp_path / f"class.{kind}").read_bytes()
    assert said in class_view.told(grades)


def test_an_empty_class_says_so():
    assert class_view.sentence(many(0)) == (
        "No students: the table is empty. Nobody met a misconception of the course."
    )


def test_misconceptions_are_drawn_with_the_most_frequent_on_top():
    ax = class_view.plot_mistakes(many(30))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["PP_VS_PCT", "SAT_IS_LOYAL"]
    assert [bar.get_width() for bar in ax.patches] == [30, 30] == [len(many(30))] * 2


def test_both_pictures_have_a_text_for_those_who_do_not_see_them(grades):
    drawn = [class_view.plot_class(grades), class_view.plot_mistakes(grades)]
    said = [figures.sentence(ax.figure) for ax in drawn]
    assert "fewest were right on 21.3" in said[0] and "SAT_IS_LOYAL, 2 students" in said[1]


def test_outcomes_differ_by_more_than_their_colour():
    assert len(set(class_view.MARKS.values())) == len(class_view.OUTCOMES)
    assert len({figures.PALETTE[name] for name in class_view.OUTCOMES.values()}) == 4


def test_a_picture_of_an_unknown_kind_is_refused(grades, tmp_path):
    with pytest.raises(ValueError, match="must be a .png, .svg or .pdf, got .*class.doc"):
        class_view.write(grades, tmp_path / "class.doc")


def test_the_name_of_a_student_is_no_formula(grades, tmp_path):
    class_view.write(grades.assign(student=r"a$\b$"), tmp_path / "class.png")


def test_the_command_shows_notes_and_draws(path, tmp_path):
    words = ["class", str(path), "--picture", str(tmp_path / "class.png")]
    result = CliRunner().invoke(cli.app, words, catch_exceptions=False)
    assert "ben: not on the list" in result.output
    assert (tmp_path / "class.png").stat().st_size > 5000
