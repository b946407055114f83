"""Lanting Home: orders without a contract, by BG/NBD, Gamma-Gamma, season; their prices."""

from dataclasses import astuple, dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from . import pools
from .customers import days_since_2023, joining, month_starts, thrift
from .processes import (
    beta_quantile,
    gamma_quantile,
    linked_uniform,
    numbers_within,
    ordered_times,
    quantise,
    repeat_purchases,
)
from .recorded import SECONDS, cents, moments
from .streams import Draws
from .texts import named
from .truth import satisfaction

OPEN, HOURS = 7, 16  # the shop takes orders from 7:00 to 23:00


def operational_clock(season) -> tuple:
    """Month starts in calendar days since January 2023 and the operational weeks passed at each."""
    days = days_since_2023(month_starts())
    speed = np.resize(np.array(astuple(season)), len(days) - 1)
    return days, np.concatenate([[0.0], np.cumsum(speed * np.diff(days))]) / 7


@dataclass(frozen=True)
class Lives:
    """The Home customers of a block: their truth, and how often they order; one row each."""

    draws: Draws
    start: np.ndarray
    span: np.ndarray
    rate: np.ndarray
    dropout: np.ndarray
    mean_spend_cents: np.ndarray
    return_probability: np.ndarray
    wanted: np.ndarray
    made: np.ndarray
    alive: np.ndarray


@dataclass(frozen=True)
class Orders:
    """The orders of a block, customer by customer in the order of time; one row each.

    band: the price band of the amount; product: its row among the products of pools.trade
    """

    order_id: np.ndarray
    customer_id: np.ndarray
    ordered_at: np.ndarray
    band: np.ndarray
    product: np.ndarray
    amount_cents: np.ndarray


def make_truth_orders(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make each customer's rate, dropout, still active, mean spend in cents, chance of returns."""
    lives = _lives(scenario, seed, block, kept)
    return pd.DataFrame({
        "customer_id": lives.draws.customer_id,
        "purchase_rate": lives.rate,
        "dropout_probability": lives.dropout,
        "alive": lives.alive,
        "mean_spend_cents": lives.mean_spend_cents,
        "return_probability": lives.return_probability,
    })  # fmt: skip


def make_orders(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the orders of one block, customer by customer in the order of time, money in cents."""
    orders = _orders(scenario, seed, block, kept)
    return pd.DataFrame({
        "order_id": orders.order_id,
        "customer_id": orders.customer_id,
        "ordered_at": orders.ordered_at,
        "product": named([row["en_US"] for row in pools.trade("product")], orders.product),
        "amount_cents": orders.amount_cents,
    })  # fmt: skip


def make_order_prices(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make what the orders of one block were made of: list price - discount = amount, in cents."""
    prices, orders = scenario.prices, _orders(scenario, seed, block, kept)
    lives = _lives(scenario, seed, block, kept)
    draws = Draws(seed, "order_prices", block, kept, "home")
    rows = len(orders.order_id)
    two = draws.generator("quantity").random(rows) < np.array(prices.two)[orders.band]
    discount = _discount_cents(prices, draws, orders)
    chance = np.repeat(lives.return_probability, lives.made + 1)
    back = draws.generator("back").random(rows) < chance
    return pd.DataFrame({
        "order_id": orders.order_id,
        "quantity": 1 + two,
        "list_price_cents": orders.amount_cents + discount,
        "discount_cents": discount,
        "freight_cents": cents(prices.freight)[orders.band] * (1 + back),
        "refund_cents": np.where(back, orders.amount_cents, 0),
    })  # fmt: skip


@lru_cache(maxsize=1)
def _orders(scenario, seed, block, kept):
    """The orders of a block; kept, because two tables tell of them: do not write into them."""
    lives = _lives(scenario, seed, block, kept)
    orders = lives.made + 1
    customer_id = np.repeat(lives.draws.customer_id, orders)
    amount_cents = _amount_cents(scenario.spend, lives, orders)
    return Orders(
        customer_id * 1000 + numbers_within(orders) + 1,
        customer_id,
        _timestamps(scenario.season, lives, orders),
        *_product(lives.draws.generator("product"), amount_cents),
        amount_cents,
    )


@lru_cache(maxsize=1)
def _lives(scenario, seed, block, kept):
    """The lives of a block; kept, because three tables tell of them: do not write into them."""
    draws = Draws(seed, "orders", block, kept, "home")
    theta = satisfaction(seed, block, kept, "home")
    start, span = _observed(scenario.season, draws, joining(seed, block, kept, "home")[1])
    rate, dropout = _habits(scenario.purchase, draws, theta)
    spend = _mean_spend_cents(scenario.spend, theta, thrift(seed, block, kept))
    counts = repeat_purchases(
        rate, dropout, span, draws.generator("wanted"), draws.generator("last")
    )
    returns = _return_probability(scenario.prices, draws)
    return Lives(draws, start, span, rate, dropout, spend, returns, *counts)


def _habits(purchase, draws, theta):
    """Orders per operational week while active, and the chance of falling silent after each."""
    rate = gamma_quantile(draws.uniform("rate"), purchase.r, purchase.alpha)
    dropout = linked_uniform(-theta, draws.normal("dropout"), purchase.satisfaction)
    return np.maximum(quantise(rate, 6), 1e-6), beta_quantile(dropout, purchase.a, purchase.b)


def _observed(season, draws, joined_on):
    """First order in days since January 2023, and the operational weeks from there to the end."""
    start = days_since_2023(joined_on) + draws.uniform("first_order")
    days, weeks = operational_clock(season)
    return start, weeks[-1] - np.interp(start, days, weeks)


def _mean_spend_cents(spend, theta, thrift):
    """Mean spend p / nu with nu ~ Gamma(q, gamma); high where theta is high."""
    uniform = linked_uniform(-theta, thrift, spend.satisfaction)
    nu = gamma_quantile(uniform, spend.q, spend.gamma)
    return np.rint(100 * spend.p / nu).astype("int64")


def _return_probability(prices, draws):
    """Chance of sending an order back; high where orders come often."""
    from scipy.special import ndtri

    often = ndtri(draws.uniform("rate"))
    uniform = linked_uniform(often, draws.normal("return"), prices.return_rate)
    return beta_quantile(uniform, prices.return_a, prices.return_b)


def _amount_cents(spend, lives, orders):
    noise = lives.draws.generator("amount").standard_gamma(spend.p, orders.sum()) / spend.p
    return np.maximum(np.rint(np.repeat(lives.mean_spend_cents, orders) * noise), 1).astype("int64")


def _discount_cents(prices, draws, orders):
    """What was taken off the list price: often in November, else now and then."""
    november = orders.ordered_at.astype("datetime64[M]").astype(int) % 12 == 10  # January: 0
    chance = np.where(november, prices.discounted_november, prices.discounted)
    given = draws.generator("discounted").random(len(chance)) < chance
    percent = given * (5 + 5 * draws.generator("discount").integers(4, size=len(chance)))
    return np.rint(orders.amount_cents * percent / (100 - percent)).astype("int64")


def _timestamps(season, lives, orders):
    """Operational times turned into calendar time, then into the opening hours of the day."""
    days, weeks = operational_clock(season)
    steps, tail = lives.draws.generator("steps"), lives.draws.generator("tail")
    since = ordered_times(lives.made, lives.wanted, lives.span, steps, tail)
    at = np.repeat(lives.start, orders)
    repeats = numbers_within(orders) > 0
    at[repeats] = np.interp(np.interp(at[repeats], days, weeks) + since, weeks, days)
    day, fraction = np.divmod(at, 1)
    second = np.floor((OPEN + HOURS * fraction) * 3600) + np.minimum(day, days[-1] - 1) * SECONDS
    return moments(second)


def _product(generator, amount_cents):
    """The price band of each amount, and one of the three products in it."""
    bands = sorted({int(row["low"]) * 100 for row in pools.trade("product")})
    band = np.searchsorted(bands, amount_cents, side="right") - 1
    return band, 3 * band + generator.integers(3, size=len(band))


MAKERS = {
    "orders": make_orders,
    "order_prices": make_order_prices,
    "truth_orders": make_truth_orders,
}
