"""What each customer of the group earned in a year, will earn, and could earn with some care."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from .processes import quantise, sigmoid
from .streams import Draws
from .truth import satisfaction


@dataclass(frozen=True)
class Means:
    """The customers of a block: expected revenue and costs in ¥ a year, and what could be added."""

    draws: Draws
    revenue: np.ndarray
    serve: np.ndarray
    wallet: np.ndarray
    extra: np.ndarray
    stay: np.ndarray

    def profit(self, portfolio) -> np.ndarray:
        """Expected profit of a year in ¥."""
        return portfolio.margin_share * self.revenue - self.serve


def make_portfolio(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the books of one year and the profit of the next, money in whole cents."""
    portfolio = scenario.portfolio
    means = _means(portfolio, seed, block, kept)
    this, following = (_year(portfolio, means, year) for year in ("this", "next"))
    managed = means.draws.uniform("managed") < portfolio.managed
    return pd.DataFrame({
        "customer_id": means.draws.customer_id,
        "revenue_cents": this["revenue"],
        "cost_to_serve_cents": this["serve"],
        "profit_cents": this["profit"],
        "wallet_share": means.wallet,
        "retention_estimate": _estimate(portfolio, means),
        "managed": managed,
        "profit_next_cents": following["profit"] + np.where(managed, _cents(means.extra), 0),
    })  # fmt: skip


def make_truth_portfolio(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make what a year is worth on average, what a manager adds, and five years of both."""
    portfolio = scenario.portfolio
    means = _means(portfolio, seed, block, kept)
    profit = means.profit(portfolio)
    worth = {"expected_profit": profit, "extra_profit": means.extra}
    stream = years_worth(portfolio, means.stay)
    values = {"current_value": profit * stream, "potential": means.extra * stream}
    return pd.DataFrame({
        "customer_id": means.draws.customer_id,
        **{f"{name}_cents": _cents(value) for name, value in worth.items()},
        "retention_probability": means.stay,
        **{f"{name}_cents": _cents(value) for name, value in values.items()},
    })  # fmt: skip


def years_worth(portfolio, stay) -> np.ndarray:
    """What 1 ¥ at the end of each year is worth today, if the customer is still there to pay it.

    >>> from crm_course.datagen.scenario.group import Portfolio
    >>> round(float(years_worth(Portfolio(), np.array(0.6))), 4)
    1.1421
    """
    years = np.arange(1, portfolio.years + 1)
    return ((np.asarray(stay)[..., None] / (1 + portfolio.discount)) ** years).sum(axis=-1)


@lru_cache(maxsize=1)
def _means(portfolio, seed, block, kept):
    """The means of a block; kept, because two tables tell of them: do not write into them."""
    draws, theta = Draws(seed, "portfolio", block, kept), satisfaction(seed, block, kept)
    revenue = portfolio.revenue_spread * draws.normal("revenue")
    revenue = revenue + portfolio.revenue_satisfaction * theta
    wallet = 1 + np.floor(100 * draws.uniform("wallet_share")).astype(int)
    lower = (50 - wallet) / 25
    extra = portfolio.extra_spread * draws.normal("extra") + portfolio.extra_wallet * lower
    moved = draws.uniform("moved") >= portfolio.no_extra
    stay = sigmoid(portfolio.stay + portfolio.stay_satisfaction * theta)
    return Means(
        draws,
        quantise(portfolio.revenue * np.exp(revenue), 4),
        quantise(portfolio.serve * np.exp(portfolio.serve_spread * draws.normal("serve")), 4),
        wallet,
        quantise(np.where(moved, portfolio.extra * np.exp(extra), 0), 4),
        quantise(stay, 6),
    )


def _year(portfolio, means, year):
    """One year around the means, in cents; the mean over many years is the mean itself."""
    drawn = {}
    for name, spread in (("revenue", portfolio.revenue_year), ("serve", portfolio.serve_year)):
        luck = np.exp(spread * means.draws.normal(f"{name}_{year}") - spread**2 / 2)
        drawn[name] = _cents(getattr(means, name) * luck)
    earned = np.rint(quantise(portfolio.margin_share * drawn["revenue"], 2)).astype("int64")
    return drawn | {"profit": earned - drawn["serve"]}


def _estimate(portfolio, means):
    odds = np.log(means.stay / (1 - means.stay))
    return quantise(sigmoid(odds + portfolio.stay_blur * means.draws.normal("estimate")), 2)


def _cents(currency):
    return np.rint(quantise(100 * currency, 2)).astype("int64")


MAKERS = {"portfolio": make_portfolio, "truth_portfolio": make_truth_portfolio}
