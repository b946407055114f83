"""The funnel: stages and their conversion, velocity, and what a pipeline is worth on a day."""

import math

import pandas as pd

from crm_course import schema
from crm_course.schema.wholesale import STAGES


def funnel_wins(leads, *conversions):
    """Return the deals won from leads that pass one stage after the other: L times every rate.

    >>> round(funnel_wins(400, 0.4, 0.5, 0.6, 0.25), 6)
    12.0
    """
    if not all(0 <= rate <= 1 for rate in conversions):
        raise ValueError(f"conversions must lie between 0 and 1, got {conversions}. Write 0.4.")
    return leads * math.prod(conversions)


def sales_velocity(deals, win_rate, size, cycle_days):
    """Return what a pipeline yields in a day, in ¥: deals x win rate x size / days to decide.

    >>> round(sales_velocity(60, 0.25, 80_000, 90))
    13333
    """
    if not cycle_days > 0:
        raise ValueError(f"cycle_days must be above 0, got {cycle_days}. Give days to a decision.")
    return deals * win_rate * size / cycle_days


def weighted_pipeline(amounts, chances):
    """Return what is expected of open deals, in ¥: the sum of amount x chance.

    >>> round(weighted_pipeline([2.0e6, 1.2e6, 0.8e6, 0.3e6], [0.1, 0.3, 0.6, 0.9]))
    1310000
    """
    return float(sum(amount * chance for amount, chance in zip(amounts, chances, strict=True)))


def stage_conversion(deals):
    """Return the funnel of decided deals: stage, entered, passed, conversion.

    deals (stage, closed_on, won), stage the last one entered. Take deals opened so early that all
    were decided: a lost deal is decided sooner than a won one, so among the young ones too many
    are lost.
    """
    decided = _decided(deals)
    last = decided["stage"].map(STAGES.index)
    entered = [int((last >= number).sum()) for number in range(len(STAGES))]
    table = pd.DataFrame({"stage": STAGES, "entered": entered})
    table["passed"] = [*entered[1:], int(decided["won"].sum())]
    return table.assign(conversion=table["passed"] / table["entered"])


def stage_chances(deals):
    """Return the chance of being won in the end by stage reached: decided deals as above."""
    table = stage_conversion(deals).set_index("stage")
    return (table["passed"].iloc[-1] / table["entered"]).rename("chance")


def open_on(deals, stage_log, day):
    """Return the deals that were open on a day, with the stage they were in: `stage_then`.

    deals (deal_id, opened_on, closed_on), stage_log (deal_id, stage, entered_on); day: what
    happened on it or later is not known yet.
    """
    schema.require(deals, ["deal_id", "opened_on", "closed_on"], name="deals")
    schema.require(stage_log, ["deal_id", "stage", "entered_on"], name="stage_log")
    day = pd.Timestamp(day)
    entered = stage_log[stage_log["entered_on"] < day].sort_values(["deal_id", "entered_on"])
    then = entered.drop_duplicates("deal_id", keep="last").set_index("deal_id")["stage"]
    is_open = (deals["opened_on"] < day) & ~(deals["closed_on"] < day)
    return deals[is_open].assign(stage_then=deals["deal_id"].map(then)).reset_index(drop=True)


def _decided(deals):
    schema.require(deals, ["stage", "closed_on", "won"], name="deals")
    return deals.dropna(subset="closed_on")
