"""How customers behave, in pure numpy: arrays in, arrays and their truth out.

Transcendental functions differ in the last digit between machines, so whatever is stored or
compared is rounded first (`quantise`).
"""

import numpy as np


def quantise(values, decimals: int) -> np.ndarray:
    """Round so that every machine stores the same number; minus zero becomes zero."""
    rounded = np.round(np.asarray(values, dtype="float64"), decimals)
    rounded += 0.0
    return rounded


def sigmoid(x) -> np.ndarray:
    """Turn log-odds into a probability."""
    return 1 / (1 + np.exp(-x))


def linked_uniform(satisfaction, noise, loading: float) -> np.ndarray:
    """Uniform numbers that rise with satisfaction (Gaussian copula); marginals stay exact."""
    from scipy.special import ndtr

    return ndtr(loading * satisfaction + np.sqrt(1 - loading**2) * noise)


def beta_quantile(u, a: float, b: float) -> np.ndarray:
    """Probabilities distributed Beta(a, b), six decimals, never quite 0 or 1."""
    from scipy.special import betaincinv

    return np.clip(quantise(betaincinv(a, b, u), 6), 1e-6, 1 - 1e-6)


def gamma_quantile(u, shape: float, rate: float) -> np.ndarray:
    """Positive numbers distributed Gamma(shape, rate)."""
    from scipy.special import gammaincinv

    return gammaincinv(shape, u) / rate


def ar1(noise, persistence: float) -> np.ndarray:
    """Standard AR(1) series from standard normal noise, shape (customers, months)."""
    series = noise * np.sqrt(1 - persistence**2)
    series[:, 0] = noise[:, 0]
    for month in range(1, series.shape[1]):
        series[:, month] += persistence * series[:, month - 1]
    return series


def scale_score(standard, middle: float, step: float) -> np.ndarray:
    """A score from 0 to 10 with one decimal, as a questionnaire would record it."""
    return quantise(np.clip(middle + step * standard, 0, 10), 1)


def repeat_purchases(rate, dropout, span, poisson, geometric) -> tuple:
    """BG/NBD counts: purchases if never silent, repeat purchases made, still active.

    rate per unit of span; dropout after each repeat purchase; poisson and geometric: generators
    """
    wanted = poisson.poisson(rate * span)
    last = geometric.geometric(dropout)
    return wanted, np.minimum(wanted, last), wanted < last


def ordered_times(made, wanted, span, steps, tail) -> np.ndarray:
    """Times of the first `made` of `wanted` uniform arrivals in (0, span), customer by customer.

    Exact and without sorting: sums of exponentials over their total. steps, tail: generators.
    """
    sums = segment_cumsum(steps.standard_exponential(made.sum()), made)
    ends = np.cumsum(made)
    reached = (
        np.where(made > 0, sums[np.maximum(ends - 1, 0)], 0.0) if len(sums) else np.zeros(len(made))
    )
    total = reached + tail.standard_gamma(wanted + 1.0 - made)
    return sums * np.repeat(span / total, made)


def segment_cumsum(values, lengths) -> np.ndarray:
    """Cumulative sums that start anew in each segment.

    >>> segment_cumsum(np.array([1.0, 2.0, 5.0]), np.array([2, 1]))
    array([1., 3., 5.])
    """
    running = np.cumsum(values)
    before = np.cumsum(lengths) - lengths
    start = np.concatenate([[0.0], running])[before]
    return running - np.repeat(start, lengths)


def numbers_within(lengths) -> np.ndarray:
    """Number the rows of each segment from 0.

    >>> numbers_within(np.array([2, 0, 3]))
    array([0, 1, 0, 1, 2])
    """
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def choice(uniform, shares) -> np.ndarray:
    """Index of the alternative that each uniform number falls on; shares sum to 1 (last axis).

    >>> choice(np.array([0.1, 0.9]), np.array([0.5, 0.5]))
    array([0, 1])
    """
    edges = np.moveaxis(share_edges(shares), -1, 0)
    return sum((np.asarray(uniform) >= edge for edge in edges), np.zeros(np.shape(uniform), int))


def share_edges(shares) -> np.ndarray:
    """Where one alternative ends and the next begins on [0, 1); one fewer than shares."""
    return quantise(np.cumsum(shares, axis=-1), 6)[..., :-1]


def softmax(scores) -> np.ndarray:
    """Shares that sum to 1 along the last axis."""
    weight = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weight / weight.sum(axis=-1, keepdims=True)
