"""Culture works through climate; a good manager is behind both; surveys see it blurred."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import culture
from crm_course.datagen.scenario import Scenario

SEEDS = range(30)
ITEMS = list(culture.ITEMS)


def one(scenario, seed):
    table = culture.units(scenario, seed).merge(culture.truth_units(scenario, seed))
    answers = culture.culture(scenario, seed)
    answers["asked"] = answers[ITEMS].mean(axis=1)
    return table.merge(answers.groupby(["branch", "wave"])["asked"].mean().reset_index())


@cache
def groups(scenario):
    """Thirty groups of sixty branches; `asked` is the mean answer to the culture items."""
    made = [one(scenario, seed).assign(group=seed) for seed in SEEDS]
    table = pd.concat(made, ignore_index=True)
    before = table.groupby(["group", "branch"])[["culture", "csat"]].shift()
    return table.join(before.add_suffix("_before"))


def fit(table, outcome, *names):
    table = table.dropna(subset=list(names))
    return sm.OLS(table[outcome], sm.add_constant(table[list(names)])).fit()


def near(found, truth):
    names = list(truth)
    off = np.abs(found.params[names] - pd.Series(truth)) / found.bse[names]
    assert (off < 4).all(), found.params


def test_the_paths_are_recovered_when_the_manager_is_known():
    table = groups(Scenario())
    near(fit(table, "climate", "culture"), {"culture": 0.5})
    found = fit(table, "csat", "culture", "climate", "manager_quality")
    near(found, {"culture": 0.1, "climate": 0.6, "manager_quality": 0.4})


def test_the_reverse_path_is_recovered():
    found = fit(groups(Scenario()), "culture", "culture_before", "csat_before", "manager_quality")
    near(found, {"culture_before": 0.6, "csat_before": 0.05, "manager_quality": 0.16})


def test_without_the_manager_the_direct_path_looks_more_than_twice_as_strong():
    table = groups(Scenario())
    assert fit(table, "csat", "culture", "climate").params["culture"] > 0.2
    assert fit(table, "csat", "culture", "climate").params["climate"] == pytest.approx(
        0.6, abs=0.02
    )


def test_in_the_null_world_nothing_leads_to_anything():
    table = groups(Scenario.null())
    near(fit(table, "climate", "culture"), {"culture": 0})
    near(fit(table, "csat", "culture", "climate", "manager_quality"),
         {"culture": 0, "climate": 0, "manager_quality": 0})  # fmt: skip


def indirect(table):
    """a x b of one group as a chapter computes it, from standardised columns."""
    scaled = (table - table.mean()) / table.std()
    a = fit(scaled, "climate", "asked").params["asked"]
    return a * fit(scaled, "csat", "asked", "climate").params["climate"]


def test_the_indirect_path_by_the_survey_lies_within_five_hundredths():
    columns = ["asked", "climate", "csat"]
    found = [indirect(rows[columns]) for _, rows in groups(Scenario()).groupby("group")]
    assert np.mean(found) == pytest.approx(0.30, abs=0.05)


def test_twelve_items_have_the_reliability_of_the_closed_form():
    answers = [culture.culture(Scenario(), seed) for seed in range(5)]
    items = pd.concat(answers)[ITEMS]
    between = items.corr().to_numpy()[np.triu_indices(12, 1)].mean()
    assert 12 * between / (1 + 11 * between) == pytest.approx(0.8, abs=0.02)


def test_branches_share_of_an_answer_what_the_survey_says():
    table = pd.concat([culture.culture(Scenario(), seed).assign(group=seed) for seed in range(5)])
    table["asked"] = table[ITEMS].mean(axis=1)
    cell = table.groupby(["group", "branch", "wave"])["asked"]
    size = cell.transform("size").mean()
    within = ((table["asked"] - cell.transform("mean")) ** 2).sum() / (len(table) - cell.ngroups)
    between = ((cell.mean() - table["asked"].mean()) ** 2 * cell.size()).sum() / (cell.ngroups - 1)
    icc = (between - within) / (between + (size - 1) * within)
    noise = (1 - 0.28) / 12 / 0.28
    assert icc == pytest.approx(0.35 / (1 + noise), abs=0.05)


def test_the_switch_of_common_method_colours_survey_and_climate():
    coloured = replace(Scenario(), culture=replace(Scenario().culture, method=0.5))
    plain, biased = groups(Scenario()), groups(coloured)
    gain = biased["asked"].corr(biased["climate"]) - plain["asked"].corr(plain["climate"])
    assert gain > 0.1


def test_satisfied_customers_stay_and_buy(within):
    table = groups(Scenario())
    near(fit(table, "retention_rate", "csat"), {"csat": 0.03})
    sales = table.assign(sales=table["revenue_cents"] / 100 / table["employees"] / 60_000)
    near(fit(sales, "sales", "csat"), {"csat": 0.05, "const": 1})


def test_the_sample_has_60_branches_of_10_to_30_in_6_waves(world):
    sizes = world("culture").groupby(["branch", "wave"]).size()
    assert (len(sizes), sizes.min() >= 10, sizes.max() <= 30) == (360, True, True)
    assert (world("units").set_index(["branch", "wave"])["employees"] == sizes).all()
