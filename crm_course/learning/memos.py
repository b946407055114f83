"""A memo: its sentences are counted and its figures found; people mark the rest."""

import re

from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing
from crm_course.locale import _

LONGEST = 20_000
_STOPS = re.compile(r"\b(?:e\.\s?g|i\.\s?e|approx|vs|cf|etc|no|ca|Mr|Mrs|Ms|Dr|Fig)\.", re.I)
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|(?<=[。！？])|\n\s*\n")
_FIGURE = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(%|per cent|percent|thousand|million)?", re.I
)
_TIMES = {"%": 0.01, "per cent": 0.01, "percent": 0.01, "thousand": 1e3, "million": 1e6}


def read(answer, task):
    """Return the memo as a text, or a Problem."""
    if not isinstance(answer, str) or len(answer) > LONGEST:
        text = _("A memo of {n} sentences in one text is wanted, got {got}.")
        return Problem(text.format(n=task.exercise.sentences, got=describe(answer)))
    return answer


def agree(text, expected, task):
    """Whether the memo has its sentences and names the expected figures."""
    return len(sentences(text)) == task.exercise.sentences and not _missing(text, expected, task)


def praise(text, task):
    return _(
        "{n} sentences, and every figure asked for is there. Whether the argument holds is for "
        "people to mark: read it to a neighbour."
    ).format(n=task.exercise.sentences)


def explain(text, task):
    """Say how many sentences there are, and which figures are not mentioned (not their values)."""
    wanted, got = task.exercise.sentences, len(sentences(text))
    said = []
    if got != wanted:
        said.append(_("{wanted} sentences are wanted, got {got}.").format(wanted=wanted, got=got))
    missing = _missing(text, task.reference, task)
    if missing:
        names = listing([_(name) for name in missing])
        said.append(_("Not mentioned, or with another value: {names}.").format(names=names))
    return " ".join(said)


def sentences(text):
    """Split a text into sentences; 0.51 and "e.g." do not end one.

    >>> sentences("Call 200. At 0.51, e.g. in May, it pays! Why?")
    ['Call 200.', 'At 0.51, eg in May, it pays!', 'Why?']
    """
    text = _STOPS.sub(lambda found: found[0].replace(".", ""), text)
    return [part for part in _ENDS.split(text) if re.search(r"\w", part)]


def figures(text):
    """Return every number of a text, without its sign; 51 % is also 0.51.

    >>> figures("51 % of 2.5 million")
    [51.0, 0.51, 2.5, 2500000.0]
    """
    found = []
    for digits, unit in _FIGURE.findall(text):
        value = float(digits.replace(",", ""))
        found += [value, value * _TIMES[unit.lower()]] if unit else [value]
    return found


def _missing(text, expected, task):
    given = figures(text)
    return [name for name, value in expected.items() if not _named(abs(value), given, task)]


def _named(value, given, task):
    width = task.exercise.tolerance.width(value) + 1e-9 * max(value, 1e-3)
    return any(abs(each - value) <= width for each in given)
