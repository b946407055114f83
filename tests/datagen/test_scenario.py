"""Every parameter is in the truth, and the null world differs only in links and season."""

from dataclasses import astuple, replace

import pytest

from crm_course.datagen import scenario
from crm_course.datagen.scenario import Retention, Scenario

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def named(world):
    return {(process, parameter): value for process, parameter, value in world.parameters()}


def test_the_renewal_model_is_the_one_of_the_textbook():
    assert astuple(Retention()) == (0.4, 0.9, 0.7, 0.5, -0.3)


def test_the_season_has_mean_one_over_a_common_year():
    season = astuple(Scenario().season)
    assert sum(day * speed for day, speed in zip(DAYS, season, strict=True)) == pytest.approx(365)
    assert (season[10], season[1]) == (1.8, 0.7)


def test_the_shares_of_reasons_and_plans_sum_to_one():
    shares = [*astuple(Scenario().stated), Scenario().bill.plan_share]
    assert [sum(row) for row in shares] == pytest.approx([1] * 7)


def test_the_null_world_switches_off_every_link_with_satisfaction():
    links = {
        key: value for key, value in named(Scenario.null()).items() if "satisfaction" in key[1]
    }
    kept = {("tracking", "satisfaction_person"), ("tracking", "satisfaction_month")}
    assert {key for key, value in links.items() if value} == kept


def test_the_null_world_has_no_season_and_keeps_the_rest():
    null, full = named(Scenario.null()), named(Scenario())
    changed = {
        process
        for (process, parameter) in full
        if full[process, parameter] != null[process, parameter]
    }
    assert set(astuple(Scenario.null().season)) == {1.0}
    assert changed == {process for part in scenario.PARTS for process in part.NULL}


def test_the_null_world_keeps_what_is_no_link():
    null, full = named(Scenario.null()), named(Scenario())
    kept = [("prices", "discounted_november"), ("pulse", "phone"), ("kpis", "phone"),
            ("kpis", "csat_rise"), ("repairs", "redesign_pace")]  # fmt: skip
    assert [null[key] for key in kept] == [full[key] for key in kept]


def test_an_unknown_locale_is_refused():
    with pytest.raises(ValueError, match="must be one of en_US, zh_CN, got 'fr_FR'"):
        Scenario(locale="fr_FR")


def test_a_parameter_can_be_replaced():
    other = replace(Scenario(), retention=Retention(value=0))
    assert named(other)["retention", "value"] == 0
