"""Answers on their way out of a submission: plain data, never objects.

The first half runs inside the kernel of the submission: its text is sent there, so it imports
nothing of the course. The second half runs in the grader, which sees numbers, texts and tables and
no object that could pretend to be equal to everything.
"""

import base64
import math
import pickle
import sys
from datetime import date
from decimal import Decimal
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


def called(function, calls):
    """Return what a function returns when called, as data; the first error is the last result.

    calls: the arguments of each call as the grader packed them (functions.packed); each call gets
    arguments of its own.
    """
    results = []
    for packed in calls:
        try:
            results.append(encoded(function(*pickle.loads(base64.b64decode(packed)))))
        except KeyboardInterrupt:
            results.append(LATE)
        except BaseException as error:  # whatever a function can do
            results.append(encoded(error))
        if results[-1]["kind"] == "error":
            break
    return {"kind": "function", "results": results}


LATE = {"kind": "error", "type": "TimeoutError", "text": "it did not end in time"}


def encoded(value, deep=0):
    """Return a value as data that JSON can hold."""
    kind = type(value).__name__
    if value is None or value is ...:
        return {"kind": "empty"}
    if isinstance(value, str):
        return {"kind": "text", "value": str.__str__(value)[:LONGEST]}
    if isinstance(value, BaseException):
        return {"kind": "error", "type": kind, "text": _text(value)}
    if isinstance(value, date):
        return {"kind": "date", "value": value.isoformat()}
    if hasattr(value, "freqstr") and hasattr(value, "ordinal"):
        return {"kind": "period", "ordinal": int(value.ordinal), "freq": value.freqstr}
    if deep < 4:
        found = _number(value) or _table(value) or _plotted(value) or _function(value)
        return found or _many(value, deep, kind)
    return {"kind": "odd", "type": kind}


def _text(error):
    try:
        return str(error)[:200]
    except Exception:  # an error whose own text fails must not hide which error it was
        return ""


def _function(value):
    return {"kind": "function"} if callable(value) and not isinstance(value, type) else None


def _number(value):
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, bool):
        return {"kind": "bool", "value": bool(value)}
    if isinstance(value, Integral) and abs(value) < 2**63:
        return {"kind": "number", "value": int(value)}
    if isinstance(value, (Real, Decimal)):
        value = float(value)
        return {"kind": "number", "value": value if math.isfinite(value) else str(value)}
    return None


def _table(value):
    pandas = sys.modules.get("pandas")
    if pandas and isinstance(value, pandas.Series):
        value, kind = value.to_frame("values"), "series"
    elif pandas and isinstance(value, pandas.DataFrame):
        kind = "table"
    else:
        return None
    if value.size > MOST:
        return {"kind": "odd", "type": f"{kind} of {value.size} values"}
    index = value.index.to_frame(index=False)
    names = [encoded(name) for name in value.index.names]
    told = {"kind": kind, "index": _columns(index), "columns": _columns(value), "names": names}
    if isinstance(value.index, pandas.RangeIndex):  # places, and not labels that somebody gave
        told["places"] = [value.index.start, value.index.stop, value.index.step]
    return told


def _columns(frame):
    return [
        {"name": encoded(name), "type": str(frame.iloc[:, at].dtype), "values": _cells(frame, at)}
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

    lines = drawings.plotted(value)
    return None if lines is None else {"kind": "figure", "lines": [_table(each) for each in lines]}


def _many(value, deep, kind):
    if hasattr(value, "tolist") and getattr(value, "size", MOST + 1) <= MOST:
        value = (value.ravel() if 1 in getattr(value, "shape", ()) else value).tolist()
    if isinstance(value, (list, tuple)) and len(value) <= MOST:
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


class Called:
    """Stands for a function: gives, call by call, the results that it gave in its own process."""

    def __init__(self, results):
        self.results, self.calls = list(results), 0

    def __call__(self, *_arguments):
        data = self.results[self.calls] if self.calls < len(self.results) else LATE
        self.calls += 1
        result = decoded(data)
        if isinstance(result, BaseException):
            raise result
        return result


def decoded(data):
    """Return the answer that data tell of: numbers, texts, lists, tables, what a figure shows."""
    kind = data.get("kind")
    if kind in ("text", "bool"):
        return data["value"]
    if kind == "number":
        value = data["value"]
        return float(value) if isinstance(value, str) else value
    if kind == "date":
        import pandas as pd

        return pd.Timestamp(data["value"])
    if kind == "period":
        import pandas as pd

        return pd.Period(ordinal=data["ordinal"], freq=data["freq"])
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
    if "places" in data:
        frame.index = pd.RangeIndex(*data["places"])
    frame.index.names = [_key(decoded(name)) for name in data["names"]]
    return frame


def _column(told):
    import pandas as pd

    values = pd.Series(told["values"], name=_key(decoded(told["name"])))
    try:
        return values.astype(told["type"])
    except (TypeError, ValueError):  # a type of the submission's own
        return values


def _figure(data):
    from crm_course.learning import drawings

    return drawings.Plotted(_series(line) for line in data["lines"])


def _function_of(data):
    return Called(data["results"]) if "results" in data else Odd("function")


def _error(data):
    """Return an error of the same name, which is all that is known of its type."""
    name = str(data["type"])[:80]
    named = type(name, (RuntimeError,), {}) if name.isidentifier() else RuntimeError
    return named(str(data["text"])[:200])


def _series(data):
    return _frame(data)["values"].rename(None)


_READ = {
    "empty": lambda data: None,
    "list": _list,
    "dict": _dict,
    "table": _frame,
    "series": _series,
    "figure": _figure,
    "function": _function_of,
    "error": _error,
}
