"""Deals are won by skill, territory and rival; stages, quotes and stated reasons follow."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import deals
from crm_course.datagen.scenario import Scenario

PIPELINE = Scenario().pipeline


def old(world, name="deals"):
    """Deals opened so early that all of them were decided in time."""
    opened = world("deals").query("opened_on < '2025-03-01'")["deal_id"]
    return world(name)[world(name)["deal_id"].isin(opened)]


def regression(world):
    """Linear probability of winning on reps, territories and rivals; who wins is the truth."""
    table = world("deals").merge(world("truth_deals"), on="deal_id")
    rep = pd.get_dummies(table["rep_id"], prefix="rep", dtype=float)
    place = pd.get_dummies(table["territory"], dtype=float).drop(columns="centre")
    rival = pd.get_dummies(table["competitor"].fillna("none"), dtype=float)
    design = pd.concat([rep, place, rival.drop(columns="Heronsgate")], axis=1)
    return sm.OLS(table["will_win"].astype(float), design).fit(cov_type="HC1")


def expected(pipeline, skill):
    places = dict(zip(deals.TERRITORIES, pipeline.territory, strict=True))
    rivals = dict(zip(("none", *deals.RIVALS), pipeline.rival, strict=True))
    reps = {f"rep_{i}": chance for i, chance in enumerate(skill, start=1)}
    return pd.Series(reps | places | rivals)


def test_a_regression_recovers_skills_territories_and_rivals(world):
    fit = regression(world)
    truth = expected(PIPELINE, world("truth_reps")["skill"])[fit.params.index]
    assert (np.abs(fit.params - truth) < 4 * fit.bse + 0.01).all(), fit.params


def test_in_the_null_world_only_skill_counts(null_world):
    fit = regression(null_world)
    truth = expected(Scenario.null().pipeline, null_world("truth_reps")["skill"])
    assert (np.abs(fit.params - truth[fit.params.index]) < 4 * fit.bse + 0.01).all(), fit.params


def test_what_was_won_is_what_truth_says(world, within):
    table = old(world).merge(world("truth_deals"), on="deal_id")
    assert table["closed_on"].notna().all()
    assert (table["won"] == table["will_win"]).all()
    within(table["won"] - table["win_probability"], 0)


def test_skills_are_beta(within):
    skill = np.concatenate([deals.truth_reps(Scenario(), seed)["skill"] for seed in range(200)])
    within(skill, 0.4)
    assert skill.var() == pytest.approx(0.4 * 0.6 / 31, rel=0.1)


def test_shrinking_towards_the_prior_comes_nearer_to_the_skills():
    raw = shrunk = 0
    for seed in range(10):
        table = deals.make_deals(Scenario.null(), seed, 0, 8_000).dropna(subset="closed_on")
        wins = table.groupby("rep_id")["won"].agg(["sum", "size"])
        skill = deals.truth_reps(Scenario.null(), seed).set_index("rep_id")["skill"][wins.index]
        raw += ((wins["sum"] / wins["size"] - skill) ** 2).sum()
        shrunk += (((wins["sum"] + 12) / (wins["size"] + 30) - skill) ** 2).sum()
    assert shrunk < 0.8 * raw


def test_four_in_five_deals_stay_in_the_territory_and_go_by_seniority(world, within):
    table = world("deals").merge(world("truth_reps"), on="rep_id", suffixes=("", "_of_rep"))
    table = table[table["territory"] != deals.TERRITORIES[-1]]  # it has two reps, the others three
    rank = ((table["rep_id"] - 1) // 5).where(table["territory"] == table["territory_of_rep"])
    for place, share in enumerate((0.60, 0.30, 0.10)):
        within(rank == place, 0.8 * share + 0.2 / 14)


def test_stages_convert_with_the_chance_to_the_power_of_their_weight(world, within):
    stages = old(world, "stage_log").groupby("deal_id").size()
    chance = old(world, "truth_deals").set_index("deal_id")["win_probability"][stages.index]
    within((stages >= 2) - chance**0.20, 0)
    within((stages >= 3) - chance**0.55, 0)


def test_a_stage_takes_its_days(world, within):
    log = old(world, "stage_log")
    days = (log["left_on"] - log["entered_on"]).dt.days
    for stage, mean in zip(deals.STAGES, PIPELINE.days, strict=True):
        assert days[log["stage"] == stage].mean() == pytest.approx(mean, rel=0.02)


def test_stages_follow_each_other_without_gaps(world):
    log = world("stage_log")
    same = log["deal_id"].diff() == 0
    assert (log["entered_on"][same] == log["left_on"].shift()[same]).all()


def test_the_log_ends_where_the_deal_ends(world):
    last = world("stage_log").drop_duplicates("deal_id", keep="last").set_index("deal_id")
    table = world("deals").set_index("deal_id")
    assert (last["stage"] == table["stage"]).all()
    pd.testing.assert_series_equal(last["left_on"], table["closed_on"], check_names=False)


def test_three_in_ten_reasons_are_reported_as_price(world, within):
    lost = world("deals").merge(world("truth_deals"), on="deal_id")
    lost = lost[lost["lost_reason_stated"].notna()]
    other = lost[lost["lost_reason_true"] != "price"]
    within(other["lost_reason_stated"] == "price", 0.30)
    within(lost["lost_reason_true"] == "price", 0.25)


def test_six_in_a_hundred_deals_are_quoted_twice_by_two_reps(world, within):
    quotes = old(world, "quotes").groupby("deal_id")["rep_id"].agg(["size", "nunique"])
    within(quotes["size"] == 2, 0.06)
    assert (quotes["size"] == quotes["nunique"]).all()


def test_a_second_quote_undercuts_the_first(world, within):
    quotes = world("quotes")
    share = quotes["discount"] / quotes["list_price"]
    both = share.groupby(quotes["deal_id"]).agg(["first", "last", "size"]).query("size == 2")
    within(both["last"] - both["first"], 0.04)


def test_the_pocket_price_is_what_is_left_of_the_list_price(world):
    cents = (world("quotes").select_dtypes("float") * 100).round().astype(int)
    taken = cents[["discount", "bonus", "cash_discount", "freight"]].sum(axis=1)
    assert (cents["list_price"] - taken == cents["pocket_price"]).all()


def test_the_sample_has_about_1500_deals_of_14_reps(world):
    assert len(world("deals")) * 0.08 == pytest.approx(1_500, rel=0.05)
    assert world("deals")["rep_id"].nunique() == 14
