"""Pictures of the firm, and the explorer of its training."""

from dataclasses import replace

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .policies import DING_AN, simulate_firm

HOURS = np.arange(0, 121, 8)
LINES = ("--", "-", ":", "-.")


def plot_profits(games, *, ax=None):
    """Draw the profit of every quarter: {name: Played} -> Axes."""
    ax = figures.new_axes(ax)
    for (name, played), style in zip(games.items(), LINES, strict=False):
        quarters = [each.number for each in played.quarters]
        ax.plot(quarters, np.array(played.profits) / 1e6, style, marker="o", label=name)
    ax.set(title=_("Profit of each quarter"), xlabel=_("Quarter"), ylabel=_("Million ¥"),
           xlim=(0.5, 12.5), xticks=(1, 4, 8, 12))  # fmt: skip
    ax.legend()
    last = [f"{name}: ¥{played.profits[-1] / 1e6:.2f}" for name, played in games.items()]
    words = _("Profit in the last quarter shown, in millions: {last}.")
    return figures.say(ax, words.format(last="; ".join(last)))


def plot_earnings(table, *, ax=None):
    """Draw what each decision earned alone and last: a table of `earnings` -> Axes."""
    ax = figures.new_axes(ax)
    places = np.arange(len(table))
    for shift, column, name in ((-0.2, "alone", _("alone")), (0.2, "last", _("with the others"))):
        bars = ax.barh(places + shift, table[column] / 1e6, height=0.38, label=name)
        ax.bar_label(bars, fmt="{:.1f}", padding=3)
    ax.axvline(0, color="black", linewidth=1)
    ax.set(title=_("What each decision earned (million ¥)"), yticks=places,
           yticklabels=table["decision"], xlabel=_("Against the firm without it"),
           xlim=(-4, 17))  # fmt: skip
    ax.invert_yaxis()
    ax.legend(loc="lower right")
    turned = table[(table["alone"] > 0) & (table["last"] < 0)]["decision"]
    words = _("Alone {alone} of the six earn money, with the others {last} do; the sign turns for: "
              "{turned}.")  # fmt: skip
    return figures.say(ax, words.format(
        alone=(table["alone"] > 0).sum(), last=(table["last"] > 0).sum(),
        turned=", ".join(turned) or _("none")))  # fmt: skip


def training_gain(agents, hours, *, policy=DING_AN):
    """Return what so many hours of training earn with so many agents, in yuan today.

    hours: a number, or several; policy: the other four decisions. Against no training at all.
    """
    answering = replace(policy, agents=agents)
    without = simulate_firm(replace(answering, training=0)).value
    gains = [simulate_firm(replace(answering, training=h)).value - without for h in np.ravel(hours)]
    return np.array(gains) if np.ndim(hours) else gains[0]


def plot_training(*, agents=11, hours=80, policy=DING_AN):
    """Draw what training earns by its hours, with so many agents -> Axes."""
    ax = figures.new_axes()
    curve = training_gain(agents, HOURS, policy=policy)
    here = training_gain(agents, hours, policy=policy)
    ax.plot(HOURS, curve / 1e6)
    ax.axhline(0, color="black", linewidth=1)
    ax.plot([hours], [here / 1e6], "D", color=figures.PALETTE["vermilion"])
    ax.set(title=_("What training earns, by its hours"), ylim=(-6, 7), ylabel=_("Million ¥"),
           xlabel=_("Hours of training for each employee in a year"))  # fmt: skip
    earns = _("{agents} agents: {hours} hours of training earn ¥{gain:.1f} million.")
    loses = _("{agents} agents: {hours} hours of training lose ¥{gain:.1f} million.")
    words = earns if here >= 0 else loses
    return figures.say(ax, words.format(agents=agents, hours=hours, gain=abs(here) / 1e6))


def explore_training(policy=DING_AN):
    """Hire agents, and watch what the training is worth."""
    from crm_course import widgets

    def draw(agents=11, hours=80):
        return plot_training(agents=agents, hours=hours, policy=policy)

    return widgets.explore(draw, agents=(10, 22, 1), hours=(8, 120, 8))
