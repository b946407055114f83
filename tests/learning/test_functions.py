from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_course.learning.exercises import Mistake
from crm_course.learning.marking import mark


def rate(stayed, start):
    return stayed / start


@pytest.fixture
def rates(exercise):
    mistake = Mistake(lambda _: lambda a, b: b / a, "SLIP", "You divided the other way round.")
    return exercise("function", rate, mistake, unit="share", inputs=((30, 40), (0, 10)))


@pytest.mark.parametrize("answer", [rate, lambda a, b: a / b, lambda a, b=1, *rest: a / b])
def test_a_function_with_the_same_results_is_right(rates, answer):
    assert mark(rates, answer).message.startswith("Yes, your function is right on all 2 inputs")


def crash(stayed, start):
    survivors = {}
    return survivors[stayed]


@pytest.mark.parametrize(
    "answer, said",
    [
        (0.75, "A function is wanted, got a number. Give its name without brackets."),
        (int, "A function is wanted, got an object of type int (a class)"),
        (lambda a: a, "Your function is called with 2 value(s), (30, 40), but takes (a)."),
        (lambda a, b: None, "Called with (30, 40): it returns nothing (None)."),
        (lambda a, b: 100 * a / b, "Called with (30, 40): you seem to have answered in per cent"),
        (lambda a, b: [a, b], "Called with (30, 40): one number (share) is wanted, got a list"),
        (lambda a, b: a / b + (a == 0), "Called with (0, 10): too large."),
        (crash, "Your function stopped with KeyError: 30 when called with (30, 40)."),
    ],
)
def test_what_is_wrong_is_said(rates, answer, said):
    assert said in mark(rates, answer).message


def test_an_error_inside_is_shown_with_its_line(rates):
    line = crash.__code__.co_firstlineno + 2
    assert f"in line {line}: return survivors[stayed]" in mark(rates, crash).message


def test_an_error_below_the_function_is_shown_at_the_learner_s_line(rates):
    def looks_up(stayed, start):
        return pd.Series([1.0]).loc[stayed]

    assert "return pd.Series([1.0]).loc[stayed]" in mark(rates, looks_up).message


def test_leaving_the_interpreter_is_only_an_error(rates):
    assert "SystemExit" in mark(rates, lambda a, b: exit(1)).message


def test_a_known_wrong_function_gets_its_rebuttal(exercise):
    mistake = Mistake(lambda _: lambda a, b: b / a, "SLIP", "You divided the other way round.")
    rates = exercise("function", rate, mistake, inputs=((30, 40),))
    assert mark(rates, lambda a, b: b / a).message == mistake.say


@pytest.mark.parametrize("function", [
    lambda x: 1 / x if x else np.inf, lambda x: x if x else np.nan,
    lambda x: x > 0, lambda x: np.bool_(x > 0),
])  # fmt: skip
def test_a_result_that_is_not_finite_or_no_number_is_compared_as_it_is(exercise, function):
    asked = replace(exercise("function", None, inputs=((0,), (2,))), reference=lambda _: function)
    assert mark(asked, function).right
    for wrong in (lambda x: 5, lambda x: x == 0, lambda x: -np.inf, lambda x: "no"):
        feedback = mark(asked, wrong)
        assert not feedback.right and feedback.message.startswith("Called with (0)"), feedback


def test_inputs_may_come_from_the_company(exercise, company):
    count = exercise("function", len, inputs=lambda company: [company.customers])
    assert mark(count, lambda table: len(table), data=company).right


def test_a_function_may_return_a_table(exercise):
    orders = pd.DataFrame({"customer_id": [1, 1, 2], "amount": [1.0, 2.0, 5.0]})

    def spend(orders):
        return orders.groupby("customer_id", as_index=False)["amount"].sum()

    task = exercise("function", spend, inputs=((orders,),), key=("customer_id",))
    assert mark(task, lambda orders: spend(orders)[::-1]).right
    message = mark(task, lambda orders: orders).message
    assert message == (
        "Called with (a table of 3 rows with columns customer_id, amount): "
        "2 rows are wanted, got 3."
    )


def test_a_function_cannot_spoil_the_inputs_of_the_next_call(exercise):
    values = [1.0, 2.0]
    task = exercise("function", sum, inputs=((values,),))
    mark(task, lambda values: values.clear())
    assert values == [1.0, 2.0]
