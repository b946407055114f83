"""The pictures of churn: each function draws one and returns its axes."""

import numpy as np
from matplotlib import pyplot as plt

from crm_course import figures
from crm_course.locale import _

from .saving import COST, WORTH, best_list, break_even_uplift, save_list


def _type_labels():
    """The six types, as they stand beside the figure."""
    return {
        "firm_abandoned": _("let go by the firm"),
        "dissatisfied": _("unhappy, not mended"),
        "poached": _("price: a rival's offer"),
        "attracted": _("a rival's product"),
        "forced": _("had to leave"),
        "other": _("other"),
    }


def plot_reasons(compared, *, ax=None):
    """Draw how many of 100 leavers state each reason, and how many truly left for it.

    compared (stated, true) of `reasons_compared` -> Axes.
    """
    shares = 100 * compared[["stated", "true"]] / compared[["stated", "true"]].sum()
    shares = shares.sort_values("true", kind="stable")
    ax, place = figures.new_axes(ax), np.arange(len(shares))
    ax.hlines(place, shares["stated"], shares["true"], color="#bbbbbb", linewidth=3, zorder=1)
    colours = {"stated": figures.PALETTE["vermilion"], "true": figures.PALETTE["blue"]}
    marks = {"stated": ("o", _("what they say")), "true": ("D", _("why they left"))}
    for kind, (marker, label) in marks.items():
        ax.plot(shares[kind], place, marker, color=colours[kind], label=label, markersize=8)
    labels = _type_labels()
    ax.set_yticks(place, [labels[reason] for reason in shares.index])
    ax.set(title=_("Of 100 customers who left"), xlabel=_("Customers"), xlim=(-1, 40))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    words = _("Of 100 leavers {price:.0f} say the price and {meant:.0f} mean it; {say:.0f} say "
              "that they were unhappy and {were:.0f} were.")  # fmt: skip
    price, unhappy = shares.loc["poached"], shares.loc["dissatisfied"]
    return figures.say(ax, words.format(price=price["stated"], meant=price["true"],
                                        say=unhappy["stated"], were=unhappy["true"]))  # fmt: skip


def plot_save_list(groups, *, cost_of_call=COST, worth=WORTH):
    """Draw what a call adds in each group, and what two lists of calls earn.

    groups of `uplift_by_group`; cost_of_call and worth of a renewal in ¥ -> Axes of the lists.
    """
    figure, (bars, lists) = plt.subplots(1, 2, figsize=(8, 3.5), width_ratios=(1, 1.35))
    needed = break_even_uplift(cost_of_call, worth)
    pays = groups["uplift"] > needed
    blue, vermilion, grey = (figures.PALETTE[name] for name in ("blue", "vermilion", "grey"))
    bars.bar(groups.index.astype(str), groups["uplift"], yerr=groups["standard_error"], capsize=4,
             color=np.where(pays, blue, "#b8b8b8"), ecolor=grey)  # fmt: skip
    bars.axhline(needed, color=vermilion, linestyle="--", linewidth=1.5)
    bars.axhline(0, color="black", linewidth=1)
    bars.set(
        title=_("What a call adds"),
        xlabel=_("Churn score"),
        ylabel=_("Uplift (probability)"),
        ylim=(-0.06, 0.22),
    )
    _draw_lists(lists, groups, cost_of_call, worth)
    return figures.say(lists, _list_in_words(groups, cost_of_call, worth))


def _draw_lists(ax, groups, cost, worth):
    names = {"uplift": _("most movable first"), "risk": _("riskiest first")}
    styles = {"uplift": "-", "risk": "--"}
    colours = {"uplift": figures.PALETTE["blue"], "risk": figures.PALETTE["vermilion"]}
    for first, name in names.items():
        table = save_list(groups, cost=cost, worth=worth, first=first)
        ax.plot(table["calls"], table["earned"], styles[first], marker="o", markersize=4,
                color=colours[first], label=name)  # fmt: skip
    calls, earned = best_list(groups, cost=cost, worth=worth)
    ax.plot([calls], [earned], "D", color=figures.PALETTE["blue"], markersize=9)
    ax.axhline(0, color="black", linewidth=1)
    ax.set(
        title=_("What the list earns"),
        xlabel=_("Calls, of 1,000 contracts"),
        ylabel=_("Earned (¥)"),
        ylim=(-35 * worth, 35 * worth),
    )
    ax.legend(loc="lower left")


def _list_in_words(groups, cost, worth):
    calls, earned = best_list(groups, cost=cost, worth=worth)
    if calls == 0:
        return _("A call costs ¥{cost:g}: call nobody.").format(cost=cost)
    risk = save_list(groups, cost=cost, worth=worth, first="risk")["earned"].max()
    words = _("A call costs ¥{cost:g}: call {calls:.0f} of 1,000, most movable first, and earn "
              "¥{earned:,.0f}; riskiest first earns ¥{risk:,.0f} at best.")  # fmt: skip
    return words.format(cost=cost, calls=calls, earned=earned, risk=risk)


def explore_save_list(groups, *, worth=WORTH):
    """Move the cost of a call and see whom it pays to call."""
    from crm_course import widgets

    def draw(cost_of_call=COST):
        return plot_save_list(groups, cost_of_call=cost_of_call, worth=worth)

    return widgets.explore(draw, cost_of_call=(5, 25, 1))


def plot_gain(curves, *, ax=None):
    """Draw gain curves beside the straight line of a list by lot.

    curves: {label: table (calls, gain) of `gain_curve`}, the best known first -> Axes.
    """
    ax = figures.new_axes(ax)
    for label, curve in curves.items():
        ax.plot(curve["calls"], curve["gain"], label=label, linewidth=1.5)
    end = max((curve.iloc[-1] for curve in curves.values()), key=lambda last: last["gain"])
    ax.plot([0, end["calls"]], [0, end["gain"]], ":", color="black", label=_("by lot"))
    ax.set(
        title=_("Renewals that the calls add"),
        xlabel=_("Calls, of 1,000 contracts"),
        ylabel=_("Renewals added"),
    )
    ax.legend(loc="lower right")
    half = {label: np.interp(500, curve["calls"], curve["gain"]) for label, curve in curves.items()}
    said = "; ".join(f"{label}: {gain:.0f}" for label, gain in half.items())
    return figures.say(ax, _("Renewals added by the first 500 calls of 1,000: {said}.").format(
        said=said))  # fmt: skip


def plot_promise(table, *, ax=None):
    """Draw what lists promise and what they keep, by the number of groups -> Axes.

    table (index groups; promised, kept) of `promised_and_kept`
    """
    ax = figures.new_axes(ax)
    names = {"promised": _("promised by the trial"), "kept": _("truly earned")}
    for column, label in names.items():
        ax.plot(table.index, table[column], marker="o", markersize=4, label=label)
    ax.axhline(0, color="black", linewidth=1)
    ax.set(
        title=_("What the save list earns, of 1,000 contracts"),
        xlabel=_("Groups into which the score is cut"),
        ylabel=_("Earned (¥)"),
    )
    ax.legend(loc="upper left")
    money = table.map(_yuan)
    few, many = money.iloc[0], money.iloc[-1]
    words = _("With {few} groups the list promises {promised} and earns {kept}; with {many} it "
              "promises {more} and earns {less}.")  # fmt: skip
    words = words.format(few=few.name, promised=few["promised"], kept=few["kept"], many=many.name,
                         more=many["promised"], less=many["kept"])  # fmt: skip
    return figures.say(ax, words)


def _yuan(amount):
    return f"{'−' if amount < 0 else ''}¥{abs(amount):,.0f}"


def plot_before_renewal(means, *, ax=None):
    """Draw satisfaction in the year before a renewal, of those who stay and who leave.

    means (index months; stays, leaves) of `before_renewal` -> Axes.
    """
    ax = figures.new_axes(ax)
    names = {"stays": _("those who then renew"), "leaves": _("those who then leave")}
    for column, label in names.items():
        ax.plot(-means.index, means[column], marker="o", markersize=4, label=label)
    ax.set(
        title=_("Satisfaction in the year before the contract ends"),
        xlabel=_("Months to the end of the contract"),
        ylabel=_("Satisfaction (0 to 10)"),
        ylim=(4.5, 7.5),
    )
    ax.legend(loc="upper left")
    gap = means["stays"] - means["leaves"]
    words = _("Eleven months before the end of the contract the gap is {early:.1f} points already; "
              "in the last month it is {late:.1f}.")  # fmt: skip
    return figures.say(ax, words.format(early=gap.iloc[0], late=gap.iloc[-1]))


def plot_survival(model, *, satisfaction=(-1, 1), ax=None):
    """Draw who is still there, by month, for an unhappy and a happy customer -> Axes.

    model of `fit_hazard`; satisfaction: the two customers, in steps from an ordinary one
    """
    ax = figures.new_axes(ax)
    there = {}
    for steps in satisfaction:
        curve = model.survival(satisfaction=steps)
        there[steps] = curve.iloc[-1]
        label = _("satisfaction {steps:+g}").format(steps=steps)
        ax.step(curve.index, curve, where="post", label=label)
    ax.set(
        title=_("Share of customers still there"),
        xlabel=_("Months since joining"),
        ylabel=_("Survival"),
        ylim=(0, 1.02),
    )
    ax.legend(loc="upper right")
    low, high = there.values()
    words = _("After three years {low:.0f} of 100 unhappy customers are there, and {high:.0f} of "
              "100 happy ones.")  # fmt: skip
    return figures.say(ax, words.format(low=100 * low, high=100 * high))
