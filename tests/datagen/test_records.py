"""Records cover, overlap and err as declared, and do not give away whose they are."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from crm_course.datagen import records
from crm_course.datagen.scenario import Scenario
from crm_course.schema.group import SILOS

RECORDS = Scenario().records


def listed_in(made):
    """Customer by system: whether there is a record; customers that no system has are left out."""
    customer_id = made("truth_source_records")["customer_id"]
    return pd.crosstab(customer_id, made("source_records")["source"]) > 0


@pytest.fixture
def rows(world):
    """Records beside their truth and what the customer table says."""
    who = world("customers")[["customer_id", "name", "phone", "email", "joined_on"]]
    linked = world("source_records").merge(world("truth_source_records"))
    return linked.merge(who, on="customer_id", suffixes=("", "_true"))


def test_systems_cover_as_many_customers_as_declared():
    uniform = np.random.default_rng(0).random((200_000, len(SILOS)))
    share = records.listed(RECORDS, uniform).mean(axis=0)
    assert share == pytest.approx(RECORDS.coverage, abs=4 * 0.5 / 200_000**0.5)


def test_sales_and_service_correlate_and_the_others_do_not():
    uniform = np.random.default_rng(1).random((200_000, len(SILOS)))
    found = np.corrcoef(records.listed(RECORDS, uniform).T) - np.eye(len(SILOS))
    expected = np.zeros_like(found)
    expected[0, 1] = expected[1, 0] = 0.3
    assert found == pytest.approx(expected, abs=4 / 200_000**0.5)


def chapman(table, first, second):
    n1, n2, both = table[first].sum(), table[second].sum(), (table[first] & table[second]).sum()
    return (n1 + 1) * (n2 + 1) / (both + 1) - 1


def test_two_lists_that_overlap_too_much_make_the_firm_look_smaller(world, null_world):
    linked, null = listed_in(world), listed_in(null_world)
    # a customer whom no system has is in neither table
    everybody = len(null) / (1 - np.prod(1 - np.array(RECORDS.coverage)))
    bias = 1 / (1 + 0.3 * np.sqrt(0.28 * 0.55 / (0.72 * 0.45)))
    assert chapman(linked, "sales", "service") == pytest.approx(bias * everybody, rel=0.01)
    assert chapman(null, "sales", "service") == pytest.approx(everybody, rel=0.01)
    assert chapman(linked, "web", "warranty") == pytest.approx(everybody, rel=0.01)


def test_twelve_thousand_records_in_the_sample(world):
    sample = world("truth_source_records").query("customer_id <= 8000")
    assert len(sample) == pytest.approx(12_000, rel=0.02)


def test_names_and_mails_are_mistyped_in_eight_per_cent(rows, within):
    wrong = rows["name"] != rows["name_true"]
    assert (wrong == rows["name_typo"]).all()
    within(wrong, RECORDS.typo)
    mailed = rows[rows["email"].notna()]
    assert ((mailed["email"] != mailed["email_true"]) == mailed["email_typo"]).all()
    within(mailed["email_typo"], RECORDS.typo)


def test_phones_are_missing_or_shared_as_declared(rows, within):
    within(rows["phone"].isna(), RECORDS.phone_missing)
    there = rows[rows["phone"].notna()]
    assert ((there["phone"] != there["phone_true"]) == there["shared_phone"]).all()
    within(there["shared_phone"], RECORDS.phone_shared)
    within(rows["email"].isna(), RECORDS.email_missing)


def test_two_records_of_a_customer_agree_on_the_mail_as_two_typists_would(rows, within):
    mails = rows[rows["email"].notna()].groupby("customer_id")["email"]
    first, last = mails.first(), mails.last()
    pairs = mails.size() > 1
    within((first == last)[pairs], (1 - RECORDS.typo) ** 2)


def test_neither_number_nor_order_gives_the_customer_away(world):
    truth = world("truth_source_records").query("customer_id <= 8000")
    assert abs(truth["record_id"].corr(truth["customer_id"])) < 0.05
    assert (truth["customer_id"].diff() == 0).mean() < 0.01
    assert truth["record_id"].is_unique


def test_records_are_made_after_joining_within_the_observation(rows):
    assert (rows["created_on"] >= rows["joined_on"]).all()
    assert rows["created_on"].max() <= np.datetime64("2025-12-31")


def slip(text, uniform):
    """One slip, written out sign by sign: what `records.slips` must give for every text."""
    own, at, rest = text.partition("@")
    kind, place = divmod(3 * uniform, 1)
    here = int(place * len(own))
    pairs = [i for i in range(len(own) - 1) if own[i] != own[i + 1]]
    if kind == 0 and pairs:
        i = pairs[int(place * len(pairs))]
        return own[:i] + own[i + 1] + own[i] + own[i + 2 :] + at + rest
    if kind == 1:
        return own[:here] + own[here + 1 :] + at + rest
    return own[: here + 1] + own[here:] + at + rest


@pytest.mark.parametrize("uniform", [0.0, 0.2, 0.4, 0.6, 0.7, 0.99])
@pytest.mark.parametrize("text", ["王丽丽", "Ann Lee", "aa", "ann.lee7@example.com"])
def test_a_slip_changes_the_text_and_leaves_the_domain(text, uniform):
    (slipped,) = records.slips(np.array([text]), np.array([uniform]))
    assert slipped != text
    assert slipped.partition("@")[2] == text.partition("@")[2]


def test_slips_at_once_are_the_slips_one_by_one(world):
    texts = np.array([*world("customers")["name"][:2000], *world("customers")["email"][:2000]])
    uniform = np.random.default_rng(1).random(len(texts))
    expected = [slip(text, place) for text, place in zip(texts, uniform, strict=True)]
    assert records.slips(texts, uniform).tolist() == expected


def test_what_is_missing_is_not_mistyped():
    texts = records.mistyped(pa.array(["Ann", None]), np.array([True, True]), np.array([0.4, 0.4]))
    assert texts.to_pylist() == ["nn", None]
