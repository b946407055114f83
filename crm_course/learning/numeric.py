"""One number: read it kindly, compare it within the tolerance, say what is wrong with it.

Taken as the number they hold: Python and numpy numbers, Decimal, Fraction, a list, tuple, array,
Series or table of one value, and texts such as "0.51", "51 %", "1,240" or "4 points". Not taken:
yes/no values, complex numbers, dates, "0,51" (it may mean 51 or 0.51), and texts with other words.
"""

import math
import re
from decimal import Decimal
from numbers import Real

import numpy as np
import pandas as pd

from crm_course.learning.feedback import Problem
from crm_course.learning.wording import SHARES, amount, describe, number
from crm_course.locale import _

PER_CENT = ("%", "％", "per cent", "percent")
POINTS = ("points", "point", "pp", "percentage points", "percentage point")
_NUMBER = re.compile(
    r"(?P<digits>[-+]?(?:[1-9]\d{0,2}(?:[,_ ]\d{3})+(?:\.\d*)?|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+))"
    r"\s*(?P<unit>[^\d.,]*)",
    re.IGNORECASE,
)

# unit: what learners answer in instead, and how many of those make one
OTHER_UNITS = {
    **dict.fromkeys(SHARES, (("per cent", 100),)),
    "per cent": (("a share", 0.01),),
    "points": (("a share", 0.01),),
    "¥": (("cents", 100),),
    "seconds": (("minutes", 1 / 60), ("hours", 1 / 3600)),
    "minutes": (("seconds", 60), ("hours", 1 / 60)),
    "hours": (("minutes", 60), ("seconds", 3600)),
    "days": (("weeks", 1 / 7),),
    "weeks": (("days", 7),),
    "months": (("years", 1 / 12),),
    "years": (("months", 12),),
}

# up to this many times the size: what is said
TOO_LARGE = (
    (1.05, "close, but the size is too large by less than 5 %. {digits}"),
    (1.25, "the size is too large, by less than a quarter."),
    (2, "the size is too large, but less than double."),
    (10, "the size is too large, by more than double."),
    (math.inf, "the size is too large, by more than ten times."),
)
TOO_SMALL = (
    (1.05, "close, but the size is too small by less than 5 %. {digits}"),
    (1.25, "the size is too small, by less than a fifth."),
    (2, "the size is too small, but more than half of it is there."),
    (10, "the size is too small: less than half."),
    (math.inf, "the size is too small: less than a tenth."),
)


def read(answer, task):
    """Return the answer as a float in the exercise's unit, or a Problem."""
    return in_unit(answer, task.exercise.unit)


def in_unit(answer, unit):
    """Return an answer as a float in this unit, or a Problem.

    >>> in_unit("51 %", "share"), in_unit([12], "weeks")
    (0.51, 12.0)
    """
    answer = _alone(answer)
    if isinstance(answer, str):
        return _from_text(answer, unit)
    if answer is pd.NA or answer is pd.NaT:
        return math.nan
    return _as_float(answer) if _is_real(answer) else _unwanted(answer, unit)


def agree(value, expected, task):
    """Whether value lies within the exercise's tolerance of expected."""
    if not math.isfinite(expected):  # as a function may return for some input
        return value == expected or (math.isnan(value) and math.isnan(expected))
    width = task.exercise.tolerance.width(expected)
    slack = 1e-9 * max(width, abs(expected), 1e-3)  # 0.1 + 0.2 is not exactly 0.3
    return bool(abs(value - expected) <= width + slack)


def praise(value, task):
    """Say the number back with its unit, and to more digits where it was rounded."""
    unit = task.exercise.unit
    said, exact = amount(value, unit), amount(task.reference, unit)
    text = _("Yes, {said}: nicely worked out.").format(said=said)
    return text if said == exact else f"{text} " + _("In full: {exact}.").format(exact=exact)


def explain(value, task):
    """Say in which way value is wrong, without giving the right one away."""
    if not math.isfinite(task.reference):
        return _("Another value is wanted.")
    for diagnosis in DIAGNOSES:
        text = diagnosis(value, task)
        if text:
            return text
    return _side(value, task) or _size_class(value, task.reference)


def _alone(answer):
    for _level in range(3):  # [[0.5]] is still one number; no end for a list that holds itself
        if isinstance(answer, (pd.DataFrame, pd.Series, pd.Index, np.ndarray)):
            answer = np.asarray(answer).item() if answer.size == 1 else answer
        elif isinstance(answer, (list, tuple)) and len(answer) == 1:
            answer = answer[0]
    return answer


def _is_real(answer):
    wrong = isinstance(answer, (bool, np.bool_, np.complexfloating, np.timedelta64))
    return isinstance(answer, (Real, Decimal, np.number)) and not wrong


def _as_float(answer):
    try:
        return float(answer)
    except OverflowError:  # an int of a thousand digits
        return math.inf if answer > 0 else -math.inf
    except ValueError:  # Decimal("sNaN")
        return math.nan


def _from_text(text, unit):
    plain = re.sub("[−–]", "-", text[:60]).replace("\u00a0", " ").replace("\u202f", " ").strip()
    if unit.startswith("¥"):
        plain = plain.replace("¥", "", 1).strip()
    if own := unit.removeprefix("¥").strip().removesuffix("s"):  # may hold a number
        plain = re.sub(rf"\s*{re.escape(own)}s?$", "", plain, flags=re.IGNORECASE)
    found = _NUMBER.fullmatch(plain)
    if found is None and re.fullmatch(r"[-+]?\d+,\d+\s*%?", plain):
        return Problem(_("Write the decimal sign as a point: 1.5, not 1,5."))
    if found is None or len(text) > 60:
        return _unwanted(text, unit)
    value = float(re.sub(r"[,_ ]", "", found["digits"]))
    return _convert(value, found["unit"].strip().casefold(), unit, text)


def _convert(value, said, unit, text):
    """Turn a number with a unit behind it into the exercise's unit; points are not per cent."""
    said = "per cent" if said in PER_CENT else "points" if said in POINTS else said
    if said in ("", unit.casefold()):
        return value
    if said == "per cent" and unit in (*SHARES, ""):
        return value / 100
    if {said, unit} == {"per cent", "points"} or (said == "points" and unit in SHARES):
        return Problem(_points_or_rate(unit), "PP_VS_PCT")
    return _unwanted(text, unit)


def _points_or_rate(unit):
    text = _("From 80 % to 84 % is 4 points, and a rise of 5 per cent.")
    if unit == "points":
        return f"{text} " + _("Here the difference of two rates is wanted: a number of points.")
    return f"{text} " + _("Here no difference is wanted: give the number without “points”.")


def _unwanted(answer, unit):
    wanted = _("one number ({unit})").format(unit=_(unit)) if unit else _("one number")
    text = _("{wanted} is wanted, got {got}.").format(wanted=wanted, got=describe(answer))
    return Problem(text[0].upper() + text[1:])


def _not_finite(value, task):
    if math.isnan(value):
        return _(
            "That is not a number (NaN). Usually a selection came out empty, or 0 was divided "
            "by 0, on the way."
        )
    if math.isinf(value):
        return _("That is infinite. Usually something was divided by 0 on the way.")
    return ""


def _other_unit(value, task):
    unit = task.exercise.unit
    for name, factor in OTHER_UNITS.get("¥" if unit.startswith("¥") else unit, ()):
        if task.reference and agree(value / factor, task.reference, task):
            return _("You seem to have answered in {other}: write {right}, not {wrong}.").format(
                other=_(name), right=number(value / factor), wrong=number(value)
            )
    return ""


def _wrong_sign(value, task):
    if task.reference and agree(-value, task.reference, task):
        return _("Right size, wrong sign.")
    if value * task.reference < 0:
        return _("The sign is wrong, and the size is another too.")
    return ""


def _upside_down(value, task):
    if value and task.reference and agree(1 / value, task.reference, task):
        return _("You seem to have divided the other way round: swap top and bottom.")
    return ""


def _other_part(value, task):
    whole = {**dict.fromkeys(SHARES, 1), "per cent": 100}.get(task.exercise.unit)
    if whole and 0 < task.reference < whole and agree(whole - value, task.reference, task):
        return _("You seem to have counted the others: those who left for those who stayed, or so.")
    return ""


def _off_by_one(value, task):
    count = task.reference == round(task.reference) and abs(task.reference) > 1
    if count and abs(abs(value - task.reference) - 1) < 1e-9:
        return _("Off by one. Look at both ends: is the first one counted, is the last?")
    return ""


def _impossible(value, task):
    if task.exercise.unit in SHARES and 0 <= task.reference <= 1 < value:
        return _("A share lies between 0 and 1; yours is {value}.").format(value=number(value))
    return ""


DIAGNOSES = (
    _not_finite, _other_unit, _wrong_sign, _upside_down, _other_part, _off_by_one, _impossible,
)  # fmt: skip


def _side(value, task):
    """For a place on a scale, such as a slider's, ratios say nothing: too far up, or down."""
    if task.exercise.tolerance.relative:
        return ""
    return _("Too high.") if value > task.reference else _("Too low.")


def _size_class(value, expected):
    if expected == 0:
        return _("Too large.") if value > 0 else _("Too small.")
    if value == 0:
        return _("It is not zero.")
    ratio = abs(value / expected)
    steps, ratio = (TOO_LARGE, ratio) if ratio > 1 else (TOO_SMALL, 1 / ratio)
    said = next(words for most, words in steps if ratio <= most)
    text = _(said).format(digits=_("If you rounded on the way, keep at least four digits."))
    return text[0].upper() + text[1:]
