"""The live face of a quiz: options that the keyboard reaches, a Check button, a spoken verdict."""

from html import escape

import ipywidgets as widgets

from crm_course.learning.quiz_faces import wanted
from crm_course.locale import _

WIDE = {"width": "100%", "max_width": "48rem"}

# Without this an option of two lines is drawn over the next one.
STYLE = """<style>
.crm-quiz .widget-radio { height: auto; flex-wrap: wrap; }
.crm-quiz .widget-radio-box label {
  display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: flex-start;
  gap: 6px; height: auto; padding: 2px 0; line-height: 1.4; white-space: normal;
}
.crm-quiz .widget-radio-box input { flex: none; margin: 3px 0 0 2px; }
.crm-quiz .widget-html-content { line-height: 1.5; }
</style>"""


def controls(quiz):
    """Return a box with the controls of every question."""
    box = widgets.VBox([*(_question(each) for each in quiz.questions), widgets.HTML(STYLE)])
    return box.add_class("crm-quiz")


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
    return widgets.RadioButtons(options=shown, value=None, layout=WIDE, **_name(question))


def _number(question):
    # sent when the field is left: a click on Check must not overtake the last digit
    return widgets.Text(placeholder=wanted(question), continuous_update=False, **_name(question))


def _name(question):
    name = _("Answer {id}").format(id=question.id)
    wide = {"description_width": "initial"}
    return {"description": name, "tooltip": _(question.ask), "style": wide}


def _spoken(html):
    return f'<div aria-live="polite">{html}</div>'
