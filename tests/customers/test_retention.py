import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_course import datasets
from crm_course.customers import retention

steady = settings(derandomize=True, deadline=None, database=None, max_examples=60)


def book(*rows):
    """Return orders from (customer, time, amount)."""
    orders = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    return orders.assign(ordered_at=pd.to_datetime(orders["ordered_at"], format="ISO8601"))


@pytest.fixture(scope="module")
def cdnow():
    return datasets.real("cdnow")


@pytest.fixture(scope="module")
def sample():
    """Return the summary of a tenth of CDNOW that the paper was written on."""
    return datasets.real("cdnow_summary")


@pytest.fixture(scope="module")
def tenth(cdnow):
    """Return the orders of the same tenth, numbered as in the paper's summary."""
    folder = Path(find_spec("lifetimes").submodule_search_locations[0])
    drawn = pd.read_csv(folder / "datasets" / "CDNOW_sample.txt", sep=r"\s+", header=None)
    number = drawn.drop_duplicates(0).set_index(0)[1]
    orders = cdnow[cdnow["customer_id"].isin(number.index)]
    return orders.assign(customer_id=orders["customer_id"].map(number))


# --- retention rate


def test_new_customers_do_not_count_as_kept():
    assert retention.retention_rate(100, 30, 108) == pytest.approx(0.78)


@pytest.mark.parametrize("start, new, end", [(0, 0, 0), (100, 50, 40), (100, 0, 101), (-5, 0, -5)])
def test_a_rate_outside_0_to_1_is_refused(start, new, end):
    with pytest.raises(ValueError, match=f"between 0 and start, got {end} - {new}"):
        retention.retention_rate(start, new, end)


# --- rfm_summary


ONE = book(
    (1, "2025-01-01 09:00", 10.0),
    (1, "2025-01-01 18:00", 5.0),
    (1, "2025-01-08 09:00", 20.0),
    (1, "2025-01-08 10:00", 4.0),
    (1, "2025-01-22", 0.0),
    (2, "2025-01-31 23:59:59", 7.5),
)


def test_one_customer_counted_by_hand():
    table = retention.rfm_summary(ONE, observation_end="2025-01-31")
    assert table.iloc[0].tolist() == [1, 2, 21, 30, 12.0]


def test_somebody_who_bought_on_the_last_day_has_age_0():
    table = retention.rfm_summary(ONE, observation_end="2025-01-31")
    assert table.iloc[1].tolist() == [2, 0, 0, 0, 0]


def test_the_columns_and_their_types_are_the_same_in_days_and_weeks():
    for unit in "DW":
        table = retention.rfm_summary(ONE, observation_end="2025-01-31", time_unit=unit)
        assert table.dtypes.astype(str).to_dict() == {
            "customer_id": "int64", "frequency": "int64", "recency": "float64", "T": "float64",
            "monetary_value": "float64",
        }  # fmt: skip


def test_weeks_are_days_by_seven_and_purchases_stay_days():
    days = retention.rfm_summary(ONE, observation_end="2025-01-31")
    weeks = retention.rfm_summary(ONE, observation_end="2025-01-31", time_unit="W")
    assert (weeks[["recency", "T"]] * 7).equals(days[["recency", "T"]])
    assert weeks["frequency"].equals(days["frequency"])


def test_what_came_later_is_not_known_yet():
    table = retention.rfm_summary(ONE, observation_end="2025-01-10")
    assert table.iloc[0].tolist() == [1, 1, 7, 9, 24.0]
    assert len(table) == 1


def test_a_customer_may_be_named_by_text_and_rows_may_be_in_any_order():
    named = ONE.assign(customer_id=ONE["customer_id"].map({1: "zoe", 2: "abe"})).iloc[::-1]
    table = retention.rfm_summary(named, observation_end="2025-01-31")
    assert table["customer_id"].tolist() == ["abe", "zoe"]
    assert table["monetary_value"].tolist() == [0, 12.0]


def test_the_orders_are_left_alone(cdnow):
    before = ONE.copy()
    retention.rfm_summary(ONE, observation_end="2025-01-10")
    retention.cohort_table(ONE)
    pd.testing.assert_frame_equal(ONE, before)


def test_repeated_row_labels_do_no_harm():
    labelled = ONE.set_axis([0, 0, 0, 1, 1, 1])
    expected = retention.rfm_summary(ONE, observation_end="2025-01-31")
    pd.testing.assert_frame_equal(
        retention.rfm_summary(labelled, observation_end="2025-01-31"), expected
    )


@pytest.mark.parametrize("change, error, words", [
    (lambda o: o.drop(columns="amount"), ValueError, r"lacks the column\(s\) amount"),
    (lambda o: o.assign(ordered_at="2025-01-01"), TypeError, r"'ordered_at'\] must be dates"),
    (lambda o: o.assign(amount=np.nan), ValueError, r"'amount'\] must be complete"),
    (lambda o: o.assign(amount=-1.0), ValueError, r"'amount'\] must not be negative"),
    (lambda o: o.assign(amount=np.inf), ValueError, r"'amount'\] must be finite"),
    (lambda o: o.head(0), ValueError, "at least one row"),
])  # fmt: skip
def test_bad_orders_are_refused_by_column(change, error, words):
    with pytest.raises(error, match=words):
        retention.rfm_summary(change(ONE), observation_end="2025-01-31")


def test_the_end_of_observation_has_to_be_given():
    with pytest.raises(ValueError, match="observation_end must be a day, got None"):
        retention.rfm_summary(ONE, observation_end=None)


def test_months_are_no_unit_of_age():
    with pytest.raises(ValueError, match="time_unit must be 'D' or 'W', got 'M'"):
        retention.rfm_summary(ONE, observation_end="2025-01-31", time_unit="M")


def test_the_summary_of_the_paper_comes_out_of_its_orders(tenth, sample):
    table = retention.rfm_summary(tenth, observation_end="1997-09-30", time_unit="W")
    assert table["frequency"].tolist() == sample["frequency"].tolist()
    assert table["recency"].to_numpy() == pytest.approx(sample["recency"], abs=0.006)
    assert table["T"].to_numpy() == pytest.approx(sample["T"], abs=0.006)


ORDERS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 120), st.integers(0, 23), st.integers(0, 500)),
    min_size=1,
    max_size=25,
)


def drawn(rows):
    time = [pd.Timestamp("2024-11-20") + pd.Timedelta(days=d, hours=h) for _, d, h, _ in rows]
    amount = [cents / 100 for *_, cents in rows]
    table = {"customer_id": [row[0] for row in rows], "ordered_at": time, "amount": amount}
    return pd.DataFrame(table).astype({"ordered_at": "datetime64[us]"})


@steady
@given(ORDERS, st.integers(0, 150))
def test_any_summary_equals_a_count_customer_by_customer(rows, last):
    rows = [row for row in rows if row[1] <= last] or [(1, last, 0, 100)]
    table = retention.rfm_summary(
        drawn(rows), observation_end=pd.Timestamp("2024-11-20") + pd.Timedelta(days=last)
    )
    for summary in table.itertuples():
        own = [row for row in rows if row[0] == summary.customer_id]
        days = sorted({row[1] for row in own})
        spent = sum(row[3] for row in own if row[1] > days[0])
        assert summary.frequency == len(days) - 1
        assert (summary.recency, summary.T) == (days[-1] - days[0], last - days[0])
        assert summary.monetary_value == (spent / (100 * (len(days) - 1)) if days[1:] else 0)


LIFETIMES = """
import json, sys
import pandas as pd
from lifetimes import BetaGeoFitter
from lifetimes.utils import summary_data_from_transaction_data as summarise
orders = pd.read_csv(sys.argv[1], parse_dates=["ordered_at"])
table = summarise(orders, "customer_id", "ordered_at", "amount",
                  observation_period_end="1998-03-31")
fit = BetaGeoFitter().fit(table["frequency"], table["recency"] / 7, table["T"] / 7)
alive = fit.conditional_probability_alive(table["frequency"], table["recency"] / 7, table["T"] / 7)
later = fit.conditional_expected_number_of_purchases_up_to_time(
    26, table["frequency"], table["recency"] / 7, table["T"] / 7)
parameters = fit.params_[["r", "alpha", "a", "b"]].tolist()
print(json.dumps([table.reset_index().values.tolist(), parameters, list(alive), later.tolist()]))
"""


@pytest.fixture(scope="module")
def lifetimes(tenth, tmp_path_factory):
    """Return what lifetimes says on the same orders, from a process of its own."""
    file = tmp_path_factory.mktemp("lifetimes") / "orders.csv"
    tenth.to_csv(file, index=False)
    command = [sys.executable, "-W", "ignore", "-c", LIFETIMES, str(file)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_lifetimes_sums_up_the_same(tenth, lifetimes):
    table = retention.rfm_summary(tenth, observation_end="1998-03-31")
    assert table.to_numpy() == pytest.approx(np.array(lifetimes[0]), abs=1e-9)


def test_lifetimes_fits_and_predicts_the_same(tenth, lifetimes):
    table = retention.rfm_summary(tenth, observation_end="1998-03-31", time_unit="W")
    model = retention.fit_bg_nbd(table)
    assert [model.r, model.alpha, model.a, model.b] == pytest.approx(lifetimes[1], rel=2e-3)
    assert model.probability_alive(table).tolist() == pytest.approx(lifetimes[2], abs=1e-3)
    assert model.expected_purchases(26, table).tolist() == pytest.approx(lifetimes[3], abs=3e-3)


def test_clvkit_sums_up_the_same_where_no_day_is_worth_nothing(cdnow):
    from clvkit import CustomerBase

    paid = cdnow[cdnow["amount"] > 0]
    table = retention.rfm_summary(paid, observation_end="1998-06-30")
    base = CustomerBase.from_transactions(paid, datetime_col="ordered_at")
    other = base.to_pandas().reset_index()[table.columns].sort_values("customer_id")
    assert table.to_numpy() == pytest.approx(other.fillna(0).to_numpy(), abs=1e-9)


def test_days_of_nothing_are_averaged_in(cdnow):
    table = retention.rfm_summary(cdnow, observation_end="1998-06-30")
    assert table["monetary_value"].sum() == pytest.approx(414_282.38, abs=0.005)


# --- cohort_table


COHORTS = book(
    (1, "2025-01-05", 1.0),
    (2, "2025-01-31 23:00", 1.0),
    (1, "2025-03-01", 1.0),
    (1, "2025-03-30", 1.0),
    (3, "2025-03-31", 1.0),
    (2, "2025-04-02", 1.0),
)


def test_two_cohorts_counted_by_hand():
    table = retention.cohort_table(COHORTS, observation_end="2025-03-31")
    assert table["cohort"].dt.strftime("%b").tolist() == ["Jan", "Jan", "Jan", "Mar"]
    assert table["age"].tolist() == [0, 1, 2, 0]
    assert table["customers"].tolist() == [2, 0, 1, 1]
    assert table["rate"].tolist() == [1, 0, 0.5, 1]


def test_the_types_of_the_cohort_table_are_declared():
    assert retention.cohort_table(COHORTS).dtypes.astype(str).to_dict() == {
        "cohort": "datetime64[us]", "age": "int64", "customers": "int64", "rate": "float64",
    }  # fmt: skip


def test_a_month_that_is_not_over_is_absent():
    by_march = retention.cohort_table(COHORTS, observation_end="2025-03-31")
    assert retention.cohort_table(COHORTS, observation_end="2025-04-29").equals(by_march)
    assert retention.cohort_table(COHORTS)["age"].max() == 2


def test_a_month_is_over_on_its_last_day():
    table = retention.cohort_table(COHORTS, observation_end="2025-04-30")
    assert table.query("age == 3")["customers"].tolist() == [1]


def test_months_without_any_order_before_the_end_are_0():
    table = retention.cohort_table(COHORTS, observation_end="2025-08-31")
    assert table["age"].max() == 7
    assert table.query("age > 3")["customers"].sum() == 0


def test_weeks_start_on_monday_and_quarters_in_january():
    weeks = retention.cohort_table(COHORTS, period="W", observation_end="2025-04-06")
    quarters = retention.cohort_table(COHORTS, period="Q", observation_end="2025-06-30")
    assert set(weeks["cohort"].dt.day_name()) == {"Monday"}
    assert quarters["cohort"].dt.strftime("%m-%d").tolist() == ["01-01"] * 2
    assert quarters["customers"].tolist() == [3, 1]


def test_no_whole_month_is_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match="end of the first period 'M', got 2025-01-20"):
        retention.cohort_table(COHORTS, observation_end="2025-01-20")


def test_a_year_is_no_period():
    with pytest.raises(ValueError, match="period must be 'M', 'W' or 'Q', got 'Y'"):
        retention.cohort_table(COHORTS, period="Y")


def test_a_curve_needs_more_than_its_first_month():
    table = retention.cohort_table(ONE[:1], observation_end="2025-01-31")
    with pytest.raises(ValueError, match="table must hold two ages or more, got 1"):
        retention.plot_retention_curve(table)


@steady
@given(ORDERS, st.integers(0, 150), st.sampled_from("MWQ"))
def test_any_cohort_table_equals_a_count_cell_by_cell(rows, last, period):
    orders, start = drawn(rows), pd.Timestamp("2024-11-20")
    end = start + pd.Timedelta(days=last)
    known = orders[orders["ordered_at"] < end + pd.Timedelta(days=1)]
    if known.empty or known["ordered_at"].min().to_period(period).end_time.normalize() > end:
        with pytest.raises(ValueError, match="observation_end must"):
            retention.cohort_table(orders, period=period, observation_end=end)
        return
    months = known.assign(month=known["ordered_at"].dt.to_period(period))
    joined = months.groupby("customer_id")["month"].min()
    expected = []
    for cohort in sorted(set(joined)):
        month, members = cohort, set(joined.index[joined == cohort])
        while month.end_time.normalize() <= end:
            active = members & set(months.loc[months["month"] == month, "customer_id"])
            age = (month - cohort).n
            expected.append((cohort.start_time, age, len(active), len(active) / len(members)))
            month += 1
    table = retention.cohort_table(orders, period=period, observation_end=end)
    assert list(table.itertuples(index=False, name=None)) == expected


def test_clvkit_counts_the_same_cohorts(cdnow):
    from clvkit import CohortMatrix

    matrix = CohortMatrix.from_transactions(cdnow, datetime_col="ordered_at").to_pandas()
    table = retention.cohort_table(cdnow)
    ours = table.pivot(index="cohort", columns="age", values="customers")
    np.testing.assert_array_equal(ours.to_numpy(), matrix.to_numpy())


# --- kaplan_meier


SIX_MP = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_remissions_under_6_mp_are_those_of_the_textbooks():
    table = retention.kaplan_meier(SIX_MP, [True] * 9 + [False] * 12).query("events > 0")
    assert table["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert table["survival"].round(6).tolist() == [
        0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179,
    ]  # fmt: skip


def test_ten_customers_of_whom_four_are_still_there():
    table = retention.kaplan_meier([1, 2, 2, 3, 4, 5, 6, 6, 8, 9], [1, 1, 0, 1, 0, 1, 1, 0, 1, 0])
    survival = table.set_index("time")["survival"]
    assert survival.loc[[6, 8]].round(4).tolist() == [0.4114, 0.2057]


LIVES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


@steady
@given(LIVES)
def test_any_survival_equals_that_of_statsmodels(lives):
    from statsmodels.duration.survfunc import SurvfuncRight

    time, left = zip(*lives, strict=True)
    table = retention.kaplan_meier(time, left).query("events > 0")
    if any(left):
        other = SurvfuncRight(np.array(time), np.array(left, dtype=int)).summary()
        assert table["time"].tolist() == other.index.tolist()
        assert table["at_risk"].tolist() == other["num at risk"].tolist()
        assert table["survival"].tolist() == pytest.approx(other["Surv prob"].tolist(), abs=1e-12)
    else:
        assert table.empty


def test_nobody_left_means_a_survival_of_1_throughout():
    table = retention.kaplan_meier([3, 5, 5], [False, False, False])
    assert table["survival"].tolist() == [1, 1]
    assert table["at_risk"].tolist() == [3, 2]


def test_when_the_last_one_leaves_nobody_is_left():
    assert retention.kaplan_meier([4.5], [True])["survival"].tolist() == [0]


def test_two_columns_are_paired_by_position_not_by_label():
    stays = pd.Series([1, 2], index=["a", "b"]), pd.Series([True, False], index=["b", "a"])
    assert retention.kaplan_meier(*stays)["events"].tolist() == [1, 0]


@pytest.mark.parametrize("durations, observed, words", [
    ([], [], "not empty, got 0 and 0"),
    ([1, 2], [1], "got 2 and 1"),
    ([-1, 2], [1, 1], "from 0 up, in numbers, got -1"),
    ([1, np.nan], [1, 1], "from 0 up"),
    ([1, np.inf], [1, 1], "from 0 up"),
    (["1", "2"], [1, 1], "in numbers, got 1 to 2"),
    ([1, 2], [1, 2], r"True \(left\) or False \(still there\), got \[1, 2\]"),
    ([1, 2], [1, np.nan], r"True \(left\)"),
    ([1, 2], ["yes", "no"], r"got \['yes', 'no'\]"),
])  # fmt: skip
def test_lives_that_cannot_be_are_refused(durations, observed, words):
    with pytest.raises(ValueError, match=words):
        retention.kaplan_meier(durations, observed)


# --- buying without a contract


def test_the_published_parameters_of_bg_nbd(sample):
    model = retention.fit_bg_nbd(sample)
    assert [model.r, model.alpha, model.a, model.b] == pytest.approx(
        [0.243, 4.414, 0.793, 2.426], abs=5e-4
    )
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.01)


@pytest.mark.parametrize("weeks, purchases", [
    (1 / 7, 0.0078), (1, 0.0532), (3, 0.1506), (31.857, 1.0405), (32, 1.0437),
])  # fmt: skip
def test_the_published_expectations_for_a_new_customer(sample, weeks, purchases):
    assert retention.fit_bg_nbd(sample).expected_purchases(weeks) == pytest.approx(
        purchases, abs=5e-5
    )


def test_the_published_prediction_for_the_first_customer(sample):
    model, one = retention.fit_bg_nbd(sample), sample.head(1)
    assert model.expected_purchases(39, one).item() == pytest.approx(1.226, abs=5e-4)
    assert model.probability_alive(one).item() == pytest.approx(0.7266, abs=5e-5)


def test_one_time_buyers_are_alive_for_certain_and_so_say_nothing(sample):
    once = sample[sample["frequency"] == 0]
    assert set(retention.fit_bg_nbd(sample).probability_alive(once)) == {1.0}


def test_days_instead_of_weeks_change_alpha_and_nothing_else(tenth):
    days = retention.fit_bg_nbd(retention.rfm_summary(tenth, observation_end="1997-09-30"))
    weeks = retention.fit_bg_nbd(
        retention.rfm_summary(tenth, observation_end="1997-09-30", time_unit="W")
    )
    assert days.alpha / 7 == pytest.approx(weeks.alpha, rel=1e-4)
    assert (days.r, days.a, days.b) == pytest.approx((weeks.r, weeks.a, weeks.b), rel=1e-4)


def buyers(n, *, r=0.8, alpha=10.0, a=0.8, b=2.5, T=100.0, seed=7):
    """Return a summary of customers who buy and fall silent as BG/NBD says."""
    rng = np.random.default_rng(seed)
    possible = rng.poisson(T * rng.gamma(r, 1 / alpha, n))
    bought = np.minimum(possible, rng.geometric(rng.beta(a, b, n)))
    times = [np.sort(rng.uniform(0, T, count)) for count in possible]
    recency = [own[k - 1] if k else 0.0 for own, k in zip(times, bought, strict=True)]
    return pd.DataFrame({"frequency": bought, "recency": recency, "T": T})


def test_bg_nbd_recovers_the_truth_of_customers_made_by_its_own_story():
    model = retention.fit_bg_nbd(buyers(40_000))
    assert [model.r, model.alpha, model.a, model.b] == pytest.approx([0.8, 10, 0.8, 2.5], rel=0.12)


def test_the_expected_purchases_of_many_are_what_they_bought():
    bought = buyers(40_000)["frequency"]
    expected = retention.BGNBD(0.8, 10, 0.8, 2.5).expected_purchases(100)
    assert abs(expected - bought.mean()) < 4 * bought.sem()


def test_heavy_buyers_do_not_overflow():
    heavy = pd.DataFrame({"frequency": [900], "recency": [104.0], "T": [104.0]})
    expected = retention.BGNBD(0.25, 4.4, 0.8, 2.4).expected_purchases(52, heavy).item()
    assert 300 < expected < 440


def test_where_a_is_1_the_expectation_goes_on():
    around = [retention.BGNBD(0.8, 10, a, 2.5).expected_purchases(52) for a in (0.999, 1, 1.001)]
    assert around[0] > around[1] > around[2]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-5)


@pytest.mark.parametrize("rows, words", [
    ({"frequency": [0, 0], "recency": [0.0, 0], "T": [9.0, 5]}, "who came back, got 2 without"),
    ({"frequency": [0, 2], "recency": [3.0, 1], "T": [9.0, 5]}, r"got \[0.0, 3.0, 9.0\]"),
    ({"frequency": [1], "recency": [9.5], "T": [9.0]}, "at most T"),
    ({"frequency": [1, 2], "recency": [1.0, 2]}, r"lacks the column\(s\) T"),
    ({"frequency": [3] * 9, "recency": [9.0] * 9, "T": [9.0] * 9}, "Try more customers"),
])  # fmt: skip
def test_what_bg_nbd_cannot_be_fitted_to_says_what_to_try(rows, words):
    with pytest.raises(ValueError, match=words):
        retention.fit_bg_nbd(pd.DataFrame(rows))


@pytest.mark.parametrize("likelihood, parameters", [
    ("bg_nbd_log_likelihood", (0.3, 4.0, 0.7, 2.2)),
    ("gamma_gamma_log_likelihood", (6.0, 3.5, 15.0)),
])  # fmt: skip
def test_the_slopes_of_a_likelihood_are_its_differences(likelihood, parameters):
    from scipy.optimize import approx_fprime

    from crm_course.customers.retention import buying

    function = getattr(buying, likelihood)
    rows = [np.array([0.0, 1, 5]), np.array([0.0, 3, 20]), np.array([30.0, 30, 25])]
    data = rows if len(parameters) == 4 else [np.array([1.0, 2, 9]), np.array([5.0, 40, 18])]
    slopes = function(*parameters, *data)[1].sum(axis=1)
    numeric = approx_fprime(np.array(parameters), lambda p: function(*p, *data)[0].sum(), 1e-6)
    assert slopes == pytest.approx(numeric, rel=1e-4)


def test_the_published_parameters_of_gamma_gamma(tenth):
    table = retention.rfm_summary(tenth, observation_end="1997-09-30", time_unit="W")
    model = retention.fit_gamma_gamma(table)
    assert (table["frequency"] > 0).sum() == 946
    assert [model.p, model.q, model.gamma] == pytest.approx([6.25, 3.74, 15.44], abs=0.01)


def test_one_time_buyers_are_expected_to_spend_what_everybody_does():
    model = retention.GammaGamma(6.0, 4.0, 150.0)
    table = pd.DataFrame({"frequency": [0, 400], "monetary_value": [0.0, 80.0]})
    assert model.expected_spend(table).tolist() == pytest.approx([300, 80], rel=0.02)


@pytest.mark.parametrize("rows, words", [
    ({"frequency": [0], "monetary_value": [0.0]}, "who came back, got 1 without"),
    ({"frequency": [1, 2], "monetary_value": [0.0, 5]}, "for customers who came back, got 1 zero"),
    ({"frequency": [2, 3], "monetary_value": [5.0, 5]}, "Look at|Try more customers"),
    ({"frequency": [2], "monetary_value": [-5.0]}, "must not be negative"),
])  # fmt: skip
def test_what_gamma_gamma_cannot_be_fitted_to_says_what_to_try(rows, words):
    with pytest.raises(ValueError, match=words):
        retention.fit_gamma_gamma(pd.DataFrame(rows))


def test_where_no_mean_exists_none_is_invented():
    table = pd.DataFrame({"frequency": [1], "monetary_value": [5.0]})
    with pytest.raises(ValueError, match="q must be above 1 for a mean amount to exist, got 0.9"):
        retention.GammaGamma(1.0, 0.9, 5.0).expected_spend(table)


# --- the retention model


@pytest.mark.parametrize("drivers, probability", [
    ((1, 0.5, 0), 0.8389), ((-1, 0, 2), 0.7503), ((-1, 0, 0), 0.3775), ((0, 0, 0), 0.5987),
])  # fmt: skip
def test_the_textbook_probabilities(drivers, probability):
    assert retention.TEXTBOOK.probability(*drivers) == pytest.approx(probability, abs=5e-5)


def test_a_wall_counts_six_times_as_much_for_the_unhappy():
    P = retention.TEXTBOOK.probability
    gains = [P(S, 0, 1) - P(S, 0, 0) for S in (-1, 1)]
    assert gains == pytest.approx([0.1969, 0.0317], abs=5e-5)


def asked(n, model=retention.TEXTBOOK, seed=5):
    """Return renewals whose customers decide by the model, half of them called (and then lost)."""
    rng = np.random.default_rng(seed)
    points = [np.clip(rng.normal(6, 1.5, n), 0, 10), np.clip(rng.normal(6, 1.5, n), 0, 10)]
    panel = pd.DataFrame({"customer_id": np.arange(n), "sat": points[0], "value": points[1],
                          "switch_cost": np.clip(rng.normal(5, 2, n), 0, 10)})  # fmt: skip
    people = retention.drivers(panel)
    stay = model.probability(people["satisfaction"], people["value"], people["switching_cost"])
    panel["renewal_due"], panel["treated"] = rng.random(n) < 0.8, rng.random(n) < 0.3
    panel["churned"] = panel["treated"] | ~panel["renewal_due"] | (rng.random(n) > stay)
    return panel


def test_the_weights_are_recovered_from_renewals_that_nobody_was_called_for():
    table = retention.fit_retention_model(asked(30_000)).summary
    error = (table["estimate"] - [0.4, 0.9, 0.7, 0.5, -0.3]) / table["standard_error"]
    assert error.abs().max() < 4
    assert table["standard_error"].max() < 0.04


def test_the_summary_names_its_terms_and_a_textbook_has_no_errors():
    table = retention.TEXTBOOK.summary
    assert table["term"].tolist() == [
        "intercept", "satisfaction", "value", "switching_cost", "interaction",
    ]  # fmt: skip
    assert table["standard_error"].isna().all()


def test_a_step_of_each_driver_is_that_of_the_schema():
    panel = pd.DataFrame({"customer_id": [9], "month": [3], "sat": [7.5], "value": [4.5],
                          "switch_cost": [9.0]})  # fmt: skip
    assert retention.drivers(panel).to_dict("records") == [
        {"customer_id": 9, "month": 3, "satisfaction": 1, "value": -1, "switching_cost": 2}
    ]


@pytest.mark.parametrize("change, words", [
    (lambda r: r.assign(churned=False), "who stayed and customers who left, got 0 leavers"),
    (lambda r: r.assign(renewal_due=False), "got 0 leavers of 0"),
    (lambda r: r.assign(sat=6.0), "must vary in every driver"),
    (lambda r: r.assign(sat=7.0), "must vary in every driver, .* of which 3 say it all"),
    (lambda r: r.assign(churned=r["sat"] < 6), "overlap between stayers and leavers"),
    (lambda r: r.drop(columns="value"), r"renewals lacks the column\(s\) value"),
])  # fmt: skip
def test_renewals_that_teach_nothing_say_what_to_take(change, words):
    with pytest.raises(ValueError, match=words):
        retention.fit_retention_model(change(asked(500)))


# --- policies at the end of a contract


def test_a_step_of_wall_keeps_the_unhappy_rather_than_the_happy():
    people = pd.DataFrame({"satisfaction": [-1.0, 1.0], "value": 0.0, "switching_cost": 0.0})
    kept = retention.kept_by(retention.WALL, people)
    assert kept.round(4).tolist() == [0.1969, 0.0317]  # exercise 3.2 of the brief


def test_what_a_policy_keeps_depends_on_the_walls_that_stand():
    people = pd.DataFrame({"satisfaction": [0.0], "value": 0.0, "switching_cost": 0.0})
    shops = [retention.kept_by(retention.SHOPS, people, move=move).item() for move in (-1, 0, 1)]
    assert shops == sorted(shops, reverse=True)


def test_policies_name_a_missing_column():
    with pytest.raises(ValueError, match=r"panel lacks the column\(s\) renewal_due"):
        retention.policy_money(pd.DataFrame({"sat": [5.0]}))
    with pytest.raises(ValueError, match="people lacks the column"):
        retention.kept_by(retention.WALL, pd.DataFrame({"satisfaction": [0.0]}))


def test_the_shops_pay_for_themselves_contract_by_contract():
    panel = datasets.load("panel")
    free = retention.policy_money(panel, moves=(0,), cost_of_shops=0)
    paid = retention.policy_money(panel, moves=(0,), cost_of_shops=8)
    assert (free - paid).round(6).loc[0].to_dict() == {"wall": 0, "shops": 8000}


def test_a_content_customer_is_worth_more_than_an_unhappy_one():
    worth = retention.yearly_worth(datasets.load("panel"))
    assert worth.is_monotonic_increasing
