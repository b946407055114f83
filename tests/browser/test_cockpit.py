"""The firm of chapter 72 is played by keyboard alone: turn by turn, and blind in chapter 01."""

import pytest

from .conftest import WAIT
from .test_explorers import run_up_to

pytestmark = pytest.mark.browser


def press(cell, button):
    handle = cell.get_by_role("button", name=button, exact=True)
    handle.focus()
    handle.press("Space")


def test_a_quarter_is_played_and_taken_back_by_keyboard(chapter):
    from playwright.sync_api import expect

    notebook = chapter("7_capstone/72_firm_simulator.ipynb")
    cell = run_up_to(notebook, "play_firm")
    said = cell.get_by_role("status")
    expect(said).to_contain_text("Nothing has been played yet", timeout=WAIT)
    agents = cell.locator(".noUi-handle").nth(1)
    agents.focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(cell.get_by_title("Agents", exact=True).last).to_have_value("19", timeout=WAIT)
    press(cell, "Play the quarter")
    expect(said).to_contain_text("Quarter 1: profit ¥", timeout=WAIT)
    row = cell.locator("table tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator("td").nth(2)).to_have_text("19")
    expect(cell.locator("table caption")).to_contain_text("Quarter by quarter")
    assert "Profit in the last quarter" in cell.locator("img").first.get_attribute("alt")
    press(cell, "Play the quarter")
    expect(said).to_contain_text("Quarter 2: profit ¥", timeout=WAIT)
    press(cell, "Take it back")
    expect(said).to_contain_text("Quarter 1: profit ¥", timeout=WAIT)
    press(cell, "Save")
    expect(said).to_have_text("Saved as my_run.json.", timeout=WAIT)


def test_the_blind_quarter_shows_a_profit_and_nothing_else(chapter):
    from playwright.sync_api import expect

    notebook = chapter("01_the_lanting_group.ipynb")
    cell = run_up_to(notebook, "play_blind")
    said = cell.get_by_role("status")
    expect(said).to_have_text("Set the six numbers, then play the quarter.", timeout=WAIT)
    press(cell, "Play the quarter")
    expect(said).to_have_text("Profit of the quarter: ¥6,795,043.", timeout=WAIT)
    expect(cell.get_by_role("button", name="Play the quarter", exact=True)).to_be_disabled()
    expect(cell.locator("table")).to_have_count(0)
