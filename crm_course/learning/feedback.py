"""What a learner sees after a check: a word, an icon and a sentence, in text and in HTML."""

import html
from dataclasses import dataclass

from crm_course.locale import _

# outcome: icon, colour of the word and the edge (contrast with white at least 4.5)
LOOKS = {
    "right": ("✓", "#1a6b3c"),
    "mistake": ("✗", "#9a3412"),
    "wrong": ("✗", "#9a3412"),
    "empty": ("○", "#595959"),
    "unmarked": ("!", "#6b2a99"),
    "hint": ("?", "#0b5a8a"),
}


@dataclass(frozen=True)
class Problem:
    """Why an answer could not be read as the kind that is wanted."""

    text: str
    tag: str | None = None


@dataclass(frozen=True, repr=False)
class Feedback:
    """The verdict on one answer.

    outcome: right, mistake (a known one), wrong, empty (no answer yet), unmarked (no verdict:
    the reference could not be computed), hint.

    >>> Feedback("21.1", "right", "Yes, 0.84 is right.")
    21.1 · Right: Yes, 0.84 is right.
    """

    exercise: str
    outcome: str
    message: str
    mistake: str | None = None
    details: tuple[str, ...] = ()
    word: str = ""

    @property
    def right(self):
        return self.outcome == "right"

    def __repr__(self):
        first = f"{self.exercise} · {self.word or _word(self.outcome)}: {self.message}"
        return "\n".join((first, *self.details))

    def html(self):
        """The HTML face. Colours are set on white, so that a dark theme changes nothing."""
        icon, colour = LOOKS[self.outcome]
        word = html.escape(f"{self.exercise} · {self.word or _word(self.outcome)}")
        lines = "".join(f"<br>{html.escape(line)}" for line in self.details)
        return (
            f'<div role="status" style="border-left: 4px solid {colour}; padding: 8px 12px; '
            f'background-color: #ffffff; color: #1f1f1f;"><strong style="color: {colour};">'
            f'<span aria-hidden="true">{icon}</span> {word}.</strong> '
            f"{html.escape(self.message)}{lines}</div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html()}


def _word(outcome):
    return {
        "right": _("Right"),
        "mistake": _("Not yet"),
        "wrong": _("Not yet"),
        "empty": _("No answer yet"),
        "unmarked": _("Not marked"),
        "hint": _("Hint"),
    }[outcome]
