"""Lanting Mobile: 12-month contracts, monthly scores, calls before renewals, and who leaves why."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import MONTHS, REASONS, SCALES

from .customers import joining, month_starts
from .processes import ar1, choice, quantise, scale_score, sigmoid, softmax
from .recorded import unshared
from .streams import Draws
from .texts import named
from .truth import satisfaction

CONTRACT = 12


@dataclass(frozen=True)
class Lives:
    """The mobile customers of a block; arrays have the shape (customers, months)."""

    customer_id: np.ndarray
    joined: np.ndarray
    scores: dict
    renewal: np.ndarray
    active: np.ndarray
    left: np.ndarray
    treated: np.ndarray
    stay: np.ndarray
    uplift: np.ndarray
    stayed: tuple
    reason: np.ndarray

    def rows(self, cells) -> dict:
        """Customer and month of each cell chosen; cells are counted customer by customer."""
        customer, month = np.divmod(cells, MONTHS)
        return {"customer_id": self.customer_id[customer], "month": month + 1}


def make_panel(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the customer-months of one block, money in whole cents."""
    draws = Draws(seed, "panel", block, kept, "mobile")
    lives = make_lives(scenario, draws)
    active = np.flatnonzero(lives.active)
    row = lives.rows(active)
    return unshared({
        **row,
        "billed_on": month_starts().astype("datetime64[us]")[row["month"] - 1],
        "tenure": row["month"] - np.repeat(lives.joined, lives.active.sum(axis=1)),
        **_bill(scenario.bill, draws, lives, active),
        **{name: score.take(active) for name, score in lives.scores.items()},
        "risk_score": _risk_score(scenario.tracking, draws, lives, active),
        "renewal_due": lives.renewal.take(active),
        "treated": lives.treated.take(active),
        "churned": lives.left.take(active),
        "reason_stated": named(REASONS, _stated(scenario.stated, draws, lives).take(active)),
    })  # fmt: skip


def make_truth_panel(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the truth of every renewal: chance, uplift, both potential outcomes, reason."""
    lives = make_lives(scenario, Draws(seed, "panel", block, kept, "mobile"))
    due = np.flatnonzero(lives.active & lives.renewal)
    return pd.DataFrame({
        **lives.rows(due),
        "stay_probability": lives.stay.take(due),
        "uplift": lives.uplift.take(due),
        "stayed_untreated": lives.stayed[0].take(due),
        "stayed_treated": lives.stayed[1].take(due),
        "reason_true": named(REASONS, lives.reason.take(due)),
    })  # fmt: skip


def make_truth_churn(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make (customer_id, month, reason_true) of everybody who left."""
    lives = make_lives(scenario, Draws(seed, "panel", block, kept, "mobile"))
    gone = np.flatnonzero(lives.left)
    reason = named(REASONS, lives.reason.take(gone))
    return pd.DataFrame({**lives.rows(gone), "reason_true": reason})


def renewal_drivers(scores: dict) -> tuple:
    """Satisfaction, value and switching cost in steps from the middle, from the recorded scores."""
    return tuple(_standard(scores[name], name) for name in SCALES)


def _standard(score, name):
    middle, step = SCALES[name]
    return (score - middle) / step


def stay_probability(retention, scores: dict) -> np.ndarray:
    """Chance of renewing if nobody calls: the logit model of the chapter on retention."""
    s, v, c = renewal_drivers(scores)
    odds = retention.intercept + retention.satisfaction * s + retention.value * v
    return quantise(sigmoid(odds + retention.switching_cost * c + retention.interaction * s * c), 6)


def call_uplift(call, stay) -> np.ndarray:
    """What a call adds to the chance of renewing: piecewise linear in the risk, never above it."""
    risk = 1 - stay
    return quantise(np.minimum(np.interp(risk, call.risk, call.uplift), risk), 6)


@lru_cache(maxsize=1)
def make_lives(scenario, draws) -> Lives:
    """Make the lives of the mobile customers of a block; draws: those of the table panel.

    The last ones are kept, because several tables tell of them: do not write into the arrays.
    """
    joined = joining(draws.seed, draws.block, draws.kept, "mobile")[0].astype("int8")
    scores = _scores(scenario.tracking, draws)
    tenure = np.arange(1, MONTHS + 1, dtype="int8") - joined[:, None]
    renewal = (tenure >= 0) & (tenure % CONTRACT == CONTRACT - 1)
    stay = stay_probability(scenario.retention, scores)
    uplift = np.zeros(stay.shape)
    uplift[renewal] = call_uplift(scenario.call, stay[renewal])
    treated = renewal & (draws.uniform("treated", MONTHS) < scenario.call.share)
    luck = draws.uniform("renewal", MONTHS)
    stayed = luck < stay, luck < quantise(stay + uplift, 6)
    exits = draws.uniform("exit", MONTHS)
    leaves = np.where(
        renewal, ~np.where(treated, stayed[1], stayed[0]), exits < _hazard(scenario.leaving)
    )
    active, left = _until_leaving(tenure, leaves)
    reason = _reason(scenario.leaving, draws, scores, left, renewal, exits)
    return Lives(draws.customer_id, joined, scores, renewal, active, left, treated, stay, uplift,
                 stayed, reason)  # fmt: skip


def _until_leaving(tenure, leaves):
    """Which months are lived, and which one is the last because the customer left."""
    leaving = leaves & (tenure >= 0)
    before = np.cumsum(leaving, axis=1, dtype="int8") - leaving
    active = (tenure >= 0) & (before == 0)
    return active, active & leaving


def _scores(tracking, draws):
    theta = satisfaction(draws.seed, draws.block, draws.kept, "mobile")
    sat = tracking.satisfaction_person * theta[:, None] + tracking.satisfaction_month * _wave(
        tracking, draws, "sat")  # fmt: skip
    own = _mixed(tracking, draws, "value", tracking.value_person, tracking.value_month)
    link = tracking.value_satisfaction
    value = link * sat + np.sqrt(1 - link**2) * own
    switch = _mixed(tracking, draws, "switch_cost", tracking.switch_person, tracking.switch_month)
    return {name: scale_score(standard, *SCALES[name])
            for name, standard in zip(SCALES, (sat, value, switch), strict=True)}  # fmt: skip


def _mixed(tracking, draws, column, person, month):
    return person * draws.normal(f"{column}_person", 1) + month * _wave(tracking, draws, column)


def _risk_score(tracking, draws, lives, active):
    """The churn score of the firm's software: the true risk, blurred on the scale of log-odds."""
    stay, blur = lives.stay.take(active), draws.normal("risk_score", MONTHS).take(active)
    odds = np.log((1 - stay) / stay) + tracking.risk_blur * blur
    return np.rint(100 * sigmoid(odds)).astype("int64")


def _wave(tracking, draws, column):
    return ar1(draws.normal(column, MONTHS), tracking.persistence)


def _hazard(leaving):
    return leaving.forced + leaving.firm_abandoned + leaving.other


def _pushed(leaving, exits):
    """Reason of those who leave between renewals: the hazards lie side by side on [0, 1)."""
    abandoned, other = REASONS.index("firm_abandoned"), REASONS.index("other")
    later = np.where(exits < leaving.forced + leaving.firm_abandoned, abandoned, other)
    return np.where(exits < leaving.forced, REASONS.index("forced"), later)


def _pulled(leaving, uniform, scores):
    """Reason of those who do not renew: low satisfaction, low switching cost or low value pulls."""
    s, v, c = renewal_drivers(scores)
    pulls = (leaving.dissatisfied - leaving.satisfaction_pull * s,
             leaving.poached - leaving.switching_pull * c,
             leaving.attracted - leaving.value_pull * v)  # fmt: skip
    return REASONS.index("dissatisfied") + choice(uniform, softmax(np.stack(pulls, axis=-1)))


def _reason(leaving, draws, scores, left, renewal, exits):
    """True reason of each leaver, -1 for who stays."""
    cells = np.flatnonzero(left)
    uniform = draws.uniform("reason", MONTHS).take(cells)
    pulled = _pulled(leaving, uniform, {name: score.take(cells) for name, score in scores.items()})
    reasons = np.where(renewal.take(cells), pulled, _pushed(leaving, exits.take(cells)))
    return _placed(left, cells, reasons)


def _stated(stated, draws, lives):
    """Reason that each leaver gives, -1 for who stays."""
    shares = np.array([getattr(stated, name) for name in REASONS])
    cells = np.flatnonzero(lives.left)
    uniform = draws.uniform("reason_stated", MONTHS).take(cells)
    return _placed(lives.left, cells, choice(uniform, shares[lives.reason.take(cells)]))


def _placed(like, cells, codes):
    """Codes in their cells, -1 in all others."""
    placed = np.full(like.shape, -1, "int8")
    np.put(placed, cells, codes)
    return placed


def _bill(bill, draws, lives, active):
    """Revenue, costs and margin of each month lived, in whole cents."""
    plan = np.array(bill.plan)[choice(draws.uniform("plan"), np.array(bill.plan_share))]
    usage, service = (draws.exponential(name, MONTHS).take(active) for name in ("usage", "service"))
    revenue = 100 * np.repeat(plan, lives.active.sum(axis=1)) + _cents(bill.usage * usage)
    direct = _cents(revenue / 100 * bill.direct_share)
    unhappy = np.maximum(-_standard(lives.scores["sat"].take(active), "sat"), 0)
    service = bill.service * service / 2 + bill.service / 2
    service = _cents(service + bill.service_satisfaction * unhappy)
    parts = {"revenue": revenue, "direct_cost": direct, "cost_to_serve": service,
             "margin": revenue - direct - service}  # fmt: skip
    return {f"{name}_cents": part for name, part in parts.items()}


def _cents(currency):
    return np.rint(100 * currency).astype("int64")


MAKERS = {
    "panel": make_panel,
    "truth_panel": make_truth_panel,
    "truth_churn": make_truth_churn,
}
