"""The redesign does what truth says, the log tells it, and what is missing is missing by chance."""

import numpy as np
import pytest
import statsmodels.api as sm

from crm_course.datagen import repairs
from crm_course.datagen.scenario import Scenario

REPAIRS = Scenario().repairs


@pytest.fixture
def cases(world):
    return world("repair_cases").merge(world("truth_repair_cases"))


def difference_in_differences(cases, column):
    """Estimate and standard error, clustered by customer, of what the redesign did."""
    a, late = cases["region"] == "A", cases["month"] >= 19
    design = np.column_stack([np.ones(len(a)), a, late, a & late]).astype(float)
    groups = {"groups": cases["customer_id"]}
    fit = sm.OLS(cases[column].astype(float).to_numpy(), design)
    fit = fit.fit(cov_type="cluster", cov_kwds=groups)
    return fit.params[-1], fit.bse[-1]


@pytest.mark.parametrize("column, truth", [("csat", 6), ("first_time_fix", 0.08)])
def test_differences_in_differences_recover_the_redesign(cases, column, truth):
    found, error = difference_in_differences(cases, column)
    assert abs(found - truth) < 4 * error, found


def test_before_and_after_alone_counts_what_came_to_everybody_too(cases):
    a = cases[cases["region"] == "A"]
    change = a[a["month"] >= 19]["csat"].mean() - a[a["month"] < 19]["csat"].mean()
    assert change == pytest.approx(9, abs=0.5)


def test_the_redesign_takes_35_per_cent_off_the_lead_time():
    before, after = (repairs.mean_lead_hours(REPAIRS, redesigned=new) for new in (False, True))
    assert after / before == pytest.approx(0.65, abs=0.001)


def test_lead_times_have_the_mean_of_their_steps(cases, within):
    for new in (False, True):
        hours = cases.loc[cases["redesigned"] == new, "lead_hours"]
        within(hours, repairs.mean_lead_hours(REPAIRS, redesigned=new))


def test_the_log_tells_the_lead_time_where_closing_was_logged(world, cases):
    columns = {"start": ("started_at", "min"), "end": ("ended_at", "max")}
    log = world("event_log").groupby("case_id").agg(**columns, last=("activity", "last"))
    both = cases.set_index("case_id").join(log)
    hours = (both["end"] - both["start"]).dt.total_seconds() / 3600
    assert ((both["last"] == "close") == both["close_logged"]).all()
    assert (hours - both["lead_hours"])[both["close_logged"]].abs().max() < 0.01


def test_twelve_per_cent_of_the_cases_were_never_closed_in_the_log(cases, within):
    within(~cases["close_logged"], 0.12)


def test_a_repair_that_did_not_hold_is_done_again(world, cases):
    done = world("event_log").query("activity == 'repair'").groupby("case_id").size()
    assert (done.loc[cases["case_id"]].to_numpy() == np.where(cases["first_time_fix"], 1, 2)).all()


def test_two_cases_in_five_need_a_part(world, cases, within):
    within(cases["case_id"].isin(world("event_log").query("activity == 'order part'")["case_id"]),
           REPAIRS.part)  # fmt: skip


def test_activities_of_a_case_follow_one_another(world):
    log = world("event_log")
    same = log["case_id"].diff() == 0
    assert (log["started_at"][same] >= log["ended_at"].shift()[same]).all()
    assert (log["ended_at"] >= log["started_at"]).all()
    assert log["ended_at"].max() < np.datetime64("2026-01-01")


def test_cases_come_at_the_rate_declared(world, within):
    joined = world("customers").query("unit == 'home'").set_index("customer_id")["joined_on"]
    months = (np.datetime64("2025-12-01") - joined).dt.days * 12 / 365
    counts = world("repair_cases")["customer_id"].value_counts().reindex(joined.index, fill_value=0)
    within(counts - REPAIRS.rate * months, 0)


def test_satisfied_customers_rate_repairs_higher_except_in_the_null_world(world, null_world):
    for made, truth in ((world, 4), (null_world, 0)):
        both = made("repair_cases").merge(made("truth_customers"))
        early = both[both["month"] < 19]
        fit = sm.OLS(early["csat"], sm.add_constant(early["satisfaction"])).fit()
        assert abs(fit.params["satisfaction"] - truth) < 4 * fit.bse["satisfaction"]


def test_cases_near_the_number_of_the_brief(world):
    sample = world("repair_cases").query("customer_id <= 8000")
    assert len(sample) == pytest.approx(4_000, rel=0.05)
