"""Surveys give back the gaps, kinds and thresholds they were made from, dirt set aside."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from crm_course.datagen.scenario import Scenario
from crm_course.schema.home import KANO
from crm_course.schema.mobile import DIMENSIONS


def gaps(world):
    """Gap of each customer and dimension; the careless are seen by their 44 equal answers."""
    answers = world("survey_servqual")
    people = answers.groupby("customer_id")[["expectation", "perception"]]
    same = people.min().min(axis=1) == people.max().max(axis=1)
    answers = answers.assign(gap=answers["perception"] - answers["expectation"])
    table = answers.pivot_table(index="customer_id", columns="dimension", values="gap")
    return table[list(DIMENSIONS)], same


def test_the_gaps_are_those_of_the_truth_once_the_careless_are_set_aside(world, within):
    table, careless = gaps(world)
    for dimension, truth in zip(DIMENSIONS, (-0.8, -1.1, -0.3, -0.6, 0.2), strict=True):
        within(table.loc[~careless, dimension], truth)


def test_four_per_cent_are_careless_and_water_the_gaps_down(world, within):
    table, careless = gaps(world)
    truth = world("truth_servqual").set_index("customer_id")["careless"]
    assert (careless == truth).all()
    within(truth, 0.04)
    assert table["responsiveness"].mean() > -1.1 + 0.03


def test_one_customer_in_five_takes_part(world, within):
    customers = world("truth_customers")["customer_id"][::4]
    within(customers.isin(world("truth_servqual")["customer_id"]), 0.2)


def test_the_satisfied_see_smaller_gaps_except_in_the_null_world(world, null_world):
    for made, linked in ((world, True), (null_world, False)):
        mean = gaps(made)[0].mean(axis=1)
        theta = made("truth_customers").set_index("customer_id")["satisfaction"]
        found = theta.corr(mean)
        assert found > 0.5 if linked else abs(found) < 4 / len(mean) ** 0.5


def kind(functional, dysfunctional):
    """The table of Kano (1984), for the pairs that occur."""
    if functional == 1 and dysfunctional == 1:
        return "questionable"
    if functional == 1:
        return "one-dimensional" if dysfunctional == 5 else "attractive"
    return "must-be" if dysfunctional == 5 else "indifferent"


@pytest.fixture
def kinds(world):
    pairs = world("survey_kano")
    return pairs.assign(kind=list(map(kind, pairs["functional"], pairs["dysfunctional"])))


def test_the_most_frequent_kind_of_a_feature_is_the_true_one(kinds, world):
    found = kinds.groupby("feature")["kind"].agg(lambda each: each.mode()[0])
    assert found.to_dict() == world("truth_kano").set_index("feature")["kind"].to_dict()


def test_kano_coefficients_are_those_of_the_truth(kinds, world, within):
    sure = kinds[kinds["kind"] != "questionable"]
    for name, _, better, worse in world("truth_kano").itertuples(index=False):
        seen = sure.loc[sure["feature"] == name, "kind"]
        within(seen.isin(["attractive", "one-dimensional"]), better)
        within(-seen.isin(["must-be", "one-dimensional"]).astype(int), worse)


def test_three_per_cent_of_the_pairs_are_questionable(kinds, within):
    sure = Scenario().kano.careless
    likes = kinds["functional"].eq(1) & kinds["dysfunctional"].eq(1)
    within(likes, sure)
    assert set(kinds["kind"]) == {*KANO, "questionable"}


@pytest.fixture
def asked(world):
    shown = world("survey_pulse").merge(world("truth_pulse"))
    asked = shown.merge(world("panel")[["customer_id", "month", "sat"]])
    return asked.assign(sat=(asked["sat"] - 6) / 1.5)


def test_an_ordered_probit_recovers_loading_and_thresholds(asked):
    pulse, web = Scenario().pulse, asked[asked["mode"] == "web"]
    model = OrderedModel(web["csat_all"].astype(int), web[["sat"]], distr="probit")
    fit = model.fit(method="bfgs", disp=False)
    rest = (1 - pulse.satisfaction**2) ** 0.5
    assert abs(fit.params["sat"] - pulse.satisfaction / rest) < 4 * fit.bse["sat"]
    found = model.transform_threshold_params(fit.params.to_numpy())[1:-1]
    assert found == pytest.approx(np.array(pulse.csat) / rest, abs=0.1)


def test_promoters_and_detractors_have_the_normal_shares(asked, within):
    web, pulse = asked[asked["mode"] == "web"], Scenario().pulse
    for points in (7, 9):
        latent = (pulse.satisfaction * web["sat"] - pulse.nps[points - 1]) / 0.6
        within((web["nps_all"] >= points) - stats.norm.cdf(latent), 0)


def test_a_logit_recovers_who_answers(asked):
    fit = sm.Logit(asked["answered"].astype(float), sm.add_constant(asked[["sat"]])).fit(disp=False)
    assert (np.abs(fit.params - np.array([-0.4, 0.4])) < 4 * fit.bse).all()


def test_those_who_answer_are_the_more_satisfied_except_in_the_null_world(asked, null_world):
    assert asked["csat"].mean() - asked["csat_all"].mean() == pytest.approx(0.17, abs=0.03)
    null = null_world("survey_pulse").merge(null_world("truth_pulse"))
    difference = null["csat"].mean() - null["csat_all"].mean()
    assert abs(difference) < 4 * null["csat"].sem()


def test_answers_are_shown_only_where_they_came_back(asked):
    back = asked["answered"]
    assert (asked["csat"].notna() == back).all() and (asked["nps"].notna() == back).all()
    assert (asked.loc[back, "csat"] == asked.loc[back, "csat_all"]).all()


def test_people_are_kinder_on_the_phone_in_month_25(asked):
    phone = asked.query("mode == 'phone'")
    assert set(phone["month"]) == {25}
    before = asked.query("month in (24, 26)")["csat_all"]
    assert phone["csat_all"].mean() - before.mean() == pytest.approx(0.4, abs=0.1)


def test_a_pulse_goes_to_customers_of_that_month_only(world):
    known = world("panel")[["customer_id", "month"]]
    assert len(world("survey_pulse").merge(known)) == len(world("survey_pulse"))
