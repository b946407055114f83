"""The pictures of linkage: each function draws one and returns its axes."""

from crm_course import figures
from crm_course.locale import _

from .files import threshold_costs

SHOWN = (0, 6, 10)  # thresholds whose points bear their number


def plot_precision_recall(table, *, ax=None):
    """Draw precision against recall, one point for each threshold: `threshold_table` -> Axes."""
    ax = figures.new_axes(ax)
    ax.plot(table["recall"], table["precision"], marker="o", markersize=5)
    for threshold in SHOWN:
        if threshold in table.index:
            ax.annotate(_("{bits} bits").format(bits=threshold),
                        (table["recall"][threshold], table["precision"][threshold]),
                        xytext=(7, 5), textcoords="offset points")  # fmt: skip
    ax.margins(x=0.12, y=0.12)
    ax.set(
        title=_("What a higher threshold buys, and what it costs"),
        xlabel=_("Recall (share of the true pairs that are linked)"),
        ylabel=_("Precision"),
    )
    ax.yaxis.set_major_formatter("{x:.4f}")
    low, high = table.iloc[0], table.iloc[-1]
    words = _("From {first} to {last} bits precision rises from {p0:.4f} to {p1:.4f}, and recall "
              "falls from {r0:.3f} to {r1:.3f}.")  # fmt: skip
    return figures.say(ax, words.format(
        first=table.index[0], last=table.index[-1], p0=low["precision"], p1=high["precision"],
        r0=low["recall"], r1=high["recall"]))  # fmt: skip


def plot_thresholds(table, *, price_of_a_mix_up=6_000, split=30, ax=None):
    """Draw what mix-ups and splits cost at each threshold, and name the cheapest.

    table of `threshold_table`; price_of_a_mix_up, split: ¥ for one error -> Axes
    """
    cost = threshold_costs(table, mix_up=price_of_a_mix_up, split=split)
    splits = split * table["splits"] / 1000
    ax = figures.new_axes(ax)
    blue, vermilion = figures.PALETTE["blue"], figures.PALETTE["vermilion"]
    ax.bar(table.index, splits, color=blue, label=_("splits"))
    ax.bar(table.index, cost / 1000 - splits, bottom=splits, color=vermilion, label=_("mix-ups"))
    best = cost.idxmin()
    ax.annotate(_("cheapest"), (best, cost[best] / 1000), xytext=(0, 16), ha="center",
                textcoords="offset points", arrowprops={"arrowstyle": "->"})  # fmt: skip
    ax.legend(loc="upper center", ncols=2)
    ax.set(
        title=_("What the errors cost at each threshold"),
        xlabel=_("Threshold (bits)"),
        ylabel=_("Cost (¥1,000)"),
        ylim=(0, max(1.25 * cost.max() / 1000, 1)),
        xticks=table.index,
    )
    words = _("A mix-up costs ¥{price:,.0f}: {bits} bits are cheapest, ¥{cost:,.0f}. They leave "
              "{mix_ups} mix-ups and {splits:,} splits.")  # fmt: skip
    at = table.loc[best]
    return figures.say(ax, words.format(
        price=price_of_a_mix_up, bits=best, mix_ups=int(at["mix_ups"]),
        splits=int(at["splits"]), cost=cost[best]))  # fmt: skip


def explore_thresholds(table, *, split=30):
    """Move the price of a mix-up and see which threshold of `threshold_table` costs least."""
    from crm_course import widgets

    def draw(price_of_a_mix_up=6_000):
        return plot_thresholds(table, price_of_a_mix_up=price_of_a_mix_up, split=split)

    return widgets.explore(draw, price_of_a_mix_up=(0, 20_000, 1_000))
