"""The renewal model, the uplift of a call and the reasons are what truth says they are."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import mobile
from crm_course.datagen.scenario import Call, Retention
from crm_course.schema import REASONS

TRUTH = (0.4, 0.9, 0.7, 0.5, -0.3)


@pytest.fixture
def renewals(world):
    panel = world("panel")
    return panel[panel["renewal_due"]].merge(world("truth_panel"), on=["customer_id", "month"])


def logit(renewals):
    s, v, c = mobile.renewal_drivers(renewals)
    design = np.column_stack([np.ones(len(renewals)), s, v, c, s * c])
    return sm.Logit(~renewals["churned"].to_numpy(), design).fit(disp=False)


def test_a_logit_on_the_renewals_nobody_called_recovers_the_truth(renewals):
    fit = logit(renewals[~renewals["treated"]])
    assert (np.abs(fit.params - TRUTH) < 4 * fit.bse).all(), fit.params


def test_in_the_null_world_satisfaction_does_not_move_renewals(null_world):
    panel = null_world("panel")
    fit = logit(panel[panel["renewal_due"] & ~panel["treated"]])
    assert (np.abs(fit.params - (0.4, 0, 0.7, 0.5, 0)) < 4 * fit.bse).all(), fit.params


def test_the_truth_table_holds_the_model_of_the_recorded_scores(renewals):
    model = mobile.stay_probability(Retention(), renewals)
    assert renewals["stay_probability"].tolist() == model.tolist()
    assert mobile.stay_probability(Retention(), {"sat": 7.5, "value": 6.75, "switch_cost": 5}) == (
        pytest.approx(0.8389, abs=5e-5)
    )


def test_the_trial_measures_the_mean_uplift(renewals):
    stayed = ~renewals["churned"]
    arms = stayed.groupby(renewals["treated"]).agg(["mean", "var", "size"])
    error = (arms["var"] / arms["size"]).sum() ** 0.5
    assert abs(arms["mean"].diff().iloc[-1] - renewals["uplift"].mean()) < 4 * error


def test_potential_outcomes_have_the_probabilities_claimed(renewals, within):
    within(renewals["stayed_untreated"] - renewals["stay_probability"], 0)
    within(renewals["stayed_treated"] - renewals["stay_probability"] - renewals["uplift"], 0)


def test_what_happened_is_the_outcome_of_the_arm(renewals):
    shown = renewals["stayed_treated"].where(renewals["treated"], renewals["stayed_untreated"])
    assert (shown == ~renewals["churned"]).all()


def test_a_call_helps_or_harms_but_never_both(renewals):
    gained = renewals["stayed_treated"].astype(int) - renewals["stayed_untreated"].astype(int)
    assert (gained * np.sign(renewals["uplift"]) >= 0).all()


def test_calls_are_a_fair_coin_at_renewals_only(world, within):
    panel = world("panel")
    assert not panel.loc[~panel["renewal_due"], "treated"].any()
    within(panel.loc[panel["renewal_due"], "treated"], 0.5)


@pytest.mark.parametrize("risk, uplift", [(0.06, -0.03), (0.45, 0.14), (0.9, 0.02), (0.005, -0.03)])
def test_uplift_follows_its_knots(risk, uplift):
    assert mobile.call_uplift(Call(), 1 - risk) == pytest.approx(uplift)


def test_uplift_never_exceeds_the_risk():
    certain = Call(risk=(0, 1), uplift=(0.5, 0.5))
    assert mobile.call_uplift(certain, np.array([0.9, 0.2])).tolist() == [0.1, 0.5]


def test_contracts_run_twelve_months_and_nobody_returns(world):
    panel = world("panel")
    assert (panel["renewal_due"] == (panel["tenure"] % 12 == 11)).all()
    customer = panel.groupby("customer_id")
    assert (customer["month"].max() - customer["month"].min() + 1 == customer.size()).all()
    assert (panel["churned"] <= (customer["month"].transform("max") == panel["month"])).all()


def test_between_renewals_people_leave_at_the_hazards_given(world, within):
    panel, reasons = world("panel"), world("truth_churn")
    between = panel[~panel["renewal_due"]].merge(reasons, how="left", on=["customer_id", "month"])
    for reason, hazard in (("forced", 0.004), ("firm_abandoned", 0.001), ("other", 0.001)):
        within(between["reason_true"] == reason, hazard)
    within(between["churned"], 0.006)


def test_scores_have_the_middle_and_step_of_the_schema(world):
    first = world("panel").query("tenure == 0")[["sat", "value", "switch_cost"]]
    assert first.mean().tolist() == pytest.approx([6, 6, 5], abs=0.06)
    assert first.std().tolist() == pytest.approx([1.5, 1.5, 2], abs=0.04)


def test_scores_are_linked_as_declared(world):
    first = world("panel").query("tenure == 0").merge(world("truth_customers"))
    linked = first[["satisfaction", "sat", "value", "switch_cost"]].corr()
    assert linked["sat"].tolist() == pytest.approx([0.8, 1, 0.4, 0], abs=0.03)


def test_the_null_world_links_satisfaction_to_its_own_score_only(null_world):
    panel = null_world("panel").query("tenure == 0").merge(null_world("truth_customers"))
    linked = panel[["satisfaction", "value", "switch_cost", "revenue", "margin"]].corr()[
        "satisfaction"
    ]
    assert (linked.abs().iloc[1:] < 4 / len(panel) ** 0.5).all()


def pulls(made):
    """Odds of leaving as poached, and as attracted, to leaving dissatisfied, at renewals."""
    gone = made("truth_panel").dropna(subset="reason_true").merge(made("panel"))
    design = np.column_stack([np.ones(len(gone)), *mobile.renewal_drivers(gone)])
    codes = gone["reason_true"].map(["dissatisfied", "poached", "attracted"].index)
    return sm.MNLogit(codes.to_numpy(), design).fit(disp=False)


def test_the_weak_spot_of_a_customer_decides_who_pulls(world, null_world):
    truth = np.array([[-0.3, 1, 0, -1], [-0.5, 1, -1, 0]]).T
    fit, null = pulls(world), pulls(null_world)
    assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params
    truth[1] = 0
    assert (np.abs(null.params - truth) < 4 * null.bse).all(), null.params


def test_each_true_reason_is_given_as_often_as_the_confusion_matrix_says(world):
    gone = world("panel").merge(world("truth_churn"))
    table = pd.crosstab(gone["reason_true"], gone["reason_stated"])
    table = table.loc[list(REASONS), list(REASONS)]
    shares = np.array([
        [0.20, 0.15, 0.35, 0.00, 0.00, 0.30],
        [0.00, 0.62, 0.18, 0.05, 0.00, 0.15],
        [0.00, 0.00, 0.95, 0.05, 0.00, 0.00],
        [0.00, 0.00, 0.22, 0.70, 0.00, 0.08],
        [0.00, 0.00, 0.05, 0.00, 0.85, 0.10],
        [0.00, 0.00, 0.20, 0.00, 0.00, 0.80],
    ])  # fmt: skip
    count = table.sum(axis=1).to_numpy()[:, None]
    error = np.sqrt(shares * (1 - shares) / count)
    assert (np.abs(table / count - shares) <= 4 * error).all(axis=None), table / count


def test_price_is_stated_half_again_as_often_as_it_is_true(world):
    stated = world("panel")["reason_stated"].value_counts(normalize=True)
    true = world("truth_churn")["reason_true"].value_counts(normalize=True)
    assert stated["poached"] / true["poached"] == pytest.approx(1.5, abs=0.05)
    assert (stated / true)[["dissatisfied", "firm_abandoned"]].max() < 0.7


def test_every_leaver_and_nobody_else_states_a_reason(world):
    panel = world("panel")
    assert (panel["reason_stated"].notna() == panel["churned"]).all()
    assert len(world("truth_churn")) == panel["churned"].sum()


def test_a_year_of_a_customer_is_worth_about_200(world):
    assert 12 * world("panel")["margin"].mean() == pytest.approx(205, abs=15)


def test_the_unhappy_cost_five_more_a_month_for_each_step(world, null_world):
    for made, slope in ((world, 5), (null_world, 0)):
        panel = made("panel")
        unhappy = np.maximum(-mobile.renewal_drivers(panel)[0], 0)
        fit = sm.OLS(panel["cost_to_serve"].to_numpy(), sm.add_constant(unhappy.to_numpy())).fit()
        assert (np.abs(fit.params - (10, slope)) < 4 * fit.bse).all(), fit.params


def test_the_churn_score_orders_customers_as_the_risk_does(renewals):
    assert renewals["risk_score"].corr(1 - renewals["stay_probability"], method="spearman") > 0.9
    assert renewals["risk_score"].between(0, 100).all()
