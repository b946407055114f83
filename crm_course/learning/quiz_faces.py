"""A quiz without controls: as text (which nbval compares) and as a page with folded answers."""

from html import escape

from crm_course.learning.wording import amount
from crm_course.locale import _


def text(quiz):
    """List every question with its options and a digest of its key."""
    return "\n\n".join(_question_text(each) for each in quiz.questions)


def html(quiz):
    """Show every question with its options and its answer folded away."""
    return "".join(_question_html(each) for each in quiz.questions)


def answer(question):
    """The right answer as it is shown: "b) a hostage", or the number with its unit."""
    reference, unit = question.exercise.reference, question.exercise.unit
    if not question.options:
        return amount(reference, unit)
    letter = next(letter for letter, option in question.lettered if option == reference)
    return f"{letter}) {_(reference)}"


def wanted(question):
    """What a question about a number asks for: "A number (share)"."""
    unit = question.exercise.unit
    return _("A number ({unit})").format(unit=_(unit)) if unit else _("A number")


def _question_text(question):
    options = [f"  {letter}) {_(option)}" for letter, option in question.lettered]
    lines = [f"{question.id} · {_(question.ask)}", *(options or [f"  {wanted(question)}"])]
    return "\n".join([*lines, f"  [key {question.digest}]"])


def _question_html(question):
    options = "".join(f"<li>{escape(_(option))}</li>" for option in question.options)
    listed = f'<ol type="a">{options}</ol>' if options else f"<p>{escape(wanted(question))}</p>"
    return (
        f"<p><strong>{question.id}</strong> · {escape(_(question.ask))}</p>{listed}"
        f"<details><summary>{escape(_('Answer'))} {question.id}</summary>"
        f"<p><strong>{escape(answer(question))}</strong> {escape(_meaning(question))}</p>"
        f"{_rebuttals(question)}</details>"
    )


def _meaning(question):
    return _(question.exercise.meaning) if question.exercise.meaning else ""


def _rebuttals(question):
    """Why the other answers are wrong, in the order of the options."""
    said = {_shown(mistake.value, question): mistake.say for mistake in question.exercise.mistakes}
    order = [option for option in question.options if option in said] or list(said)
    lines = "".join(f"<li>{escape(_(each))}: {escape(_(said[each]))}</li>" for each in order)
    return f"<ul>{lines}</ul>" if lines else ""


def _shown(value, question):
    return value if isinstance(value, str) else amount(value, question.exercise.unit)
