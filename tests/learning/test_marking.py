import sys
import types

import ipywidgets
import matplotlib.figure
import numpy as np
import pandas as pd
import pytest

from crm_course.learning import check
from crm_course.learning.exercises import KINDS, Exercise, Mistake, Tolerance
from crm_course.learning.marking import mark

REFERENCES = {
    "number": 0.75,
    "text": "hostage",
    "series": (0.75, 0.5),
    "table": pd.DataFrame({"age": [0, 1], "rate": [1.0, 0.75]}),
    "function": lambda a: a / 2,
    "figure": pd.Series([1.0, 0.75]),
    "memo": {"the rate": 0.75},
}
EMPTY = [..., None, "", "  ", "...", [], (), {}, set(), [...], (None, ...), np.array([]),
         pd.Series(dtype=float), pd.DataFrame()]  # fmt: skip


class Breaks:
    """An object whose every question to it is an error."""

    def __getattr__(self, name):
        raise RuntimeError("broken")

    __len__ = __iter__ = __float__ = __eq__ = __repr__ = __call__ = __getattr__


class BreaksLate(dict):
    def __iter__(self):
        raise RuntimeError("broken")

    keys = items = __len__ = __iter__


WRONG = [
    float("nan"), np.nan, pd.NA, pd.NaT, float("inf"), -1, 10**400, True, 1j, b"0.75", "loyal",
    "x" * 10**6, [1, 2, 3], [float("nan")] * 2, [[1], [2, 3]], [{}, []], {"a": 1}, {1, 2},
    range(10**12), iter([1]), object(), object, len, print, lambda: 1, ValueError("mine"),
    ValueError, Breaks(), Breaks, BreaksLate(a=1), np.zeros((2, 2)), np.zeros(10**6),
    np.array(["a", "b"]), np.array([object(), None]), np.datetime64("2023-01-01"),
    pd.Timestamp("2023-01-01"), pd.Series([pd.NA, pd.NA]), pd.Series(["a", None]),
    pd.Series([1, 2], index=[["a", "a"], [1, 1]]), pd.Series([[1], {}]),
    pd.DataFrame({"age": [0, 1]}), pd.DataFrame({"age": [[0], {}], "rate": [None, "x"]}),
    pd.DataFrame({"age": range(10**5), "rate": 1}), pd.DataFrame([[1, 2]], columns=["age", "age"]),
    ipywidgets.IntSlider(), matplotlib.figure.Figure(), types.SimpleNamespace(), sys,
]  # fmt: skip


def made(kind):
    return Exercise("21.1", "brief: 3.1", kind, "", lambda _: REFERENCES[kind], inputs=((1,),))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", EMPTY, ids=repr)
def test_nothing_is_no_answer_yet(kind, answer):
    assert mark(made(kind), answer).outcome == "empty"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", range(len(WRONG)))
def test_a_strange_answer_is_wrong_and_never_an_error(kind, place):
    feedback = mark(made(kind), WRONG[place])
    assert feedback.outcome == "wrong"
    assert not feedback.message[0].islower() and feedback.message.endswith((".", "?"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("figure", "memo")])
def test_the_reference_itself_is_right(kind):
    assert mark(made(kind), REFERENCES[kind]).right


def test_an_error_as_an_answer_is_named():
    message = mark(made("number"), KeyError("amount")).message
    assert message.startswith("Your answer is an error, KeyError: 'amount'.")


def test_a_broken_reference_is_no_wrong_answer(exercise):
    broken = Exercise("21.1", "brief: 3.1", "number", "", lambda company: company["orders"])
    feedback = mark(broken, 0.5, data={"order": 1})
    assert feedback.outcome == "unmarked"
    assert "stopped on this data with KeyError: 'orders'. This says nothing" in feedback.message


def test_a_reference_function_that_cannot_run_is_no_wrong_answer(exercise):
    broken = exercise("function", lambda a: 1 / a, inputs=((0,),))
    assert mark(broken, lambda a: a).outcome == "unmarked"


def test_a_mistaken_function_that_cannot_run_is_passed_over(exercise):
    broken = Mistake(lambda _: lambda a: 1 / 0, "SLIP", "Never.")
    assert (
        "too large"
        in mark(exercise("function", abs, broken, inputs=((2,),)), lambda a: 9 * a).message
    )


def test_a_reference_that_is_no_number_is_no_wrong_answer(exercise):
    assert mark(exercise("number", float("nan")), 0.5).outcome == "unmarked"


def test_the_reference_wins_over_a_mistake_with_the_same_value(exercise):
    assert mark(exercise("number", 0.5, Mistake(0.5, "SLIP", "No.")), 0.5).right


def test_a_known_mistake_gets_its_rebuttal_and_tag(exercise):
    first, second = Mistake(0.1, "SLIP", "One."), Mistake(lambda _: 1.05, "PARETO_LAW", "Two.")
    feedback = mark(exercise("number", 0.75, first, second), 1.05)
    assert (feedback.outcome, feedback.mistake, feedback.message) == (
        "mistake",
        "PARETO_LAW",
        "Two.",
    )


def test_of_two_mistakes_the_nearer_is_meant(exercise):
    wide = Tolerance(absolute=0.5)
    mistakes = Mistake(0, "SLIP", "Zero."), Mistake(0.4, "PP_VS_PCT", "A share.")
    assert mark(exercise("number", 40, *mistakes, tolerance=wide), 0.4).message == "A share."


def test_a_mistake_that_cannot_be_computed_is_passed_over(exercise):
    broken = Mistake(lambda company: 1 / 0, "SLIP", "Never.")
    assert "too small" in mark(exercise("number", 0.75, broken), 0.5).message


def test_marking_is_done_on_the_learner_s_own_table(company):
    count = Exercise("21.1", "brief: 3.1", "number", "customers", lambda c: len(c.customers))
    assert mark(count, 3, data=company).right


def test_without_a_company_the_shared_sample_is_used_and_said(monkeypatch, company):
    monkeypatch.setattr("crm_course.datasets.company", lambda: company)
    count = Exercise("21.1", "brief: 3.1", "number", "customers", lambda c: len(c.customers))
    assert mark(count, 3).right
    assert "Marked on the shared sample." in mark(count, 7).details[-1]


def test_an_exercise_by_hand_needs_no_company(monkeypatch, exercise):
    monkeypatch.delattr("crm_course.datasets.company")
    assert mark(exercise("number", 3), 7).details == ()


def test_a_right_answer_is_followed_by_what_it_means(exercise):
    assert mark(exercise("number", 3, meaning="Three stay."), 3).details == ("Three stay.",)


def test_the_truth_is_shown_beside_a_right_estimate(exercise):
    task = exercise("number", 0.47, truth=lambda _: (0.5, 0.04))
    assert mark(task, 0.47).details == (
        "The truth, which only an invented world can tell: 0.5. "
        "The standard error of your figure is 0.04.",
    )


def test_a_truth_that_fails_leaves_the_answer_right(exercise):
    feedback = mark(exercise("number", 0.47, truth=lambda _: 1 / 0), 0.47)
    assert feedback.right
    assert feedback.details == ("The truth cannot be shown: ZeroDivisionError: division by zero.",)


def test_check_finds_the_exercise(folder, company):
    assert check("21.1", 0.75).right
    assert check("21.2", 3, data=company).right


def test_a_wrong_answer_points_to_the_hints(folder):
    assert check("21.1", 0.6).details == ('Stuck? hint("21.1") gives a first nudge.',)


def test_an_unknown_id_names_those_that_are_near(folder):
    with pytest.raises(ValueError, match=r"exercise '21.3' is unknown in chapter 21. Near it: 21"):
        check("21.3", 1)
