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


@pytest.mark.skipif(os.name != "posix", reason="stands a shell script in for npm")
def test_what_npm_says_is_told_where_it_cannot_fetch(tmp_path, monkeypatch):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(npm))
    with pytest.raises(
        OSError, match=r"npm must be able to fetch .* got: npm error code ENOTFOUND"
    ):
        slides.fetch(tmp_path)


def test_what_was_fetched_by_halves_is_fetched_again(tmp_path):
    (tmp_path / "build/slides/node_modules/mathjax").mkdir(parents=True)
    (tmp_path / "build/slides/node_modules/mathjax/MathJax.js").touch()
    assert not slides.is_fetched(tmp_path)
