"""How people answer questionnaires, in pure numpy: means and latent values in, points out."""

import numpy as np


def unbiased_score(mean, uniform) -> np.ndarray:
    """Whole points next to a mean, chosen so that their expectation is the mean.

    >>> unbiased_score(np.array([2.0, 2.4]), np.array([0.9, 0.7])).tolist()
    [2, 3]
    """
    return np.floor(mean + uniform).astype("int64")


def graded(latent, thresholds) -> np.ndarray:
    """Graded response: how many of the ascending thresholds a latent value exceeds.

    >>> graded(np.array([-2.0, 0.1]), (-1, 0, 1)).tolist()
    [0, 2]
    """
    return np.searchsorted(thresholds, latent, side="left")
