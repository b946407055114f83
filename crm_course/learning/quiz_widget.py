"""The live face of a quiz: options that the keyboard reaches, a Check button, a spoken verdict."""

from html import escape

import ipywidgets as widgets

from crm_course.learning.quiz_faces import wanted
from crm_course.locale import _

WIDE = {"width": "100%", "max_width": "48rem"}


def controls(quiz):
    """Return a box with the controls of every question."""
    return widgets.VBox([_question(each) for each in quiz.questions])


def _question(question):
    field = _options(question) if question.options else _number(question)
    button = widgets.Button(description=_("Check {id}").format(id=question.id))
    verdict = widgets.HTML(_spoken(""))

    def check(_button):
        verdict.value = _spoken(question.mark(field.value).html())

    button.on_click(check)
    ask = widgets.HTMLMath(f"<strong>{question.id}</strong> · {escape(_(question.ask))}")
    return widgets.VBox([ask, field, button, verdict], layout={"margin": "0 0 16px 0"})


def _options(question):
    shown = [(f"{letter}) {_(option)}", option) for letter, option in question.lettered]
    return widgets.RadioButtons(options=shown, value=None, description=_name(question), layout=WIDE)


def _number(question):
    placeholder = wanted(question)
    return widgets.Text(description=_name(question), placeholder=placeholder)


def _name(question):
    return _("Answer {id}").format(id=question.id)


def _spoken(html):
    return f'<div role="status" aria-live="polite">{html}</div>'
