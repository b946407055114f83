"""What a customer can know: search, experience and credence attributes, and what reviews add.

The fourteen products are Zeithaml's (1981) illustration; nobody measured their order.
"""

import numpy as np

# From easy to hard to evaluate, as in the source; where the slide has "engineering design", the
# original list has root canals.
PRODUCTS = {
    "search": ("clothing", "jewellery", "furniture", "house", "automobile"),
    "experience": ("restaurant meal", "holiday", "haircut", "child care"),
    "credence": ("television repair", "legal service", "root canal", "auto repair",
                 "medical diagnosis"),
}  # fmt: skip


def signals_needed(accuracy: float, *, sure: float = 0.95) -> int:
    """Return how many signals, all pointing one way, make a buyer so sure.

    accuracy: chance above one half that one signal is right; before the first, good and bad are
    equally likely. After n signals the odds are (accuracy / (1 - accuracy))^n.

    >>> [signals_needed(accuracy) for accuracy in (0.9, 0.8, 0.55)]
    [2, 3, 15]
    """
    if not (0.5 < accuracy < 1 and 0.5 <= sure < 1):
        raise ValueError(
            f"accuracy and sure must lie between one half and 1, got {accuracy} and {sure}. "
            "A signal of one half says nothing."
        )
    return int(np.floor(_log_odds(sure) / _log_odds(accuracy) + 1e-9)) + 1


def probability_good(positive, reviews, accuracy):
    """Return how likely an offer is good, given its reviews; one number or columns of them.

    positive of reviews found it good; accuracy: chance that a reviewer judges rightly. Good and bad
    are equally likely beforehand.

    >>> round(float(probability_good(6, 9, 0.8)), 3), round(float(probability_good(6, 9, 0.55)), 3)
    (0.985, 0.646)
    """
    return 1 / (1 + np.exp(-(2 * positive - reviews) * _log_odds(accuracy)))


def _log_odds(share):
    return np.log(share) - np.log1p(-share)
