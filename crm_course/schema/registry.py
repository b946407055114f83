"""Every table by its name, and what a column may hold as far as its name alone says it."""

from dataclasses import replace
from functools import cache

import pandas as pd

from . import auto, group, home, mobile, organization, wholesale
from .columns import Column, Table

_DECLARED = [
    table for part in (group, home, mobile, auto, wholesale, organization) for table in part.TABLES
]
# What a firm can see comes first, the truth behind it last.
TABLES = {table.name: table for table in sorted(_DECLARED, key=lambda table: table.is_truth)}

# Columns that measures make and pass on: same rules as for the tables.
MEASURES = (
    Column("frequency", "integer", "Repeat purchases", "orders", 0),
    Column("recency", "number", "Age at the last purchase", "time units", 0),
    Column("T", "number", "Age at the end of observation", "time units", 0),
    Column("monetary_value", "number", "Mean amount of the repeat purchases", "¥", 0),
)


def table(name: str) -> Table:
    """Return the declaration of a table, or say which tables there are."""
    if isinstance(name, pd.DataFrame):
        raise TypeError(
            "The name must be a text such as 'orders', got a table. It is loaded already."
        )
    if not isinstance(name, str) or name not in TABLES:
        raise ValueError(f"The table must be one of {', '.join(TABLES)}, got {name!r}. Choose one.")
    return TABLES[name]


@cache
def vocabulary() -> dict:
    """Return name -> Column for every column that a table or a measure may carry.

    A name has the same kind in all tables, but may mean several things (`csat`) and have several
    ranges (`value`). The first declaration counts; a lower bound holds only where all agree, and
    values may be missing only where all allow it: a measure that gets gaps must have asked for it.
    """
    known = {}
    for column in (*MEASURES, *(column for each in TABLES.values() for column in each.columns)):
        first = known.setdefault(column.name, column)
        low = first.low if first.low == column.low else None
        optional = first.optional and column.optional
        known[column.name] = replace(first, low=low, optional=optional)
    return known
