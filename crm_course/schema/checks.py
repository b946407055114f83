"""What a measure may ask of the table it is given, and the pandera check of every table."""

import pandas as pd

from .columns import DTYPES, Column
from .registry import table, vocabulary


def require(table: pd.DataFrame, columns, *, name: str = "table") -> pd.DataFrame:
    """Return the table unchanged if these columns are there, complete and of the right kind.

    columns: names known to the schema (others are only looked for and must be complete); for one
    that may have gaps here though not in every table of the schema, ask table.head(0)
    Raises TypeError for the wrong kind, ValueError for what is missing, NaN or negative.

    >>> require(pd.DataFrame({"amount": [2.5, 0.0]}), ["amount"], name="orders").shape
    (2, 1)
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{name} must be a DataFrame, got {type(table).__name__}. "
            f"Load one with datasets.load(...)."
        )
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise ValueError(
            f"{name} lacks the column(s) {', '.join(lacking)}, got "
            f"{', '.join(map(str, table.columns))}. Rename yours with rename(columns=...)."
        )
    for column in columns:
        _require_column(table[column], vocabulary().get(column, Column(column, "", "")), name)
    return table


def require_unique(table: pd.DataFrame, column: str, *, name: str):
    """Raise ValueError where a value of a column stands in two rows."""
    twice = table.loc[table[column].duplicated(), column]
    if len(twice):
        raise ValueError(
            f"{name}[{column!r}] must be unique, got {twice.iloc[0]} twice. Drop one."
        )


def _require_column(values, column, name):
    if isinstance(values, pd.DataFrame):
        raise ValueError(
            f"{name} must have one column {column.name}, got {values.shape[1]}. "
            f"Rename or drop the others."
        )
    if column.kind and not has_kind(values, column.kind):
        raise TypeError(
            f"{name}[{column.name!r}] must be {WORDS[column.kind]}, got {values.dtype}. "
            f"Convert it with {CONVERT[column.kind]}."
        )
    if not column.optional and values.hasnans:
        raise ValueError(
            f"{name}[{column.name!r}] must be complete, got {values.isna().sum()} missing "
            f"value(s), first in row {values.isna().idxmax()}. Fill or drop them."
        )
    if column.low is not None and column.low >= 0 and column.kind in NUMERIC and values.min() < 0:
        raise ValueError(
            f"{name}[{column.name!r}] must not be negative, got {values.min()} in row "
            f"{values.idxmin()}. Correct or drop such rows."
        )


NUMERIC = ("integer", "number", "money")
WRITTEN = {"id": "iu", "integer": "iu", "number": "iuf", "money": "iuf", "flag": "b", "date": "M",
           "timestamp": "M"}  # fmt: skip
WORDS = {"id": "whole numbers or text", "integer": "whole numbers", "number": "numbers",
         "money": "numbers", "flag": "True or False", "text": "text", "date": "dates",
         "timestamp": "dates"}  # fmt: skip
CONVERT = {"id": "astype('int64')", "integer": "astype('int64')", "number": "pd.to_numeric",
           "money": "pd.to_numeric", "flag": "astype(bool)", "text": "astype(str)",
           "date": "pd.to_datetime", "timestamp": "pd.to_datetime"}  # fmt: skip


def has_kind(values: pd.Series, kind: str) -> bool:
    """Whether a column holds what its kind asks for (an id may be a whole number or a text)."""
    if values.dtype.kind in WRITTEN.get(kind, ""):  # int64 and Int64 are both "i"
        return True
    return kind in ("id", "text") and pd.api.types.is_string_dtype(values)


def pandera_schema(name: str):
    """Build the pandera check of a table: every column there, in order, of its type and range."""
    import pandera.pandas as pa

    declared = table(name)
    columns = {column.name: _pandera_column(pa, column) for column in declared.columns}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=list(declared.key))


def _pandera_column(pa, column):
    checks = [pa.Check.isin(column.values)] if column.values else []  # noqa: PD011
    checks += [pa.Check.ge(column.low)] if column.low is not None else []
    checks += [pa.Check.le(column.high)] if column.high is not None else []
    return pa.Column(DTYPES[column.kind], checks, nullable=column.optional)
