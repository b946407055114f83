"""Orders keep to BG/NBD in operational weeks, to Gamma-Gamma, the season and opening hours."""

import numpy as np
import pytest
from scipy import special, stats

from crm_course.customers import retention
from crm_course.customers.retention import buying
from crm_course.datagen import home
from crm_course.datagen.customers import joining
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.streams import BLOCK, Draws


def expected_repeats(t, *, r, alpha, a, b):
    """E[X(t)] of BG/NBD; Fader, Hardie & Lee 2005, equation 9."""
    tail = special.hyp2f1(r, b, a + b - 1, t / (alpha + t)) * (alpha / (alpha + t)) ** r
    return (a + b - 1) / (a - 1) * (1 - tail)


def test_mean_repeat_purchases_are_those_of_the_closed_form(within):
    lives = home._lives(Scenario(), 3, 0, BLOCK)
    expected = expected_repeats(lives.span, r=0.8, alpha=10, a=0.8, b=2.5)
    within(lives.made - expected, 0)


def test_rates_and_dropouts_have_the_distributions_they_claim(world):
    truth = world("truth_orders")
    assert stats.kstest(truth["purchase_rate"], stats.gamma(0.8, scale=0.1).cdf).pvalue > 0.001
    assert stats.kstest(truth["dropout_probability"], stats.beta(0.8, 2.5).cdf).pvalue > 0.001


@pytest.fixture
def summary(null_world):
    orders = null_world("orders")
    return retention.rfm_summary(orders, observation_end="2025-12-31", time_unit="W")


def misses(found, truth, slopes):
    """How many standard errors each parameter lies from the truth; slopes: by customer."""
    return (np.array(found) - truth) / np.sqrt(np.diag(np.linalg.inv(slopes @ slopes.T)))


def test_the_bg_nbd_of_the_course_recovers_how_the_null_world_buys(summary):
    fit = retention.fit_bg_nbd(summary)
    found = fit.r, fit.alpha, fit.a, fit.b
    slopes = buying.bg_nbd_log_likelihood(*found, *buying.purchases_of(summary))[1]
    off = misses(found, (0.8, 10, 0.8, 2.5), slopes)
    assert (np.abs(off) < 4).all(), (found, off)


def test_the_gamma_gamma_of_the_course_recovers_what_the_null_world_spends(summary):
    fit = retention.fit_gamma_gamma(summary)
    found = fit.p, fit.q, fit.gamma
    back = summary[summary["frequency"] > 0]
    slopes = buying.gamma_gamma_log_likelihood(*found, *buying.spending_of(back))[1]
    off = misses(found, (6, 4, 150), slopes)
    assert (np.abs(off) < 4).all(), (found, off)


def test_mean_spend_is_that_of_gamma_gamma(world, within):
    within(world("truth_orders")["mean_spend"], 6 * 150 / (4 - 1))


def test_amounts_scatter_around_the_customers_mean_spend(world, within):
    truth = world("truth_orders").set_index("customer_id")["mean_spend"]
    orders = world("orders")
    ratio = orders["amount"] / orders["customer_id"].map(truth)
    within(ratio, 1)
    within((ratio - 1) ** 2, 1 / 6)


def test_satisfaction_lowers_dropout_and_raises_spend(world):
    truth = world("truth_orders").merge(world("truth_customers"))
    rank = truth[["satisfaction", "dropout_probability", "mean_spend"]].corr(method="spearman")
    expected = [-6 / np.pi * np.arcsin(0.2), 6 / np.pi * np.arcsin(0.15)]
    assert rank["satisfaction"].tolist()[1:] == pytest.approx(expected, abs=0.03)


def test_the_null_world_links_neither(null_world):
    truth = null_world("truth_orders").merge(null_world("truth_customers"))
    linked = truth[["satisfaction", "dropout_probability", "mean_spend"]].corr(method="spearman")
    assert (linked["satisfaction"].abs().iloc[1:] < 4 / len(truth) ** 0.5).all()


def test_operational_time_is_calendar_time_over_a_common_year():
    days, weeks = home.operational_clock(Scenario().season)
    assert weeks[[0, 12]] * 7 == pytest.approx([0, 365])
    assert np.diff(weeks)[10] * 7 / 30 == pytest.approx(1.8)


def november_over_october(orders):
    repeats = orders[orders.duplicated("customer_id")]
    month = repeats["ordered_at"].dt.month.value_counts()
    return month[11] / 30 / (month[10] / 31)


def test_november_peaks_as_far_as_the_season_says(world, null_world):
    peak = november_over_october(world("orders")) / november_over_october(null_world("orders"))
    assert peak == pytest.approx(1.8, abs=0.1)


def test_the_null_world_has_no_peak(null_world):
    assert november_over_october(null_world("orders")) == pytest.approx(1, abs=0.05)


def test_orders_are_placed_in_opening_hours_within_the_observation(world):
    ordered_at = world("orders")["ordered_at"]
    assert ordered_at.dt.hour.between(7, 22).all()
    assert ordered_at.max() < np.datetime64("2026-01-01")


def test_orders_run_in_time_and_are_numbered_by_customer(world):
    orders = world("orders")
    assert (orders["order_id"] // 1000 == orders["customer_id"]).all()
    same = orders["customer_id"].diff() == 0
    assert (orders["ordered_at"].diff()[same].dt.total_seconds() >= 0).all()


def test_who_is_alive_is_who_was_not_stopped(world):
    orders, truth = world("orders"), world("truth_orders")
    once = orders.groupby("customer_id").size() == 1
    assert truth.set_index("customer_id")["alive"][once].all()


def test_a_product_has_its_price_band(world):
    orders = world("orders")
    dear = orders.loc[orders["amount"] >= 800, "product"].unique()
    assert set(dear) == {"washing machine", "refrigerator", "air conditioner"}


def test_first_orders_are_uniform_within_the_day():
    day = joining(3, 0, BLOCK, "home")[1]
    start, _ = home._observed(Scenario().season, Draws(3, "orders", 0, BLOCK, "home"), day)
    assert stats.kstest(start % 1, "uniform").pvalue > 0.001
