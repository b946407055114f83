"""quiz("21"): the questions of a chapter, read from crm_course/content/<topic>/quiz.yaml.

A question is marked like an exercise: a choice is a text with one mistake for each wrong option.
"""

import hashlib
import string
from dataclasses import dataclass

from crm_course import content
from crm_course.learning import progress
from crm_course.learning.exercises import Exercise
from crm_course.learning.marking import mark


@dataclass(frozen=True)
class Question:
    """A question, its options in the order they are shown (none: a number is asked), its key."""

    id: str
    ask: str
    exercise: Exercise
    options: tuple[str, ...] = ()

    def mark(self, choice):
        """Mark an option (its text or its letter) or a number -> Feedback; never raises."""
        feedback = mark(self.exercise, self._meant(choice))
        progress.note(feedback, choice)
        return feedback

    @property
    def lettered(self):
        """The options with their letters: (("a", "loyal"), ("b", "a hostage"))."""
        return tuple(zip(string.ascii_lowercase, self.options, strict=False))

    @property
    def digest(self):
        """A short mark of the key, so that a change of the right answer shows in the text face."""
        key = (self.id, self.exercise.reference, self.exercise.tolerance, self.exercise.unit)
        return hashlib.sha256(repr(key).encode()).hexdigest()[:6]

    def _meant(self, choice):
        letter = choice.strip(" .)").lower() if isinstance(choice, str) else None
        return dict(self.lettered).get(letter, choice)


@dataclass(frozen=True, repr=False)
class Quiz:
    """Questions with three faces: live controls, a static page, plain text."""

    questions: tuple[Question, ...]

    def mark(self, choice, question=None):
        """Mark a choice; with more than one question, say which: mark("a", "21.q2")."""
        known = {each.id: each for each in self.questions}
        if question is None and len(known) == 1:
            return self.questions[0].mark(choice)
        if question not in known:
            raise ValueError(
                f"question must be one of {', '.join(known)}, got {question!r}. "
                "Write mark('a', '21.q2')."
            )
        return known[question].mark(choice)

    def __repr__(self):
        from crm_course.learning import quiz_faces

        return quiz_faces.text(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        from crm_course.learning import quiz_faces, quiz_widget  # controls only when looked at

        controls = quiz_widget.controls(self)._repr_mimebundle_()
        faces = {"text/plain": repr(self), "text/html": quiz_faces.html(self)}
        return controls | faces


def quiz(which, *more):
    """Show the quiz of a chapter, quiz("21"), or some questions, quiz("21.q1", "21.q4") -> Quiz.

    >>> quiz("99")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: chapter '99' has no exercises. ...
    """
    return Quiz(tuple(question for each in (which, *more) for question in _questions(each)))


def _questions(which):
    """The questions of a chapter, or the one question of an id."""
    which = content.plain_id(which)
    chapter, point, _number = which.partition(".")
    from crm_course.learning import quiz_bank

    questions = quiz_bank.load(content.topic_folder(chapter) / "quiz.yaml", chapter)
    chosen = tuple(each for each in questions if not point or each.id == which)
    if not chosen:
        ids = ", ".join(each.id for each in questions)
        raise ValueError(f"question must be one of {ids}, got {which!r}. Write one of these.")
    return chosen
