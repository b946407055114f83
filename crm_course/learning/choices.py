"""A choice in words: compared without regard to case, spaces, hyphens, quotes or a final stop."""

import re
import unicodedata

from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing, short
from crm_course.locale import _

LONGEST = 200


def read(answer, task):
    """Return the answer as a plain text, or a Problem."""
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, str) or len(answer) > LONGEST:
        text = _("A choice in words is wanted, got {got}.").format(got=describe(answer))
        return Problem(f"{text} {_known(task)}".strip())
    return answer


def agree(text, expected, task):
    """Whether text is the expected choice, or one of them."""
    accepted = (expected,) if isinstance(expected, str) else expected
    return plain(text) in {plain(each) for each in accepted}


def praise(text, task):
    return _("Yes: {said}.").format(said=f"“{short(text.strip())}”")


def explain(text, task):
    known = {plain(choice) for choice in task.exercise.choices}
    if known and plain(text) not in known:
        return _("That is none of the choices. {known}").format(known=_known(task))
    return _("That is not the one.")


def plain(text):
    """Reduce a text to what counts.

    >>> plain(" The  Hostage-corner. ")
    'the hostage corner'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_‐–-]+", " ", text).strip(" .!\"'“”‘’")


def _known(task):
    choices = listing([_(choice) for choice in task.exercise.choices], most=12)
    return _("Choose one of: {choices}.").format(choices=choices) if choices else ""
