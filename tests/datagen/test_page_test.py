"""The test of a page measures what the page adds, and for whom."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm


@pytest.fixture
def shown(world):
    who = world("customers")[["customer_id", "locale", "consent"]]
    return world("page_test").merge(world("truth_page_test")).merge(who)


def effect(rows):
    """Difference of the two pages, and its standard error."""
    arms = rows.groupby("arm")["bought"].agg(["mean", "var", "size"])
    return arms["mean"]["new"] - arms["mean"]["old"], (arms["var"] / arms["size"]).sum() ** 0.5


def test_the_test_measures_what_the_page_adds_by_locale(shown):
    for locale, truth in (("zh_CN", 0.008), ("en_US", 0)):
        found, error = effect(shown[shown["locale"] == locale])
        assert abs(found - truth) < 4 * error
    found, error = effect(shown)
    assert abs(found - 0.004) < 4 * error


def test_potential_outcomes_have_the_chances_claimed(shown, within):
    adds = 0.008 * (shown["locale"] == "zh_CN")
    within(shown["bought_if_old"] - shown["buy_probability"], 0)
    within(shown["bought_if_new"] - shown["buy_probability"] - adds, 0)
    assert (shown["bought_if_new"] >= shown["bought_if_old"]).all()


def test_what_is_seen_is_the_outcome_of_the_page_shown(shown, within):
    new = shown["arm"] == "new"
    assert (shown["bought"] == shown["bought_if_new"].where(new, shown["bought_if_old"])).all()
    within(new, 0.5)


def logit(made):
    rows = made("page_test").merge(made("truth_page_test")).merge(made("truth_customers"))
    design = pd.DataFrame({"const": 1.0, "spend": np.log(rows["earlier_spend"] / 100),
                           "satisfaction": rows["satisfaction"]})  # fmt: skip
    return sm.Logit(rows["bought_if_old"].astype(float), design).fit(disp=False)


@pytest.mark.parametrize("theta", [0.3, 0])
def test_a_logit_recovers_who_buys_on_the_old_page(world, null_world, theta):
    fit = logit(world if theta else null_world)
    assert (np.abs(fit.params - np.array([-3.2, 0.5, theta])) < 4 * fit.bse).all(), fit.params


def test_only_those_who_agreed_are_in_it(shown, world):
    assert shown["consent"].all()
    assert len(shown) == world("customers")["consent"].sum()


def test_one_in_twenty_buys(world):
    assert world("page_test")["bought"].mean() == pytest.approx(0.05, abs=0.01)


def test_in_the_null_world_the_page_adds_nothing(null_world):
    truth = null_world("truth_page_test")
    assert (truth["bought_if_new"] == truth["bought_if_old"]).all()
