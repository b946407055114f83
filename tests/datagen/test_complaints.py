"""Voicing, handling, staying and recovery are what truth says; only the coins tell them apart."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import complaints
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.streams import BLOCK
from crm_course.datagen.truth import satisfaction

VOICING = Scenario().voicing


@pytest.fixture
def cases(world):
    return joined(world)


def joined(made):
    done = made("complaints")[["problem_id", "outcome"]]
    both = made("problems").merge(made("truth_problems").drop(columns="customer_id"))
    return both.merge(done, how="left").fillna({"outcome": "silent"})


def voicing_model(cases):
    kinds = pd.get_dummies(cases["category"], dtype=float)[list(complaints.CATEGORIES)]
    size = np.log10(cases["loss"] / 100).rename("size")
    design = pd.concat([kinds, size, cases[["loyal", "invited"]].astype(float)], axis=1)
    return sm.Logit(cases["voiced"].astype(float), design).fit(disp=False)


def gap(outcome, coin):
    """Difference of means by a coin, and its standard error."""
    arms = outcome.astype(float).groupby(coin).agg(["mean", "var", "size"])
    return arms["mean"].diff().iloc[-1], (arms["var"] / arms["size"]).sum() ** 0.5


def test_problems_are_as_many_as_the_rate_says(within):
    scenario, theta = Scenario(), satisfaction(3, 0, BLOCK, "home")
    mean = complaints.expected_problems(
        scenario.problems, complaints.exposure(3, 0, BLOCK)[1], theta
    )
    counts = np.bincount(complaints._cases(scenario, 3, 0, BLOCK).customer, minlength=len(theta))
    within(counts - mean, 0)
    assert mean.sum() / complaints.exposure(3, 0, BLOCK)[1].sum() == pytest.approx(
        0.178 * 12 / 365, rel=0.01
    )


def test_the_satisfied_have_fewer_problems(world, null_world):
    for made, sign in ((world, -1), (null_world, 0)):
        counts = made("problems")["customer_id"].value_counts()
        theta = made("truth_customers")[1::4].set_index("customer_id")["satisfaction"]
        linked = theta.corr(counts.reindex(theta.index, fill_value=0))
        assert linked < -0.1 if sign else abs(linked) < 4 / len(theta) ** 0.5


def test_a_logit_recovers_who_complains(cases):
    fit = voicing_model(cases)
    truth = np.array([*VOICING.category, VOICING.loss, VOICING.loyalty, VOICING.invitation])
    assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params


def test_in_the_null_world_loyalty_moves_neither_voice_nor_stay(null_world):
    cases = joined(null_world)
    fit = voicing_model(cases)
    assert abs(fit.params["loyal"]) < 4 * fit.bse["loyal"]
    assert cases["rebuy_probability"].nunique() == 1


def test_the_desk_as_instrument_recovers_the_effect_of_quick_resolution(cases):
    voiced = cases[cases["voiced"]]
    stays, error = gap(voiced["rebuy_90d"], voiced["fast_desk"])
    quick, _ = gap(voiced["outcome"] == "quick", voiced["fast_desk"])
    assert abs(stays / quick - 0.22) < 4 * error / quick
    assert quick == pytest.approx(0.30, abs=0.02)


def test_the_desk_leaves_the_share_of_resolved_alone(cases):
    voiced = cases[cases["voiced"]]
    difference, error = gap(voiced["outcome"] == "resolved", voiced["fast_desk"])
    assert abs(difference) < 4 * error


def test_the_loyal_and_the_fast_desk_are_served_sooner(cases):
    voiced = cases[cases["voiced"]]
    design = sm.add_constant(voiced[["fast_desk", "loyal"]].astype(float))
    fit = sm.OLS((voiced["outcome"] == "quick").astype(float), design).fit(cov_type="HC1")
    assert (np.abs(fit.params - [0.15, 0.30, 0.10]) < 4 * fit.bse).all(), fit.params


def test_both_coins_together_recover_both_effects(cases):
    coins = cases[["invited", "fast_desk"]].astype(float)
    z = np.column_stack([np.ones(len(coins)), coins, coins.prod(axis=1)])
    done = [cases["outcome"] == "resolved", cases["outcome"] == "quick"]
    x = np.column_stack([np.ones(len(coins)), *done]).astype(float)
    fitted = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    estimate = np.linalg.lstsq(fitted, cases["rebuy_90d"].astype(float), rcond=None)[0]
    left = cases["rebuy_90d"] - x @ estimate
    error = np.sqrt(np.diag(np.linalg.inv(fitted.T @ fitted)) * left.var())
    assert (np.abs(estimate[1:] - (0.09, 0.22)) < 4 * error[1:]).all(), (estimate, error)


def test_the_naive_comparison_of_complainers_with_the_silent_is_far_off(cases, null_world):
    for made, low, high in ((cases, 0.15, 0.3), (joined(null_world), 0.08, 0.14)):
        naive, _ = gap(made["rebuy_90d"], made["voiced"])
        share = made["outcome"].value_counts(normalize=True) / made["voiced"].mean()
        assert low < naive < high
        assert share["resolved"] * 0.09 + share["quick"] * 0.22 == pytest.approx(0.11, abs=0.02)


def test_being_asked_changes_nobodys_potential_outcomes(cases):
    for name in ("rebuy_unresolved", "rebuy_resolved", "rebuy_quick"):
        for coin in ("invited", "fast_desk"):
            difference, error = gap(cases[name], cases[coin])
            assert abs(difference) < 4 * error


def test_what_happened_is_the_potential_outcome_of_what_was_done(cases, within):
    silent = cases["outcome"].replace("silent", "unresolved")
    for name in complaints.OUTCOMES:
        assert (cases["rebuy_90d"] == cases[f"rebuy_{name}"])[silent == name].all()
    within(cases["rebuy_unresolved"] - cases["rebuy_probability"], 0)
    within(cases["rebuy_quick"] - cases["rebuy_probability"], 0.22)


def test_a_regression_recovers_what_justice_does(world):
    cases = world("complaints").merge(world("problems")[["problem_id", "loss"]])
    d, p, i = (cases[name] - 4 for name in ("dj", "pj", "ij"))
    design = np.column_stack([np.ones(len(d)), d, p, i, np.log10(cases["loss"] / 100), d * p])
    fit = sm.OLS(cases["post_sat"].to_numpy(), design).fit()
    truth = np.array([5, 0.30, 0.18, 0.27, -0.35, 0.05])
    assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params


def test_money_makes_the_outcome_fairer_and_the_satisfied_find_everybody_kinder(world):
    cases = world("complaints").merge(world("problems")).merge(world("truth_customers"))
    outcomes = pd.get_dummies(cases["outcome"], dtype=float)[list(complaints.OUTCOMES)]
    paid = cases["compensation"] / cases["loss"]
    # 5 points or more are a latent above 4.5; money counts from 0.3 of the loss on: 2.0 x 0.3.
    for felt, mover, truth in (
        ("dj", paid, [1.8 - 4.5, 4.2 - 0.6 - 4.5, 5.7 - 0.6 - 4.5, 2.0]),
        ("ij", cases["satisfaction"], [2.8 - 4.5, 4.3 - 4.5, 5.0 - 4.5, 0.4]),
    ):
        fit = sm.Probit((cases[felt] >= 5).astype(float), outcomes.assign(mover=mover)).fit(disp=0)
        assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params


def test_report_probabilities_lie_where_the_literature_has_them(world):
    problems = world("problems").merge(world("truth_problems"))
    plain = problems[~problems["loyal"] & ~problems["invited"]]["voice_probability"]
    assert plain.quantile([0.05, 0.95]).tolist() == pytest.approx([0.06, 0.65], abs=0.06)
    assert world("problems")["voiced"].mean() == pytest.approx(0.5, abs=0.05)


def test_forty_per_cent_are_loyal_and_it_follows_satisfaction(world, null_world, within):
    people = world("truth_problems").drop_duplicates("customer_id").merge(world("truth_customers"))
    assert people["loyal"].mean() == pytest.approx(0.4, abs=0.02)
    assert people["loyal"].corr(people["satisfaction"]) == pytest.approx(0.47, abs=0.03)
    null = null_world("truth_problems").drop_duplicates("customer_id")
    null = null.merge(null_world("truth_customers"))
    assert abs(null["loyal"].corr(null["satisfaction"])) < 4 / len(null) ** 0.5


def test_cases_run_in_time_and_within_their_outcome(world):
    cases = world("complaints").merge(world("problems")[["problem_id", "occurred_on"]])
    days = (cases["resolved_at"] - cases["received_at"]).dt.total_seconds() / 86_400
    assert (days.isna() == (cases["outcome"] == "unresolved")).all()
    assert days[cases["outcome"] == "quick"].between(0.2, 5).all()
    assert days[cases["outcome"] == "resolved"].between(6, 30).all()
    assert (cases["occurred_on"] <= cases["received_at"]).all()
    assert (cases["received_at"] <= cases["acknowledged_at"]).all()
    assert not (cases["acknowledged_at"] > cases["resolved_at"]).any()
    assert cases["received_at"].max() < pd.Timestamp("2025-10-01")


def test_one_complaint_in_fourteen_reaches_head_office(world, within):
    within(world("complaints")["channel"] == "hq", 0.07)


def test_only_a_very_good_recovery_reaches_the_satisfaction_of_before(world):
    cases = world("complaints").merge(world("problems")[["problem_id", "prior_sat"]])
    after = cases.groupby("outcome")["post_sat"].mean()
    assert after["unresolved"] < 4.2 < after["resolved"] < cases["prior_sat"].mean()
    assert after["quick"] == pytest.approx(cases["prior_sat"].mean(), abs=0.4)
