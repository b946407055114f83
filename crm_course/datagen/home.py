"""Lanting Home: orders without a contract, by BG/NBD, Gamma-Gamma and the season."""

from dataclasses import astuple

import numpy as np
import pandas as pd

from . import pools
from .customers import joining, month_starts
from .processes import (
    beta_quantile,
    gamma_quantile,
    linked_uniform,
    numbers_within,
    ordered_times,
    quantise,
    repeat_purchases,
)
from .streams import Draws
from .truth import satisfaction

OPEN, HOURS = 7, 16  # the shop takes orders from 7:00 to 23:00
SECONDS = 86_400


def operational_clock(season) -> tuple:
    """Month starts in calendar days since January 2023 and the operational weeks passed at each."""
    days = (month_starts() - month_starts()[0]).astype(float)
    speed = np.resize(np.array(astuple(season)), len(days) - 1)
    return days, np.concatenate([[0.0], np.cumsum(speed * np.diff(days))]) / 7


def make_truth_orders(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make (customer_id, purchase_rate, dropout_probability, alive, mean_spend_cents) of one block."""
    home = _behaviour(scenario, seed, block, kept)
    return pd.DataFrame({
        "customer_id": home["customer_id"],
        "purchase_rate": home["rate"],
        "dropout_probability": home["dropout"],
        "alive": home["alive"],
        "mean_spend_cents": home["mean_spend_cents"],
    })  # fmt: skip


def make_orders(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the orders of one block, customer by customer in the order of time, money in cents."""
    home = _behaviour(scenario, seed, block, kept)
    orders = home["made"] + 1
    customer_id = np.repeat(home["customer_id"], orders)
    amount_cents = _amount_cents(scenario.spend, home, orders)
    return pd.DataFrame({
        "order_id": customer_id * 1000 + numbers_within(orders) + 1,
        "customer_id": customer_id,
        "ordered_at": _timestamps(scenario.season, home, orders),
        "product": _product(home["draws"].generator("product"), amount_cents),
        "amount_cents": amount_cents,
    })  # fmt: skip


def _behaviour(scenario, seed, block, kept):
    """Truth and counts of every customer of the block."""
    draws = Draws(seed, "orders", block, kept, "home")
    theta = satisfaction(seed, block, kept, "home")
    start, span = _observed(scenario.season, draws, joining(seed, block, kept, "home")[1])
    buying, spend = scenario.purchase, scenario.spend
    rate = np.maximum(quantise(gamma_quantile(draws.uniform("rate"), buying.r, buying.alpha), 6), 1e-6)
    dropout = linked_uniform(-theta, draws.normal("dropout"), buying.satisfaction)
    dropout = beta_quantile(dropout, buying.a, buying.b)
    counts = repeat_purchases(rate, dropout, span, draws.generator("wanted"), draws.generator("last"))
    return {"draws": draws, "customer_id": draws.customer_id, "start": start, "span": span,
            "rate": rate, "dropout": dropout, **dict(zip(("wanted", "made", "alive"), counts)),
            "mean_spend_cents": _mean_spend_cents(spend, theta, draws)}  # fmt: skip


def _observed(season, draws, joined_on):
    """First order in days since January 2023, and the operational weeks from there to the end."""
    start = (joined_on - month_starts()[0]).astype(float) + draws.uniform("first_order")
    days, weeks = operational_clock(season)
    return start, weeks[-1] - np.interp(start, days, weeks)


def _mean_spend_cents(spend, theta, draws):
    """p x gamma-distributed scale: nu ~ Gamma(q, gamma), mean = p / nu; high where theta is high."""
    uniform = linked_uniform(-theta, draws.normal("spend"), spend.satisfaction)
    nu = gamma_quantile(uniform, spend.q, spend.gamma)
    return np.rint(100 * spend.p / nu).astype("int64")


def _amount_cents(spend, home, orders):
    noise = home["draws"].generator("amount").standard_gamma(spend.p, orders.sum()) / spend.p
    return np.maximum(np.rint(np.repeat(home["mean_spend_cents"], orders) * noise), 1).astype("int64")


def _timestamps(season, home, orders):
    """Operational times turned into calendar time, then into the opening hours of the day."""
    days, weeks = operational_clock(season)
    steps, tail = home["draws"].generator("steps"), home["draws"].generator("tail")
    since = ordered_times(home["made"], home["wanted"], home["span"], steps, tail)
    at = np.repeat(home["start"], orders)
    repeats = numbers_within(orders) > 0
    at[repeats] = np.interp(np.interp(at[repeats], days, weeks) + since, weeks, days)
    day, fraction = np.divmod(at, 1)
    second = np.floor((OPEN + HOURS * fraction) * 3600) + np.minimum(day, days[-1] - 1) * SECONDS
    return month_starts()[0] + second.astype("timedelta64[s]").astype("timedelta64[us]")


def _product(generator, amount_cents):
    """One of the three products in the price band of the amount."""
    listed = pools.products()
    bands = sorted({int(row["low"]) * 100 for row in listed})
    band = np.searchsorted(bands, amount_cents, side="right") - 1
    pick = generator.integers(3, size=len(band))
    return np.array([row["en_US"] for row in listed])[3 * band + pick]
