"""Signs follow the style, raters follow the signs and nothing else, the lot draws the pitch."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from crm_course.datagen import conversations
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.scenario.home import Conversations
from crm_course.schema.home import PLAIN, SIGNS, STYLES

SEEDS = range(12)
CALLS = Scenario().conversations


@cache
def many(scenario):
    """Twelve companies, 36,000 calls, truth beside what was heard."""
    made = [conversations.conversations(scenario, seed).merge(
        conversations.truth_conversations(scenario, seed)) for seed in SEEDS]  # fmt: skip
    return pd.concat(made, ignore_index=True)


@pytest.fixture
def calls():
    return many(Scenario())


def test_a_third_of_the_callers_have_no_style(calls):
    shares = calls["style"].value_counts(normalize=True)[[*STYLES, "none"]]
    assert shares.tolist() == pytest.approx(CALLS.share, abs=0.012)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_heard_most_often_from_its_own_style(calls, sign, within):
    for style, callers in calls.groupby("style"):
        own = CALLS.sign_own if style == SIGNS[sign] else CALLS.sign_other
        within(callers[sign], CALLS.sign_without if style == "none" else own)


def test_signs_are_independent_given_the_style(calls):
    for _style, callers in calls.groupby("style"):
        off_diagonal = callers[list(SIGNS)].corr().to_numpy()[np.triu_indices(8, 1)]
        assert np.abs(off_diagonal).max() < 4 / len(callers) ** 0.5


def test_two_raters_agree_half_of_the_way_from_chance_to_always(calls):
    kappa = cohen_kappa_score(calls["first_rater"], calls["second_rater"])
    assert kappa == pytest.approx(0.5, abs=0.03)


def test_where_raters_agree_they_are_right_less_often_than_not(calls):
    same = calls[calls["first_rater"] == calls["second_rater"]]
    assert (same["first_rater"] == same["style"]).mean() == pytest.approx(0.416, abs=0.015)


def test_raters_draw_by_the_signs_with_odds_that_are_squared(calls):
    heard = calls[list(SIGNS)].eq([SIGNS[sign] == "thinker" for sign in SIGNS]).all(axis=1)
    alone = 0.6**2 * 0.75**6, 0.25**2 * 0.4**2 * 0.75**4  # the thinker, and each of the others
    weights = np.array(CALLS.share[:4]) * np.array([alone[0], *[alone[1]] * 3])
    shares = weights**2 / (weights**2).sum()
    named = calls.loc[heard, "first_rater"].eq("thinker")
    assert named.mean() == pytest.approx(shares[0], abs=4 * (0.25 / heard.sum()) ** 0.5)


def test_the_lot_gives_a_third_the_plain_pitch_whatever_the_caller(calls, within):
    within(calls["pitch"] == PLAIN, 1 / 3)
    for style in STYLES:
        within(calls["pitch"] == style, 1 / 6)
        within(calls.loc[calls["style"] == style, "pitch"] == style, 1 / 6)


def test_a_match_adds_eight_points_and_a_mismatch_takes_four(calls, within):
    plain, has_style = calls["pitch"] == PLAIN, calls["style"] != "none"
    matched = calls["pitch"] == calls["style"]
    within(calls.loc[plain, "bought"], 0.24)
    within(calls.loc[matched, "bought"], 0.32)
    within(calls.loc[~plain & ~matched & has_style, "bought"], 0.20)
    within(calls.loc[~plain & ~has_style, "bought"], 0.20)


def test_what_is_seen_is_the_outcome_of_the_pitch_made(calls):
    matched = calls["pitch"] == calls["style"]
    named = np.where(calls["pitch"] == PLAIN, "bought_if_plain",
                     np.where(matched, "bought_if_matched", "bought_if_mismatched"))  # fmt: skip
    for column in np.unique(named):
        rows = calls[named == column]
        assert (rows["bought"] == rows[column]).all()


def test_nobody_loses_by_a_match_and_nobody_gains_by_a_mismatch(calls):
    assert (calls["bought_if_matched"] >= calls["bought_if_plain"]).all()
    assert (calls["bought_if_mismatched"] <= calls["bought_if_plain"]).all()
    without = calls[calls["style"] == "none"]
    assert (without["bought_if_matched"] == without["bought_if_plain"]).all()


def test_in_the_null_world_the_pitch_does_nothing():
    truth = many(Scenario.null())
    assert (truth["bought_if_matched"] == truth["bought_if_mismatched"]).all()


def test_three_thousand_calls_and_a_world_of_another_size(world):
    assert len(world("conversations")) == 3000
    few = Scenario(conversations=Conversations(calls=40))
    assert len(conversations.conversations(few, 1)) == 40
