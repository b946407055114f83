from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.cases import appliance_service as service
from crm_course.organization import process

ALL = service.label(service.MEASURES)
FOUR = pd.DataFrame({
    "region": list("AAAABBBB"), "month": [1, 2, 20, 21] * 2,
    "csat": [70.0, 74, 80, 82, 69, 71, 72, 74],
})  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    return datasets.load("repair_cases")


@pytest.fixture(scope="module")
def table():
    return service.settings()


# --- the records


def test_a_difference_in_differences_by_hand():
    found = service.difference_in_differences(FOUR, "csat")
    assert found.table.loc["treated"].tolist() == [72, 81, 9]
    assert found.table.loc["others"].tolist() == [70, 73, 3]
    assert found.effect == 6
    assert found.standard_error == pytest.approx(((8 + 2 + 2 + 2) / 2) ** 0.5)
    assert found.high - found.low == pytest.approx(2 * 1.96 * found.standard_error)


def test_it_is_the_interaction_of_a_regression(cases):
    import statsmodels.api as sm

    a, after = (cases["region"] == "A").astype(float), (cases["month"] >= 19).astype(float)
    columns = pd.DataFrame({"one": 1.0, "a": a, "after": after, "both": a * after})
    theirs = sm.OLS(cases["csat"], columns).fit()
    ours = service.difference_in_differences(cases, "csat")
    assert ours.effect == pytest.approx(theirs.params["both"])
    assert ours.standard_error == pytest.approx(theirs.bse["both"], rel=0.02)


def test_the_redesign_of_the_world_is_found():
    """Over companies the mean is the truth, 6 points, and two standard errors hold nearly all."""
    found = [
        service.difference_in_differences(datasets.company(student=f"s{n}").repair_cases, "csat")
        for n in range(1000, 1012)
    ]
    errors = np.array([(each.effect - 6) / each.standard_error for each in found])
    assert abs(errors.mean()) < 4 / 12**0.5
    assert (abs(errors) < 2.5).mean() >= 0.8


def test_a_region_that_differs_all_the_time_gains_nothing():
    apart = FOUR.assign(csat=np.where(FOUR["region"] == "A", 90.0, 50.0) + FOUR["month"])
    assert service.difference_in_differences(apart, "csat").effect == pytest.approx(0)


def test_twice_as_far_is_seen_in_a_quarter_of_the_cases():
    assert service.least_visible(9, 400) == pytest.approx(1.8)
    assert service.least_visible(9, 100) == pytest.approx(3.6)


# --- the service in the computer


def test_with_none_it_is_region_b_and_with_all_five_region_a(cases, table):
    log = process.case_times(datasets.load("event_log")).merge(cases)
    means = table[["mark", "hours", "held"]]
    gained = means.loc[ALL] - means.loc["none"]
    of_b = log.query("region == 'B'")
    assert table.loc["none", "hours"] == pytest.approx(of_b["lead_hours"].mean(), abs=2)
    assert table.loc["none", "mark"] == pytest.approx(60.5, abs=1)
    found = {column: service.difference_in_differences(log, column)
             for column in ("csat", "lead_hours", "first_time_fix")}  # fmt: skip
    for column, ours in {"csat": "mark", "lead_hours": "hours", "first_time_fix": "held"}.items():
        assert abs(gained[ours] - found[column].effect) < 2 * found[column].standard_error


def test_waits_and_shares_are_those_that_it_was_given():
    rows = service.simulate_service([], cases=100_000)
    once = service.AROUND + service.REPAIR + 8
    first = 13 + 0.4 * 20 + 30.2 + 36
    again = (1 - service.HOLDS) * (30.2 + 36 + service.REPAIR)
    assert rows["hours"].mean() == pytest.approx(once + first + again, abs=0.6)
    assert rows["held"].mean() == pytest.approx(service.HOLDS, abs=0.006)


def test_a_part_that_is_not_known_brings_a_trip_in_vain_once_dates_come_first():
    program = service.simulate_service(["program"])
    assert program["in_vain"].mean() == pytest.approx(service.NEEDS_PART, abs=0.02)
    both = service.simulate_service(["redesign", "program"])
    assert both["in_vain"].mean() == pytest.approx(0.4 * 0.4, abs=0.015)
    assert not (both["in_vain"] & both["named"]).any()
    assert not service.simulate_service(["redesign", "training"])["in_vain"].any()


def test_the_same_customer_has_the_same_luck_whatever_is_on():
    none, survey = (service.simulate_service(on) for on in ([], ["survey"]))
    assert (none["hours"] == survey["hours"]).all()
    assert (none["held"] == survey["held"]).all()
    more = (survey["mark"] - none["mark"])[~none["held"]]
    assert more.median() == service.AGAIN * service.APOLOGY
    assert (survey["mark"] == none["mark"])[none["held"]].all()


def test_watching_cuts_the_longest_waits_only():
    none, watched = (service.simulate_service(on)["hours"] for on in ([], ["monitoring"]))
    assert (watched <= none).all()
    assert 0.05 < (watched < none).mean() < 0.4


def test_named_faults_may_be_given():
    assert service.simulate_service(["program"], named=1)["in_vain"].sum() == 0
    given = service.settings(cases=2000, named=0.5)
    assert given.loc["program", "in_vain"] == pytest.approx(0.4, abs=0.04)
    assert given.loc["redesign + program", "in_vain"] == pytest.approx(0.2, abs=0.04)


# --- claims


def test_the_program_takes_away_alone_and_adds_last(table):
    found = service.claims(table)
    assert found.loc["program", "alone"] < -4 < 2 < found.loc["program", "last"]
    total = table.loc[ALL, "mark"] - table.loc["none", "mark"]
    assert found["alone"].sum() < 0.1 * total < 1.5 * total < found["last"].sum()


def test_claims_and_shares_by_hand():
    """Two of five do something: one 3, the other 1, both together 10."""
    worth = {(): 0.0, ("redesign",): 3.0, ("training",): 1.0, ("redesign", "training"): 10.0}
    table = service.settings(cases=10)
    on = table[list(service.MEASURES)]
    table["mark"] = [
        worth[tuple(m for m in ("redesign", "training") if row[m])] for _on, row in on.iterrows()
    ]
    found = service.claims(table)
    assert found["alone"].tolist() == [3, 0, 0, 1, 0]
    assert found["last"].tolist() == [9, 0, 0, 7, 0]
    assert service.fair_shares(table).tolist() == pytest.approx([6, 0, 0, 4, 0])


def test_fair_shares_are_the_mean_over_all_orders(table):
    total = dict.fromkeys(service.MEASURES, 0.0)
    for order in permutations(service.MEASURES):
        for place, measure in enumerate(order):
            before = service.label(order[:place])
            total[measure] += table["mark"][service.label(order[: place + 1])]
            total[measure] -= table["mark"][before]
    found = service.fair_shares(table)
    assert found.tolist() == pytest.approx([total[m] / 120 for m in service.MEASURES])
    assert found.sum() == pytest.approx(table["mark"][ALL] - table["mark"]["none"])


# --- money


def test_a_year_by_hand():
    table = service.settings(cases=10).assign(mark=60.0, visits=1.3)
    table.loc["program", ["mark", "visits"]] = 55.0, 1.7
    money = service.year(table, cases=1000, visit=100, point=10)
    assert money.loc["program"].tolist() == pytest.approx([-50_000, -40_000, -12_000, -102_000])
    assert money.loc[ALL, "left"] == -service.PACKAGE
    assert money.loc["none"].abs().sum() == 0


def test_a_plan_lasts_a_year():
    money = pd.DataFrame({"left": [0.0, 1200.0, -600.0]}, index=["none", "training", "program"])
    assert service.plan_year(money, [(6, "program"), (6, "training")]) == 300
    with pytest.raises(ValueError, match="plan must have twelve months, got 6"):
        service.plan_year(money, [(6, "program")])


def test_plans_of_two_worlds_by_hand():
    good = pd.DataFrame({"left": [0.0, 1200.0, 2400.0]}, index=["none", "training", "program"])
    bad = good.assign(left=[0.0, 600.0, -2400.0])
    plans = {
        "bold": ([(12, "program")], [(12, "program")]),
        "careful": ([(6, "training"), (6, "program")], [(6, "training"), (6, "none")]),
    }
    one = service.compare_plans(plans, learnt=good, not_learnt=bad)
    assert one.loc["bold"].tolist() == [2400, -2400]
    assert one.loc["careful"].tolist() == [1800, 300]
    assert service.turning_chance(one, "bold", "careful") == pytest.approx(600 / 3300)
    three = service.compare_plans(plans, learnt=good, not_learnt=bad, years=3)
    assert three.loc["careful"].tolist() == [1800 + 2 * 2400, 300]
    with pytest.raises(ValueError, match="careful must cost if learnt and save if not, got -600"):
        service.turning_chance(one, "careful", "bold")


def test_a_way_out_turns_the_choice(table):
    """Bound to the package one must be sure of the people; free to leave, one may try."""
    money, bad = service.year(table), service.year(service.settings(named=0.60))
    rest = (9, "survey + training")
    full = (9, "redesign + program + survey + training")
    plans = {
        "bound": ([(12, ALL)], [(12, ALL)]), "free": ([(12, ALL)], [(3, ALL), rest]),
        "steps": ([(3, "redesign + training"), full], [(3, "redesign + training"), rest]),
    }  # fmt: skip
    first = service.compare_plans(plans, learnt=money, not_learnt=bad)
    assert service.turning_chance(first, "bound", "steps") == pytest.approx(0.29, abs=0.01)
    assert service.turning_chance(first, "free", "steps") == pytest.approx(0.73, abs=0.01)


def test_what_the_pair_adds_agrees_with_the_year(table):
    money = service.year(table)["left"]
    added = money["redesign + program + survey + training"] - money["survey + training"]
    assert service.pair_adds(service.NAMED_TRAINED) == pytest.approx(added, abs=2)
    assert money["redesign + training"] < money["training"]


def test_from_which_share_on_the_pair_pays():
    explorer = service.explore_program()
    assert "they leave" in explorer.move(point=10, named=0.80)
    assert "they lose" in explorer.move(point=10, named=0.79)
    assert "they lose" in explorer.move(point=8, named=0.85)
    assert service.pair_adds(0.73) < 0 < service.pair_adds(0.74)


# --- what is wrong is named


@pytest.mark.parametrize("column", ["region", "month", "csat"])
def test_a_column_that_is_missing_is_named(column):
    with pytest.raises(ValueError, match=f"cases lacks the column\\(s\\) {column}"):
        service.difference_in_differences(FOUR.drop(columns=column), "csat")


def test_one_region_alone_is_refused():
    with pytest.raises(ValueError, match="cases must hold treated and others, before and after"):
        service.difference_in_differences(FOUR.query("region == 'A'"), "csat")


@pytest.mark.parametrize("wrong", ["program", ["software"]])
def test_a_measure_that_is_none_is_named(wrong):
    with pytest.raises(ValueError, match="measures must be a list out of"):
        service.simulate_service(wrong)


def test_no_case_shows_nothing():
    with pytest.raises(ValueError, match="cases must be above 0, got 0"):
        service.least_visible(9, 0)


def test_tables_are_left_as_they_were(table):
    before, rows = table.copy(), FOUR.copy()
    service.claims(table)
    service.fair_shares(table)
    service.year(table)
    service.difference_in_differences(FOUR, "csat")
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(FOUR, rows)


def test_one_case_tells_nothing_of_luck():
    few = pd.DataFrame({"region": list("AAABB"), "month": [1, 1, 20, 1, 20], "csat": 70.0})
    assert np.isnan(service.difference_in_differences(few, "csat").standard_error)
