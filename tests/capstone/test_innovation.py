import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from crm_course import datasets, figures
from crm_course.capstone import innovation
from crm_course.capstone.innovation import pictures, trials


@pytest.fixture(scope="module")
def tests():
    return innovation.simulate_tests()


@pytest.fixture(scope="module")
def works():
    return innovation.ideas_that_work()


@pytest.fixture(scope="module")
def debtors():
    truth = datasets.load("truth_debtors", truth=True)
    return datasets.load("debtors").merge(truth, on=["customer_id", "month"])


# --- two shares


def test_two_shares_are_the_z_test_of_statsmodels():
    found = innovation.two_shares(98, 2732, 127, 2816)
    z, p = proportions_ztest([127, 98], [2816, 2732])
    low, high = confint_proportions_2indep(127, 2816, 98, 2732, method="wald")
    assert (found.z, found.p) == pytest.approx((z, p))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


def test_nobody_bought_on_either_page():
    assert innovation.two_shares(0, 10, 0, 10).z == 0


@pytest.mark.parametrize("counts", [(5, 4, 1, 9), (-1, 4, 1, 9), (0, 0, 1, 9)])
def test_counts_are_of_people(counts):
    with pytest.raises(ValueError, match="counts must lie between 0 and the people, got"):
        innovation.two_shares(*counts)


# --- a year of tests


def test_the_year_is_made_as_it_says(tests, works):
    assert len(tests) == 2800 and works.sum() == 10
    assert (tests["visitors"] == 10_000 * tests["day"]).all()
    last = tests[tests["day"] == 28].set_index("idea")
    rate = last["new"] / last["visitors"]
    error = (0.04 * 0.96 / 280_000) ** 0.5
    assert rate[works].mean() == pytest.approx(0.0412, abs=4 * error / 10**0.5)
    assert rate[~works].mean() == pytest.approx(0.04, abs=4 * error / 90**0.5)


def test_buyers_to_date_never_fall(tests):
    assert (tests.groupby("idea")["new"].diff().dropna() >= 0).all()


def test_an_evening_by_hand():
    one = pd.DataFrame({"idea": [1], "day": [1], "visitors": [20_000], "old": [960], "new": [1040]})
    screen = innovation.evenings(one)
    assert screen.loc[0, "lift"] == pytest.approx(80 / 960)
    assert screen.loc[0, "z"] == pytest.approx(innovation.two_shares(960, 20_000, 1040, 20_000).z)


def test_a_cup_is_given_on_the_first_evening_above_the_bar():
    path = pd.DataFrame({"idea": 7, "day": [1, 2, 3], "visitors": [1000, 2000, 3000],
                         "old": [40, 80, 120], "new": [40, 120, 180]})  # fmt: skip
    cup = innovation.cups(path)
    assert cup[["idea", "day"]].to_numpy().tolist() == [[7, 2]]
    assert innovation.cups(path, every_evening=False)["day"].tolist() == [3]
    assert innovation.cups(path, bar=9).empty


def test_input_is_left_alone(tests):
    before = tests.copy()
    innovation.cups(tests)
    pd.testing.assert_frame_equal(tests, before)


def test_the_error_names_the_column(tests):
    with pytest.raises(ValueError, match="tests lacks the column.s. old"):
        innovation.evenings(tests.drop(columns="old"))


# --- chances and money


def test_one_look_keeps_what_the_bar_promises():
    alarm, ends = innovation.chance_of_cup(0.0, looks=1)
    assert alarm == pytest.approx(stats.norm.sf(1.96), abs=4 * (0.025 / 20_000) ** 0.5)
    assert ends == 28


def test_one_look_has_the_power_of_the_textbook():
    ahead = 0.0012 / (2 * 0.0406 * 0.9594 / 280_000) ** 0.5
    power = innovation.chance_of_cup(looks=1)[0]
    assert power == pytest.approx(stats.norm.sf(1.96 - ahead), abs=0.015)


@pytest.mark.parametrize(("looks", "two_sided"), [(2, 0.083), (4, 0.126)])
def test_several_looks_are_those_of_armitage(looks, two_sided):
    """Armitage, McPherson & Rowe (1969): of equal steps at 5 %; half of them on this side."""
    assert innovation.chance_of_cup(0.0, looks=looks)[0] == pytest.approx(two_sided / 2, abs=0.006)


def test_looks_are_evenings():
    with pytest.raises(ValueError, match="looks must be 1 to 28 evenings, got 29"):
        innovation.chance_of_cup(looks=29)


def test_predictive_value_by_hand():
    assert innovation.predictive_value(0.8, 0.9, 0.03) == pytest.approx(24 / (24 + 97))
    assert innovation.predictive_value(1, 1, 0.5) == 1
    assert np.isnan(innovation.predictive_value(0, 1, 0.5))
    with pytest.raises(ValueError, match="a share must lie between 0 and 1, got 90"):
        innovation.predictive_value(0.8, 90, 0.03)


def test_the_rules_count_what_years_of_tests_bring():
    """Forty years, played: cups, cups that are worth it, and the money of both rules."""
    expected = innovation.rules()
    for rule, every in (("every evening", True), ("once", False)):
        built, work, earned = [], [], []
        for seed in range(40):
            is_good = innovation.ideas_that_work(seed=seed)
            cups = innovation.cups(innovation.simulate_tests(seed=seed), every_evening=every)
            good = cups[cups["idea"].map(is_good)]
            shown = 28 / 2 * (10 - len(good)) + (good["day"] / 2 + 365 - good["day"]).sum()
            built.append(len(cups))
            work.append(len(good))
            earned.append(720 * shown - 60_000 * len(cups))
        for name, seen in (("built", built), ("work", work), ("earned", earned)):
            error = np.std(seen) / 40**0.5
            assert np.mean(seen) == pytest.approx(expected.loc[rule, name], abs=4 * error)


def test_build_all_by_hand():
    row = innovation.rules(building=1000, good=0.2).loc["build all"]
    assert row["earned"] == pytest.approx(20 * 720 * 365 - 100 * 1000)


def test_rules_change_places_as_building_gets_cheaper():
    best = [innovation.rules(building=cost)["earned"].idxmax() for cost in (60e3, 30e3, 0)]
    assert best == ["once", "every evening", "build all"]


# --- fairness


def test_rates_by_hand():
    rates = innovation.group_rates(list("aabb"), [0.5, 0.1, 0.2, 0.2], [True, False, True, True])
    a, b = rates.loc["a"], rates.loc["b"]
    assert a["wronged"] == pytest.approx(0.5 / 1.4) and a["slipped"] == pytest.approx(0.1 / 0.6)
    assert a["right"] == pytest.approx(0.5) and b["refused"] == 1 and b["slipped"] == 0


def test_the_four_measures_obey_chouldechovas_identity(debtors):
    group, chance = innovation.age_group(debtors), debtors["default_probability"]
    rates = innovation.group_rates(group, chance, innovation.refuse(chance, group, 1 / 11))
    odds = rates["defaults"] / (1 - rates["defaults"])
    other = odds * (1 - rates["right"]) / rates["right"] * (1 - rates["slipped"])
    np.testing.assert_allclose(rates["wronged"], other)


def test_no_other_limit_earns_more_than_the_one_for_all(debtors):
    group, chance = innovation.age_group(debtors), debtors["default_probability"]
    best = innovation.credit_money(chance, innovation.refuse(chance, group, 1 / 11))
    for young in (0.06, 0.08, 0.10, 0.12):
        refused = innovation.refuse(chance, group, {"old": 1 / 11, "young": young})
        assert innovation.credit_money(chance, refused) < best


@pytest.mark.parametrize("measure", ["refused", "wronged", "slipped"])
def test_a_limit_makes_one_measure_equal(debtors, measure):
    group, chance = innovation.age_group(debtors), debtors["default_probability"]
    rates = innovation.group_rates(group, chance, innovation.refuse(chance, group, 1 / 11))
    target = rates.loc["old", measure]
    limit = innovation.limit_for(group, chance, of="young", measure=measure, target=target)
    refused = innovation.refuse(chance, group, {"old": 1 / 11, "young": limit})
    after = innovation.group_rates(group, chance, refused)
    assert after.loc["young", measure] == pytest.approx(target, abs=0.005)


def test_groups_and_chances_are_checked(debtors):
    with pytest.raises(ValueError, match="debtors lacks the column.s. years"):
        innovation.age_group(debtors.drop(columns="years"))
    with pytest.raises(ValueError, match="a chance must lie between 0 and 1, got 9"):
        innovation.group_rates(["a"], [9], [True])


def test_nobody_is_refused_where_that_is_nearest_and_a_tie_is_not_cut():
    group, chance = ["a"] * 5 + ["b"], [0.4, 0.2, 0.2, 0.2, 0.2, 0.9]

    def refused(target):
        limit = innovation.limit_for(group, chance, of="a", measure="refused", target=target)
        return innovation.refuse(chance, group, {"a": limit, "b": 1.0}).sum()

    assert [refused(target) for target in (0.0, 0.2, 0.5, 0.7, 1.0)] == [0, 1, 1, 5, 5]


@pytest.mark.parametrize(("of", "measure", "said"), [
    ("c", "refused", "of must be one of the groups, got 'c'"),
    ("a", "right", "measure must be one of refused, wronged, slipped, got 'right'"),
])  # fmt: skip
def test_a_limit_is_sought_for_a_group_and_a_measure(of, measure, said):
    with pytest.raises(ValueError, match=said):
        innovation.limit_for(["a", "b"], [0.1, 0.2], of=of, measure=measure, target=0)


def test_nobody_is_left_out_of_the_groups():
    with pytest.raises(ValueError, match="limits must have a number for every group, got .*'b'"):
        innovation.refuse([0.1, 0.2], ["a", "b"], {"a": 0.1})
    with pytest.raises(ValueError, match="group must be known for everybody"):
        innovation.group_rates(["a", None], [0.1, 0.2], [True, False])
    with pytest.raises(ValueError, match="between 0 and 1, got -0.1"):
        innovation.group_rates(["a", "b"], [-0.1, 0.5], [True, False])


# --- privacy


def test_noise_has_the_scale_that_was_asked_for():
    noise = [innovation.noisy_total([0.0], cap=100, epsilon=2, seed=seed) for seed in range(2000)]
    assert np.mean(noise) == pytest.approx(0, abs=4 * 50 * 2**0.5 / 2000**0.5)
    assert np.mean(np.abs(noise)) == pytest.approx(50, abs=4 * 50 / 2000**0.5)


def test_epsilon_is_above_nothing():
    with pytest.raises(ValueError, match="cap and epsilon must be above 0, got 500.0, 0"):
        innovation.noisy_total([1], epsilon=0)


def test_a_total_is_of_what_is_not_negative():
    with pytest.raises(ValueError, match="values must not be negative, got -5"):
        innovation.noisy_total([100, -5])


# --- facts and pictures


def test_every_law_has_its_date():
    assert innovation.laws()["since"].str.fullmatch(r"\d{1,2} [A-Z][a-z]+ 20\d\d").all()


def test_the_shelf_of_the_chapter(tests, works):
    said = figures.sentence(innovation.plot_paths(tests, works).figure)
    assert said.startswith("90 ideas that do nothing: 14 stood above the bar on some evening, 2")


def test_the_explorer_turns_with_better_ideas_and_with_cheaper_building():
    explorer = innovation.explore_rules()
    assert explorer.move(ideas_that_work=16).endswith("Best: once.")
    assert explorer.move(ideas_that_work=18).endswith("Best: every evening.")
    explorer.move(ideas_that_work=10)
    assert explorer.move(building=40).endswith("Best: once.")
    assert explorer.move(building=30).endswith("Best: every evening.")


def test_the_bar_rises_with_the_cost_of_building():
    tops = []
    for building in (10_000, 200_000):
        earned = {bar: innovation.rules(building=building, bar=float(bar)).loc["once", "earned"]
                  for bar in pictures.BARS}  # fmt: skip
        tops.append(max(earned, key=earned.get))
    assert tops == [1.0, 2.8] and trials.BAR == 1.96
