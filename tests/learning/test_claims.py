import re

import pytest

from crm_course import content
from crm_course.learning import claims

every = pytest.mark.parametrize("claim", claims.cards().values(), ids=claims.cards())


def test_the_ledger_has_its_25_cards_in_order():
    assert list(claims.cards()) == [f"CL-{number:02d}" for number in range(1, 26)]


@pytest.mark.parametrize("id", ["CL-06", "cl-06", "CL6", 6, " cl-6 "])
def test_a_card_is_found_however_its_number_is_written(id):
    assert claims.card(id).id == "CL-06"


@pytest.mark.parametrize("id", ["CL-26", "iceberg", None, 0])
def test_an_unknown_card_names_what_there_is(id):
    with pytest.raises(ValueError, match=r"must be CL-01 \.\.\. CL-25, got"):
        claims.card(id)


@every
def test_every_card_says_all_that_a_reader_needs(claim):
    said = (claim.text_en, claim.origin, claim.evidence_for, claim.evidence_against)
    assert all(text.rstrip().endswith((".", "?")) for text in (*said, claim.safe_wording))
    assert claim.refs and re.search("[一-鿿]", claim.text_zh)


@every
def test_every_grade_is_one_of_the_scale_or_says_why_there_is_none(claim):
    assert set(claim.grade) <= set(claims.GRADES)
    assert claim.grade or claim.grade_note


@every
def test_the_safe_wording_repeats_no_number_that_the_card_calls_folklore(claim):
    folklore = set(re.findall(r"\d+ %", claim.text_en)) if claim.grade == ("D",) else set()
    assert not folklore & set(re.findall(r"\d+ %", claim.safe_wording))


@every
def test_text_and_html_say_the_same(claim):
    faces = claim._repr_mimebundle_()
    words = re.sub(r"<[^>]+>", " ", faces["text/html"])
    assert claim.id in faces["text/plain"] and claim.text_zh in words
    assert claim.verdict in faces["text/plain"]


def test_the_markup_of_a_card_cannot_be_broken_by_its_text():
    card = claims.Claim("CL-99", "a < b", "甲", (), "x.", "y.", "z.", ("A",), "w.", ("R & S",))
    assert "a &lt; b" in card.html() and "R &amp; S" in card.html()


def test_the_table_has_one_row_for_each_claim():
    table = claims.table()
    assert table["claim"].is_unique and len(table) == len(content.entries("claims"))
