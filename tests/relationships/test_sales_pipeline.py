import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_course import datasets
from crm_course.datagen import deals as made
from crm_course.datagen.scenario import Scenario
from crm_course.relationships import sales_pipeline as sp


@pytest.fixture(scope="module")
def deals():
    return datasets.load("deals")


@pytest.fixture(scope="module")
def stage_log():
    return datasets.load("stage_log")


@pytest.fixture(scope="module")
def quotes():
    return datasets.load("quotes")


@pytest.fixture(scope="module")
def quarters(deals):
    return sp.quarterly(deals)


@pytest.fixture(scope="module")
def many():
    """The deals of a hundred times as many customers."""
    return made.make_deals(Scenario(), 7, 0, 65_536)


def small(rows):
    """A table of sellers and quarters: (period, rep_id, wins, decided)."""
    table = pd.DataFrame(rows, columns=["period", "rep_id", "wins", "decided"])
    return table.assign(rate=table["wins"] / table["decided"])


# --- forecasting


def test_open_deals_are_in_no_quarter(deals, quarters):
    assert quarters["decided"].sum() == deals["closed_on"].notna().sum()
    assert quarters["wins"].sum() == deals["won"].sum()


def test_a_deal_counts_where_it_was_decided():
    days = pd.to_datetime(["2024-12-31", "2025-01-01", None])
    table = pd.DataFrame({"rep_id": 1, "closed_on": days, "won": [True, False, False]})
    assert sp.quarterly(table)["period"].tolist() == ["2024Q4", "2025Q1"]


def test_champions_by_hand():
    rows = [("2024Q1", 1, 6, 8), ("2024Q1", 2, 4, 4), ("2024Q1", 3, 2, 8),
            ("2024Q2", 1, 3, 6), ("2024Q2", 2, 0, 5), ("2024Q2", 3, 3, 5)]  # fmt: skip
    table = sp.champions(small(rows))
    assert table["rep_id"].tolist() == [1]  # four deals are too few for a plaque
    assert table[["above", "next_above"]].values[0] == pytest.approx(
        [100 * (6 / 8 - 12 / 20), 100 * (3 / 6 - 6 / 16)]
    )


def test_among_equal_champions_the_one_with_more_deals_counts():
    rows = [("2024Q1", 1, 3, 6), ("2024Q1", 2, 4, 8), ("2024Q1", 3, 0, 9),
            *(("2024Q2", rep, 1, 5) for rep in (1, 2, 3))]  # fmt: skip
    assert sp.champions(small(rows))["rep_id"].tolist() == [2]


def test_a_champion_without_a_next_quarter_is_left_out():
    rows = [("2024Q1", 1, 5, 5), ("2024Q1", 2, 1, 5), ("2024Q2", 2, 1, 5), ("2024Q3", 1, 1, 5)]
    assert "2024Q1" not in set(sp.champions(small(rows))["period"])


def test_of_ten_points_two_are_left(quarters):
    table = sp.champions(quarters)
    assert len(table) == 7
    assert 10 * table["next_above"].sum() / table["above"].sum() == pytest.approx(2.36, abs=0.01)


@pytest.mark.parametrize(
    ("wins", "decided", "rate"), [(9, 12, 0.5), (60, 100, 0.5538), (0, 0, 0.4)]
)
def test_the_published_shrinkage_of_the_brief(wins, decided, rate):
    assert sp.shrunken_rate(wins, decided, 0.4, 30) == pytest.approx(rate, abs=5e-5)


def test_shrinkage_is_the_mean_of_the_posterior():
    assert sp.shrunken_rate(11, 13, 0.4, 30) == pytest.approx(stats.beta(12 + 11, 18 + 2).mean())


def test_shrinkage_comes_nearer_to_the_skills():
    """In a world where only skill counts, and sellers have few deals."""
    raw = shrunk = 0.0
    for seed in range(4):
        deals = made.make_deals(Scenario.null(), seed, 0, 8_000)
        skill = made.truth_reps(Scenario.null(), seed).set_index("rep_id")["skill"]
        count = deals.dropna(subset="closed_on").groupby("rep_id")["won"].agg(["sum", "size"])
        pulled = sp.shrunken_rate(count["sum"], count["size"], 0.4, 30)
        raw += ((count["sum"] / count["size"] - skill) ** 2).sum()
        shrunk += ((pulled - skill) ** 2).sum()
    assert shrunk < 0.8 * raw


@pytest.mark.parametrize(
    ("wins", "decided", "weight", "said"),
    [(3, 2, 20, "wins must lie between 0 and decided"), (1, 2, -1, "weight must not be negative")],
)
def test_impossible_records_are_refused(wins, decided, weight, said):
    with pytest.raises(ValueError, match=said):
        sp.shrunken_rate(wins, decided, 0.4, weight)


ROWS = [("2024Q1", 1, 3, 4), ("2024Q1", 2, 1, 4), ("2024Q2", 1, 2, 4), ("2024Q2", 2, 0, 4),
        ("2024Q3", 1, 1, 2), ("2024Q3", 3, 1, 2)]  # fmt: skip


def test_a_forecast_by_hand():
    known = sp.records(small(ROWS), memory=2, first="2024Q3")
    assert known[["past_wins", "past_decided"]].values.tolist() == [[5, 8], [0, 0]]
    misses = sp.forecast_misses(known, weight=8)
    mean = 6 / 16
    assert misses["forecast"].tolist() == pytest.approx([2 * (5 + 8 * mean) / 16, 2 * mean])
    assert misses["miss"].tolist() == pytest.approx([abs(1 - 1.0), abs(1 - 0.75)])


def test_the_past_is_all_that_is_known():
    changed = [(p, r, 0 if p == "2024Q3" else w, n) for p, r, w, n in ROWS]
    columns = ["past_wins", "past_decided", "mean"]
    before, after = (sp.records(small(rows))[columns] for rows in (ROWS, changed))
    pd.testing.assert_frame_equal(before, after)


def test_the_two_ends_of_the_dial(quarters):
    known = sp.records(quarters)
    met = known[known["past_decided"] > 0]
    own = sp.forecast_misses(met, weight=sp.OWN)
    by_hand = met["decided"] * met["past_wins"] / met["past_decided"]
    np.testing.assert_allclose(own["forecast"], by_hand, atol=1e-6)
    alike = sp.forecast_misses(known, weight=sp.ALIKE)
    np.testing.assert_allclose(alike["forecast"], known["decided"] * known["mean"], rtol=1e-6)


def test_a_middling_weight_misses_by_less_than_both_ends(quarters):
    for memory in (1, 2, 4):
        known = sp.records(quarters, memory=memory)
        own, middle, alike = (
            sp.forecast_misses(known, weight=weight)["miss"].mean()
            for weight in (sp.OWN, 20, sp.ALIKE)
        )
        assert middle < min(own, alike)


def test_three_quarters_of_memory_beat_everybody_alike(quarters):
    explorer = sp.explore_forecast(quarters)
    assert "misses by 1.74 deals, everybody alike by 1.68" in explorer.move(memory=2)
    assert "misses by 1.56 deals, everybody alike by 1.65" in explorer.move(memory=3)


@pytest.mark.parametrize("memory", [0, -1])
def test_no_memory_is_refused(quarters, memory):
    with pytest.raises(ValueError, match="memory must be 1 or more"):
        sp.records(quarters, memory=memory)


def test_worth_of_staying_by_hand():
    worth = sp.worth_of_staying(0.5, 0.4, deals=10, left=1_000, follow=0.5, search=100)
    assert worth == pytest.approx(10 * 1_000 * (0.5 - 0.2) + 100)
    with pytest.raises(ValueError, match="follow must lie between 0 and 1, got 20"):
        sp.worth_of_staying(0.5, 0.4, follow=20)


# --- the funnel


def test_the_published_numbers_of_funnel_velocity_and_pipeline():
    assert sp.funnel_wins(400, 0.4, 0.5, 0.6, 0.25) == pytest.approx(12)
    assert sp.sales_velocity(60, 0.25, 80_000, 90) == pytest.approx(13_333, abs=0.5)
    amounts, chances = (2.0e6, 1.2e6, 0.8e6, 0.3e6), (0.1, 0.3, 0.6, 0.9)
    assert sp.weighted_pipeline(amounts, chances) == pytest.approx(1.31e6)


@pytest.mark.parametrize(
    ("call", "said"),
    [(lambda: sp.funnel_wins(400, 40), "conversions must lie between 0 and 1"),
     (lambda: sp.sales_velocity(60, 0.25, 80_000, 0), "cycle_days must be above 0"),
     (lambda: sp.double_coverage(3, 20), "coverage must lie between 0 and 1, got 20"),
     (lambda: sp.break_even_loss(-0.3, 0.2), "a deal leaves nothing")],
)  # fmt: skip
def test_numbers_out_of_range_are_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_the_funnel_recovers_the_stages(many):
    """Each stage lets a deal through with its chance to the power of the stage's weight."""
    old = many[many["opened_on"] < "2025-03-01"]
    chance = made.make_truth_deals(Scenario(), 7, 0, 65_536).set_index("deal_id")
    chance = chance["win_probability"][old["deal_id"]]
    table = sp.stage_conversion(old)
    assert table["passed"][0] / len(old) == pytest.approx((chance**0.20).mean(), abs=0.02)
    assert table["passed"][1] / len(old) == pytest.approx((chance**0.55).mean(), abs=0.02)
    assert sp.stage_chances(old)["qualification"] == pytest.approx(chance.mean(), abs=0.02)


def test_the_funnel_is_a_product(deals):
    table = sp.stage_conversion(deals[deals["opened_on"] < "2025-01-01"])
    product = sp.funnel_wins(table["entered"][0], *table["conversion"])
    assert product == pytest.approx(table["passed"].iloc[-1])


def test_open_on_knows_nothing_of_later(deals, stage_log):
    then = sp.open_on(deals, stage_log, "2025-10-01")
    assert (then["opened_on"] < "2025-10-01").all()
    assert not (then["closed_on"] < "2025-10-01").any()
    later = stage_log[stage_log["entered_on"] >= "2025-10-01"]
    cut = sp.open_on(deals, stage_log.drop(later.index), "2025-10-01")
    pd.testing.assert_frame_equal(then, cut)
    assert (then["stage_then"] != then["stage"]).any()


# --- prices


def test_the_waterfall_ends_at_the_pocket_price(quotes):
    shares = sp.price_waterfall(quotes)
    assert shares["list_price"] == 100
    taken = shares[["discount", "bonus", "cash_discount", "freight"]].sum()
    assert 100 - taken == pytest.approx(shares["pocket_price"], abs=1e-6)


def test_at_break_even_a_deal_less_is_a_yuan_less():
    lost = sp.break_even_loss(0.03, 0.20)
    assert (1 - lost) * (0.20 + 0.03) == pytest.approx(0.20)


def test_double_coverage_is_binomial():
    for sellers, coverage in ((3, 0.2), (6, 0.35)):
        expected = stats.binom(sellers, coverage).sf(1)
        assert sp.double_coverage(sellers, coverage) == pytest.approx(expected)


def test_of_three_quotes_the_second_is_the_second():
    quotes = pd.DataFrame({"quote_id": [4, 3, 2, 1], "deal_id": [7, 7, 7, 8],
                           "pocket_price": [70.0, 80.0, 90.0, 50.0]})  # fmt: skip
    assert sp.double_quotes(quotes).iloc[0].tolist() == [7, 90, 80, 10]
    assert len(sp.double_quotes(quotes)) == 1


def test_the_first_quote_counts_in_any_order_of_rows(quotes, deals):
    mixed = quotes.sample(frac=1, random_state=3)
    pd.testing.assert_series_equal(
        sp.discount_effect(mixed, deals), sp.discount_effect(quotes, deals)
    )


def test_double_quotes_are_the_deals_with_two(quotes):
    table = sp.double_quotes(quotes)
    assert len(table) == len(quotes) - quotes["deal_id"].nunique()
    one = quotes[quotes["deal_id"] == table["deal_id"][0]].sort_values("quote_id")
    first, second = one["pocket_price"]
    assert table["gap"][0] == pytest.approx(first - second)


def test_a_discount_that_works_is_seen():
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 20, 20_000)
    quotes = pd.DataFrame({"deal_id": np.arange(20_000), "list_price": 100.0, "discount": points})
    won = rng.random(20_000) < 0.3 + 0.01 * points
    deals = pd.DataFrame({"deal_id": np.arange(20_000), "won": won,
                          "closed_on": pd.Timestamp("2025-01-01")})  # fmt: skip
    found = sp.discount_effect(quotes, deals)
    assert abs(found["effect"] - 1.0) < 4 * found["standard_error"]
    assert found["standard_error"] < 0.1


def test_in_this_world_a_discount_does_nothing(quotes, deals):
    found = sp.discount_effect(quotes, deals)
    assert abs(found["effect"]) < 2 * found["standard_error"]


# --- lost deals


def test_unmasking_finds_the_true_reasons(many):
    true = made.make_truth_deals(Scenario(), 7, 0, 65_536).set_index("deal_id")
    lost = many[many["lost_reason_stated"].notna()]
    stated = lost["lost_reason_stated"].value_counts(normalize=True)
    expected = true["lost_reason_true"][lost["deal_id"]].value_counts(normalize=True)
    assert np.abs(sp.unmask(stated) - expected).max() < 0.02


def test_unmasked_shares_still_add_up():
    stated = pd.Series({"price": 0.5, "product": 0.3, "service": 0.2})
    assert sp.unmask(stated).sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="stated must hold the excuse 'weather'"):
        sp.unmask(stated, excuse="weather")
    with pytest.raises(ValueError, match="misreported must be at least 0 and below 1"):
        sp.unmask(stated, misreported=1)
    with pytest.raises(ValueError, match="at least that misreported, 0.3, got 0.2. Suppose"):
        sp.unmask(pd.Series({"price": 0.2, "product": 0.8}))


def test_rivals_take_what_the_scenario_says(many):
    rate = sp.rivals(many)["rate"]
    assert rate["nobody"] - rate["Quillmore"] == pytest.approx(0.18, abs=0.04)
    assert rate.is_monotonic_increasing


def test_seven_problems_have_seven_numbers(deals, stage_log, quotes):
    table = sp.seven_measures(deals, stage_log, quotes)
    assert len(table) == 7 and table["value"].between(0, 100).all()
    assert table["value"]["price"] == pytest.approx(82.5, abs=0.05)
    assert table["value"]["salespeople"] == pytest.approx(100 * 63 / 1182)


# --- a fair table


def test_fair_rates_recover_the_skills(many):
    fair = sp.fair_rates(many).set_index("rep_id")
    skill = made.truth_reps(Scenario(), 7).set_index("rep_id")["skill"]
    gap = fair["fair"] - skill
    # on average ground, not middling: all skills are moved by one number
    assert (np.abs(gap - gap.mean()) < 4 * fair["standard_error"] + 0.02).all()


def test_fair_rates_leave_the_raw_rate_alone(deals):
    decided = deals.dropna(subset="closed_on").groupby("rep_id")["won"].mean()
    assert sp.fair_rates(deals).set_index("rep_id")["rate"].tolist() == decided.tolist()


# --- tables


def test_tables_are_left_as_they_were(deals, stage_log, quotes):
    before = [table.copy() for table in (deals, stage_log, quotes)]
    sp.champions(sp.quarterly(deals))
    sp.open_on(deals, stage_log, "2025-10-01")
    sp.seven_measures(deals, stage_log, quotes)
    sp.fair_rates(deals)
    sp.discount_effect(quotes, deals)
    for old, new in zip(before, (deals, stage_log, quotes), strict=True):
        pd.testing.assert_frame_equal(old, new)


@pytest.mark.parametrize(
    ("measure", "name", "column"),
    [(sp.quarterly, "deals", "won"), (sp.stage_conversion, "deals", "stage"),
     (sp.rivals, "deals", "competitor"), (sp.fair_rates, "deals", "territory")],
)  # fmt: skip
def test_a_missing_column_is_named(deals, measure, name, column):
    with pytest.raises(ValueError, match=rf"{name} lacks the column\(s\) {column}"):
        measure(deals.drop(columns=column))


def test_figures_say_what_they_show(quarters, quotes):
    said = sp.plot_champions(sp.champions(quarters)).figure.get_label()
    assert "37 points above the mean" in said and "of 7 leads, 6 shrink" in said
    assert "¥82.5 arrive" in sp.plot_waterfall(sp.price_waterfall(quotes)).figure.get_label()
