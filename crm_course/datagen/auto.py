"""Lanting Auto: vehicles, their visits to nine stations, and when they go elsewhere for good."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_course.schema import auto as declared

from .customers import KINDS, days_since_2023, joining
from .durations import exponential_until
from .processes import choice, gamma_quantile, numbers_within, quantise
from .recorded import cents, dates, last_day, once, unshared
from .streams import Draws, turn
from .texts import named, text
from .truth import satisfaction

DAYS = 365.25 / 12  # of a month
SEGMENTS, STATION_NAMES = declared.SEGMENTS, declared.STATION_NAMES
SLOTS = 64  # visits drawn per vehicle; a taxi makes about 30 in 36 months
FEW_SLOTS = 12
MODEL_SHARES = np.array([0.5, 0.35, 0.15])
MASK = np.array([0, 211, 94, 437, 308, 173, 500, 29, 366])  # how stations number their owners


@dataclass(frozen=True)
class Vehicles:
    """The vehicles of the Auto customers of a block; one row each, times in days since 2023."""

    draws: Draws
    owner: np.ndarray
    number: np.ndarray
    segment: np.ndarray
    entered: np.ndarray
    age: np.ndarray
    hazard: np.ndarray
    age_lost: np.ndarray

    @property
    def customer_id(self):
        """Owner of each vehicle."""
        return self.draws.customer_id[self.owner]

    @cached_property
    def vin(self):
        """Invented vehicle number: LTA, owner, number of the vehicle."""
        number = pa.array(self.customer_id * 1000 + self.number).cast(pa.string())
        return pc.binary_join_element_wise("LTA", pc.utf8_lpad(number, 10, "0"), "")

    @property
    def care(self):
        """Days in Lanting's care, to the loss or to the end of observation."""
        return np.minimum(last_day() - self.entered, (self.age_lost - self.age) * DAYS)

    @property
    def lost(self):
        """Whether the loss comes before the end of observation."""
        return (self.age_lost - self.age) * DAYS <= self.care


def stations(scenario, seed: int) -> pd.DataFrame:
    """Make (station, overhead_cents)."""
    overhead = cents(scenario.workshop.overhead)
    return pd.DataFrame({"station": STATION_NAMES, "overhead_cents": overhead})


def make_vehicles(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the vehicles of one block, owner by owner."""
    vehicles = _vehicles(scenario, Draws(seed, "vehicles", block, kept, "auto"))
    model = vehicles.draws.generator("model").random(len(vehicles.owner))
    sold = vehicles.entered - np.rint(vehicles.age * DAYS)
    return pd.DataFrame({
        "vin": text(vehicles.vin),
        "customer_id": vehicles.customer_id,
        "segment": named(SEGMENTS, vehicles.segment),
        "model": named(declared.VEHICLES["model"].values, choice(model, MODEL_SHARES)),
        "bought_here": vehicles.age == 0,
        "sold_on": dates(sold),
        "entered_on": dates(vehicles.entered),
    })  # fmt: skip


def make_service_visits(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the visits of one block, vehicle by vehicle in the order of time, money in cents."""
    vehicles = _vehicles(scenario, Draws(seed, "vehicles", block, kept, "auto"))
    months, vehicle, since = _visits(scenario.fleet, vehicles)
    age = vehicles.age[vehicle] + since / DAYS
    owner = vehicles.owner[vehicle]
    station = _station(scenario.workshop, vehicles.draws, owner)
    return unshared({
        "visit_id": (vehicles.customer_id * 1000 + vehicles.number)[vehicle] * 100
        + numbers_within(np.bincount(vehicle, minlength=len(months))) + 1,
        "vin": text(vehicles.vin.take(pa.array(vehicle))),
        "customer_id": vehicles.customer_id[vehicle],
        "station": named(STATION_NAMES, station),
        "owner_no": 1000 + ((vehicles.draws.customer_id[owner] + 1) // 4 ^ MASK[station]),
        "visited_on": dates(vehicles.entered[vehicle] + np.floor(since)),
        "km": np.rint(scenario.fleet.service_km / months[vehicle] * age).astype("int64"),
        **_invoice(scenario.workshop, vehicles.draws, age),
    })  # fmt: skip


def make_truth_vehicles(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make hazard, age at entry, age at loss and whether the loss was observed."""
    vehicles = _vehicles(scenario, Draws(seed, "vehicles", block, kept, "auto"))
    return pd.DataFrame({
        "vin": text(vehicles.vin),
        "customer_id": vehicles.customer_id,
        "hazard": vehicles.hazard,
        "age_entered": vehicles.age,
        "age_lost": vehicles.age_lost,
        "lost": vehicles.lost,
    })  # fmt: skip


@lru_cache(maxsize=1)
def _vehicles(scenario, draws):
    """The vehicles of a block; kept, because three tables tell of them: do not write into it."""
    segment = _segment(scenario.fleet, draws)
    owned = _owned(scenario.fleet, draws.uniform("owned"), segment)
    owner = np.repeat(np.arange(len(owned)), owned)
    entered, age = _entry(scenario.fleet, draws, owner, numbers_within(owned))
    theta = satisfaction(draws.seed, draws.block, draws.kept, "auto")
    hazard = _hazard(scenario, segment, theta)[owner]
    wait = draws.generator("loss").standard_exponential(len(owner)) / hazard
    jump = (scenario.leakage.warranty,), (1, scenario.leakage.after_warranty)
    age_lost = quantise(exponential_until(age, wait, *jump), 2)
    return Vehicles(draws, owner, numbers_within(owned) + 1, segment[owner], entered, age, hazard,
                    age_lost)  # fmt: skip


def _segment(fleet, draws):
    """Segment of each owner: customers of kind fleet run company cars (key) or taxis (fleet)."""
    kind = Draws(draws.seed, "customers", draws.block, draws.kept).uniform("kind")[turn("auto")]
    key = draws.uniform("segment") < fleet.key_share
    firm = np.where(key, SEGMENTS.index("key"), SEGMENTS.index("fleet"))
    return np.where(kind < KINDS["auto"][2], firm, SEGMENTS.index("private"))


def _owned(fleet, uniform, segment):
    """Vehicles per owner, one at least."""
    mean = np.array([0, fleet.key_vehicles, fleet.fleet_vehicles])[segment]
    size = gamma_quantile(uniform, fleet.vehicles_shape, fleet.vehicles_shape)
    few = choice(uniform, np.array(fleet.private_vehicles))
    return 1 + np.where(segment > 0, np.floor(quantise(size * mean, 6)), few).astype(int)


def _entry(fleet, draws, owner, number):
    """Day of entry since 2023 and age in months then; the first vehicle comes with its owner."""
    day = days_since_2023(joining(draws.seed, draws.block, draws.kept, "auto")[1])
    later = draws.generator("entered").random(len(owner)) * (number > 0)
    entered = np.floor(day[owner] + fleet.delay * later * (last_day() - day[owner]))
    older = draws.generator("age").random((len(owner), 2))
    age = quantise(fleet.age_bought_elsewhere * older[:, 1], 2)
    return entered, np.where(older[:, 0] < fleet.bought_here, 0, np.maximum(age, 0.5))


def _hazard(scenario, segment, theta):
    loyal = np.array(scenario.fleet.loyalty)[segment]
    base = scenario.leakage.hazard * loyal * np.exp(-scenario.leakage.satisfaction * theta)
    return quantise(base, 6)


def _visits(fleet, vehicles):
    """Months between services of each vehicle; vehicle and days since entry of each visit."""
    rows = len(vehicles.owner)
    spread = np.exp(fleet.interval_spread * vehicles.draws.generator("interval").normal(size=rows))
    months = np.maximum(quantise(np.array(fleet.interval)[vehicles.segment] * spread, 4), 1)
    steps = vehicles.draws.generator("visit").standard_gamma(fleet.interval_shape, (rows, SLOTS))
    steps[vehicles.age > 0, 0] = 0
    # Rounding comes second, on the few that it may keep or drop.
    care = vehicles.care
    scale = months * DAYS / fleet.interval_shape
    cells = np.flatnonzero(_before(steps, scale, care + 0.001))
    vehicle, since = cells // SLOTS, quantise(steps.take(cells), 3)
    kept = since < care[vehicle]
    return months, vehicle[kept], since[kept]


def _before(steps, scale, end):
    """Which steps end before the end of their row; their sums take their place, where it matters.

    Only what comes as often as a taxi needs more than the first slots.
    """
    early = steps[:, :FEW_SLOTS]
    early *= scale[:, None]
    np.cumsum(early, axis=1, out=early)
    often = np.flatnonzero(early[:, -1] < end)
    late = steps[often, FEW_SLOTS - 1 :]
    late[:, 1:] *= scale[often, None]
    steps[often, FEW_SLOTS - 1 :] = np.cumsum(late, axis=1)
    before = np.zeros(steps.shape, dtype=bool)
    before[:, :FEW_SLOTS] = early < end[:, None]
    before[often] = steps[often] < end[often, None]
    return before


def _station(workshop, draws, owner):
    """The owner's own station, or any of the nine."""
    home = choice(draws.uniform("home"), np.array(workshop.share))
    away = draws.generator("station").random((len(owner), 2))
    anywhere = np.floor(away[:, 1] * len(STATION_NAMES)).astype(int)
    return np.where(away[:, 0] < workshop.at_home, home[owner], anywhere)


def _invoice(workshop, draws, age):
    """Parts, the invoice (labour and parts) and the gross profit on both, in whole cents."""
    noise = draws.generator("invoice").standard_gamma(workshop.shape, (len(age), 2))
    labour = cents(workshop.labour * noise[:, 0] / workshop.shape)
    older = 1 + workshop.ageing * age / 12
    parts = cents(workshop.parts * older * noise[:, 1] / workshop.shape)
    profit = workshop.labour_profit * labour + workshop.parts_profit * parts
    return {"parts_cents": parts, "invoice_cents": labour + parts,
            "gross_profit_cents": np.rint(quantise(profit, 4)).astype("int64")}  # fmt: skip


MAKERS = {
    "stations": once(stations),
    "vehicles": make_vehicles,
    "service_visits": make_service_visits,
    "truth_vehicles": make_truth_vehicles,
}
