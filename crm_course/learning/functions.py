"""A function: called on given inputs, and its results compared with those of the reference."""

import base64
import copy
import inspect
import pickle
import traceback
from dataclasses import replace

import numpy as np
import pandas as pd

from crm_course.learning import choices, numeric, series, tables
from crm_course.learning.exercises import Task, value_of
from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, error_line, short
from crm_course.locale import _

YES_OR_NO = (bool, np.bool_)


def read(answer, task):
    """Return what the function returns for each of the inputs, or a Problem.

    An error inside the function is caught and shown with its line. A function that never ends
    is not stopped here: interrupt the kernel. (`crm-course grade` stops it.)
    """
    if not callable(answer) or isinstance(answer, type):
        text = _("A function is wanted, got {got}. Give its name without brackets.")
        return Problem(text.format(got=describe(answer)))
    given = []
    for arguments in _calls(task):
        misfit = _misfit(answer, arguments)
        if misfit:
            return Problem(misfit)
        try:
            given.append(answer(*copy.deepcopy(arguments)))
        except (Exception, SystemExit) as error:  # whatever a learner's function can do
            return Problem(_stopped(error, answer, arguments))
    return given


def packed(exercise, company):
    """Return the arguments of each call as texts, for a function in another process.

    exercise: an Exercise. Whatever cannot be packed, as a function among the inputs, is an error.
    """
    task = Task(replace(exercise, inputs=value_of(exercise.inputs, company)), company, None)
    return [base64.b64encode(pickle.dumps(call)).decode() for call in _calls(task)]


def agree(given, expected, task):
    """Whether the given results are those of the expected function."""
    return all(
        _same(result, wanted, task)
        for result, wanted in zip(given, results(expected, task), strict=True)
    )


def praise(given, task):
    text = _("Yes, your function is right on all {n} inputs: nicely worked out.")
    return text.format(n=len(given))


def results(function, task):
    """What a function returns for each of the inputs of the exercise."""
    return [function(*copy.deepcopy(arguments)) for arguments in _calls(task)]


def explain(given, task):
    """Say for which input the result is wrong, and in which way."""
    wanted_results = results(task.reference, task)
    for result, wanted, arguments in zip(given, wanted_results, _calls(task), strict=True):
        if not _same(result, wanted, task):
            said = _one_wrong(result, wanted, task)
            return _("Called with {inputs}: {said}").format(inputs=_shown(arguments), said=said)


def _calls(task):
    return [call if isinstance(call, tuple) else (call,) for call in task.exercise.inputs]


def _same(result, wanted, task):
    if isinstance(wanted, YES_OR_NO):
        return isinstance(result, YES_OR_NO) and bool(result == wanted)
    kind, task = _kind(wanted), replace(task, reference=wanted)
    value = kind.read(result, task)
    return not isinstance(value, Problem) and kind.agree(value, wanted, task)


def _one_wrong(result, wanted, task):
    if result is None:
        return _("it returns nothing (None). Does it end with return?")
    if isinstance(wanted, YES_OR_NO):
        return _("True or False is wanted, got {got}.").format(got=describe(result))
    kind, task = _kind(wanted), replace(task, reference=wanted)
    value = kind.read(result, task)
    text = value.text if isinstance(value, Problem) else kind.explain(value, task)
    return text[0].lower() + text[1:]


def _kind(wanted):
    if isinstance(wanted, pd.DataFrame):
        return tables
    if isinstance(wanted, (pd.Series, np.ndarray, list, tuple, dict)):
        return series
    return choices if isinstance(wanted, str) else numeric


def _misfit(function, arguments):
    """Say so when the function does not take that many arguments; "" if it does or may."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some built-in functions do not tell
        return ""
    try:
        signature.bind(*arguments)
    except TypeError:
        text = _("Your function is called with {n} value(s), {inputs}, but takes {taken}.")
        return text.format(n=len(arguments), inputs=_shown(arguments), taken=signature)
    return ""


def _stopped(error, function, arguments):
    text = _("Your function stopped with {error} when called with {inputs}.")
    text = text.format(error=error_line(error), inputs=_shown(arguments))
    frame = _own_frame(error, function)
    if frame is None:
        return text
    line = _("It happened in line {number}: {line}").format(number=frame.lineno, line=frame.line)
    return f"{text} {line}"


def _own_frame(error, function):
    """The last place in the learner's own code (the cell that holds the function)."""
    code = getattr(function, "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    return next((f for f in reversed(frames) if code and f.filename == code.co_filename), None)


def _shown(arguments):
    return f"({', '.join(_argument(each) for each in arguments)})"


def _argument(value):
    if isinstance(value, str):
        return f"'{short(value)}'"
    return str(value) if isinstance(value, (int, float, np.number)) else describe(value)
