"""Lost deals: to whom, why, and what the reasons in the file hide; seven problems in numbers."""

import pandas as pd

from crm_course import schema

from .funnel import stage_conversion
from .pricing import double_quotes, price_waterfall

MISREPORTED = 0.30  # of lost deals, the reason was another and the seller writes price


def rivals(deals):
    """Return decided deals by rival, the hardest first: competitor (or nobody), decided, rate."""
    schema.require(deals, ["competitor", "closed_on", "won"], name="deals")
    decided = deals.dropna(subset="closed_on")
    rival = decided["competitor"].fillna("nobody")
    return decided.groupby(rival)["won"].agg(decided="size", rate="mean").sort_values("rate")


def unmask(stated, *, excuse="price", misreported=MISREPORTED):
    """Correct the shares of stated reasons for those who say the excuse whatever it was.

    stated: shares by reason, sum 1; misreported: share m of the other reasons that is reported as
    the excuse. Excuse: (s - m) / (1 - m); every other: s / (1 - m).

    >>> unmask(pd.Series({"price": 0.5, "product": 0.5}), misreported=0.2).round(3).to_dict()
    {'price': 0.375, 'product': 0.625}
    """
    if excuse not in stated:
        raise ValueError(
            f"stated must hold the excuse {excuse!r}, got {list(stated.index)}. Name another."
        )
    if not 0 <= misreported < 1:
        raise ValueError(
            f"misreported must be at least 0 and below 1, got {misreported}. Write 0.3 for 30 %."
        )
    if stated[excuse] < misreported:
        raise ValueError(
            f"the share of {excuse!r} must be at least that misreported, {misreported}, got "
            f"{stated[excuse]}. Suppose that fewer misreport."
        )
    hidden = misreported * (stated.index == excuse)
    return (stated - hidden) / (1 - misreported)


def seven_measures(deals, stage_log, quotes):
    """Return one number for each of the seven problems of a sales department: measure, value.

    deals, stage_log, quotes: the tables of that name. Prospects: deals won of all decided.
    Competition: points by which the win rate is lower against the hardest rival than against
    nobody. Product, service: lost deals that are reported with that reason. Interest: open deals
    that stand in their stage for longer than nine in ten decided ones did. Price: pocket price of
    ¥100 at list. Salespeople: deals quoted by two sellers.
    """
    lost = deals["lost_reason_stated"].value_counts(normalize=True)
    against = rivals(deals)["rate"]
    funnel = stage_conversion(deals)
    twice = len(double_quotes(quotes)) / quotes["deal_id"].nunique()
    rows = {
        "prospects": ("deals won, of 100 decided",
                      100 * funnel["passed"].iloc[-1] / funnel["entered"].iloc[0]),
        "competition": ("points fewer won against the hardest rival",
                        100 * (against["nobody"] - against.drop("nobody").min())),
        "product": ("lost for the product, of 100 lost, as reported", 100 * lost["product"]),
        "interest": ("open deals that stand still, of 100", 100 * _standing(stage_log)),
        "service": ("lost for the service, of 100 lost, as reported", 100 * lost["service"]),
        "price": ("pocket price of ¥100 at list", price_waterfall(quotes)["pocket_price"]),
        "salespeople": ("deals quoted by two sellers, of 100", 100 * twice),
    }  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["measure", "value"])
    return table.rename_axis("problem")


def _standing(stage_log):
    """The share of stages still open that last longer than nine in ten of that stage did."""
    schema.require(stage_log, ["stage", "entered_on", "left_on"], name="stage_log")
    days = (stage_log["left_on"] - stage_log["entered_on"]).dt.days
    long = days.groupby(stage_log["stage"]).quantile(0.9)
    today = stage_log["left_on"].max()
    waiting = stage_log[stage_log["left_on"].isna()]
    return float(((today - waiting["entered_on"]).dt.days > waiting["stage"].map(long)).mean())
