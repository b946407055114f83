"""A memo: its sentences are counted, its figures found beside their words; people mark the rest.

A figure that is asked for is a number, or its words and the number: `("wall", 16900)`, or
`("wall", "barrier", 16900)` where either will do. With words, it must stand in a sentence that
names it, and where a sentence names several, beside its own: two figures changed round are seen.
The memo of a case has room for `words` words instead of a number of sentences.
"""

import re

from crm_course.learning import beside
from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing
from crm_course.locale import _

LONGEST = 20_000
_STOPS = re.compile(  # "No." may be an answer and "etc." the last word of a sentence
    r"\b(?:e\.\s?g|i\.\s?e|approx|vs|cf|ca|Mr|Mrs|Ms|Dr|Fig|no(?=\.\s*\d)|"
    r"etc(?!\.\s+(?-i:[A-Z])))\.",
    re.I,
)
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|(?<=[。！？])|\n\s*\n")
_FIGURE = re.compile(
    r"(\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(%|％|per cent|percent|thousand|million)?",
    re.I,
)
_OF_A_HUNDRED = re.compile(r"\b(?:of|in|per) (?:every )?(?:a hundred|100(?![\d,.]*\d))\b", re.I)
_TIMES = {"%": 0.01, "％": 0.01, "per cent": 0.01, "percent": 0.01, "thousand": 1e3, "million": 1e6}


def read(answer, task):
    """Return the memo as a text, or a Problem."""
    if not isinstance(answer, str) or len(answer) > LONGEST:
        text = _("A memo of {n} sentences in one text is wanted, got {got}.")
        if task.exercise.words:
            text = _("A memo of up to {n} words in one text is wanted, got {got}.")
        return Problem(text.format(n=_wanted(task.exercise), got=describe(answer)))
    return answer


def agree(text, expected, task):
    """Whether the memo has its length and names the expected figures, each as what it is."""
    return _has_its_length(text, task.exercise) and not _faults(text, expected, task)


def praise(text, task):
    if task.exercise.words:
        return _(
            "{n} words, and every figure asked for is there. Whether the argument holds is for "
            "people to mark, by the rubric."
        ).format(n=len(text.split()))
    return _(
        "{n} sentences, and every figure asked for is there. Whether the argument holds is for "
        "people to mark: read it to a neighbour."
    ).format(n=task.exercise.sentences)


def explain(text, task):
    """Say how long it is, and what is wrong with which figures (not their values)."""
    wanted, got, said = _wanted(task.exercise), len(sentences(text)), []
    if not _has_its_length(text, task.exercise):
        words = _("{wanted} sentences are wanted, got {got}.")
        if task.exercise.words:
            words, got = _("Up to {wanted} words are wanted, got {got}."), len(text.split())
        said.append(words.format(wanted=wanted, got=got))
    faults = _faults(text, task.reference, task)
    for fault, words in _messages().items():
        if names := [_(name) for name, found in faults.items() if found == fault]:
            said.append(words.format(names=listing(names)))
    return " ".join(said)


def _wanted(exercise):
    return exercise.words or exercise.sentences


def _has_its_length(text, exercise):
    if exercise.words:
        return len(text.split()) <= exercise.words
    return len(sentences(text)) == exercise.sentences


def _messages():
    return {
        "missing": _("Not mentioned, or with another value: {names}."),
        "elsewhere": _(
            "The figure is there, but beside something else: {names}. Did two change places?"
        ),
        "unnamed": _("The figure is there, but its sentence does not say what it is: {names}."),
    }


def value_of(figure):
    """Return the number of a figure that is asked for, with words or without.

    >>> value_of(("wall", 16900)), value_of(0.52)
    (16900, 0.52)
    """
    return figure[-1] if isinstance(figure, tuple) else figure


def words_of(figure):
    """Return the words of which one must stand beside a figure, () where none is asked for."""
    return tuple(word.lower() for word in figure[:-1]) if isinstance(figure, tuple) else ()


def sentences(text):
    """Split a text into sentences; 0.51 and "e.g." do not end one.

    >>> sentences("Call 200. At 0.51, e.g. in May, it pays! Why?")
    ['Call 200.', 'At 0.51, eg in May, it pays!', 'Why?']
    >>> sentences("Should we, by no. 5, a wall etc. on top? No. It has walls etc. Call.")
    ['Should we, by no 5, a wall etc on top?', 'No.', 'It has walls etc.', 'Call.']
    """
    text = _STOPS.sub(lambda found: found[0].replace(".", ""), text)
    return [part for part in _ENDS.split(text) if re.search(r"\w", part)]


def figures(text):
    """Return every number of a text, without its sign; 51 % is also 0.51, and so is 51 of 100.

    >>> figures("51 % of 2.5 million")
    [51.0, 0.51, 2.5, 2500000.0]
    >>> figures("Of 100 lines 65 went.")
    [100.0, 1.0, 65.0, 0.65]
    >>> figures("51％ of 16 900")
    [51.0, 0.51, 16900.0]
    """
    return [value for _place, values in _figures(text) for value in values]


def _figures(text):
    """Yield the place of each number of a text, and what it may mean: 51 % is also 0.51.

    Where a text says "of 100" or "in a hundred", so may its other numbers up to 100.
    """
    counts = _OF_A_HUNDRED.search(text)
    for match in _FIGURE.finditer(text):
        value, unit = float(re.sub(r"[,\s]", "", match[1])), match[2]
        times = _TIMES[unit.lower()] if unit else 0.01 if counts and value <= 100 else 1
        yield match.start(), [value] if times == 1 else [value, value * times]


def _faults(text, expected, task):
    """Return {name: what is wrong} of the figures that are not there, or not as what they are."""
    wanted = {name: (words_of(each), abs(value_of(each))) for name, each in expected.items()}
    parts = [_Sentence(part, wanted, task) for part in sentences(text)]
    found = {name: _fault(name, words, parts) for name, (words, _value) in wanted.items()}
    return {name: fault for name, fault in found.items() if fault}


def _fault(name, words, parts):
    """Return what is wrong with a figure, or None."""
    parts = [part for part in parts if name in part.found]
    if not parts:
        return "missing"
    named = [part for part in parts if words in part.groups]
    if not words or any(part.is_own(words) for part in named):
        return None
    return "elsewhere" if named or any(part.groups for part in parts) else "unnamed"


class _Sentence:
    """A sentence: the figures in it that are asked for, and the words that name one."""

    def __init__(self, text, wanted, task):
        self.text, self.found, self.figures = text, set(), []
        for place, values in _figures(text):
            fits = [name for name, (_words, value) in wanted.items() if _named(value, values, task)]
            self.found.update(fits)
            groups = {wanted[name][0] for name in fits}
            if len(groups) == 1 and groups != {()}:  # two of one value tell nothing
                self.figures.append((place, *groups))
        groups = dict.fromkeys(words for words, _value in wanted.values() if words)
        self.names = beside.places(text, groups)
        self.groups = {group for _place, group in self.names}

    def is_own(self, words):
        """Whether the figure stands beside its own words."""
        if words not in {group for _place, group in self.figures}:
            return True
        return beside.is_own(words, self.figures, self.names, self.text)


def _named(value, given, task):
    width = task.exercise.tolerance.width(value) + 1e-9 * max(value, 1e-3)
    return any(abs(each - value) <= width for each in given)
