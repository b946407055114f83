"""The call centre of the group, half-hour by half-hour, and reviews of what one cannot judge.

Tables without customers: one Philox stream per column, the same for any number of customers.
Times are whole milliseconds, so that no machine orders two events differently.
"""

from functools import lru_cache
from heapq import heappop, heappush, heapreplace

import numpy as np
import pandas as pd

from crm_course.schema.group import ATTRIBUTES

from .processes import choice, quantise
from .recorded import once
from .streams import stream

FIRST_DAY, WEEKS = np.datetime64("2025-10-06"), 8  # a Monday
HALF_HOURS = np.arange(8, 20, 0.5)
HALF_HOUR = 1_800_000  # in milliseconds
HOUR = 2 * HALF_HOUR
PRODUCTS = {
    "search": ("clothing", "jewellery", "furniture", "house", "automobile"),
    "experience": ("restaurant meal", "holiday", "haircut", "child care"),
    "credence": ("television repair", "legal service", "root canal", "auto repair",
                 "medical diagnosis"),
}  # fmt: skip
SELLERS = 30


@once
def make_call_volumes(scenario, seed: int) -> pd.DataFrame:
    """Make the half-hours of the call centre; the same whatever the customers."""
    calls = make_calls_answered(scenario.call_centre, seed)
    here = pd.DataFrame(calls | {"calls": 1}).groupby("interval").sum()
    everywhere = here.reindex(range(len(starts()) * len(HALF_HOURS)), fill_value=0)
    return pd.DataFrame({
        "starts_at": _clock(everywhere.index.to_numpy() * HALF_HOUR),
        "calls": everywhere["calls"],
        "agents": _agents(scenario.call_centre)[everywhere.index % len(HALF_HOURS)],
        "abandoned": everywhere["hung_up"],
        "within_20s": everywhere["within_20s"],
        "wait_seconds": everywhere["wait_seconds"],
        "handle_seconds": everywhere["handle_seconds"],
    })  # fmt: skip


@once
def make_calls(scenario, seed: int) -> pd.DataFrame:
    """Make the calls of the last week, one row each."""
    calls = make_calls_answered(scenario.call_centre, seed)
    last = calls["interval"] >= (len(starts()) - 6) * len(HALF_HOURS)
    chosen = {name: values[last] for name, values in calls.items()}
    return pd.DataFrame({
        "call_id": np.arange(last.sum()) + 1,
        "called_at": _clock(chosen["at"]),
        "wait_seconds": chosen["wait_seconds"],
        "handle_seconds": chosen["handle_seconds"],
        "hung_up": chosen["hung_up"],
    })  # fmt: skip


@once
def make_truth_call_volumes(scenario, seed: int) -> pd.DataFrame:
    """Make the expected calls per hour of every half-hour."""
    rates = calls_per_hour(scenario.call_centre)
    at = _clock(np.arange(len(rates)) * HALF_HOUR)
    return pd.DataFrame({"starts_at": at, "calls_per_hour": rates})


@once
def make_reviews(scenario, seed: int) -> pd.DataFrame:
    """Make the sellers of 14 products and the reviews that they got."""
    attribute, product = _offers()
    good, accuracy = _quality(scenario.reviews, seed, attribute)
    count = 1 + _stream(seed, "reviews", "count").poisson(scenario.reviews.count, len(good))
    positive = _stream(seed, "reviews", "positive").binomial(
        count, np.where(good, accuracy, 1 - accuracy)
    )
    return pd.DataFrame({
        "offer_id": np.arange(len(good)) + 1,
        "product": product,
        "attribute": np.array(ATTRIBUTES)[attribute],
        "reviews": count,
        "positive": positive,
    })  # fmt: skip


@once
def make_truth_reviews(scenario, seed: int) -> pd.DataFrame:
    """Make which offers are good, and how often a buyer sees it."""
    good, accuracy = _quality(scenario.reviews, seed, _offers()[0])
    offer_id = np.arange(len(good)) + 1
    return pd.DataFrame({"offer_id": offer_id, "good": good, "accuracy": accuracy})


def starts() -> np.ndarray:
    """The days on which the centre is open, Monday to Saturday."""
    days = FIRST_DAY + np.arange(7 * WEEKS)
    return days[np.arange(7 * WEEKS) % 7 < 6]


def calls_per_hour(centre) -> np.ndarray:
    """Expected calls per hour of each half-hour in the order of time."""
    shape = np.interp(HALF_HOURS + 0.25, (8, 10, 12, 15, 20),
                      (0.5, centre.morning, 1, centre.afternoon, centre.evening))  # fmt: skip
    week = np.array(centre.weekday)[:, None] * shape
    return quantise(centre.calls_per_hour * np.tile(week.ravel(), WEEKS), 4)


@lru_cache(maxsize=1)
def make_calls_answered(centre, seed: int) -> dict:
    """Make every call of the eight weeks: interval, arrival (ms), and how it was served."""
    counts = _stream(seed, "calls", "count").poisson(calls_per_hour(centre) / 2)
    interval = np.repeat(np.arange(len(counts)), counts)
    within = np.floor(HALF_HOUR * _stream(seed, "calls", "at").random(len(interval)))
    at = np.sort(interval * HALF_HOUR + within.astype("int64"))
    handle = _milliseconds(seed, "handle", centre.handle, len(at))
    patience = _milliseconds(seed, "patience", centre.patience, len(at))
    agents = _agents(centre)[interval % len(HALF_HOURS)]
    wait = waits(at, handle, patience if centre.patience else patience + 10**12, agents)
    lost = wait > patience if centre.patience else np.zeros(len(at), dtype=bool)
    waited = np.where(lost, patience, wait)
    return {
        "interval": interval,
        "at": at,
        "hung_up": lost,
        "within_20s": ~lost & (waited <= 20_000),
        "wait_seconds": (waited + 500) // 1000,
        "handle_seconds": np.where(lost, 0, (handle + 500) // 1000),
    }


def waits(arrival, handle, patience, agents) -> np.ndarray:
    """Time until each caller is, or would be, answered: first come, first served.

    arrival (ascending), handle, patience: whole numbers of one unit of time; agents: on duty then.
    Who would wait longer than the own patience hangs up and takes nobody's time.

    >>> waits([0, 1, 2], [10, 10, 10], [99, 99, 5], [1, 1, 1]).tolist()
    [0, 9, 18]
    """
    free, result = [], []
    for at, length, limit, on_duty in zip(arrival, handle, patience, agents, strict=True):
        while len(free) > on_duty:
            heappop(free)
        while len(free) < on_duty:
            heappush(free, at)
        wait = max(free[0] - at, 0)
        if wait <= limit:
            heapreplace(free, at + wait + length)
        result.append(wait)
    return np.array(result, dtype="int64")


def _agents(centre):
    return np.repeat(centre.agents, len(HALF_HOURS) // len(centre.agents))


def _milliseconds(seed, column, mean, size):
    draws = _stream(seed, "calls", column).standard_exponential(size)
    return np.rint(1000 * mean * draws).astype("int64")


def _clock(milliseconds):
    """Milliseconds of opening time since the first day turned into the calendar."""
    day, rest = np.divmod(milliseconds, HALF_HOUR * len(HALF_HOURS))
    seconds = (8 * HOUR + rest) // 1000
    return (starts()[day] + seconds.astype("timedelta64[s]")).astype("datetime64[us]")


def _offers():
    """Attribute (its position) and product of every offer."""
    listed = [(ATTRIBUTES.index(attribute), product)
              for attribute, products in PRODUCTS.items() for product in products]  # fmt: skip
    attribute, product = zip(*listed, strict=True)
    return np.repeat(attribute, SELLERS), np.repeat(product, SELLERS)


def _quality(reviews, seed, attribute):
    shares = np.array([1 - reviews.good, reviews.good])
    good = choice(_stream(seed, "reviews", "good").random(len(attribute)), shares) == 1
    return good, np.array(reviews.accuracy)[attribute]


def _stream(seed, table, column):
    return stream(seed, table, column, 0)


MAKERS = {
    "call_volumes": make_call_volumes,
    "calls": make_calls,
    "reviews": make_reviews,
    "truth_call_volumes": make_truth_call_volumes,
    "truth_reviews": make_truth_reviews,
}
