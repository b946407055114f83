"""Raters see merit, coloured by one impression: the more halo, the more alike the criteria."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from crm_course.datagen import scorecards
from crm_course.datagen.scenario import Scenario

SEEDS = range(60)
CRITERIA = list(scorecards.CRITERIA)
PANEL = Scenario().raters


@cache
def panels(scenario):
    """Sixty panels of forty partners, truth beside what was judged."""
    made = [scorecards.scorecards(scenario, seed).merge(scorecards.truth_scorecards(scenario, seed))
            for seed in SEEDS]  # fmt: skip
    return pd.concat(made, ignore_index=True)


def alike(table):
    """Mean correlation between two criteria, by rater."""
    within = {rater: rows[CRITERIA].corr().to_numpy() for rater, rows in table.groupby("rater")}
    return [within[rater][np.triu_indices(10, 1)].mean() for rater in scorecards.RATERS]


def expected(panel):
    """Correlation of two criteria before rounding: (shared merit + halo) over the variance."""
    halo = np.array(panel.halo) ** 2
    return ((1 - halo) * panel.common + halo) / (1 + panel.noise**2)


def test_halo_makes_criteria_alike_as_far_as_the_closed_form_says():
    assert alike(panels(Scenario())) == pytest.approx(list(expected(PANEL)), rel=0.12)


def test_without_halo_raters_see_the_same_partner():
    table = panels(Scenario.null())
    assert alike(table) == pytest.approx([0.2 / 1.09] * 3, rel=0.12)
    assert table.groupby("rater")["credit"].mean().to_numpy() == pytest.approx(3.3, abs=0.1)


def test_points_follow_merit_the_less_the_more_halo():
    table = panels(Scenario())
    agreement = [np.mean([rows[name].corr(rows[f"{name}_true"]) for name in CRITERIA])
                 for rater, rows in table.groupby("rater")]  # fmt: skip
    truth = np.sqrt((1 - np.array(PANEL.halo) ** 2) / (1 + PANEL.noise**2))
    assert agreement == pytest.approx(list(truth), abs=0.05)


def test_the_mild_rater_gives_about_half_a_step_more():
    mean = panels(Scenario()).groupby("rater")[CRITERIA].mean().mean(axis=1)
    assert mean["Corvane"] - mean["Berrit"] == pytest.approx(0.5 * 0.9, abs=0.1)
    assert mean["Aldwin"] - mean["Berrit"] == pytest.approx(-0.2 * 0.9, abs=0.06)


def test_merits_are_standard_and_share_a_fifth():
    truth = panels(Scenario()).drop_duplicates([f"{name}_true" for name in CRITERIA])
    merit = truth[[f"{name}_true" for name in CRITERIA]]
    assert merit.to_numpy().std() == pytest.approx(1, abs=0.02)
    assert merit.corr().to_numpy()[np.triu_indices(10, 1)].mean() == pytest.approx(0.2, abs=0.02)


def test_forty_partners_are_judged_by_three_raters(world):
    assert len(world("scorecards")) == 120
    assert world("scorecards")["partner"].nunique() == 40
