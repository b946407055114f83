"""The border for a reader's own tables: foreign names and spellings in, the course's types out.

Everything wrong is listed at once, with row numbers, before anything is calculated.
"""

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.own_file import open_source

YES, NO = ("true", "yes", "y", "1", "1.0"), ("false", "no", "n", "0", "0.0")
ADVICE = {
    "id": "Give every row its id",
    "integer": "Write whole numbers such as 12",
    "number": "Write numbers such as 1234.5, without signs or separators",
    "money": "Write numbers such as 1234.50, without currency signs or thousands separators",
    "flag": "Write true or false",
    "text": "Fill the cells or drop the rows",
    "date": "Write year, month, day (2024-03-31), or convert with pd.to_datetime(format=...)",
}
ADVICE["timestamp"] = ADVICE["date"]


def own(
    table: str, path_or_frame, *, columns: dict | None = None, unit: str = "currency",
    customers: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return your own table in the course's names and types, money in currency.

    table: 'orders' (customer_id, ordered_at, amount needed), 'customers', 'panel', or the
    schema.Table of a file that has no place in the course
    path_or_frame: a CSV file (UTF-8, comma) or a DataFrame; neither is changed
    columns: schema name -> your name, for those that differ; ids may be numbers or text
    unit: 'currency', or 'cents' where money is in whole cents
    customers: given with orders, no order may come before its customer's joined_on

    Columns that the table does not know are left out. Without order_id, orders are numbered in the
    order of the file. Dates are year first (2024-03-31, 20240331, 2024/3/31 9:30); times with a
    zone keep their wall time. Amounts may be zero, not negative.
    Raises ValueError with every problem at once; rows are numbered as a spreadsheet does, the
    header being row 1 (a DataFrame: by its index). FileNotFoundError, TypeError for a wrong kind.

    >>> mine = pd.DataFrame({"cust": [7], "day": ["20240331"], "paid": ["12.50"]})
    >>> own("orders", mine, columns={"customer_id": "cust", "ordered_at": "day", "amount": "paid"})
       order_id  customer_id ordered_at  amount
    0         1            7 2024-03-31    12.5
    """
    declared = _declared(table)
    _check_arguments(declared, columns, unit, customers)
    source = open_source(path_or_frame)
    found = _find_columns(declared, source, columns or {})
    result = {name: _convert(declared[name], *at, source, unit) for name, at in found.items()}
    _check_key(declared, result, source)
    if customers is not None:
        _check_joined(result, customers, source)
    if source.problems:
        raise ValueError(_report(declared.name, source))
    return _finished(declared, result)


def _declared(table):
    if isinstance(table, schema.Table):
        return table
    known = [name for name, each in schema.TABLES.items() if each.required]
    if isinstance(table, str) and table not in known:
        raise ValueError(f"The table must be one of {', '.join(known)}, got {table!r}. Choose one.")
    return schema.table(table)


def _check_arguments(declared, columns, unit, customers):
    if unit not in ("currency", "cents"):
        raise ValueError(f"unit must be 'currency' or 'cents', got {unit!r}. Choose one.")
    if columns is not None and not isinstance(columns, dict):
        raise TypeError(
            f"columns must be a dict, got {type(columns).__name__}. "
            f"Write columns={{'{declared.required[0]}': 'your name', ...}}."
        )
    unknown = [name for name in columns or {} if name not in declared.names]
    if unknown:
        swapped = any(columns[name] in declared.names for name in unknown)
        advice = "Turn it round: schema name first, yours second" if swapped else "Correct the name"
        raise ValueError(
            f"columns must be given by schema name ({', '.join(declared.names)}), got "
            f"{', '.join(map(str, unknown))}. {advice}."
        )
    if customers is not None:
        if declared.name != "orders":
            raise ValueError(
                f"customers= must come with orders, got {declared.name}. Leave it out."
            )
        schema.require(customers, ("customer_id", "joined_on"), name="customers")


def _find_columns(declared, source, columns):
    """Return schema name -> (its name there, its raw values) for every column found once."""
    found = {}
    for name in declared.names:
        theirs = columns.get(name, name)
        at = [position for position, given in enumerate(source.names) if given == theirs]
        if len(at) == 1:
            found[name] = theirs, source.frame[at[0]]
        elif at:
            source.complain(f"{name}", f"must be one column {theirs!r}", values=str(len(at)),
                            advice="Rename or delete the others")  # fmt: skip
        elif name in declared.required or name in columns:
            source.complain(f"{name}", f"must be a column ({theirs!r})", advice=(
                f"Say which one it is: columns={{'{name}': ...}}"),
                values=", ".join(map(str, source.names)))  # fmt: skip
    return found


def _convert(column, theirs, raw, source, unit):
    """Return the values in the schema's type; note what is missing, unreadable or negative."""
    thing = column.name if theirs == column.name else f"{column.name} ({theirs!r})"
    text = _as_text(raw)
    cents = column.kind == "money" and unit == "cents"
    missing = text.isna().to_numpy()
    values = _reader(column.kind, cents)(raw, text)
    unreadable = pd.isna(values).to_numpy() & ~missing
    advice = "Write whole cents such as 1250" if cents else ADVICE[column.kind]
    if missing.any() and not column.optional:
        source.complain(thing, "must be complete", missing, text, advice)
    if unreadable.any():
        kind = "whole cents" if cents else schema.WORDS[column.kind]
        source.complain(thing, f"must be {kind}", unreadable, text, advice)
    if column.kind in schema.NUMERIC:
        _check_bounds(column, thing, values, text, source)
    return values


def _check_bounds(column, thing, values, text, source):
    scaled = column.unit in ("points", "probability")
    low = column.low if scaled and column.low else 0
    below, above = (values < low).to_numpy(), (values > (column.high or 0)).to_numpy()
    if column.low is not None and column.low >= 0 and below.any():
        rule = f"must be at least {low}" if low else "must not be negative"
        source.complain(thing, rule, below, text, "Correct or drop these rows")
    if scaled and above.any():
        source.complain(thing, f"must be at most {column.high}", above, text, "Rescale the column")


def _as_text(raw):
    text = raw.astype("str").str.strip()
    return text.mask(text == "")


def _reader(kind, cents):
    """Return the reader (raw, text) -> values of a kind; NaN where a value cannot be read."""
    if cents:
        return lambda raw, text: _whole(raw, text) / 100
    readers = {"id": _ids, "integer": _whole, "flag": _flags, "date": _dates, "timestamp": _dates,
               "text": lambda raw, text: text}  # fmt: skip
    return readers.get(kind, _numbers)


def _numbers(raw, text):
    given = raw if pd.api.types.is_numeric_dtype(raw) else text
    values = pd.to_numeric(given, errors="coerce").astype("float64")
    return values.where(np.isfinite(values))


def _whole(raw, text):
    values = _numbers(raw, text)
    return values.where(values == np.floor(values))


def _ids(raw, text):
    """Whole numbers where all ids are; otherwise the text as it stands, also of 0012 beside 12."""
    plain = text.str.replace(r"\.0$", "", regex=True)
    if not plain.dropna().str.fullmatch(r"\d{1,18}").all():
        return text
    if plain.isna().any():
        return plain
    whole = plain.astype("int64")
    return whole if whole.nunique() == plain.nunique() else text


def _flags(raw, text):
    known = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    return text.str.lower().map(known)


def _dates(raw, text):
    if pd.api.types.is_datetime64_any_dtype(raw):
        return raw.dt.tz_localize(None).astype("datetime64[us]")
    values = _parsed(text)
    odd = values.isna() & text.notna()
    if odd.any():
        values[odd] = _parsed(_respelled(text[odd]))
    return values


def _parsed(text):
    plain = text.where(text.str.match(r"(19|20|21)\d{2}-\d{1,2}-\d{1,2}([T ][\d:.]*)?$", na=False))
    return pd.to_datetime(plain, format="ISO8601", errors="coerce").astype("datetime64[us]")


def _respelled(text):
    """Write 20240331, 2024/3/31 and 2024年3月31日 as 2024-3-31, and drop the zone of a time."""
    plain = text.str.replace(r"^(\d{4})(\d{2})(\d{2})(?=$|[T ])", r"\1-\2-\3", regex=True)
    plain = plain.str.replace(
        r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", r"\1-\2-\3", regex=True
    )
    return plain.str.replace(r"(?<=:\d\d)(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})$", "", regex=True)


def _check_key(declared, result, source):
    if not all(name in result for name in declared.key):
        return
    key = pd.DataFrame({name: result[name] for name in declared.key})
    twice = (key.duplicated() & key.notna().all(axis=1)).to_numpy()
    if twice.any():
        shown = key[twice].astype("str").agg(" ".join, axis=1).reindex(key.index)
        source.complain(" and ".join(declared.key), "must be unique", twice, shown,
                        f"One row is {declared.row}: join or drop the repeated ones")  # fmt: skip


def _check_joined(result, customers, source):
    if not {"customer_id", "ordered_at"} <= set(result):
        return
    buyer, day = result["customer_id"], result["ordered_at"]
    joined = customers.drop_duplicates("customer_id").set_index("customer_id")["joined_on"]
    joined = buyer.map(joined.dt.tz_localize(None))
    stranger = (joined.isna() & buyer.notna()).to_numpy()
    early = (day < joined.dt.normalize()).to_numpy()
    if stranger.any():
        source.complain("customer_id", "must be one of customers", stranger, buyer.astype("str"),
                        "Add the customer or drop the order")  # fmt: skip
    if early.any():
        source.complain("ordered_at", "must not be before the customer joined", early,
                        day.astype("str"), "Correct one of the two dates")  # fmt: skip


def _report(table, source):
    number = len(source.problems)
    lines = "".join(f"\n- {problem}" for problem in source.problems)
    return (
        f"{source.label} must be {table}, got {number} problem{'s' * (number > 1)}. Nothing was "
        f"changed; correct these and read it again:{lines}"
    )


def _finished(declared, result):
    if declared.name == "orders" and "order_id" not in result:
        result["order_id"] = np.arange(1, len(result["customer_id"]) + 1)
    types = {
        name: schema.DTYPES[declared[name].kind] for name in result if declared[name].kind != "id"
    }
    return pd.DataFrame({name: result[name] for name in declared.names if name in result}).astype(
        types
    )
