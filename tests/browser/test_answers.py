"""A quiz and a check are done as a learner would, and by keyboard only."""

import re

import pytest

from .conftest import WAIT

pytestmark = pytest.mark.browser

SHEET = "exercises/2_customers/21_retention.ipynb"
RAN = re.compile(r"\[\d+\]:")
CHAPTER = "2_customers/21_retention.ipynb"


def go_to(notebook, cell):
    """Go down to a cell with the arrow key, as one does in command mode."""
    keyboard = notebook.page.keyboard
    keyboard.press("Escape")
    for _step in range(150):
        if "jp-mod-active" in (cell.get_attribute("class") or ""):
            return
        keyboard.press("ArrowDown")
    raise AssertionError("The arrow key must lead to the cell, got elsewhere.")


def run(notebook, text):
    """Run the cell that holds this text by keyboard, wait for it, and return it."""
    from playwright.sync_api import expect

    cell = notebook.locator(".jp-CodeCell", has_text=text).first
    go_to(notebook, cell)
    notebook.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(RAN, timeout=WAIT)
    return cell


def answer(notebook, code):
    """Type an answer over the three dots of its cell, run it and the check below it."""
    from playwright.sync_api import expect

    name = code.split(" = ")[0]
    keyboard = notebook.page.keyboard
    go_to(notebook, notebook.locator(".jp-CodeCell", has_text=f"{name} = ").first)
    keyboard.press("Enter")
    keyboard.press("Control+a")
    keyboard.type(code)
    keyboard.press("Shift+Enter")  # goes on to the cell with the check
    keyboard.press("Control+Enter")
    check = notebook.locator(".jp-CodeCell", has_text=f", {name}, data=").first
    expect(check.locator(".jp-OutputArea")).to_be_visible(timeout=WAIT)
    return check.locator(".jp-OutputArea")


def ask(notebook, code):
    """Open a cell below the one that is active, type into it, run it, and return its output."""
    keyboard = notebook.page.keyboard
    for key in ("Escape", "b", "Enter"):
        keyboard.press(key)
    keyboard.type(code)
    keyboard.press("Control+Enter")
    return notebook.locator(".jp-Cell.jp-mod-active .jp-OutputArea")


def test_an_answer_is_typed_checked_helped_mended_and_right(chapter):
    from playwright.sync_api import expect

    sheet = chapter(SHEET)
    run(sheet, "company = datasets.company")
    told = answer(sheet, "answer_21_2 = [1.65, 1.1, -0.5]")
    expect(told).to_contain_text("21.2 · Not yet", timeout=WAIT)
    helped = ask(sheet, 'hint("21.2", 2)')
    expect(helped).to_contain_text("21.2 · Hint 2 of 3", timeout=WAIT)
    for _step in range(3):  # back above the answer
        sheet.page.keyboard.press("ArrowUp")
    told = answer(sheet, "answer_21_2 = [0.8389, 0.7503, 0.3775]")
    expect(told).to_contain_text("21.2 · Right", timeout=WAIT)


def test_a_question_is_answered_wrong_and_right(chapter):
    from playwright.sync_api import expect

    notebook = chapter(CHAPTER)
    run(notebook, "notebook.setup()")
    quiz = run(notebook, 'quiz("21")')
    question = quiz.locator(".crm-quiz .widget-vbox").first
    radios, verdict = question.get_by_role("radio"), question.locator("[aria-live]")
    expect(radios.first).to_be_visible(timeout=WAIT)
    right = right_of(question)
    for wanted, said in ((1 - min(right, 1), "Not yet"), (right, "Right")):
        choose(radios, wanted)
        press_check(question)
        expect(verdict).to_contain_text(f"21.q1 · {said}", timeout=WAIT)


def choose(radios, wanted):
    """Tab to an option, forwards or, from the button below, backwards, and choose it with Space.

    The options have no common name, so that Tab stops at each (the arrows are JupyterLab's).
    """
    keyboard = radios.page.keyboard
    button = "it => it.closest('.widget-vbox').contains(document.activeElement)"
    key = "Shift+Tab" if radios.first.evaluate(button) else "Tab"
    for _step in range(60):
        keyboard.press(key)
        if radios.nth(wanted).evaluate("it => it === document.activeElement"):
            return keyboard.press("Space")
    raise AssertionError("Tab must lead to an option, got elsewhere.")


def press_check(question):
    """Go on with Tab from the chosen option to Check, and press it (Enter is JupyterLab's)."""
    button, keyboard = question.get_by_role("button"), question.page.keyboard
    for _step in range(10):
        keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            return keyboard.press("Space")
    raise AssertionError("Tab must lead from an option to the button, got elsewhere.")


def right_of(question):
    """The place of the right option among those shown."""
    from crm_course.learning import quiz, quiz_faces

    (asked,) = quiz("21.q1").questions
    shown = question.locator("label").all_inner_texts()
    letter = quiz_faces.answer(asked).split(")")[0]
    return next(i for i, text in enumerate(t for t in shown if ")" in t) if text.startswith(letter))
