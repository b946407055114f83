import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.strategy import crm_strategy as cs
from crm_course.strategy.crm_strategy import KEEPING, WINNING


@pytest.fixture(scope="module")
def trials():
    return datasets.load("experiments")


@pytest.fixture(scope="module")
def curves(trials):
    parts = (trials[trials["trial"] == name] for name in ("acquisition", "retention"))
    return tuple(cs.fit_response(part) for part in parts)


def test_the_best_budget_of_the_textbook():
    best = cs.best_budget(WINNING, KEEPING)
    assert best.tolist() == pytest.approx([24.72, 38.25, 83.77], rel=1e-3)
    assert WINNING.rate(best["acquisition"]) == pytest.approx(0.366, abs=5e-4)
    assert KEEPING.rate(best["retention"]) == pytest.approx(0.858, abs=5e-4)


def test_ten_and_ten_are_worth_32():
    assert cs.customer_equity(10, 10, WINNING, KEEPING) == pytest.approx(31.83, abs=0.005)


def test_equity_is_the_sum_over_the_years():
    won, kept = WINNING.rate(20), KEEPING.rate(30)
    years = [kept ** (t - 1) * (kept * 100 - 30) / 1.1**t for t in range(1, 400)]
    by_hand = won * (100 + sum(years)) - 20
    assert cs.customer_equity(20, 30, WINNING, KEEPING) == pytest.approx(by_hand)


def test_no_neighbour_of_the_best_budget_is_better():
    best = cs.best_budget(WINNING, KEEPING)
    for a, r in ((0.3, 0), (-0.3, 0), (0, 0.3), (0, -0.3)):
        near = cs.customer_equity(best["acquisition"] + a, best["retention"] + r, WINNING, KEEPING)
        assert near < best["equity"]


def test_the_trial_finds_ceiling_and_speed(curves):
    for found, true in zip(curves, (WINNING, KEEPING), strict=True):
        off = np.subtract((found.ceiling, found.speed), (true.ceiling, true.speed))
        assert (np.abs(off) < 4 * np.array(found.standard_errors)).all()


def test_standard_errors_agree_with_repeated_trials():
    rng, spend = np.random.default_rng(5), np.array([2, 5, 10, 20, 40, 60])
    speeds = []
    for _trial in range(120):
        won = rng.binomial(4000, WINNING.rate(spend))
        trial = pd.DataFrame({"spend": spend * 1.0, "people": 4000, "successes": won})
        speeds.append(cs.fit_response(trial))
    errors = np.mean([each.standard_errors[1] for each in speeds])
    assert np.std([each.speed for each in speeds]) == pytest.approx(errors, rel=0.25)


def test_a_trial_without_people_is_named(trials):
    with pytest.raises(ValueError, match=r"trial lacks the column\(s\) people"):
        cs.fit_response(trials.drop(columns="people"))


def test_people_on_whom_nothing_is_spent_tell_nothing(trials):
    trial = trials.query("trial == 'retention'")
    control = pd.DataFrame({"spend": [0.0], "people": [4000], "successes": [0]})
    assert cs.fit_response(pd.concat([control, trial])) == cs.fit_response(trial)
    with pytest.raises(ValueError, match="successes must be 0 where spend is 0, got 12"):
        cs.fit_response(pd.concat([control.assign(successes=12), trial]))


def test_a_trial_without_a_curve_is_refused():
    trial = pd.DataFrame({"spend": [5.0, 10.0], "people": 100, "successes": 0})
    with pytest.raises(ValueError, match="trial must hold successes, got none"):
        cs.fit_response(trial)


def test_trials_are_left_as_they_were(trials):
    before = trials.copy()
    cs.fit_response(trials.query("trial == 'retention'"))
    pd.testing.assert_frame_equal(trials, before)


def test_negative_spending_is_refused():
    with pytest.raises(ValueError, match="spending must not be negative, got -1, 10"):
        cs.customer_equity(-1, 10, WINNING, KEEPING)


def test_care_lasts_for_as_long_as_the_customer_stays():
    care = cs.yearly_care(40, KEEPING)
    years = [KEEPING.rate(care) ** (t - 1) * care / 1.1**t for t in range(1, 400)]
    assert sum(years) == pytest.approx(40)


def test_a_split_spends_the_budget_over_the_years():
    table = cs.split_table(20, WINNING, KEEPING)
    later = table["won"] * table["retention"] / (1.1 - table["kept"])
    np.testing.assert_allclose(table["acquisition"] + later, 20)


@pytest.mark.parametrize(("budget", "shares"), [(0, [0.5]), (20, [0.0]), (20, [55])])
def test_a_split_that_cannot_be_is_refused(budget, shares):
    with pytest.raises(ValueError, match=r"must be above 0"):
        cs.split_table(budget, WINNING, KEEPING, shares=shares)


def test_the_larger_the_budget_the_more_goes_to_keeping(curves):
    shares = [cs.best_share(cs.split_table(budget, *curves)) for budget in (10, 20, 40, 60)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


def test_what_a_year_pays_does_not_move_the_best_share(curves):
    shares = {cs.best_share(cs.split_table(20, *curves, margin=m)) for m in (60, 100, 200)}
    assert len(shares) == 1


def test_a_bathtub_settles_where_as_many_leave_as_join():
    settled = cs.steady_state(12_000, churn=0.20)
    assert settled == 60_000
    assert cs.customers_over_time(settled, 12_000, churn=0.20, years=9).eq(settled).all()


def test_a_bathtub_fills_year_by_year():
    stock = cs.customers_over_time(20_000, 12_000, churn=0.20, years=3)
    by_hand = [20_000]
    for _year in range(3):
        by_hand.append(0.8 * by_hand[-1] + 12_000)
    assert stock.tolist() == pytest.approx(by_hand)


def test_a_bathtub_without_a_leak_never_settles():
    with pytest.raises(ValueError, match="churn must be above 0 and at most 1, got 0"):
        cs.steady_state(12_000, churn=0)


def test_goals_and_findings_have_their_places():
    assert cs.goals()["tier"].unique().tolist() == ["top", "middle", "base"]
    assert set(cs.environment()["side"]) == {"external", "internal"}


def test_from_25_on_the_best_share_is_40_per_cent(curves):
    explorer = cs.explore_split(*curves)
    assert explorer.move(budget=20).endswith("best are 45%.")
    assert explorer.move(budget=25).endswith("best are 40%.")
