"""The pictures of performance: each function draws one and returns its axes."""

import numpy as np

from crm_course import figures
from crm_course.locale import _

from .indicators import retention_windows, window_retention
from .listening import fit_lead

PLANS = ("budget", "standard", "premium")
EDGE = -25  # per cent; further down nothing could be told apart above it


def plot_formula(kpis, *, first=13, months=12, ax=None):
    """Draw for each plan what the formula and what the chain says of one window -> Axes.

    kpis (segment, month, start, new, end); first, months: the window. What lies below EDGE per
    cent is drawn as an arrow at the edge, with its number.
    """
    table = window_retention(kpis, first=first, months=months).set_index("segment").loc[list(PLANS)]
    ax = figures.new_axes(ax)
    for place, row in enumerate(table.itertuples()):
        ends = 100 * row.formula, 100 * row.chained
        drawn = max(ends[0], EDGE), ends[1]
        ax.plot(drawn, [place, place], color="black", linewidth=1)
        for end, at, side in zip(ends, drawn, ("right", "left"), strict=True):
            ax.annotate(f"{end:.0f}".replace("-", "−"), (at, place), xytext=(0, 9),
                        textcoords="offset points", ha="left" if at == EDGE else side)  # fmt: skip
    formula = 100 * table["formula"].to_numpy()
    inside, red = formula >= EDGE, figures.PALETTE["vermilion"]
    ax.plot(formula[inside], np.flatnonzero(inside), "s", markersize=8, color=red,
            label=_("(end − new) / start"))  # fmt: skip
    ax.plot(np.full((~inside).sum(), EDGE), np.flatnonzero(~inside), "<", markersize=10, color=red)
    ax.plot(100 * table["chained"], range(3), "o", markersize=8, label=_("month by month"),
            color=figures.PALETTE["blue"])  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set(title=_("Retention by two roads, months {first} to {last}").format(
               first=first, last=first + months - 1),
           xlabel=_("Per cent of the first customers who stayed"), ylim=(-0.6, 2.7),
           xlim=(EDGE - 3, 75),
           yticks=range(3), yticklabels=[_(plan) for plan in PLANS])  # fmt: skip
    ax.legend(loc="lower right")
    words = _("By the formula {f0:.0f}, {f1:.0f} and {f2:.0f} per cent stayed with budget, "
              "standard and premium; month by month {c0:.0f}, {c1:.0f} and {c2:.0f}.")  # fmt: skip
    values = {f"{name[0]}{n}": 100 * table[name].iloc[n]
              for name in ("formula", "chained") for n in range(3)}  # fmt: skip
    return figures.say(ax, words.format(**values))


def plot_windows(kpis, *, first_month=13, months=12, plan="budget", ax=None):
    """Draw the retention of a plan over windows that begin in one month and grow longer -> Axes."""
    rows = kpis[kpis["segment"] == plan]
    table = retention_windows(rows, first=first_month, most=months)
    ax = figures.new_axes(ax)
    ax.plot(table["months"], 100 * table["formula"], "s-", label=_("(end − new) / start"),
            color=figures.PALETTE["vermilion"], markersize=5)  # fmt: skip
    ax.plot(table["months"], 100 * table["chained"], "o-", label=_("month by month"),
            color=figures.PALETTE["blue"], markersize=5)  # fmt: skip
    ax.axhline(0, color="black", linewidth=1)
    last = table.iloc[-1]
    ax.set(title=_("Who is still there, by the length of the window"), xlim=(0.5, 12.5),
           xlabel=_("Months in the window"), ylabel=_("Per cent who stayed"),
           ylim=(min(-10, 110 * last["formula"]), 105))  # fmt: skip
    ax.legend(loc="lower left")
    words = _("{plan}, {months} months from month {first}: by the formula {formula:.0f} % stayed, "
              "month by month {chained:.0f} %.")  # fmt: skip
    return figures.say(ax, words.format(
        plan=_(plan).capitalize(), months=months, first=first_month,
        formula=100 * last["formula"], chained=100 * last["chained"]))  # fmt: skip


def explore_windows(kpis):
    """Let a window begin later and grow shorter, and see what becomes of both retentions."""
    from crm_course import widgets

    def draw(first_month=13, months=12, plan="budget"):
        return plot_windows(kpis, first_month=first_month, months=months, plan=plan)

    return widgets.explore(draw, first_month=(13, 25, 1), months=(1, 12, 1), plan=list(PLANS))


def plot_growth(parts, *, ax=None):
    """Draw what each factor added to the growth: table of `growth_decomposition` -> Axes."""
    logs = 100 * parts["log_growth"]
    names = [_(name.capitalize()) for name in logs.index]
    colours = [figures.PALETTE["blue" if value >= 0 else "vermilion"] for value in logs]
    colours[-1] = figures.PALETTE["grey"]
    starts = np.append(np.cumsum(logs.iloc[:-1]) - logs.iloc[:-1], 0)
    ax = figures.new_axes(ax)
    ax.bar(names, logs, bottom=starts, color=colours)
    for place, (start, value) in enumerate(zip(starts, logs, strict=True)):
        words = f"{value:+.1f}".replace("-", "−")
        ax.annotate(words, (place, max(start, start + value)), xytext=(0, 3),
                    textcoords="offset points", ha="center")  # fmt: skip
    ax.axhline(0, color="black", linewidth=1)
    ax.margins(y=0.12)
    ax.set(title=_("What the growth is made of"), ylabel=_("Log points (100 × log growth)"))
    words = _("Of {total:.1f} log points of growth, {most} made {value:.1f}.")
    most = logs.iloc[:-1].idxmax()
    return figures.say(ax, words.format(total=logs.iloc[-1], most=_(most), value=logs[most]))


def plot_lead(kpis, *, odd=25, ax=None):
    """Draw retention by the satisfaction of the month before, with and without one odd month.

    kpis: as of `fit_lead`; odd: the month asked in another way -> Axes.
    """
    both = fit_lead(kpis), fit_lead(kpis[kpis["month"] != odd])
    pairs = both[0].pairs
    after = pairs["month"] == odd + 1
    ax = figures.new_axes(ax)
    for rows, marker, colour, label in (
        (pairs[~after], "o", "grey", _("a plan in a month")),
        (pairs[after], "D", "vermilion", _("after month {odd}").format(odd=odd)),
    ):
        ax.plot(rows["before"], 100 * rows["retention"], marker, markersize=5, label=label,
                color=figures.PALETTE[colour])  # fmt: skip
    for lead, rows, style, label in ((both[0], pairs, "--", _("all months")),
                                     (both[1], pairs[~after], "-", _("without it"))):  # fmt: skip
        x = np.array([rows["before"].min(), rows["before"].max()])
        y = rows["retention"].mean() + lead.slope * (x - rows["before"].mean())
        ax.plot(x, 100 * y, style, label=label, color=figures.PALETTE["blue"])
    ax.set(title=_("Who was content, and who stayed"), ylim=(-2.6, 2.6),
           xlabel=_("Satisfaction, points from the plan's mean"),
           ylabel=_("Retention of the next month (points)"))  # fmt: skip
    ax.legend(loc="lower right")
    words = _("A point of satisfaction goes with {all:.1f} points of retention in all months, with "
              "{rest:.1f} without month {odd}.")  # fmt: skip
    return figures.say(ax, words.format(
        all=100 * both[0].slope, rest=100 * both[1].slope, odd=odd))  # fmt: skip
