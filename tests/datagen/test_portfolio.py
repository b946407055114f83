"""A year scatters around the truth, labels fade in the next, and the trial finds what care adds."""

import numpy as np
import pytest

from crm_course.datagen import portfolio
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.streams import BLOCK

PORTFOLIO = Scenario().portfolio


@pytest.fixture
def books(world):
    return world("portfolio").merge(world("truth_portfolio"))


def test_a_year_is_right_on_average(books, within):
    within(books["profit"] - books["expected_profit"], 0)
    following = books["profit_next"] - books["extra_profit"] * books["managed"]
    within(following - books["expected_profit"], 0)


@pytest.mark.parametrize("name, spread", [("revenue", 0.35), ("serve", 0.45)])
@pytest.mark.parametrize("year", ["this", "next"])
def test_a_year_differs_from_the_next_as_far_as_declared(within, name, spread, year):
    means = portfolio._means(PORTFOLIO, 3, 0, BLOCK)
    luck = np.log(portfolio._year(PORTFOLIO, means, year)[name] / 100 / getattr(means, name))
    within(luck, -(spread**2) / 2)
    within((luck + spread**2 / 2) ** 2, spread**2)


def test_profit_is_what_is_left_of_the_margin(books):
    left = PORTFOLIO.margin_share * books["revenue"] - books["cost_to_serve"]
    assert (books["profit"] - left).abs().max() < 0.0051


def test_the_best_fifth_of_a_year_falls_back_to_its_own_mean(books, within):
    best = books[books["profit"] >= books["profit"].quantile(0.8)]
    unmanaged = best[~best["managed"]]
    assert (best["profit"] - best["expected_profit"]).mean() > 30
    within(unmanaged["profit_next"] - unmanaged["expected_profit"], 0)
    again = books["profit_next"] >= books["profit_next"].quantile(0.8)
    assert again[best.index].mean() == pytest.approx(0.7, abs=0.04)


def test_the_trial_finds_what_a_manager_adds(books):
    arms = books["profit_next"].groupby(books["managed"]).agg(["mean", "var", "size"])
    error = (arms["var"] / arms["size"]).sum() ** 0.5
    assert abs(arms["mean"].diff().iloc[-1] - books["extra_profit"].mean()) < 4 * error


def test_extra_profit_has_its_closed_form_given_the_wallet(books, within):
    lower = (50 - books["wallet_share"]) / 25
    mean = PORTFOLIO.extra * np.exp(PORTFOLIO.extra_wallet * lower + PORTFOLIO.extra_spread**2 / 2)
    within(books["extra_profit"] - 0.75 * mean, 0)
    within(books["extra_profit"] == 0, PORTFOLIO.no_extra)


def test_values_are_five_discounted_years(books):
    some, total = books.head(50), 0
    for year in range(1, 6):
        total = total + (some["retention_probability"] / 1.1) ** year
    assert some["current_value"].to_numpy() == pytest.approx(some["expected_profit"] * total, abs=1)
    assert some["potential"].to_numpy() == pytest.approx(some["extra_profit"] * total, abs=1)


def test_the_worth_of_a_year_is_that_of_the_brief():
    # exercise 6.4, customer K1: 40 a year, retained with 0.60
    assert 40 * portfolio.years_worth(PORTFOLIO, np.array(0.6)) == pytest.approx(45.68, abs=0.005)


def test_satisfaction_moves_revenue_and_staying_except_in_the_null_world(world, null_world):
    for made, linked in ((world, True), (null_world, False)):
        both = made("portfolio").merge(made("truth_portfolio")).merge(made("truth_customers"))
        rank = both[["satisfaction", "revenue", "retention_estimate"]].corr(method="spearman")
        found = rank["satisfaction"].iloc[1:]
        limit = 4 / len(both) ** 0.5
        assert (found > 0.15).all() if linked else (found.abs() < limit).all()


def test_a_quarter_of_the_customers_lose_money_and_the_whale_rises_above_everything(books):
    profit = books["profit"].sort_values(ascending=False)
    peak = profit.cumsum().max() / profit.sum()
    assert 1.3 < peak < 2
    assert 0.2 < (profit < 0).mean() < 0.45


def test_the_estimate_of_staying_is_the_truth_blurred(books):
    assert books["retention_estimate"].corr(books["retention_probability"]) > 0.85
