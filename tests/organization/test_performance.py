import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course import datasets
from crm_course.customers.retention import retention_rate
from crm_course.datagen.scenario import Scenario
from crm_course.organization import performance

KPIS = Scenario().kpis
WINDOW = pd.DataFrame({"month": [1, 2], "start": [100, 190], "new": [100, 100], "end": [190, 271]})


@pytest.fixture(scope="module")
def kpis():
    return datasets.load("kpis")


@pytest.fixture(scope="module")
def budget(kpis):
    return kpis[kpis["segment"] == "budget"]


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_kpis", truth=True)


# --- churn and retention of a window


def test_three_sheets_by_hand():
    sheets = performance.churn_sheets(WINDOW)
    assert sheets["leavers"].tolist() == [29, 29, 29]
    assert sheets["base"].tolist() == [100, 185.5, 290]
    assert sheets["churn"].tolist() == pytest.approx([0.29, 29 / 185.5, 0.1])
    assert (1 - sheets["a_month"][0]) ** 2 == pytest.approx(0.71)
    assert sheets["a_month"][2] == pytest.approx(0.1)


def test_a_churn_above_one_has_no_month(budget):
    year = performance.churn_sheets(budget[budget["month"] <= 24])
    assert year["churn"][0] > 4 and np.isnan(year["a_month"][0])


def test_windows_by_hand():
    windows = performance.retention_windows(WINDOW, most=2)
    assert windows["formula"].tolist() == pytest.approx([0.9, 0.71])
    assert windows["chained"].tolist() == pytest.approx([0.9, 0.9 * 171 / 190])


def test_one_month_is_the_retention_rate_of_chapter_21(budget):
    first = performance.retention_windows(budget, most=1).iloc[0]
    row = budget.iloc[0]
    known = retention_rate(int(row["start"]), int(row["new"]), int(row["end"]))
    assert first["formula"] == first["chained"] == pytest.approx(known)


def test_with_nobody_won_both_roads_agree():
    alone = pd.DataFrame({"month": [1, 2, 3], "start": [100, 80, 60], "new": 0,
                          "end": [80, 60, 30]})  # fmt: skip
    windows = performance.retention_windows(alone, most=3)
    assert windows["formula"].tolist() == pytest.approx(windows["chained"].tolist())


def test_the_chain_finds_the_truth_where_the_formula_does_not(kpis, truth):
    found = performance.window_retention(kpis, first=13).set_index("segment")
    for plan, rows in truth[truth["month"] <= 24].groupby("segment"):
        true = rows["retention_true"].prod()
        starts = kpis[(kpis["segment"] == plan) & (kpis["month"] <= 24)]["start"]
        error = true * np.sqrt(((1 - rows["retention_true"].to_numpy())
                                / rows["retention_true"].to_numpy() / starts).sum())  # fmt: skip
        assert abs(found.loc[plan, "chained"] - true) < 4 * error, plan
    assert found.loc["budget", "formula"] < -3


def test_a_window_must_be_in_the_table(budget):
    with pytest.raises(ValueError, match="most must be within the table, got 12 months from"):
        performance.retention_windows(budget, first=30)


def test_the_error_names_the_column(kpis):
    for measure in (performance.churn_sheets, performance.retention_windows,
                    performance.window_retention, performance.six_numbers,
                    performance.fit_lead, performance.growth_factors):  # fmt: skip
        with pytest.raises(ValueError, match="start"):
            measure(kpis.drop(columns="start"))


def test_an_empty_plan_is_refused():
    with pytest.raises(ValueError, match="customers at the start of every month"):
        performance.churn_sheets(WINDOW.assign(start=[0, 190]))


def test_worth_is_the_sum_of_what_is_expected():
    stays = 0.93 ** np.arange(2000) / 1.01 ** np.arange(2000)
    assert performance.customer_worth(50, 0.07) == pytest.approx(50 * stays.sum())


# --- the six numbers


def test_six_numbers_by_hand():
    tiny = pd.DataFrame({
        "segment": ["a", "b"], "month": 1, "start": [300, 100], "new": [40, 20],
        "end": [310, 100], "answers": 100, "csat_mean": [4.0, 3.0], "promoters": [50, 10],
        "detractors": [10, 40], "revenue": [30_000.0, 10_000.0],
    })  # fmt: skip
    six = performance.six_numbers(tiny, crm_cost={"people": 1000, "money": 1400}, spread=1)
    six = six.set_index("indicator")
    assert six["value"].drop("profitability").tolist() == pytest.approx(
        [3.75, 22.5, 350 / 400, 0.15, 0.06])  # fmt: skip
    assert six["other"].drop("profitability").tolist() == pytest.approx(
        [3.5, 5.0, 350 / 400, 0.025, 0.24])  # fmt: skip
    assert six.loc["profitability", "value"] == pytest.approx(25 * 1.01 / (0.01 + 0.125))
    assert six.loc["satisfaction", "standard_error"] == pytest.approx(
        np.sqrt(0.75**2 / 100 + 0.25**2 / 100))  # fmt: skip
    assert six.loc["retention", "standard_error"] == pytest.approx(np.sqrt(7 / 64 / 400))


def test_the_error_of_a_worth_is_that_of_its_churn(kpis):
    quarter = kpis[kpis["month"] >= 34]
    six = performance.six_numbers(quarter).set_index("indicator")
    pay = 0.25 * quarter["revenue"].sum() / quarter["start"].sum()
    churn = 1 - six.loc["retention", "value"]
    step = six.loc["retention", "standard_error"] / 100
    moved = performance.customer_worth(pay, churn - step) - performance.customer_worth(pay, churn)
    assert six.loc["profitability", "standard_error"] == pytest.approx(100 * moved, rel=1e-3)


def test_the_recommendation_of_one_plan_is_the_score_of_chapter_23(kpis):
    from crm_course.customers.customer_care import net_promoter_score

    row = kpis[(kpis["segment"] == "budget") & (kpis["month"] == 30)]
    good, bad, all_ = (int(row[name].item()) for name in ("promoters", "detractors", "answers"))
    known = net_promoter_score([10] * good + [0] * bad + [8] * (all_ - good - bad))
    six = performance.six_numbers(row).set_index("indicator").loc["loyalty"]
    assert (six["value"], six["standard_error"]) == pytest.approx(
        (known.score, known.standard_error))  # fmt: skip


def test_quarters_are_windows_of_three_months(kpis):
    quarters = performance.six_by_quarter(kpis)
    assert quarters.index.tolist() == list(range(1, 9))
    last = performance.six_numbers(kpis[kpis["month"] >= 34])
    assert quarters.loc[8].tolist() == pytest.approx(last["value"].tolist())


def test_quarters_begin_with_the_first_month(kpis):
    assert performance.six_by_quarter(kpis, first=16).index.tolist() == list(range(1, 8))


def test_a_retention_below_nothing_has_no_month(budget):
    other = performance.six_numbers(budget).set_index("indicator")["other"]
    assert other[["retention", "profitability"]].isna().all() and other.isna().sum() == 2


# --- growth, mix, one number


def test_growth_of_the_brief():
    before = {"customers": 1000, "frequency": 4, "value": 50}
    parts = performance.growth_decomposition(
        before, {"customers": 1050, "frequency": 3.8, "value": 54})  # fmt: skip
    assert parts.loc["total", ["before", "after"]].tolist() == pytest.approx([200_000, 215_460])
    assert parts["share"].tolist() == pytest.approx([0.655, -0.689, 1.034, 1.0], abs=5e-4)
    assert parts["log_growth"].iloc[:-1].sum() == pytest.approx(parts.loc["total", "log_growth"])


def test_growth_that_cancels_has_no_shares():
    parts = performance.growth_decomposition({"a": 2, "b": 3}, {"a": 3, "b": 2})
    assert parts["share"].isna().all()


def test_growth_wants_the_same_factors_above_nothing():
    for after in ({"a": 2, "c": 3}, {"a": 2, "b": 0}):
        with pytest.raises(ValueError, match="must hold the same factors, all above 0"):
            performance.growth_decomposition({"a": 2, "b": 3}, after)


def test_mix_adds_up_and_finds_both_alone(kpis):
    first, last = (performance.by_plan(kpis[kpis["month"].isin(months)])
                   for months in ((13, 14, 15), (34, 35, 36)))  # fmt: skip
    parts = performance.mix_decomposition(first, last)
    means = [np.average(each["value"], weights=each["weight"]) for each in (first, last)]
    assert parts.loc["all", "together"] == pytest.approx(means[1] - means[0])
    assert parts.drop("all").sum().tolist() == pytest.approx(parts.loc["all"].tolist())
    assert (parts["within"] > 0).all() and parts.loc["all", "mix"] < -0.3
    only_mix = performance.mix_decomposition(first, first.assign(weight=last["weight"]))
    assert only_mix["within"].tolist() == [0, 0, 0, 0]
    only_within = performance.mix_decomposition(first, first.assign(value=last["value"]))
    assert only_within["mix"].tolist() == pytest.approx([0, 0, 0, 0])


def test_mix_wants_the_same_segments():
    table = pd.DataFrame({"segment": ["a"], "value": [1.0], "weight": [1]})
    with pytest.raises(ValueError, match="must have the same segments"):
        performance.mix_decomposition(table, table.assign(segment="b"))


def test_mix_wants_each_segment_once():
    twice = pd.DataFrame({"segment": ["a", "a"], "value": [1.0, 2.0], "weight": [1, 1]})
    with pytest.raises(ValueError, match="segments, each once, got .'a', 'a'. and .'a', 'b'"):
        performance.mix_decomposition(twice, twice.assign(segment=["a", "b"]))


def test_index_of_the_brief():
    row = pd.DataFrame({"a": [80], "b": [72], "c": [90], "d": [65]})
    weights = {"a": 0.3, "b": 0.3, "c": 0.2, "d": 0.2}
    assert performance.composite_index(row, weights=weights).item() == pytest.approx(76.6)


def test_index_on_three_scales():
    table = pd.DataFrame({"good": [1.0, 2, 3], "bad": [10.0, 30, 20]})
    both = {"weights": {"good": 0.5, "bad": 0.5}, "lower_is_better": ("bad",)}
    assert performance.composite_index(table, scale="range", **both).tolist() == [50, 25, 75]
    z = performance.composite_index(table, scale="z", **both)
    assert z.sum() == pytest.approx(0) and z[2] == pytest.approx(np.sqrt(1.5) / 2)
    assert table["bad"].tolist() == [10, 30, 20]


def test_index_says_what_is_wrong():
    table = pd.DataFrame({"a": [1.0], "b": [2.0]})
    with pytest.raises(ValueError, match=r"none for \['c'\]"):
        performance.composite_index(table, weights={"a": 0.5, "c": 0.5})
    with pytest.raises(ValueError, match="add up to 1"):
        performance.composite_index(table, weights={"a": 0.5, "b": 0.6})
    with pytest.raises(ValueError, match="scale must be one of"):
        performance.composite_index(table, weights={"a": 1}, scale="rank")


def test_index_needs_complete_columns_that_differ():
    table = pd.DataFrame({"a": [1.0, 3], "same": [0.1, 0.1], "gap": [1, np.nan]})
    half = {"a": 0.5, "same": 0.5}
    found = performance.composite_index(table, weights=half, scale="z")
    assert found.tolist() == pytest.approx([-0.5, 0.5])
    with pytest.raises(ValueError, match="rows that are alike in .'same'"):
        performance.composite_index(table, weights=half, scale="range")
    with pytest.raises(ValueError, match="table must be complete, got missing values in .'gap'"):
        performance.composite_index(table, weights={"gap": 1})
    with pytest.raises(ValueError, match="lower_is_better must have weights, got .'typo'"):
        performance.composite_index(table, weights=half, lower_is_better=["typo"])


def test_factors_multiply_to_the_revenue_of_a_month(kpis):
    factors = performance.growth_factors(kpis)
    assert np.prod(list(factors.values())) == pytest.approx(kpis["revenue"].sum() / 24)


# --- satisfaction, interviews, surveys for money


def test_lead_is_that_of_statsmodels_and_nearly_the_truth(kpis):
    web = kpis[kpis["survey"] == "web"]
    lead = performance.fit_lead(web)
    retention = (web["end"] - web["new"]) / web["start"]
    rows = web.assign(retention=retention, weight=web["start"] / retention / (1 - retention))
    earlier = web[["segment", "csat_mean"]].assign(month=web["month"] + 1)
    pairs = rows.drop(columns="csat_mean").merge(earlier, on=["segment", "month"])
    design = pd.get_dummies(pairs["segment"], dtype=float).assign(before=pairs["csat_mean"])
    fit = sm.WLS(pairs["retention"], design, weights=pairs["weight"]).fit()
    assert lead.slope == pytest.approx(fit.params["before"])
    assert lead.standard_error == pytest.approx(fit.bse["before"])
    assert lead.slope == pytest.approx(KPIS.effect, rel=0.1)
    assert performance.fit_lead(kpis).slope < lead.slope / 2


def test_a_lead_needs_months_in_a_row(kpis):
    with pytest.raises(ValueError, match="months in a row"):
        performance.fit_lead(kpis[kpis["month"] == 20])


def test_a_lead_says_nothing_of_a_month_that_nobody_left(budget):
    nobody = budget["month"] == 20
    kept = budget.assign(end=budget["end"].mask(nobody, budget["start"] + budget["new"]))
    with pytest.raises(ValueError, match="in every month, got 1 of budget in month 20. Leave"):
        performance.fit_lead(kept)


def test_a_problem_is_heard_as_often_as_in_a_simulation():
    rng = np.random.default_rng(55)
    told = (rng.random((20_000, 12)) < 0.1).any(axis=1).mean()
    assert performance.heard(0.1, 12) == pytest.approx(told, abs=0.015)
    with pytest.raises(ValueError, match="between 0 and 1"):
        performance.heard(10, 12)


def test_who_was_kind_is_asked_again():
    pulse = pd.DataFrame({"customer_id": [1, 1, 2, 2, 3], "month": [1, 2, 1, 2, 1],
                          "answered": True, "nps": [9, 10, 3, 0, 10]})  # fmt: skip
    everybody = pulse[["customer_id", "month"]].assign(nps_all=[9, 10, 3, 0, 10])
    table = performance.asked_again(pulse, everybody, least=(0, 9))
    assert table["answers"].tolist() == [2, 1]
    assert table["reported"].tolist() == [0, 100]
    assert table["true"].tolist() == pytest.approx([20, 20])


def test_luck_is_paid_as_often_as_in_a_simulation():
    rng = np.random.default_rng(55)
    gain = rng.normal(0, 8, 200_000) - rng.normal(0, 8, 200_000)
    paid = 10_000 * np.maximum(gain, 0).mean()
    assert performance.paid_for_luck(8) == pytest.approx(paid, rel=0.02)
    paid = 10_000 * np.maximum(5 + gain, 0).mean()
    assert performance.paid_for_luck(8, gain=5) == pytest.approx(paid, rel=0.02)
    assert performance.paid_for_luck(1e-9, gain=5) == pytest.approx(50_000)
    with pytest.raises(ValueError, match="standard_error must be above 0, got 0"):
        performance.paid_for_luck(0)


def test_strategies_in_money():
    plans = performance.strategies()
    table = performance.strategy_money(plans, customers=1000, slope=0.1, worth=100)
    assert table["gain"].tolist() == pytest.approx([300, 240, 120, 180, -150])
    assert (table["left"] == table["gain"] - table["cost"]).all()
    assert list(plans.columns) == ["strategy", "zh", "reading", "points", "cost"]


def test_pictures_say_what_they_show(kpis):
    from crm_course import figures

    ax = performance.plot_windows(kpis)
    assert figures.sentence(ax.figure).endswith(
        "by the formula -353 % stayed, month by month 43 %.")  # fmt: skip
    ax = performance.plot_formula(kpis)
    assert "By the formula -353, 36 and 49 per cent" in figures.sentence(ax.figure)
    assert [text.get_text() for text in ax.texts][:2] == ["−353", "43"]
    assert all(ax.get_xlim()[0] < text.xy[0] < ax.get_xlim()[1] for text in ax.texts)
    ax = performance.plot_lead(kpis)
    assert "4.1 points" in figures.sentence(ax.figure)
    same = performance.explore_windows(kpis)
    assert "2 % stayed" in same.move(first_month=22)
