"""The pictures of the sales pipeline: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .forecasting import ALIKE, OWN, WEIGHT, forecast_misses, records

WEIGHTS = np.arange(0, 101, 5)


def plot_champions(table, *, ax=None):
    """Draw each champion's lead in the quarter of the plaque and in the next: `champions` -> Axes.

    Points above the mean of the firm, a line for each champion.
    """
    ax, grey = figures.new_axes(ax), figures.PALETTE["grey"]
    rows = np.arange(len(table))[::-1]
    ax.hlines(rows, table["next_above"], table["above"], color=grey, linewidth=1)
    ax.plot(table["above"], rows, "o", markersize=9, label=_("quarter of the plaque"))
    ax.plot(table["next_above"], rows, "D", markersize=7, label=_("the next quarter"))
    ax.axvline(0, color="black", linewidth=1)
    named = zip(table["period"], table["rep_id"], table["wins"], table["decided"], strict=True)
    words = _("{period}: seller {rep}, {wins} of {decided}")
    labels = [words.format(period=p, rep=r, wins=w, decided=n) for p, r, w, n in named]
    ax.set(title=_("Champions, and what is left of their lead"), yticks=rows, yticklabels=labels,
           xlabel=_("Win rate, points above the mean of the firm"), xlim=(-8, 62))  # fmt: skip
    ax.legend(loc="lower right")
    said = _("Champions lie {above:.0f} points above the mean in the quarter of the plaque and "
             "{later:.0f} in the next; of {many} leads, {fell} shrink.")  # fmt: skip
    return figures.say(ax, said.format(
        above=table["above"].mean(), later=table["next_above"].mean(), many=len(table),
        fell=(table["next_above"] < table["above"]).sum()))  # fmt: skip


def plot_misses(quarters, *, memory=1, weight=WEIGHT):
    """Draw by how much forecasts miss, for every weight from the own record to the mean -> Axes.

    quarters of `quarterly`; memory: quarters remembered; weight: imaginary deals, a place to
    point at. Deals for each seller and quarter.
    """

    known = records(quarters, memory=memory)

    def missed(weight):
        return forecast_misses(known, weight=weight)["miss"].mean()

    own, alike, here = missed(OWN), missed(ALIKE), missed(weight)
    ax = figures.new_axes()
    ax.plot(WEIGHTS, [missed(each) for each in WEIGHTS], label=_("own record and imaginary deals"))
    ax.axhline(alike, linestyle="--", color=figures.PALETTE["grey"], label=_("everybody alike"))
    ax.plot([0], [own], "o", markersize=15, markerfacecolor="none", label=_("own record alone"),
            color=figures.PALETTE["green"])  # fmt: skip
    ax.plot([weight], [here], "D", markersize=9, color=figures.PALETTE["vermilion"],
            label=_("yours"))  # fmt: skip
    ax.set(title=_("By how much do forecasts miss?"), ylim=(1.35, 1.95),
           xlabel=_("Imaginary deals, won at the mean of the firm"),
           ylabel=_("Deals a seller and quarter"))  # fmt: skip
    ax.legend(loc="upper right", ncols=2, fontsize=9)
    words = _("Memory {memory}: the own record misses by {own:.2f} deals, everybody alike by "
              "{alike:.2f}; with {weight} imaginary deals it is {here:.2f}.")  # fmt: skip
    return figures.say(ax, words.format(
        memory=memory, own=own, alike=alike, weight=weight, here=here))  # fmt: skip


def explore_forecast(quarters):
    """Remember more quarters, put more imaginary deals beside the record: what misses least?"""
    from crm_course import widgets

    def draw(memory=1, weight=0):
        return plot_misses(quarters, memory=memory, weight=weight)

    return widgets.explore(draw, memory=(1, 6, 1), weight=(0, 100, 5))


def plot_waterfall(shares, *, ax=None):
    """Draw how ¥100 at list becomes the pocket price: Series of `price_waterfall` -> Axes."""
    names = {"list_price": _("list"), "discount": _("discount"), "bonus": _("bonus"),
             "cash_discount": _("early payment"), "freight": _("freight"),
             "pocket_price": _("pocket")}  # fmt: skip
    whole = shares.index.isin(["list_price", "pocket_price"])
    level = shares["list_price"] - shares.where(~whole, 0).cumsum()
    ax = figures.new_axes(ax)
    colours = np.where(whole, figures.PALETTE["blue"], figures.PALETTE["vermilion"])
    bottom = np.where(whole, 0, level)
    bars = ax.bar([names[name] for name in shares.index], shares, bottom=bottom, color=colours)
    ax.bar_label(bars, fmt="{:.1f}")
    ax.set(title=_("What becomes of ¥100"), ylabel=_("¥"), ylim=(0, 112))
    words = _("Of ¥100 at list price ¥{pocket:.1f} arrive; most goes in the {largest}, ¥{off:.1f}.")
    largest = shares[~whole].idxmax()
    return figures.say(ax, words.format(
        pocket=shares["pocket_price"], largest=names[largest], off=shares[largest]))  # fmt: skip
