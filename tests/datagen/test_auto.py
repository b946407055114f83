"""Vehicles leak at the hazard given, more than twice as fast out of warranty; visits follow."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from crm_course.datagen import auto

DAYS = 365.25 / 12
SEGMENTS = ["private", "key", "fleet"]


def spells(world):
    """Two rows per vehicle, in and out of warranty: months at risk and losses."""
    vehicles = world("vehicles").merge(world("truth_vehicles"), on=["vin", "customer_id"])
    vehicles = vehicles.merge(world("truth_customers"), on="customer_id")
    watched = (np.datetime64("2026-01-01") - vehicles["entered_on"]).dt.days / DAYS
    until = np.minimum(vehicles["age_lost"], vehicles["age_entered"] + watched)
    parts = []
    for late in (False, True):
        low, high = (36, np.inf) if late else (0, 36)
        months = np.clip(until, low, high) - np.clip(vehicles["age_entered"], low, high)
        lost = vehicles["lost"] & (vehicles["age_lost"] >= low) & (vehicles["age_lost"] < high)
        parts.append(vehicles.assign(late=late, months=months, gone=lost))
    both = pd.concat(parts)
    return both[both["months"] > 0]


def poisson(world):
    rows = spells(world)
    design = pd.DataFrame({
        "base": 1.0,
        "late": rows["late"].astype(float),
        "satisfaction": rows["satisfaction"],
        **{name: (rows["segment"] == name).astype(float) for name in SEGMENTS[1:]},
    })  # fmt: skip
    model = sm.GLM(rows["gone"].astype(float), design, sm.families.Poisson(),
                   offset=np.log(rows["months"]))  # fmt: skip
    return model.fit()


def test_a_hazard_regression_recovers_warranty_satisfaction_and_segments(world):
    fit = poisson(world)
    truth = [np.log(0.016), np.log(2.1), -0.3, np.log(0.8), np.log(0.6)]
    assert (np.abs(fit.params - truth) < 4 * fit.bse).all(), fit.params


def test_in_the_null_world_neither_warranty_nor_satisfaction_counts(null_world):
    fit = poisson(null_world)
    assert (np.abs(fit.params) < 4 * fit.bse)[["late", "satisfaction"]].all(), fit.params


def test_the_sample_has_about_6000_vehicles_as_the_brief_says(world):
    assert len(world("vehicles")) * 0.08 == pytest.approx(6_000, rel=0.05)


def test_the_sample_holds_34_627_visits_where_the_brief_wanted_40_000(world):
    visits = world("service_visits")
    assert (visits["customer_id"] <= 8_000).sum() == 34_627
    # Four in five are of the taxis of 167 owners: as many of all customers have 37,000.
    assert len(visits) * 0.08 == pytest.approx(37_000, rel=0.02)


def test_nobody_is_seen_before_entry_or_after_the_loss(world):
    visits = world("service_visits").merge(world("vehicles")).merge(world("truth_vehicles"))
    day = (visits["visited_on"] - visits["entered_on"]).dt.days
    assert day.min() == 0
    assert (day / DAYS <= visits["age_lost"] - visits["age_entered"] + 0.01).all()
    assert visits["visited_on"].max() <= np.datetime64("2025-12-31")


def test_a_vehicle_enters_with_its_owner_or_later(world):
    vehicles = world("vehicles").merge(world("customers"), on="customer_id")
    assert (vehicles["entered_on"] >= vehicles["joined_on"]).all()
    assert (vehicles["sold_on"] <= vehicles["entered_on"]).all()
    assert (vehicles["segment"].isin(SEGMENTS[1:]) == (vehicles["kind"] == "fleet")).all()


def test_services_come_every_10_000_km(world):
    visits = world("service_visits").merge(world("vehicles")[["vin", "segment", "entered_on"]])
    gone = visits.groupby("vin")["km"].diff()
    assert gone.mean() == pytest.approx(10_000, rel=0.05)
    days = visits.groupby("vin")["visited_on"].diff().dt.days
    speed = (gone / days).groupby([visits["segment"], visits["vin"]]).median()
    months = 10_000 / speed.groupby("segment").median() / DAYS
    assert months[SEGMENTS].tolist() == pytest.approx([6, 3, 1.35], rel=0.05)


def test_an_owner_has_one_number_per_station_and_a_number_many_owners(world):
    visits = world("service_visits")
    assert visits.groupby(["station", "owner_no"])["customer_id"].nunique().max() == 1
    assert visits.groupby(["customer_id", "station"])["owner_no"].nunique().max() == 1
    assert visits.groupby("owner_no")["customer_id"].nunique().max() > 3


def test_stations_count_more_than_twice_as_many_owners_as_there_are(world):
    visits = world("service_visits")
    files = visits.groupby(["station", "owner_no"]).ngroups
    assert files / visits["customer_id"].nunique() == pytest.approx(2.35, abs=0.1)


def test_mileage_grows_with_every_visit(world):
    visits = world("service_visits")
    assert (visits.groupby("vin")["km"].diff().dropna() >= 0).all()


def test_parts_rise_with_age_and_labour_does_not(world):
    visits = world("service_visits").merge(world("vehicles")[["vin", "sold_on"]])
    years = (visits["visited_on"] - visits["sold_on"]).dt.days / 365.25
    slope, base = np.polyfit(years, visits["parts"], 1)
    assert slope / base == pytest.approx(0.10, abs=0.01)
    labour = visits["invoice"] - visits["parts"]
    assert np.polyfit(years, labour, 1) == pytest.approx([0, 260], abs=2)


def test_service_pays_four_fifths_of_the_overhead_in_the_last_year_of_the_sample(world):
    visits, overhead = world("service_visits"), world("stations")["overhead"].sum()
    last = visits[(visits["visited_on"] >= "2025") & (visits["customer_id"] <= 8_000)]
    assert last["gross_profit"].sum() / 12 / overhead == pytest.approx(0.8, abs=0.05)


def test_the_doctest_of_a_hazard_that_jumps_holds_for_any_age():
    from crm_course.datagen.durations import exponential_until

    ages = exponential_until(np.array([0.0, 40.0]), np.array([50.0, 4.0]), (36,), (1, 2.0))
    assert ages.tolist() == [43.0, 42.0]


def test_slots_are_never_used_up(world):
    assert world("service_visits").groupby("vin").size().max() < auto.SLOTS
