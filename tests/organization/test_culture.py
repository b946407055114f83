from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course import datasets
from crm_course.organization import culture
from crm_course.organization.culture import slopes

OWN = [f"s{n}" for n in range(24)]  # companies made in the same way, each with its own luck
PATHS = {"a": 0.5, "b": 0.6, "direct": 0.1, "manager_csat": 0.4}


@pytest.fixture(scope="module")
def answers():
    return datasets.load("culture")


@pytest.fixture(scope="module")
def panel(answers):
    return culture.branch_panel(answers, datasets.load("units"))


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_units", truth=True)


@cache
def twins():
    """Survey and customers of many companies."""
    companies = (datasets.company(student=name) for name in OWN)
    return [culture.branch_panel(each.culture, each.units) for each in companies]


@cache
def truth_of(name):
    return datasets.company(student=name).truth("units")


# --- branch against branch, and a branch against itself


def test_three_branches_by_hand():
    panel = pd.DataFrame({"branch": [1, 1, 2, 2, 3, 3], "score": [1.0, 3, 3, 5, 5, 7],
                          "csat": [0.0, 1, 3, 4, 6, 7]})  # fmt: skip
    found = culture.fit_slopes(panel)
    assert (found.between, found.within) == pytest.approx((1.5, 0.5))


def test_slopes_and_errors_are_those_of_statsmodels(panel):
    found = culture.fit_slopes(panel)
    means = panel.groupby("branch")[["score", "csat"]].mean()
    line = sm.OLS(means["csat"], sm.add_constant(means["score"])).fit()
    assert found.between == pytest.approx(line.params["score"])
    assert found.between_error == pytest.approx(line.bse["score"])
    dummies = pd.get_dummies(panel["branch"], dtype=float)
    fixed = sm.OLS(panel["csat"], dummies.assign(score=panel["score"]))
    fixed = fixed.fit(cov_type="cluster", cov_kwds={
        "groups": panel["branch"], "use_correction": False})  # fmt: skip
    assert found.within == pytest.approx(fixed.params["score"])
    assert found.within_error == pytest.approx(fixed.bse["score"] * np.sqrt(60 / 59))


def test_what_stays_the_same_in_a_branch_moves_only_the_slope_between(panel):
    better = panel.assign(csat=panel["csat"] + panel["branch"] ** 2 / 900)
    before, after = culture.fit_slopes(panel), culture.fit_slopes(better)
    assert after.within == pytest.approx(before.within)
    assert after.between != pytest.approx(before.between, rel=0.01)


def test_within_a_branch_culture_itself_is_worth_what_it_is_in_truth():
    known = [panel.merge(truth_of(name)) for name, panel in zip(OWN, twins(), strict=True)]
    found = [culture.fit_slopes(panel, cause="culture") for panel in known]
    within, between = (np.array([getattr(each, name) for each in found])
                       for name in ("within", "between"))  # fmt: skip
    back = 0.017  # csat feeds back into later culture, by 0.05: the price of six short waves
    assert within.mean() == pytest.approx(0.4 - back, abs=3 * within.std() / np.sqrt(len(OWN)))
    assert between.mean() > 0.6  # the manager adds cov(culture, manager) / var(culture) x 0.4


def test_by_a_noisy_survey_within_is_a_little_too_flat_and_between_too_steep():
    found = pd.DataFrame([vars(culture.fit_slopes(panel)) for panel in twins()])
    known = pd.concat(panel.merge(truth_of(name))
                      for name, panel in zip(OWN, twins(), strict=True))  # fmt: skip
    truth = 0.4 / np.polyfit(known["culture"], known["score"], 1)[0]
    assert 0.75 * truth < found["within"].mean() < truth < found["between"].mean() / 1.3
    assert (found["between"] > found["within"]).all()


def test_the_standard_error_is_the_spread_over_companies():
    found = pd.DataFrame([vars(culture.fit_slopes(panel)) for panel in twins()])
    for kind in ("between", "within"):
        assert found[kind].std() == pytest.approx(found[f"{kind}_error"].mean(), rel=0.4)


def test_the_effects_of_the_explorer_are_those_of_the_world():
    table = datasets.load("truth_parameters", truth=True).query("process == 'culture'")
    values = table.set_index("parameter")["value"]
    assert values[list(PATHS)].to_dict() == PATHS
    total = values["direct"] + values["a"] * values["b"]
    assert (total, values["manager_csat"]) == pytest.approx((slopes.TOTAL, slopes.MANAGERS))


def test_a_world_with_its_own_effects_is_the_data(panel, truth):
    pd.testing.assert_frame_equal(culture.world(panel, truth, culture=0.4, managers=0.4), panel)


def test_managers_alone_can_draw_the_slide_but_not_the_slope_within(panel, truth):
    strong = culture.fit_slopes(culture.world(panel, truth, culture=0, managers=1.0))
    weak = culture.fit_slopes(culture.world(panel, truth, culture=0, managers=0.0))
    assert strong.between > culture.fit_slopes(panel).between
    assert strong.within == pytest.approx(weak.within)
    assert abs(strong.within) < 2 * strong.within_error


def test_only_one_world_of_the_explorer_gives_the_data(panel, truth):
    explorer = culture.explore_worlds(panel, truth)
    assert explorer.move().startswith("Culture 0.0, managers 1.0: a point goes with 1.95 steps")
    said = explorer.move(culture=0.4, managers=0.4)
    assert said.endswith("1.81 steps between branches, with 1.07 within a branch.")
    for culture_too, managers_too in ((0.3, 0.4), (0.5, 0.4), (0.4, 0.3), (0.4, 0.5), (0.3, 0.5)):
        other = explorer.move(culture=culture_too, managers=managers_too)
        assert other.partition(": ")[2] != said.partition(": ")[2]


# --- the way through the climate, and the arrow


def test_the_way_through_the_climate_agrees_with_statsmodels(panel):
    found = culture.fit_mediation(panel)
    own = panel[["score", "climate", "csat"]]
    own = own - own.groupby(panel["branch"]).transform("mean")
    first = sm.OLS(own["climate"], own["score"]).fit()
    second = sm.OLS(own["csat"], own[["climate", "score"]]).fit()
    assert found.a == pytest.approx(first.params["score"])
    assert (found.b, found.direct) == pytest.approx(tuple(second.params))
    assert found.total == pytest.approx(culture.fit_slopes(panel).within)


def test_about_three_quarters_go_through_the_climate():
    shares = pd.Series([culture.fit_mediation(panel).share for panel in twins()])
    assert shares.mean() == pytest.approx(0.75, abs=3 * shares.std() / np.sqrt(len(shares)))


def test_the_bootstrap_agrees_with_sobel(panel):
    way = culture.fit_mediation(panel)
    low, high = culture.bootstrap_indirect(panel)
    error = way.indirect / culture.sobel(way.a, way.b, way.a_error, way.b_error)
    assert low < way.indirect < high
    assert (high - low) / 4 == pytest.approx(error, rel=0.15)
    assert (low, high) == culture.bootstrap_indirect(panel)


def test_the_arrow_back_is_the_manager_s(panel, truth):
    known = panel.merge(truth)
    plain = culture.cross_lagged(known).set_index("path")
    held = culture.cross_lagged(known, hold=["manager_quality"]).set_index("path")
    assert plain.loc["csat -> score", "slope"] > 2 * held.loc["csat -> score", "slope"]
    assert (held["slope"] < plain["slope"]).all()


def test_an_arrow_is_that_of_statsmodels(panel):
    scaled = panel[["score", "csat"]]
    scaled = ((scaled - scaled.mean()) / scaled.std()).join(panel[["branch", "wave"]])
    before = scaled.groupby("branch")[["score", "csat"]].shift().add_suffix("_before")
    rows = scaled.join(before).dropna()
    line = sm.OLS(rows["csat"], sm.add_constant(rows[["score_before", "csat_before"]])).fit()
    found = culture.cross_lagged(panel).set_index("path").loc["score -> csat", "slope"]
    assert found == pytest.approx(line.params["score_before"])


def test_a_wave_that_is_missing_is_not_stepped_over(panel):
    with_a_gap = panel[panel["wave"] != 3]
    names = ["score", "csat"]
    scaled = (with_a_gap[names] - with_a_gap[names].mean()) / with_a_gap[names].std()
    scaled = scaled.join(panel[["branch", "wave"]])
    pairs = [scaled[scaled["wave"] == wave].set_index("branch")[names].add_suffix("_before").join(
        scaled[scaled["wave"] == wave + 1].set_index("branch")[names]) for wave in (1, 4, 5)]
    rows = pd.concat(pairs)
    line = sm.OLS(rows["csat"], sm.add_constant(rows[["score_before", "csat_before"]])).fit()
    found = culture.cross_lagged(with_a_gap).set_index("path").loc["score -> csat", "slope"]
    assert found == pytest.approx(line.params["score_before"])


# --- what a survey knows


def test_alpha_is_that_of_the_closed_form_for_questions_alike():
    rng = np.random.default_rng(3)
    person = rng.standard_normal((40_000, 1))
    items = pd.DataFrame(person + rng.standard_normal((40_000, 4)))  # each pair correlates 0.5
    assert culture.cronbach_alpha(items) == pytest.approx(0.8, abs=0.005)


def test_alpha_wants_two_questions():
    with pytest.raises(ValueError, match="items must be two questions or more, got 1"):
        culture.cronbach_alpha(pd.DataFrame({"a": [1, 2]}))


@pytest.mark.parametrize(("r", "k"), [(1.2, 4), (0.5, 0)])
def test_spearman_brown_refuses_what_cannot_be(r, k):
    with pytest.raises(ValueError, match="reliability must be at most 1 and k above 0"):
        culture.spearman_brown(r, k)


def test_mean_squares_by_hand():
    answers = pd.DataFrame({"branch": [1, 1, 2, 2], "score": [1.0, 3.0, 5.0, 7.0]})
    found = culture.intraclass(answers)
    assert found[["ms_between", "ms_within", "size"]].tolist() == [16, 2, 2]
    assert found["icc1"] == pytest.approx(14 / 18)


def test_mean_squares_are_those_of_an_analysis_of_variance(answers):
    from scipy.stats import f_oneway

    rows = answers.query("wave == 2")
    score = rows[culture.ITEMS].mean(axis=1)
    found = culture.intraclass(rows.assign(score=score))
    ratio = f_oneway(*(part for _branch, part in score.groupby(rows["branch"]))).statistic
    assert found["ms_between"] / found["ms_within"] == pytest.approx(ratio)
    assert found["icc2"] == pytest.approx(1 - 1 / ratio)


def test_one_formula_for_questions_and_for_colleagues(answers):
    rows = answers.query("wave == 1")
    found = culture.intraclass(rows.assign(score=rows[culture.ITEMS].mean(axis=1)))
    assert culture.spearman_brown(found["icc1"], found["size"]) == pytest.approx(found["icc2"])


def test_a_design_like_the_survey_has_the_reliability_of_the_survey(answers):
    rows = answers.query("wave == 1")
    found = culture.intraclass(rows.assign(score=rows[culture.ITEMS].mean(axis=1)))
    plan = culture.designs(rows, colleagues=[found["size"]], questions=[12])
    assert plan["reliability"].item() == pytest.approx(found["icc2"])


def test_twelve_colleagues_know_more_than_twelve_questions(answers):
    for _wave, rows in answers.groupby("wave"):
        plans = culture.designs(rows, colleagues=[1, 12], questions=[1, 12])
        known = plans.set_index(["colleagues", "questions"])["reliability"]
        assert known[12, 1] > known[1, 12] + 0.2


def test_a_design_costs_minutes(answers):
    plan = culture.designs(answers.query("wave == 1"), colleagues=[20], questions=[12])
    assert plan["cost"].item() == 60 * 20 * (3 + 6)


def test_a_design_wants_one_wave(answers):
    with pytest.raises(ValueError, match="answers must have each colleague once, got 1 twice"):
        culture.designs(answers, colleagues=[1], questions=[1])


# --- promises, leads, competences


def test_a_promise_pays_where_two_of_three_are_kept():
    assert culture.poster_effect(2 / 3) == pytest.approx(0)
    assert culture.poster_effect(np.array([0.6, 0.7])).tolist() == pytest.approx([-0.03, 0.015])


def test_more_than_all_promises_cannot_be_kept():
    with pytest.raises(ValueError, match="kept must lie between 0 and 1, got 60"):
        culture.poster_effect(60)


def test_promises_kept_by_hand():
    answers = pd.DataFrame({"branch": [1, 1, 1, 2], "promises": [5, 4, 3, 1]})
    assert culture.promise_kept(answers).tolist() == pytest.approx([2 / 3, 0])


def test_the_lead_of_the_first_wave_melts():
    leads = pd.DataFrame([culture.lead_over_time(panel) for panel in twins()]).mean()
    assert leads.is_monotonic_decreasing
    assert leads[6] < leads[1] / 2


def test_a_lead_by_hand():
    panel = pd.DataFrame({"branch": [1, 2, 3] * 2, "wave": [1, 1, 1, 2, 2, 2],
                          "score": [5.0, 3, 1, 3, 3, 3]})  # fmt: skip
    assert culture.lead_over_time(panel, top=1).tolist() == [2, 0]
    with pytest.raises(ValueError, match="top must be from 1 to 3, got 4"):
        culture.lead_over_time(panel, top=4)


def test_the_first_no_decides():
    yes = dict.fromkeys(("valuable", "rare", "hard_to_imitate", "organised"), True)
    rows = pd.DataFrame([yes | {name: False} for name in yes] + [yes])
    rows.loc[0, "rare"] = False
    wanted = ["disadvantage", "parity", "temporary", "unused", "sustained"]
    assert culture.vrio(rows)["verdict"].tolist() == wanted


def test_the_five_sources_of_the_slides_have_five_verdicts():
    assert culture.vrio(culture.competences())["verdict"].nunique() == 5


# --- what every measure owes


def test_tables_are_left_as_they_were(answers, panel, truth):
    before = answers.copy(), panel.copy(), truth.copy()
    rows = answers.query("wave == 1")
    culture.branch_panel(answers, datasets.load("units"))
    culture.designs(rows, colleagues=[5], questions=[3])
    culture.world(panel, truth, culture=0)
    culture.cross_lagged(panel)
    culture.bootstrap_indirect(panel, draws=10)
    for old, now in zip(before, (answers, panel, truth), strict=True):
        pd.testing.assert_frame_equal(now, old)


@pytest.mark.parametrize("measure, column", [
    (culture.fit_slopes, "csat"), (culture.fit_mediation, "climate"),
    (culture.cross_lagged, "wave"), (culture.lead_over_time, "score"),
    (culture.bootstrap_indirect, "branch"),
])  # fmt: skip
def test_a_missing_column_is_named(panel, measure, column):
    with pytest.raises(ValueError, match=rf"panel lacks the column\(s\) {column}"):
        measure(panel.drop(columns=column))


def test_a_missing_question_is_named(answers):
    with pytest.raises(ValueError, match=r"answers lacks the column\(s\) pride"):
        culture.branch_panel(answers.drop(columns="pride"), datasets.load("units"))


def test_pictures_say_what_they_show(panel, answers):
    from crm_course import figures

    said = figures.sentence(culture.plot_slopes(panel).figure)
    assert "1.81 steps" in said and "1.07" in said
    said = figures.sentence(culture.plot_designs(answers.query("wave == 1")).figure)
    assert "with one colleague it is 0.31 at 12" in said
    said = figures.sentence(culture.plot_lead(culture.lead_over_time(panel)).figure)
    assert said == "The lead falls from 0.44 points in wave 1 to 0.12 in wave 6."


def test_a_yes_in_words_is_refused():
    tests = ("valuable", "rare", "hard_to_imitate", "organised")
    words = pd.DataFrame(dict.fromkeys(tests, ["no"]))
    with pytest.raises(TypeError, match="resources.'valuable'. must be True or False, got str"):
        culture.vrio(words)


def test_a_branch_that_truth_does_not_know_is_named(panel, truth):
    gone = panel["branch"].iloc[0]
    with pytest.raises(ValueError, match=f"truth must hold every branch .* got none for {gone}"):
        culture.world(panel, truth[truth["branch"] != gone])


@pytest.mark.parametrize(("rows", "said"), [
    ("branch in @few", "3 branches and 2 waves or more, got 2 and 6"),
    ("wave == 1", "3 branches and 2 waves or more, got .* and 1"),
])  # fmt: skip
def test_slopes_need_branches_and_waves(panel, rows, said):
    few = panel["branch"].unique()[:2]  # noqa: F841
    with pytest.raises(ValueError, match=said):
        culture.fit_slopes(panel.query(rows))
