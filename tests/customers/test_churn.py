import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from crm_course import datasets
from crm_course.customers import churn, retention

SAFE, UNDECIDED, RISKY = "0 to 33", "34 to 66", "67 to 100"


@pytest.fixture(scope="module")
def panel():
    return datasets.load("panel")


@pytest.fixture(scope="module")
def renewals(panel):
    return panel[panel["renewal_due"]].reset_index(drop=True)


@pytest.fixture(scope="module")
def truth(renewals):
    """Return the true uplift of each renewal, in the order of the renewals."""
    table = datasets.load("truth_panel", truth=True)
    return renewals[["customer_id", "month"]].merge(table, how="left")["uplift"]


@pytest.fixture(scope="module")
def groups(renewals):
    return churn.uplift_by_group(renewals)


@pytest.fixture(scope="module")
def hazard(panel):
    return churn.fit_hazard(panel)


def trial(*rows):
    """Return a trial from (risk_score, treated, churned)."""
    table = pd.DataFrame(rows, columns=["risk_score", "treated", "churned"])
    return table.assign(customer_id=range(1, len(table) + 1))


# --- reasons


def test_every_leaver_has_one_stated_and_one_true_reason(panel):
    left = panel[panel["churned"]]
    compared = churn.reasons_compared(left, datasets.load("truth_churn", truth=True))
    assert compared[["stated", "true"]].sum().tolist() == [len(left), len(left)]
    assert (compared["agree"] <= compared[["stated", "true"]].min(axis=1)).all()


def test_reasons_counted_by_hand():
    who = {"customer_id": [1, 2, 3], "month": [12, 12, 24]}
    said = pd.DataFrame(who).assign(reason_stated=["poached", "poached", "forced"])
    meant = pd.DataFrame(who).assign(reason_true=["dissatisfied", "poached", "forced"])
    compared = churn.reasons_compared(said, meant)
    assert compared.loc["poached"].tolist() == [2, 1, 1]
    assert compared.loc["dissatisfied"].tolist() == [0, 1, 0]
    assert set(compared.index) == set(churn.TYPES)


def test_the_world_says_price_half_again_too_often_and_unhappy_too_rarely(panel):
    left = panel[panel["churned"]]
    compared = churn.reasons_compared(left, datasets.load("truth_churn", truth=True))
    ratio = compared["stated"] / compared["true"]
    assert 1.3 < ratio["poached"] < 1.7 and ratio["dissatisfied"] < 0.7


def test_who_stays_has_no_reason_to_compare(panel):
    with pytest.raises(ValueError, match="got 10 without. Give only customer-months with churned"):
        churn.reasons_compared(
            panel[~panel["churned"]].head(10), datasets.load("truth_churn", truth=True)
        )


@pytest.mark.parametrize("lacks", ["month", "reason_true"])
def test_a_truth_without_its_columns_is_named(panel, lacks):
    truth = datasets.load("truth_churn", truth=True).drop(columns=lacks)
    with pytest.raises(ValueError, match=rf"truth lacks the column\(s\) {lacks}"):
        churn.reasons_compared(panel[panel["churned"]], truth)


def test_a_price_cut_by_hand():
    # 100 kept at 200 - 36 each, 600 get 36 less
    assert churn.price_cut(600, 100, cut=3) == 100 * 164 - 600 * 36
    assert churn.price_cut(600, 100, cut=0, worth=150) == 15_000


def test_a_negative_cut_is_refused():
    with pytest.raises(ValueError, match="cut must be 0 or more, got -1"):
        churn.price_cut(600, 100, cut=-1)


def test_the_parts_of_churn_add_up_and_forced_stays_in_the_report(panel):
    parts = churn.manageable_churn(panel)
    assert parts["all"] == pytest.approx(panel["churned"].mean())
    assert parts[["manageable", "forced", "rest"]].sum() == pytest.approx(parts["all"])
    forced = (panel["reason_stated"] == "forced").sum() / len(panel)
    assert parts["forced"] == pytest.approx(forced)


def test_an_unknown_column_of_reasons_is_named(panel):
    with pytest.raises(ValueError, match="the column 'why'"):
        churn.manageable_churn(panel, reason="why")


# --- what a call pays


def test_the_numbers_of_the_brief():
    assert churn.call_profit(0.02, 20, 200) == pytest.approx(-16)
    assert churn.call_profit(0.12, 20, 200) == pytest.approx(4)
    assert churn.break_even_uplift(20, 200) == pytest.approx(0.10)


def test_at_break_even_a_call_earns_nothing():
    assert churn.call_profit(churn.break_even_uplift(15, 180), 15, 180) == pytest.approx(0)


def test_a_renewal_worth_nothing_is_refused():
    with pytest.raises(ValueError, match="worth must be above 0, got 0"):
        churn.break_even_uplift(15, 0)


# --- uplift by group


def test_uplift_by_hand():
    rows = [(10, True, False), (10, False, False), (90, True, False), (90, True, True),
            (90, False, True), (90, False, True)]  # fmt: skip
    table = churn.uplift_by_group(trial(*rows), edges=(50,))
    assert table["contracts"].tolist() == [2, 4]
    assert table["uplift"].tolist() == [0.0, 0.5]
    assert table["standard_error"].tolist() == pytest.approx([0, np.sqrt(0.25 / 2)])


def test_uplift_is_that_of_a_regression_with_a_dummy_for_every_group(renewals, groups):
    import statsmodels.formula.api as smf

    table = renewals.assign(
        stayed=1.0 - renewals["churned"],
        called=renewals["treated"].astype(float),
        g=churn.risk_group(renewals).astype(str),
    )
    fit = smf.ols("stayed ~ C(g) + C(g):called - 1", table).fit()
    slopes = [fit.params[f"C(g)[{name}]:called"] for name in groups.index]
    assert groups["uplift"].tolist() == pytest.approx(slopes)


def test_the_true_uplift_of_every_group_is_recovered(renewals, groups, truth):
    true = truth.groupby(churn.risk_group(renewals), observed=False).mean()
    assert ((groups["uplift"] - true).abs() <= 4 * groups["standard_error"]).all()


def test_most_is_added_in_the_middle_in_truth_and_by_estimate(renewals, groups, truth):
    true = truth.groupby(churn.risk_group(renewals), observed=False).mean()
    assert groups["uplift"].idxmax() == true.idxmax() == UNDECIDED


def test_only_renewals_count_where_the_panel_is_given(panel, groups):
    pd.testing.assert_frame_equal(churn.uplift_by_group(panel), groups)


def test_an_edge_belongs_to_the_group_below():
    scores = pd.DataFrame({"risk_score": [0, 33, 34, 66, 67, 100]})
    assert churn.risk_group(scores).tolist() == [SAFE] * 2 + [UNDECIDED] * 2 + [RISKY] * 2


def test_a_group_without_calls_is_refused():
    with pytest.raises(ValueError, match="got 1 groups without. Take fewer edges"):
        churn.uplift_by_group(
            trial((10, True, False), (10, False, True), (90, True, True)), edges=(50,)
        )


def test_the_error_names_the_column(renewals):
    with pytest.raises(ValueError, match="renewals lacks the column.*treated"):
        churn.uplift_by_group(renewals.drop(columns="treated"))
    with pytest.raises(ValueError, match="the column 'score'"):
        churn.risk_group(renewals, by="score")


@pytest.mark.parametrize("score", [150, -1, np.nan])
def test_a_score_beside_the_scale_is_in_no_group(score):
    with pytest.raises(ValueError, match=f"a score from 0 to 100, got {score}"):
        churn.risk_group(pd.DataFrame({"risk_score": [50, score]}))


def test_the_renewals_are_left_alone(renewals):
    before = renewals.copy()
    churn.uplift_by_group(renewals)
    churn.gain_curve(renewals, renewals["risk_score"])
    churn.fit_uplift(renewals)
    pd.testing.assert_frame_equal(renewals, before)


# --- the list


THREE = pd.DataFrame(
    {"contracts": [500, 300, 200], "uplift": [0.0, 0.1, 0.05]}, index=["safe", "middle", "risky"]
)


def test_the_list_adds_up_by_hand():
    table = churn.save_list(THREE)
    assert table["group"].tolist() == ["nobody", "middle", "risky", "safe"]
    assert table["calls"].tolist() == [0, 300, 500, 1000]
    assert table["earned"].tolist() == pytest.approx([0, 1500, 500, -7000])


def test_both_orders_end_with_everybody_at_the_same_sum():
    ends = [churn.save_list(THREE, first=first)["earned"].iloc[-1] for first in ("uplift", "risk")]
    assert ends[0] == pytest.approx(ends[1])


def test_no_list_of_groups_earns_more_than_the_best():
    calls, earned = churn.best_list(THREE)
    assert (calls, earned) == (pytest.approx(300), pytest.approx(1500))
    assert churn.best_list(THREE, cost=25) == (0, 0)


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="first must be 'uplift' or 'risk', got 'bill'"):
        churn.save_list(THREE, first="bill")


def test_fifty_groups_promise_more_than_three_and_keep_less(renewals):
    table = churn.promised_and_kept(renewals, datasets.load("truth_panel", truth=True))
    assert table.loc[50, "promised"] > 2 * table.loc[3, "promised"]
    assert table.loc[50, "kept"] < 0 < table.loc[3, "kept"]


def test_what_three_groups_keep_is_added_up_by_hand(renewals, truth):
    table = churn.promised_and_kept(renewals, datasets.load("truth_panel", truth=True), cuts=(3,))
    middle = truth[churn.risk_group(renewals).astype(str) == UNDECIDED]
    kept = 1000 * (200 * middle - 15).sum() / len(renewals)
    assert table.loc[3, "kept"] == pytest.approx(kept)


# --- a model of uplift, gain curves


def test_two_models_find_the_weights_of_those_who_were_not_called(renewals):
    model = churn.fit_uplift(renewals)
    expected = retention.fit_retention_model(renewals)
    assert model.not_called.satisfaction == pytest.approx(expected.satisfaction)


def test_two_models_put_persuadable_customers_first(renewals, truth):
    uplift = churn.fit_uplift(renewals).uplift(renewals)
    assert np.corrcoef(uplift, truth)[0, 1] > 0.4


def test_a_gain_curve_by_hand():
    table = trial((0, True, False), (0, False, True), (0, True, True), (0, False, True))
    curve = churn.gain_curve(table, pd.Series([4, 3, 2, 1]))
    assert curve["calls"].tolist() == [0, 250, 500, 750, 1000]
    assert curve["gain"].tolist()[2:] == pytest.approx([500, 375, 500])


def test_a_gain_curve_of_all_months_takes_those_that_were_due(panel, renewals):
    everything = churn.gain_curve(panel, panel["risk_score"])
    pd.testing.assert_frame_equal(everything, churn.gain_curve(renewals, renewals["risk_score"]))


def test_a_score_in_another_order_is_refused(renewals):
    with pytest.raises(ValueError, match="score must have the rows of renewals in their order"):
        churn.gain_curve(renewals, renewals["risk_score"].sort_values())


def test_every_gain_curve_ends_at_the_gain_of_calling_everybody(renewals):
    stayed = 1 - renewals.groupby("treated")["churned"].mean()
    for score in (renewals["risk_score"], -renewals["risk_score"]):
        end = churn.gain_curve(renewals, score)["gain"].iloc[-1]
        assert end == pytest.approx(1000 * (stayed[True] - stayed[False]))


def test_a_straight_line_has_no_qini_and_a_list_and_its_reverse_differ():
    line = pd.DataFrame({"calls": [0, 400, 1000], "gain": [0, 12, 30]})
    assert churn.qini(line) == pytest.approx(0)
    assert churn.qini(line.assign(gain=[0, 20, 30])) == pytest.approx(4)


def test_lists_are_compared_by_the_trial_and_by_the_truth(renewals, truth):
    hidden = datasets.load("truth_panel", truth=True)
    table = churn.compare_lists(renewals, {"risk": renewals["risk_score"]}, hidden, calls=1000)
    everybody = churn.gain_curve(renewals, renewals["risk_score"])["gain"].iloc[-1]
    assert table.loc["risk", "true"] == pytest.approx(1000 * truth.mean())
    assert table.loc["risk", "counted"] == pytest.approx(everybody)


# --- when they leave


def test_the_forces_act_in_the_month_of_renewal_with_their_true_weights(hazard):
    true = pd.Series({"satisfaction": -0.9, "value": -0.7, "switching_cost": -0.5})
    weights = hazard.weights.loc[true.index]
    assert ((weights["renewal"] - true).abs() <= 4 * weights["renewal_error"]).all()
    assert (weights["other"].abs() <= 4 * weights["other_error"]).all()


def test_the_weights_are_those_of_another_library(panel, hazard):
    from sklearn.linear_model import LogisticRegression

    rows = panel[panel["renewal_due"] & ~panel["treated"]]
    steps = retention.drivers(rows)[["satisfaction", "value", "switching_cost"]]
    fit = LogisticRegression(C=np.inf, tol=1e-8).fit(steps, rows["churned"])
    assert hazard.weights["renewal"][1:].tolist() == pytest.approx(fit.coef_[0].tolist(), abs=1e-3)


def test_survival_multiplies_the_months_by_hand(hazard):
    curve = hazard.survival(months=13, satisfaction=1)
    between = 1 - hazard.chance(renewal=False, satisfaction=1)
    at_renewal = 1 - hazard.chance(renewal=True, satisfaction=1)
    assert curve[12] == pytest.approx(between**11 * at_renewal)
    assert curve[13] == pytest.approx(curve[12] * between)


def test_the_chance_of_leaving_is_a_logit(hazard):
    weight = hazard.weights["renewal"]
    expected = expit(weight["intercept"] - weight["satisfaction"])
    assert hazard.chance(renewal=True, satisfaction=-1) == pytest.approx(expected)


def test_one_weight_for_all_months_lies_between_the_two(panel, hazard):
    same = churn.fit_hazard(panel, same_every_month=True).weights.loc["satisfaction"]
    split = hazard.weights.loc["satisfaction"]
    assert same["renewal"] == same["other"]
    assert split["renewal"] < same["renewal"] < split["other"]


def test_a_panel_in_which_nobody_leaves_between_renewals_is_refused(panel):
    with pytest.raises(ValueError, match="both kinds of month"):
        churn.fit_hazard(panel[panel["renewal_due"] | ~panel["churned"]])


@pytest.mark.parametrize("change, error, words", [
    (lambda p: p.assign(sat=7.0), ValueError, "panel must vary in every driver"),
    (lambda p: p.assign(churned=p["sat"] < 5), ValueError, "overlap between stayers and leavers"),
    (lambda p: p.assign(treated=p["treated"] * 1), TypeError, r"'treated'\] must be True or False"),
])  # fmt: skip
def test_a_panel_that_teaches_nothing_says_what_to_take(panel, change, error, words):
    with pytest.raises(error, match=words):
        churn.fit_hazard(change(panel))


def test_without_leavers_there_is_nobody_to_compare_with(panel):
    with pytest.raises(ValueError, match="renewals of stayers and of leavers, got 0 months"):
        churn.before_renewal(panel.assign(churned=False))


def test_leavers_were_less_happy_a_year_before(panel):
    means = churn.before_renewal(panel)
    assert means.index.tolist() == list(range(11, -1, -1))
    last = panel[panel["renewal_due"]].groupby("churned")["sat"].mean()
    assert means.loc[0].tolist() == pytest.approx([last[False], last[True]])
    assert (means["stays"] > means["leaves"]).all()


def test_who_is_unhappy_half_a_year_before_is_counted_by_hand(panel):
    table = churn.early_warning(panel, months=(0,), below=5)
    last = panel[panel["renewal_due"] & (panel["sat"] < 5)]
    assert table.loc[0, "unhappy"] == len(last)
    assert table.loc[0, "leave"] == pytest.approx(last["churned"].mean())


def test_months_paid_are_the_area_under_the_curve(hazard):
    assert hazard.months_paid(1, satisfaction=1) == 1
    expected = 2 - hazard.chance(renewal=False, satisfaction=1)
    assert hazard.months_paid(2, satisfaction=1) == pytest.approx(expected)


# --- pictures


def test_the_picture_of_reasons_says_its_numbers(panel):
    left = panel[panel["churned"]]
    ax = churn.plot_reasons(churn.reasons_compared(left, datasets.load("truth_churn", truth=True)))
    assert "say the price and 23 mean it" in ax.figure.get_label()


def test_the_explorer_finds_the_price_at_which_the_riskiest_join(groups):
    explorer = churn.explore_save_list(groups)
    assert "call 317 of 1,000" in explorer.move(cost_of_call=13)
    assert "call 515 of 1,000" in explorer.move(cost_of_call=12)
    assert explorer.move(cost_of_call=21) == "A call costs ¥21: call nobody."


def test_the_other_pictures_say_what_they_show(panel, renewals, hazard):
    curve = churn.gain_curve(renewals, renewals["risk_score"])
    end = churn.plot_gain({"riskiest first": curve})
    assert "riskiest first:" in end.figure.get_label()
    assert (
        "gap is 0.9 points"
        in churn.plot_before_renewal(churn.before_renewal(panel)).figure.get_label()
    )
    assert "After three years" in churn.plot_survival(hazard).figure.get_label()
