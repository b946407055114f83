"""The pictures of care: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .evidence import PRODUCTS, probability_good
from .staffing import HANDLE, WAGE, WORTH, staffing_costs
from .surveys import KINDS

BUSY = 0.7  # the share of busy time from which waiting grows fast
COLOURS = dict(zip(KINDS, ("vermilion", "blue", "green", "grey"), strict=True))


def plot_waiting(profile, *, ax=None):
    """Draw the mean wait of every half-hour of the week by how busy the agents are -> Axes.

    profile (weekday, calls_per_hour, busy, wait_seconds) of `call_profile`.
    """
    ax = figures.new_axes(ax)
    monday = profile["weekday"] == 0
    for chosen, label, marker in ((~monday, _("Tuesday to Saturday"), "o"),
                                  (monday, _("Monday"), "^")):  # fmt: skip
        ax.plot(100 * profile.loc[chosen, "busy"], profile.loc[chosen, "wait_seconds"], marker,
                markersize=5, label=label)  # fmt: skip
    ax.set(
        title=_("Every half-hour of the week"),
        xlabel=_("Agents' time spent talking (%)"),
        ylabel=_("Mean wait of a caller (seconds)"),
        ylim=(0, None),
    )
    ax.legend(loc="upper left")
    busy = profile["busy"] > BUSY
    words = _("Where agents talk for more than {limit:.0f} % of the time callers wait "
              "{above:.0f} seconds, elsewhere {below:.0f}; at worst {most:.0f}.")  # fmt: skip
    above, below = _mean_wait(profile[busy]), _mean_wait(profile[~busy])
    most = profile["wait_seconds"].max()
    return figures.say(ax, words.format(limit=100 * BUSY, above=above, below=below, most=most))


def _mean_wait(profile):
    """The mean wait of all callers of these half-hours."""
    calls = profile["calls_per_hour"]
    return (profile["wait_seconds"] * calls).sum() / calls.sum()


def plot_staffing(calls_per_hour, *, wage=WAGE, worth=WORTH, ax=None):
    """Draw what an hour costs for each number of agents: wages, and callers who hang up -> Axes.

    calls_per_hour: calls that come in; wage: ¥ an hour and agent; worth: ¥ a caller who hangs up
    """
    load = calls_per_hour * HANDLE / 3600
    agents = range(max(1, int(0.95 * load) - 2), int(load + 2.5 * np.sqrt(load)) + 5)
    costs = staffing_costs(calls_per_hour, agents, wage=wage, worth=worth)
    wages, lost, cost = costs["wages"], costs["lost_money"], costs["cost"]
    colours, best = figures.PALETTE, cost.idxmin()
    ax = figures.new_axes(ax)
    ax.bar(costs.index, wages, color=colours["blue"], label=_("wages"))
    ax.bar(costs.index, lost, bottom=wages, color=colours["vermilion"],
           label=_("callers who hang up"))  # fmt: skip
    ax.plot(best, cost.min() + 0.05 * cost.max(), "v", color=colours["grey"], label=_("cheapest"))
    ax.set(
        title=_("What an hour costs"),
        xlabel=_("Agents at work"),
        ylabel=_("Cost of an hour (¥)"),
        ylim=(0, 1.15 * cost.max()),
    )
    ax.legend(loc="upper center", ncols=3)
    words = _("{calls} calls an hour: {agents} agents are cheapest, ¥{cost:,.0f} an hour, and talk "
              "for {busy:.1f} % of the time. Two fewer would cost ¥{fewer:,.0f}.")  # fmt: skip
    fewer = staffing_costs(calls_per_hour, [max(best - 2, 1)], wage=wage, worth=worth)["cost"]
    return figures.say(ax, words.format(
        calls=calls_per_hour, agents=best, cost=cost.min(), busy=100 * costs.loc[best, "busy"],
        fewer=fewer.iloc[0]))  # fmt: skip


def explore_staffing():
    """Change how many calls come in and what a caller is worth, and see how many are cheapest."""
    from crm_course import widgets

    def draw(calls_per_hour=100, worth_of_a_caller=40):
        return plot_staffing(calls_per_hour, worth=worth_of_a_caller)

    return widgets.explore(draw, calls_per_hour=(40, 600, 20), worth_of_a_caller=(20, 100, 10))


def plot_kano(coefficients, *, ax=None):
    """Draw every feature by what having it adds and what lacking it costs -> Axes.

    coefficients (better, worse, kind) of `kano_coefficients`.
    """
    ax = figures.new_axes(ax)
    for kind in KINDS:
        chosen = coefficients[coefficients["kind"] == kind]
        colour = figures.PALETTE[COLOURS[kind]]
        ax.plot(-chosen["worse"], chosen["better"], "o", color=colour, label=_(kind))
        _name_below(ax, chosen.sort_values("better", ascending=False), colour)
    ax.set(
        title=_("What a feature does to customers"),
        xlabel=_("Share dissatisfied without it (minus Worse)"),
        ylabel=_("Share pleased with it (Better)"),
        xlim=(0, 1),
        ylim=(0, 1),
    )
    ax.legend(loc="upper center", ncols=4, fontsize=8)
    words = _("Most pleases {best} ({high:.2f}); most missed if it fails is {must} ({worst:.2f}).")
    better, worse = coefficients["better"], -coefficients["worse"]
    return figures.say(
        ax,
        words.format(
            best=better.idxmax(), high=better.max(), must=worse.idxmax(), worst=worse.max()
        ),
    )


def _name_below(ax, features, colour):
    """Write the features of one kind in a column below their points, so that none overlap."""
    on_the_right = -features["worse"].mean() > 0.5
    side, align = (0.98, "right") if on_the_right else (0.02, "left")
    for row, feature in enumerate(features.index):
        height = features["better"].min() - 0.075 - 0.055 * row
        ax.text(side, height, _(feature), color=colour, fontsize=8, va="center", ha=align)


def plot_evidence(offers, *, ax=None):
    """Draw, for each of the fourteen products, how many good offers reviews show to be good.

    offers (product, reviews, positive, good, accuracy): one seller a row -> Axes
    """
    ax = figures.new_axes(ax)
    sure = probability_good(offers["positive"], offers["reviews"], offers["accuracy"]) > 0.95
    shown = sure[offers["good"]].groupby(offers["product"]).mean()
    names = [product for products in PRODUCTS.values() for product in products]
    colours = ("blue", "green", "vermilion")
    for (attribute, products), colour in zip(PRODUCTS.items(), colours, strict=True):
        ax.barh([names.index(p) for p in products], 100 * shown[list(products)],
                color=figures.PALETTE[colour], label=_(attribute))  # fmt: skip
    ax.set(
        title=_("Good sellers whom their reviews show to be good"),
        xlabel=_("Per cent of good sellers (95 % sure)"),
        xlim=(0, 100),
    )
    ax.set_yticks(range(len(names)), [_(name) for name in names], fontsize=9)
    ax.invert_yaxis()
    ax.legend(loc="lower right")
    parts = {attribute: 100 * shown[list(products)].mean()
             for attribute, products in PRODUCTS.items()}  # fmt: skip
    words = _("Reviews show {search:.0f} % of the good sellers of search goods, {experience:.0f} % "
              "of experience goods and {credence:.0f} % of credence goods.")  # fmt: skip
    return figures.say(ax, words.format(**parts))
