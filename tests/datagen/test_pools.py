"""The pools are what their lock says, and what the Faker that built them builds."""

import csv
import hashlib
import json

import faker
import pytest

from crm_course.datagen import pools
from crm_course.datagen.pools import build

LOCK = json.loads((pools.FOLDER / "pools.lock.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCK["sha256"])
def test_a_pool_is_the_one_that_was_locked(name):
    content = (pools.FOLDER / name).read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(content).hexdigest() == LOCK["sha256"][name]


@pytest.mark.skipif(LOCK["faker"] != faker.VERSION, reason="another Faker draws other names")
def test_the_faker_of_the_lock_builds_the_same_pools():
    assert build.lock(build.build()) == LOCK


@pytest.mark.parametrize("locale", build.LOCALES)
@pytest.mark.parametrize("field", ["first_f", "first_m", "last"])
def test_every_name_has_a_weight(locale, field):
    value, latin, weight = pools.names(locale, field)
    assert len(value) == len(latin) == len(weight) > 50
    assert (weight > 0).all()


def test_family_names_have_a_latin_spelling():
    for locale in build.LOCALES:
        assert all(
            name.isascii() and name.isalpha() for name in pools.names(locale, "last")[1].to_pylist()
        )


def test_an_american_postcode_is_of_its_state():
    alaska = [code for _, state, code in zip(*(part.to_pylist() for part in pools.places("en_US")),
                                             strict=True) if state == "AK"]  # fmt: skip
    assert alaska and all(code.startswith(("995", "996", "997", "998", "999")) for code in alaska)


def test_every_text_is_there_in_both_languages():
    for field in ("product", "complaint", "churn"):
        assert all(row["en_US"] and row["zh_CN"] for row in pools.trade(field))


def test_products_come_in_threes_in_rising_price_bands():
    low = [int(row["low"]) for row in pools.trade("product")]
    assert low == [each for each in sorted(set(low)) for _ in range(3)]


def test_no_text_of_the_trade_pool_is_cut_at_a_comma():
    with (pools.FOLDER / "trade.csv").open(encoding="utf-8", newline="") as lines:
        assert len({len(row) for row in csv.reader(lines)}) == 1
