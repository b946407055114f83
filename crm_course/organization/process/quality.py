"""Good steps in a row, and the limits within which chance alone moves a share."""

import math

import numpy as np

from crm_course import schema


def rolled_yield(yields):
    """Return the share of cases that pass every step without a fault: the product.

    yields: the share that passes each step, from 0 to 1.

    >>> round(rolled_yield([0.95, 0.90, 0.98, 0.92]), 4)
    0.7709
    """
    for share in yields:
        if not 0 <= share <= 1:
            raise ValueError(f"a yield must lie between 0 and 1, got {share}. Write 0.95.")
    return math.prod(yields)


def p_limits(p, n):
    """Return the lower and the upper limit of a p-chart: p ± 3 sqrt(p (1 - p) / n).

    p: the share in ordinary times; n: cases of one point. Limits stay between 0 and 1. Source:
    Shewhart's three standard deviations.

    >>> [round(float(limit), 4) for limit in p_limits(0.08, 200)]
    [0.0225, 0.1375]
    """
    if not (0 <= p <= 1 and np.all(np.asarray(n) > 0)):
        raise ValueError(f"p must lie between 0 and 1, and n above 0, got {p}, {n}. Write 0.08.")
    width = 3 * np.sqrt(p * (1 - p) / np.asarray(n, dtype=float))
    return np.clip(p - width, 0, 1), np.clip(p + width, 0, 1)


def p_chart(cases, *, flag="first_time_fix", until=18, fewest=10):
    """Return a control chart of a share: month, cases, share, centre, low, high, outside.

    cases (month, and the flag): one place; until: the months up to this one are the ordinary
    times, whose share is the centre; months with fewer than `fewest` cases are left out.
    """
    schema.require(cases, ["month", flag], name="cases")
    centre = cases.loc[cases["month"] <= until, flag].mean()
    table = cases.groupby("month")[flag].agg(cases="size", share="mean").reset_index()
    table = table[table["cases"] >= fewest].reset_index(drop=True)
    low, high = p_limits(centre, table["cases"])
    table = table.assign(centre=centre, low=low, high=high)
    outside = (table["share"] < table["low"]) | (table["share"] > table["high"])
    return table.assign(outside=outside)
