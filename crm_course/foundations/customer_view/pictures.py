"""The pictures of linkage: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .files import threshold_costs, threshold_table

SHOWN = (0, 6, 10)  # thresholds whose points bear their number


def plot_precision_recall(table, *, ax=None):
    """Draw precision against recall, one point for each threshold: `threshold_table` -> Axes."""
    ax = figures.new_axes(ax)
    ax.plot(table["recall"], table["precision"], marker="o", markersize=5)
    for threshold in SHOWN:
        if threshold in table.index:
            ax.annotate(_("{bits} bits").format(bits=threshold),
                        (table["recall"][threshold], table["precision"][threshold]),
                        xytext=(-6, -14), textcoords="offset points", ha="right")  # fmt: skip
    ax.set(
        title=_("What a higher threshold buys, and what it costs"),
        xlabel=_("Recall (share of the true pairs that are linked)"),
        ylabel=_("Precision (share of the links that are right)"),
    )
    low, high = table.iloc[0], table.iloc[-1]
    words = _("From {first} to {last} bits precision rises from {p0:.4f} to {p1:.4f}, and recall "
              "falls from {r0:.3f} to {r1:.3f}.")  # fmt: skip
    return figures.say(ax, words.format(
        first=table.index[0], last=table.index[-1], p0=low["precision"], p1=high["precision"],
        r0=low["recall"], r1=high["recall"]))  # fmt: skip


def plot_thresholds(table, *, price_of_a_mix_up=6_000, split=30, ax=None):
    """Draw what the errors cost at each threshold, and mark where they cost least.

    table of `threshold_table`; price_of_a_mix_up, split: ¥ for one error -> Axes
    """
    cost = threshold_costs(table, mix_up=price_of_a_mix_up, split=split) / 1000
    ax = figures.new_axes(ax)
    ax.plot(cost.index, cost, marker="o", markersize=4)
    best = cost.idxmin()
    ax.plot([best], [cost[best]], "D", color=figures.PALETTE["vermilion"], markersize=10)
    ax.set(
        title=_("What the errors cost at each threshold"),
        xlabel=_("Threshold (bits)"),
        ylabel=_("Cost of mix-ups and splits (¥1,000)"),
        ylim=(0, 1.1 * max(cost.max(), 1)),
        xticks=np.arange(table.index[0], table.index[-1] + 1, 2),
    )
    words = _("A mix-up costs ¥{price:,.0f}: the cheapest threshold is {bits} bits, with {mix_ups} "
              "mix-ups and {splits} splits, ¥{cost:,.0f}.")  # fmt: skip
    at = table.loc[best]
    return figures.say(ax, words.format(
        price=price_of_a_mix_up, bits=best, mix_ups=int(at["mix_ups"]),
        splits=int(at["splits"]), cost=1000 * cost[best]))  # fmt: skip


def explore_thresholds(records, links, truth, *, split=30):
    """Move the price of a mix-up and see which threshold costs least."""
    from crm_course import widgets

    table = threshold_table(records, links, truth, thresholds=range(13))

    def draw(price_of_a_mix_up=2_000):
        return plot_thresholds(table, price_of_a_mix_up=price_of_a_mix_up, split=split)

    return widgets.explore(draw, price_of_a_mix_up=(0, 20_000, 1_000))
