"""The pictures of communication: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _
from crm_course.schema.home import STYLES

from .listening import NONE, listen
from .pitches import (
    QUESTION,
    SEMINAR,
    asking_needs,
    asking_value,
    listening_value,
    yearly_money,
)

LOOKS = dict(zip((*STYLES, NONE), ("-", "--", "-.", ":", "-"), strict=True))
MARKERS = dict(zip((*STYLES, NONE), "osD^x", strict=True))
LINES = (":", "-.", "--", (0, (1, 4)))  # of the policies beside asking
POINT = 0.01  # of the share that buys


def plot_listening(call, *, ax=None):
    """Draw how the probability of each style moves from sign to sign: a row of conversations."""
    ax = figures.new_axes(ax)
    steps = listen(call)
    for style, colour in zip(LOOKS, figures.PALETTE.values(), strict=True):
        ax.plot(range(1, len(steps) + 1), steps[style], LOOKS[style], marker=MARKERS[style],
                color=colour, label=_(style))  # fmt: skip
    heard = steps["heard"] == "yes"
    ax.set(title=_("What one call says about its caller"), ylim=(0, 0.6), xlim=(0.8, 8.2),
           ylabel=_("Probability"))  # fmt: skip
    names = [_(sign.replace("_", " ")) for sign in steps.index]
    ax.set_xticks(range(1, len(steps) + 1), [
        f"{name}\n{_('heard') if yes else '–'}" for name, yes in zip(names, heard, strict=True)
    ], fontsize=8, rotation=25)  # fmt: skip
    ax.legend(ncols=5, loc="upper center", fontsize=9)
    last = steps.iloc[-1][[*STYLES, NONE]].astype(float)
    words = _("After eight signs the likeliest is {style}, with a probability of {p:.2f}.")
    return figures.say(ax, words.format(style=_(last.idxmax()), p=last.max()))


def plot_certainty(*, moments=2, certainty=0.0, loss=4, ax=None):
    """Draw what speaking in style adds, by the certainty from which on one does -> Axes.

    moments: how many of eight one listens to; certainty: 0 to 1, marked; loss: what a wrong style
    takes off the share that buys, in points.
    """
    ax = figures.new_axes(ax)
    grid = np.linspace(0, 0.9, 91)
    sales = [1000 * listening_value(moments, each, loss=POINT * loss)[0] for each in grid]
    value, spoken = listening_value(moments, certainty, loss=POINT * loss)
    ax.plot(grid, sales, drawstyle="steps-pre")
    ax.axhline(0, color="black", linewidth=1)
    ax.plot([certainty], [1000 * value], "D", color=figures.PALETTE["vermilion"])
    ax.set(title=_("Extra sales in 1,000 calls, next to speaking plainly"),
           ylim=(min(-20, 1.1 * min(sales)), max(12, 1.1 * max(sales))),
           xlabel=_("Certainty from which on one speaks in the likeliest style"),
           ylabel=_("Sales"), xlim=(-0.02, 0.9))  # fmt: skip
    words = _("After {moments} moments, in style from a certainty of {certainty:.2f} on: "
              "{spoken:.0%} of the callers hear a style, and of 1,000 {change}.")  # fmt: skip
    change = _("{n:.1f} more buy") if value >= 0 else _("{n:.1f} fewer buy")
    return figures.say(ax, words.format(
        moments=moments, certainty=certainty, spoken=spoken,
        change=change.format(n=abs(1000 * value))))  # fmt: skip


def explore_listening():
    """Listen longer, wait until one is surer, make a wrong style dearer: does a style pay?"""
    from crm_course import widgets

    return widgets.explore(
        plot_certainty, moments=(0, 8, 1), certainty=(0.0, 0.9, 0.05), loss=(1, 8, 1)
    )


def plot_asking(policies, *, ax=None):
    """Draw what one question earns a year, by how many answer it truthfully -> Axes.

    policies: as of `policy_table`, what asking is compared with. The seminar is paid everywhere.
    """
    ax = figures.new_axes(ax)
    truthful = np.linspace(0.3, 0.8, 51)
    asked = yearly_money(1000 * asking_value(truthful), cost=SEMINAR + QUESTION) / 1000
    ax.plot(100 * truthful, asked, label=_("ask"))
    colours = list(figures.PALETTE.values())[1:]
    for row, look, colour in zip(policies.itertuples(), LINES, colours, strict=False):
        ax.axhline(yearly_money(row.extra, cost=SEMINAR) / 1000, linestyle=look, color=colour,
                   label=_(row.policy))  # fmt: skip
    ax.axhline(0, color="black", linewidth=1)
    ax.set(title=_("What the answers must be worth"), ylabel=_("¥ thousand a year"),
           xlabel=_("Of 100 callers: answer truthfully"))  # fmt: skip
    ax.legend(loc="upper left")
    best = policies.loc[policies["extra"].idxmax()]
    words = _("Asking earns more than {policy} once {n:.0f} of 100 callers answer truthfully.")
    return figures.say(ax, words.format(
        policy=_(best["policy"]), n=np.ceil(100 * asking_needs(best["extra"]))))  # fmt: skip
