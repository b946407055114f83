"""Cohorts that seem to grow loyal: customers differ, the likely leavers leave first.

The shifted beta-geometric model of Fader & Hardie (2007, 2010): every customer renews with an own
chance that never changes; the chances differ between customers as a beta distribution says.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import betaln, hyp2f1

from crm_course import schema

# Fader & Hardie (2007), table 1, after Berry & Linoff (2004): the share of the customers of one
# subscription business that is still there after 0, 1 ... 12 years, in two segments.
PUBLISHED = {
    "high_end": [1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491,
                 0.468, 0.445, 0.427, 0.409, 0.394],
    "regular": [1, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241,
                0.223, 0.207, 0.194, 0.183, 0.173],
}  # fmt: skip


@dataclass(frozen=True)
class SBG:
    """Customers whose chances of not renewing are Beta(alpha, beta), each constant for ever."""

    alpha: float
    beta: float
    log_likelihood: float = float("nan")

    def survival(self, t):
        """Return the share of new customers still there after t renewals.

        >>> round(float(SBG(0.668, 3.806).survival(12)), 3)
        0.378
        """
        t = np.asarray(t, dtype="float64")
        return np.exp(betaln(self.alpha, self.beta + t) - betaln(self.alpha, self.beta))

    def retention_rate(self, t):
        """Return the share that renews for the t-th time, of those who did t - 1 times; t from 1.

        >>> SBG(0.7, 2.4).retention_rate([1, 8]).round(3).tolist()
        [0.774, 0.931]
        """
        t = np.asarray(t, dtype="float64")
        return (self.beta + t - 1) / (self.alpha + self.beta + t - 1)

    def derl(self, renewals, discount_rate: float):
        """Return the discounted expected residual lifetime: margins still to come, in years' worth.

        renewals: how often the customer has renewed; the next decision is about to be taken, and
        a margin that follows it is not discounted. Times the yearly margin it is a value in ¥.
        Source: Fader & Hardie (2010).

        >>> round(float(SBG(0.668, 3.806).derl(7, 0.1)), 2)
        7.53
        """
        if discount_rate <= 0:
            raise ValueError(
                f"discount_rate must be above 0, got {discount_rate}. Write 10 % a year as 0.1."
            )
        n = np.asarray(renewals, dtype="float64") + 1
        a, b = self.alpha, self.beta
        return self.retention_rate(n) * hyp2f1(1, b + n, a + b + n, 1 / (1 + discount_rate))


def published_survivors() -> pd.DataFrame:
    """Return the share of two real groups of subscribers still there after 0 to 12 years.

    -> index year; high_end, regular (shares). The model was fitted to years 0 to 7; years 8 to 12
    were kept back to test its forecast. Source: Fader & Hardie (2007), table 1.

    >>> published_survivors().loc[7].tolist()
    [0.491, 0.241]
    """
    return pd.DataFrame(PUBLISHED).rename_axis(index="year")


def survivors(contracts: pd.DataFrame) -> pd.DataFrame:
    """Count how many contracts of each cohort were renewed at least 0, 1, 2 ... times.

    contracts (cohort: year, renewals, churned) -> index renewals, one column for each cohort;
    NaN where a cohort is too young: a renewal counts only if all of its contracts had to decide

    >>> three = {"cohort": [2023] * 3, "renewals": [0, 2, 1], "churned": [True, False, True]}
    >>> survivors(pd.DataFrame(three))[2023].tolist()
    [3, 2, 1]
    """
    schema.require(contracts, ["cohort", "renewals", "churned"], name="contracts")
    table = pd.DataFrame({year: _counts(own) for year, own in contracts.groupby("cohort")})
    return table.rename_axis(index="renewals", columns="cohort")


def _counts(cohort):
    still_there = cohort.loc[~cohort["churned"], "renewals"]
    last = still_there.min() if len(still_there) else cohort["renewals"].max() + 1
    return pd.Series({n: (cohort["renewals"] >= n).sum() for n in range(int(last) + 1)})


def fit_sbg(survivors) -> SBG:
    """Fit the shifted beta-geometric model by maximum likelihood.

    survivors: how many (or which share) are there after 0, 1, 2 ... renewals, as a list; or a
    table with one column for each cohort, NaN where a cohort is too young
    -> .alpha .beta .log_likelihood .survival(t) .retention_rate(t) .derl(renewals, discount_rate)
    Raises ValueError if the numbers rise, or if nobody left. Source: Fader & Hardie (2007).

    >>> model = fit_sbg([1000, 869, 743, 653, 593, 551, 517, 491])
    >>> round(model.alpha, 3), round(model.beta, 3), round(model.log_likelihood, 1)
    (0.668, 3.806, -1611.2)
    """
    from scipy.optimize import minimize

    lost, still_there = _lost_and_still_there(pd.DataFrame(survivors))

    def loss(logs):
        alpha, beta = np.exp(logs)
        t = np.arange(1, len(lost) + 1)
        left_then = betaln(alpha + 1, beta + t - 1) - betaln(alpha, beta)
        stayed = betaln(alpha, beta + np.arange(len(still_there))) - betaln(alpha, beta)
        return -(lost @ left_then + still_there @ stayed) / (lost.sum() + still_there.sum())

    best = minimize(loss, [0.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14})
    if abs(best.x).max() > 8:
        raise ValueError(
            f"survivors must show customers who differ, got {np.exp(best.x).round(1).tolist()} for "
            "alpha and beta with no end in sight. Use one constant rate instead."
        )
    alpha, beta = np.exp(best.x).tolist()
    return SBG(alpha, beta, float(-best.fun * (lost.sum() + still_there.sum())))


def _lost_and_still_there(table):
    """Lost at each decision, and still there by number of renewals, over all cohorts."""
    counts = table.to_numpy(dtype="float64")
    gaps = np.isnan(counts[:-1]) & ~np.isnan(counts[1:]) if len(counts) > 1 else np.array([True])
    lost = -np.diff(counts, axis=0)
    if gaps.any() or np.isnan(counts[0]).any() or (lost < 0).any() or (counts < 0).any():
        raise ValueError(
            f"survivors must start with everybody and never rise, got {table.iloc[:, 0].tolist()}. "
            "Give how many are there after 0, 1, 2 ... renewals."
        )
    if not (np.nansum(lost) > 0 and np.nansum(counts[1:]) > 0):
        raise ValueError(
            f"survivors must hold some who left and some who stayed, got "
            f"{table.iloc[:, 0].tolist()}. Take a larger cohort."
        )
    last = np.isnan(counts).argmax(axis=0) - 1  # -1: observed to the end
    still_there = np.zeros(len(counts))
    np.add.at(still_there, last % len(counts), counts[last, np.arange(counts.shape[1])])
    return np.nansum(lost, axis=1), still_there
