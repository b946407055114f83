"""solution("21.2"): opens after a right answer or three tries, offline.

It is a courtesy, not a lock: the text lies in crm_course/content/<topic>/solutions.yaml (the build
writes it from the sheet, an author that of an exercise in the chapter), and whoever looks finds it.
"""

import html
from dataclasses import dataclass
from functools import cache

from crm_course import content
from crm_course.learning import progress
from crm_course.learning.feedback import Feedback
from crm_course.locale import _

TRIES = 3


@dataclass(frozen=True, repr=False)
class Solution:
    """The worked solution of an exercise; shown as text and in HTML."""

    exercise: str
    code: str

    def __repr__(self):
        return f"{self._title()}\n{self.code}"

    def html(self):
        """The HTML face."""
        title, code = html.escape(self._title()), html.escape(self.code)
        return f"<p><strong>{title}</strong></p><pre>{code}</pre>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html()}

    def _title(self):
        return _("{id} · One way to solve it").format(id=self.exercise)


def solution(exercise):
    """Show how an exercise can be solved, once it was answered or tried three times.

    exercise: its id, "21.2" -> Solution, or Feedback that says what is missing until it opens.
    Where none is written, the third hint stands in for it.

    >>> solution("99.9")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: chapter '99' has no exercises. ...
    """
    asked = content.exercise(exercise)
    done = progress.record(asked.id)
    if not done.right and done.tries < TRIES:
        return _closed(asked, TRIES - done.tries)
    if not done.right:
        progress.note_opened(asked.id)
    return Solution(asked.id, text_of(asked) or _(asked.hints[-1]))


def text_of(exercise):
    """Return the solution of an Exercise as code, "" where the sheet has none."""
    folder = content.topic_folder(exercise.id.partition(".")[0])
    return _read(folder / "solutions.yaml").get(exercise.id, "").rstrip()


def _closed(exercise, missing):
    text = _(
        "It opens after a right answer, or after {tries} different ones that are wrong: "
        "{missing} to go."
    ).format(tries=TRIES, missing=missing)
    more = _('Until then: hint("{id}").').format(id=exercise.id)
    return Feedback(exercise.id, "hint", text, details=(more,), word=_("Solution"))


@cache
def _read(path):
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
