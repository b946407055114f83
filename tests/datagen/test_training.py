"""A lot over teams: learning half a step, transfer by support, and reactions that say little."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import training
from crm_course.datagen.scenario import Scenario

SEEDS = range(40)


@cache
def trials(scenario):
    """Forty trials of three hundred employees, truth beside what was seen."""
    made = [training.training(scenario, seed).merge(training.truth_training(scenario, seed))
            .assign(trial=seed) for seed in SEEDS]  # fmt: skip
    return pd.concat(made, ignore_index=True).assign(course=lambda rows: rows["arm"] == "training")


def effect(table, outcome, *others):
    """Effect of the course with its standard error, teams being the unit drawn."""
    table = table.dropna(subset=[outcome])
    design = sm.add_constant(table[["course", *others]].astype(float))
    team = table["trial"] * 100 + table["team"]
    fit = sm.OLS(table[outcome], design).fit(cov_type="cluster", cov_kwds={"groups": team})
    return fit.params["course"], fit.bse["course"]


@pytest.mark.parametrize(
    "outcome, others, truth",
    [("post", ["pre"], 6.0), ("retention_test", ["pre"], 3.6), ("behaviour", [], 4.0)],
)
def test_the_trial_recovers_the_effects(outcome, others, truth):
    found, error = effect(trials(Scenario()), outcome, *others)
    assert abs(found - truth) < 4 * error, (found, error)


@pytest.mark.parametrize("outcome", ["post", "retention_test", "behaviour", "result_cents"])
def test_in_the_null_world_the_course_does_nothing(outcome):
    found, error = effect(trials(Scenario.null()).astype({outcome: float}), outcome)
    assert abs(found) < 4 * error


def test_differences_in_differences_lie_within_the_tolerance_of_the_brief():
    table = trials(Scenario()).dropna(subset="post")
    gain = (table["post"] - table["pre"]).groupby([table["trial"], table["course"]]).mean()
    did = gain.unstack().diff(axis=1)[True] / 12
    assert did.mean() == pytest.approx(0.5, abs=0.03)
    assert did.std() < 0.15


def test_both_potential_outcomes_agree_with_what_was_seen():
    table = trials(Scenario()).dropna(subset="post")
    table = table.rename(columns=lambda name: name.removesuffix("_cents"))
    for name in ("post", "retention_test", "behaviour", "result"):
        shown = table[f"{name}_trained"].where(table["course"], table[f"{name}_untrained"])
        assert (shown == table[name]).all()


def test_reactions_correlate_with_transfer_as_declared():
    table = trials(Scenario()).dropna(subset="reaction_utility")
    error = 1 / len(table) ** 0.5
    assert table["reaction_affective"].corr(table["transfer"]) == pytest.approx(0.02, abs=4 * error)
    assert table["reaction_utility"].corr(table["transfer"]) == pytest.approx(0.26, abs=4 * error)


def test_support_of_the_supervisor_carries_transfer():
    table = trials(Scenario())
    assert table["supervisor_support"].corr(table["transfer"]) == pytest.approx(0.5, abs=0.03)
    null = trials(Scenario.null())
    assert null["supervisor_support"].corr(null["transfer"]) == pytest.approx(0, abs=0.06)


def test_support_is_shared_by_a_team():
    table = trials(Scenario())
    team = table.groupby(["trial", "team"])["supervisor_support"]
    between = team.mean().var() - table["supervisor_support"].var() * 0.4 / 10
    assert between / table["supervisor_support"].var() == pytest.approx(0.6, abs=0.05)


def test_eight_in_a_hundred_leave_by_chance_in_both_arms(within):
    table = trials(Scenario())
    within(table["post"].isna(), 0.08)
    arms = table["post"].isna().groupby(table["course"]).mean()
    assert abs(arms.diff().iloc[-1]) < 4 * (2 * 0.08 * 0.92 / (len(table) / 2)) ** 0.5


def test_a_point_of_behaviour_is_worth_sixty():
    table = trials(Scenario()).dropna(subset="behaviour")
    slope, _ = np.polyfit(table["behaviour"], table["result_cents"].astype(float) / 100, 1)
    assert slope == pytest.approx(60, abs=3)


def test_half_of_thirty_teams_of_ten_are_trained(world):
    table = world("training")
    assert table.groupby("team")["arm"].nunique().max() == 1
    assert (len(table), (table["arm"] == "training").sum()) == (300, 150)
    assert (table["reaction_utility"].notna() <= (table["arm"] == "training")).all()
