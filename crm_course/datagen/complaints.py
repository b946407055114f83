"""Problems at Lanting Home: who complains, what is done about it, and who buys again.

Loyal customers complain more and stay more, so complaining looks better than it is. Two coins set
that right: an invitation that only moves voicing, and a fast desk that only moves handling.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import LOCALES
from crm_course.schema.home import CATEGORIES, OUTCOMES

from . import pools
from .customers import days_since_2023, joining, month_starts
from .identities import is_chinese
from .processes import (
    choice,
    linked_uniform,
    numbers_within,
    ordered_times,
    quantise,
    scale_score,
    sigmoid,
)
from .recorded import dates, moments, unshared
from .streams import Draws, turn
from .texts import named
from .truth import satisfaction

LAST_MONTH = 32  # 90 days after it are still observed
OPEN, HOURS = 9, 9  # complaints are received from 9:00 to 18:00
HOUR = 3600


@dataclass(frozen=True)
class Cases:
    """The problems of a block, customer by customer in the order of time; one row each."""

    draws: Draws
    customer: np.ndarray
    number: np.ndarray
    theta: np.ndarray
    day: np.ndarray
    category: np.ndarray
    loss_cents: np.ndarray
    prior_sat: np.ndarray
    loyal: np.ndarray
    invited: np.ndarray
    fast: np.ndarray
    voice: np.ndarray
    voiced: np.ndarray
    handling: np.ndarray
    stay: np.ndarray
    stays: np.ndarray

    @property
    def ids(self) -> dict:
        """Problem and customer of each row."""
        customer_id = self.draws.customer_id[self.customer]
        return {"problem_id": customer_id * 1000 + self.number + 1, "customer_id": customer_id}


def make_problems(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the problems of one block, money in whole cents."""
    cases = _cases(scenario, seed, block, kept)
    done = np.where(cases.voiced, cases.handling, 0)
    return pd.DataFrame({
        **cases.ids,
        "occurred_on": dates(cases.day),
        "category": named(CATEGORIES, cases.category),
        "loss_cents": cases.loss_cents,
        "prior_sat": cases.prior_sat,
        "invited": cases.invited,
        "fast_desk": cases.fast,
        "voiced": cases.voiced,
        "rebuy_90d": cases.stays[np.arange(len(done)), done],
    })  # fmt: skip


def make_complaints(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the problems of one block that were complained about, money in whole cents."""
    cases = _cases(scenario, seed, block, kept)
    share = np.where(cases.handling > 0, 0.6 * _uniform(cases, "compensation"), 0)
    hq = _uniform(cases, "channel") < scenario.voicing.escalated
    everything = {
        **cases.ids,
        "channel": named(("front", "hq"), hq.astype(int)),
        "words": _words(cases, scenario.locale),
        **_timestamps(cases),
        "outcome": named(OUTCOMES, cases.handling),
        "compensation_cents": np.rint(share * cases.loss_cents).astype("int64"),
        **_aftermath(scenario.recovery, cases, share),
    }
    return unshared({name: values[cases.voiced] for name, values in everything.items()})


def make_truth_problems(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the truth of every problem: loyalty, chances and the three potential outcomes."""
    cases = _cases(scenario, seed, block, kept)
    outcomes = {f"rebuy_{name}": cases.stays[:, i] for i, name in enumerate(OUTCOMES)}
    return pd.DataFrame({
        **cases.ids,
        "loyal": cases.loyal,
        "voice_probability": cases.voice,
        "rebuy_probability": cases.stay,
        **outcomes,
    })  # fmt: skip


@lru_cache(maxsize=1)
def _cases(scenario, seed, block, kept):
    """The problems of a block; kept, because three tables tell of them: do not write into them."""
    draws = Draws(seed, "problems", block, kept, "home")
    theta = satisfaction(seed, block, kept, "home")
    customer, number, day = _occurrences(scenario.problems, draws, theta)
    category, loss = _losses(scenario.problems, draws, len(customer))
    person = {"theta": theta, "loyal": _loyal(scenario.voicing, draws, theta)}
    person = {name: values[customer] for name, values in person.items()}
    prior = 0.8 * person["theta"] + 0.6 * draws.generator("prior_sat").standard_normal(len(day))
    coins = [
        draws.generator(name).random(len(day)) < share
        for name, share in (
            ("invited", scenario.voicing.invited),
            ("fast_desk", scenario.handling.fast_desk),
        )
    ]
    voice = _voice(scenario.voicing, category, loss, person["loyal"], coins[0])
    stay, stays = _stays(scenario.handling, draws, person["loyal"])
    return Cases(
        draws, customer, number, person["theta"], day, category, loss,
        scale_score(prior, 6, 1.5), person["loyal"], *coins, voice,
        draws.generator("voiced").random(len(day)) < voice,
        _handling(scenario.handling, draws, person["loyal"], coins[1]), stay, stays,
    )  # fmt: skip


def expected_problems(problems, span, theta) -> np.ndarray:
    """Mean number of problems in a span of days; the mean over customers is rate x span."""
    link = -problems.satisfaction * theta - problems.satisfaction**2 / 2
    return problems.rate * span * 12 / 365 * quantise(np.exp(link), 6)


def exposure(seed: int, block: int, kept: int) -> tuple:
    """First day and length in days of the time in which a customer can have a problem."""
    start = days_since_2023(joining(seed, block, kept, "home")[1])
    return start, days_since_2023(month_starts())[LAST_MONTH] - start


def _occurrences(problems, draws, theta):
    """Customer, number and day (since January 2023) of every problem."""
    start, span = exposure(draws.seed, draws.block, draws.kept)
    counts = draws.generator("count").poisson(expected_problems(problems, span, theta))
    steps, tail = draws.generator("steps"), draws.generator("tail")
    customer = np.repeat(np.arange(len(counts)), counts)
    day = start[customer] + ordered_times(counts, counts, span, steps, tail)
    return customer, numbers_within(counts), day


def _losses(problems, draws, rows):
    category = choice(draws.generator("category").random(rows), np.array(problems.share))
    spread = np.exp(problems.loss_spread * draws.generator("loss").standard_normal(rows))
    cents = np.rint(100 * np.array(problems.loss)[category] * spread)
    return category, np.maximum(cents, 1).astype("int64")


def _loyal(voicing, draws, theta):
    linked = linked_uniform(theta, draws.normal("loyal"), voicing.loyal_satisfaction)
    return quantise(linked, 6) >= 1 - voicing.loyal


def _voice(voicing, category, loss_cents, loyal, invited):
    odds = np.array(voicing.category)[category] + voicing.loss * np.log10(loss_cents / 10_000)
    return quantise(sigmoid(odds + voicing.loyalty * loyal + voicing.invitation * invited), 6)


def _handling(handling, draws, loyal, fast):
    """0 unresolved, 1 resolved, 2 quick: what a complaint comes to, or would come to."""
    quick = handling.quick_share + handling.quick_fast_desk * fast + handling.quick_loyal * loyal
    uniform = draws.generator("handling").random(len(fast))
    settled = uniform < quantise(quick + handling.resolved_share, 6)
    return np.where(uniform < quantise(quick, 6), 2, np.where(settled, 1, 0))


def _stays(handling, draws, loyal):
    """Chance of buying again if nothing is done, and the outcomes by what is done (one luck)."""
    stay = quantise(sigmoid(handling.stay + handling.stay_loyalty * loyal), 6)
    chances = stay[:, None] + np.array([0, handling.resolved, handling.quick])
    luck = draws.generator("rebuy").random(len(loyal))
    return stay, luck[:, None] < quantise(chances, 6)


def _uniform(cases, column):
    return cases.draws.generator(column).random(len(cases.day))


def _timestamps(cases):
    """Received in office hours, acknowledged sooner at the fast desk, resolved as the outcome."""
    lag = np.minimum(-2 * np.log1p(-_uniform(cases, "lag")), 20)
    opening = (OPEN + HOURS * _uniform(cases, "received_at")) * HOUR
    received = np.floor(cases.day + lag) * 24 * HOUR + np.rint(opening)
    within = np.array([[6, 30], [6, 30], [0.2, 5]])[cases.handling]
    days = within[:, 0] + np.ptp(within, axis=1) * _uniform(cases, "resolved_at")
    reply = -np.where(cases.fast, 4, 30) * np.log1p(-_uniform(cases, "acknowledged_at")) / 24
    resolved = moments(received + days * 24 * HOUR)
    return {
        "received_at": moments(received),
        "acknowledged_at": moments(received + np.minimum(reply, 0.9 * days) * 24 * HOUR),
        "resolved_at": np.where(cases.handling > 0, resolved, np.datetime64("NaT")),
    }


def _aftermath(recovery, cases, share):
    """The three justices in points, and the satisfaction that follows from them."""
    rows, done = len(cases.day), cases.handling
    paid = np.where(done > 0, recovery.justice_compensation * (share - 0.3), 0)
    warm = recovery.justice_satisfaction * cases.theta
    latent = {"dj": np.array(recovery.outcome_distributive)[done] + paid,
              "pj": np.array(recovery.outcome_procedural)[done],
              "ij": np.array(recovery.outcome_interactional)[done] + warm}  # fmt: skip
    noise = {name: cases.draws.generator(name).standard_normal(rows) for name in latent}
    felt = {name: np.clip(np.rint(latent[name] + recovery.justice_noise * noise[name]), 1, 7)
            for name in latent}  # fmt: skip
    luck = recovery.noise * cases.draws.generator("post_sat").standard_normal(rows)
    after = expected_satisfaction(recovery, **felt, loss_cents=cases.loss_cents) + luck
    points = {name: score.astype("int64") for name, score in felt.items()}
    return {**points, "post_sat": scale_score(after, 0, 1)}


def expected_satisfaction(recovery, *, dj, pj, ij, loss_cents) -> np.ndarray:
    """Mean satisfaction after a case, 0 to 10, from the justices felt (1 to 7) and the loss."""
    severity = recovery.severity * np.log10(loss_cents / 10_000)
    linear = recovery.distributive * (dj - 4) + recovery.procedural * (pj - 4)
    both = recovery.distributive_procedural * (dj - 4) * (pj - 4)
    return recovery.middle + linear + recovery.interactional * (ij - 4) + both + severity


def _words(cases, locale):
    """One of the sentences of the category, in the language of the customer."""
    draws = Draws(cases.draws.seed, "customers", cases.draws.block, cases.draws.kept)
    language = is_chinese(draws, locale)[turn("home")][cases.customer].astype(int)
    listed = [row[locale] for kind in CATEGORIES for locale in LOCALES
              for row in pools.trade("complaint") if row["kind"] == kind]  # fmt: skip
    pick = cases.draws.generator("words").integers(2, size=len(language))
    return named(listed, (cases.category * len(LOCALES) + language) * 2 + pick)


MAKERS = {
    "problems": make_problems,
    "complaints": make_complaints,
    "truth_problems": make_truth_problems,
}
