"""The pictures of processes: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .bench import (
    LOAN,
    MACHINES_A_DAY,
    PLANS,
    PROGRAM,
    SAVED,
    SENT_HOME,
    WORK,
    bench_costs,
    one_server,
)

MOST = 700  # ¥ a day, where the bars of the explorer end
WAY = ("receive", "diagnose", "order part", "schedule", "repair", "check", "close", "end")


def plot_stay(*, machines_a_day=MACHINES_A_DAY, saved=SAVED, ax=None):
    """Draw how long a machine stays by how many come, today and with a test that is shorter.

    machines_a_day: that come today; saved: minutes off each test -> Axes.
    """
    ax = figures.new_axes(ax)
    stays = []
    curves = ((WORK, "-", "blue"), (WORK - saved, "--", "green"))
    for minutes, style, colour in curves:
        full = 24 * 60 / minutes
        come = full * (1 - np.geomspace(0.6, 0.012, 80))
        hours = [one_server(each / 24, 60 / minutes).time for each in come]
        ax.plot(come, hours, style, color=figures.PALETTE[colour],
                label=_("a test of {m:g} minutes").format(m=minutes))  # fmt: skip
        stays.append(one_server(machines_a_day / 24, 60 / minutes).time)
    ax.plot([machines_a_day] * 2, stays, "o", color=figures.PALETTE["vermilion"],
            label=_("{n:g} machines a day").format(n=machines_a_day))  # fmt: skip
    ax.set(title=_("A small step near the wall"), xlim=(6.4, 16.6), ylim=(0, 100),
           xlabel=_("Machines that come in a day"), ylabel=_("Stay (hours)"))  # fmt: skip
    ax.legend(loc="upper left")
    words = _("With {n:g} machines a day a machine stays {slow:.1f} hours; with {saved:g} minutes "
              "less work it stays {fast:.1f}.")  # fmt: skip
    return figures.say(ax, words.format(
        n=machines_a_day, slow=stays[0], saved=saved, fast=stays[1]))  # fmt: skip


def plot_plans(machines_a_day, *, sent_home=SENT_HOME, program=PROGRAM, ax=None):
    """Draw what each of four plans costs a day, loans and the rest -> Axes.

    machines_a_day: that come; sent_home: share of them, where asked first; program: ¥ a day
    """
    costs = bench_costs(machines_a_day, sent_home=sent_home, program=program)
    ax = figures.new_axes(ax)
    names = [_(plan) for plan in PLANS]
    loans = LOAN * costs["standing"]
    shown = loans.clip(upper=MOST)
    fees = (costs["cost"] - loans).where(np.isfinite(loans), 0)
    ax.barh(names, shown, color=figures.PALETTE["blue"], label=_("machines lent"))
    ax.barh(names, fees, left=shown, color=figures.PALETTE["vermilion"],
            label=_("program and questions"))  # fmt: skip
    for row, cost in enumerate(costs["cost"]):
        if cost < MOST:
            ax.text(cost + 6, row, f"¥{cost:,.0f}", va="center", weight="bold")
        else:
            text = f"¥{cost:,.0f}" if np.isfinite(cost) else _("grows without end")
            ax.text(MOST - 6, row, text, va="center", ha="right", color="white", weight="bold")
    ax.set(title=_("What a day costs"), xlabel=_("¥ a day"), xlim=(0, MOST))
    ax.invert_yaxis()
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
    ask, both = costs.loc["ask first", "cost"], costs.loc["both", "cost"]
    verdict = _("the program pays") if both < ask else _("the program does not pay")
    words = _("{n:g} machines a day, all asked first: ¥{ask:,.0f} a day without the program, "
              "¥{both:,.0f} with it: {verdict}.")  # fmt: skip
    return figures.say(ax, words.format(n=machines_a_day, ask=ask, both=both, verdict=verdict))


def explore_plans():
    """Let more machines come, send more or fewer home, and see which plan is cheapest."""
    from crm_course import widgets

    def draw(machines_a_day=MACHINES_A_DAY, sent_home_of_100=10, program=100):
        come, home = round(machines_a_day, 1), sent_home_of_100 / 100
        return plot_plans(come, sent_home=home, program=program)

    return widgets.explore(draw, machines_a_day=(14.0, 17.6, 0.2),
                           sent_home_of_100=(2, 20, 2), program=(0, 200, 20))  # fmt: skip


def plot_map(follows, *, ax=None):
    """Draw the way that cases take through the activities: follows of `directly_follows` -> Axes.

    Arrows to the right lie above, arrows back lie below; numbers say how often, and the mean wait.
    """
    ax = figures.new_axes(ax)
    found = {*follows["activity"], *follows["then"]}
    way = [name for name in (*WAY[:-1], *sorted(found - {*WAY}), WAY[-1]) if name in found]
    place = {name: number for number, name in enumerate(way)}
    cases = follows.loc[follows["then"] == WAY[-1], "cases"].sum()
    back = follows[follows["activity"].map(place) > follows["then"].map(place)]
    for row in follows.itertuples():
        _arrow(ax, place[row.activity], place[row.then], row, cases)
    box = {"boxstyle": "round", "fc": "white", "ec": figures.PALETTE["grey"]}
    for name, x in place.items():
        ax.text(x, 0, _(name).replace(" ", "\n"), ha="center", va="center", fontsize=10, bbox=box)
    ax.set(title=_("The way of the cases"), xlim=(-0.5, len(way) - 0.5), ylim=(-0.75, 0.95))
    ax.axis("off")
    words = _("{cases:,} cases run from {start} to {end}; {back:,} times one goes back.")
    return figures.say(ax, words.format(
        cases=cases, start=_(way[0]), end=_(way[-1]), back=back["cases"].sum()))  # fmt: skip


def _arrow(ax, start, end, row, cases):
    """One arrow between two places, straight to the next and bowed to any other."""
    near, back = end - start == 1, end < start
    bow, height = (0.0, 0.27) if near else (-0.35, 0.5 + 0.1 * abs(end - start))
    if back:
        height = 0.15 - height
    wait = "" if np.isnan(row.wait_hours) else f"\n{row.wait_hours:.0f} h"
    colour = figures.PALETTE["vermilion" if back else "blue"]
    offset = 0.36 if near else 0.0
    lift = 0.0 if near else (-0.16 if back else 0.4)
    ax.annotate("", (end - offset, lift), (start + offset, lift), arrowprops={
        "arrowstyle": "-|>", "color": colour, "linewidth": 0.6 + 3.5 * row.cases / cases,
        "connectionstyle": f"arc3,rad={bow}", "shrinkA": 0, "shrinkB": 0})  # fmt: skip
    ax.text((start + end) / 2, height, f"{row.cases:,}{wait}", ha="center", va="center", fontsize=9,
            color=colour)  # fmt: skip


def plot_chart(chart, *, place="", since=None, ax=None):
    """Draw a control chart: chart of `p_chart` -> Axes.

    place: whose chart it is, for the title; since: a month in which something changed. Points
    outside the limits are marked.
    """
    ax = figures.new_axes(ax)
    month, outside = chart["month"], chart[chart["outside"]]
    ax.fill_between(month, chart["low"], chart["high"], color=figures.PALETTE["grey"], alpha=0.15,
                    linewidth=0, label=_("what chance does"))  # fmt: skip
    ax.plot(month, chart["centre"], color="black", linewidth=1, label=_("centre"))
    ax.plot(month, chart["share"], marker="o", markersize=4)
    ax.plot(outside["month"], outside["share"], "D", markersize=8, linestyle="none",
            color=figures.PALETTE["vermilion"], label=_("outside"))  # fmt: skip
    if since is not None:
        ax.axvline(since - 0.5, color=figures.PALETTE["grey"], linestyle=":", linewidth=1.5)
    title = _("A share, month by month") + (f", {place}" if place else "")
    ax.set(title=title, xlabel=_("Month"), ylabel=_("Share"), ylim=(0, 1.02))
    ax.legend(loc="lower right", ncols=3)
    named = ", ".join(str(each) for each in outside["month"]) or _("none")
    words = _("Around {centre:.3f}; outside the limits: months {named}.")
    return figures.say(ax, words.format(centre=chart["centre"].iloc[0], named=named))
