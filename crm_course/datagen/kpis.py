"""Six numbers a month by segment: what they count, how they err, and what moves them.

Every segment grows more satisfied, and the firm as a whole less, because its mix changes.
"""

import numpy as np
import pandas as pd

from crm_course.schema import MONTHS
from crm_course.schema.mobile import SEGMENTS

from .processes import ar1, quantise
from .recorded import once
from .streams import stream
from .texts import named

FIRST = 13
LENGTH = MONTHS - FIRST + 1


@once
def make_kpis(scenario, seed: int) -> pd.DataFrame:
    """Make the counts of 24 months and three segments, money in whole cents."""
    kpis = scenario.kpis
    csat, retention = _truth(kpis, seed)
    phone = np.broadcast_to((_months() == kpis.phone_month)[:, None], csat.shape)
    error = (
        kpis.answer_spread / kpis.answers**0.5 * _stream(seed, "csat").standard_normal(csat.shape)
    )
    start, new, end = _customers(kpis, seed, retention)
    top_ups, revenue = _sales(seed, start)
    promoters, detractors = _recommending(kpis, seed, csat)
    cells = {
        "start": start,
        "new": new,
        "end": end,
        "survey": phone.astype(int),
        "answers": np.full(csat.shape, kpis.answers),
        "csat_mean": quantise(np.clip(csat + error + kpis.phone * phone, 1, 5), 3),
        "promoters": promoters,
        "detractors": detractors,
        "top_ups": top_ups,
        "revenue_cents": revenue,
    }
    table = _long(cells)
    return table.assign(survey=named(("web", "phone"), table["survey"].to_numpy()))


@once
def make_truth_kpis(scenario, seed: int) -> pd.DataFrame:
    """Make the satisfaction of everybody and the chance of staying."""
    csat, retention = _truth(scenario.kpis, seed)
    return _long({"csat_true": csat, "retention_true": retention})


def _months():
    return np.arange(FIRST, MONTHS + 1)


def _stream(seed, column):
    return stream(seed, "kpis", column, 0)


def _long(cells):
    """One row per month and segment from arrays of the shape (months, segments)."""
    return pd.DataFrame({
        "month": np.repeat(_months(), len(SEGMENTS)),
        "segment": named(SEGMENTS, np.tile(np.arange(len(SEGMENTS)), LENGTH)),
        **{name: values.ravel() for name, values in cells.items()},
    })  # fmt: skip


def _truth(kpis, seed):
    """Satisfaction, and the chance of staying that the satisfaction of the month before gives."""
    noise = _stream(seed, "csat_true").standard_normal((len(SEGMENTS), LENGTH + 1))
    rise = kpis.csat_rise * np.arange(-1, LENGTH)[:, None]
    moved = rise + kpis.csat_spread * ar1(noise, kpis.csat_persistence).T
    csat = quantise(np.clip(np.array(kpis.csat) + moved, 1, 5), 3)
    stay = np.array(kpis.retention) + kpis.effect * (csat[:-1] - kpis.csat)
    return csat[1:], quantise(np.clip(stay, 0, 1), 6)


def _customers(kpis, seed, retention):
    new = _stream(seed, "new").poisson(np.tile(kpis.new, (LENGTH, 1)))
    start, end = np.empty_like(new), np.array(kpis.start)
    stays, ends = _stream(seed, "stay"), np.empty_like(new)
    for month in range(LENGTH):
        start[month] = end
        end = stays.binomial(end, retention[month]) + new[month]
        ends[month] = end
    return start, new, ends


def _sales(seed, start):
    """Top-ups grow rarer and larger: 4.0 of ¥50 a month at first, 3.77 of ¥54.6 at last."""
    passed = np.arange(LENGTH)[:, None]
    top_ups = _stream(seed, "top_ups").poisson(start * (4 - 0.01 * passed))
    return top_ups, top_ups * (5000 + 20 * passed)


def _recommending(kpis, seed, csat):
    above = csat - 4
    promoting = quantise(np.clip(0.35 + 0.30 * above, 0, 1), 6)
    detracting = quantise(np.clip(0.25 - 0.25 * above, 0, 1) / (1 - promoting), 6)
    promoters = _stream(seed, "promoters").binomial(kpis.answers, promoting)
    return promoters, _stream(seed, "detractors").binomial(kpis.answers - promoters, detracting)


MAKERS = {"kpis": make_kpis, "truth_kpis": make_truth_kpis}
