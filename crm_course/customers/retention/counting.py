"""Counting who stays: rates, cohorts, survival, and the purchases of customers without a contract.

Which recency, which purchase, which month: docs/definitions.md says it on one page.
"""

import numpy as np
import pandas as pd

from crm_course import order_book

DAYS = {"D": 1, "W": 7}
PERIODS = ("M", "W", "Q")


def retention_rate(start: float, new: float, end: float) -> float:
    """Return the share of a period's first customers who are still customers at its end.

    start, end: customers at the start and at the end; new: customers won in between

    >>> retention_rate(200, 30, 190)
    0.8
    """
    kept = end - new
    if start <= 0 or not 0 <= kept <= start:
        raise ValueError(
            f"end - new must be between 0 and start, got {end} - {new} with start {start}. "
            "Count as kept only those who were customers at the start."
        )
    return kept / start


def rfm_summary(orders: pd.DataFrame, *, observation_end, time_unit: str = "D") -> pd.DataFrame:
    """Return each customer's purchases in four numbers, for models of buying without a contract.

    orders (customer_id, ordered_at, amount); observation_end: the last day observed, included
    -> customer_id, frequency, recency, T, monetary_value; ages in days ("D") or weeks ("W")
    A customer's orders of one day are one purchase. frequency: purchases after the first; recency:
    age at the last one (not days since!); T: age at observation_end; monetary_value: mean amount
    of the purchases after the first (0.00 counts), 0 if there are none. Source: Fader et al. 2005.

    >>> orders = pd.DataFrame({"customer_id": [7, 7, 7], "amount": [5.0, 1.5, 3.0],
    ...     "ordered_at": pd.to_datetime(["2025-01-01", "2025-01-08", "2025-01-22"])})
    >>> rfm_summary(orders, observation_end="2025-01-29", time_unit="W").iloc[0].tolist()
    [7.0, 2.0, 3.0, 4.0, 2.25]
    """
    if time_unit not in DAYS:
        raise ValueError(f"time_unit must be 'D' or 'W', got {time_unit!r}. Choose days or weeks.")
    orders, end = order_book.observed(orders, ["amount"], observation_end, needed=True)
    customer, ids = orders["customer_id"].factorize(sort=True)
    day = orders["ordered_at"].to_numpy().astype("datetime64[D]").astype("int64")
    purchases = order_book.distinct(customer, day).groupby("customer")["period"]
    days = purchases.agg(["min", "max", "size"]).reset_index(drop=True)
    is_repeat = day > days["min"].to_numpy()[customer]
    spent = np.bincount(customer, order_book.cents(orders["amount"]) * is_repeat)
    frequency = days["size"] - 1
    return pd.DataFrame({
        "customer_id": ids,
        "frequency": frequency,
        "recency": (days["max"] - days["min"]) / DAYS[time_unit],
        "T": (end.to_period("D").ordinal - days["min"]) / DAYS[time_unit],
        "monetary_value": (spent / (100 * frequency)).fillna(0.0),
    })  # fmt: skip


def cohort_table(orders: pd.DataFrame, *, period: str = "M", observation_end=None) -> pd.DataFrame:
    """Count who came back: customers by the period of their first order and the periods since.

    orders (customer_id, ordered_at); period: "M" months, "W" weeks from Monday, "Q" quarters;
    observation_end: the last day observed; None: the day of the last order
    -> cohort (first day of the period), age (periods), customers (who ordered), rate (of age 0)
    Only periods that end by observation_end are there; in them, a cell with nobody is 0.

    >>> orders = pd.DataFrame({"customer_id": [7, 8, 7],
    ...     "ordered_at": pd.to_datetime(["2025-01-05", "2025-01-09", "2025-02-28"])})
    >>> cohort_table(orders)["rate"].tolist()
    [1.0, 0.5]
    """
    if period not in PERIODS:
        raise ValueError(f"period must be 'M', 'W' or 'Q', got {period!r}. Choose one of them.")
    orders, end = order_book.observed(orders, [], observation_end)
    number = orders["ordered_at"].dt.to_period(period).astype("int64").to_numpy()
    first = number.min()
    last = (end + pd.Timedelta(days=1)).to_period(period).ordinal - 1
    active = order_book.distinct(orders["customer_id"].factorize()[0], number - first)
    cohort = active.groupby("customer")["period"].transform("min")
    age = active["period"] - cohort
    n = max(number.max(), last) - first + 1
    count = np.bincount(cohort * n + age, minlength=n * n).reshape(n, n)
    whole = range(last - first + 1)  # periods observed to their end
    cells = [(c, a, count[c, a], count[c, a] / count[c, 0])
             for c in whole if count[c, 0] for a in whole if c + a in whole]  # fmt: skip
    if not cells:
        raise ValueError(
            f"observation_end must reach the end of the first period {period!r}, got "
            f"{end:%Y-%m-%d}. Choose a later day or a shorter period."
        )
    table = pd.DataFrame(cells, columns=["cohort", "age", "customers", "rate"])
    start = pd.PeriodIndex.from_ordinals(table["cohort"] + first, freq=period).to_timestamp()
    return table.assign(cohort=start.as_unit("us"))


def kaplan_meier(durations, observed) -> pd.DataFrame:
    """Estimate which share stays how long although some are still there (Kaplan & Meier 1958).

    durations: how long each customer was watched; observed: True (then left), False (still there)
    -> one row per duration: time, at_risk (watched until then), events (left), survival

    >>> kaplan_meier([1, 2, 2, 3], [True, True, False, True])["survival"].tolist()
    [0.75, 0.5, 0.0]
    """
    time, event = _checked_durations(durations, observed)
    table = event.groupby(time).agg(["sum", "size"])
    at_risk = table["size"][::-1].cumsum()[::-1]
    survival = (1 - table["sum"] / at_risk).cumprod()
    columns = {"at_risk": at_risk, "events": table["sum"], "survival": survival}
    return pd.DataFrame(columns).rename_axis("time").reset_index()


def _checked_durations(durations, observed):
    time, event = pd.Series(np.asarray(durations)), pd.Series(np.asarray(observed))
    if len(time) != len(event) or time.empty:
        rule, got = "be two lists of the same length, not empty", f"{len(time)} and {len(event)}"
    elif not (pd.api.types.is_numeric_dtype(time) and time.between(0, np.inf, "left").all()):
        rule, got = "hold durations from 0 up, in numbers", f"{time.min()} to {time.max()}"
    elif not event.isin([0, 1]).all():
        rule, got = "hold True (left) or False (still there)", f"{event.unique().tolist()}"
    else:
        return time, event.astype("int64")
    raise ValueError(f"durations and observed must {rule}, got {got}. Give both per customer.")
