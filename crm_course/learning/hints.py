"""hint("21.1"): three rungs, from a nudge to a worked step."""

from crm_course import content
from crm_course.learning.feedback import Feedback
from crm_course.locale import _

RUNGS = 3


def hint(exercise, rung=1):
    """Show one of the three hints of an exercise.

    exercise: its id, "21.1". rung: 1 a nudge, 2 the way, 3 a worked step -> Feedback to look at.

    >>> hint("21.1", 4)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: rung must be 1, 2 or 3, got 4. ...
    """
    if type(rung) is not int or rung not in (1, 2, 3):  # True and 2.0 are in it, too
        raise ValueError(f"rung must be 1, 2 or 3, got {rung!r}. Write hint({exercise!r}, 2).")
    return rung_of(content.exercise(exercise), rung)


def rung_of(exercise, rung):
    """Show the hint of an Exercise on this rung; see hint."""
    if rung < RUNGS:
        more = _('Not enough? hint("{id}", {next})').format(id=exercise.id, next=rung + 1)
    else:
        more = _('That was the last hint. After three tries, solution("{id}") opens.')
        more = more.format(id=exercise.id)
    word = _("Hint {rung} of {rungs}").format(rung=rung, rungs=RUNGS)
    text = _(exercise.hints[rung - 1])
    return Feedback(exercise.id, "hint", text, details=(more,), word=word)
