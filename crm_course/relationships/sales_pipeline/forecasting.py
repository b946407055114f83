"""Forecasts: what a seller's record says about the next quarter, and what the seller is worth."""

import numpy as np
import pandas as pd

from crm_course import schema

OWN, ALIKE = 0.0, 1e9  # imaginary deals: only the own record counts; nobody's own record does
WEIGHT = 20.0
LEFT = 13_800.0  # ¥ that a won deal leaves, from the quotes; goods cost 65 % of list, invented
SEARCH = 20_000.0  # ¥ to find and train a successor; invented


def quarterly(deals):
    """Count by quarter and seller what was decided and won: period, rep_id, wins, decided, rate.

    deals (rep_id, closed_on, won): a deal counts in the period in which it was decided, "2024Q4";
    one without closed_on is still open and left out.

    >>> days = pd.to_datetime(["2025-01-07", "2025-02-01", None])
    >>> deals = pd.DataFrame({"rep_id": [9, 9, 9], "closed_on": days, "won": [True, False, False]})
    >>> quarterly(deals).to_dict("records")
    [{'period': '2025Q1', 'rep_id': 9, 'wins': 1, 'decided': 2, 'rate': 0.5}]
    """
    schema.require(deals, ["rep_id", "closed_on", "won"], name="deals")
    decided = deals.dropna(subset="closed_on")
    period = decided["closed_on"].dt.to_period("Q").astype(str).rename("period")
    counted = decided.groupby([period, "rep_id"])["won"].agg(wins="sum", decided="size")
    return counted.assign(rate=counted["wins"] / counted["decided"]).reset_index()


def champions(quarters, *, fewest=5, first="2024Q1"):
    """Follow the seller with the highest win rate of each quarter into the next one.

    quarters (period, rep_id, wins, decided, rate) of `quarterly`; fewest: deals decided that a
    champion must have; first: period of the first plaque -> period, rep_id, wins, decided, above,
    next_wins, next_decided, next_above. above: points above the mean of the firm in that period.
    Among equal rates more deals count, then the lower rep_id; who decided nothing in the next
    period is left out.
    """
    schema.require(quarters, ["period", "rep_id", "wins", "decided", "rate"], name="quarters")
    firm = quarters.groupby("period")[["wins", "decided"]].sum()
    mean = quarters["period"].map(firm["wins"] / firm["decided"])
    table = quarters.assign(above=100 * (quarters["rate"] - mean))
    able = table[(table["decided"] >= fewest) & (table["period"] >= first)]
    order = ["period", "rate", "decided", "rep_id"]
    able = able.sort_values(order, ascending=[True, False, False, True]).drop_duplicates("period")
    later = table.rename(columns={name: f"next_{name}" for name in ("wins", "decided", "above")})
    later["period"] = (pd.PeriodIndex(later["period"], freq="Q") - 1).astype(str)
    keys = ["period", "rep_id"]
    return able.drop(columns="rate").merge(later.drop(columns="rate"), on=keys)


def shrunken_rate(wins, decided, mean, weight):
    """Return a win rate that is pulled towards the mean: (wins + K mean) / (decided + K).

    wins, decided: deals, numbers or arrays; mean: of the firm, 0 to 1; weight K: imaginary deals,
    won at the mean, that are put beside the real ones. Of the distance between the own rate and
    the mean, decided / (decided + K) is believed. Source: the mean of a beta-binomial model with
    a = K mean, b = K (1 - mean); Efron and Morris (1977) tell why it pays.

    >>> shrunken_rate([9, 60], [12, 100], 0.4, 30).round(4).tolist()
    [0.5, 0.5538]
    """
    if not weight >= 0:
        raise ValueError(f"weight must not be negative, got {weight}. Give imaginary deals.")
    wins, decided = np.asarray(wins, dtype=float), np.asarray(decided, dtype=float)
    if (wins > decided).any() or (wins < 0).any():
        raise ValueError(f"wins must lie between 0 and decided, got {wins} of {decided}. Count.")
    return (wins + weight * mean) / (decided + weight)


def records(quarters, *, memory=1, first="2024Q2"):
    """Put what was known before each quarter beside it: period, rep_id, decided, wins, past_wins,
    past_decided, mean.

    quarters of `quarterly`; memory: quarters remembered; first: period forecast first. mean: of
    all sellers in the remembered quarters. Who decides nothing in a period is left out of it.
    """
    schema.require(quarters, ["period", "rep_id", "wins", "decided"], name="quarters")
    if not memory >= 1:
        raise ValueError(f"memory must be 1 or more, got {memory}. Give a number of quarters.")
    now = _without_gaps(quarters)
    past = now.groupby("rep_id").transform(
        lambda counts: counts.rolling(memory, min_periods=1).sum().shift(fill_value=0)
    )
    firm = past.groupby("period").transform("sum")
    known = now.join(past.add_prefix("past_")).assign(mean=firm["wins"] / firm["decided"])
    known = known.reset_index()
    return known[(known["period"] >= first) & (known["decided"] > 0)].reset_index(drop=True)


def _without_gaps(quarters):
    """A row for each period from the first to the last and each seller; 0 where nothing is."""
    every = pd.period_range(quarters["period"].min(), quarters["period"].max(), freq="Q")
    sellers = sorted(quarters["rep_id"].unique())
    names = ["period", "rep_id"]
    index = pd.MultiIndex.from_product([every.astype(str), sellers], names=names)
    return quarters.set_index(names)[["decided", "wins"]].reindex(index, fill_value=0)


def forecast_misses(known, *, weight=WEIGHT):
    """Forecast the wins of every seller and quarter: `records` with forecast and miss, in deals.

    known of `records`; weight: imaginary deals, see `shrunken_rate` (OWN: the own record alone;
    ALIKE: everybody at the mean). How many deals are decided is taken as known, only how many of
    them are won is forecast. Who has no record is taken for the mean.
    """
    columns = ["decided", "wins", "past_wins", "past_decided", "mean"]
    schema.require(known, columns, name="known")
    weight = max(weight, 1e-9)  # so that nobody's record is the mean
    rate = shrunken_rate(known["past_wins"], known["past_decided"], known["mean"], weight)
    forecast = known["decided"] * rate
    return known.assign(forecast=forecast, miss=(forecast - known["wins"]).abs())


def worth_of_staying(rate, mean, *, deals=55, left=LEFT, follow=0.0, search=SEARCH):
    """Return what it is worth in a year, in ¥, that a seller stays instead of an ordinary one.

    rate: the chance that the seller wins a deal, a number or a Series; mean: that of the ordinary
    seller who would come; deals: of a year; left: ¥ that a won deal leaves; follow: share of those
    deals whose customers would leave with the seller; search: ¥ for a successor.

    >>> round(worth_of_staying(0.6, 0.4, deals=50, left=10_000, follow=0.1, search=0))
    120000
    """
    if not 0 <= follow <= 1:
        raise ValueError(f"follow must lie between 0 and 1, got {follow}. Write 0.1 for 10 %.")
    return deals * left * (rate - (1 - follow) * mean) + search
