"""Answers on their way out of a submission: plain data, never objects.

The first half runs inside the kernel of the submission: its text is sent there, so it imports
nothing of the course. The second half runs in the grader, which sees numbers, texts and tables and
no object that could pretend to be equal to everything.
"""

import math
import sys
from datetime import date
from numbers import Integral, Real

MOST = 50_000  # values in one answer
LONGEST = 50_000  # characters in one text


# --- in the kernel


def collected(place, names, encode=None):
    """Return {id: data} for {id: name of the variable}; what cannot be told is {"kind": "odd"}."""
    encode = encode or encoded
    found = {}
    for id, name in names.items():
        try:
            found[id] = encode(place.get(name))
        except BaseException as error:  # an object that breaks when it is looked at
            found[id] = {"kind": "odd", "type": type(error).__name__}
    return found


def encoded(value, deep=0):
    """Return a value as data that JSON can hold."""
    kind = type(value).__name__
    if value is None or value is ...:
        return {"kind": "empty"}
    if isinstance(value, str):
        return {"kind": "text", "value": str.__str__(value)[:LONGEST]}
    if isinstance(value, BaseException):
        return {"kind": "error", "type": kind, "text": str(value)[:200]}
    if isinstance(value, date):
        return {"kind": "date", "value": value.isoformat()}
    if deep < 4:
        return _number(value) or _table(value) or _plotted(value) or _many(value, deep, kind)
    return {"kind": "odd", "type": kind}


def _number(value):
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, bool):
        return {"kind": "bool", "value": bool(value)}
    if isinstance(value, Integral) and abs(value) < 2**63:
        return {"kind": "number", "value": int(value)}
    if isinstance(value, Real):
        value = float(value)
        return {"kind": "number", "value": value if math.isfinite(value) else str(value)}
    return None


def _table(value):
    pandas = sys.modules.get("pandas")
    if pandas and isinstance(value, pandas.Index):
        value = value.to_series()
    if pandas and isinstance(value, pandas.Series):
        value, kind = value.to_frame("values"), "series"
    elif pandas and isinstance(value, pandas.DataFrame):
        kind = "table"
    else:
        return None
    if value.size > MOST:
        return {"kind": "odd", "type": f"{kind} of {value.size} values"}
    index = value.index.to_frame(index=False)
    names = [None if name is None else str(name) for name in value.index.names]
    return {"kind": kind, "index": _columns(index), "columns": _columns(value), "names": names}


def _columns(frame):
    return [
        {"name": str(name), "type": str(frame.iloc[:, at].dtype), "values": _cells(frame, at)}
        for at, name in enumerate(frame.columns)
    ]


def _cells(frame, at):
    return [_cell(each) for each in frame.iloc[:, at].tolist()]


def _cell(value):
    number = _number(value)
    return number["value"] if number else str(value)


def _plotted(value):
    if not any(hasattr(value, name) for name in ("get_lines", "get_axes", "axes", "axes_dict")):
        return None
    from crm_course.learning import drawings

    lines = drawings.read(value, None)
    if not isinstance(lines, list):
        return None
    return {"kind": "figure", "lines": [_table(each) for each in lines]}


def _many(value, deep, kind):
    if hasattr(value, "tolist") and getattr(value, "size", MOST + 1) <= MOST:
        value = value.tolist()
    if isinstance(value, (list, tuple, set, frozenset)) and len(value) <= MOST:
        return {"kind": "list", "values": [encoded(each, deep + 1) for each in value]}
    if isinstance(value, dict) and len(value) <= MOST:
        pairs = [[encoded(key, deep + 1), encoded(each, deep + 1)] for key, each in value.items()]
        return {"kind": "dict", "pairs": pairs}
    return {"kind": "odd", "type": kind}


# --- in the grader


class Odd:
    """Stands for an answer that is no data; check says what is wanted instead."""

    def __init__(self, kind):
        self.kind = kind


def decoded(data):
    """Return the answer that data tell of: numbers, texts, lists, tables, a figure drawn anew."""
    kind = data.get("kind")
    if kind in ("text", "bool"):
        return data["value"]
    if kind == "number":
        value = data["value"]
        return float(value) if isinstance(value, str) else value
    if kind == "date":
        import pandas as pd

        return pd.Timestamp(data["value"])
    return _READ[kind](data) if kind in _READ else Odd(str(data.get("type", kind))[:80])


def _list(data):
    return [decoded(each) for each in data["values"]]


def _dict(data):
    return {_key(decoded(key)): decoded(value) for key, value in data["pairs"]}


def _key(value):
    return tuple(value) if isinstance(value, list) else value


def _frame(data):
    import pandas as pd

    frame = pd.concat([_column(each) for each in data["columns"]], axis=1)
    parts = [_column(each) for each in data["index"]]
    frame.index = pd.MultiIndex.from_arrays(parts) if len(parts) > 1 else pd.Index(parts[0])
    frame.index.names = data["names"]
    return frame


def _column(told):
    import pandas as pd

    values = pd.Series(told["values"], name=told["name"])
    try:
        return values.astype(told["type"])
    except (TypeError, ValueError):  # a type of the submission's own
        return values


def _figure(data):
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    for line in data["lines"]:
        told = _series(line)
        ax.plot(told.index, told.to_numpy())
    return ax


def _series(data):
    return _frame(data)["values"].rename(None)


_READ = {
    "empty": lambda data: None,
    "list": _list,
    "dict": _dict,
    "table": _frame,
    "series": _series,
    "figure": _figure,
    "error": lambda data: RuntimeError(f"{data['type']}: {data['text']}"),
}
