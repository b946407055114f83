"""Slides open from a folder, without a server and without a network."""

from pathlib import Path

import pytest

from crm_course.learning import slides

ROOT = Path(__file__).parents[2]
FETCHED = ROOT / "build/slides/node_modules/mathjax/MathJax.js"


@pytest.mark.browser
@pytest.mark.skipif(not FETCHED.exists(), reason="run crm-course instructor 21 once, with npm")
def test_slides_draw_their_formulas_and_ask_no_network(browser, tmp_path):
    deck = slides.write(ROOT / "notebooks/2_customers/21_retention.ipynb", tmp_path, ROOT)
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(deck.as_uri())
    page.wait_for_selector(".reveal.ready", timeout=60_000)
    page.wait_for_selector(".MathJax_SVG svg", state="attached", timeout=60_000)
    page.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
