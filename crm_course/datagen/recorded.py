"""What ends up in a file: whole cents, dates, ratings, tables of fixed size."""

from functools import lru_cache

import numpy as np
import pandas as pd

from .customers import days_since_2023, month_starts
from .processes import quantise

SECONDS = 86_400


def cents(currency) -> np.ndarray:
    """Amounts in ¥ as whole cents.

    >>> cents(np.array([1.234, 5.0])).tolist()
    [123, 500]
    """
    return np.rint(quantise(np.asarray(currency) * 100.0, 4)).astype("int64")


def dates(days) -> np.ndarray:
    """Days since 1 January 2023 as dates; NaN becomes missing.

    >>> dates(np.array([0.0, 31.9])).astype(str).tolist()
    ['2023-01-01T00:00:00.000000', '2023-02-01T00:00:00.000000']
    """
    return moments(np.floor(days) * SECONDS)


def moments(seconds) -> np.ndarray:
    """Whole seconds since 1 January 2023 as timestamps; NaN becomes missing.

    >>> moments(np.array([86_400.9, np.nan])).astype(str).tolist()
    ['2023-01-02T00:00:00.000000', 'NaT']
    """
    since = (np.floor(seconds) * 1_000_000).astype("timedelta64[us]")
    return month_starts()[0].astype("datetime64[us]") + since


def last_day() -> float:
    """Days from 1 January 2023 to the end of observation, the last day included."""
    return days_since_2023(month_starts()[-1])


def rating(standard, middle: float, step: float, low: int = 1, high: int = 5) -> np.ndarray:
    """Whole points on a questionnaire, from standard scores.

    >>> rating(np.array([-9.0, 0.0, 1.0, 9.0]), 3.2, 0.8).tolist()
    [1, 3, 4, 5]
    """
    return np.clip(np.rint(quantise(middle + step * standard, 6)), low, high).astype("int64")


def unshared(columns: dict) -> pd.DataFrame:
    """A table of columns that nobody else holds: they are not copied, which takes a quarter off."""
    return pd.DataFrame(columns, copy=False)


def once(make):
    """Turn a maker (scenario, seed) -> table into one for blocks: everything is in the first."""

    @lru_cache(maxsize=1)  # other blocks need no rows: they are not made for each of them
    def columns(scenario, seed):
        return make(scenario, seed).iloc[:0]

    def maker(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
        return columns(scenario, seed).iloc[:0] if block else make(scenario, seed)

    maker.__doc__, maker.once = make.__doc__, True
    return maker
