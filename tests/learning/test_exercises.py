import numpy as np
import pytest

from crm_course.learning.exercises import Exercise, Mistake, Tolerance

GOOD = ("21.1", "brief: 3.1", "number", "share", 0.5)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"id": "21"}, "needs an id like '21.3', got '21'"),
        ({"origin": "somewhere"}, "needs an origin like 'brief: 3.4'"),
        ({"kind": "essay"}, "has a kind out of"),
        ({"hints": ("one", "two")}, "needs three hints, got 2"),
        ({"minutes": (5, 3)}, "needs minutes"),
        ({"kind": "function"}, "needs inputs, got none"),
        ({"mistakes": (Mistake(1, "NO_SUCH", "No."),)}, "mistake 1 with a tag .* got 'NO_SUCH'"),
        ({"mistakes": (Mistake(1, "SLIP", " "),)}, "mistake 1 without a rebuttal"),
    ],
)
def test_what_an_author_forgot_is_named(changes, said):
    names = dict(zip(("id", "origin", "kind", "unit", "reference"), GOOD, strict=True))
    with pytest.raises(ValueError, match=said):
        Exercise(**names | changes)


def test_choices_that_are_marked_alike_are_refused():
    with pytest.raises(ValueError, match="needs choices that differ in words, got"):
        Exercise("21.3", "brief: 3.4", "text", "", "A", choices=("A", "A-"))


def test_a_plain_tolerance_is_relative():
    assert Exercise(*GOOD, 0.01).tolerance == Tolerance(relative=0.01)


def test_one_number_of_minutes_is_low_and_high():
    assert Exercise(*GOOD, minutes=4).minutes == (4, 4)


def test_the_wider_of_two_tolerances_counts():
    assert Tolerance(relative=0.01, absolute=0.5).width(10) == 0.5


def test_a_tolerance_has_a_width_for_each_value():
    assert Tolerance(relative=0.1).width(np.array([10, -20])).tolist() == [1, 2]


@pytest.mark.parametrize("wrong", [{"relative": -1}, {"relative": 5}, {"absolute": float("nan")}])
def test_a_tolerance_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="tolerance must not be negative"):
        Tolerance(**wrong)
