"""Customers join when their unit grows, through channels that cost what they cost."""

import numpy as np
import pytest
from scipy import stats

from crm_course.datagen.customers import joining, month_starts


def test_two_thirds_of_mobile_joined_by_month_18(within):
    month, _ = joining(5, 0, 40_000, "mobile")
    within(month <= 18, 2 / 3)
    assert (month.min(), month.max()) == (1, 36)


def test_home_joins_in_months_1_to_30():
    month, _ = joining(5, 0, 40_000, "home")
    assert set(month) == set(range(1, 31))


def test_the_day_lies_in_its_month():
    month, day = joining(5, 0, 40_000, "auto")
    assert np.array_equal(
        (day.astype("datetime64[M]") - np.datetime64("2022-12")).astype(int), month
    )


def test_months_start_in_january_2023_and_end_with_2025():
    starts = month_starts()
    assert (str(starts[0]), str(starts[-1])) == ("2023-01-01", "2026-01-01")


def test_each_unit_has_its_kinds(world):
    kinds = world("customers").groupby("unit")["kind"].agg(lambda kind: sorted(set(kind)))
    assert kinds.to_dict() == {
        "auto": ["fleet", "private"],
        "home": ["private"],
        "mobile": ["private"],
        "wholesale": ["key", "retailer"],
    }


def test_a_partner_costs_more_than_a_referral(world):
    cost = world("customers").query("unit == 'home'").groupby("acq_channel")["acq_cost"].mean()
    assert cost.to_dict() == pytest.approx(
        {"partner": 80, "store": 60, "web": 45, "referral": 20}, rel=0.03
    )


def test_the_panel_begins_in_the_month_of_joining(world):
    first = world("panel").groupby("customer_id")["billed_on"].min()
    joined = world("customers").set_index("customer_id")["joined_on"][first.index]
    assert (first.dt.to_period("M") == joined.dt.to_period("M")).all()


INCOME = {"low": -1, "middle": 0, "high": 1}


def test_at_home_income_goes_with_the_mean_spend(world, within):
    home = world("truth_orders").merge(world("customers"))
    score = stats.norm.ppf(home["mean_spend"].rank() / (len(home) + 1))
    # Both hang on thrift: the one by 0.5, the other by what satisfaction leaves of it.
    link = 0.5 * np.sqrt(1 - 0.3**2)
    in_the_upper_band = stats.norm.expect(lambda x: x, lb=0.5244, conditional=True)
    within(score[home["income_band"] == "high"], link * in_the_upper_band)
    within(score[home["income_band"] == "low"], -link * in_the_upper_band)


def test_in_the_null_world_it_does_not(null_world):
    home = null_world("truth_orders").merge(null_world("customers"))
    link = home["mean_spend"].corr(home["income_band"].map(INCOME), method="spearman")
    assert abs(link) < 4 / len(home) ** 0.5


def test_income_has_its_shares_and_goes_with_nothing_else(world, within):
    everybody = world("customers").merge(world("truth_customers"))
    within(everybody["income_band"] == "low", 0.30)
    within(everybody["income_band"] == "high", 0.30)
    everybody["income"] = everybody["income_band"].map(INCOME)
    everybody["joined"] = everybody["joined_on"].astype("int64")
    for _, unit in everybody.groupby("unit"):
        others = unit[["joined", "birth_year", "acq_cost", "satisfaction"]]
        links = others.corrwith(unit["income"], method="spearman")
        assert (links.abs() < 4 / len(unit) ** 0.5).all()
