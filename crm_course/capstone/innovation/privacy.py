"""A number about many that says nothing about one: a total with noise."""

import numpy as np

CAP = 500.0  # ¥: no person counts for more in a total


def noisy_total(values, *, cap=CAP, epsilon=1.0, seed=0):
    """Return the total of the values, each cut at `cap`, plus Laplace noise of scale cap / epsilon.

    values: not negative, one a person; epsilon: how much the total may say about one person, less
    is more private (Dwork, McSherry, Nissim & Smith 2006); seed: of the luck.

    >>> noisy_total([100, 200, 900], epsilon=1e9)
    800.0
    """
    if not (cap > 0 and epsilon > 0):
        raise ValueError(f"cap and epsilon must be above 0, got {cap}, {epsilon}. Try 500 and 1.")
    if not np.all(np.asarray(values) >= 0):
        raise ValueError(f"values must not be negative, got {np.min(values)}. Net them first.")
    noise = np.random.default_rng(seed).laplace(0, cap / epsilon)
    return round(float(np.clip(values, 0, cap).sum() + noise), 2)
