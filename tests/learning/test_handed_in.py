"""An answer gets the same mark from check() as from the grader, which sees only plain data."""

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from crm_course.learning.handed_in import decoded, encoded
from crm_course.learning.marking import mark

QUARTERS = pd.period_range("2025Q1", periods=2)
BY_QUARTER = pd.Series([1.5, 2.5], index=QUARTERS)
BY_NAME = pd.Series([1.5, 2.5], index=["June", "July"])
TABLE = pd.DataFrame({0: [1, 2], 1: [3.5, 4.5]})


@pytest.mark.parametrize(
    "kind, reference, answer, right",
    [
        ("number", 0.5, Decimal("0.5"), True),
        ("number", 0.5, np.array([[0.5]]), True),
        ("number", 0.5, pd.Index([0.5]), True),
        ("number", 0.5, QUARTERS[0], False),
        ("text", "2025Q1", QUARTERS[0], False),
        ("series", (0.5, 0.25), [Decimal("0.5"), Decimal("0.25")], True),
        ("series", (0.5, 0.25), pd.Series([Decimal("0.5"), Decimal("0.25")]), True),
        ("series", (0.5, 0.25), np.array([[0.5, 0.25]]), True),
        ("series", (0.5, 0.25), np.array([[0.5], [0.25]]), True),
        ("series", (0.5, 0.25, 0, 0), np.array([[0.5, 0.25], [0, 0]]), False),
        ("series", (0.5, 0.25), {0.5, 0.25}, False),
        ("series", (2, 0, 1), pd.Index([2, 0, 1]), True),
        ("series", (2, 0, 1), pd.Index([0, 1, 2]), False),
        ("series", BY_QUARTER, dict(zip(QUARTERS, [1.5, 2.5], strict=True)), True),
        ("series", BY_QUARTER, BY_QUARTER[::-1], True),
        ("series", pd.Series([1.5], [pd.Period("2025-01-06", "W")]),
         {pd.Period("2025-01-06", "W"): 1.5}, True),
        ("series", BY_NAME, pd.Series([1.5, 2.5]), True),
        ("series", BY_NAME, pd.Series([1.5, 2.5, 3.5])[:2], True),
        ("series", BY_NAME, pd.Series([1.5, 2.5, 3.5], index=[1, 2, 3])[:2], False),
        ("series", QUARTERS, list(QUARTERS), True),
        ("table", TABLE, TABLE, True),
        ("table", TABLE, TABLE.rename(columns=str), False),
        ("table", TABLE, TABLE.set_index(0), True),
        ("table", TABLE.rename(columns=dict(enumerate(QUARTERS))),
         TABLE.rename(columns=dict(enumerate(QUARTERS))), True),
        ("table", pd.DataFrame({("a", 1): [1], ("a", 2): [2]}),
         pd.DataFrame({("a", 1): [1], ("a", 2): [2]}), True),
    ],
)  # fmt: skip
def test_check_and_the_grader_agree(exercise, kind, reference, answer, right):
    asked = replace(exercise(kind, None), reference=lambda _: reference)
    handed_in = decoded(json.loads(json.dumps(encoded(answer))))
    assert mark(asked, answer, data=object()).right is right
    assert mark(asked, handed_in, data=object()).right is right


def test_what_is_no_data_is_called_by_its_own_type(exercise):
    said = mark(exercise("number", 0.5), decoded(encoded({1, 2})), data=object())
    assert "got an object of type set" in said.message
