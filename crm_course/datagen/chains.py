"""States that follow each other: delinquency, grades, stages."""

import numpy as np

from .processes import choice, share_edges


def markov_chain(uniform, start, matrices) -> np.ndarray:
    """States by month of many chains, shape of `uniform` (chains, months).

    start: shares of the states in the first month; matrices: one per month (months, from, to),
    the first of them unused

    >>> flip = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> markov_chain(np.full((1, 4), 0.5), np.array([1.0, 0.0]), np.stack([flip] * 4)).tolist()
    [[0, 1, 0, 1]]
    """
    edges = share_edges(matrices)
    states = np.empty(uniform.shape[::-1], dtype=int)  # month by month: neighbours in memory
    states[0] = choice(uniform[:, 0], start)
    for month, luck in enumerate(uniform.T[1:], 1):
        passed = [luck >= edge[states[month - 1]] for edge in edges[month].T]
        states[month] = np.sum(passed, axis=0)
    return states.T
