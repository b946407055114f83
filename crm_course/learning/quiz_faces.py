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
    lines = [f"{question.id} · {_(question.ask)}", *(f"  {line}" for line in _asked(question))]
    return "\n".join([*lines, f"  [key {question.digest}]"])


def _question_html(question):
    # letters are written out: JupyterLab numbers every list 1, 2, 3
    return (
        f'<p style="margin-top: 16px;"><strong>{question.id}</strong> · '
        f"{escape(_(question.ask))}</p><p>{_lines(_asked(question))}</p>"
        f"<details><summary>{escape(_('Answer'))} {question.id}</summary>"
        f"<p><strong>{escape(answer(question))}</strong> {escape(_meaning(question))}"
        f"</p><p>{_lines(_rebuttals(question))}</p></details>"
    )


def _asked(question):
    options = [f"{letter}) {_(option)}" for letter, option in question.lettered]
    return options or [wanted(question)]


def _rebuttals(question):
    """Why each other answer is wrong, by its letter or its number."""
    said = {mistake.value: _(mistake.say) for mistake in question.exercise.mistakes}
    if question.options:
        lettered = question.lettered
        return [f"{letter}) {said[option]}" for letter, option in lettered if option in said]
    return [f"{amount(value, question.exercise.unit)}: {text}" for value, text in said.items()]


def _lines(texts):
    return "<br>".join(escape(text) for text in texts)


def _meaning(question):
    return _(question.exercise.meaning) if question.exercise.meaning else ""
