"""Renewals are shifted beta-geometric, values are discounted margins, worlds differ by one link."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, special, stats

from crm_course.datagen.contracts import make_contracts, make_truth_contracts
from crm_course.datagen.scenario import Scenario

ALPHA, BETA = 0.7, 2.4


def survival(t, alpha=ALPHA, beta=BETA):
    """Share that renewed t times; Fader & Hardie 2007."""
    return np.exp(special.betaln(alpha, beta + t) - special.betaln(alpha, beta))


def log_likelihood(parameters, contracts):
    alpha, beta = np.exp(parameters)
    renewed = contracts["renewals"].to_numpy()
    stays = survival(renewed, alpha, beta)
    leaves = stays - survival(renewed + 1, alpha, beta)
    return -np.log(np.where(contracts["churned"], leaves, stays)).mean()


def test_maximum_likelihood_recovers_alpha_and_beta(world):
    contracts = world("contracts")
    fit = optimize.minimize(log_likelihood, [0, 0], args=(contracts,), method="BFGS")
    error = np.sqrt(np.diag(fit.hess_inv) / len(contracts))
    assert (np.abs(fit.x - np.log([ALPHA, BETA])) < 4 * error).all(), np.exp(fit.x)


@pytest.mark.parametrize("years", [1, 3, 5])
def test_survival_is_the_closed_form(world, within, years):
    contracts = world("contracts")
    within(contracts["renewals"] >= years, survival(years))


def test_retention_rises_although_nobody_grows_more_loyal(world):
    renewals = world("contracts").query("cohort == 2017")["renewals"]
    kept = [(renewals >= t).sum() / (renewals >= t - 1).sum() for t in (1, 4, 8)]
    assert kept == pytest.approx([2.4 / 3.1, 5.4 / 6.1, 9.4 / 10.1], abs=0.03)


def test_a_contract_of_which_the_end_was_not_seen_has_all_its_renewals(world):
    contracts = world("contracts")
    full = contracts["renewals"] == 2025 - contracts["cohort"]
    assert (full == ~contracts["churned"]).all()


def test_churn_has_the_distribution_it_claims(world):
    churn = world("truth_contracts")["churn_probability"]
    assert stats.kstest(churn, stats.beta(ALPHA, BETA).cdf).pvalue > 0.001


def test_the_value_of_a_contract_is_its_discounted_margins(world):
    both = world("contracts").merge(world("truth_contracts"))
    stay = 1 - both["churn_probability"].to_numpy()
    years = np.arange(400)[:, None]
    summed = (both["margin"].to_numpy()[:200] * stay[:200] ** years / 1.1**years).sum(axis=0)
    assert both["clv"].to_numpy()[:200] == pytest.approx(summed, rel=1e-3)


def test_margins_follow_loyalty_only_in_the_worlds_that_say_so(world):
    both = world("contracts").merge(world("truth_contracts"))
    names = ["margin", "margin_if_loyal_pay_more", "margin_if_loyal_pay_less"]
    rank = both[[*names, "churn_probability"]].corr(method="spearman")["churn_probability"]
    expected = 6 / np.pi * np.arcsin(np.array([0, -0.2, 0.2]))
    assert rank[names].to_numpy() == pytest.approx(expected, abs=0.03)


def test_margins_are_lognormal_around_120(world):
    for name in ("margin", "margin_if_loyal_pay_less"):
        made = world("contracts").merge(world("truth_contracts"))[name]
        assert stats.kstest(np.log(made / 120) / 0.5, "norm").pvalue > 0.001


def test_costs_of_winning_lie_between_60_and_420(world):
    cost = world("contracts")["acq_cost"]
    assert (cost.min(), cost.max()) == (60, 420)


def test_a_scenario_can_link_more_strongly():
    scenario = replace(Scenario(), contracts=replace(Scenario().contracts, linked=0.9))
    truth = make_truth_contracts(scenario, 1, 0, 4)
    rank = truth.corr(method="spearman")["churn_probability"]
    assert rank["margin_if_loyal_pay_less_cents"] > 0.85
    assert len(make_contracts(scenario, 1, 0, 4)) == 20_000
