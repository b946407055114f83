from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, figures
from crm_course.datagen.scenario.organization import Training
from crm_course.datagen.training import training as make
from crm_course.datagen.training import truth_training
from crm_course.organization import training


@pytest.fixture(scope="module")
def trial():
    return datasets.load("training")


class World:
    """A scenario with many teams and nothing else than what `Training` says."""

    def __init__(self, **terms):
        self.training = replace(Training(teams=600), **terms)


@cache
def made(**terms):
    """A large trial, in the names of memory, and its truth."""
    world = World(**terms)
    table, truth = make(world, 7), truth_training(world, 7)
    table["result"] = table.pop("result_cents").astype(float) / 100
    return table, truth


def tiny():
    """Two teams with and two without; the trained gain 8, 6, 4 and 2 points, the others 1."""
    rows = [
        (1, "training", 5.0, 4.0, 50.0, 58.0, 54.0, 60.0, 1000.0),
        (1, "training", 3.0, 3.0, 60.0, 66.0, 63.0, 50.0, 900.0),
        (2, "training", 1.0, 2.0, 40.0, 44.0, 42.0, 40.0, 700.0),
        (2, "training", 2.0, 1.0, 70.0, 72.0, 71.0, 42.0, 800.0),
        (3, "control", np.nan, 4.0, 50.0, 51.0, 50.0, 44.0, 700.0),
        (3, "control", np.nan, 3.0, 50.0, 51.0, 50.0, 42.0, 600.0),
        (4, "control", np.nan, 2.0, 50.0, 51.0, 50.0, 40.0, 500.0),
        (4, "control", np.nan, 1.0, 50.0, 51.0, 50.0, 38.0, 400.0),
    ]
    return pd.DataFrame(rows, columns=[
        "team", "arm", "reaction_affective", "supervisor_support", "pre", "post",
        "retention_test", "behaviour", "result"])  # fmt: skip


# --- four levels


def test_four_levels_of_a_tiny_table_by_hand():
    table = training.four_levels(tiny())
    assert table["effect"].drop("liked").tolist() == pytest.approx([4, 2.5, 7, 300])
    assert table.loc["liked", "trained"] == 2.75
    assert np.isnan(table.loc["liked", "effect"])
    # teams gained 7 and 3, the others 1 and 1: sem of two is half their distance
    assert table.loc["learned", "standard_error"] == pytest.approx(2)


def test_the_course_of_a_large_trial_is_recovered():
    trial, truth = made()
    table = training.four_levels(trial)
    given = (truth["post_trained"] - truth["post_untrained"]).mean()
    done = (truth["behaviour_trained"] - truth["behaviour_untrained"]).mean()
    for measure, true in (("learned", given), ("behaviour", done), ("result", 60 * done)):
        error = table.loc[measure, "standard_error"]
        assert abs(table.loc[measure, "effect"] - true) < 4 * error


def test_a_course_that_does_nothing_is_seen_to_do_nothing():
    trial, _truth = made(learning=0.0, applied=0.0, transfer=0.0)
    table = training.four_levels(trial).drop(index="liked")
    assert (table["effect"].abs() < 4 * table["standard_error"]).all()


def test_who_left_counts_on_no_level():
    trial = tiny()
    trial.loc[0, ["post", "retention_test", "behaviour", "result"]] = np.nan
    assert training.four_levels(trial).loc["learned", "trained"] == pytest.approx(4)


def test_the_table_stays_as_it_was(trial):
    before = trial.copy()
    training.four_levels(trial)
    training.support_plans(trial)
    pd.testing.assert_frame_equal(trial, before)


def test_a_missing_column_is_named(trial):
    with pytest.raises(ValueError, match="retention_test"):
        training.four_levels(trial.drop(columns="retention_test"))
    with pytest.raises(ValueError, match="supervisor_support"):
        training.fit_effect(trial.drop(columns="supervisor_support"))


# --- the line


def test_the_line_of_a_tiny_table_by_hand():
    # trained 42, 40, 50, 60 at support 1 to 4: 6.4 a point, from 32; control 2 a point, from 36
    line = training.fit_effect(tiny())
    assert (line.slope, line.at_zero) == pytest.approx((4.4, -4.0))
    assert line.effect(2.0) == pytest.approx(4.8)
    assert line.least_support(line.effect(3.1)) == pytest.approx(3.1)


def test_the_line_is_the_one_of_both_lives():
    trial, truth = made(attrition=0.0)
    line = training.fit_effect(trial)
    both = truth["behaviour_trained"] - truth["behaviour_untrained"]
    slope = np.polyfit(trial["supervisor_support"], both, 1)[0]
    assert abs(line.slope - slope) < 4 * line.standard_error < 2


def test_liking_tells_nothing_where_the_world_says_so():
    trial, _truth = made()
    trained = trial[trial["arm"] == "training"]
    assert abs(trained["reaction_affective"].corr(trained["behaviour"])) < 0.05


def test_the_chapter_s_halves(trial):
    helped = trial["supervisor_support"] >= training.HELPED
    gained = trial.assign(learned=trial["post"] - trial["pre"])
    halves = gained.groupby(["arm", helped])[["learned", "behaviour"]].mean()
    added = halves.loc["training"] - halves.loc["control"]
    assert added.round(2).to_numpy().tolist() == [[7.25, 1.32], [8.17, 6.64]]


# --- money


def test_published_numbers():
    assert training.return_on_investment(360, 150) == pytest.approx(1.4)
    assert training.normalised_gain(60, 78) == pytest.approx(0.45)
    assert training.people_per_group(0.5) == pytest.approx(62.79, abs=0.005)
    assert training.leaky_pipe(120, 0.8, 0.4)["apply"] == pytest.approx(38.4)
    assert training.design_effect(10, 0.1) == pytest.approx(1.9)


def test_people_per_group_reach_the_power_by_statsmodels():
    from statsmodels.stats.power import NormalIndPower

    power = NormalIndPower().power(0.3, training.people_per_group(0.3), 0.05)
    assert power == pytest.approx(0.8, abs=1e-3)


def test_lasting_months_by_hand():
    assert training.lasting_months(1.0) == 12
    assert training.lasting_months(0.0) == 1
    assert training.lasting_months(0.125, months=3) == pytest.approx(1 + 0.5 + 0.25)


def test_a_point_is_worth_what_it_is_among_the_untrained():
    assert training.worth_of_a_point(tiny()) == pytest.approx(50)


def test_plans_of_a_tiny_table_by_hand():
    plans = training.support_plans(tiny(), kept=1.0, hour=10, hours=2, step=1.0)
    assert plans["sent"].tolist() == [8, 6, 4, 2]
    line = training.fit_effect(tiny())
    last = plans.iloc[-1]
    assert last["brings"] == pytest.approx(2 * line.effect(4.0) * 50 * 12)
    assert last["costs"] == 40 and last["earns"] == pytest.approx(last["brings"] - 40)


def test_who_left_is_paid_for_and_brings_nothing():
    trial = pd.concat([tiny(), tiny()], ignore_index=True)
    whole = training.support_plans(trial, kept=1.0, step=1.0)
    trial.loc[8:, ["post", "retention_test", "behaviour", "result"]] = np.nan
    half = training.support_plans(trial, kept=1.0, step=1.0)
    assert half["costs"].tolist() == whole["costs"].tolist()
    assert half["brings"].tolist() == pytest.approx((whole["brings"] / 2).tolist())


def test_everybody_loses_first_at_six_tenths(trial):
    earns = [training.support_plans(trial, kept=kept)["earns"].iloc[0] for kept in (0.65, 0.60)]
    assert earns[0] > 0 > earns[1]


def test_the_true_effects_agree_with_the_praised_policy(trial):
    """With the world's own effects, 0.6 kept and ¥60 a point the helped pay and the rest do not."""
    truth = datasets.load("truth_training", truth=True)
    effect = truth["behaviour_trained"] - truth["behaviour_untrained"]
    helped = trial["supervisor_support"] >= training.HELPED
    each = 0.92 * 60 * training.lasting_months(0.6) * effect.groupby(helped).mean() - 16 * 80
    assert each[True] > 300 and each[False] < -300


def test_the_luck_of_a_plan_is_that_of_drawing_the_world_again():
    """The bootstrap of one trial against what the plan earns in 16 worlds of its kind."""
    trials = []
    for seed in range(16):
        table = make(World(teams=30), seed)
        table["result"] = table.pop("result_cents").astype(float) / 100
        trials.append(table)
    earned = [training.whom_to_send(trial).loc["everybody", "earns"] for trial in trials]
    errors = [training.bootstrap_plans(trial, draws=20)["standard_error"].iloc[0]
              for trial in trials[:4]]  # fmt: skip
    assert np.mean(errors) == pytest.approx(np.std(earned, ddof=1), rel=0.35)


def test_the_luck_of_the_chapter_s_plans(trial):
    table = training.bootstrap_plans(trial, least=training.HELPED)
    everybody, helped = table.index
    assert 0.2 < table.loc[everybody, "loses"] < 0.5 and table.loc[helped, "loses"] < 0.05
    plans = training.whom_to_send(trial, least=training.HELPED)["earns"]
    assert plans[everybody] < table.loc[everybody, "standard_error"]
    assert plans[helped] > 2 * table.loc[helped, "standard_error"]


def test_the_draws_are_the_same_each_time(trial):
    before = trial.copy()
    once, again = (training.bootstrap_plans(trial, draws=5) for _time in range(2))
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(trial, before)


def test_the_draws_do_not_look_at_the_index(trial):
    usual = training.bootstrap_plans(trial, draws=5)
    same = trial.set_axis(np.zeros(len(trial), dtype=int))
    pd.testing.assert_frame_equal(training.bootstrap_plans(same, draws=5), usual)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: training.lasting_months(72), "kept must be a share"),
        (lambda: training.return_on_investment(1, 0), "cost must be above 0"),
        (lambda: training.people_per_group(0), "effect must not be 0"),
        (lambda: training.normalised_gain(100, 100), "pre must be below 100, got 100"),
        (lambda: training.design_effect(10, 10), "share must lie"),
        (lambda: training.leaky_pipe(120, 80, 0.4), "shares must lie"),
        (lambda: training.whom_to_send(tiny(), least=3.3), "least must be one of"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# --- lists and pictures


def test_simulation_is_liked_least_and_cheapest():
    methods = training.methods()
    assert methods["cost_each"].idxmin() == methods["liked"].idxmin() == "simulation"


def test_the_handbook_has_no_results():
    levels = training.handbook()["level"]
    assert len(levels) == 8 and "4" not in set(levels)


def test_pictures_say_what_they_show(trial):
    for ax in (training.plot_lines(trial), training.plot_plans(trial, kept=0.6)):
        assert "course" in figures.sentence(ax.figure) or "loses" in figures.sentence(ax.figure)


def test_the_marks_for_liking_do_not_move_with_the_slider(trial):
    explorer = training.explore_whom(trial)
    assert "earns ¥2,000" in explorer.move(kept=0.65)
    said = [explorer.move(kept=kept).partition("Liked")[2] for kept in (0.9, 0.6, 0.4)]
    assert set(said) <= {": 3.2 and 3.1 of 5.", ": 3.2 and 3.2 of 5."}
