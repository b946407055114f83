"""The pictures of retention: each function draws one and returns its axes."""

import numpy as np
from matplotlib import pyplot as plt

from crm_course import figures
from crm_course.locale import _

from .renewal import SHOPS, TEXTBOOK, WALL, kept_by


def plot_retention_curve(table, *, ax=None):
    """Draw the share of all cohorts that is active at each age, with a 95 % band.

    table (cohort, age, customers, rate) of `cohort_table`, by month -> Axes. The band is Wilson's
    interval for a share: what chance alone would do, not how cohorts differ.
    """
    from statsmodels.stats.proportion import proportion_confint

    pooled = _pool(table)
    if len(pooled) < 2:
        raise ValueError(f"table must hold two ages or more, got {len(pooled)}. Watch for longer.")
    low, high = proportion_confint(pooled["customers"], pooled["joined"], method="wilson")
    ax = figures.new_axes(ax)
    ax.fill_between(pooled.index, low, high, alpha=0.25, linewidth=0)
    ax.plot(pooled.index, pooled["rate"], marker="o", markersize=4)
    ax.set(
        title=_("Share of customers still active"),
        xlabel=_("Age of the cohort (months since joining)"),
        ylabel=_("Retention rate"),
        ylim=(0, 1.02),
    )
    falls = pooled["rate"].diff()
    words = _("The share of active customers falls most from age {before} to {age}, from "
              "{high:.2f} to {low:.2f}; at age {last} it is {end:.2f}.")  # fmt: skip
    age = falls.idxmin()
    return figures.say(ax, words.format(
        before=age - 1, age=age, high=pooled["rate"][age - 1], low=pooled["rate"][age],
        last=pooled.index[-1], end=pooled["rate"].iloc[-1]))  # fmt: skip


def _pool(table):
    """All cohorts together: customers active at each age, of those who could be."""
    joined = table[table["age"] == 0].set_index("cohort")["customers"]
    counted = table.assign(joined=table["cohort"].map(joined))
    pooled = counted.groupby("age")[["customers", "joined"]].sum()
    return pooled.assign(rate=pooled["customers"] / pooled["joined"])


def plot_survival(survival, *, ax=None):
    """Draw a Kaplan-Meier curve: (time, at_risk, events, survival) of `kaplan_meier` -> Axes."""
    ax = figures.new_axes(ax)
    ax.step([0, *survival["time"]], [1.0, *survival["survival"]], where="post")
    ax.set(
        title=_("Share of customers still there"),
        xlabel=_("Months since joining"),
        ylabel=_("Survival"),
        ylim=(0, 1.02),
    )
    gone = survival.loc[survival["survival"] <= 0.5, "time"]
    if gone.empty:
        return figures.say(ax, _("More than half of the customers are there to the end."))
    return figures.say(ax, _("Half of the customers are gone by month {month:g}.").format(
        month=gone.iloc[0]))  # fmt: skip


def plot_hostages(people, *, model=TEXTBOOK, switching_cost=0.0):
    """Draw how much satisfaction counts, and what two policies keep, after walls have moved.

    people (satisfaction, value, switching_cost) in steps, of `drivers`; switching_cost: by how
    many steps everybody's moves, negative where leaving gets easier -> Axes of the curve; beside
    it stand the renewals that the wall and better shops would add to 1,000 contracts.
    """
    figure, (curve, bars) = plt.subplots(1, 2, figsize=(8, 3.3), width_ratios=(3, 1.3))
    steps, grey = np.linspace(-2.5, 2.5, 41), figures.PALETTE["grey"]
    curve.plot(steps, model.probability(steps, 0, switching_cost), label=_("after the move"))
    curve.plot(steps, model.probability(steps, 0, 0), ":", color=grey, label=_("today"))
    curve.set(
        title=_("How much does satisfaction count?"),
        xlabel=_("Satisfaction (steps from an ordinary customer)"),
        ylabel=_("Probability of renewal"),
        ylim=(0, 1.02),
    )
    curve.legend(loc="lower right")
    kept = [
        1000 * kept_by(policy, people, model=model, move=switching_cost).mean()
        for policy in (WALL, SHOPS)
    ]
    labels = bars.bar([_("wall"), _("shops")], kept, color=list(figures.PALETTE.values())[1:3])
    bars.bar_label(labels, fmt="{:.0f}")
    bars.set(title=_("Kept of 1,000 contracts"), ylim=(0, 130))
    return figures.say(curve, _hostages_in_words(switching_cost, *kept))


def _hostages_in_words(move, wall, shops):
    words = _("Switching cost as today: of 1,000 contracts the wall keeps {wall:.0f} more, better "
              "shops keep {shops:.0f} more.") if move == 0 else _(
              "Switching cost {move:+g}: of 1,000 contracts the wall keeps {wall:.0f} more, better "
              "shops keep {shops:.0f} more.")  # fmt: skip
    return words.format(move=move, wall=wall, shops=shops)


def explore_hostages(people, *, model=TEXTBOOK):
    """Move everybody's switching cost and see what the wall and the shops would then keep."""
    from crm_course import widgets

    def draw(switching_cost=0.0):
        return plot_hostages(people, model=model, switching_cost=switching_cost)

    return widgets.explore(draw, switching_cost=(-2.0, 2.0, 0.25))
