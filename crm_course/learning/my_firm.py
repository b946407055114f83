"""my_firm.decide("calls", 200): the decisions of the course, gathered in the reader's my_firm.md.

The file lies in work/ beside the copies (or, where there is no work/, in the reader's own folder)
and is the reader's: it can be edited, and everything in it but the line of a new decision stays.
Chapter 72 opens with these decisions and says what each one earned.
"""

import math
import os
import re
from dataclasses import dataclass
from numbers import Real
from pathlib import Path

from crm_course import state, workspace
from crm_course.learning.feedback import Feedback
from crm_course.learning.wording import amount, describe
from crm_course.locale import _

FILE = "my_firm.md"
LINE = r"^- {name}:[ \t]*([^\r\n]*)"


@dataclass(frozen=True)
class Decision:
    """One decision of the course: where it is taken, what it is about, unit and limits."""

    name: str
    chapter: str
    about: str
    unit: str
    low: float
    high: float


DECISIONS = (
    Decision("calls", "22", "called before their contract ends, of 1,000", "customers", 0, 1000),
    Decision("agents", "24", "who answer customers at the same time", "agents", 1, 500),
    Decision("acquisition", "33", "of the budget goes to winning customers", "share", 0, 1),
    Decision("price", "41", "more, or less, than today's price", "per cent", -50, 50),
    Decision("training", "54", "of training for each employee in a year", "hours", 0, 200),
    Decision("credit_limit", "63", "of credit for a retailer", "¥", 0, 1_000_000),
)


def decide(name, value, because=""):
    """Write a decision into my_firm.md, in place of an earlier one -> Feedback to look at.

    name: one of DECISIONS, "calls". value: a number in its unit; ... is no decision yet. because:
    the reason, in a few words. ValueError for an unknown name or a number outside of the limits,
    TypeError for what is no number. Where nothing can be written, the reader is told.
    """
    decision = _named(name)
    if value is ...:
        text = _("Put a number from {low} to {high} in place of the dots.")
        text = text.format(low=f"{decision.low:,}", high=f"{decision.high:,}")
        return Feedback(FILE, "empty", text, word=_("No decision yet"))
    said = _sentence(decision, _checked(decision, value), because)
    try:
        _write(decision, f"{float(value):.15g} · {said}")
    except OSError as error:
        return Feedback(FILE, "unmarked", f"{said} ({error})", word=_("Not written, note it down"))
    return Feedback(FILE, "hint", said, word=_("Decided"))


def decisions():
    """Return what was decided as {"calls": 200.0}; a line that holds no number is left out."""
    text = _text()
    found = {each.name: _line(each).search(text) for each in DECISIONS}
    values = {name: _number(line[1]) for name, line in found.items() if line}
    return {name: value for name, value in values.items() if value is not None}


def table():
    """Return every decision of the course: decision, chapter, value (NaN: not yet), unit, about."""
    import pandas as pd

    made = decisions()
    rows = [
        (each.name, each.chapter, made.get(each.name, math.nan), _(each.unit), _(each.about))
        for each in DECISIONS
    ]
    return pd.DataFrame(rows, columns=["decision", "chapter", "value", "unit", "about"])


def path():
    """Return where my_firm.md lies: in the work/ that holds the current folder, else at home."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        in_course = folder.name == "work" and (folder.parent / "environment.yml").is_file()
        if in_course or str(folder) == os.environ.get("CRM_COURSE_WORK"):
            return folder / FILE
    return state.folder() / FILE


def _named(name):
    known = {each.name: each for each in DECISIONS}
    if name not in known:
        raise ValueError(
            f"decision must be one of {', '.join(known)}, got {name!r}. Write one of these names."
        )
    return known[name]


def _checked(decision, value):
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(
            f"{decision.name} must be a number, got {describe(value)}. "
            f"Write it without quotes: decide({decision.name!r}, {decision.low:g})."
        )
    if not decision.low <= value <= decision.high:
        raise ValueError(
            f"{decision.name} must lie between {decision.low:,} and {decision.high:,} "
            f"({decision.unit}), got {value}. Decide again."
        )
    return value


def _sentence(decision, value, because):
    about = f"{amount(value, decision.unit)} {_(decision.about)}"
    where = _("(chapter {number}).").format(number=decision.chapter)
    reason = _("Because: {reason}").format(reason=" ".join(str(because).split())) if because else ""
    return f"{about} {where} {reason}".strip()


def _write(decision, said):
    text, line = _text() or _blank(), f"- {decision.name}: {said}"
    if _line(decision).search(text):
        text = _line(decision).sub(lambda _found: line, text, count=1)
    else:
        end = "\r\n" if "\r\n" in text else "\n"
        text = f"{text.rstrip()}{end}{line}{end}"
    workspace.write(path(), text.encode("utf-8", "surrogateescape"))


def _blank():
    """Return the file of a reader who has decided nothing."""
    top = _(
        "What I decided, chapter by chapter. Chapter 72 opens with it and says what each decision "
        "earned. The number after the colon counts; write around it what you like."
    )
    lines = [
        f"- {each.name}: " + _("not decided yet (chapter {number})").format(number=each.chapter)
        for each in DECISIONS
    ]
    return "\n".join([_("# My firm"), "", top, "", *lines, ""])


def _text():
    """Return the file as it is, with its line ends and with the bytes that are no UTF-8."""
    try:
        return path().read_bytes().decode("utf-8-sig", "surrogateescape")
    except FileNotFoundError:
        return ""


def _line(decision):
    return re.compile(LINE.format(name=decision.name), re.MULTILINE)


def _number(text):
    """Return the number that a line begins with, or None.

    >>> _number("1,200 · of credit"), _number("not decided yet (chapter 63)")
    (1200.0, None)
    """
    found = re.match(r"¥?\s*([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)", text)
    return float(found[1].replace(",", "")) if found else None
