"""How numbers, things and errors are named to a learner."""

import math

import numpy as np
import pandas as pd

from crm_course.learning.handed_in import Odd
from crm_course.locale import _

SHARES = ("share", "probability", "survival")  # units of numbers between 0 and 1
SHOWN = 40  # characters of a learner's text, column or argument that are repeated


def number(value):
    """Write a number with as many digits as are needed to tell it from its neighbours.

    >>> number(0.83891), number(2574966), number(1240.5)
    ('0.8389', '2,574,966', '1,240.50')
    """
    if math.isfinite(value) and value == round(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"


def amount(value, unit):
    """Write a number with its unit; a share also in per cent.

    >>> amount(0.8389, "share"), amount(-16, "¥ per contact"), amount(4, "points")
    ('0.8389 (83.9 %)', '-¥16 per contact', '4 points')
    """
    if unit in SHARES:
        return f"{number(value)} ({100 * value:.1f} %)"
    if unit == "per cent":
        return f"{number(value)} %"
    if unit.startswith("¥"):
        return f"{'-' if value < 0 else ''}¥{_money(abs(value))}{unit[1:]}"
    return f"{number(value)} {_(unit)}".strip() if unit else number(value)


def _money(size):
    return number(size) if size == round(size) or size < 1 else f"{size:,.2f}"


def describe(thing):
    """Say in a few words what kind of thing an answer is, however large or strange it is.

    >>> describe([1, 2, 3]), describe(0.5), describe("loyal")
    ('a list of 3', 'a number', "the text 'loyal'")
    """
    for kind, words in DESCRIPTIONS:
        if isinstance(thing, kind):
            return words(thing)
    if callable(thing) and not isinstance(thing, type):
        return _("a function")
    name = _("{type} (a class)") if isinstance(thing, type) else "{type}"
    kind = thing if isinstance(thing, type) else type(thing)
    return _("an object of type {type}").format(type=name.format(type=kind.__name__))


def short(text):
    """Cut a text to SHOWN characters on one line.

    >>> short("a  b")
    'a b'
    """
    text = " ".join(text[: 4 * SHOWN].split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def listing(names, most=8):
    """Join names with commas, at most so many.

    >>> listing(["cohort", "age", "rate"], most=2)
    'cohort, age, …'
    """
    shown = [short(str(name)) for name in names[:most]]
    return ", ".join(shown + ["…"] * (len(names) > most))


def error_line(error):
    """Write an error as its type and the first line of its message.

    >>> error_line(KeyError("amount"))
    "KeyError: 'amount'"
    """
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # an error whose own text fails must not hide which error it was
        lines = []
    name = type(error).__name__
    return f"{name}: {lines[0][:200]}" if lines else name


def _table(table):
    return _("a table of {rows} rows with columns {columns}").format(
        rows=f"{len(table):,}", columns=listing(list(table.columns)) or _("(none)")
    )


def _array(array):
    return _("an array of shape {shape}").format(shape=array.shape)


def _size(thing):
    return f"{len(thing):,}"


DESCRIPTIONS = (
    ((bool, np.bool_), lambda thing: _("the yes/no value {value}").format(value=bool(thing))),
    ((int, float, np.number), lambda thing: _("a number")),
    (str, lambda thing: _("the text '{text}'").format(text=short(thing))),
    (pd.DataFrame, _table),
    (pd.Series, lambda thing: _("a Series of {n} values").format(n=_size(thing))),
    (pd.Index, lambda thing: _("an Index of {n} values").format(n=_size(thing))),
    (np.ndarray, _array),
    (list, lambda thing: _("a list of {n}").format(n=_size(thing))),
    (tuple, lambda thing: _("a tuple of {n}").format(n=_size(thing))),
    (dict, lambda thing: _("a dict of {n}").format(n=_size(thing))),
    (Odd, lambda thing: _("an object of type {type}").format(type=short(thing.kind))),
    ((set, frozenset), lambda thing: _("a set of {n}").format(n=_size(thing))),
)
