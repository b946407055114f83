"""Calls are Poisson, waiting is that of Erlang C, and reviews are right as often as claimed."""

from math import factorial

import numpy as np
import pytest
import statsmodels.api as sm

from crm_course.datagen import call_centre
from crm_course.datagen.scenario import Scenario

CENTRE = Scenario().call_centre


def erlang_c(load, agents):
    """Probability of waiting in M/M/c; Erlang 1917."""
    last = load**agents / factorial(agents) * agents / (agents - load)
    return last / (sum(load**k / factorial(k) for k in range(agents)) + last)


def test_waiting_is_that_of_erlang_c(within):
    rng, calls = np.random.default_rng(0), 400_000
    arrival = np.cumsum(rng.exponential(30_000, calls)).astype(int)
    handle = rng.exponential(180_000, calls).astype(int)
    wait = call_centre.waits(arrival, handle, np.full(calls, 10**12), np.full(calls, 8))
    batches = wait.reshape(200, -1) / 1000
    chance = erlang_c(6, 8)
    assert chance == pytest.approx(0.3570, abs=5e-5)
    within((batches > 0).mean(axis=1), chance)
    within((batches <= 20).mean(axis=1), 1 - chance * np.exp(-2 * 20 / 180))
    within(batches.mean(axis=1), chance * 180 / 2)


def test_calls_come_at_the_expected_rate_and_scatter_as_poisson(world, within):
    volumes = world("call_volumes").merge(world("truth_call_volumes"))
    scatter = (volumes["calls"] - volumes["calls_per_hour"] / 2) / volumes["calls_per_hour"] ** 0.5
    within(scatter, 0)
    within(2 * scatter**2, 1)


WEEK = np.array([1.25, 1.0, 0.95, 0.95, 1.0, 0.6])


def test_monday_is_the_busiest_day_and_saturday_the_quietest(world):
    volumes = world("call_volumes")
    calls = volumes.groupby(volumes["starts_at"].dt.day_of_week)["calls"].sum()
    share = WEEK / WEEK.sum()
    error = (share * (1 - share) / calls.sum()) ** 0.5
    assert (np.abs(calls / calls.sum() - share) < 4 * error).all(), calls


def test_calls_peak_at_ten_and_again_at_three(world):
    volumes = world("call_volumes")
    at = volumes["starts_at"].dt
    middle = at.hour + at.minute / 60 + 0.25
    knots = [np.interp(middle, (8, 10, 12, 15, 20), knot) for knot in np.eye(5)]
    noon = 100 / 2 * WEEK[at.day_of_week]
    fit = sm.OLS(volumes["calls"], noon[:, None] * np.transpose(knots)).fit(cov_type="HC1")
    assert (np.abs(fit.params - [0.5, 1.2, 1, 1.1, 0.45]) < 4 * fit.bse).all(), fit.params


def test_calls_last_as_long_as_declared(world, within):
    within(world("calls").query("not hung_up")["handle_seconds"], CENTRE.handle)


def test_the_week_of_single_calls_agrees_with_its_half_hours(world):
    calls = world("calls")
    rows = calls.assign(starts_at=calls["called_at"].dt.floor("30min"), calls=1)
    summed = rows.groupby("starts_at")[["calls", "wait_seconds", "handle_seconds"]].sum()
    volumes = world("call_volumes").set_index("starts_at").loc[summed.index]
    assert (volumes[summed.columns] == summed).all(axis=None)
    assert len(calls) == world("call_volumes")["calls"].tail(6 * 24).sum()


def test_nobody_hangs_up_where_patience_is_endless(world, null_world):
    assert world("calls")["hung_up"].mean() == pytest.approx(0.02, abs=0.01)
    assert not null_world("calls")["hung_up"].any()
    assert null_world("calls")["wait_seconds"].mean() > world("calls")["wait_seconds"].mean()


def test_patience_runs_out_as_declared():
    made = call_centre.make_calls_answered(CENTRE, 5)
    waited = made["wait_seconds"].sum()
    assert made["hung_up"].sum() / waited == pytest.approx(1 / CENTRE.patience, rel=0.15)


def test_the_centre_is_open_from_eight_to_eight_monday_to_saturday(world):
    at = world("calls")["called_at"]
    assert at.dt.hour.between(8, 19).all()
    assert set(at.dt.day_of_week) == set(range(6))
    assert world("call_volumes")["starts_at"].dt.day_of_week.max() == 5


def test_waiting_callers_are_taken_in_turn_and_those_who_leave_cost_nothing():
    assert call_centre.waits([0, 1, 2], [10] * 3, [99, 5, 99], [1] * 3).tolist() == [0, 9, 8]


def test_an_agent_more_serves_two_at_once():
    assert call_centre.waits([0, 1, 2], [10] * 3, [99] * 3, [1, 2, 2]).tolist() == [0, 0, 8]


def test_reviews_are_right_as_often_as_the_attribute_allows(world):
    reviews = world("reviews").merge(world("truth_reviews"))
    right = np.where(reviews["good"], reviews["positive"], reviews["reviews"] - reviews["positive"])
    sums = reviews.assign(right=right).groupby("attribute")[["right", "reviews"]].sum()
    for attribute, accuracy in (("search", 0.9), ("experience", 0.8), ("credence", 0.55)):
        count, found = sums.loc[attribute, "reviews"], sums.loc[attribute, "right"]
        assert abs(found / count - accuracy) < 4 * (accuracy * (1 - accuracy) / count) ** 0.5


def test_no_review_is_positive_twice(world):
    assert (world("reviews")["positive"] <= world("reviews")["reviews"]).all()
