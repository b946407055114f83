from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from crm_course.learning.exercises import Tolerance
from crm_course.learning.marking import mark

KINDLY = [
    0.84, np.float64(0.84), np.float32(0.84), np.array(0.84), np.array([0.84]), [0.84], (0.84,),
    [[0.84]], pd.Series([0.84]), pd.Index([0.84]), pd.DataFrame({"p": [0.84]}), Decimal("0.84"),
    Fraction(84, 100), "0.84", " .84 ", "84 %", "84%", "84 per cent", "84 Percent", "8.4e-1",
    "0.84 share",
]  # fmt: skip


@pytest.mark.parametrize("answer", KINDLY, ids=repr)
def test_a_number_in_any_reasonable_wrapping_is_taken(exercise, answer):
    assert mark(exercise("number", 0.8389, unit="share"), answer).right


@pytest.mark.parametrize(
    "answer", ["2,574,966", "2 574 966", "¥2574966", "2_574_966", "¥ 2,574,966.00"]
)
def test_thousands_and_the_currency_are_understood(exercise, answer):
    assert mark(exercise("number", 2_574_966, unit="¥"), answer).right


@pytest.mark.parametrize(
    "unit, answer, reference",
    [
        ("¥ a week", "¥1,868.74 a week", 1868.74),
        ("¥ million", "¥1.31 million", 1.31),
        ("sales in 1,000 calls", "6.253 sales in 1,000 calls", 6.253),
        ("F1", "0.9779 F1", 0.9779),
        ("days", "1 day", 1),
        ("days", "12 days", 12),
    ],
)
def test_a_number_with_the_unit_that_was_asked_for_is_taken(exercise, unit, answer, reference):
    assert mark(exercise("number", reference, unit=unit), answer).right


@pytest.mark.parametrize("answer", ["−16", "–16", "-16", "- 16", -16])
def test_the_typographic_minus_is_a_minus(exercise, answer):
    assert mark(exercise("number", -16, unit="¥"), answer).right == (answer != "- 16")


@pytest.mark.parametrize(
    "answer, said",
    [
        (True, "One number (share) is wanted, got the yes/no value True."),
        ("loyal", "One number (share) is wanted, got the text 'loyal'."),
        ("0,84", "Write the decimal sign as a point"),
        ([0.8, 0.9], "One number (share) is wanted, got a list of 2."),
        (pd.Series([1.0, 2.0]), "got a Series of 2 values"),
        (pd.DataFrame({"a": [1, 2]}), "got a table of 2 rows with columns a"),
        (1j, "got an object of type complex"),
        (np.timedelta64(5, "D"), "is wanted, got"),
        ("84 customers", "is wanted, got the text '84 customers'"),
        (lambda: 0.84, "got a function"),
        ({"p": 0.84}, "got a dict of 1"),
    ],
    ids=lambda part: type(part).__name__,
)
def test_what_is_no_number_is_named(exercise, answer, said):
    assert said in mark(exercise("number", 0.8389, unit="share"), answer).message


def test_the_right_answer_is_said_back_with_its_unit(exercise):
    feedback = mark(exercise("number", 2100, unit="¥"), 2100)
    assert feedback.message == "Yes, ¥2,100: nicely worked out."


def test_a_rounded_answer_is_followed_by_more_digits(exercise):
    message = mark(exercise("number", 0.8389, unit="share"), 0.84).message
    assert message.endswith("In full: 0.8389 (83.9 %).")


@pytest.mark.parametrize(
    "reference, unit, answer, said",
    [
        (0.5114, "share", 51.14, "in per cent: write 0.5114, not 51.14"),
        (51.14, "per cent", 0.5114, "in a share: write 51.14, not 0.5114"),
        (4.0, "points", 0.04, "in a share: write 4, not 0.04"),
        (12.5, "¥ per contact", 1250, "in cents: write 12.5, not 1,250"),
        (30.0, "weeks", 210, "in days: write 30, not 210"),
        (24.0, "months", 2, "in years: write 24, not 2"),
        (0.5114, "share", -0.5114, "Right size, wrong sign."),
        (0.5114, "share", -0.9, "The sign is wrong, and the size is another too."),
        (0.6, "share", 1 / 0.6, "divided the other way round"),
        (0.8, "share", 0.2, "counted the others"),
        (80.0, "per cent", 20, "counted the others"),
        (12, "customers", 11, "Off by one"),
        (12, "customers", 13, "Off by one"),
        (0.5, "share", 1.7, "A share lies between 0 and 1; yours is 1.7."),
        (1.0, "", 1.04, "Close, but the size is too large by less than 5 %"),
        (1.0, "", 0.96, "Close, but the size is too small by less than 5 %"),
        (100.0, "", 120, "too large, by less than a quarter"),
        (100.0, "", 190, "too large, but less than double"),
        (100.0, "", 300, "too large, by more than double"),
        (100.0, "", 3000, "too large, by more than ten times"),
        (100.0, "", 85, "too small, by less than a fifth"),
        (100.0, "", 55, "too small, but more than half of it is there"),
        (100.0, "", 20, "too small: less than half"),
        (100.0, "", 2, "too small: less than a tenth"),
        (100.0, "", 0, "It is not zero."),
        (0.0, "¥", 3, "Too large."),
        (0.0, "¥", -3, "Too small."),
        (0.5, "share", float("nan"), "not a number (NaN)"),
        (0.5, "share", pd.NA, "not a number (NaN)"),
        (0.5, "share", float("inf"), "infinite"),
        (0.5, "share", 10**400, "infinite"),
        (0.5, "share", Decimal("sNaN"), "not a number (NaN)"),
    ],
)
def test_an_unknown_wrong_number_is_told_how_it_is_wrong(exercise, reference, unit, answer, said):
    feedback = mark(exercise("number", reference, unit=unit), answer)
    assert feedback.outcome == "wrong"
    assert said in feedback.message


@pytest.mark.parametrize(("answer", "said"), [(15, "Too high."), (11, "Too low.")])
def test_a_place_on_a_slider_is_too_high_or_too_low(exercise, answer, said):
    place = exercise("number", 13.5, tolerance=Tolerance(absolute=0.1))
    assert said in mark(place, answer).message


@pytest.mark.parametrize(
    "unit, answer, said",
    [
        ("points", "4 %", "Here the difference of two rates is wanted"),
        ("share", "4 points", "Here no difference is wanted"),
        ("per cent", "4 pp", "Here no difference is wanted"),
    ],
)
def test_points_and_per_cent_are_told_apart(exercise, unit, answer, said):
    feedback = mark(exercise("number", 0.04 if unit == "share" else 4, unit=unit), answer)
    assert feedback.mistake == "PP_VS_PCT"
    assert said in feedback.message


def test_points_written_as_points_are_right(exercise):
    assert mark(exercise("number", 4, unit="points"), "4 points").right


@pytest.mark.parametrize("distance, right", [(0.0799, True), (0.08, True), (0.0801, False)])
def test_an_absolute_tolerance_ends_where_it_says(exercise, distance, right):
    task = exercise("number", 0.5, tolerance=Tolerance(absolute=0.08))
    assert mark(task, 0.5 + distance).right == right


def test_float_noise_is_forgiven_where_the_tolerance_is_nothing(exercise):
    assert mark(exercise("number", 0.3, tolerance=0), 0.1 + 0.2).right


def test_a_number_that_claims_to_equal_everything_is_still_compared(exercise):
    class Cheat(float):
        def __eq__(self, other):
            return True

        __hash__ = float.__hash__

    assert not mark(exercise("number", 0.5), Cheat(7)).right


def test_a_list_that_holds_itself_is_no_number(exercise):
    answer = []
    answer.append(answer)
    assert not mark(exercise("number", 0.5), answer).right
