"""The customers of the group: who they are, when and how they joined."""

from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import FIRST_MONTH, MONTHS, UNITS
from crm_course.schema.columns import CHANNELS, INCOMES

from .identities import make_identities
from .processes import quantise
from .streams import Draws, turn
from .texts import named

# Month of joining by share of customers: two thirds of Mobile's customers joined by month 18.
JOINING = {
    "mobile": ((0, 2 / 3, 1), (0, MONTHS / 2, MONTHS)),
    "home": ((0, 1), (0, 30)),
    "auto": ((0, 1), (0, MONTHS)),
    "wholesale": ((0, 1), (0, MONTHS)),
}
KINDS = {"auto": ("fleet", "private", 0.12), "wholesale": ("key", "retailer", 0.10)}
CHANNEL_SHARES = (0.40, 0.70, 0.85, 1.0)
CHANNEL_COST = np.array([60, 45, 20, 80])
UNIT_COST = {"mobile": 1, "home": 1, "auto": 3, "wholesale": 5}
CONSENT = 0.7
INCOME_BORDERS = (-0.524401, 0.524401)  # 30 per cent of a standard normal lie below and above


def month_starts(months=range(1, MONTHS + 2)) -> np.ndarray:
    """First days of the months given, month 1 = January 2023."""
    first = np.datetime64(FIRST_MONTH, "M")
    return (first + (np.asarray(months) - 1)).astype("datetime64[D]")


def days_since_2023(dates) -> np.ndarray:
    """Days from 1 January 2023 to each date.

    >>> days_since_2023(np.array(["2023-01-01", "2023-02-01"], "datetime64[D]")).tolist()
    [0.0, 31.0]
    """
    return (dates - month_starts()[0]).astype(float)


@lru_cache(maxsize=len(UNITS))
def joining(seed: int, block: int, kept: int, unit: str) -> tuple:
    """Month (1 to 36) and day of joining of a unit's customers, shape (customers,) each.

    Those of a block are kept, because a dozen tables depend on them: do not write into them.
    """
    draws = Draws(seed, "customers", block, kept)
    month = 1 + np.floor(np.interp(draws.uniform("join_month")[turn(unit)], *JOINING[unit])).astype(
        int
    )
    start = month_starts()
    length = (start[month] - start[month - 1]).astype(int)
    return month, start[month - 1] + np.floor(
        draws.uniform("join_day")[turn(unit)] * length
    ).astype(int)


def thrift(seed: int, block: int, kept: int) -> np.ndarray:
    """What but satisfaction makes a Home customer spend little: standard normal, (customers,)."""
    return Draws(seed, "orders", block, kept, "home").normal("spend")


def make_customers(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the customers of one block, money in whole cents."""
    draws = Draws(seed, "customers", block, kept)
    unit = np.arange(kept) % len(UNITS)
    channel = np.searchsorted(CHANNEL_SHARES, draws.uniform("acq_channel"), side="right")
    income = np.searchsorted(INCOME_BORDERS, _income(scenario.spend, draws))
    return pd.DataFrame({
        "customer_id": draws.customer_id,
        "unit": named(UNITS, unit),
        "kind": _kind(draws.uniform("kind"), unit),
        **make_identities(draws, scenario.locale),
        "income_band": named(INCOMES, income),
        "joined_on": joined_on(seed, block, kept),
        "acq_channel": named(CHANNELS, channel),
        "acq_cost_cents": _acq_cost_cents(draws.whole("acq_cost", 61), unit, channel),
        "consent": draws.uniform("consent") < CONSENT,
    })  # fmt: skip


def joined_on(seed: int, block: int, kept: int) -> np.ndarray:
    """Day of joining of every customer of a block."""
    day = np.empty(kept, "datetime64[D]")
    for unit in UNITS:
        day[turn(unit)] = joining(seed, block, kept, unit)[1]
    return day.astype("datetime64[us]")


def _income(spend, draws):
    """Standard normal; at Home it goes with what makes the mean spend high."""
    income, home = draws.normal("income"), turn("home")
    thrifty = thrift(draws.seed, draws.block, draws.kept)
    income[home] = np.sqrt(1 - spend.income**2) * income[home] - spend.income * thrifty
    return quantise(income, 6)


def _kind(uniform, unit):
    names = ("private", *(name for pair in KINDS.values() for name in pair[:2]))
    kind = np.zeros(len(unit), dtype=int)
    for name, (rare, common, share) in KINDS.items():
        here = turn(name)
        kind[here] = np.where(uniform[here] < share, names.index(rare), names.index(common))
    return named(names, kind)


def _acq_cost_cents(per_cent, unit, channel):
    """Cost by unit and channel, give or take 30 per cent."""
    base = CHANNEL_COST[channel] * np.array([UNIT_COST[name] for name in UNITS])[unit]
    return base * (70 + per_cent)


MAKERS = {
    "customers": make_customers,
}
