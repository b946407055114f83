"""Slides ask no network for anything, and hold the core of the chapter."""

import os
import shutil
from pathlib import Path

import pytest

from crm_course.learning import slides

ROOT = Path(__file__).parents[2]
CHAPTER = ROOT / "notebooks/2_customers/21_retention.ipynb"


@pytest.fixture(scope="module")
def deck():
    return slides.deck(CHAPTER)


def test_slides_ask_for_no_address_of_the_network(deck):
    assert slides.requested(deck) == []


@pytest.mark.parametrize(
    "asks",
    [
        '<script src="https://a.b/c.js"></script>',
        '<link rel="stylesheet" href="https://a.b/c.css">',
        "<script type=\"module\">import x from 'https://a.b/c.mjs';</script>",
        "<style>@import url(https://a.b/c.css);</style>",
    ],
)
def test_an_address_is_found_where_a_page_asks_for_one(asks):
    assert slides.requested(asks)


def test_slides_end_where_the_chapter_s_core_ends(deck):
    assert "The decision" in deck
    assert "Going further" not in deck


def test_every_section_begins_a_slide(deck):
    assert deck.count("<section>") > 20


def test_without_npm_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(FileNotFoundError, match="npm must be installed.*--no-slides"):
        slides.write(CHAPTER, tmp_path, tmp_path)


@pytest.mark.browser
def test_slides_open_without_a_network_and_draw_their_formulas(tmp_path):
    if not (ROOT / "build/slides/node_modules/mathjax/MathJax.js").exists():
        pytest.skip("the packages of the slides have not been fetched: crm-course instructor 21")
    sync_api = pytest.importorskip("playwright.sync_api")
    page = slides.write(CHAPTER, tmp_path, ROOT)
    with sync_api.sync_playwright() as playwright:
        program = shutil.which("chromium") or os.environ.get("CHROMIUM")
        if program is None:
            pytest.skip("no Chromium here")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page()
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        tab.wait_for_selector(".reveal.ready", timeout=20_000)
        tab.wait_for_selector("svg .MathJax_SVG_glyphs, .MathJax_SVG svg", state="attached")
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
