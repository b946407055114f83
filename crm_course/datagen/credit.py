"""Lanting Wholesale sells on credit: reviews, defaults with and without the shock, invoices."""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import MONTHS
from crm_course.schema import wholesale as declared

from .chains import markov_chain
from .customers import days_since_2023, joining, month_starts
from .processes import choice, numbers_within, quantise, sigmoid
from .recorded import cents, dates, last_day, unshared
from .streams import Draws
from .truth import satisfaction

REVIEWS, SCALES = declared.REVIEWS, declared.CREDIT_SCALES
RATIOS = ("current_ratio", "debt_ratio", "interest_cover", "profit_margin", "stock_days")
GOOD = np.array([1, -1, 1, 1, -1])  # which way a healthy firm lies
DECIMALS = {"current_ratio": 2, "interest_cover": 1, "profit_margin": 1, "days_late": 1}
LATE = ((-10, 1), (1, 31), (31, 76))  # days late by state: from, to (open)
WINDOW, LONGEST_GAP, NEVER = 180, 90, 1e6


@dataclass(frozen=True)
class Book:
    """All invoices that would be written if nobody defaulted; days since 1 January 2023."""

    customer: np.ndarray
    issued: np.ndarray
    due: np.ndarray
    paid: np.ndarray
    amount_cents: np.ndarray

    def until(self, day):
        """Only the invoices written up to a day of each customer."""
        kept = self.issued <= day[self.customer]
        return Book(*(getattr(self, each.name)[kept] for each in fields(self)))


@dataclass(frozen=True)
class Reviews:
    """What each review finds, shape (customers, reviews), and what follows from it."""

    draws: Draws
    found: dict
    calm: np.ndarray
    risk: np.ndarray
    loss: np.ndarray
    defaulted_calm: np.ndarray
    day: np.ndarray
    seen: np.ndarray

    def rows(self, columns: dict) -> pd.DataFrame:
        """One row per debtor and review that took place, debtor by debtor."""
        customer, review = np.nonzero(self.seen)
        key = {"customer_id": self.draws.customer_id[customer], "month": np.array(REVIEWS)[review]}
        return pd.DataFrame(key | {name: cell[self.seen] for name, cell in columns.items()})


def make_debtors(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the reviews of one block, with what happened within a year."""
    reviews = _reviews(scenario, Draws(seed, "debtors", block, kept, "wholesale"))[0]
    happened = {"defaulted": reviews.day < NEVER, "defaulted_on": _dates_or_none(reviews.day)}
    return reviews.rows(reviews.found | happened)


def make_truth_debtors(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the chances of default with and without the shock, the loss, and the calm outcome."""
    reviews = _reviews(scenario, Draws(seed, "debtors", block, kept, "wholesale"))[0]
    return reviews.rows({
        "default_probability": reviews.risk,
        "default_probability_calm": reviews.calm,
        "loss_given_default": reviews.loss,
        "defaulted_calm": reviews.defaulted_calm,
    })  # fmt: skip


def make_invoices(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the invoices of one block, debtor by debtor in the order of time, money in cents."""
    draws = Draws(seed, "debtors", block, kept, "wholesale")
    reviews, book = _reviews(scenario, draws)
    broke = reviews.day.min(axis=1)
    book = book.until(broke)
    broke = broke[book.customer]
    # Who will default stops paying some weeks before, but after the review: it saw all payments.
    silent = np.maximum(reviews.day - scenario.books.silence, _review_days()).min(axis=1)
    unpaid = book.paid > silent[book.customer]
    lost = np.where(unpaid & (broke < NEVER), reviews.loss[book.customer, 0], 0)
    paid = np.where(unpaid | (book.paid >= last_day()), np.nan, book.paid)
    customer_id = draws.customer_id[book.customer]
    number = numbers_within(np.bincount(book.customer, minlength=len(reviews.day))) + 1
    return unshared({
        "invoice_id": customer_id * 1000 + number,
        "customer_id": customer_id,
        "issued_on": dates(book.issued),
        "due_on": dates(book.due),
        "amount_cents": book.amount_cents,
        "paid_on": dates(paid),
        "written_off_cents": cents(lost * book.amount_cents / 100),
    })  # fmt: skip


def log_odds(credit, found: dict) -> np.ndarray:
    """Log-odds of default in a calm year, from the columns as recorded."""
    steps = {name: (found[name] - middle) / step for name, (middle, step) in SCALES.items()}
    return credit.intercept + sum(getattr(credit, name) * steps[name] for name in SCALES)


def _dates_or_none(day):
    return dates(np.where(day < NEVER, day, np.nan))


def _review_days():
    """Last day of each month of review, in days since 1 January 2023."""
    return days_since_2023(month_starts(np.array(REVIEWS) + 1)) - 1


@lru_cache(maxsize=1)
def _reviews(scenario, draws):
    """The reviews and the invoices of a block; kept for all tables of them: do not write in."""
    joined = days_since_2023(joining(draws.seed, draws.block, draws.kept, "wholesale")[1])
    book = _book(scenario, draws, joined)
    found = _ratios(scenario.books, draws) | _behaviour(draws, book, joined)
    found |= _signals(scenario.books, draws)
    credit = scenario.credit
    odds = log_odds(credit, found)
    calm = quantise(sigmoid(odds), 6)
    hit = np.array(REVIEWS) >= credit.shock_month
    risk = quantise(sigmoid(odds + credit.shock * hit), 6)
    luck = draws.uniform("default", len(REVIEWS))
    day = _default_day(credit, draws, luck < risk, luck < calm)
    # Who joined after review 12 has drawn its lot of default too. Nobody saw that review, and yet
    # those who "defaulted" at it are left out of review 24. Values are fixed, so it stays.
    seen = (joined[:, None] <= _review_days()) & (np.roll(day, 1, axis=1) == NEVER)
    seen[:, 0] = joined <= _review_days()[0]
    day = np.where(seen, day, NEVER)
    return Reviews(draws, found, calm, risk, _loss(scenario.books, draws, found["secured"]),
                   luck < calm, day, seen), book  # fmt: skip


def _default_day(credit, draws, defaulted, calm):
    """Last day of the month of default; those whom only the shock breaks wait for its lag."""
    late = np.where(calm, 0, credit.lag)
    after = np.floor(late + draws.uniform("default_month", len(REVIEWS)) * (12 - late)).astype(int)
    days = days_since_2023(month_starts())
    end = days[np.array(REVIEWS) + after + 1] - 1
    return np.where(defaulted, end, NEVER)


def _ratios(books, draws):
    """Five ratios that share a common health, the same firm a year later being much the same."""
    health = _yearly(books, draws, "health", 1)
    own = _yearly(books, draws, "ratios", len(RATIOS))
    mixed = np.sqrt(books.common) * health + np.sqrt(1 - books.common) * own
    made = {name: _recorded(name, GOOD[i] * mixed[..., i]) for i, name in enumerate(RATIOS)}
    grown = 1 + np.floor(2 * SCALES["years"][0] * draws.uniform("years", 1) ** 2)
    return made | {"years": (grown + np.arange(len(REVIEWS))).astype("int64")}


def _yearly(books, draws, column, width):
    """Standard normal by review, shape (customers, reviews, width)."""
    first, fresh = np.moveaxis(draws.normal(column, 2, width), 1, 0)
    keep = books.persistence
    return np.stack([first, keep * first + np.sqrt(1 - keep**2) * fresh], axis=1)


def _recorded(name, standard):
    """A column of DEBTORS from standard scores, within its range, with its decimals."""
    column, (middle, step) = declared.DEBTORS[name], SCALES[name]
    values = quantise(np.clip(middle + step * standard, column.low, column.high),
                      DECIMALS.get(name, 0))  # fmt: skip
    return values if name in DECIMALS else values.astype("int64")


def _signals(books, draws):
    """What the credit bureau does not know: complaints and a new contact; limit use beside it."""
    theta = satisfaction(draws.seed, draws.block, draws.kept, "wholesale")
    often = books.complaints * np.exp(-books.complaints_satisfaction * theta)
    often = np.broadcast_to(quantise(often, 6)[:, None], (len(theta), len(REVIEWS)))
    changed = draws.uniform("contact_changed", len(REVIEWS)) < books.contact_changed
    secured = draws.uniform("secured", 1) < books.secured
    return {
        "limit_use": _recorded("limit_use", draws.normal("limit_use", len(REVIEWS))),
        "secured": np.repeat(secured, len(REVIEWS), axis=1),
        "complaints": draws.generator("complaints").poisson(often),
        "contact_changed": changed,
    }


def _loss(books, draws, secured):
    middle = np.where(secured, books.loss_secured, books.loss_unsecured)
    return quantise(np.clip(middle + books.loss_spread * draws.normal("loss", 1), 0.05, 1), 2)


def _behaviour(draws, book, joined):
    """How late a debtor pays and how long nothing was bought, as each review finds it.

    Mean days late of the invoices paid in the 180 days before, 0 if none was; days since the last
    invoice, or since joining if there was none.
    """
    late, gap = [], []
    for day in _review_days():
        paid = (book.paid <= day) & (book.paid > day - WINDOW)
        count = np.bincount(book.customer[paid], minlength=len(joined))
        days = np.maximum(book.paid - book.due, 0)
        total = np.bincount(book.customer[paid], days[paid], minlength=len(joined))
        late.append(quantise(total / np.maximum(count, 1), DECIMALS["days_late"]))
        last = np.where(joined <= day, joined, day)
        before = book.issued <= day
        np.maximum.at(last, book.customer[before], book.issued[before])
        gap.append(np.minimum(day - last, LONGEST_GAP).astype("int64"))
    return {"days_late": np.stack(late, axis=1), "order_gap": np.stack(gap, axis=1)}


def _book(scenario, draws, joined):
    customer, month, issued = _issued(scenario.billing, draws, joined)
    states = _states(scenario.delinquency, draws)[customer, month]
    low, high = np.array(LATE).T
    spread = draws.generator("delay").random(len(customer))
    delay = np.floor(low[states] + spread * (high - low)[states])
    terms = np.array(scenario.billing.terms)
    due = (
        issued
        + terms[choice(draws.uniform("terms"), np.array(scenario.billing.terms_share))][customer]
    )
    return Book(customer, issued, due, due + delay, _amounts(scenario.billing, draws, customer))


def _issued(billing, draws, joined):
    """Customer, month (from 0) and day of every invoice, customer by customer in time."""
    rate = billing.rate * np.exp(billing.rate_spread * draws.normal("rate", 1))
    rates = np.broadcast_to(quantise(rate, 6), (len(joined), MONTHS))
    counts = draws.generator("invoices").poisson(rates)
    customer = np.repeat(np.arange(len(joined)), counts.sum(axis=1))
    month = np.repeat(np.tile(np.arange(MONTHS), len(joined)), counts.ravel())
    start = days_since_2023(month_starts())
    within = draws.generator("issued").random(len(customer))
    issued = np.floor(start[month] + within * np.diff(start)[month])
    known = np.flatnonzero(issued >= joined[customer])
    # Sorting whole numbers that end in their place is faster than asking for the order.
    moment = customer[known] * 10_000 + issued[known].astype(int)
    order = known[np.sort(moment * len(known) + np.arange(len(known))) % max(len(known), 1)]
    return customer[order], month[order], issued[order]


def _states(chain, draws):
    """On time, late or very late, by customer and month."""
    calm = np.array([chain.on_time, chain.late, chain.very_late])
    stress = np.array([chain.stress_on_time, chain.stress_late, chain.stress_very_late])
    months = np.arange(1, MONTHS + 1) >= chain.stress_month
    matrices = np.where(months[:, None, None], stress, calm)
    return markov_chain(draws.uniform("payment", MONTHS), np.array(chain.start), matrices)


def _amounts(billing, draws, customer):
    size = billing.size * np.exp(billing.size_spread * draws.normal("size"))
    noise = draws.generator("amount").standard_gamma(billing.shape, len(customer)) / billing.shape
    return np.maximum(cents(quantise(size, 2)[customer] * noise), 100)


MAKERS = {
    "debtors": make_debtors,
    "invoices": make_invoices,
    "truth_debtors": make_truth_debtors,
}
