from functools import cache

import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, figures
from crm_course.customers import customer_care as care
from crm_course.organization import process
from crm_course.organization.process.bench import PLANS


@pytest.fixture(scope="module")
def log():
    return datasets.load("event_log")


@pytest.fixture(scope="module")
def cases():
    return datasets.load("repair_cases")


@pytest.fixture(scope="module")
def repairs(log, cases):
    return process.case_times(log).merge(cases).query("region == 'B'")


@cache
def hall(per_hour=0.65, minutes=90.0, **how):
    return process.simulate_bench(per_hour, minutes, **how)


def two_cases():
    """A case that goes round once, and one that is never closed; the rows are mixed."""
    rows = [
        (2, "receive", 0.0, 1.0), (2, "check", 5.0, 6.0),
        (1, "receive", 0.0, 1.0), (1, "check", 2.0, 3.0),
        (1, "receive", 7.0, 8.0), (1, "check", 8.5, 9.0), (1, "close", 10.0, 10.5),
    ]  # fmt: skip
    log = pd.DataFrame(rows, columns=["case_id", "activity", "started_at", "ended_at"])
    for name in ("started_at", "ended_at"):
        log[name] = pd.Timestamp("2025-01-01") + pd.to_timedelta(log[name], unit="h")
    return log.iloc[::-1]


# --- one bench


def test_the_published_numbers_of_one_server():
    queue = process.one_server(8, 10)
    assert (queue.busy, queue.number, queue.time) == pytest.approx((0.8, 4, 0.5))
    assert process.one_server(8, 12.5).time == pytest.approx(0.2222, abs=5e-5)


@pytest.mark.parametrize("come", [0.1, 0.4, 0.65])
def test_one_server_is_erlang_s_formula_with_one_agent(come):
    wait = care.erlang_c(come, 90 * 60, 1).average_wait_seconds / 3600
    assert process.one_server(come, 60 / 90).time == pytest.approx(wait + 1.5)


@pytest.mark.parametrize("come", [1, 5, 9.9])
def test_the_share_of_work_is_the_share_of_idle_time(come):
    queue = process.one_server(come, 10)
    assert (1 / 10) / queue.time == pytest.approx(1 - queue.busy)


@pytest.mark.parametrize("come", [10, 11])
def test_a_bench_without_spare_time_has_no_end(come):
    assert process.one_server(come, 10) == process.OneServer(1.0, np.inf, np.inf)


@pytest.mark.parametrize(("come", "done"), [(-1, 10), (8, 0)])
def test_rates_that_cannot_be_are_refused(come, done):
    with pytest.raises(ValueError, match=f"rates must be cases for a unit of time, got {come}, "):
        process.one_server(come, done)


@pytest.mark.parametrize("minutes", [90.0, 87.75])
def test_the_simulator_is_lindley_s_recursion(minutes):
    found = hall(0.65, minutes)
    luck = np.random.default_rng(89)
    came = np.cumsum(luck.exponential(1 / 0.65, len(found)))
    work = luck.exponential(minutes / 60, len(found))
    done, free = [], 0.0
    for arrival, minutes_on_the_bench in zip(came, work, strict=True):
        free = max(arrival, free) + minutes_on_the_bench
        done.append(free)
    np.testing.assert_allclose(found["came"], came)
    np.testing.assert_allclose(found["done"], done)


def test_the_simulator_agrees_with_the_formula_where_there_is_time_to_spare():
    found = hall(0.4, seed=3, machines=20_000)
    busy = 0.4 * 1.5
    error = np.sqrt(2 * (1 + busy) / (1 - busy) ** 2 / len(found))  # of a mean over so many, M/M/1
    stay = (found["done"] - found["came"]).mean()
    assert stay == pytest.approx(process.one_server(0.4, 60 / 90).time, rel=3 * error)


def test_steady_work_halves_the_waiting_in_the_long_run():
    found = hall(0.4, seed=3, machines=20_000, steady=True)
    assert (found["done"] - found["begun"]).to_numpy() == pytest.approx(1.5)
    waited = process.one_server(0.4, 60 / 90).time - 1.5
    assert (found["begun"] - found["came"]).mean() == pytest.approx(waited / 2, rel=0.05)


def test_who_was_there_by_hand():
    assert process.others_on_arrival([0, 1, 2, 9], [5, 3, 6, 10]).tolist() == [0, 1, 2, 0]
    assert process.others_on_arrival([0, 5], [5, 6]).tolist() == [0, 0]


def test_little_s_law_holds_in_the_simulator():
    found = hall(0.4, seed=3, machines=20_000)
    stay = (found["done"] - found["came"]).mean()
    rate = len(found) / found["came"].max()
    others = process.others_on_arrival(found["came"], found["done"]).mean()
    assert others == pytest.approx(rate * stay, rel=0.03)  # chance arrivals see the mean


# --- four plans


def test_the_program_pays_alone_and_not_after_the_question():
    cost = process.bench_costs()["cost"]
    assert cost["program"] < cost["today"] and cost["ask first"] < cost["today"]
    assert cost["both"] > cost["ask first"]
    assert cost.round().tolist() == [351, 273, 96, 185]


def test_what_a_day_costs_by_hand():
    costs = process.bench_costs(12, loan=5, program=70, question=1)
    standing = 0.45 / (60 / 87.75 - 0.45)
    assert costs.loc["both", "standing"] == pytest.approx(standing)
    assert costs.loc["both", "cost"] == pytest.approx(5 * standing + 70 + 12)
    assert costs.loc["ask first", "cost"] == pytest.approx(5 * 0.45 / (60 / 90 - 0.45) + 12)
    assert list(costs.index) == list(PLANS)


def test_who_sends_fewer_home_saves_less():
    few, many = (process.bench_costs(sent_home=share)["cost"] for share in (0.02, 0.2))
    come = 0.65 * 0.98
    assert few["ask first"] == pytest.approx(9 * come / (60 / 90 - come) + 31.2)
    assert few["ask first"] > many["ask first"] and few["today"] == many["today"]
    assert few["ask first"] < few["program"]  # 2 of 100 are enough


def test_beyond_16_machines_a_day_the_old_bench_has_no_end():
    cost = process.bench_costs(16.0)["cost"]
    assert cost["today"] == np.inf and np.isfinite(cost["program"])


def test_the_program_pays_from_17_2_machines_a_day_on():
    explorer = process.explore_plans()
    assert explorer.move(machines_a_day=17.0).endswith("the program does not pay.")
    assert explorer.move(machines_a_day=17.2).endswith("the program pays.")


# --- a log


def test_times_of_two_cases_by_hand():
    found = process.case_times(two_cases()).set_index("case_id")
    assert found["lead_hours"].tolist() == [10.5, 6]
    assert found["work_hours"].tolist() == [4, 2]
    assert found["closed"].tolist() == [True, False]


def test_hours_by_activity_by_hand():
    found = process.hours_by_activity(two_cases())
    assert found.loc["receive"].tolist() == pytest.approx([1.5, 4 / 2, 1.5])
    assert found.loc["check"].tolist() == pytest.approx([1.5, (4 + 1 + 0.5) / 2, 2.5 / 2])


def test_the_hours_of_the_activities_are_the_hours_of_the_cases(log, cases):
    found = process.hours_by_activity(log)
    times = process.case_times(log)
    assert found["work_hours"].sum() == pytest.approx(times["work_hours"].mean())
    assert found[["wait_hours", "work_hours"]].sum().sum() == pytest.approx(
        times["lead_hours"].mean()
    )


def test_what_follows_what_by_hand():
    found = process.directly_follows(two_cases()).set_index(["activity", "then"])
    assert found["cases"].to_dict() == {
        ("receive", "check"): 3, ("check", "receive"): 1, ("check", "close"): 1,
        ("close", "end"): 1, ("check", "end"): 1,
    }  # fmt: skip
    assert found.loc[("receive", "check"), "wait_hours"] == pytest.approx((1 + 0.5 + 4) / 3)


def test_what_comes_into_an_activity_goes_out_again(log):
    follows = process.directly_follows(log)
    out, into = follows.groupby("activity")["cases"].sum(), follows.groupby("then")["cases"].sum()
    assert into["end"] == log["case_id"].nunique() == out["receive"]
    middle = out.index.drop("receive")
    assert out[middle].equals(into[middle].rename_axis("activity"))


def test_the_rounds_of_the_map_are_the_repairs_that_did_not_hold(log, cases):
    follows = process.directly_follows(log).set_index(["activity", "then"])["cases"]
    assert follows[("check", "schedule")] == (~cases["first_time_fix"]).sum()


def test_in_a_queue_each_other_one_costs_its_own_work():
    found = hall()
    table = process.stay_by_others(found["came"], found["done"], step=20)
    slope = np.polyfit(table["others"], table["stay_hours"], 1)[0]
    assert slope == pytest.approx(1.5, rel=0.1)


def test_repairs_do_not_wait_for_each_other(repairs):
    others = process.others_on_arrival(repairs["came"], repairs["left"])
    assert abs(np.corrcoef(others, repairs["lead_hours"])[0, 1]) < 4 / np.sqrt(len(repairs))
    table = process.stay_by_others(repairs["came"], repairs["left"], step=5)
    assert np.ptp(table["stay_hours"]) < 10
    assert table["cases"].min() >= 100


# --- a share over time


def test_rolled_yield_and_limits_of_the_textbook():
    assert process.rolled_yield([0.95, 0.90, 0.98, 0.92]) == pytest.approx(0.7709, abs=5e-5)
    assert process.p_limits(0.08, 200) == pytest.approx((0.0225, 0.1375), abs=5e-5)
    assert process.p_limits(0.02, 20)[0] == 0


@pytest.mark.parametrize(("call", "words"), [
    (lambda: process.rolled_yield([0.9, 95]), "a yield must lie between 0 and 1, got 95"),
    (lambda: process.p_limits(8, 200), "p must lie between 0 and 1, and n above 0, got 8, 200"),
    (lambda: process.p_limits(0.08, 0), "got 0.08, 0"),
])  # fmt: skip
def test_shares_that_cannot_be_are_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_chart_by_hand():
    flags = [True] * 8 + [False] * 2
    rows = pd.DataFrame({"month": [1] * 10 + [2] * 10 + [3] * 4,
                         "fixed": flags + [False] * 10 + [True] * 4})  # fmt: skip
    chart = process.p_chart(rows, flag="fixed", until=1)
    assert chart["month"].tolist() == [1, 2]
    assert chart["outside"].tolist() == [False, True]
    assert chart["centre"].tolist() == [0.8, 0.8]
    assert chart["low"].iloc[0] == pytest.approx(0.8 - 3 * np.sqrt(0.016))


def test_the_chart_misses_what_happened_and_reports_what_did_not(cases):
    b = process.p_chart(cases.query("region == 'B'"))
    assert b.loc[b["outside"], "month"].tolist() == [26, 27]
    a = process.p_chart(cases.query("region == 'A'"))
    assert a.loc[a["outside"], "month"].tolist() == [12]
    above = a.assign(above=a["share"] > a["centre"]).set_index("month")["above"]
    assert above.loc[13:18].sum() == 6 and above.loc[19:].sum() == 16  # before it began, too


def test_a_chart_seldom_cries_where_nothing_happens():
    rng = np.random.default_rng(2)
    alarms = 0
    for _world in range(60):
        rows = pd.DataFrame({"month": np.repeat(np.arange(1, 31), 100),
                             "first_time_fix": rng.random(3000) < 0.7})  # fmt: skip
        alarms += process.p_chart(rows, until=30)["outside"].sum()
    assert alarms / 1800 < 0.01


def test_the_four_ways_have_two_jobs_each():
    methods = ("diagnose", "redesign", "standardise", "monitor")
    assert process.jobs()["method"].value_counts().to_dict() == dict.fromkeys(methods, 2)


# --- what every measure owes


def test_tables_are_left_as_they_were(log, cases):
    before = log.copy(), cases.copy()
    process.case_times(log)
    process.hours_by_activity(log)
    process.plot_map(process.directly_follows(log))
    process.plot_chart(process.p_chart(cases))
    for old, now in zip(before, (log, cases), strict=True):
        pd.testing.assert_frame_equal(now, old)


@pytest.mark.parametrize("measure", [
    process.case_times, process.hours_by_activity, process.directly_follows,
])  # fmt: skip
def test_a_missing_column_is_named(log, measure):
    with pytest.raises(ValueError, match=r"event_log lacks the column\(s\) ended_at"):
        measure(log.drop(columns="ended_at"))


def test_a_chart_without_its_flag_is_named(cases):
    with pytest.raises(ValueError, match=r"cases lacks the column\(s\) fixed"):
        process.p_chart(cases, flag="fixed")


def test_pictures_say_what_they_show(log, cases):
    said = figures.sentence(process.plot_stay().figure)
    assert "stays 60.0 hours" in said and said.endswith("stays 29.6.")
    said = figures.sentence(process.plot_map(process.directly_follows(log)).figure)
    assert said == "4,169 cases run from receive to end; 1,111 times one goes back."
    said = figures.sentence(process.plot_map(process.directly_follows(two_cases())).figure)
    assert said == "2 cases run from receive to end; 1 times one goes back."
    assert "1,111\\n28 h" in repr(figures.describe(
        process.plot_map(process.directly_follows(log)).figure))  # fmt: skip
    axes = process.plot_chart(process.p_chart(cases), place="region B")
    assert axes.get_title(loc="left") + axes.get_title() == "A share, month by month, region B"
    said = figures.sentence(axes.figure)
    assert "outside the limits" in said
    drawn = figures.describe(process.plot_plans(17.0).figure)
    assert drawn.count("grows without end") == 2


def test_what_ends_before_it_begins_is_refused():
    for done in ([1, 2], [3]):
        with pytest.raises(ValueError, match="done must be later than came for each case"):
            process.others_on_arrival([1, 1], done)
    log = two_cases()
    log.loc[3, "ended_at"] = log.loc[3, "started_at"] - pd.Timedelta(hours=1)
    with pytest.raises(ValueError, match="ended_at'. must not lie before started_at, .* in row 3"):
        process.case_times(log)
