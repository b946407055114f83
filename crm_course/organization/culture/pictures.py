"""The pictures of culture: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .slopes import fit_slopes, world
from .survey import designs

SCORES, STEPS = (2.65, 4.25), (-3, 3)  # what the axes show


def plot_slopes(panel, *, named=(23, 41), ax=None):
    """Draw each branch as a point with its own short line, and the line through all points.

    panel (branch, score, csat); named: branches whose number stands beside them -> Axes. A short
    line is as steep as all branches are together when each is compared with itself, and reaches
    over the scores that the branch has had.
    """
    found = fit_slopes(panel)
    branches = panel.groupby("branch")[["score", "csat"]].mean()
    ends = panel.groupby("branch")["score"].agg(["min", "max"])
    ax = figures.new_axes(ax)
    label = _("within a branch")
    for branch, mean in branches.iterrows():
        x = ends.loc[branch].to_numpy()
        ax.plot(x, mean["csat"] + found.within * (x - mean["score"]), linewidth=1, label=label,
                color=figures.PALETTE["vermilion"], alpha=0.5)  # fmt: skip
        label = None
    _branches(ax, branches, found.between)
    for branch in named:
        ax.annotate(str(branch), branches.loc[branch, ["score", "csat"]], xytext=(5, 4),
                    textcoords="offset points", weight="bold")  # fmt: skip
    words = _("Between branches one point of culture goes with {between:.2f} steps of "
              "satisfaction, within a branch with {within:.2f}.")  # fmt: skip
    return figures.say(ax, words.format(between=found.between, within=found.within))


def plot_world(panel, truth, *, culture=0.0, managers=1.0, ax=None):
    """Draw both slopes in a world where culture and managers move customers by so much.

    panel, truth: as of `world`; culture, managers: steps of satisfaction for one step -> Axes.
    """
    other = world(panel, truth, culture=culture, managers=managers)
    found = fit_slopes(other)
    branches = other.groupby("branch")[["score", "csat"]].mean()
    ax = figures.new_axes(ax)
    x = np.array(SCORES)
    ax.plot(x, branches["csat"].mean() + found.within * (x - branches["score"].mean()), "--",
            color=figures.PALETTE["vermilion"], label=_("within a branch"))  # fmt: skip
    _branches(ax, branches, found.between)
    words = _("Culture {culture:.1f}, managers {managers:.1f}: a point goes with {between:.2f} "
              "steps between branches, with {within:.2f} within a branch.")  # fmt: skip
    return figures.say(ax, words.format(
        culture=culture, managers=managers, between=found.between,
        within=found.within))  # fmt: skip


def _branches(ax, branches, slope):
    """Draw the branches and the line through them."""
    ax.plot(branches["score"], branches["csat"], "o", markersize=4, color=figures.PALETTE["grey"],
            label=_("a branch, three years"))  # fmt: skip
    x = np.array(SCORES)
    ax.plot(x, branches["csat"].mean() + slope * (x - branches["score"].mean()),
            color=figures.PALETTE["blue"], label=_("between branches"))  # fmt: skip
    ax.set(title=_("Culture and customers of sixty branches"), xlim=SCORES, ylim=STEPS,
           xlabel=_("Culture (points of the survey)"),
           ylabel=_("Satisfaction (steps)"))  # fmt: skip
    ax.legend(loc="lower right")


def explore_worlds(panel, truth):
    """Let culture and managers move customers by more or less, and see what both slopes do."""
    from crm_course import widgets

    def draw(culture=0.0, managers=1.0):
        return plot_world(panel, truth, culture=culture, managers=managers)

    return widgets.explore(draw, culture=(0.0, 0.8, 0.1), managers=(0.0, 1.2, 0.1))


def plot_designs(answers, *, questions=(1, 3, 12), wanted=0.8, ax=None):
    """Draw what is known about a branch by how many colleagues answer: answers of a wave -> Axes.

    questions: one curve for each number; wanted: a line at this reliability.
    """
    asked = list(range(1, 26))
    table = designs(answers, colleagues=asked, questions=list(questions))
    ax = figures.new_axes(ax)
    for number, style in zip(questions, (":", "--", "-"), strict=True):
        rows = table[table["questions"] == number]
        label = _("questions: {n}").format(n=number)
        ax.plot(rows["colleagues"], rows["reliability"], style, label=label)
    ax.axhline(wanted, color="black", linewidth=1)
    ax.set(title=_("What is known about a branch"), xlabel=_("Colleagues who answer"),
           ylabel=_("Reliability"), ylim=(0, 1.02), xlim=(0, 26))  # fmt: skip
    ax.legend(loc="lower right")
    few, many = min(questions), max(questions)
    last = table.groupby("questions")["reliability"].max()
    words = _("With 25 colleagues the reliability is {low:.2f} at {few} and {high:.2f} at {many} "
              "questions; with one colleague it is {one:.2f} at {many}.")  # fmt: skip
    one = table.query("colleagues == 1 and questions == @many")["reliability"].item()
    return figures.say(ax, words.format(
        low=last[few], high=last[many], few=few, many=many, one=one))  # fmt: skip


def plot_lead(lead, *, ax=None):
    """Draw a lead by wave: Series of `lead_over_time` -> Axes."""
    ax = figures.new_axes(ax)
    ax.plot(lead.index, lead, marker="o")
    ax.axhline(0, color="black", linewidth=1)
    ax.set(title=_("How far the best branches of wave 1 lead"), ylim=(-0.05, 0.5),
           xlabel=_("Wave (half-years)"), ylabel=_("Points of the survey"))  # fmt: skip
    words = _("The lead falls from {first:.2f} points in wave {start} to {last:.2f} in wave {end}.")
    return figures.say(ax, words.format(
        first=lead.iloc[0], last=lead.iloc[-1], start=lead.index[0],
        end=lead.index[-1]))  # fmt: skip
