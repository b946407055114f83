"""Slides open from a folder, without a server and without a network."""

import re
import shutil
from pathlib import Path

import pytest

from crm_course.learning import slides

ROOT = Path(__file__).parents[2]
# what npm says where there is no way to a registry; anything else is a fault of ours
NO_NETWORK = re.compile(
    "ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|network|E40[137]|E50[234]"
)


@pytest.fixture(scope="module")
def assets():
    """What slides need, fetched if it is not there; without npm or network the test is left out."""
    if not slides.is_fetched(ROOT) and shutil.which("npm") is None:
        pytest.skip("slides need npm once, and it is not installed")
    try:
        return slides.fetch(ROOT)
    except OSError as error:
        if NO_NETWORK.search(str(error)):
            pytest.skip(f"slides need the network once: {error}")
        raise


@pytest.mark.browser
def test_slides_draw_their_formulas_and_ask_no_network(assets, browser, tmp_path):
    deck = slides.write(ROOT / "notebooks/2_customers/21_retention.ipynb", tmp_path, ROOT)
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(deck.as_uri())
    page.wait_for_selector(".reveal.ready", timeout=60_000)
    page.wait_for_selector(".MathJax_SVG svg", state="attached", timeout=60_000)
    page.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
