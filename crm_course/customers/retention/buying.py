"""The two models of customers without a contract: when they buy (BG/NBD), what they spend."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, gammaln, hyp2f1, psi

from crm_course import schema


@dataclass(frozen=True)
class BGNBD:
    """How customers buy (rates: Gamma r, alpha) and fall silent (chances: Beta a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")

    def probability_alive(self, summary: pd.DataFrame) -> pd.Series:
        """Return each customer's probability of still being a customer at T.

        It is exactly 1 for one-time buyers: in this model a customer can go only after a repeat
        purchase, so it says nothing about them. Count them apart, or look at T.

        >>> two = {"frequency": [0, 2], "recency": [0, 30.43], "T": [38.86, 38.86]}
        >>> BGNBD(0.243, 4.414, 0.793, 2.426).probability_alive(pd.DataFrame(two)).round(4).tolist()
        [1.0, 0.7266]
        """
        x, t_x, T = purchases_of(summary)
        gone = _log_odds_gone(self.r, self.alpha, self.a, self.b, x, t_x, T)
        return pd.Series(expit(-gone), index=summary.index, name="probability_alive")

    def expected_purchases(self, t, summary: pd.DataFrame | None = None):
        """Return the purchases expected in the next t time units from each customer of summary.

        Without summary: the repeat purchases of a new customer within t of the first purchase.

        >>> round(float(BGNBD(0.243, 4.414, 0.793, 2.426).expected_purchases(32)), 4)
        1.0452
        """
        if summary is None:
            return self._purchases_if_alive(t, 0, 0)
        x, _, T = purchases_of(summary)
        expected = self.probability_alive(summary) * self._purchases_if_alive(t, x, T)
        return expected.rename("expected_purchases")

    def _purchases_if_alive(self, t, x, T):
        """Eq. 10 of Fader, Hardie & Lee (2005), by Euler's transformation: it cannot overflow."""
        r, alpha, b = self.r, self.alpha, self.b
        a = self.a if self.a != 1 else 1 + 1e-6  # at 1 the formula has a limit but no value
        z = t / (alpha + T + t)
        missed = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
        return (a + b + x - 1) / (a - 1) * (1 - missed)


@dataclass(frozen=True)
class GammaGamma:
    """What customers spend on a purchase: Gamma(p, own rate), the rates Gamma(q, gamma)."""

    p: float
    q: float
    gamma: float
    log_likelihood: float = float("nan")

    def expected_spend(self, summary: pd.DataFrame) -> pd.Series:
        """Return each customer's expected amount per purchase, between own mean and everybody's.

        Raises ValueError if q is 1 or less: then everybody's mean does not exist.

        >>> summary = pd.DataFrame({"frequency": [0, 2], "monetary_value": [0, 22.35]})
        >>> GammaGamma(6.25, 3.74, 15.44).expected_spend(summary).round(2).tolist()
        [35.22, 24.66]
        """
        if self.q <= 1:
            raise ValueError(
                f"q must be above 1 for a mean amount to exist, got {self.q:.3g}. "
                "A few huge amounts do that: look at the largest monetary_value."
            )
        x, mean = spending_of(summary)
        spend = self.p * (self.gamma + x * mean) / (self.p * x + self.q - 1)
        return pd.Series(spend, index=summary.index, name="expected_spend")


def purchases_of(summary: pd.DataFrame) -> np.ndarray:
    """Return frequency, recency and T as rows of numbers, if they can be what they are called."""
    names = ["frequency", "recency", "T"]
    rows = schema.require(summary, names, name="summary")[names].to_numpy("float64").T
    x, t_x, T = rows
    wrong = (t_x > T) | ((x == 0) & (t_x > 0))
    if wrong.any():
        first = rows[:, wrong.argmax()].tolist()
        raise ValueError(
            "summary['recency'] must be the age at the last purchase: at most T, 0 for one-time "
            f"buyers, got {first} (frequency, recency, T) in one of {wrong.sum()} such rows. "
            "Make it with rfm_summary(); the days since the last purchase are another measure."
        )
    return rows


def require_repeats(frequency: np.ndarray) -> None:
    """Raise ValueError if nobody came back: then nothing can be learned about coming back."""
    if not frequency.any():
        raise ValueError(
            f"summary must hold customers who came back, got {len(frequency)} without any repeat "
            "purchase. Observe for longer."
        )


def spending_of(summary: pd.DataFrame) -> np.ndarray:
    """Return frequency and monetary_value as rows of numbers."""
    names = ["frequency", "monetary_value"]
    return schema.require(summary, names, name="summary")[names].to_numpy("float64").T


def bg_nbd_log_likelihood(r, alpha, a, b, x, t_x, T):
    """Return each customer's log-likelihood (Fader et al. 2005, eq. 6), and its four slopes."""
    odds = _log_odds_gone(r, alpha, a, b, x, t_x, T)
    gone, log_T = expit(odds), np.log(alpha + T)
    go_or_stay = psi(a + b) - psi(a + b + x)
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * log_T
    value += gammaln(a + b) - gammaln(a + b + x) + gammaln(b + x) - gammaln(b)
    return value + np.logaddexp(0, odds), np.array([
        psi(r + x) - psi(r) + np.log(alpha) - log_T + gone * (log_T - np.log(alpha + t_x)),
        r / alpha - (r + x) * ((1 - gone) / (alpha + T) + gone / (alpha + t_x)),
        go_or_stay + gone / a,
        go_or_stay + psi(b + x) - psi(b) - gone / (b + np.maximum(x, 1) - 1),
    ])  # fmt: skip


def _log_odds_gone(r, alpha, a, b, x, t_x, T):
    odds = np.log(a / (b + np.maximum(x, 1) - 1)) + (r + x) * np.log((alpha + T) / (alpha + t_x))
    return np.where(x > 0, odds, -np.inf)


def gamma_gamma_log_likelihood(p, q, gamma, x, mean):
    """Return each customer's log-likelihood (Hardie, note 025, eq. 1a), and its three slopes."""
    shape, total = p * x, x * mean
    log_sum = np.log(gamma + total)
    value = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
    value += shape * np.log(total) - np.log(mean) - (shape + q) * log_sum
    return value, np.array([
        x * (psi(shape + q) - psi(shape) + np.log(total) - log_sum),
        psi(shape + q) - psi(q) + np.log(gamma) - log_sum,
        q / gamma - (shape + q) / (gamma + total),
    ])  # fmt: skip


def maximise(log_likelihood, start, *data):
    """Return the positive parameters that fit best and their log-likelihood (L-BFGS-B, in logs).

    log_likelihood(*parameters, *data) -> one value per row, and one line of slopes per parameter
    Rows that are equal are computed once. Raises ValueError if the likelihood rises without end.
    """
    from scipy.optimize import minimize

    *rows, weight = pd.DataFrame(np.transpose(data)).value_counts().reset_index().to_numpy().T

    def loss(logs):
        value, slopes = log_likelihood(*np.exp(logs), *rows)
        mean = np.average([value, *slopes], axis=1, weights=weight)
        return -mean[0], -mean[1:] * np.exp(logs)

    begin = np.log(start)
    edges = [(log - 12, log + 12) for log in begin]
    best = minimize(loss, begin, jac=True, bounds=edges, options={"ftol": 0, "gtol": 1e-9})
    found = np.exp(best.x).tolist()
    if abs(best.jac).max() > 1e-6 or abs(best.x - begin).max() > 11:
        raise ValueError(
            f"summary must have one best fit, got {', '.join(f'{each:.3g}' for each in found)} "
            "with no end in sight. Try more customers, a longer observation, one cohort at a time."
        )
    return *found, float(-best.fun * weight.sum())


def fit_bg_nbd(summary: pd.DataFrame) -> BGNBD:
    """Fit the BG/NBD model of buying without a contract by maximum likelihood.

    summary (frequency, recency, T) as from rfm_summary(); alpha is in the same time unit
    -> .r .alpha .a .b .log_likelihood .probability_alive(summary) .expected_purchases(t, summary)
    Raises ValueError if nobody came back or nothing fits best. Source: Fader, Hardie & Lee 2005.
    """
    x, t_x, T = purchases_of(summary)
    require_repeats(x)
    likelihood, start = bg_nbd_log_likelihood, (1, T.mean() + 1, 1, 1)
    return BGNBD(*maximise(likelihood, start, x, t_x, T))


def fit_gamma_gamma(summary: pd.DataFrame) -> GammaGamma:
    """Fit the Gamma-Gamma model of spending per purchase to the customers who came back.

    summary (frequency, monetary_value) as from rfm_summary(); the model assumes that spending
    does not depend on how often a customer buys. Source: Hardie, note 025 (2013)
    -> .p .q .gamma .log_likelihood .expected_spend(summary)
    Raises ValueError if nobody came back, somebody spent 0, or nothing fits best.
    """
    x, mean = spending_of(summary)
    require_repeats(x)
    x, mean = x[x > 0], mean[x > 0]
    if not mean.all():
        raise ValueError(
            "summary['monetary_value'] must be above 0 for customers who came back, got "
            f"{(mean == 0).sum()} zeros. Leave them out: they say nothing about spending."
        )
    likelihood, start = gamma_gamma_log_likelihood, (1, 2, mean.mean())
    return GammaGamma(*maximise(likelihood, start, x, mean))
