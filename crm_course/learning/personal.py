"""Companies of one's own: whose company do the answers of a sheet belong to?

With datasets.company(student="s1024") everybody works on other tables, so that the right answers
differ. Answers that are wrong on the own company, and to their last digit those of another one,
were made there. This is evidence for a talk, never a verdict: two people may work together.
"""

import math
import re
from dataclasses import dataclass, field, replace
from numbers import Real

from crm_course import content, datasets
from crm_course.learning.exercises import Exercise, Task, Tolerance, value_of
from crm_course.learning.feedback import Problem
from crm_course.learning.marking import KINDS, is_empty

EVIDENCE = ("number", "series", "table")  # a text is one of few, a memo rounds
DIGITS = 3  # an answer of fewer says nothing
EXACT = Tolerance(relative=1e-9)


@dataclass
class Answers:
    """The right answers of many companies, each computed once.

    >>> Answers().of("21.2", "s1") == Answers().of("21.2", "s2")  # by hand, the same for all
    True
    """

    _known: dict = field(default_factory=dict)

    def of(self, exercise, student):
        """Return the right answer to an exercise (its id) on the company of a student."""
        key = exercise, datasets.student_key(student) if student else ""
        if key not in self._known:
            chapter = exercise.partition(".")[0]
            company = datasets.company(student=student)
            for each in content.exercises(chapter):
                self._known[each.id, key[1]] = _value(each, company)
        return self._known[key]


def copied(answers, student, others, *, known=None, least=2):
    """Return the students on whose companies the answers were made, the likeliest first.

    answers: {"21.4": value} as handed in. student: the id that the sheet should carry; others:
    the other ids of the class, "" for the shared sample. known: Answers to share between calls.
    least: how many answers must be wrong on the own company and exactly those of the other.
    """
    known = known or Answers()
    wrong = {id: given for id, given in answers.items() if _is_wrong(id, given, student, known)}
    fits = {
        other: sum(_is_exactly(id, given, other, known) for id, given in wrong.items())
        for other in others
        if other != student
    }
    found = [other for other, count in fits.items() if count >= least]
    return sorted(found, key=lambda other: -fits[other])


def _value(exercise, company):
    try:
        return value_of(exercise.reference, company)
    except Exception:  # an exercise that cannot be marked on this company is no evidence
        return None


def _is_wrong(id, given, student, known):
    """Whether an answer is not that of the own company; one rounded too far still is."""
    exercise = content.exercise(id)
    if exercise.kind not in EVIDENCE or is_empty(given):
        return False
    if _is_exactly(id, given, student, known):
        return False
    return not _agrees(exercise, given, known.of(exercise.id, student))


def _is_exactly(id, given, other, known):
    exercise, reference = content.exercise(id), known.of(id, other)
    tolerance = _last_digit(given) if exercise.kind == "number" else EXACT
    return tolerance is not None and _agrees(
        replace(exercise, tolerance=tolerance), given, reference
    )


def _agrees(exercise: Exercise, given, reference):
    if reference is None:
        return False
    kind, task = KINDS[exercise.kind], Task(exercise, None, reference)
    try:
        value = kind.read(given, task)
        return not isinstance(value, Problem) and kind.agree(value, reference, task)
    except Exception:  # an object that breaks when it is looked at is nobody's answer
        return False


def _last_digit(given):
    """Return the tolerance of a rounded number, half of its last digit; None with few digits.

    >>> _last_digit(0.6322).absolute, _last_digit(0.6), _last_digit(1.234e-05).absolute
    (5e-05, None, 5e-09)
    """
    if not isinstance(given, Real):
        return EXACT
    shown = re.sub(r"^np\.\w+\(|\)$", "", repr(given))
    shown, _e, exponent = shown.partition("e")
    digits = re.sub(r"\D", "", shown).strip("0")
    if len(digits) < DIGITS or not math.isfinite(given):
        return None
    if len(digits) > 12 or "." not in shown:
        return EXACT
    places = len(shown.partition(".")[2]) - int(exponent or 0)
    return Tolerance(absolute=0.5 * 10.0**-places)
