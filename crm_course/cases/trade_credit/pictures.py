"""What the credit case looks like."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .accounts import PAYS_CASH, money_left


def plot_classes(classes, *, ax=None):
    """Draw by warnings who failed, and which share of the sales was lost -> Axes.

    classes of `by_warnings`
    """
    ax, place = figures.new_axes(ax), np.arange(len(classes))
    ax.bar(place - 0.2, 100 * classes["failed"], 0.4, label=_("of 100 retailers failed"))
    ax.bar(place + 0.2, 100 * classes["rate"], 0.4, label=_("of ¥100 sold were written off"))
    names = [str(n) for n in classes.index]
    ax.set_xticks(place, [*names[:-1], _("{most} or more").format(most=names[-1])])
    ax.set(title=_("Many fail, little is lost"), xlabel=_("Warnings at the review"),
           ylabel=_("In 100"))  # fmt: skip
    ax.legend(loc="upper left")
    words = _("With two warnings {failed:.0f} of 100 failed and ¥{rate:.1f} of 100 were lost.")
    two = classes.loc[2]
    return figures.say(ax, words.format(failed=100 * two["failed"], rate=100 * two["rate"]))


def plot_limits(table, *, pays_cash=PAYS_CASH, failures=1.0, ax=None):
    """Draw what each credit limit leaves, from no credit at all to no limit at all -> Axes.

    table of `limit_table`
    """
    left = money_left(table, pays_cash=pays_cash, failures=failures) / 1000
    ax, place, best = figures.new_axes(ax), np.arange(len(table)), left.idxmax()
    ax.plot(place, left, "o-")
    ax.plot(best, left[best], "*", markersize=16, label=_("the best of these"))
    ax.set_xticks(place, [_name(limit) for limit in table["limit"]], fontsize=8)
    ax.set(title=_("What the warned retailers leave"), xlabel=_("Credit limit, ¥"),
           ylabel=_("¥ thousand in the year"))  # fmt: skip
    ax.set_ylim(min(0, left.min() * 1.1), max(left.max() * 1.15, 1))
    ax.legend(loc="lower right")
    words = _("{cash:.0%} pay cash, failures x {failures:g}: no credit leaves ¥{zero:,.0f}, no "
              "limit ¥{none:,.0f}; best of these is {best}, ¥{most:,.0f}.")  # fmt: skip
    return figures.say(ax, words.format(
        cash=pays_cash, failures=failures, zero=1000 * left.iloc[0], none=1000 * left.iloc[-1],
        best=_name(table["limit"][best]), most=1000 * left[best]))  # fmt: skip


def explore_limit(table):
    """Change who pays cash and how many fail: which limit is best, and who of the two is right?"""
    from crm_course import widgets

    def draw(pays_cash=PAYS_CASH, failures=1.0):
        return plot_limits(table, pays_cash=pays_cash, failures=failures)

    return widgets.explore(draw, pays_cash=(0.0, 0.8, 0.01), failures=(0.5, 2.0, 0.1))


def plot_scores(points, bad, *, ax=None):
    """Draw of each band of twenty points which share did not repay -> Axes."""
    ax = figures.new_axes(ax)
    band = (np.asarray(points) // 20 * 20).clip(480, 620).astype(int)
    rates = {low: float(np.mean(np.asarray(bad)[band == low])) for low in np.unique(band)}
    ax.bar([str(low) for low in rates], list(rates.values()))
    ax.set(title=_("Borrowers whom the card had not seen"), xlabel=_("Points, from"),
           ylabel=_("Did not repay, share"))  # fmt: skip
    low, high = min(rates), max(rates)
    words = _("Below {first} points {worst:.0%} did not repay, from {last} on {best:.0%}.")
    return figures.say(ax, words.format(
        first=low + 20, worst=rates[low], last=high, best=rates[high]))  # fmt: skip


def _name(limit):
    return _("none") if np.isinf(limit) else f"{limit:,.0f}"
