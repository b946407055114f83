"""How long something lasts when its hazard changes on the way."""

import numpy as np


def exponential_until(age, wait, jumps: tuple, factors: tuple) -> np.ndarray:
    """Age at the event when the hazard is multiplied by a factor from each jump on.

    age: where the clock starts; wait: time to the event at the first factor (1), exponential
    jumps: ages at which the factor changes; factors: one more than jumps
    Inverts the cumulative hazard, exactly and without steps of time.

    >>> exponential_until(np.array([30.0]), np.array([10.0]), (36,), (1, 2)).tolist()
    [38.0]
    """
    ages = np.array([0.0, *jumps, 1e6])
    passed = np.concatenate([[0.0], np.cumsum(np.diff(ages) * np.array(factors, dtype=float))])
    return np.interp(np.interp(age, ages, passed) + wait, passed, ages)
