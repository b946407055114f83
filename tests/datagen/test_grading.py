"""Grades by quota follow the recorded scores; two in five changes of a grade are noise."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from crm_course.datagen import grading
from crm_course.datagen.scenario import Scenario

SEEDS = range(20)
PUBLISHED = [[0.70, 0.25, 0.05, 0, 0], [0.06, 0.66, 0.26, 0.02, 0],
             [0.005, 0.10, 0.79, 0.10, 0.005], [0, 0.02, 0.26, 0.66, 0.06],
             [0, 0, 0.05, 0.25, 0.70]]  # fmt: skip


@cache
def districts(scenario):
    """Twenty districts, truth beside what was assessed."""
    made = [grading.retailers_4v(scenario, seed).merge(grading.truth_retailers_4v(scenario, seed))
            for seed in SEEDS]  # fmt: skip
    return pd.concat(made, keys=SEEDS, names=["seed", "row"]).reset_index("seed")


def following(table, column):
    after = table.groupby(["seed", "retailer"])[column].shift(-1)
    return table[column][after.notna()], after.dropna()


def changes(table, column):
    now, after = following(table, column)
    return (now != after).mean()


def test_the_quota_is_kept_in_every_quarter(world):
    counts = pd.crosstab(world("retailers_4v")["quarter"], world("retailers_4v")["grade"])
    assert (counts == [20, 80, 200, 80, 20]).all(axis=None)


def test_score_and_grade_can_be_computed_again(world):
    table = world("retailers_4v")
    points = table[list(grading.INDICATORS)].to_numpy().reshape(-1, 4, 3).mean(axis=2)
    again = points @ np.array(Scenario().grading.weights)
    assert table["score"].tolist() == pytest.approx(again.tolist(), abs=0.0051)
    last = table[table["quarter"] == 12].sort_values(["score", "retailer"], ascending=[False, True])
    assert "".join(last["grade"]) == "A" * 20 + "B" * 80 + "C" * 200 + "D" * 80 + "E" * 20


@pytest.mark.parametrize(
    "thirds, score", [((145, 187, 48, 69), 41.81), ((142, 213, 121, 46), 44.58)]
)
def test_a_tie_at_two_decimals_falls_the_same_way_on_every_machine(thirds, score):
    # Added from left to right they give 41.80 and 44.59.
    levels = np.array(thirds) / 3
    assert grading.weighted_score(levels, Scenario().grading.weights) == score
    many = np.tile(levels, (400, 12, 1))
    assert (grading.weighted_score(many, Scenario().grading.weights) == score).all()


def test_the_score_is_the_true_score_and_noise(within):
    table = districts(Scenario())
    error = table["score"] - table["score_true"]
    within(error, 0)
    expected = Scenario().grading
    variance = (expected.noise**2 + 1 / 12) / 3 * (np.array(expected.weights) ** 2).sum()
    assert error.var() == pytest.approx(variance, rel=0.03)


def test_true_scores_keep_their_memory():
    now, after = following(districts(Scenario()), "score_true")
    assert np.corrcoef(now, after)[0, 1] == pytest.approx(0.98, abs=0.003)


def test_grades_move_as_the_published_quarterly_matrix_says():
    now, after = following(districts(Scenario()), "grade")
    matrix = pd.crosstab(now.to_numpy(), after.to_numpy(), normalize="index").to_numpy()
    assert np.abs(matrix - PUBLISHED).max() < 0.07, matrix.round(3)


def test_more_than_two_in_five_changes_of_a_grade_are_noise():
    table = districts(Scenario())
    share = 1 - changes(table, "grade_true") / changes(table, "grade")
    assert share == pytest.approx(0.45, abs=0.02)


def test_without_noise_every_change_is_real():
    table = districts(Scenario.null())
    assert changes(table, "grade_true") == pytest.approx(changes(table, "grade"), rel=0.02)


def slope(table, column):
    mean = table.groupby("quarter")[column].mean()
    return np.polyfit(mean.index, mean, 1)[0]


def test_everybody_improves_and_the_grades_do_not_show_it():
    table = districts(Scenario())
    assert slope(table, "score_true") == pytest.approx(0.5, abs=0.06)
    assert (pd.crosstab(table["quarter"], table["grade"]).nunique() == 1).all()
    assert slope(districts(Scenario.null()), "score_true") == pytest.approx(0, abs=0.06)
