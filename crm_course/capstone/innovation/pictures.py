"""The pictures of trying things out: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .trials import BAR, BUILDING, GOOD, IDEAS, evenings, rules

RULES = ("build all", "every evening", "once")
BARS = np.arange(1.0, 3.05, 0.1).round(1)


def plot_paths(tests, works, *, bar=BAR, ax=None):
    """Draw, for ideas that do nothing, how far ahead the new page was each evening -> Axes.

    tests: of `simulate_tests`; works: of `ideas_that_work`; bar: standard errors for a cup.
    """
    ax = figures.new_axes(ax)
    screen = evenings(tests)
    idle = screen[~screen["idea"].map(works).astype(bool)]
    touched = idle[idle["z"] >= bar].drop_duplicates("idea").set_index("idea")
    last = idle[(idle["day"] == idle["day"].max()) & (idle["z"] >= bar)]
    for idea, path in idle.groupby("idea"):
        won = idea in touched.index
        ax.plot(path["day"], path["z"], linewidth=1.1 if won else 0.5, alpha=0.9 if won else 0.35,
                color=figures.PALETTE["blue" if won else "grey"])  # fmt: skip
    ax.plot(touched["day"], touched["z"], "D", markersize=6, linestyle="none",
            markerfacecolor="none", markeredgewidth=1.5, color=figures.PALETTE["vermilion"],
            label=_("a cup"))  # fmt: skip
    ax.axhline(bar, color="black", linewidth=1.2, linestyle="--", label=_("the bar"))
    ax.set(title=_("Ideas that do nothing, evening after evening"), xlabel=_("Day of the test"),
           ylabel=_("Standard errors ahead"), xlim=(0.5, tests["day"].max() + 0.5))  # fmt: skip
    ax.legend(loc="lower right", ncols=2)
    words = _("{n} ideas that do nothing: {touched} stood above the bar on some evening, {last} on "
              "the last.")  # fmt: skip
    return figures.say(ax, words.format(
        n=idle["idea"].nunique(), touched=len(touched), last=len(last)))  # fmt: skip


def plot_rules(*, building=BUILDING, good=GOOD, ax=None):
    """Draw what three rules earn in a year of 100 ideas -> Axes.

    building: ¥ to build an idea for good; good: share of the ideas that works
    """
    ax = figures.new_axes(ax)
    table = rules(building=building, good=good).loc[list(RULES)]
    earned = table["earned"] / 1e6
    best = earned.idxmax()
    names = [_(rule) for rule in RULES]
    colours = [figures.PALETTE["green" if rule == best else "blue"] for rule in RULES]
    ax.barh(names, earned.clip(lower=-3), color=colours)
    for row, value in enumerate(earned):
        inside = value < -3
        ax.text(-2.95 if inside else max(value, 0) + 0.05, row, f"{value:,.2f}", va="center",
                color="white" if inside else "black", weight="bold")  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set(title=_("What a year of ideas earns"), xlabel=_("¥ million, building paid"),
           xlim=(-3, 6))  # fmt: skip
    ax.invert_yaxis()
    words = _("¥{building:,.0f} to build, {good:.0f} of {ideas} ideas work: build all {all:,.2f}, "
              "every evening {evening:,.2f}, once {once:,.2f} (¥ million). Best: "
              "{best}.")  # fmt: skip
    return figures.say(ax, words.format(
        building=building, good=good * IDEAS, ideas=IDEAS, all=earned["build all"],
        evening=earned["every evening"], once=earned["once"], best=_(best)))  # fmt: skip


def explore_rules():
    """Make building cheaper or dearer and ideas better or worse, and see which rule earns most."""
    from crm_course import widgets

    def draw(ideas_that_work=10, building=60):
        return plot_rules(building=1000 * building, good=ideas_that_work / IDEAS)

    return widgets.explore(draw, ideas_that_work=(0, 40, 2), building=(0, 100, 10))


def plot_bars(*, building=BUILDING, good=GOOD, ax=None):
    """Draw what both rules that test earn by how high the bar stands -> Axes."""
    ax = figures.new_axes(ax)
    best = {}
    for rule, style, colour in (("every evening", "-", "blue"), ("once", "--", "green")):
        earned = [rules(building=building, good=good, bar=float(bar)).loc[rule, "earned"] / 1e6
                  for bar in BARS]  # fmt: skip
        ax.plot(BARS, earned, style, color=figures.PALETTE[colour], label=_(rule))
        top = int(np.argmax(earned))
        ax.plot(BARS[top], earned[top], "o", color=figures.PALETTE["vermilion"])
        best[rule] = (BARS[top], earned[top])
    ax.axvline(BAR, color=figures.PALETTE["grey"], linestyle=":", linewidth=1.5)
    ax.set(title=_("How high should the bar be?"), xlabel=_("Standard errors for a cup"),
           ylabel=_("¥ million a year"), ylim=(-1, None))  # fmt: skip
    ax.legend(loc="lower right")
    words = _("Building ¥{building:,.0f}: looking every evening earns most at {a:.1f}, ¥{x:.2f} "
              "million; looking once at {b:.1f}, ¥{y:.2f} million.")  # fmt: skip
    (a, x), (b, y) = best["every evening"], best["once"]
    return figures.say(ax, words.format(building=building, a=a, x=x, b=b, y=y))


def plot_groups(rates, *, ax=None):
    """Draw four measures of one rule for each group: rates of `group_rates` -> Axes."""
    ax = figures.new_axes(ax)
    measures = {"refused": _("refused"), "wronged": _("would pay,\nrefused"),
                "slipped": _("would not pay,\ngets credit"),
                "right": _("refused,\nwould not pay")}  # fmt: skip
    place = np.arange(len(measures))
    for number, (group, colour) in enumerate(zip(rates.index, ("blue", "vermilion"), strict=True)):
        shares = rates.loc[group, list(measures)]
        ax.bar(place + 0.38 * number, shares, 0.36, color=figures.PALETTE[colour], label=_(group))
        for x, share in zip(place + 0.38 * number, shares, strict=True):
            ax.text(x, share + 0.006, f"{share:.2f}", ha="center", fontsize=9)
    ax.set(title=_("One limit, four measures"), ylabel=_("Share"), ylim=(0, 0.45))
    ax.set_xticks(place + 0.19, list(measures.values()))
    ax.legend(loc="upper right", ncols=2)
    said = [f"{measures[name].replace(chr(10), ' ')} "
            + _(" and ").join(f"{rates.loc[group, name]:.2f}" for group in rates.index)
            for name in measures]  # fmt: skip
    return figures.say(ax, ", ".join(map(str, rates.index)) + ": " + "; ".join(said) + ".")
