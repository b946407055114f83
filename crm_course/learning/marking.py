"""check("21.1", answer): is it right, and if not, in which way?"""

import math
from dataclasses import replace
from numbers import Real

import numpy as np
import pandas as pd

from crm_course import content
from crm_course.learning import (
    choices,
    drawings,
    functions,
    memos,
    numeric,
    progress,
    series,
    tables,
)
from crm_course.learning.exercises import Task, value_of
from crm_course.learning.feedback import Feedback, Problem
from crm_course.learning.wording import amount, error_line, number
from crm_course.locale import _

# each kind has read (answer -> value or Problem), agree, praise and explain
KINDS = {
    "number": numeric,
    "text": choices,
    "series": series,
    "table": tables,
    "function": functions,
    "figure": drawings,
    "memo": memos,
}


class SharedCompany:
    """The shared sample, made when an exercise first asks for a table of it."""

    _made = None

    def __getattr__(self, name):
        from crm_course import datasets  # an exercise by hand needs no data at all

        if self._made is None:
            self._made = datasets.company()
        return getattr(self._made, name)

    @property
    def used(self):
        return self._made is not None


def check(exercise, answer, *, data=None):
    """Mark an answer and say what is wrong with it.

    exercise: its id, "21.1". answer: a number, a text, a Series, a table, a function or a figure,
    as the exercise asks. data: the company that you work on (datasets.company(student="..."));
    without it the shared sample -> Feedback with .right, .message and .mistake (a misconception or
    None).

    No answer raises an error, however wrong it is; an unknown id does (ValueError).

    >>> check("99.9", 1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: chapter '99' has no exercises. ...
    """
    feedback = mark(content.exercise(exercise), answer, data=data)
    progress.note(feedback, answer)
    return feedback


def mark(exercise, answer, *, data=None):
    """Mark an answer to an Exercise -> Feedback; see check.

    >>> from crm_course.learning.exercises import Exercise
    >>> mark(Exercise("21.1", "brief: 3.1", "number", "share", lambda company: 0.8389), 83.89)
    21.1 · Not yet: You seem to have answered in per cent: write 0.8389, not 83.89.
    """
    if is_empty(answer):
        return Feedback(exercise.id, "empty", _("Put your answer in and check again."))
    if isinstance(answer, BaseException):
        text = _("Your answer is an error, {error}. Mend the cell that makes it first.")
        return Feedback(exercise.id, "wrong", text.format(error=error_line(answer)))
    try:
        task = _task(exercise, SharedCompany() if data is None else data)
    except Exception as error:  # a broken reference must never look like a wrong answer
        return _unmarked(exercise, error)
    try:
        return _verdict(task, KINDS[exercise.kind].read(answer, task))
    except Exception as error:  # an object that breaks when it is looked at
        text = _("Your answer cannot be read: {error}.").format(error=error_line(error))
        return _wrong(task, text)


def is_empty(answer):
    """Whether there is no answer yet: `...`, None, an empty text or an empty container.

    >>> is_empty(...), is_empty(0), is_empty(float("nan"))
    (True, False, False)
    """
    try:
        return answer is ... or answer is None or _is_blank(answer)
    except Exception:  # an object that breaks when it is looked at is something
        return False


def _is_blank(answer):
    if isinstance(answer, str):
        return not answer.strip(" .\n\t")
    if isinstance(answer, (list, tuple)):
        return len(answer) < 100 and all(each is ... or each is None for each in answer)
    if isinstance(answer, (dict, set, frozenset)):
        return not answer
    return isinstance(answer, (pd.DataFrame, pd.Series, pd.Index, np.ndarray)) and not answer.size


def _task(exercise, company):
    reference = value_of(exercise.reference, company)
    if isinstance(reference, Real) and not math.isfinite(reference):
        raise ValueError(_("it comes to {value}").format(value=reference))
    inputs = value_of(exercise.inputs, company)
    task = Task(replace(exercise, inputs=inputs), company, reference)
    if exercise.kind == "function":
        functions.results(reference, task)  # shows now, not in the answer, if it cannot run
    return task


def _verdict(task, value):
    kind = KINDS[task.exercise.kind]
    if isinstance(value, Problem):
        return _wrong(task, value.text, value.tag)
    if kind.agree(value, task.reference, task):
        return _right(task, kind.praise(value, task))
    mistake = _known(value, task)
    if mistake is not None:
        return _wrong(task, _(mistake.say), mistake.tag)
    return _wrong(task, kind.explain(value, task))


def _known(value, task):
    """Return the typical mistake that leads to this value (of two numbers the nearer), or None."""
    made = list(_made(value, task))
    if isinstance(value, float):
        made.sort(key=lambda pair: abs(value - pair[1]))
    return made[0][0] if made else None


def _made(value, task):
    """Yield the mistakes that this value shows, each with the value it leads to."""
    for mistake in task.exercise.mistakes:
        try:
            expected = value_of(mistake.value, task.company)
            if KINDS[task.exercise.kind].agree(value, expected, task):
                yield mistake, expected
        except Exception:  # a mistake that cannot be made on this table was not made
            continue


def _right(task, message):
    exercise = task.exercise
    details = [_(exercise.meaning)] if exercise.meaning else []
    if exercise.truth is not None:
        details.append(_truth(task))
    return Feedback(exercise.id, "right", message, details=tuple(details))


def _truth(task):
    try:
        value, error = task.exercise.truth(task.company)
    except Exception as error:  # the answer stays right
        return _("The truth cannot be shown: {error}.").format(error=error_line(error))
    text = _("The truth, which only an invented world can tell: {value}.")
    text = text.format(value=amount(value, task.exercise.unit))
    if error is None:
        return text
    return f"{text} " + _("The standard error of your figure is {error}.").format(
        error=number(error)
    )


def _wrong(task, message, tag=None):
    exercise, details = task.exercise, []
    if exercise.hints:
        details.append(_('Stuck? hint("{id}") gives a first nudge.').format(id=exercise.id))
    if isinstance(task.company, SharedCompany) and task.company.used:
        text = _("Marked on the shared sample. On a company of your own, add data=company.")
        details.append(text)
    outcome = "wrong" if tag is None else "mistake"
    return Feedback(exercise.id, outcome, message, tag, tuple(details))


def _unmarked(exercise, error):
    text = _(
        "The reference computation stopped on this data with {error}. This says nothing about "
        "your answer. Give the company unchanged: data=datasets.company(...)."
    )
    return Feedback(exercise.id, "unmarked", text.format(error=error_line(error)))
