"""What a firm does not hear, and what everybody else does."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class HiddenProblems:
    """How many problems stand behind the complaints: an estimate and its interval."""

    estimate: float
    low: float
    high: float


def hidden_problems(
    reached: int, share: float, *, asked: float = np.inf, z: float = 1.96
) -> HiddenProblems:
    """Return how many problems customers had, if so many complaints reached the firm.

    reached: complaints that arrived; share: of all problems, the share that arrives; asked: how
    many problems the share was counted on (infinite: known for certain) -> estimate reached /
    share, and an interval of z standard errors on the logarithm, from the chance in both counts.
    Meant for small shares: where most problems arrive, the interval is too wide.
    Source: Goodman (TARP) for the idea; the delta method for the interval.

    >>> hidden_problems(30, 0.03).estimate
    1000.0
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, got {share}. Divide by 100?")
    if not reached > 0:
        raise ValueError(f"reached must be 1 or more, got {reached}. No complaint tells nothing.")
    if not asked > 0:
        raise ValueError(f"asked must be 1 or more, got {asked}. Ask a few customers first.")
    estimate = reached / share
    spread = np.exp(z * np.sqrt(1 / reached + (1 - share) / (share * asked)))
    return HiddenProblems(float(estimate), float(estimate / spread), float(estimate * spread))


def word_of_mouth_balance(dissatisfied, told_unhappy=9.0, told_happy=2.5):
    """Return how many people hear praise for each one who hears the opposite.

    dissatisfied: share of the customers, above 0 and below 1 (a number or an array); told_*: how
    many people one of them tells. (1 - x) k+ / (x k-). Source: Goodman; East, Hammond & Wright.

    >>> round(word_of_mouth_balance(0.15), 3)
    1.574
    """
    share = np.asarray(dissatisfied, dtype=float)
    if not ((share > 0) & (share < 1)).all():
        raise ValueError(
            f"dissatisfied must lie between 0 and 1, got {dissatisfied}. Divide by 100?"
        )
    if not (told_unhappy > 0 and told_happy > 0):
        raise ValueError(
            f"told_unhappy and told_happy must be positive, got {told_unhappy}, {told_happy}. "
            "Give numbers of people."
        )
    balance = (1 - share) * told_happy / (share * told_unhappy)
    return float(balance) if balance.ndim == 0 else balance
