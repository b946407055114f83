import numpy as np
import pandas as pd
import pytest

from crm_course.learning.exercises import Mistake
from crm_course.learning.marking import mark

THREE = (0.8389, 0.7503, 0.3775)
LABELLED = pd.Series({"mobile": 0.7, "home": 0.5})


@pytest.mark.parametrize(
    "answer",
    [list(THREE), THREE, np.array(THREE), np.array([THREE]), pd.Series(THREE), pd.array(THREE),
     pd.DataFrame({"p": THREE}), pd.Series(THREE, index=[3, 5, 9]), ["0.8389", "75.03 %", 0.3775],
     dict(enumerate(THREE))],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_values_in_a_row_are_taken_in_any_container(exercise, answer):
    assert mark(exercise("series", THREE, unit="probability"), answer).right


def test_labels_count_more_than_the_order(exercise):
    assert mark(exercise("series", LABELLED), LABELLED[::-1]).right


def test_an_unlabelled_list_is_taken_in_order(exercise):
    assert mark(exercise("series", LABELLED), [0.7, 0.5]).right


def test_a_period_and_its_text_are_the_same_label(exercise):
    months = pd.Series([1.0, 2.0], index=pd.period_range("2023-01", periods=2, freq="M"))
    assert mark(exercise("series", months), {"2023-01": 1, "2023-02": 2}).right


def test_dates_and_words_are_compared_too(exercise):
    days = pd.Series(pd.to_datetime(["2023-01-01", "2023-02-01"]))
    assert mark(exercise("series", days), ["2023-01-01", "2023-02-01"]).right
    assert not mark(exercise("series", days), ["2023-01-01", "2023-02-02"]).right


def test_missing_values_must_be_missing_in_the_same_place(exercise):
    assert mark(exercise("series", pd.Series([1.0, np.nan])), [1, np.nan]).right
    assert not mark(exercise("series", pd.Series([1.0, np.nan])), [1, 0]).right


@pytest.mark.parametrize(
    "answer, said",
    [
        (0.5, "A series of 3 values is wanted, got a number."),
        (THREE[:2], "3 values are wanted, got 2."),
        (np.zeros((3, 2)), "got an array of shape (3, 2)"),
        (pd.DataFrame({"a": THREE, "b": THREE}), "got a table of 3 rows with columns a, b"),
        ((0.8389, 0.7503, 0.9), "2 of 3 values agree. The first that does not is value 3: the size "
                                "is too large, by more than double."),
        (THREE[::-1], "The values are right, but in another order."),
        (tuple(100 * p for p in THREE), "You seem".lower()),
        ((0.8389, np.nan, 0.3775), "value 2: there is no number."),
        ((0.8389, "loyal", 0.3775), "value 2: there is no number."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(exercise, answer, said):
    assert said in mark(exercise("series", THREE, unit="probability"), answer).message


def test_the_first_wrong_label_is_named(exercise):
    message = mark(exercise("series", LABELLED), {"mobile": 0.7, "home": -0.5}).message
    assert message == (
        "1 of 2 values agree. The first that does not is at home: right size, wrong sign."
    )


def test_other_labels_are_shown(exercise):
    message = mark(exercise("series", LABELLED), {"mobile": 0.7, "auto": 0.5}).message
    assert message == "The labels differ: wanted are mobile, home; yours are mobile, auto."


def test_a_known_mistake_may_have_another_length(exercise):
    mistake = Mistake((1.0, 2.0), "SELECTION_AS_EFFECT", "You dropped those still there.")
    assert mark(exercise("series", THREE, mistake), [1, 2]).mistake == mistake.tag
