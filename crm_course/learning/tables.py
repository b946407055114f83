"""A table: matched by its key columns (or row by row), compared column by column."""

import pandas as pd

from crm_course.learning import series
from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing, short
from crm_course.locale import _


def read(answer, task):
    """Return the answer as a table that has the wanted columns, or a Problem.

    Columns may stand in the index, in another order, and beside others.
    """
    wanted = list(task.reference.columns)
    columns = listing(wanted)
    if not isinstance(answer, pd.DataFrame):
        text = _("A table with columns {columns} is wanted, got {got}.")
        return Problem(text.format(columns=columns, got=describe(answer)))
    table = _index_as_columns(answer, wanted)
    if not set(wanted) <= set(table.columns):
        text = _("A table with columns {columns} is wanted; yours lacks {missing} and has {got}.")
        missing = listing([each for each in wanted if each not in table.columns])
        return Problem(text.format(columns=columns, missing=missing, got=listing(table.columns)))
    if not table.columns.is_unique:
        doubled = listing(table.columns[table.columns.duplicated()].unique())
        return Problem(_("Your table has more than one column {names}.").format(names=doubled))
    return table[wanted]


def agree(table, expected, task):
    """Whether the rows are the same and every column agrees."""
    matched = _matched(table, expected, task.exercise.key)
    return matched is not None and _wrong_column(matched, expected, task) is None


def praise(table, task):
    return _("Yes, all {n} rows are right: nicely worked out.").format(n=f"{len(table):,}")


def explain(table, task):
    """Say which rows or which column is wrong, and what about its first wrong value."""
    key, expected = list(task.exercise.key), task.reference
    matched = _matched(table, expected, task.exercise.key)
    if matched is None:
        return _rows_differ(table, expected, key)
    column = _wrong_column(matched, expected, task)
    wrong = series.differs(matched[column], expected[column], task.exercise.tolerance)
    first = int(wrong.argmax())
    said = series.one_wrong(matched[column].iloc[first], expected[column].iloc[first], task)
    return _("Column {column} differs in {wrong} of {n} rows. The first is {row}: {said}").format(
        column=column,
        wrong=f"{wrong.sum():,}",
        n=f"{len(wrong):,}",
        row=_row(expected, key, first),
        said=said,
    )


def _index_as_columns(table, wanted):
    names = [name for name in table.index.names if name in wanted and name not in table.columns]
    return table.reset_index(level=names) if names else table


def _matched(table, expected, key):
    """Return table in the row order of expected, or None where the rows differ."""
    if len(table) != len(expected):
        return None
    if not key:
        return table
    have, want = _keys(table, key), _keys(expected, key)
    if not have.is_unique:
        return None
    order = have.get_indexer(want)
    return table.iloc[order] if (order >= 0).all() else None


def _keys(table, key):
    return series.labels(zip(*(table[column] for column in key), strict=True))


def _wrong_column(table, expected, task):
    """Return the first column that differs; the key is looked at too if rows match by place."""
    for column in expected.columns:
        if series.differs(table[column], expected[column], task.exercise.tolerance).any():
            return column
    return None


def _rows_differ(table, expected, key):
    if len(table) != len(expected):
        text = _("{wanted} rows are wanted, got {got}.")
        return text.format(wanted=f"{len(expected):,}", got=f"{len(table):,}")
    have, want = _keys(table, key), _keys(expected, key)
    if not have.is_unique:
        double = short(have[have.duplicated()][0])
        return _("{key} stands in more than one row: {row}.").format(key=listing(key), row=double)
    text = _("The rows differ: {key} {missing} is missing, {extra} is too much.")
    missing, extra = want[~want.isin(have)][0], have[~have.isin(want)][0]
    return text.format(key=listing(key), missing=short(missing), extra=short(extra))


def _row(expected, key, first):
    if not key:
        return _("row {n}").format(n=first + 1)
    return ", ".join(f"{name} {short(str(expected[name].iloc[first]))}" for name in key)
