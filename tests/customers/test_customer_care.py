import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_course import datasets
from crm_course.customers import customer_care as care


@pytest.fixture(scope="module")
def volumes():
    return datasets.load("call_volumes")


@pytest.fixture(scope="module")
def profile(volumes):
    return care.call_profile(volumes)


# --- erlang_c


@pytest.mark.parametrize("agents, waits, level, seconds", [
    (8, 0.3570, 0.7142, 32.1), (9, 0.1960, 0.8596, 11.8),
])  # fmt: skip
def test_the_known_centre_of_120_calls(agents, waits, level, seconds):
    queue = care.erlang_c(120, 180, agents)
    assert queue.probability_wait == pytest.approx(waits, abs=5e-5)
    assert queue.service_level(20) == pytest.approx(level, abs=5e-5)
    assert queue.average_wait_seconds == pytest.approx(seconds, abs=0.05)


@pytest.mark.parametrize("agents", [1, 7, 8, 30])
def test_the_recursion_equals_the_formula_with_factorials(agents):
    load = 0.85 * agents
    top = load**agents / math.factorial(agents) * agents / (agents - load)
    rest = sum(load**k / math.factorial(k) for k in range(agents))
    waits = care.erlang_c(20 * load, 180, agents).probability_wait
    assert waits == pytest.approx(top / (rest + top), rel=1e-12)


def test_one_agent_is_the_queue_of_the_textbook():
    queue = care.erlang_c(15, 180, 1)  # M/M/1: waits with rho, on average rho / (mu - lambda)
    assert queue.probability_wait == pytest.approx(0.75)
    assert queue.average_wait_seconds == pytest.approx(0.75 / (1 / 180 - 15 / 3600))


def test_more_work_than_agents_is_a_queue_without_end():
    queue = care.erlang_c(160, 180, 8)
    assert queue.average_wait_seconds == float("inf")
    assert (queue.probability_wait, queue.service_level(20), queue.occupancy) == (1, 0, 1)


def test_a_thousand_agents_need_no_factorial():
    queue = care.erlang_c(19_000, 180, 1000)
    assert 0 < queue.probability_wait < 0.1
    assert queue.occupancy == pytest.approx(0.95)


def test_without_calls_nobody_waits():
    assert care.erlang_c(0, 180, 2).average_wait_seconds == 0
    assert care.erlang_a(0, 180, 2, 600).lost == 0


@pytest.mark.parametrize("arguments, words", [
    ((-1, 180, 8), "calls_per_hour must be a number from 0, got -1"),
    ((120, 0, 8), "handle_seconds must be above 0, got 0"),
    ((120, 180, 0), "agents must be a whole number from 1, got 0"),
    ((120, 180, 7.5), "agents must be a whole number from 1, got 7.5"),
    ((math.nan, 180, 8), "calls_per_hour must be a number from 0, got nan"),
    ((math.inf, 180, 8), "calls_per_hour must be a number from 0, got inf"),
    ((120, 180, math.inf), "agents must be a whole number from 1, got inf"),
])  # fmt: skip
def test_impossible_centres_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        care.erlang_c(*arguments)
    with pytest.raises(ValueError, match=words):
        care.erlang_a(*arguments, 600)


# --- erlang_a


def test_endless_patience_is_the_queue_in_which_nobody_hangs_up():
    patient, impatient = care.erlang_c(120, 180, 8), care.erlang_a(120, 180, 8, 1e6)
    assert impatient.average_wait_seconds == pytest.approx(patient.average_wait_seconds, rel=2e-3)
    assert impatient.probability_wait == pytest.approx(patient.probability_wait, rel=2e-3)


def test_patience_as_long_as_a_call_makes_the_centre_poisson():
    queue = care.erlang_a(120, 180, 8, 180)  # everybody leaves at one rate, so M/M/infinity
    assert queue.probability_wait == pytest.approx(stats.poisson(6).sf(7))


def test_what_is_not_lost_is_talked_about():
    queue = care.erlang_a(200, 180, 8, 600)
    assert queue.lost == pytest.approx(queue.average_wait_seconds / 600)
    assert queue.occupancy == pytest.approx(10 * (1 - queue.lost) / 8)
    assert queue.occupancy < 1


@pytest.mark.parametrize("patience", [0, math.inf])
def test_patience_must_be_a_time(patience):
    said = f"patience_seconds must be above 0 and finite, got {patience}"
    with pytest.raises(ValueError, match=said):
        care.erlang_a(120, 180, 8, patience)


def test_eight_agents_may_be_written_with_a_point():
    assert care.erlang_c(120, 180, 8.0) == care.erlang_c(120, 180, 8)


# --- the queue caller by caller


def batched(values, batches=40):
    """Return the mean and its standard error; neighbours wait together, so in batches."""
    means = [part.mean() for part in np.array_split(np.asarray(values, float), batches)]
    return np.mean(means), np.std(means, ddof=1) / np.sqrt(batches)


def test_the_simulated_queue_agrees_with_the_formula():
    waits = care.simulate_calls(120, 180, 8, hours=400)["wait_seconds"]
    mean, error = batched(waits)
    assert abs(mean - care.erlang_c(120, 180, 8).average_wait_seconds) < 4 * error
    share, error = batched(waits <= 20)
    assert abs(share - care.erlang_c(120, 180, 8).service_level(20)) < 4 * error


def test_the_simulated_queue_with_patience_agrees_with_its_formula():
    calls = care.simulate_calls(150, 180, 8, patience_seconds=600, hours=400)
    queue = care.erlang_a(150, 180, 8, 600)
    for values, expected in ((calls["wait_seconds"], queue.average_wait_seconds),
                             (calls["hung_up"], queue.lost)):  # fmt: skip
        mean, error = batched(values)
        assert abs(mean - expected) < 4 * error


def test_calls_of_one_length_halve_the_wait_of_a_single_agent():
    waits = care.simulate_calls(14, 180, 1, hours=3000, steady=True)["wait_seconds"]
    mean, error = batched(waits)  # M/D/1: half of M/M/1
    assert abs(mean - care.erlang_c(14, 180, 1).average_wait_seconds / 2) < 4 * error


def test_nobody_hangs_up_who_has_all_the_time():
    assert not care.simulate_calls(160, 180, 8, hours=5)["hung_up"].any()


# --- a week and its rosters


def test_the_profile_finds_the_true_rates(profile):
    truth = datasets.load("truth_call_volumes", truth=True)["calls_per_hour"]
    week = profile.sort_values(["weekday", "clock"])["calls_per_hour"].to_numpy()
    expected = truth.to_numpy()[: len(week)]
    error = np.sqrt(2 * expected / 8)  # 2 x a mean of 8 Poisson counts of half a rate
    assert abs((week - expected) / error).max() < 4
    assert np.mean(((week - expected) / error) ** 2) == pytest.approx(1, abs=4 * np.sqrt(2 / 144))


def test_a_tiny_week_by_hand():
    tiny = pd.DataFrame({
        "starts_at": pd.to_datetime(["2025-10-06 08:00", "2025-10-13 08:00", "2025-10-06 10:30"]),
        "calls": [10, 20, 8], "agents": [2, 2, 1], "abandoned": [0, 3, 0],
        "wait_seconds": [30, 270, 0], "handle_seconds": [1800, 3600, 900],
    })  # fmt: skip
    table = care.call_profile(tiny)
    assert table["shift"].tolist() == [8, 10]
    assert table.loc[0, ["calls_per_hour", "busy", "wait_seconds", "lost"]].tolist() == [
        30, 0.75, 10, 0.1,
    ]  # fmt: skip


def test_the_volumes_are_left_alone(volumes):
    before = volumes.copy()
    care.call_profile(volumes)
    pd.testing.assert_frame_equal(volumes, before)


def test_a_missing_column_is_named(volumes):
    with pytest.raises(ValueError, match=r"volumes lacks the column\(s\) agents"):
        care.call_profile(volumes.drop(columns="agents"))


def test_the_formula_finds_what_the_log_counted(volumes, profile):
    week = care.roster_money({"today": care.roster_today(profile)}, profile).loc["today"]
    counted = volumes["abandoned"].sum() / 8
    assert counted < week["lost"] < 1.25 * counted  # rates are noisy, and queues start empty
    talked = volumes["handle_seconds"].sum() / 1800 / volumes["agents"].sum()
    assert week["busy"] == pytest.approx(talked, abs=0.01)


def test_an_hour_by_hand():
    money = {"wage": 50, "worth": 9}
    table = care.staffing_costs(120, [8], handle_seconds=180, patience_seconds=180, **money)
    waiting = sum((k - 8) * stats.poisson(6).pmf(k) for k in range(9, 60))  # M/M/infinity
    assert table["lost"].item() == pytest.approx(waiting * 20)
    assert table["cost"].item() == pytest.approx(400 + 9 * waiting * 20)


def test_no_other_single_agent_would_pay(profile):
    best = care.roster_where_needed(profile)
    cost = care.roster_money({"best": best}, profile)["cost"].item()
    for weekday in best.index:
        for shift in best.columns:
            for step in (-1, 1):
                other = best.copy()
                other.loc[weekday, shift] += step
                assert care.roster_money({"other": other}, profile)["cost"].item() >= cost - 1e-9


def test_the_same_hours_are_given_away_to_the_last(profile):
    today = care.roster_today(profile)
    moved = care.roster_where_needed(profile, agent_hours=2 * today.to_numpy().sum())
    money = care.roster_money({"today": today, "moved": moved}, profile)
    assert money.loc["moved", "agent_hours"] == money.loc["today", "agent_hours"]
    assert money.loc["moved", "lost"] < money.loc["today", "lost"]


def test_the_sweep_is_made_of_single_weeks(profile):
    today = care.roster_today(profile)
    sweep = care.worth_sweep({"today": today}, profile, worths=(10, 40))
    for worth in (10, 40):
        best = care.roster_where_needed(profile, worth=worth)
        money = care.roster_money({"today": today, "best": best}, profile, worth=worth)
        assert sweep.loc[worth, ["today", "cheapest"]].tolist() == money["cost"].tolist()
        assert sweep.loc[worth, "cheapest_busy"] == money.loc["best", "busy"]


def test_an_empty_shift_is_refused(profile):
    with pytest.raises(ValueError, match="1 to 39 agents to every shift, got 0 to 3"):
        care.roster_money({"none": care.roster_today(profile) - 5}, profile)


def test_part_of_an_agent_is_refused(profile):
    with pytest.raises(ValueError, match="Fill every shift with whole agents"):
        care.roster_money({"part": care.roster_today(profile) + 0.9}, profile)


def one_day(*calls_per_hour):
    shifts = 8 + 2 * np.arange(len(calls_per_hour))
    return pd.DataFrame({"weekday": 0, "shift": shifts, "calls_per_hour": calls_per_hour})


def test_a_shift_that_is_full_stops_nobody_else():
    alone = care.roster_where_needed(one_day(100)).iloc[0].tolist()
    together = care.roster_where_needed(one_day(2000, 100, 100)).iloc[0].tolist()
    assert together == [39, *alone, *alone]


@pytest.mark.parametrize("hours, agents", [(6, 3), (20, 10), (21, 10), (1000, 3 * 39)])
def test_no_hour_more_than_there_is_is_given_away(hours, agents):
    roster = care.roster_where_needed(one_day(100, 200, 100), agent_hours=hours)
    assert roster.to_numpy().sum() == agents


def test_fewer_hours_than_shifts_are_refused():
    with pytest.raises(ValueError, match="agent_hours must be at least 6, .* got 4"):
        care.roster_where_needed(one_day(100, 200, 100), agent_hours=4)


def test_hours_that_differ_cost_more_than_their_mean():
    table = care.staffing_costs_over([100, 140], [8])
    single = [care.staffing_costs(rate, [8]) for rate in (100, 140)]
    pd.testing.assert_frame_equal(table, (single[0] + single[1]) / 2)
    assert table["cost"].item() > care.staffing_costs(120, [8])["cost"].item()


def test_no_hour_has_no_mean():
    with pytest.raises(ValueError, match="must hold at least one rate, got none"):
        care.staffing_costs_over([], [8])


# --- SERVQUAL


GAPS = {"reliability": -0.8, "responsiveness": -1.1, "assurance": -0.3, "empathy": -0.6,
        "tangibles": 0.2}  # fmt: skip


def test_the_weighted_gap_by_hand():
    ten = [(person, name, 5, 5 + (round(10 * gap) + person) // 10)
           for name, gap in GAPS.items() for person in range(10)]  # fmt: skip
    columns = ["customer_id", "dimension", "expectation", "perception"]
    answers = pd.DataFrame(ten, columns=columns)
    table = care.servqual_gap(answers)
    assert table["gap"].mean() == pytest.approx(-0.52)
    assert table["weighted"].sum() == pytest.approx(-0.629)


def test_the_gaps_of_the_survey_are_found():
    answers = datasets.load("survey_servqual")
    truth = datasets.load("truth_servqual", truth=True)
    careful = answers[answers["customer_id"].isin(truth.query("not careless")["customer_id"])]
    table = care.servqual_gap(careful)
    item = 0.4 * np.sqrt(2 / 3 / np.array([5, 4, 4, 5, 4]))  # what items differ by, of few items
    error = np.hypot(table["standard_error"], item)
    assert (abs(table["gap"] - pd.Series(GAPS)) < 4 * error).all()


def test_weights_must_fit_the_dimensions():
    answers = datasets.load("survey_servqual")
    with pytest.raises(ValueError, match=r"weights must add up to 1 over \['assurance'"):
        care.servqual_gap(answers, weights=care.WEIGHTS | {"empathy": 0.5})


def test_a_survey_without_dimensions_is_refused():
    with pytest.raises(ValueError, match=r"answers lacks the column\(s\) dimension"):
        care.servqual_gap(datasets.load("survey_servqual").drop(columns="dimension"))


# --- Kano


def test_kanos_table_of_five_by_five():
    functional, dysfunctional = np.divmod(np.arange(25), 5)
    kinds = care.surveys.kano_kind(pd.Series(functional + 1), pd.Series(dysfunctional + 1))
    letters = "".join(kind[0].upper() for kind in kinds)
    assert letters == "QAAAO" + "RIIIM" * 3 + "RRRRQ"


def test_better_and_worse_by_hand():
    pairs = [(1, 3)] * 42 + [(1, 5)] * 28 + [(3, 5)] * 18 + [(3, 3)] * 12 + [(1, 1)] * 5
    answers = pd.DataFrame(pairs, columns=["functional", "dysfunctional"]).assign(feature="a lift")
    row = care.kano_coefficients(answers).loc["a lift"]
    assert (row["better"], row["worse"]) == (pytest.approx(0.70), pytest.approx(-0.46))
    assert (row["kind"], row["questionable"]) == ("attractive", 5)


def test_the_kinds_of_the_survey_are_found():
    answers = datasets.load("survey_kano")
    truth = datasets.load("truth_kano", truth=True).set_index("feature")
    table = care.kano_coefficients(answers).loc[truth.index]
    assert table["kind"].tolist() == truth["kind"].tolist()
    for column in ("better", "worse"):
        error = np.sqrt(abs(truth[column]) * (1 - abs(truth[column])) / 270)
        assert (abs(table[column] - truth[column]) < 4 * error).all()


def test_a_feature_that_nobody_wants_is_of_no_kind():
    answers = pd.DataFrame({"feature": ["a lift"], "functional": [5], "dysfunctional": [1]})
    row = care.kano_coefficients(answers).loc["a lift"]
    assert row["reverse"] == 1
    assert pd.isna(row["kind"]) and pd.isna(row["better"])


@pytest.mark.parametrize("answer", [0, 9])
def test_answers_beside_the_scale_are_refused(answer):
    answers = pd.DataFrame({"feature": "a lift", "functional": 1, "dysfunctional": [5, answer]})
    with pytest.raises(ValueError, match=f"must be an answer from 1 to 5, got {answer}"):
        care.kano_coefficients(answers)


def test_half_a_pair_is_not_enough():
    with pytest.raises(ValueError, match=r"answers lacks the column\(s\) dysfunctional"):
        care.kano_coefficients(datasets.load("survey_kano").drop(columns="dysfunctional"))


# --- net promoter score


def test_the_published_example_of_120_answers():
    answers = [10] * 54 + [7] * 42 + [3] * 24
    net = care.net_promoter_score(answers)
    assert (net.score, net.standard_error) == (25, pytest.approx(6.997, abs=0.0005))
    assert (net.low, net.high) == (pytest.approx(11.3, abs=0.05), pytest.approx(38.7, abs=0.05))


def test_who_did_not_answer_does_not_count():
    assert care.net_promoter_score([10, np.nan, 6]).score == 0


@pytest.mark.parametrize("answers", [[], [np.nan], [11], [-1, 5]])
def test_answers_off_the_scale_are_refused(answers):
    with pytest.raises(ValueError, match="answers must hold numbers from 0 to 10"):
        care.net_promoter_score(answers)


# --- evidence


def test_signals_that_just_make_sure_enough():
    for accuracy in (0.55, 0.7, 0.8, 0.9, 0.99):
        count = care.signals_needed(accuracy)
        assert care.probability_good(count, count, accuracy) > 0.95
        assert care.probability_good(count - 1, count - 1, accuracy) <= 0.95


def test_the_posterior_is_that_of_bayes():
    good, bad = stats.binom(9, 0.8).pmf(6), stats.binom(9, 0.2).pmf(6)
    assert care.probability_good(6, 9, 0.8) == pytest.approx(good / (good + bad))


def test_of_offers_that_look_equally_good_as_many_are():
    offers = datasets.load("reviews").merge(datasets.load("truth_reviews", truth=True))
    sure = care.probability_good(offers["positive"], offers["reviews"], offers["accuracy"])
    error = np.sqrt((sure * (1 - sure)).sum())
    assert abs(offers["good"].sum() - sure.sum()) < 4 * error


def test_the_fourteen_products_are_those_of_the_data():
    listed = datasets.load("reviews").groupby("attribute")["product"].unique()
    assert {kind: set(listed[kind]) for kind in care.PRODUCTS} == {
        kind: set(products) for kind, products in care.PRODUCTS.items()
    }
    assert sum(map(len, care.PRODUCTS.values())) == 14


@pytest.mark.parametrize("accuracy", [0.5, 1, 0.2])
def test_a_coin_is_no_signal(accuracy):
    with pytest.raises(ValueError, match="accuracy and sure must lie between one half and 1"):
        care.signals_needed(accuracy)


# --- pictures


def test_the_explorer_answers_its_question():
    explorer = care.explore_staffing()
    before, answer = explorer.move(calls_per_hour=300), explorer.move(calls_per_hour=320)
    assert "20 agents are cheapest" in before and "74.5 %" in before
    assert "21 agents are cheapest" in answer and "75.7 %" in answer


def test_the_cheapest_team_stands_on_the_picture():
    explorer = care.explore_staffing()
    for calls in (40, 320, 600):
        for worth in (20, 100):
            said = explorer.move(calls_per_hour=calls, worth_of_a_caller=worth)
            costs = care.staffing_costs(calls, range(2, 60), worth=worth)["cost"]
            assert f"{costs.idxmin()} agents are cheapest, ¥{costs.min():,.0f} an hour" in said


def test_every_kind_of_feature_is_drawn():
    ax = care.plot_kano(care.kano_coefficients(datasets.load("survey_kano")))
    assert len(ax.texts) == 12 and len(ax.get_lines()) == 4


def test_the_waits_of_the_week_are_drawn(profile):
    ax = care.plot_waiting(profile)
    assert sum(len(line.get_xdata()) for line in ax.get_lines()) == len(profile)
    assert "at worst 74" in ax.figure.get_label()


def test_what_reviews_show_is_drawn():
    offers = datasets.load("reviews").merge(datasets.load("truth_reviews", truth=True))
    ax = care.plot_evidence(offers)
    assert [label.get_text() for label in ax.get_yticklabels()][11] == "root canal"
    assert len(ax.patches) == 14
