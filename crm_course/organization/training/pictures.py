"""The pictures of training: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .money import HOUR, support_plans
from .trial import fit_effect

SUPPORT, BEHAVIOUR = (1.2, 5.1), (18, 84)  # what the axes show
ARMS = {"control": ("untrained", "--", "grey"), "training": ("trained", "-", "blue")}


def plot_lines(trial, *, ax=None):
    """Draw behaviour over the supervisor's help, a point and a line for each arm -> Axes.

    trial (arm, supervisor_support, behaviour)
    """
    ax = figures.new_axes(ax)
    ends = np.array(SUPPORT)
    for arm, (name, style, colour) in ARMS.items():
        seen = trial[trial["arm"] == arm].dropna(subset=["behaviour"])
        x, y = seen["supervisor_support"], seen["behaviour"]
        ax.scatter(x, y, s=14, color=figures.PALETTE[colour], alpha=0.45)
        slope, at_zero = np.polyfit(x, y, 1)
        ax.plot(ends, at_zero + slope * ends, style, color=figures.PALETTE[colour], label=_(name))
    ax.set(title=_("What the supervisor has to do with it"), xlim=SUPPORT, ylim=BEHAVIOUR,
           xlabel=_("How much the supervisor helps (1 to 5)"),
           ylabel=_("Behaviour (0 to 100)"))  # fmt: skip
    ax.legend(loc="upper left")
    line = fit_effect(trial)
    words = _("The course adds {low:.1f} points of behaviour where the supervisor's help is 2.5, "
              "{high:.1f} where it is 4.")  # fmt: skip
    return figures.say(ax, words.format(low=line.effect(2.5), high=line.effect(4.0)))


def plot_plans(trial, *, kept=0.7, hour=HOUR, ax=None):
    """Draw what sending everybody from some support up earns in a year -> Axes.

    trial: as of `support_plans`; kept: share left after three months; hour: ¥ an hour.
    """
    plans = support_plans(trial, kept=kept, hour=hour)
    best, everybody = plans.loc[plans["earns"].idxmax()], plans.iloc[0]
    ax = figures.new_axes(ax)
    ax.axhline(0, color=figures.PALETTE["grey"], linewidth=1)
    ax.plot(plans["least_support"], plans["earns"] / 1000, color=figures.PALETTE["blue"])
    for row, colour, label in ((everybody, "vermilion", "everybody"), (best, "green", "the top")):
        ax.plot(row["least_support"], row["earns"] / 1000, "o", markersize=9, label=_(label),
                color=figures.PALETTE[colour])  # fmt: skip
    ax.set(title=_("Whom to send"), ylim=(-360, 470), ylabel=_("Earned in a year (thousand ¥)"),
           xlabel=_("Sent: who has at least so much help"))  # fmt: skip
    ax.legend(loc="upper right")
    words = _("Kept {kept:.2f}, ¥{hour:.0f} an hour: sending all {all:.0f} {verb} ¥{money:,.0f}; "
              "from {least:.1f} up, {sent:.0f} people, ¥{best:,.0f}. Liked: {liked:.1f} and "
              "{fewer:.1f} of 5.")  # fmt: skip
    return figures.say(ax, words.format(
        kept=kept, hour=hour, all=everybody["sent"], money=abs(round(everybody["earns"], -3)),
        verb=_("earns") if everybody["earns"] >= 0 else _("loses"), least=best["least_support"],
        sent=best["sent"], best=round(best["earns"], -3), liked=everybody["liked"],
        fewer=best["liked"]))  # fmt: skip


def explore_whom(trial):
    """Let the course fade faster or slower, and cost more or less, and see whom to send."""
    from crm_course import widgets

    def draw(kept=0.7, hour=80):
        return plot_plans(trial, kept=round(kept, 2), hour=hour)

    return widgets.explore(draw, kept=(0.4, 0.9, 0.05), hour=(60, 120, 20))
