"""What an exercise is: what counts as right, and which wrong answers are expected.

The content of a chapter (crm_course/content/<topic>/checks.py) is a tuple of these.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np

from crm_course.learning.choices import plain

KINDS = ("number", "text", "series", "table", "function", "figure", "memo")

# The misconceptions of the course. SLIP is none: a forgotten term, the wrong column.
MISCONCEPTIONS = (
    "COPY_EVIDENCE", "PP_VS_PCT", "RATIO_MEANS_STOP_ACQ", "LIFETIME_IS_PROFIT",
    "SORTING_AS_LOYALTY", "LOYAL_IS_PROFITABLE", "SAT_IS_LOYAL", "RISK_IS_UPLIFT",
    "SILENCE_IS_SATISFACTION", "COMPLAINT_DROP_GOOD", "PARADOX_PLAN", "SELECTION_AS_EFFECT",
    "STATED_REASON_TRUE", "POTENTIAL_IS_SIZE", "FULL_COST_AVOIDABLE", "PARETO_LAW",
    "REGRESSION_TO_MEAN", "BUTTERFLY_IS_TYPE2", "SOFTWARE_FIRST", "ONE_BIG_TABLE",
    "STYLE_AS_FATE", "LOW_BADDEBT_BEST", "CONSISTENT_IS_CORRECT", "QUOTA_SHOWS_PROGRESS",
    "CULTURE_IS_LOGO", "CORR_CULTURE_CAUSE", "HAPPY_SHEET", "UTILISATION_100",
    "BEFORE_AFTER_PROOF", "NEW_IN_RETENTION", "NPS_ONE_NUMBER", "ACCURACY_BASE_RATE",
    "SLIP",
)  # fmt: skip


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may lie from the reference: a share of it, or in its own unit.

    >>> Tolerance(relative=0.005).width(200)
    1.0
    >>> Tolerance(absolute=0.08).width(200)
    0.08
    """

    relative: float = 0.0
    absolute: float = 0.0

    def __post_init__(self):
        if not (0 <= self.relative < 1 and 0 <= self.absolute < np.inf):
            raise ValueError(
                f"tolerance must not be negative, and relative below 1, got {self}. "
                "Write Tolerance(relative=0.005) or Tolerance(absolute=0.08)."
            )

    def width(self, reference):
        """The largest distance that still counts as right (a number or an array)."""
        wide = np.maximum(self.absolute, self.relative * np.abs(reference))
        return wide if np.ndim(wide) else float(wide)


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer: its value, the misconception behind it, one sentence to say.

    value is a function of the company (or a plain value); for kind "function" it is a
    function of the company that returns the wrong function.
    """

    value: Any
    tag: str
    say: str


@dataclass(frozen=True)
class Exercise:
    """One exercise and how its answer is marked.

    id: "21.3". origin: where it comes from, "brief: 3.4". kind: one of KINDS.
    unit: "share", "per cent", "points", "¥", "customers", "weeks", ... as shown to the learner.
    reference: a function of the company that computes the right answer on its tables. Kind
        "text" returns the right choice (or a tuple of accepted ones), "series" a Series, dict or
        tuple, "function" returns a function, "figure" a Series {x: y} or a dict {name: Series},
        "memo" a dict {what the figure is: value}, or {...: ("wall", value)} with a word, or
        several, of which one must stand beside the figure.
    tolerance: a relative one as a number, or a Tolerance.
    minutes: (low, high), or one number.

    meaning: a sentence shown after a right answer. truth: a function of the company, returning
    (true value, standard error). key: for tables, the columns that name a row. inputs: for
    functions, the calls to try as a tuple of argument tuples, or a function of the company that
    returns one. choices: for texts, all that may be said. sentences: for memos; words:
    for the memo of a case, the most it may have, and then its sentences are not counted.
    """

    id: str
    origin: str
    kind: str
    unit: str
    reference: Any
    tolerance: Tolerance | float = 0.005
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, ...] = ()
    minutes: tuple[int, int] | int = 5
    meaning: str = field(default="", kw_only=True)
    truth: Callable | None = field(default=None, kw_only=True)
    key: tuple[str, ...] = field(default=(), kw_only=True)
    inputs: Any = field(default=(), kw_only=True)
    choices: tuple[str, ...] = field(default=(), kw_only=True)
    sentences: int = field(default=4, kw_only=True)
    words: int = field(default=0, kw_only=True)

    def __post_init__(self):
        if not isinstance(self.tolerance, Tolerance):
            object.__setattr__(self, "tolerance", Tolerance(relative=self.tolerance))
        if not isinstance(self.minutes, tuple):
            object.__setattr__(self, "minutes", (self.minutes, self.minutes))
        for problem in _problems(self):
            raise ValueError(f"exercise {self.id} {problem}")


@dataclass(frozen=True)
class Task:
    """An exercise put to one learner: the company it is marked on and the right answer there."""

    exercise: Exercise
    company: Any
    reference: Any


def value_of(thing, company):
    """Return thing, or what it computes from the company if it is a function.

    >>> value_of(0.1, None), value_of(lambda company: 0.1, None)
    (0.1, 0.1)
    """
    return thing(company) if callable(thing) else thing


def kept(make):
    """Let what is made of a company stay with it, for all exercises that ask for the same.

    >>> from types import SimpleNamespace
    >>> @kept
    ... def doubled(company, number=2):
    ...     print("made")
    ...     return 2 * number
    >>> shop = SimpleNamespace()
    >>> doubled(shop), doubled(shop), doubled(shop, number=3)
    made
    made
    (4, 4, 6)
    """

    @wraps(make)
    def made(company, *arguments, **options):
        place = company.__dict__.setdefault("kept", {})
        key = (make, arguments, *sorted(options.items()))
        if key not in place:
            place[key] = make(company, *arguments, **options)
        return place[key]

    return made


def _problems(exercise):
    """Yield what an author forgot, as '<rule>, got <value>. <what to do>.'"""
    if not re.fullmatch(r"\d+\.q?\d+", exercise.id):
        yield f"needs an id like '21.3', got {exercise.id!r}. Chapter, point, running number."
    if not re.fullmatch(r"[a-z]+: \S.*", exercise.origin):
        yield f"needs an origin like 'brief: 3.4', got {exercise.origin!r}. Say where it is from."
    if exercise.kind not in KINDS:
        yield f"has a kind out of {KINDS}, got {exercise.kind!r}. Choose one."
    if len(exercise.hints) not in (0, 3) or not all(exercise.hints):
        yield f"needs three hints, got {len(exercise.hints)}. From a nudge to a worked step."
    if not 0 < exercise.minutes[0] <= exercise.minutes[1]:
        yield f"needs minutes (low, high), got {exercise.minutes}. Write minutes=(3, 5)."
    if len({plain(each) for each in exercise.choices}) < len(exercise.choices):
        yield f"needs choices that differ in words, got {exercise.choices}. Write A+ as A plus."
    if exercise.kind == "function" and not exercise.inputs:
        yield "needs inputs, got none. Write inputs=((1, 0.5), (2, 0.5))."
    for number, mistake in enumerate(exercise.mistakes, start=1):
        yield from _mistake_problems(number, mistake)


def _mistake_problems(number, mistake):
    if mistake.tag not in MISCONCEPTIONS:
        yield (
            f"has mistake {number} with a tag out of MISCONCEPTIONS, got {mistake.tag!r}. "
            "See crm_course/learning/exercises.py."
        )
    if not mistake.say.strip():
        yield f"has mistake {number} without a rebuttal, got {mistake.say!r}. Write one sentence."
