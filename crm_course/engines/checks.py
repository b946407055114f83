"""What a measure asks of its tables: the columns, their types, nothing missing or negative."""

import ibis
import ibis.expr.datatypes as dt
import pandas as pd

from crm_course import order_book, schema

from .backends import collect

TYPES = {
    "id": (dt.Integer, dt.String), "integer": dt.Integer, "number": dt.Numeric,
    "money": dt.Integer, "flag": dt.Boolean, "text": dt.String,
    "date": (dt.Date, dt.Timestamp), "timestamp": dt.Timestamp,
}  # fmt: skip
WORDS = schema.WORDS | {
    "money": "whole cents",
    "date": "days or times without a zone, in microseconds",
    "timestamp": "times without a zone, in microseconds",
}
CONVERT = schema.CONVERT | {
    "money": "(amount * 100).round().astype('int64')",
    "date": "pd.to_datetime(...).dt.tz_localize(None).dt.as_unit('us')",
    "timestamp": "pd.to_datetime(...).dt.tz_localize(None).dt.as_unit('us')",
}


def require(table: ibis.Table, columns, *, name: str = "table") -> pd.Series:
    """Ask a table for columns of the schema, as files name them, complete and not negative.

    Returns what one look at it tells: rows, and known_, low_ and high_ of each column (but ids).
    Raises TypeError for the wrong kind, ValueError for what is missing or negative.
    """
    if not isinstance(table, ibis.Table):
        raise TypeError(
            f"{name} must be a table of Ibis, got {type(table).__name__}. "
            "Read one with engines.read(engine, ...)."
        )
    require_columns(table.columns, columns, name)
    for column in columns:
        require_type(table.schema()[column], column, name)
    facts = _facts(table, columns)
    for column in columns:
        _require_values(facts, column, name)
    return facts


def require_columns(found, columns, name: str):
    """Raise ValueError if one of the columns is not there."""
    if lacking := [column for column in columns if column not in found]:
        raise ValueError(
            f"{name} lacks the column(s) {', '.join(lacking)}, got {', '.join(found)}. "
            "Rename yours; money is in whole cents."
        )


def require_type(found: dt.DataType, column: str, name: str):
    """Raise TypeError if a column's type is not of the kind that the schema declares."""
    kind = schema.vocabulary()[column.removesuffix("_cents")].kind
    exact = not found.is_timestamp() or (found.timezone is None and found.scale in (None, 3, 6))
    if not (isinstance(found, TYPES[kind]) and exact):
        raise TypeError(
            f"{name}[{column!r}] must be {WORDS[kind]}, got {found}. "
            f"Convert it with {CONVERT[kind]}."
        )


def _facts(table, columns):
    asked = {"rows": table.count()}
    for name in columns:
        is_number = table[name].type().is_floating()
        known = ~table[name].isnan() if is_number else None  # pandas takes NaN as missing
        asked[f"known_{name}"] = table[name].count(where=known)
        if not name.endswith("_id"):
            asked |= {f"low_{name}": table[name].min(), f"high_{name}": table[name].max()}
    return collect(table.aggregate(**asked)).iloc[0]


def _require_values(facts, column, name):
    if missing := facts["rows"] - facts[f"known_{column}"]:
        raise ValueError(
            f"{name}[{column!r}] must be complete, got {missing:.0f} missing value(s). "
            "Fill or drop them."
        )
    declared = schema.vocabulary()[column.removesuffix("_cents")]
    bounded = declared.kind in schema.NUMERIC and declared.low is not None and declared.low >= 0
    if bounded and facts[f"low_{column}"] < 0:
        raise ValueError(
            f"{name}[{column!r}] must not be negative, got {facts[f'low_{column}']:.15g}. "
            "Correct or drop such rows."
        )


def observed(orders: ibis.Table, columns=(), until=None) -> tuple:
    """Return the orders up to a day, that day included (None: of the last order), and the day.

    In between, the first and the last order as pandas: what is wrong with the other arguments of a
    measure, or with that day, its namesake in pandas says of these two.
    """
    facts = require(orders, ["customer_id", "ordered_at", *columns], name="orders")
    at = pd.to_datetime([facts["low_ordered_at"], facts["high_ordered_at"]]).dropna()
    ends = pd.DataFrame({"customer_id": 0, "ordered_at": at, "amount": 0.0})
    seen, end = order_book.observed(ends, [], until)
    if len(seen) < len(ends):
        orders = orders.filter(orders["ordered_at"] < end + pd.Timedelta(days=1))
    return orders, ends, end


def require_total(values: ibis.Column) -> ibis.Table:
    """Return a column as the table (value), if its values are whole and add up to more than 0."""
    if not (isinstance(values, ibis.Column) and values.type().is_integer()):
        found = values.type() if isinstance(values, ibis.Column) else type(values).__name__
        raise TypeError(
            f"values must be a column of whole numbers, got {found}. "
            "Give cents, such as orders.amount_cents."
        )
    table = values.name("value").as_table()
    column = table["value"]
    facts = collect(table.aggregate(rows=table.count(), known=column.count(), total=column.sum()))
    rows, known, total = facts.iloc[0]
    if known < rows or not total > 0:
        raise ValueError(
            f"values must be numbers with a total above 0, got {rows - known:.0f} missing and a "
            f"total of {total:.0f}. Drop missing ones."
        )
    return table
