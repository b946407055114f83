"""The pictures of complaints: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .outcomes import PEOPLE, rebuy_rate

SHARES = np.linspace(0.2, 0.62, 15)  # beyond 0.62 today's desk is overloaded


def plot_outcomes(outcomes, *, ax=None):
    """Draw the four ends of a problem: as wide as its share, filled as far as customers return.

    outcomes (outcome, problems, share, rebuy_rate) of `complaint_outcomes` -> Axes
    """
    ax = figures.new_axes(ax)
    left = outcomes["share"].cumsum() - outcomes["share"]
    tall = {"width": outcomes["share"], "align": "edge", "edgecolor": "white"}
    ax.bar(left, np.ones(len(left)), color="#d9d9d9", **tall)
    ax.bar(left, outcomes["rebuy_rate"], color=figures.PALETTE["blue"], **tall)
    for x, share, name, rate in zip(
        left, outcomes["share"], outcomes["outcome"], outcomes["rebuy_rate"], strict=True
    ):
        ax.text(x + share / 2, 1.03, f"{_(name)}\n{share:.0%}", ha="center")
        ax.text(x + share / 2, rate + 0.02, f"{rate:.2f}", ha="center")
    ax.grid(visible=False)
    ax.set(
        title=_("How 1,000 problems end (blue: the customer buys again)"),
        xlabel=_("Share of all problems"),
        ylabel=_("Share that buys again"),
        xlim=(0, 1),
        ylim=(0, 1.2),
        yticks=np.linspace(0, 1, 6),
    )
    lost = (outcomes["share"] * (1 - outcomes["rebuy_rate"])).to_numpy()
    words = _("Of 1,000 problems {lost:.0f} end without another purchase, {silent:.0f} of these "
              "in silence.")  # fmt: skip
    return figures.say(ax, words.format(lost=1000 * lost.sum(), silent=1000 * lost[0]))


def plot_asking(outcomes, *, not_asked, asked, people=PEOPLE, ax=None):
    """Draw how many of 1,000 buy again, by how many complain, with so many people at the desk.

    outcomes (outcome, rebuy_rate) of `complaint_outcomes`; not_asked, asked: share of problems
    complained about without and with a question to everybody -> Axes
    """
    ax = figures.new_axes(ax)

    def buyers(voiced, count):
        return 1000 * rebuy_rate(outcomes, voiced, people=count)

    ax.plot(100 * SHARES, [buyers(v, people) for v in SHARES],
            label=_("{people} people").format(people=people))  # fmt: skip
    grey, usual = figures.PALETTE["grey"], _("today's desk: {people}").format(people=PEOPLE)
    ax.plot(100 * SHARES, [buyers(v, PEOPLE) for v in SHARES], ":", color=grey, label=usual)
    before, after = buyers(not_asked, people), buyers(asked, people)
    for share, count, name in ((not_asked, before, _("not asked")), (asked, after, _("asked"))):
        ax.plot(100 * share, count, "o", color=figures.PALETTE["vermilion"])
        ax.annotate(name, (100 * share, count), xytext=(0, 9), textcoords="offset points",
                    ha="center")  # fmt: skip
    ax.set(
        title=_("What asking does depends on who answers"),
        xlabel=_("Of 100 problems: complained about"),
        ylabel=_("Of 1,000 problems: buys again"),
        ylim=(400, 530),
    )
    ax.legend(loc="upper left")
    return figures.say(ax, _asking_in_words(people, round(before), round(after)))


def _asking_in_words(people, before, after):
    words = _("{people} people: {before} of 1,000 buy again if nobody is asked, {after} if "
              "everybody is: {change}.")  # fmt: skip
    more = after - before
    change = _("{n} more") if more > 0 else _("{n} fewer") if more < 0 else _("as many")
    change = change.format(n=abs(more))
    return words.format(people=people, before=before, after=after, change=change)


def explore_asking(outcomes, *, not_asked, asked):
    """Put people at the desk, and see whether asking everybody then brings customers back."""
    from crm_course import widgets

    def draw(people=PEOPLE):
        return plot_asking(outcomes, not_asked=not_asked, asked=asked, people=people)

    return widgets.explore(draw, people=(PEOPLE, 24, 1))
