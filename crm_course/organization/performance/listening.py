"""Satisfaction and who stays afterwards; interviews; what pay does to a survey."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.customers.customer_care import net_promoter_score


@dataclass(frozen=True)
class Lead:
    """How much retention follows a point of satisfaction a month later, within a plan."""

    slope: float
    standard_error: float
    pairs: pd.DataFrame


def fit_lead(kpis):
    """Fit the retention of a month on the satisfaction of the month before, plan by plan.

    kpis (segment, month, start, new, end, csat_mean): months that are missing make no pair ->
    Lead, with .slope in chance of staying per point, and .pairs (segment, month, before,
    retention) with each plan's own means taken off. Months weigh by how surely they are counted;
    of one that nobody left, or nobody outlasted, that cannot be said, and it is refused.
    """
    schema.require(kpis, ["segment", "month", "start", "new", "end", "csat_mean"], name="kpis")
    retention = (kpis["end"] - kpis["new"]) / kpis["start"]
    rows = kpis.assign(retention=retention,
                       weight=kpis["start"] / (retention * (1 - retention)))  # fmt: skip
    earlier = kpis[["segment", "csat_mean"]].assign(month=kpis["month"] + 1)
    pairs = rows.drop(columns="csat_mean").merge(earlier, on=["segment", "month"])
    pairs = pairs.rename(columns={"csat_mean": "before"})
    if len(pairs) < 3:
        raise ValueError(f"kpis must hold months in a row, got {len(pairs)} pairs. Add months.")
    odd = pairs[~pairs["retention"].between(0, 1, inclusive="neither")]
    if len(odd):
        raise ValueError(
            f"retention must lie between 0 and 1 in every month, got {odd['retention'].iloc[0]:g} "
            f"of {odd['segment'].iloc[0]} in month {odd['month'].iloc[0]}. Leave the month out."
        )
    for name in ("before", "retention"):
        weighed = (pairs[name] * pairs["weight"]).groupby(pairs["segment"]).transform("sum")
        pairs[name] -= weighed / pairs.groupby("segment")["weight"].transform("sum")
    x, y, weight = pairs["before"], pairs["retention"], pairs["weight"]
    spread = (weight * x**2).sum()
    slope = (weight * x * y).sum() / spread
    free = len(pairs) - pairs["segment"].nunique() - 1
    error = np.sqrt((weight * (y - slope * x) ** 2).sum() / free / spread)
    return Lead(float(slope), float(error), pairs[["segment", "month", "before", "retention"]])


def heard(share, interviews):
    """Return the chance that a problem of a share of customers is told in one interview at least.

    >>> round(heard(0.10, 22), 3)
    0.902
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must lie between 0 and 1, got {share}. Write 10 % as 0.10.")
    return 1 - (1 - share) ** interviews


def asked_again(pulse, everybody, *, least=(0, 7, 9)):
    """Return the net promoter score of a survey that asks only those who were kind the last time.

    pulse (customer_id, month, answered, nps): questions sent; everybody (customer_id, month,
    nps_all): what all who were asked would answer. least: the last answer of a customer has to be
    so high -> least, answers, reported, standard_error, true (of all who were asked).
    """
    schema.require(pulse, ["customer_id", "month", "answered", "nps"], name="pulse")
    given = pulse[pulse["answered"]].sort_values(["customer_id", "month"])
    last = given.groupby("customer_id")["nps"].shift()
    true = net_promoter_score(everybody["nps_all"]).score
    rows = []
    for floor in least:
        found = net_promoter_score(given["nps"][last >= floor])
        rows.append((floor, int((last >= floor).sum()), found.score, found.standard_error, true))
    return pd.DataFrame(rows, columns=["least", "answers", "reported", "standard_error", "true"])


def paid_for_luck(standard_error, *, gain=0, a_point=10_000):
    """Return what a bonus for every point gained pays on average, in ¥.

    standard_error: of one score, in points, above 0; two scores are compared, and a loss costs
    nothing. gain: the points truly gained; with 0 all that is paid is paid for luck. The mean of
    the positive part of a normal difference: gain x Phi(gain / s) + s x phi(gain / s), where s is
    the error of the difference, sqrt(2) x standard_error.

    >>> round(paid_for_luck(10))
    56419
    """
    from scipy.stats import norm

    spread = np.sqrt(2) * np.asarray(standard_error, dtype=float)
    if np.any(spread <= 0):
        raise ValueError(f"standard_error must be above 0, got {standard_error}. Check it.")
    return a_point * (gain * norm.cdf(gain / spread) + spread * norm.pdf(gain / spread))
