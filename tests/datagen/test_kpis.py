"""Counts add up, satisfaction leads retention by a month, and the mix hides what each does."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen.scenario import Scenario

KPIS = Scenario().kpis


def lagged(made):
    """Retention of each month beside the true and the asked satisfaction of the month before."""
    both = made("kpis").merge(made("truth_kpis"))
    before = both[["month", "segment", "csat_true", "csat_mean", "survey"]]
    before = before.assign(month=before["month"] + 1)
    table = both[["month", "segment", "start", "new", "end"]].merge(before)
    return table.assign(retention=(table["end"] - table["new"]) / table["start"])


def slope(table, score):
    segments = pd.get_dummies(table["segment"], dtype=float)
    design = segments.assign(score=table[score])
    weights = table["start"] / (table["retention"] * (1 - table["retention"]))
    fit = sm.WLS(table["retention"], design, weights=weights).fit(cov_type="fixed scale")
    return fit.params["score"], fit.bse["score"]


def test_a_regression_on_the_month_before_recovers_the_effect(world):
    found, error = slope(lagged(world), "csat_true")
    assert abs(found - KPIS.effect) < 4 * error, (found, error)


def test_in_the_null_world_satisfaction_does_not_lead(null_world):
    found, error = slope(lagged(null_world), "csat_true")
    assert abs(found) < 4 * error


def test_the_survey_finds_nearly_the_effect_without_its_month_by_phone(world):
    table = lagged(world)
    found, _ = slope(table[table["survey"] == "web"], "csat_mean")
    # sampling error in the answers waters the slope down by about a twentieth
    assert found == pytest.approx(KPIS.effect, rel=0.1)
    assert slope(table, "csat_mean")[0] < found - 0.02


def test_the_phone_adds_its_artefact_in_month_25_only(world, within):
    both = world("kpis").merge(world("truth_kpis"))
    phone = both["survey"] == "phone"
    assert set(both.loc[phone, "month"]) == {25}
    error = both["csat_mean"] - both["csat_true"] - KPIS.phone * phone
    within(error, 0)
    assert error.std() == pytest.approx(0.01, rel=0.35)


def test_counts_of_one_month_continue_those_of_the_last(world):
    for _, segment in world("kpis").groupby("segment"):
        assert segment["start"].tolist()[1:] == segment["end"].tolist()[:-1]
        assert (segment["end"] - segment["new"] <= segment["start"]).all()


def test_every_segment_rises_and_the_whole_falls(world):
    both = world("truth_kpis").merge(world("kpis"))
    both["year"] = np.where(both["month"] < 19, "first", np.where(both["month"] > 30, "last", "-"))
    each = both.pivot_table(index="segment", columns="year", values="csat_true")
    assert (each["last"] > each["first"]).all()
    total = both.assign(weighted=both["csat_true"] * both["start"]).groupby("year")
    whole = total["weighted"].sum() / total["start"].sum()
    assert whole["last"] < whole["first"] - 0.05


def test_answers_are_shared_out(world):
    kpis = world("kpis")
    assert (kpis["promoters"] + kpis["detractors"] <= kpis["answers"]).all()
    assert (kpis["revenue"] / kpis["top_ups"]).between(50, 54.61).all()
