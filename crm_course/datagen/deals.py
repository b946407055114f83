"""Lanting Wholesale's pipeline: deals that reps win by skill, territory and rival; their quotes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import wholesale as declared

from .customers import days_since_2023, joining
from .processes import beta_quantile, choice, numbers_within, quantise
from .recorded import cents, dates, last_day, once
from .streams import Draws, stream
from .texts import named

STAGES, RIVALS, TERRITORIES = declared.STAGES, declared.RIVALS, declared.TERRITORIES
LOST = declared.LOST_REASONS
REPS = 14
PLACES = len(TERRITORIES)


@dataclass(frozen=True)
class Deals:
    """The deals of a block, one row each; days since 1 January 2023."""

    draws: Draws
    customer: np.ndarray
    territory: np.ndarray
    rep: np.ndarray
    rival: np.ndarray
    opened: np.ndarray
    chance: np.ndarray
    won: np.ndarray
    reached: np.ndarray
    left: np.ndarray
    reason: np.ndarray

    @property
    def customer_id(self):
        """The customer of each deal."""
        return self.draws.customer_id[self.customer]

    @property
    def deal_id(self):
        """customer_id x 100 + number of the deal."""
        counts = np.bincount(self.customer, minlength=len(self.draws.customer_id))
        return self.customer_id * 100 + numbers_within(counts) + 1

    @property
    def closed(self):
        """Day on which the last stage was left; NaN while the deal is open."""
        day = self.left[np.arange(len(self.rep)), self.reached]
        return np.where(day < last_day(), day, np.nan)

    @property
    def seen(self):
        """Which stages were entered before the end of observation, shape (deals, stages)."""
        entered = np.column_stack([self.opened, self.left[:, :-1]])
        return (np.arange(len(STAGES)) <= self.reached[:, None]) & (entered < last_day())


def make_deals(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the deals of one block, customer by customer in the order of time."""
    deals = _deals(scenario.pipeline, seed, block, kept)
    closed = np.isfinite(deals.closed)
    stated = _stated(scenario.pipeline, deals)
    return pd.DataFrame({
        "deal_id": deals.deal_id,
        "customer_id": deals.customer_id,
        "territory": named(TERRITORIES, deals.territory),
        "rep_id": deals.rep + 1,
        "competitor": named(RIVALS, deals.rival - 1),
        "opened_on": dates(deals.opened),
        "list_price_cents": _list_price(scenario.pipeline, deals),
        "stage": named(STAGES, deals.seen.sum(axis=1) - 1),
        "closed_on": dates(deals.closed),
        "won": deals.won & closed,
        "lost_reason_stated": named(LOST, np.where(closed & ~deals.won, stated, -1)),
    })  # fmt: skip


def make_stage_log(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make one row per deal and stage entered; a stage that is not left has no end."""
    deals = _deals(scenario.pipeline, seed, block, kept)
    deal, stage = np.nonzero(deals.seen)
    entered = np.column_stack([deals.opened, deals.left[:, :-1]])[deal, stage]
    left = deals.left[deal, stage]
    return pd.DataFrame({
        "deal_id": deals.deal_id[deal],
        "customer_id": deals.customer_id[deal],
        "stage": named(STAGES, stage),
        "entered_on": dates(entered),
        "left_on": dates(np.where(left < last_day(), left, np.nan)),
    })  # fmt: skip


def make_quotes(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the quotes: one per deal that came to a proposal, two where another rep quotes too."""
    pipeline, deals = scenario.pipeline, _deals(scenario.pipeline, seed, block, kept)
    quoted = deals.seen[:, STAGES.index("proposal")]
    twice = quoted & (_random(deals, "twice") < pipeline.double_quoting)
    deal = np.repeat(np.arange(len(quoted)), quoted.astype(int) + twice)
    second = numbers_within(quoted.astype(int) + twice)
    start = deals.left[deal, STAGES.index("proposal") - 1]
    other = (deals.rep[deal] + 1 + np.floor(13 * _random(deals, "other")[deal]).astype(int)) % REPS
    made = pd.DataFrame({
        "quote_id": deals.deal_id[deal] * 10 + second + 1,
        "deal_id": deals.deal_id[deal],
        "customer_id": deals.customer_id[deal],
        "rep_id": np.where(second == 1, other, deals.rep[deal]) + 1,
        "quoted_on": dates(start + 5 * second),
        **_waterfall(pipeline, deals, deal, second),
    })  # fmt: skip
    return made[start + 5 * second < last_day()].reset_index(drop=True)


def make_truth_deals(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make chance, outcome and true reason of each deal, closed or not."""
    deals = _deals(scenario.pipeline, seed, block, kept)
    return pd.DataFrame({
        "deal_id": deals.deal_id,
        "customer_id": deals.customer_id,
        "win_probability": deals.chance,
        "will_win": deals.won,
        "lost_reason_true": named(LOST, np.where(deals.won, -1, deals.reason)),
    })  # fmt: skip


def truth_reps(scenario, seed: int) -> pd.DataFrame:
    """Make skill and home territory of each rep."""
    return pd.DataFrame({
        "rep_id": np.arange(1, REPS + 1),
        "territory": np.array(TERRITORIES)[np.arange(REPS) % PLACES],
        "skill": _skill(scenario.pipeline, seed),
    })  # fmt: skip


def _skill(pipeline, seed):
    uniform = stream(seed, "reps", "skill", 0).random(REPS)
    return beta_quantile(uniform, pipeline.skill_a, pipeline.skill_b)


def _random(deals, column):
    return deals.draws.generator(column).random(len(deals.rep))


@lru_cache(maxsize=1)
def _deals(pipeline, seed, block, kept):
    """The deals of a block; kept for all tables of them: do not write in."""
    draws = Draws(seed, "deals", block, kept, "wholesale")
    customer, opened = _opened(pipeline, draws)
    rows = len(customer)
    territory = np.floor(draws.uniform("territory") * PLACES).astype(int)[customer]
    rep = _rep(pipeline, draws.generator("rep").random((rows, 3)), territory)
    rival = choice(draws.generator("competitor").random(rows), np.array(pipeline.rival_share))
    chance = _chance(pipeline, _skill(pipeline, seed)[rep], territory, rival)
    luck = draws.generator("won").random(rows)
    reached, won = _progress(pipeline, chance, luck)
    days = draws.generator("days").standard_gamma(pipeline.days_shape, (rows, len(STAGES)))
    days = np.maximum(np.rint(days * np.array(pipeline.days) / pipeline.days_shape), 1)
    left = opened[:, None] + np.cumsum(days, axis=1)
    reason = choice(draws.generator("reason").random(rows), np.array(pipeline.reason_share))
    return Deals(draws, customer, territory, rep, rival, opened, chance, won, reached, left, reason)


def _opened(pipeline, draws):
    """Customer and opening day of every deal, from joining on, customer by customer in time."""
    joined = days_since_2023(joining(draws.seed, draws.block, draws.kept, "wholesale")[1])
    expected = quantise(pipeline.deals_a_year * (last_day() - joined) / 365.25, 6)
    customer = np.repeat(np.arange(len(joined)), draws.generator("deals").poisson(expected))
    share = draws.generator("opened").random(len(customer))
    opened = np.floor(joined[customer] + share * (last_day() - joined[customer]))
    order = np.lexsort((opened, customer))
    return customer[order], opened[order]


def _rep(pipeline, uniform, territory):
    """A rep of the territory, the senior more often than the junior; sometimes any of all."""
    rank = choice(uniform[:, 0], np.array(pipeline.seniority))
    own = territory + PLACES * np.where(territory + PLACES * rank < REPS, rank, 0)
    anybody = np.floor(uniform[:, 2] * REPS).astype(int)
    return np.where(uniform[:, 1] < pipeline.own_territory, own, anybody)


def _chance(pipeline, skill, territory, rival):
    """Skill of the rep + what the territory and the rival add or take."""
    chance = skill + np.array(pipeline.territory)[territory] + np.array(pipeline.rival)[rival]
    return quantise(np.clip(chance, 0.02, 0.98), 6)


def _progress(pipeline, chance, luck):
    """Last stage reached and whether won: the chance is the product of the stages' conversions."""
    passed = quantise(chance[:, None] ** np.cumsum(pipeline.stage_weight), 6)
    passed[:, -1] = chance
    stages = (luck[:, None] < passed).sum(axis=1)
    return np.minimum(stages, len(STAGES) - 1), stages == len(STAGES)


def _stated(pipeline, deals):
    """The reason that the rep reports: often price, whatever it was."""
    polite = _random(deals, "stated") < pipeline.misreport
    return np.where(polite, LOST.index("price"), deals.reason)


def _list_price(pipeline, deals):
    noise = deals.draws.generator("list_price").standard_gamma(pipeline.shape, len(deals.rep))
    return cents(np.rint(noise * pipeline.list_price / pipeline.shape) + 500)


def _waterfall(pipeline, deals, deal, second):
    """From list to pocket price, in whole cents: what each step takes off the list price."""
    listed = _list_price(pipeline, deals)[deal]
    noise = deals.draws.generator("discount").random((len(deals.rep), 2))[deal, second]
    share = np.round(pipeline.discount * (0.5 + noise), 3) + pipeline.undercut * second
    parts = {"list_price": listed, "discount": listed * share, "bonus": listed * pipeline.bonus,
             "cash_discount": listed * pipeline.cash_discount}  # fmt: skip
    parts = {name: np.rint(quantise(part, 3)).astype("int64") for name, part in parts.items()}
    parts["freight"] = cents(pipeline.freight + 0 * listed)
    pocket = 2 * listed - sum(parts.values())
    return {f"{name}_cents": part for name, part in (parts | {"pocket_price": pocket}).items()}


MAKERS = {
    "deals": make_deals,
    "stage_log": make_stage_log,
    "quotes": make_quotes,
    "truth_deals": make_truth_deals,
    "truth_reps": once(truth_reps),
}
