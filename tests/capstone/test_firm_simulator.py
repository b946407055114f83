import json
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from crm_course.capstone import firm_simulator as fs
from crm_course.capstone.firm_simulator import equations as eq
from crm_course.capstone.firm_simulator import policies
from crm_course.capstone.firm_simulator.firm import FIRM, QUARTERS
from crm_course.capstone.firm_simulator.scenarios import Luck
from crm_course.customers import churn, complaints, customer_care, retention
from crm_course.datagen import scenario as world
from crm_course.learning import my_firm
from crm_course.organization import training
from crm_course.organization.training import money
from crm_course.strategy import crm_strategy

HOUSE, DING_AN = fs.HOUSE, fs.DING_AN
GROWTH = fs.scenario("honest growth")


# --- equations


def test_the_truths_are_those_of_the_invented_world():
    truth = world.Scenario()
    call, handling = truth.call, truth.handling
    assert (call.risk, call.uplift) == eq.CALL
    assert (handling.resolved, handling.quick) == eq.ANSWERED
    assert FIRM.skill_kept == truth.training.keeping
    assert pytest.approx(3 * truth.problems.rate) == FIRM.problems
    assert truth.books.loss_unsecured == FIRM.loss_share
    assert FIRM.training_hour == money.HOUR


def test_winning_is_the_curve_of_chapter_33():
    rate = crm_strategy.WINNING.rate(20)
    assert eq.won(1000, 20_000, 0) == pytest.approx(1000 * rate)
    assert eq.won(1000, 20_000, 25) == pytest.approx(1000 * rate / 1.25)


def test_care_moves_the_log_odds_as_the_curve_of_chapter_33():
    value = eq.perceived_value(60, 0)
    kept, usual = crm_strategy.KEEPING.rate(60), crm_strategy.KEEPING.rate(FIRM.usual_care)
    moved = np.log(kept / (1 - kept)) - np.log(usual / (1 - usual))
    assert retention.TEXTBOOK.value * value == pytest.approx(moved)


def test_a_price_is_weighed_the_more_the_dearer_it_gets():
    first, second, third = (eq.perceived_value(FIRM.usual_care, p) for p in (0, 5, 10))
    assert first - second < second - third
    assert eq.perceived_value(FIRM.usual_care, -5) > first


def test_the_crowd_renews_as_the_textbook_says_of_each():
    chances = eq.renewals(0.5, -0.2, 0.0)
    z = 0.4 + 0.9 * (0.5 + FIRM.spread * eq.PEOPLE) + 0.7 * -0.2
    assert chances == pytest.approx(expit(z).clip(0.01, 0.99))


def test_calls_save_what_the_list_of_chapter_22_earns():
    chances = eq.renewals(0.0, 0.0, 0.0)
    table = pd.DataFrame({"uplift": np.interp(1 - chances, *eq.CALL), "contracts": 1,
                          "group": np.digitize(100 * (1 - chances), churn.EDGES)})  # fmt: skip
    groups = table.groupby("group").agg(contracts=("contracts", "sum"), uplift=("uplift", "mean"))
    listed = churn.save_list(groups, cost=0, worth=1)
    for calls in (0, 150, 500, 800, 1000):
        expected = np.interp(calls, listed["calls"], listed["earned"])
        assert 1000 * eq.saved(chances, calls) == pytest.approx(expected)


def test_the_queue_is_erlang_s():
    line = eq.queue(200, 180, 12)
    assert line == customer_care.erlang_a(200, 180, 12, FIRM.patience)


def test_answers_are_worth_what_chapter_24_found():
    line = eq.queue(200, 180, 12)
    at_once, late = 1 - line.probability_wait, line.probability_wait - line.lost
    mean = 0.22 * at_once + 0.09 * late
    expected = 0.5 * FIRM.problems * (mean - FIRM.usual_answers)
    assert eq.answer_gain(line, FIRM.problems) == pytest.approx(expected)
    twice = 0.534 * (0.5 * mean - 0.22)  # a problem takes 0.22, half are told
    assert eq.answer_gain(line, 2 * FIRM.problems) == pytest.approx(expected + twice)


def test_word_of_mouth_follows_the_balance_of_chapter_24():
    happy = complaints.word_of_mouth_balance(0.0668072)  # below one step at a mean of half a step
    usual = complaints.word_of_mouth_balance(0.1586553)
    assert eq.prospects(100, 0.5) == pytest.approx(100 * (happy / usual) ** 0.15, rel=1e-4)


def test_a_culture_that_nothing_feeds_keeps_three_fifths_in_a_year():
    culture = 1.0
    for _quarter in range(4):
        culture = eq.next_culture(culture, 0.0, 0.0, 0.5)
    assert culture == pytest.approx(0.6)


def test_skill_that_is_not_trained_is_forgotten_and_never_above_one():
    assert eq.next_skill(0.5, 0.0) == pytest.approx(0.3)
    assert eq.next_skill(1.0, 1.0) == 1.0


def test_credit_sales_are_the_mean_of_the_smaller_of_want_and_limit():
    rng = np.random.default_rng(72)
    wants = FIRM.wants * np.exp(FIRM.wants_spread * rng.standard_normal(400_000))
    most = 20_000 * FIRM.quarter_days / FIRM.term
    sample = np.minimum(wants, most)
    error = sample.std() / len(sample) ** 0.5
    assert abs(eq.credit_sales(20_000) - sample.mean()) < 4 * error
    assert eq.credit_sales(0) < 2


def test_a_customer_is_worth_what_chapter_13_says():
    assert eq.worth_of_customer(100, 0.8) == pytest.approx(266.6667)
    assert eq.worth_of_customer(-5, 0.8) == 0


def test_every_equation_names_a_chapter_of_the_course():
    table = fs.equation_table()
    assert len(table) == len(eq.TABLE) >= 20
    for function, chapters, _source in eq.TABLE:
        assert chapters.split(", ")[0] in function.__doc__, function
    assert table["chapters"].str.fullmatch(r"\d\d(, \d\d)*").all()


# --- a turn


def test_a_quarter_by_hand():
    quarter = fs.play_quarter(GROWTH.start, HOUSE, GROWTH)
    line = eq.queue(eq.callers(200_000, FIRM.problems), 180.0, 11)
    chances = eq.renewals(0, eq.perceived_value(4 * 1_500_000 / 200_000, 0),
                          eq.answer_gain(line, FIRM.problems))  # fmt: skip
    won = 60_000 * crm_strategy.WINNING.rate(25)
    sales = 1500 * eq.credit_sales(50_000)
    profit = 200_000 * 60 + 0.08 * sales - 1500 * 0.05 / 4 * 0.686 * 50_000
    profit -= 6_000_000 + 11 * 40 * 1092
    report = quarter.report
    assert report["renewed"] == pytest.approx(chances.mean())
    assert report["left"] == pytest.approx(50_000 * (1 - chances.mean()))
    assert report["won"] == pytest.approx(won)
    assert report["customers"] == pytest.approx(200_000 + won - report["left"])
    assert report["profit"] == pytest.approx(profit)
    assert report["cash"] == pytest.approx(5e6 + profit - (sales * 60 / 91 - 13e6))


def test_a_quarter_changes_nothing_that_it_was_given():
    before = GROWTH.start
    again = [fs.play_quarter(before, DING_AN, GROWTH).report for _ in range(2)]
    assert again[0] == again[1] and before == fs.State()


@pytest.mark.parametrize(
    "decisions",
    [replace(HOUSE, **{name: end}) for name, ends in fs.LIMITS.items() for end in ends],
    ids=str,
)
def test_the_firm_survives_every_extreme(decisions):
    for name in fs.SCENARIOS:
        played = fs.simulate_firm(decisions, world=name, seed=1)
        table = played.table(hidden=True)
        assert np.isfinite(table).all(axis=None) and np.isfinite(played.value)
        assert (table["customers"] >= 0).all() and table["renewed"].between(0, 1).all()


def test_a_turn_answers_in_well_under_a_third_of_a_second():
    began = time.process_time()
    for _turn in range(10):
        fs.play_quarter(GROWTH.start, DING_AN, GROWTH, Luck(1.01, 0.97, 1.1))
    assert (time.process_time() - began) / 10 < 0.05


def test_a_thirteenth_quarter_is_refused():
    with pytest.raises(ValueError, match="quarter must be 1 to 12, got 13"):
        fs.play_quarter(replace(GROWTH.start, quarter=13), HOUSE, GROWTH)


@pytest.mark.parametrize("name", fs.LIMITS)
@pytest.mark.parametrize("value", [-51, 1_000_001, float("nan"), None, True, "7"])
def test_a_decision_outside_of_its_limits_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} must .* Decide again"):
        replace(HOUSE, **{name: value})


def test_half_an_agent_is_refused():
    with pytest.raises(ValueError, match="agents must be a whole number, got 11.5"):
        replace(HOUSE, agents=11.5)


def test_the_decisions_are_those_of_my_firm():
    known = {each.name: (each.low, each.high) for each in my_firm.DECISIONS}
    assert known == fs.LIMITS
    assert {each.name: each.chapter for each in my_firm.DECISIONS} == policies.CHAPTERS


# --- scenarios and luck


@pytest.mark.parametrize("culture", [-3.0, 0.0, 0.5, 4.0])
def test_what_is_learned_is_what_the_leaky_pipe_of_chapter_54_lets_through(culture):
    learned, applied = 0.8 * (1 - np.exp(-20 / FIRM.learning_hours)), FIRM.applied + 0.1 * culture
    pipe = training.leaky_pipe(1.0, learned, min(max(applied, 0.1), 0.8))
    assert eq.learning(20, culture) == pytest.approx(pipe["apply"])


def test_luck_is_one_on_average_and_the_same_for_the_same_seed():
    drawn = [GROWTH.luck_of(1, seed) for seed in range(3000)]
    for name, size in zip(("prospects", "problems", "defaults"), GROWTH.luck, strict=True):
        values = np.array([getattr(luck, name) for luck in drawn])
        assert abs(values.mean() - 1) < 4 * size / 3000**0.5
    assert GROWTH.luck_of(1, 9) == drawn[9] != drawn[10]
    assert GROWTH.luck_of(3, 9) != GROWTH.luck_of(4, 9)
    assert GROWTH.luck_of(3, None) == Luck(1.0, 1.0, 1.0)


def test_a_seed_replays_and_another_one_does_not():
    first, again, other = (fs.simulate_firm(HOUSE, seed=s).profits for s in (4, 4, 5))
    assert first == again and first != other


def test_the_shock_comes_and_goes():
    calm, shock = (fs.simulate_firm(DING_AN, world=w).table() for w in ("honest growth", "shock"))
    worse = (calm["bad_debts"] - shock["bad_debts"]).abs() > 1
    assert calm["quarter"][worse].tolist() == [5, 6, 7]


def test_customers_count_for_nothing_after_the_harvest():
    played = fs.simulate_firm(HOUSE, world="harvest")
    today = sum(p * 1.1 ** (-t / 4) for t, p in enumerate(played.profits, start=1))
    assert played.value == pytest.approx(today)


def test_an_unknown_scenario_names_the_three():
    with pytest.raises(ValueError, match="honest growth, harvest, shock, got 'boom'"):
        fs.simulate_firm(HOUSE, world="boom")


# --- what each decision earned


@pytest.fixture(scope="module")
def earned():
    return fs.earnings(DING_AN).set_index("decision")


def test_the_fair_shares_add_up(earned):
    gain = fs.simulate_firm(DING_AN).value - fs.simulate_firm(HOUSE).value
    assert earned["fair"].sum() == pytest.approx(gain)
    assert abs(earned["alone"].sum() - gain) > 1e6


def test_the_fair_share_is_the_mean_over_orders(earned):
    """By another road: 720 orders, one after the other."""
    import itertools

    names, total = list(fs.LIMITS), dict.fromkeys(fs.LIMITS, 0.0)
    for order in itertools.permutations(names):
        policy, before = HOUSE, fs.simulate_firm(HOUSE).value
        for name in order:
            policy = replace(policy, **{name: getattr(DING_AN, name)})
            after = fs.simulate_firm(policy).value
            total[name] += (after - before) / 720
            before = after
    assert earned["fair"].to_dict() == pytest.approx(total)


def test_alone_and_last_by_hand(earned):
    house, full = fs.simulate_firm(HOUSE).value, fs.simulate_firm(DING_AN).value
    alone = fs.simulate_firm(replace(HOUSE, training=80)).value - house
    last = full - fs.simulate_firm(replace(DING_AN, training=0)).value
    assert earned.loc["training", ["alone", "last"]].tolist() == pytest.approx([alone, last])
    assert alone > 3e6 and last < -1e6


def test_what_two_earn_together_by_hand():
    def value(**changed):
        return fs.simulate_firm(replace(HOUSE, **changed)).value

    more = value(agents=18, calls=220) - value(agents=18) - value(calls=220) + value()
    table = fs.together(DING_AN, "agents")
    assert table["calls"] == pytest.approx(more, abs=1) and more > 1e6
    assert table["training"] < -5e6 and abs(table["credit_limit"]) < 2
    assert table["training"] == fs.together(DING_AN, "training")["agents"]
    assert list(table.index) == [name for name in fs.LIMITS if name != "agents"]


def test_a_decision_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="decision must be one of calls, .*, got 'tea'"):
        fs.together(DING_AN, "tea")


def test_the_advice_holds_where_she_stands_after_three_years():
    """The chapter replays the past; begun after it, the three proposals rank the same."""
    then = replace(fs.simulate_firm(DING_AN).quarters[-1].state, quarter=1)

    def value(hours):
        state, quarters = then, []
        for _quarter in range(QUARTERS):
            quarters.append(fs.play_quarter(state, replace(DING_AN, training=hours), GROWTH))
            state = quarters[-1].state
        return policies.Played("honest growth", None, tuple(quarters)).value

    assert value(16) - 1e6 > value(0) > value(80) + 0.5e6


def test_value_is_profits_and_customers():
    played = fs.simulate_firm(HOUSE)
    assert fs.simulate_firm(HOUSE, world="harvest").value == pytest.approx(
        fs.simulate_firm(HOUSE, world="harvest").profits_today
    )
    by_hand = sum(p * 1.1 ** (-t / 4) for t, p in enumerate(played.profits, start=1))
    assert played.profits_today == pytest.approx(by_hand) and played.value > by_hand + 1e6


def test_a_decision_that_changes_nothing_earns_nothing():
    table = fs.earnings(replace(HOUSE, agents=15)).set_index("decision")
    assert table.drop(index="agents")[["alone", "last", "fair"]].abs().max(axis=None) < 1e-6


# --- the opening


def test_an_empty_file_is_filled_up_by_ding_an():
    table = fs.opening({})
    assert fs.decisions_of(table) == DING_AN and (table["whose"] == "Ding An's").all()
    pd.testing.assert_frame_equal(table, fs.opening())


def test_what_the_reader_decided_counts():
    table = fs.opening({"calls": 150.0, "price": -2.0}).set_index("decision")
    assert table.loc[["calls", "price"], "opening"].tolist() == [150, -2]
    assert (table["whose"] == "yours").sum() == 2


@pytest.mark.parametrize("wrong", [{"agents": 7.5}, {"acquisition": 45.0}, {"calls": float("nan")}])
def test_what_cannot_be_played_is_left_out(wrong):
    assert fs.decisions_of(fs.opening(wrong)) == DING_AN


# --- the benchmark


@pytest.mark.parametrize("name", fs.SCENARIOS)
def test_the_stored_benchmark_is_worth_what_it_says(name):
    best = fs.simulate_firm(fs.benchmark(name), world=name)
    assert best.value == pytest.approx(policies._stored()[name]["value"], abs=1)
    assert fs.regret(best) == 0
    for policy in (HOUSE, DING_AN):
        assert fs.regret(fs.simulate_firm(policy, world=name)) > 5e6


@pytest.mark.parametrize("name", fs.SCENARIOS)
def test_no_single_step_makes_the_benchmark_better(name):
    best = fs.benchmark(name)
    value = fs.simulate_firm(best, world=name).value
    for quarter, (decision, (_coarse, fine)) in enumerate(2 * list(policies.STEPS.items())):
        for step in (fine, -fine):
            _rows, other = policies._moved(best, [quarter], decision, step, name)
            assert other <= value + 1


def test_regret_compares_the_same_number_of_quarters():
    begun = fs.simulate_firm(fs.benchmark()[:3])
    assert fs.regret(begun) == 0 and len(begun.quarters) == 3


def test_a_search_finds_its_way_up(monkeypatch):
    monkeypatch.setattr(policies, "STEPS", {"agents": (2, 1)})
    monkeypatch.setattr(policies, "NAMES", ("agents",))
    found = policies._climbed((DING_AN,) * QUARTERS, [range(QUARTERS)], 1, "honest growth")
    values = {n: fs.simulate_firm(replace(DING_AN, agents=n)).value for n in range(11, 24)}
    assert found[0].agents == max(values, key=values.get)


# --- runs


@pytest.fixture
def run():
    return fs.Run("An Ran", "shock", 5, (DING_AN,) * QUARTERS)


def test_a_run_comes_back_as_it_was_saved(run, tmp_path):
    path = run.save(tmp_path / "an.json")
    assert fs.load_run(path) == run
    assert fs.load_run(path).played.value == run.played.value
    assert [each.name for each in tmp_path.iterdir()] == ["an.json"]


def test_a_run_grows_and_goes_back():
    run = fs.Run().next(HOUSE).next(DING_AN)
    assert run.back().decisions == (HOUSE,) and not run.finished
    assert run.played.profits[0] == run.back().played.profits[0]
    assert fs.Run().played is None and fs.Run().table().empty


def test_a_saved_run_holds_no_result_that_counts(run, tmp_path):
    content = json.loads(run.save(tmp_path / "an.json").read_text())
    assert set(content) == {"kind", "schema", "player", "world", "seed", "decisions", "digest"}


def changed(path, **change):
    content = json.loads(path.read_text()) | change
    path.write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"player": "Bo"}, "an.json must be as it was saved, got digest"),
        ({"schema": 2}, "an.json must have schema 1, got 2. Update the course"),
        ({"kind": "shopping"}, "an.json must be a saved run, got something else"),
        ({"world": "boom"}, "an.json must hold a run, got: scenario must be one of"),
        ({"decisions": [{"calls": 2000}]}, "an.json must hold a run, got: calls must lie between"),
        ({"decisions": [{"colour": 1}]}, "an.json must hold a run, .* Save it again from the co"),
        ({"seed": -1}, "an.json must hold a run, got: seed must be"),
        ({"player": "x" * 81}, "an.json must hold a run, got: player must be a name"),
    ],
)
def test_a_damaged_run_is_refused(run, tmp_path, change, said):
    path = changed(run.save(tmp_path / "an.json"), **change)
    with pytest.raises(ValueError, match=said):
        fs.load_run(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", pytest.param("[" * 100_000, id="deep")])
def test_what_is_no_run_is_refused(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="x.json must be a saved run"):
        fs.load_run(path)


def test_a_save_that_fails_leaves_the_old_file(run, tmp_path, monkeypatch):
    path = run.save(tmp_path / "an.json")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        fs.Run("Bo").save(path)
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_grades_run_from_the_old_policy_to_the_benchmark():
    def points(policy, world="honest growth"):
        return fs.grade_run(fs.Run("", world, None, tuple(policy)))

    assert points(fs.benchmark()) == 100 and points([HOUSE] * 12) == 0
    assert points([replace(HOUSE, acquisition=0)] * 12) == 0
    gain = fs.simulate_firm(DING_AN).value - fs.simulate_firm(HOUSE).value
    way = fs.simulate_firm(fs.benchmark()).value - fs.simulate_firm(HOUSE).value
    assert points([DING_AN] * 12) == pytest.approx(100 * gain / way, abs=0.06)
    assert np.isnan(points([DING_AN] * 11))


def test_a_class_is_compared_with_what_could_not_be_read(run, tmp_path):
    run.save(tmp_path / "an.json")
    replace(run, player="Bo", decisions=run.decisions[:4]).save(tmp_path / "bo.json")
    replace(run, player="Ce", decisions=fs.benchmark("shock")).save(tmp_path / "ce.json")
    (tmp_path / "dd.json").write_text("{")
    table = fs.compare_runs(tmp_path)
    assert set(table["player"]) == {"An Ran", "Bo", "Ce", "dd"}
    rows = table.set_index("player")
    assert rows.loc["Ce", "points"] == 100 > rows.loc["An Ran", "points"] > 50
    assert rows.loc["Bo", "note"] == "4 of 12 quarters" and np.isnan(rows.loc["Bo", "points"])
    assert "must be a saved run" in rows.loc["dd", "note"]
    assert fs.compare_runs([run])["regret"].item() == pytest.approx(fs.regret(run.played))


# --- the cockpit


@pytest.fixture
def game():
    return fs.play_firm(seed=None, opening=DING_AN)


def dial(game, name):
    """The slider and the box of a decision on the page, and what is said."""
    label = name.replace("_", " ").capitalize()
    rows = [row.children[0] for row in game.live.children[1:7]]
    return next(row.children for row in rows if row.children[0].description == label)


def button(game, words):
    return next(each for each in game.live.children[7].children if each.description == words)


def said(game):
    return game.live.children[8].value


def test_the_button_plays_with_what_the_controls_say(game):
    slider, box = dial(game, "agents")
    assert slider.value == 18 and box.tooltip == "Agents"
    slider.value = 20
    button(game, "Play the quarter").click()
    assert game.run.decisions == (replace(DING_AN, agents=20),)
    profit = fs.simulate_firm(game.run.decisions).profits[0]
    assert f"Quarter 1: profit ¥{profit:,.0f}" in said(game) and 'role="status"' in said(game)


def test_a_quarter_can_be_taken_back(game):
    play, back = button(game, "Play the quarter"), button(game, "Take it back")
    assert back.disabled
    play.click()
    back.click()
    assert game.run.decisions == () and "Nothing has been played" in said(game)


def test_the_game_ends_with_regret_and_points(game):
    play = button(game, "Play the quarter")
    for _quarter in range(QUARTERS):
        play.click()
    assert play.disabled and game.over
    assert game.sentence == game.next_quarter()
    lost = fs.regret(fs.simulate_firm(DING_AN)) / 1e6
    assert f"regret ¥{lost:.1f} million, 64 of 100 points" in said(game)


def test_agents_are_whole_on_the_page_and_what_is_unknown_is_not_decided(game):
    slider, _box = dial(game, "agents")
    assert type(slider).__name__ == "IntSlider"
    with pytest.raises(ValueError, match="decision must be one of"):
        game.decide(colour=3)
    assert game.run.decisions == ()


def test_the_run_is_saved_by_a_button_and_played_on(game, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    button(game, "Play the quarter").click()
    button(game, "Save").click()
    assert "Saved as my_run.json." in said(game)
    again = fs.play_on(fs.load_run("my_run.json"))
    assert again.run == game.run and again.dials == DING_AN and not again.over


def test_what_is_hidden_is_shown_on_demand(game):
    game.next_quarter()
    assert "culture" not in game.table()
    button(game, "Show what was hidden").value = True
    assert "culture" in game.table() and "Culture" in game.live.children[9].value


def test_three_faces_say_the_same(game):
    game.next_quarter()
    data = game._repr_mimebundle_()
    profit = f"{game.run.played.profits[0]:,.0f}"
    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert profit in data["text/plain"] and profit in data["text/html"]
    assert "<caption" in data["text/html"] and "alt=" in data["text/html"]


def test_a_turn_of_the_page_answers_within_a_third_of_a_second(game):
    play = button(game, "Play the quarter")
    seconds = []
    for _turn in range(4):
        began = time.process_time()
        play.click()
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.3


def test_the_picture_tells_nothing_of_the_luck_to_come(game):
    game.next_quarter()
    game.next_quarter()
    html = game._html()
    house = fs.simulate_firm((HOUSE, HOUSE)).profits[-1] / 1e6
    assert f"the firm as it was: ¥{house:.2f}" in html


def test_an_opening_beyond_the_usual_range_widens_it():
    game = fs.play_firm(opening=replace(HOUSE, agents=300, price=-40))
    assert dial(game, "agents")[0].max == 300 and dial(game, "price")[0].min == -40


@pytest.mark.parametrize(
    ("change", "claims"),
    [({}, []), ({"acquisition": 0.1}, ["CL-01"]), ({"training": 100, "price": -8},
     ["CL-11", "CL-20"])],
)  # fmt: skip
def test_a_claim_is_shown_where_a_decision_rests_on_it(change, claims):
    from crm_course.learning.claims import card

    assert fs.weak_claims(replace(HOUSE, **change)) == claims
    game = fs.play_firm(opening=replace(HOUSE, **change), card=card)
    game.next_quarter()
    assert [id for id in ("CL-01", "CL-11", "CL-20") if id in game._html()] == claims


# --- the blind quarter


def test_a_blind_quarter_is_kept_and_found_again(tmp_path):
    path = tmp_path / "blind.json"
    game = fs.play_blind(path)
    game.decide(agents=3)
    assert "Profit of the quarter: ¥" in game.next_quarter() and game.over
    assert fs.blind_run(path).decisions == (replace(HOUSE, agents=3),)
    assert "Profit of the quarter" in game._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("text", [None, "", "{", '{"kind": "other"}'])
def test_without_a_blind_quarter_it_is_the_firm_as_it_was(tmp_path, text):
    path = tmp_path / "blind.json"
    if text is not None:
        path.write_text(text)
    assert fs.blind_run(path).decisions == (HOUSE,)


def test_a_longer_run_is_no_blind_quarter(tmp_path):
    path = fs.Run("", "honest growth", None, (DING_AN,) * 2).save(tmp_path / "blind.json")
    assert fs.blind_run(path).decisions == (HOUSE,)


def test_the_blind_table_puts_policies_side_by_side():
    table = fs.blind_table(fs.Run("", "honest growth", None, (HOUSE,)), {"Ding An": DING_AN})
    assert table.loc["Ding An", "agents"] == 18
    profits = [fs.simulate_firm((each,)).profits[0] for each in (HOUSE, DING_AN)]
    assert table["profit"].tolist() == pytest.approx(profits)


# --- pictures


def test_training_turns_where_the_explorer_says():
    signs = [fs.training_gain(n, 80) > 0 for n in range(11, 19)]
    assert signs == [True] * 6 + [False] * 2
    several = fs.training_gain(13, [0, 80])
    assert several.tolist() == pytest.approx([0, fs.training_gain(13, 80)])
    explorer = fs.explore_training()
    assert explorer.move(agents=17).startswith("17 agents: 80 hours of training lose")


def test_the_pictures_show_the_numbers(earned):
    ax = fs.plot_earnings(earned.reset_index())
    widths = [bar.get_width() for bar in ax.patches]
    assert widths[:6] == pytest.approx((earned["alone"] / 1e6).tolist())
    ax = fs.plot_profits({"her": fs.simulate_firm(DING_AN)})
    assert ax.lines[0].get_ydata()[-1] == pytest.approx(fs.simulate_firm(DING_AN).profits[-1] / 1e6)
