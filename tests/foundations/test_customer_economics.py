import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from crm_course import datasets, figures
from crm_course.foundations import customer_economics as economics

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]  # Fader & Hardie (2007)
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


@pytest.fixture(scope="module")
def contracts():
    return datasets.load("contracts")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_contracts", truth=True)


# --- what a customer is worth


def test_the_textbook_value_by_both_conventions():
    now, deferred = (
        economics.constant_retention_clv(100, 0.8, 0.1, first_margin=when)
        for when in ("now", "deferred")
    )
    assert (round(now, 2), round(deferred, 2)) == (366.67, 266.67)
    assert now - deferred == pytest.approx(100)  # exactly the first margin


@pytest.mark.parametrize("rate", [0.0, 0.5, 0.85, 1.0])
def test_the_value_is_the_sum_of_all_discounted_margins(rate):
    years = np.arange(2000)
    summed = (70 * (rate / 1.12) ** years).sum()
    assert economics.constant_retention_clv(70, rate, 0.12) == pytest.approx(summed)


def test_a_column_of_customers_has_a_column_of_values():
    margins = pd.Series([100.0, 200.0], index=["a", "b"])
    values = economics.constant_retention_clv(margins, pd.Series([0.8, 0.9], ["a", "b"]), 0.1)
    assert values.round(2).to_dict() == {"a": 366.67, "b": 1100.0}


def test_the_mean_value_is_more_than_the_value_at_the_mean_rate():
    halves = economics.constant_retention_clv(100, np.array([0.95, 0.60]), 0.1).mean()
    assert round(halves, 2) == 476.67
    assert round(economics.constant_retention_clv(100, 0.775, 0.1), 2) == 338.46


def test_the_expected_value_of_every_contract_is_the_truth_of_the_data(contracts, truth):
    values = economics.constant_retention_clv(
        contracts["margin"], 1 - truth["churn_probability"], 0.1
    )
    assert (values - truth["clv"]).abs().max() < 0.011  # cents, and churn to six digits


@pytest.mark.parametrize("rate, discount, words", [
    (1.2, 0.1, "retention_rate must lie between 0 and 1, got 1.2. Write 85 % as 0.85"),
    (-0.1, 0.1, "retention_rate must lie between 0 and 1, got -0.1"),
    (np.nan, 0.1, "retention_rate must lie between 0 and 1, got nan"),
    (0.8, 0, "discount_rate must be above 0, got 0. Write 10 % a year as 0.1"),
])  # fmt: skip
def test_rates_without_a_value_are_refused(rate, discount, words):
    with pytest.raises(ValueError, match=words):
        economics.constant_retention_clv(100, rate, discount)


def test_a_first_margin_is_paid_now_or_deferred():
    with pytest.raises(ValueError, match="must be 'now' or 'deferred', got 'later'"):
        economics.constant_retention_clv(100, 0.8, 0.1, first_margin="later")


# --- five points


def test_the_three_lifts_of_the_brief():
    before = economics.constant_retention_clv(100, 0.9, 0.1)
    after = economics.constant_retention_clv(100, economics.three_meanings(0.9), 0.1)
    assert (100 * (after / before - 1)).round(2).tolist() == [33.33, 29.03, 2.56]


def test_acquisition_cost_makes_the_bar_taller_and_the_money_no_more():
    rows = pd.DataFrame({"acq_cost": [0.0, 300.0], "margin": 100.0, "retention_rate": 0.9})
    table = economics.five_points(rows)
    assert (100 * table["bar"]).round(2).tolist() == [33.33, 73.33]
    assert table["gain"].round(2).tolist() == [183.33, 183.33]


def test_a_customer_won_at_a_loss_has_no_bar():
    row = pd.DataFrame({"acq_cost": [900.0], "margin": 100.0, "retention_rate": 0.9})
    assert economics.five_points(row)["bar"].isna().all()


def test_no_bar_is_above_a_half_without_acquisition_cost():
    rates = np.linspace(0, 0.95, 40)
    rows = pd.DataFrame({"acq_cost": 0.0, "margin": 80.0, "retention_rate": rates})
    assert economics.five_points(rows)["bar"].max() == pytest.approx(0.5)  # 0.05 / 0.1


def test_the_highest_fee_leaves_nothing_over():
    fee = economics.highest_fee(120, 0.85, 0.1, new_rate=0.9)
    after = economics.constant_retention_clv(120 - fee, 0.9, 0.1)
    assert after == pytest.approx(economics.constant_retention_clv(120, 0.85, 0.1))
    assert fee == pytest.approx(120 * 0.05 / 0.25)  # the same for every point


def test_points_that_are_not_there_are_not_paid_for():
    margin, loyal = pd.Series([100.0, 100.0]), pd.Series([1.0, 1.0])
    assert economics.highest_group_fee(margin, loyal, 0.1, new_rate=loyal) == 0
    alike = pd.Series([0.8, 0.8])
    fee = economics.highest_group_fee(margin, alike, 0.1, new_rate=alike + 0.05)
    assert fee == pytest.approx(economics.highest_fee(100, 0.8, 0.1, new_rate=0.85))


def test_one_customer_shows_all_twelve_bars():
    bars = economics.rebuild_bars(100, 0.85, 0.1)
    rows = bars.assign(margin=100.0, retention_rate=0.85)
    again = 100 * economics.five_points(rows)["bar"]
    assert again.round(9).tolist() == bars["published"].tolist()
    assert bars["acq_cost"].max() == pytest.approx(324.21, abs=0.005)


def test_the_slide_agrees_with_the_book_in_eleven_bars_of_twelve():
    bars = economics.industry_bars()
    differ = bars[bars["slide"] != bars["published"]]
    assert differ["industry"].tolist() == ["industrial laundry"]
    assert (len(bars), bars["published"].gt(50).sum()) == (12, 7)


def test_a_fee_per_contract_is_lost_where_little_is_delivered_and_one_per_success_is_not():
    money = economics.offer_money(100, 0.8, 0.1, fee=12, prize=70, contracts=10)
    assert money["points"].round(6).tolist() == [5, 4, 1, 0]
    assert money["per_contract"].round().tolist() == [205, 56, -329, -440]
    assert money["per_success"].round().tolist() == [220, 169, 38, 0]


def test_a_prize_as_high_as_the_margin_leaves_nothing():
    money = economics.offer_money(100, 0.8, 0.1, prize=100)
    assert money["per_success"].abs().max() == 0


# --- channels and contacts


def test_a_channel_s_rate_counts_decisions_not_customers(contracts):
    web = contracts[contracts["acq_channel"] == "web"]
    row = economics.channel_table(contracts).loc["web"]
    assert row["retention_rate"] == web["renewals"].sum() / (web["renewals"] + web["churned"]).sum()
    assert (row["contracts"], row["acq_cost"]) == (len(web), pytest.approx(web["acq_cost"].mean()))


@pytest.mark.parametrize("measure, column", [
    (economics.channel_table, "acq_cost"), (economics.survivors, "cohort"),
])  # fmt: skip
def test_a_missing_column_is_named_and_the_table_left_alone(contracts, measure, column):
    before = contracts.copy()
    measure(contracts)
    pd.testing.assert_frame_equal(contracts, before)
    with pytest.raises(ValueError, match=rf"contracts lacks the column\(s\) {column}"):
        measure(contracts.drop(columns=column))


def test_a_channel_without_a_margin_is_named():
    with pytest.raises(ValueError, match=r"channels lacks the column\(s\) margin"):
        economics.five_points(pd.DataFrame({"acq_cost": [1.0], "retention_rate": [0.8]}))


def test_equal_contacts_make_a_sale_to_a_stranger_three_times_as_dear():
    stranger, customer = economics.cost_per_success(10, 0.15), economics.cost_per_success(10, 0.5)
    assert stranger / customer == pytest.approx(10 / 3)
    assert [round(ratio * 0.15 / 0.5, 6) for ratio in (5, 6, 8, 10)] == [1.5, 1.8, 2.4, 3.0]


def test_a_contact_that_never_succeeds_has_no_cost_of_success():
    with pytest.raises(ValueError, match="success_rate must be above 0 and at most 1, got 0."):
        economics.cost_per_success(10, [0.5, 0])


def test_a_layer_that_is_taken_away_leaves_the_others():
    table = economics.loyalty_layers(4, growth=0, acquisition_cost=250, base=100)
    assert table["growth"].tolist() == [0, 0, 0, 0]
    assert table.sum(axis=1).tolist() == [-150, 115, 130, 145]


# --- customers who differ


@pytest.mark.parametrize("survivors, alpha, beta, likelihood", [
    (HIGH_END, 0.668, 3.806, -1611.2), (REGULAR, 0.704, 1.182, -1680.3),
])  # fmt: skip
def test_the_published_parameters_of_the_shifted_beta_geometric(survivors, alpha, beta, likelihood):
    model = economics.fit_sbg(survivors)
    assert (round(model.alpha, 3), round(model.beta, 3)) == (alpha, beta)
    assert model.log_likelihood == pytest.approx(likelihood, abs=0.06)


def test_the_published_forecast_and_residual_lifetime():
    model = economics.fit_sbg(HIGH_END)
    assert model.survival(np.arange(8, 13)).round(2).tolist() == [0.46, 0.44, 0.41, 0.4, 0.38]
    assert model.survival(12) == pytest.approx(0.378, abs=5e-4)
    assert model.derl(7, 0.1) == pytest.approx(7.53, abs=0.005)


@pytest.mark.parametrize("group, actual", [("high_end", 0.394), ("regular", 0.173)])
def test_five_real_years_that_were_kept_back_are_forecast_within_two_points(group, actual):
    survivors = economics.published_survivors()[group]
    model, one_rate = economics.fit_sbg(survivors.loc[:7]), survivors[7] ** (12 / 7)
    assert survivors[12] == actual
    assert abs(model.survival(12) - actual) < 0.02 < actual - one_rate


def test_shares_fit_as_counts_do():
    shares, counts = economics.fit_sbg([n / 1000 for n in HIGH_END]), economics.fit_sbg(HIGH_END)
    assert (shares.alpha, shares.beta) == pytest.approx((counts.alpha, counts.beta), rel=1e-5)


def test_survival_is_an_average_over_constant_chances():
    chances = stats.beta(0.7, 2.4)
    expected, _error = integrate.quad(lambda p: (1 - p) ** 6 * chances.pdf(p), 0, 1)
    assert economics.SBG(0.7, 2.4).survival(6) == pytest.approx(expected, rel=1e-6)


def test_the_residual_lifetime_is_the_sum_of_its_discounted_years():
    model, years = economics.SBG(0.7, 2.4), np.arange(4000)
    expected = (model.survival(4 + years) / model.survival(3) / 1.1**years).sum()
    assert model.derl(3, 0.1) == pytest.approx(expected, rel=1e-6)


def test_retention_rises_although_nobody_changes():
    rates = economics.SBG(0.7, 2.4).retention_rate(np.arange(1, 9))
    assert rates[[0, -1]].round(3).tolist() == [0.774, 0.931]
    assert (np.diff(rates) > 0).all()


def test_four_cohorts_are_counted_as_far_as_they_are_old(contracts):
    table = economics.survivors(contracts)
    own = contracts[contracts["cohort"] == 2018]
    assert table[2018].dropna().tolist() == [(own["renewals"] >= n).sum() for n in range(8)]
    assert table.notna().sum().to_dict() == {2017: 9, 2018: 8, 2019: 7, 2020: 6}


def test_a_cohort_that_has_all_left_is_counted_to_its_end():
    gone = pd.DataFrame({"cohort": [2017] * 3, "renewals": [0, 2, 0], "churned": True})
    assert economics.survivors(gone)[2017].tolist() == [3, 1, 1, 0]


def log_likelihood(logs, table):
    """Return that of the shifted beta-geometric by its recursion, without a beta function."""
    alpha, beta = np.exp(logs)
    total = 0.0
    for cohort in table:
        counts = table[cohort].dropna().to_numpy()
        left, there = alpha / (alpha + beta), 1.0
        for t, lost in enumerate(-np.diff(counts), start=1):
            left = left if t == 1 else left * (beta + t - 2) / (alpha + beta + t - 1)
            there -= left
            total += lost * np.log(left)
        total += counts[-1] * np.log(there)
    return total


def test_the_likelihood_is_that_of_the_published_recursion(contracts):
    table = economics.survivors(contracts)
    model = economics.fit_sbg(table)
    ours = log_likelihood(np.log([model.alpha, model.beta]), table)
    assert model.log_likelihood == pytest.approx(ours, rel=1e-9)


def test_the_truth_of_the_contracts_is_recovered_within_four_standard_errors(contracts):
    table, step = economics.survivors(contracts), 1e-3
    model = economics.fit_sbg(table)
    best = np.log([model.alpha, model.beta])
    eye = step * np.eye(2)
    bend = [
        [
            (log_likelihood(best + a + b, table) - log_likelihood(best + a - b, table)
             - log_likelihood(best - a + b, table) + log_likelihood(best - a - b, table))
            / (4 * step**2)
            for b in eye
        ]
        for a in eye
    ]  # fmt: skip
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(bend))))
    assert (errors < 0.05).all()
    assert (abs(best - np.log([0.7, 2.4])) < 4 * errors).all()


def test_what_is_left_of_an_old_cohort_is_worth_what_the_truth_says(contracts, truth):
    old = (contracts["cohort"] == 2017) & ~contracts["churned"]
    stay = 1 - truth.loc[old, "churn_probability"]
    true_years = stay * 1.1 / (1.1 - stay)
    expected = economics.fit_sbg(economics.survivors(contracts)).derl(8, 0.1)
    assert abs(expected - true_years.mean()) < 4 * true_years.sem()


@pytest.mark.parametrize("survivors, words", [
    ([100, 80, 90], r"never rise, got \[100, 80, 90\]"),
    ([100], "never rise"),
    ([100, 100, 100], "some who left and some who stayed"),
    ([100, 0], "some who left and some who stayed"),
    ([100, np.nan, 50], "never rise"),
    ([100_000, 50_000, 25_000, 12_500, 6_250], "customers who differ, got"),
])  # fmt: skip
def test_survivors_that_cannot_be_fitted_say_what_to_give(survivors, words):
    with pytest.raises(ValueError, match=words):
        economics.fit_sbg(survivors)


def test_a_model_needs_a_discount_rate():
    with pytest.raises(ValueError, match="discount_rate must be above 0, got 0"):
        economics.SBG(0.7, 2.4).derl(3, 0)


# --- pictures


def test_the_bar_rises_where_retention_falls_and_the_money_falls_with_it():
    explorer = economics.explore_five_points()
    assert "the bar reads 50 %, and five points may cost up to ¥27.3" in explorer.move()
    assert "the bar reads 105 %, and five points may cost up to ¥15.5" in explorer.move(
        retention_rate=0.66
    )
    assert "there is no bar" in explorer.move(acquisition_cost=460)


def test_the_chart_says_where_our_own_bars_lie():
    ax = economics.plot_industry_bars(pd.Series({"store": 0.5, "web": 0.3}))
    assert figures.sentence(ax.figure).endswith("Our own run from 30 % (web) to 50 % (store).")
    assert len(ax.patches) == 14


def test_the_layers_stand_on_each_other():
    ax = economics.plot_loyalty_layers(economics.loyalty_layers(3))
    tops = [bar.get_y() + bar.get_height() for bar in ax.containers[-1]]
    assert tops == [136, 161, 186]


def test_cohorts_are_drawn_as_points_and_the_model_as_a_line():
    table = pd.DataFrame({2017: [1000, 800, 700], 2018: [900, 700, np.nan]})
    ax = economics.plot_cohort_retention(table, model=economics.SBG(0.7, 2.4))
    assert figures.sentence(ax.figure).startswith("Of the cohort 2017, 0.80 renew the first time")
    assert len(ax.get_lines()) == 3
