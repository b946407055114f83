"""Nobody real is called, written to or named against their gender; places agree."""

import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.datagen import pools
from crm_course.datagen.identities import AREA_CODES
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.world import make_table


@pytest.fixture(scope="module")
def customers():
    return datasets.load("customers")


def test_mail_goes_to_reserved_domains_and_nobody_shares_it(customers):
    assert customers["email"].str.fullmatch(r"[a-z.]+\d+@example\.(com|net|org)").all()
    assert customers["email"].is_unique


def test_phones_are_in_ranges_kept_free(customers):
    american = customers["locale"] == "en_US"
    phone = customers["phone"]
    assert phone[american].str.fullmatch(r"[2-9]\d\d-555-01\d\d").all()
    assert phone[~american].str.fullmatch(r"1540\d{7}").all()
    assert not any(code % 100 == 11 for code in AREA_CODES)


def test_no_phone_is_used_twice_in_the_sample(customers):
    assert customers["phone"].is_unique


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
@pytest.mark.parametrize("gender", ["f", "m"])
def test_first_names_agree_with_gender(customers, locale, gender):
    fitting = set(pools.names(locale, f"first_{gender}")[0].to_pylist())
    here = customers[(customers["locale"] == locale) & (customers["gender"] == gender)]["name"]
    first = here.str.split().str[0] if locale == "en_US" else here.str[1:]
    assert set(first) <= fitting


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_city_province_and_postcode_are_one_place(customers, locale):
    places = pd.MultiIndex.from_arrays([part.to_pylist() for part in pools.places(locale)])
    here = customers[customers["locale"] == locale]
    assert pd.MultiIndex.from_frame(here[["city", "province", "postcode"]]).isin(places).all()


def test_a_city_is_in_one_province_and_postcodes_in_one_city():
    for locale in ("en_US", "zh_CN"):
        city, _, postcode = (part.to_pylist() for part in pools.places(locale))
        assert len(set(city)) == len(city)
        assert locale == "en_US" or len(set(postcode)) == len(postcode)


def test_mail_is_made_of_the_name(customers):
    american = customers[customers["locale"] == "en_US"].head(50)
    spelt = (
        american["name"].str.lower().str.replace("[^a-z ]", "", regex=True).str.replace(" ", ".")
    )
    assert (american["email"].str.split(r"\d", regex=True).str[0] == spelt).all()


def test_half_of_the_customers_write_chinese(customers):
    assert np.isclose((customers["locale"] == "zh_CN").mean(), 0.5, atol=4 * 0.5 / 8000**0.5)


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_one_locale_for_everybody_changes_the_identity_and_nothing_else(locale, customers):
    one = make_table("customers", customers=400, scenario=Scenario(locale=locale))
    assert set(one["locale"]) == {locale}
    same = ["customer_id", "unit", "kind", "gender", "birth_year", "joined_on", "consent"]
    pd.testing.assert_frame_equal(one[same], customers.head(400)[same], check_dtype=False)


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_who_had_the_locale_already_stays_who_they_are(locale, customers):
    one = make_table("customers", customers=400, scenario=Scenario(locale=locale))
    already = (customers["locale"] == locale).head(400)
    assert (one["name"][already] == customers["name"].head(400)[already]).all()
