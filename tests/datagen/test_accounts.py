"""Accounts and subscriptions follow their customer; cancelling has the chance that truth says."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen.scenario import Scenario

RULES = Scenario().subscriptions


def lines(made):
    both = made("subscriptions").merge(made("truth_subscriptions"))
    return both.merge(made("truth_customers")).assign(other=both["user_id"] % 10 > 0)


def cancelling(made):
    """A log-linear model of the monthly chance, for the subscriptions that can be cancelled."""
    free = lines(made).query("cancel_probability > 0")
    design = sm.add_constant(free[["other", "satisfaction"]].astype(float))
    cancelled, months = free["cancelled"].astype(float), free["months"].to_numpy()
    return sm.GLM(cancelled, design, family=sm.families.Poisson(), exposure=months).fit()


def test_a_log_linear_model_recovers_the_chance_of_cancelling(world):
    fit = cancelling(world)
    truth = np.array([np.log(0.015), np.log(1.8), -0.3])
    assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params


def test_in_the_null_world_satisfaction_does_not_move_it(null_world):
    fit = cancelling(null_world)
    assert abs(fit.params["satisfaction"]) < 4 * fit.bse["satisfaction"]


def test_customers_accounts_and_subscriptions_are_in_the_proportion_of_the_brief(world):
    accounts, subscriptions = world("accounts"), world("subscriptions")
    customers = accounts["customer_id"].nunique()
    assert len(accounts) / customers == pytest.approx(4100 / 3000, abs=0.02)
    assert len(subscriptions) / customers == pytest.approx(7200 / 3000, abs=0.04)


def test_the_first_subscription_lives_as_long_as_its_customer(world):
    first = world("subscriptions").drop_duplicates("customer_id").set_index("customer_id")
    panel = world("panel").groupby("customer_id")
    assert (first["started_on"] == panel["billed_on"].min()).all()
    assert (first["ended_on"].notna() == panel["churned"].any()).all()


def test_no_subscription_outlives_its_customer(world):
    gone = world("panel").query("churned").set_index("customer_id")["billed_on"]
    end = world("subscriptions").assign(
        gone=lambda t: t["customer_id"].map(gone + pd.DateOffset(months=1))
    )
    end = end[end["gone"].notna()]
    assert (end["ended_on"] <= end["gone"]).all()


def test_subscriptions_end_in_the_month_that_truth_counts(world):
    both = lines(world)
    ended = both[both["ended_on"].notna()]
    months = (ended["ended_on"] - ended["started_on"]).dt.days / (365.25 / 12)
    assert (months - ended["months"]).abs().max() < 0.1
    assert both.loc[both["cancelled"], "ended_on"].notna().all()


def test_most_leave_a_subscription_and_stay(world):
    both = lines(world)
    stayed = ~both["customer_id"].isin(world("panel").query("churned")["customer_id"])
    assert both.loc[stayed, "cancelled"].mean() > 0.05


def test_payers_and_products_have_their_shares(world, within):
    for name, share in zip(("self", "family", "employer"), RULES.payer_share, strict=True):
        within(world("accounts")["payer"] == name, share)
    later = world("truth_subscriptions")["cancel_probability"] > 0
    within((world("subscriptions")["product"] == "home internet")[later], RULES.product_share[1])


def test_two_in_five_further_subscriptions_are_used_by_somebody_else(world, within):
    both = lines(world)
    main = both["cancel_probability"] == 0
    assert not both.loc[main, "other"].any()
    within(both.loc[~main, "other"], 0.40)


def test_revenue_is_lognormal_around_the_product(world, within):
    phones = world("subscriptions").query("product == 'mobile phone'")["arpu"]
    within(np.log(phones / 35), 0)
    within(np.log(phones / 35) ** 2, 0.16)
