"""Defaults follow the logit of the recorded columns, invoices the delinquency chain."""

from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from sklearn.metrics import roc_auc_score

from crm_course.datagen import credit
from crm_course.datagen.scenario import Scenario

SIGNALS = ["order_gap", "complaints", "contact_changed"]
NAMES = list(credit.SCALES)


def steps(debtors):
    scaled = {name: (debtors[name] - middle) / step
              for name, (middle, step) in credit.SCALES.items()}  # fmt: skip
    return pd.DataFrame(scaled).assign(shock=debtors["month"] == 24, const=1.0).astype(float)


def logit(debtors, names):
    return sm.Logit(debtors["defaulted"].astype(float), steps(debtors)[names]).fit(disp=False)


def test_a_logit_recovers_every_driver_and_the_shock(world):
    fit = logit(world("debtors"), [*NAMES, "shock", "const"])
    truth = Scenario().credit
    expected = [*(getattr(truth, name) for name in NAMES), truth.shock, truth.intercept]
    assert (np.abs(fit.params - expected) < 4 * fit.bse).all(), fit.params


def test_in_the_null_world_signals_and_shock_say_nothing(null_world):
    fit = logit(null_world("debtors"), [*NAMES, "shock", "const"])
    assert (np.abs(fit.params / fit.bse)[[*SIGNALS, "shock"]] < 4).all(), fit.params


def test_the_truth_is_the_logit_of_the_recorded_columns(world):
    odds = credit.log_odds(Scenario().credit, world("debtors"))
    calm = world("truth_debtors")["default_probability_calm"]
    assert calm.tolist() == pytest.approx((1 / (1 + np.exp(-odds))).round(6).tolist())


def test_seven_per_cent_default_in_a_calm_year(world, within):
    debtors, truth = world("debtors"), world("truth_debtors")
    first = debtors["month"] == 12
    assert debtors.loc[first, "defaulted"].mean() == pytest.approx(0.07, abs=0.01)
    within(debtors["defaulted"] - truth["default_probability"], 0)
    within(truth["defaulted_calm"] - truth["default_probability_calm"], 0)


def test_the_signals_of_the_crm_add_five_points_of_auc(world):
    debtors = world("debtors")
    known = [name for name in NAMES if name not in SIGNALS]
    chances = [logit(debtors, [*names, "shock", "const"]).predict() for names in (NAMES, known)]
    full, less = (roc_auc_score(debtors["defaulted"], chance) for chance in chances)
    assert full - less == pytest.approx(0.05, abs=0.012)


def test_the_shock_breaks_debtors_and_saves_none(world):
    debtors, truth = world("debtors"), world("truth_debtors")
    assert (truth["defaulted_calm"] <= debtors["defaulted"]).all()
    only = debtors["defaulted"] & ~truth["defaulted_calm"]
    assert (debtors.loc[only, "month"] == 24).all()
    assert debtors.loc[only, "defaulted_on"].min() >= np.datetime64("2025-04-30")


def test_who_defaulted_is_reviewed_no_more(world):
    debtors = world("debtors")
    gone = debtors.loc[debtors["defaulted"] & (debtors["month"] == 12), "customer_id"]
    again = debtors.loc[debtors["month"] == 24, "customer_id"]
    assert not gone.isin(again).any()
    assert (debtors["defaulted"] == debtors["defaulted_on"].notna()).all()


def states(invoices):
    """Worst state of the invoices of each customer and month, among the paid ones."""
    late = (invoices["paid_on"] - invoices["due_on"]).dt.days
    month = invoices["issued_on"].dt.year * 12 + invoices["issued_on"].dt.month - 2023 * 12
    paid = invoices.assign(month=month, state=np.digitize(late, [1, 31]))[late.notna()]
    return paid.groupby(["customer_id", "month"])["state"].agg(["min", "max"])


def transitions(invoices, first, last):
    state = states(invoices)["max"].reset_index().query("@first <= month <= @last")
    after = state.assign(month=state["month"] - 1)
    pairs = state.merge(after, on=["customer_id", "month"], suffixes=("", "_next"))
    return pd.crosstab(pairs["max"], pairs["max_next"])


def test_a_month_has_one_state(world):
    found = states(world("invoices"))
    assert (found["min"] == found["max"]).all()


def test_roll_rates_are_those_of_the_chain(world):
    table = transitions(world("invoices"), 1, 12)
    rates = table.div(table.sum(axis=1), axis=0).to_numpy()
    truth = np.array(astuple(Scenario().delinquency)[1:4])
    error = np.sqrt(truth * (1 - truth) / table.sum(axis=1).to_numpy()[:, None])
    assert (np.abs(rates - truth) < 4 * error).all(), rates


def test_payment_is_slower_from_month_26(world, null_world):
    def staying(invoices):
        table = transitions(invoices, 26, 33)
        return table.loc[0, 0] / table.loc[0].sum()

    assert staying(world("invoices")) == pytest.approx(0.80, abs=0.02)
    assert staying(null_world("invoices")) == pytest.approx(0.88, abs=0.02)


def test_days_late_can_be_computed_again_from_the_invoices(world):
    debtors = world("debtors").query("month == 12").set_index("customer_id")["days_late"]
    day = np.datetime64("2023-12-31")
    paid = world("invoices").query("paid_on <= @day")
    paid = paid[(day - paid["paid_on"]).dt.days < 180]
    late = (paid["paid_on"] - paid["due_on"]).dt.days.clip(lower=0)
    again = late.groupby(paid["customer_id"]).mean().round(1)
    assert debtors[again.index].tolist() == pytest.approx(again.tolist(), abs=0.051)


def test_the_gap_can_be_computed_again_from_invoices_and_joining(world):
    debtors = world("debtors").query("month == 12").merge(world("customers"), on="customer_id")
    day = np.datetime64("2023-12-31")
    last = world("invoices").query("issued_on <= @day").groupby("customer_id")["issued_on"].max()
    since = debtors["customer_id"].map(last).fillna(debtors["joined_on"])
    again = (day - since).dt.days.clip(upper=90)
    assert debtors["order_gap"].tolist() == again.tolist()
    assert (~debtors["customer_id"].isin(last.index)).any()


def test_who_paid_nothing_was_not_late(world):
    debtors, day = world("debtors").query("month == 12"), np.datetime64("2023-12-31")
    paid = world("invoices").query("paid_on <= @day")
    paid = paid[(day - paid["paid_on"]).dt.days < 180]
    none = debtors.loc[~debtors["customer_id"].isin(paid["customer_id"]), "days_late"]
    assert len(none) and (none == 0).all()


def test_four_in_a_hundred_who_joined_in_2024_are_never_reviewed(world):
    joined = world("customers").query("unit == 'wholesale' and '2024' <= joined_on < '2025'")
    missing = ~joined["customer_id"].isin(world("debtors")["customer_id"])
    assert missing.mean() == pytest.approx(0.036, abs=0.008)


def test_complaints_fall_with_satisfaction(world, null_world):
    def slope(of):
        table = of("debtors").merge(of("truth_customers"))
        design = sm.add_constant(table["satisfaction"])
        return sm.GLM(table["complaints"], design, sm.families.Poisson()).fit()

    fit, null = slope(world), slope(null_world)
    assert fit.params["satisfaction"] == pytest.approx(-0.4, abs=4 * fit.bse["satisfaction"])
    assert null.params["satisfaction"] == pytest.approx(0, abs=4 * null.bse["satisfaction"])


def test_only_the_unpaid_invoices_of_defaulters_are_written_off(world):
    invoices = world("invoices")
    lost = invoices["written_off"] > 0
    broke = world("debtors").dropna(subset="defaulted_on").set_index("customer_id")["defaulted_on"]
    assert invoices.loc[lost, "customer_id"].isin(broke.index).all()
    assert invoices.loc[lost, "paid_on"].isna().all()
    assert (invoices["issued_on"] <= invoices["customer_id"].map(broke))[lost].all()


def test_losses_are_the_share_that_truth_gives(world):
    loss = world("truth_debtors").drop_duplicates("customer_id").set_index("customer_id")
    lost = world("invoices").query("written_off > 0")
    share = lost["customer_id"].map(loss["loss_given_default"])
    assert (lost["written_off"] - share * lost["amount"]).abs().max() <= 0.0051
    assert loss["loss_given_default"].mean() == pytest.approx(0.6, abs=0.01)


def test_a_security_saves_half_of_the_loss(world, within):
    loss = world("debtors").merge(world("truth_debtors")).drop_duplicates("customer_id")
    within(loss.loc[loss["secured"], "loss_given_default"], 0.40)
    within(loss.loc[~loss["secured"], "loss_given_default"], 0.686)


def test_debtors_differ_in_how_often_they_buy(world, within):
    # Nobody defaults before 2024. The mean square beyond Poisson is mean^2 x (exp(0.3^2) - 1).
    joined = world("customers").query("unit == 'wholesale' and joined_on < '2024'")
    bought = world("invoices").query("issued_on < '2024'")["customer_id"].value_counts()
    count = joined["customer_id"].map(bought).fillna(0)
    months = (pd.Timestamp("2024-01-01") - joined["joined_on"]).dt.days * 12 / 365
    mean = 1.05 * np.exp(0.3**2 / 2) * months
    within(count - mean, 0)
    within((count - mean) ** 2 - count - mean**2 * (np.exp(0.3**2) - 1), 0)


def test_half_of_the_debtors_have_thirty_days_to_pay(world, within):
    first = world("invoices").drop_duplicates("customer_id")
    terms = (first["due_on"] - first["issued_on"]).dt.days
    for days, share in ((30, 0.50), (60, 0.35), (90, 0.15)):
        within(terms == days, share)


def test_the_sample_has_about_the_numbers_of_the_brief(world):
    assert len(world("debtors")) * 0.08 == pytest.approx(1_900, rel=0.05)
    assert len(world("invoices")) * 0.08 == pytest.approx(38_000, rel=0.05)


def test_nobody_is_billed_before_joining(world):
    invoices = world("invoices").merge(world("customers")[["customer_id", "joined_on"]])
    assert (invoices["issued_on"] >= invoices["joined_on"]).all()
    assert set((invoices["due_on"] - invoices["issued_on"]).dt.days) == {30, 60, 90}
