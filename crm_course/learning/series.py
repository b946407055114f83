"""Several numbers (or words, or dates) in a row: matched by label, or by position."""

from dataclasses import replace
from numbers import Real

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from pandas.api.types import is_complex_dtype, is_numeric_dtype

from crm_course.learning import numeric
from crm_course.learning.choices import plain
from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing, short
from crm_course.locale import _

TAKEN = (pd.Series, pd.Index, np.ndarray, ExtensionArray, list, tuple, dict)


def read(answer, task):
    """Return the answer as a Series, or a Problem. A table of one column is that column."""
    expected = as_series(task.reference)
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if not isinstance(answer, TAKEN) or (isinstance(answer, np.ndarray) and not _flat(answer)):
        text = _("A series of {n} values is wanted, got {got}.")
        return Problem(text.format(n=len(expected), got=describe(answer)))
    given = as_series(answer)
    return with_numbers(given, task.exercise.unit) if is_numeric_dtype(expected) else given


def agree(given, expected, task):
    """Whether every value agrees, label by label (or place by place)."""
    expected = as_series(expected)
    given = aligned(given, expected)
    return given is not None and not differs(given, expected, task.exercise.tolerance).any()


def praise(given, task):
    if len(given) == 2:
        return _("Yes, both values are right: nicely worked out.")
    return _("Yes, all {n} values are right: nicely worked out.").format(n=len(given))


def explain(given, task):
    """Say how many values agree, and what is wrong with the first that does not."""
    expected = as_series(task.reference)
    if len(given) != len(expected):
        text = _("{wanted} values are wanted, got {got}.")
        return text.format(wanted=len(expected), got=len(given))
    matched = aligned(given, expected)
    if matched is None:
        text = _("The labels differ: wanted are {wanted}; yours are {got}.")
        return text.format(wanted=listing(expected.index, 4), got=listing(given.index, 4))
    return _reordered(matched, expected, task) or _first_wrong(matched, expected, task)


def as_series(values):
    """Return values as a Series: labels of a Series or dict are kept, others are places."""
    if isinstance(values, (pd.Series, dict)):
        return pd.Series(values)
    return pd.Series(np.ravel(values) if isinstance(values, np.ndarray) else list(values))


def with_numbers(values, unit=""):
    """Return a Series as floats, read as single numbers are; NaN where there is no number."""
    values = values.infer_objects()  # yes/no values of a column of objects
    if is_numeric_dtype(values) and not is_complex_dtype(values):
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
    else:
        numbers = np.array([_number(value, unit) for value in values], dtype=float)
    return pd.Series(numbers, index=values.index)


def aligned(given, expected):
    """Return given in the order of expected, or None where it cannot be matched."""
    if len(given) != len(expected):
        return None
    if given.index.is_unique and expected.index.is_unique:
        order = labels(given.index).get_indexer(labels(expected.index))
        if (order >= 0).all():
            return given.iloc[order].set_axis(expected.index)
    unlabelled = isinstance(given.index, pd.RangeIndex) or isinstance(expected.index, pd.RangeIndex)
    return given.set_axis(expected.index) if unlabelled else None


def labels(values):
    """Return labels as texts, so that 1, 1.0 and "1", or a period and its text, are the same.

    >>> labels([1.0, "b", (2, "c")]).tolist()
    ['1', 'b', '2 c']
    """
    return pd.Index([_label(value) for value in values], dtype=object)


def differs(given, expected, tolerance):
    """Return, for two Series of one length, which values do not agree (an array of bool)."""
    if is_numeric_dtype(expected):
        return _numbers_differ(with_numbers(given), with_numbers(expected), tolerance)
    pairs = zip(given, expected, strict=True)
    return np.array([plain(_label(a)) != plain(_label(b)) for a, b in pairs], dtype=bool)


def _number(value, unit):
    read = numeric.in_unit(value, unit)
    return np.nan if isinstance(read, Problem) else read


def _numbers_differ(given, expected, tolerance):
    have, want = (each.to_numpy(dtype=float, na_value=np.nan) for each in (given, expected))
    width = np.asarray(tolerance.width(expected))
    slack = 1e-9 * np.maximum(np.maximum(width, np.abs(want)), 1e-3)
    with np.errstate(invalid="ignore"):  # infinite less infinite
        near = np.abs(have - want) <= width + slack
    return ~(near | (have == want) | (np.isnan(have) & np.isnan(want)))


def _flat(array):
    return array.ndim < 2 or 1 in array.shape


def _label(value):
    if isinstance(value, tuple):
        return " ".join(_label(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.strftime("%Y-%m-%d")
    return str(value)


def _reordered(given, expected, task):
    """Say so when the values are right but stand in another order."""
    if not is_numeric_dtype(expected) or len(expected) < 2:
        return ""
    have, want = (each.sort_values(ignore_index=True) for each in (given, expected))
    if differs(have, want, task.exercise.tolerance).any():
        return ""
    return _("The values are right, but in another order.")


def _first_wrong(given, expected, task):
    wrong = differs(given, expected, task.exercise.tolerance)
    first = int(wrong.argmax())
    count = _("{right} of {n} values agree.").format(right=int((~wrong).sum()), n=len(wrong))
    said = one_wrong(given.iloc[first], expected.iloc[first], task)
    return f"{count} {_place(expected.index, first)}: {said}"


def one_wrong(have, want, task):
    """Say what is wrong with one value of many (the first letter is small)."""
    if isinstance(want, str) or not isinstance(want, Real) or pd.isna(want):
        return _("another value is wanted.")
    have = _number(have, "")
    if np.isnan(have):
        return _("there is no number.")
    text = numeric.explain(have, replace(task, reference=float(want)))
    return text[0].lower() + text[1:]


def _place(index, first):
    if isinstance(index, pd.RangeIndex):
        return _("The first that does not is value {n}").format(n=first + 1)
    return _("The first that does not is at {label}").format(label=short(_label(index[first])))
