"""States that follow each other: delinquency, grades, stages."""

import numpy as np

from .processes import choice


def markov_chain(uniform, start, matrices) -> np.ndarray:
    """States by month of many chains, shape of `uniform` (chains, months).

    start: shares of the states in the first month; matrices: one per month (months, from, to),
    the first of them unused

    >>> flip = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> markov_chain(np.full((1, 4), 0.5), np.array([1.0, 0.0]), np.stack([flip] * 4)).tolist()
    [[0, 1, 0, 1]]
    """
    states = np.empty(uniform.shape, dtype=int)
    states[:, 0] = choice(uniform[:, 0], start)
    for month in range(1, uniform.shape[1]):
        states[:, month] = choice(uniform[:, month], matrices[month][states[:, month - 1]])
    return states
