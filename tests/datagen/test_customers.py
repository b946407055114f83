"""Customers join when their unit grows, through channels that cost what they cost."""

import numpy as np
import pytest

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


def test_at_home_income_goes_with_the_mean_spend(world):
    spend = world("truth_orders").merge(world("customers"))
    by_band = spend.groupby("income_band")["mean_spend"].median()
    assert by_band["low"] < 0.85 * by_band["middle"] < 0.75 * by_band["high"]


def test_income_has_its_shares_and_in_the_null_world_goes_with_nothing(world, null_world, within):
    band = world("customers")["income_band"]
    within(band == "low", 0.30)
    within(band == "middle", 0.40)
    spend = null_world("truth_orders").merge(null_world("customers"))
    band = spend["income_band"].map({"low": -1, "middle": 0, "high": 1})
    assert abs(spend["mean_spend"].corr(band, method="spearman")) < 4 / len(spend) ** 0.5
