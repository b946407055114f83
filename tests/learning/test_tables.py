import numpy as np
import pandas as pd
import pytest

from crm_course.learning.exercises import Mistake
from crm_course.learning.marking import mark

COHORTS = pd.DataFrame(
    {
        "cohort": pd.PeriodIndex(["2023-01", "2023-01", "2023-02"], freq="M"),
        "age": [0, 1, 0],
        "customers": [40, 30, 50],
        "rate": [1.0, 0.75, 1.0],
    }
)
KEY = ("cohort", "age")


@pytest.fixture
def cohorts(exercise):
    return exercise("table", COHORTS, key=KEY)


@pytest.mark.parametrize(
    "answer",
    [
        COHORTS,
        COHORTS[::-1],
        COHORTS[["rate", "age", "cohort", "customers"]],
        COHORTS.assign(note="mine"),
        COHORTS.set_index(["cohort", "age"]),
        COHORTS.assign(cohort=COHORTS["cohort"].astype(str), age=COHORTS["age"].astype(float)),
    ],
    ids=["same", "other order", "other columns first", "one more", "index", "text keys"],
)
def test_the_same_rows_are_right_however_they_lie(cohorts, answer):
    assert mark(cohorts, answer).right


@pytest.mark.parametrize(
    "answer, said",
    [
        (COHORTS["rate"], "A table with columns cohort, age, customers, rate is wanted, "
                          "got a Series of 3 values."),
        (COHORTS.drop(columns="rate"), "yours lacks rate and has cohort, age, customers"),
        (COHORTS.head(2), "3 rows are wanted, got 2."),
        (COHORTS.assign(age=[0, 1, 1]), "cohort, age 2023-02 0 is missing, 2023-02 1 is too much"),
        (COHORTS.assign(age=0), "cohort, age stands in more than one row: 2023-01 0."),
        (COHORTS.assign(rate=[1, 0.25, 1]), "Column rate differs in 1 of 3 rows. The first is "
                                            "cohort 2023-01, age 1: the size is too small"),
        (COHORTS.assign(rate="much"), "Column rate differs in 3 of 3 rows"),
        (pd.concat([COHORTS, COHORTS[["rate"]]], axis=1), "more than one column rate"),
        (COHORTS.iloc[:0], "Put your answer in"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(cohorts, answer, said):
    assert said in mark(cohorts, answer).message


def test_without_a_key_rows_are_compared_in_order(exercise):
    plain = exercise("table", COHORTS)
    assert mark(plain, COHORTS.reset_index(drop=True)).right
    assert "row 2" in mark(plain, COHORTS.assign(customers=[40, 31, 50])).message


def test_a_known_mistake_may_have_other_rows(exercise):
    mistake = Mistake(COHORTS.head(1), "SLIP", "You kept the first age only.")
    assert mark(exercise("table", COHORTS, mistake, key=KEY), COHORTS.head(1)).mistake == "SLIP"


def test_missing_values_are_compared(exercise):
    table = COHORTS.assign(rate=[1.0, np.nan, 1.0])
    assert mark(exercise("table", table, key=KEY), table).right
    assert not mark(exercise("table", table, key=KEY), COHORTS).right


def test_the_answer_is_left_alone(cohorts):
    answer = COHORTS.set_index(["cohort", "age"])
    before = answer.copy(deep=True)
    mark(cohorts, answer)
    pd.testing.assert_frame_equal(answer, before)


@pytest.mark.parametrize("left", [[True, False], [1, 0]])
def test_yes_and_no_may_stand_in_a_column_of_objects(exercise, left):
    asked = exercise("table", pd.DataFrame({"left": [True, False]}))
    given = pd.DataFrame({"left": pd.Series(left, dtype=object)})
    assert mark(asked, given).right
    assert not mark(asked, given[::-1].reset_index(drop=True)).right
