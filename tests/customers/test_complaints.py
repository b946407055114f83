import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course import datasets
from crm_course.customers import complaints

PROBLEMS = pd.DataFrame({
    "problem_id": [1, 2, 3, 4, 5],
    "rebuy_90d": [True, False, False, True, True],
})  # fmt: skip
TOLD = pd.DataFrame({"problem_id": [3, 4, 5], "outcome": ["unresolved", "quick", "quick"]})
EVEN = pd.DataFrame({"outcome": complaints.outcomes.OUTCOMES, "rebuy_rate": [0.2, 0.2, 0.4, 0.8]})


@pytest.fixture(scope="module")
def problems():
    return datasets.load("problems")


@pytest.fixture(scope="module")
def told():
    return datasets.load("complaints")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_problems", truth=True)


# --- the four ends


def test_five_problems_counted_by_hand():
    table = complaints.complaint_outcomes(PROBLEMS, TOLD).set_index("outcome")
    assert table["problems"].to_dict() == {"silent": 2, "unresolved": 1, "resolved": 0, "quick": 2}
    assert table["share"].to_list() == [0.4, 0.2, 0.0, 0.4]
    assert table["rebuy_rate"].to_list()[:2] == [0.5, 0.0]
    assert np.isnan(table.loc["resolved", "rebuy_rate"])


def test_shares_add_up_and_ends_are_as_many_as_problems(problems, told):
    table = complaints.complaint_outcomes(problems, told)
    assert table["problems"].sum() == len(problems)
    assert table["share"].sum() == pytest.approx(1)


def test_the_mean_over_the_ends_is_the_mean_over_the_problems(problems, told):
    table = complaints.complaint_outcomes(problems, told)
    assert (table["share"] * table["rebuy_rate"]).sum() == pytest.approx(
        problems["rebuy_90d"].mean()
    )


def test_complaining_is_worth_less_than_the_gap_to_the_silent(problems, truth):
    both = problems.merge(truth[["problem_id", "rebuy_unresolved"]])
    gap = both.groupby("voiced")["rebuy_90d"].mean().diff().iloc[-1]
    already = both.groupby("voiced")["rebuy_unresolved"].mean().diff().iloc[-1]
    assert 0.03 < already < gap


def test_the_tables_are_left_alone():
    before = PROBLEMS.copy(), TOLD.copy()
    complaints.complaint_outcomes(PROBLEMS, TOLD)
    pd.testing.assert_frame_equal(PROBLEMS, before[0])
    pd.testing.assert_frame_equal(TOLD, before[1])


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="problems lacks the column.s. rebuy_90d"):
        complaints.complaint_outcomes(PROBLEMS[["problem_id"]], TOLD)
    with pytest.raises(ValueError, match="complaints lacks the column.s. outcome"):
        complaints.with_outcome(PROBLEMS, TOLD[["problem_id"]])


def test_everybody_buys_again_less_often_after_a_quick_answer_than_those_who_got_one(
    problems, told, truth
):
    everybody = complaints.outcomes_for_everybody(truth).set_index("outcome")["rebuy_rate"]
    counted = complaints.complaint_outcomes(problems, told).set_index("outcome")["rebuy_rate"]
    assert everybody["quick"] - everybody["silent"] == pytest.approx(0.22, abs=0.02)
    assert counted["quick"] > everybody["quick"]


# --- the desk


@pytest.mark.parametrize("voiced, people, quick", [(0.31, 10, 0.5), (0.62, 10, 0), (0, 10, 1)])
def test_who_finds_the_desk_free_is_answered_quickly(voiced, people, quick):
    assert complaints.answer_shares(voiced, people=people)["quick"] == pytest.approx(quick)


@pytest.mark.parametrize("voiced", [0.0, 0.2, 0.62, 0.9, 1.0])
def test_answers_add_up_to_all_complaints(voiced):
    assert complaints.answer_shares(voiced, people=7).sum() == pytest.approx(1)


def test_an_overloaded_desk_resolves_half_of_what_it_can_close():
    shares = complaints.answer_shares(0.93, people=10)
    assert 1000 * 0.93 * shares["resolved"] == pytest.approx(310)


def test_a_desk_that_is_free_at_random_moments_answers_what_the_rule_says():
    draws = np.random.default_rng(1)
    arrivals = np.cumsum(draws.exponential(1 / 0.504, 100_000))
    work = draws.exponential(1 / 0.62, 100_000)
    ends, free = 0.0, 0
    for arrival, hours in zip(arrivals, work, strict=True):
        free += arrival >= ends
        ends = max(arrival, ends) + hours
    assert complaints.answer_shares(0.504)["quick"] == pytest.approx(free / 100_000, abs=0.015)


def test_the_rule_tells_what_both_desks_did(problems, told):
    ends = complaints.with_outcome(problems, told).query("voiced")
    quick = (ends["outcome"] == "quick").groupby(ends["fast_desk"]).mean()
    for fast, people in ((False, 10), (True, 16)):
        rule = complaints.answer_shares(problems["voiced"].mean(), people=people)
        assert rule["quick"] == pytest.approx(quick[fast], abs=4 * 0.0125)


def test_the_tree_by_hand():
    told = 0.25 * 0.2 + 0.25 * 0.4 + 0.5 * 0.8
    assert complaints.rebuy_rate(EVEN, 0.31) == pytest.approx(0.69 * 0.2 + 0.31 * told)


def test_asking_backfires_with_few_people_and_pays_with_many(problems, told):
    ends = complaints.complaint_outcomes(problems, told)
    not_asked, asked = problems.groupby("invited")["voiced"].mean()
    gains = [
        complaints.rebuy_rate(ends, asked, people=n)
        - complaints.rebuy_rate(ends, not_asked, people=n)
        for n in (10, 20)
    ]
    assert gains[0] < 0 < gains[1]


def test_money_is_counted_from_today_and_by_hand():
    money = complaints.policy_money(EVEN, not_asked=0.31, asked=0.62, people=(10, 20), worth=100)
    told = 0.5 * 0.2 + 0.5 * 0.4
    after = 0.38 * 0.2 + 0.62 * told
    before = complaints.rebuy_rate(EVEN, 0.31)
    assert money.loc[10, "not asked"] == 0
    assert money.loc[10, "asked"] == pytest.approx(100_000 * (after - before) - 1000)


@pytest.mark.parametrize("voiced, people", [(42, 10), (-0.1, 10), (0.4, 0)])
def test_a_desk_that_cannot_be_is_refused(voiced, people):
    with pytest.raises(ValueError, match=r"must be .*, got"):
        complaints.answer_shares(voiced, people=people)


# --- the iceberg and the talk


def test_published_shares_of_the_iceberg():
    seen = [complaints.hidden_problems(30, share).estimate for share in (0.01, 0.03, 0.05)]
    assert seen == pytest.approx([3000, 1000, 600])


def test_the_interval_holds_the_truth_nineteen_times_of_twenty():
    draws = np.random.default_rng(2)
    held = 0
    for _ in range(2000):
        reached = draws.binomial(6000, 0.034)
        found = max(1, draws.binomial(1000, 0.034))
        answer = complaints.hidden_problems(reached, found / 1000, asked=1000)
        held += answer.low <= 6000 <= answer.high
    assert held / 2000 == pytest.approx(0.95, abs=0.02)


def test_asking_more_customers_narrows_the_interval():
    few, many = (complaints.hidden_problems(200, 0.03, asked=n) for n in (100, 1000))
    assert few.low < many.low < many.estimate < many.high < few.high


@pytest.mark.parametrize("reached, share, asked", [(30, 3, 10), (0, 0.1, 10), (30, 0.1, 0)])
def test_an_iceberg_without_sense_is_refused(reached, share, asked):
    with pytest.raises(ValueError, match=r"must be .*, got"):
        complaints.hidden_problems(reached, share, asked=asked)


def test_published_balance_of_talk():
    balance = complaints.word_of_mouth_balance([0.15, 2.5 / 11.5, 2.5 / 29.5])
    assert balance == pytest.approx([1.574, 1, 3], abs=5e-4)


@pytest.mark.parametrize("share, told", [(0, 2.5), (15, 2.5), (0.15, 0)])
def test_talk_without_sense_is_refused(share, told):
    with pytest.raises(ValueError, match="must"):
        complaints.word_of_mouth_balance(share, told_happy=told)


def test_an_end_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"'outcome'\] must be one of silent, .* got 'fast'"):
        complaints.with_outcome(PROBLEMS, TOLD.assign(outcome="fast"))


def test_two_complaints_about_one_problem_are_named():
    with pytest.raises(ValueError, match=r"complaints\['problem_id'\] must be unique, got"):
        complaints.with_outcome(PROBLEMS, pd.concat([TOLD, TOLD]))


# --- what an answer does


@pytest.mark.parametrize("loss", [0.0, None])
def test_a_complaint_without_a_loss_is_named(problems, told, loss):
    first = problems["problem_id"] == told["problem_id"].iloc[0]
    wrong = problems.assign(loss=problems["loss"].mask(first, loss)).dropna(subset="loss")
    with pytest.raises(ValueError, match="got none for 1 of them, such as problem "):
        complaints.fit_justice(wrong, told)
    with pytest.raises(ValueError, match=r"problems\['problem_id'\] must be unique"):
        complaints.fit_justice(pd.concat([problems, problems]), told)


def test_the_coin_finds_the_truth_and_counting_does_not(problems, told):
    effects = complaints.quick_answer_effect(problems, told).set_index("method")
    coin, counted = effects.loc["coin"], effects.loc["counted"]
    assert abs(coin["effect"] - 0.22) < 4 * coin["standard_error"]
    assert counted["effect"] - 0.22 > 3 * counted["standard_error"]


def test_the_coin_is_two_stage_least_squares(problems, told):
    ends = complaints.with_outcome(problems, told).query("voiced")
    quick, coin = (ends["outcome"] == "quick").astype(float), ends["fast_desk"].astype(float)
    first = sm.OLS(quick, sm.add_constant(coin)).fit().fittedvalues
    second = sm.OLS(ends["rebuy_90d"].astype(float), sm.add_constant(first)).fit()
    effect = complaints.quick_answer_effect(problems, told)["effect"].iloc[1]
    assert effect == pytest.approx(second.params.iloc[1])


def test_a_coin_that_moves_nothing_is_refused():
    problems = pd.DataFrame({
        "problem_id": range(4), "fast_desk": [True, True, False, False],
        "rebuy_90d": [True] * 4})  # fmt: skip
    told = pd.DataFrame({"problem_id": range(4), "outcome": ["quick", "unresolved"] * 2})
    with pytest.raises(ValueError, match="fast_desk must bring more quick answers, got 0.0"):
        complaints.quick_answer_effect(problems, told)


def test_justice_is_recovered_and_equals_another_library(problems, told):
    fit = complaints.fit_justice(problems, told)
    truth = np.array([5, 0.3, 0.18, 0.27, 0.05, -0.35])
    assert (abs(fit["estimate"] - truth) < 4 * fit["standard_error"]).all()
    both = told.merge(problems[["problem_id", "loss"]])
    d, p, i = (both[name] - 4 for name in ("dj", "pj", "ij"))
    X = pd.DataFrame({"d": d, "p": p, "i": i, "b": d * p, "s": np.log10(both["loss"] / 100)})
    other = sm.OLS(both["post_sat"], sm.add_constant(X)).fit()
    assert fit["estimate"].to_list() == pytest.approx(other.params.to_list())
    assert fit["standard_error"].to_list() == pytest.approx(other.bse.to_list())


def test_published_break_even_of_recovery():
    assert complaints.recovery_break_even(5.8, 3.5, 6.1) == pytest.approx(0.885, abs=5e-4)
    with pytest.raises(ValueError, match="good must be above bad, got 3 and 4"):
        complaints.recovery_break_even(5, 4, 3)


def test_a_limit_frees_small_payments_and_guards_large_ones():
    paid = pd.DataFrame({"compensation": [0, 10, 20, 70]})
    table = complaints.payment_limits(paid, limits=(0, 20, 100))
    assert table["paid_at_once"].to_list() == pytest.approx([0, 2 / 3, 1])
    assert table["money_seen"].to_list() == pytest.approx([1, 0.7, 0])


def test_waits_of_two_cases_by_hand():
    day = "2025-01-01 "
    log = pd.DataFrame(
        [(1, "receive", "08:00", "09:00"), (1, "diagnose", "11:00", "12:00"),
         (2, "receive", "08:00", "08:30"), (2, "diagnose", "12:30", "13:00"),
         (2, "close", "14:00", "14:10")],
        columns=["case_id", "activity", "started_at", "ended_at"])  # fmt: skip
    for column in ("started_at", "ended_at"):
        log[column] = pd.to_datetime(day + log[column])
    table = complaints.procedure_times(log.iloc[::-1]).set_index("activity")
    assert table["cases"].to_dict() == {"receive": 1.0, "diagnose": 1.0, "close": 0.5}
    assert table["wait_hours"].to_list()[1:] == [3.0, 1.0]


# --- pictures


def test_the_picture_says_where_customers_are_lost():
    ax = complaints.plot_outcomes(complaints.complaint_outcomes(PROBLEMS, TOLD).fillna(0))
    assert ax.figure.get_label().startswith("Of 1,000 problems 400 end without")


@pytest.mark.parametrize("people, says", [(10, "fewer"), (24, "more")])
def test_the_explorer_tells_the_sign(people, says):
    explorer = complaints.explore_asking(EVEN, not_asked=0.31, asked=0.5)
    assert explorer.move(people=people).endswith(f"{says}.")
