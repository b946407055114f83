"""Repairs at Lanting Home: a process that leaves a log, redesigned in one of two regions."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema.home import ACTIVITIES

from .customers import days_since_2023, joining, month_starts
from .processes import numbers_within, ordered_times
from .recorded import moments, unshared
from .streams import Draws
from .texts import named
from .truth import satisfaction

LAST_MONTH = 35  # cases opened by then are closed within the observation
# A case runs through these in order; from AGAIN on only if the first repair did not hold.
STEPS = np.array([0, 1, 2, 3, 4, 5, 3, 4, 5, 6])
PART, AGAIN, CLOSE = 2, slice(6, 9), 9
TEAMS = {"receive": ("desk", 3), "diagnose": ("expert", 4), "order part": ("stores", 2),
         "schedule": ("planner", 2), "repair": ("technician", 9), "check": ("technician", 9),
         "close": ("desk", 3)}  # fmt: skip
DAY = 24


@dataclass(frozen=True)
class Cases:
    """The repair cases of a block, customer by customer in the order of time; one row each.

    done, start, end: shape (cases, steps), hours since January 2023
    """

    draws: Draws
    customer: np.ndarray
    number: np.ndarray
    region_a: np.ndarray
    month: np.ndarray
    new: np.ndarray
    held: np.ndarray
    done: np.ndarray
    start: np.ndarray
    end: np.ndarray
    logged: np.ndarray

    @property
    def ids(self) -> dict:
        """Case and customer of each row."""
        customer_id = self.draws.customer_id[self.customer]
        return {"case_id": customer_id * 1000 + self.number + 1, "customer_id": customer_id}


def make_repair_cases(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the repair cases of one block."""
    cases = make_cases(scenario.repairs, seed, block, kept)
    return pd.DataFrame({
        **cases.ids,
        "region": named(("B", "A"), cases.region_a.astype(int)),
        "month": cases.month,
        "first_time_fix": cases.held,
        "csat": _csat(scenario.repairs, cases, satisfaction(seed, block, kept, "home")),
    })  # fmt: skip


def make_event_log(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the activities of the cases of one block, case by case in the order of time."""
    cases = make_cases(scenario.repairs, seed, block, kept)
    shown = cases.done.copy()
    shown[:, CLOSE] = cases.logged
    cell = np.flatnonzero(shown)
    case, step = np.divmod(cell, len(STEPS))
    activity = STEPS[step]
    return unshared({
        "case_id": cases.ids["case_id"][case],
        "activity": named(ACTIVITIES, activity),
        "started_at": _calendar(cases.start.take(cell)),
        "ended_at": _calendar(cases.end.take(cell)),
        "resource": _resource(cases.draws.generator("resource"), activity),
    })  # fmt: skip


def make_truth_repair_cases(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make which process each case met, its lead time, and whether its end was logged."""
    cases = make_cases(scenario.repairs, seed, block, kept)
    return pd.DataFrame({
        **cases.ids,
        "redesigned": cases.new,
        "lead_hours": np.round(cases.end[:, CLOSE] - cases.start[:, 0], 2),
        "close_logged": cases.logged,
    })  # fmt: skip


@lru_cache(maxsize=1)
def make_cases(repairs, seed: int, block: int, kept: int) -> Cases:
    """Make the cases of a block; kept, as three tables tell of them: do not write into them."""
    draws = Draws(seed, "repair_cases", block, kept, "home")
    customer, number, opened = _opened(repairs, draws)
    region_a = (draws.uniform("region") < 0.5)[customer]
    days = days_since_2023(month_starts())
    month = np.searchsorted(days, opened, side="right")
    new = region_a & (month >= repairs.redesign_month)
    chance = repairs.first_time_fix + repairs.redesign_first_time_fix * new
    held = draws.generator("first_time_fix").random(len(new)) < chance
    done = _path(repairs, draws, held)
    start, end = _times(repairs, draws, opened, done, new)
    logged = draws.generator("close").random(len(new)) >= repairs.close_lost
    return Cases(draws, customer, number, region_a, month, new, held, done, start, end, logged)


def mean_lead_hours(repairs, *, redesigned: bool) -> float:
    """Expected hours from receiving to closing."""
    hours = (np.array(repairs.wait) + repairs.work)[STEPS]
    hours[PART] *= repairs.part
    failed = 1 - repairs.first_time_fix - repairs.redesign_first_time_fix * redesigned
    hours[AGAIN] *= failed
    return float(hours.sum() * (repairs.redesign_pace if redesigned else 1))


def _opened(repairs, draws):
    """Customer, number and day (since January 2023) of every case."""
    joined = days_since_2023(joining(draws.seed, draws.block, draws.kept, "home")[1])
    span = days_since_2023(month_starts())[LAST_MONTH] - joined
    counts = draws.generator("count").poisson(repairs.rate * span * 12 / 365)
    steps, tail = draws.generator("steps"), draws.generator("tail")
    customer = np.repeat(np.arange(len(counts)), counts)
    since = ordered_times(counts, counts, span, steps, tail)
    return customer, numbers_within(counts), joined[customer] + since


def _path(repairs, draws, held):
    done = np.ones((len(held), len(STEPS)), dtype=bool)
    done[:, PART] = draws.generator("part").random(len(held)) < repairs.part
    done[:, AGAIN] = ~held[:, None]
    return done


def _times(repairs, draws, opened, done, new):
    """Start and end of each step in hours: gamma waiting, then work of half to one and a half."""
    pace = np.where(new, repairs.redesign_pace, 1)[:, None] * done
    wait = draws.generator("wait").standard_gamma(2, done.shape) / 2
    wait = pace * wait * np.array(repairs.wait)[STEPS]
    work = 0.5 + draws.generator("work").random(done.shape)
    work = pace * work * np.array(repairs.work)[STEPS]
    end = opened[:, None] * DAY + np.cumsum(wait + work, axis=1)
    return end - work, end


def _csat(repairs, cases, theta):
    noise = cases.draws.generator("csat").standard_normal(len(cases.new))
    mean = repairs.csat + repairs.csat_region_a * cases.region_a
    mean = mean + repairs.csat_everybody * (cases.month >= repairs.redesign_month)
    mean = (
        mean + repairs.redesign_csat * cases.new + repairs.csat_satisfaction * theta[cases.customer]
    )
    return np.clip(np.rint(mean + repairs.csat_noise * noise), 0, 100)


def _resource(generator, activity):
    people = [f"{team} {number}" for team, size in TEAMS.values() for number in range(1, size + 1)]
    sizes = np.array([size for _, size in TEAMS.values()])
    pick = np.floor(sizes[activity] * generator.random(len(activity))).astype(int)
    return named(people, (np.cumsum(sizes) - sizes)[activity] + pick)


def _calendar(hours):
    return moments(np.rint(np.round(hours * 3600, 3)))


MAKERS = {
    "repair_cases": make_repair_cases,
    "event_log": make_event_log,
    "truth_repair_cases": make_truth_repair_cases,
}
