"""Customer, account, subscription: who pays is not who uses, and each level has its own churn."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from .customers import month_starts
from .mobile import make_lives
from .processes import choice, numbers_within, quantise
from .streams import Draws
from .texts import named
from .truth import satisfaction

PAYERS = ("self", "family", "employer")
PRODUCTS = ("mobile phone", "home internet", "television", "fixed line")
LIMITS = np.array([100, 200, 300, 500, 1000])


@dataclass(frozen=True)
class Lines:
    """The subscriptions of a block, customer by customer; one row each, months from 1."""

    draws: Draws
    customer: np.ndarray
    account_id: np.ndarray
    number: np.ndarray
    user: np.ndarray
    first: np.ndarray
    months: np.ndarray
    chance: np.ndarray
    cancelled: np.ndarray
    ended: np.ndarray

    @property
    def ids(self) -> dict:
        """Subscription, account and customer of each row."""
        return {
            "subscription_id": self.account_id * 100 + self.number + 1,
            "account_id": self.account_id,
            "customer_id": self.draws.customer_id[self.customer],
        }


def make_accounts(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the accounts of one block, money in whole cents."""
    draws = Draws(seed, "accounts", block, kept, "mobile")
    customer, account_id = _accounts(scenario.subscriptions, draws)
    payer = choice(draws.generator("payer").random(len(customer)),
                   np.array(scenario.subscriptions.payer_share))  # fmt: skip
    limit = LIMITS[draws.generator("credit_limit").integers(len(LIMITS), size=len(customer))]
    return pd.DataFrame({
        "account_id": account_id,
        "customer_id": draws.customer_id[customer],
        "payer": named(PAYERS, payer),
        "credit_limit_cents": 100 * limit,
    })  # fmt: skip


def make_subscriptions(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the subscriptions of one block, money in whole cents."""
    lines, rules = _lines(scenario, seed, block, kept), scenario.subscriptions
    rows = len(lines.customer)
    product = choice(lines.draws.generator("product").random(rows), np.array(rules.product_share))
    product = np.where(_is_main(lines.number, lines.account_id), 0, product)
    spread = np.exp(rules.arpu_spread * lines.draws.generator("arpu").standard_normal(rows))
    return pd.DataFrame({
        **lines.ids,
        "user_id": lines.draws.customer_id[lines.customer] * 10 + lines.user,
        "product": named(PRODUCTS, product),
        "started_on": _month_start(lines.first),
        "ended_on": _ended_on(lines),
        "arpu_cents": np.rint(100 * np.array(rules.arpu)[product] * spread).astype("int64"),
    })  # fmt: skip


def make_truth_subscriptions(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the monthly chance of cancelling, and how each subscription went."""
    lines = _lines(scenario, seed, block, kept)
    return pd.DataFrame({
        **{name: ids for name, ids in lines.ids.items() if name != "account_id"},
        "cancel_probability": lines.chance,
        "months": lines.months,
        "cancelled": lines.cancelled,
    })  # fmt: skip


def _accounts(rules, draws):
    """Customer (its position) and id of every account."""
    counts = 1 + np.minimum(
        draws.generator("count").poisson(rules.more_accounts, len(draws.customer_id)), 8
    )
    customer = np.repeat(np.arange(len(counts)), counts)
    return customer, draws.customer_id[customer] * 10 + numbers_within(counts) + 1


@lru_cache(maxsize=1)
def _lines(scenario, seed, block, kept):
    """The subscriptions of a block; kept, because two tables tell of them: do not write in."""
    rules, draws = scenario.subscriptions, Draws(seed, "subscriptions", block, kept, "mobile")
    holder, account_id = _accounts(rules, Draws(seed, "accounts", block, kept, "mobile"))
    counts = 1 + draws.generator("count").poisson(rules.more_subscriptions, len(holder))
    customer, account_id = np.repeat(holder, counts), np.repeat(account_id, counts)
    number = numbers_within(counts)
    main = _is_main(number, account_id)
    uniform = {
        name: draws.generator(name).random(len(number)) for name in ("first", "other", "user")
    }
    user = np.where((uniform["other"] < rules.other_user) & ~main,
                    1 + np.floor(9 * uniform["user"]).astype(int), 0)  # fmt: skip
    joined, last, left = _lifetimes(scenario, seed, block, kept)
    joined, last, left = joined[customer], last[customer], left[customer]
    later = np.floor(uniform["first"] * (last - joined + 1)).astype(int)
    first = joined + np.where(main, 0, later)
    chance = np.where(
        main, 0, _cancel(rules, user > 0, satisfaction(seed, block, kept, "mobile")[customer])
    )
    wish = draws.generator("cancel").geometric(np.where(main, 1, chance))
    cancelled = ~main & (wish <= last - first + 1)
    months = np.where(cancelled, wish, last - first + 1)
    return Lines(draws, customer, account_id, number, user, first, months, chance, cancelled,
                 cancelled | left)  # fmt: skip


def _is_main(number, account_id):
    """The first subscription of the first account ends only with the customer."""
    return (number == 0) & (account_id % 10 == 1)


def _lifetimes(scenario, seed, block, kept):
    """First and last month of each customer, and whether the customer left then."""
    lives = make_lives(scenario, Draws(seed, "panel", block, kept, "mobile"))
    return lives.joined, lives.joined + lives.active.sum(axis=1) - 1, lives.left.any(axis=1)


def _cancel(rules, other_user, theta):
    factor = np.where(other_user, rules.cancel_other_user, 1)
    return quantise(rules.cancel * factor * np.exp(-rules.cancel_satisfaction * theta), 6)


def _ended_on(lines):
    return np.where(lines.ended, _month_start(lines.first + lines.months), np.datetime64("NaT"))


def _month_start(month):
    return month_starts().astype("datetime64[us]")[month - 1]


MAKERS = {
    "accounts": make_accounts,
    "subscriptions": make_subscriptions,
    "truth_subscriptions": make_truth_subscriptions,
}
