import re

import pytest

from authoring import source_map
from authoring.lesson import NOTEBOOKS, ROOT, read, read_all
from crm_course.learning import claims, glossary
from crm_course.learning.items import DECKS, item, items

LESSON = """\
---
crm:
  minutes: [5, 5]
---

# A title

+++ {{"crm": {{"beat": "question", "minutes": [5, 5], "items": {taught}}}}}

{words}
"""
CHAPTERS = re.findall(
    r"\d\d",
    "00 01 11 12 13 14 21 22 23 24 31 32 33 34 41 42 43 51 52 53 54 55 61 62 63 64 65 71 72 91",
)
HOW_MANY = {"S0": 45, "S1": 35, "S2": 21, "S3": 27, "S4": 29}


@pytest.fixture
def chapter(tmp_path):
    """Return a function that makes one chapter 21: chapter(["S0-07"], "its words")."""

    def make(taught, words):
        path = tmp_path / "authoring/lessons/2_customers/21_retention.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        quoted = "[" + ", ".join(f'"{id}"' for id in taught) + "]"
        path.write_text(LESSON.format(taught=quoted, words=words), encoding="utf-8")
        return [read(path, tmp_path)]

    return make


def test_every_item_of_a_written_chapter_is_taught_in_a_section_that_uses_its_term():
    assert source_map.problems(read_all()) == []


def test_no_words_of_an_item_stand_there_that_no_section_uses():
    taught = source_map.sections(read_all())
    idle = [(each.id, words) for each in items().values() for words in each.says
            if not any(each.id in section.items and source_map._uses(section, [words])
                       for section in taught)]  # fmt: skip
    assert idle == []


def test_every_link_of_the_page_leads_to_a_chapter():
    links = re.findall(r"\]\(\.\./(.+?\.ipynb)", source_map.text(read_all()))
    assert {ROOT / link for link in links} <= {each.target(NOTEBOOKS) for each in read_all()}


def test_all_157_items_of_the_decks_are_there():
    counted = {deck: sum(each.deck == deck for each in items().values()) for deck in DECKS}
    assert counted == HOW_MANY


def test_the_numbers_of_a_deck_have_no_gap():
    wanted = [f"{deck}-{n:02d}" for deck, last in HOW_MANY.items() for n in range(1, last + 1)]
    assert list(items()) == wanted


@pytest.mark.parametrize("each", items().values(), ids=items())
def test_an_item_has_chinese_english_a_chapter_of_the_course_and_a_known_term(each):
    assert re.search("[一-鿿]", each.zh) and re.search("[a-z]", each.en)
    assert each.chapters and set(each.chapters) <= set(CHAPTERS)
    assert glossary.term(each.term).en == each.term if each.term else each.says


@pytest.mark.parametrize("claim", claims.cards().values(), ids=claims.cards())
def test_a_claim_names_items_that_exist(claim):
    assert [item(id).id for id in claim.items] == list(claim.items)


def test_an_unknown_item_is_named():
    with pytest.raises(ValueError, match="got 'S9-99'"):
        item("S9-99")


def test_an_item_that_its_chapter_leaves_out_is_named(chapter):
    found = source_map.problems(chapter(["S0-07"], "customer retention"))
    assert [said for said in found if "S0-08 (客户保持模型): chapter 21 must teach it" in said]


def test_an_item_that_no_deck_has_is_named(chapter):
    found = source_map.problems(chapter(["S0-99"], "words"))
    assert "21_retention.md, section 'A title': item S0-99 must be one of" in " ".join(found)


@pytest.mark.parametrize(("words", "said"), [("客户保持", 0), ("Retention!", 0), ("loyalty", 1)])
def test_a_section_says_the_term_of_its_item_in_either_language(chapter, words, said):
    found = source_map.problems(chapter(["S0-07"], words))
    assert sum("must use its term, 'customer retention'" in each for each in found) == said


def test_an_item_whose_chapter_is_not_written_is_to_come(chapter):
    page = source_map.text(chapter(["S0-07"], "retention"))
    row = next(line for line in page.splitlines() if line.startswith("| S0-24"))
    assert row.endswith("| to come: 22, 24, 51, 52, 55 |")


def test_a_taught_item_links_to_its_section(chapter):
    page = source_map.text(chapter(["S0-07"], "retention"))
    assert "[21 A title](../notebooks/2_customers/21_retention.ipynb#A-title) |" in page


def test_a_page_that_was_not_made_again_is_stale(chapter, tmp_path):
    chapter(["S0-07"], "retention")
    source_map.write(tmp_path)
    chapter(["S0-08"], "retention")
    assert source_map.stale(tmp_path) == ["docs/source-map.md: stale. Run `crm-course build`."]
