"""The pictures of customer economics: each function draws one and returns its axes."""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from crm_course import figures
from crm_course.locale import _

from .value import five_points, highest_fee, industry_bars

WIDEST = 130  # per cent: where the axis of the bars ends


def plot_industry_bars(own=None, *, ax=None):
    """Draw the twelve bars of the chart, and the bars of own customers below them.

    own: a Series of shares by name, such as five_points(channels)["bar"] -> Axes
    """
    ax = figures.new_axes(ax)
    bars = industry_bars().sort_values("published")
    ax.barh(bars["industry"], bars["published"], color=figures.PALETTE["grey"], alpha=0.45)
    own = pd.Series(dtype="float64") if own is None else 100 * own.sort_values()
    mine = ax.barh(list(own.index), own, color=figures.PALETTE["vermilion"])
    ax.bar_label(mine, fmt="{:.0f}", padding=3)
    ax.set(
        title=_("What five points of retention add to a customer's value"),
        xlabel=_("Per cent of the value after the cost of winning the customer"),
        xlim=(0, 100),
    )
    ax.grid(axis="y", visible=False)
    words = _("The published bars run from {low:.0f} % ({lowest}) to {high:.0f} % ({highest}).")
    said = words.format(
        low=bars["published"].iloc[0], lowest=bars["industry"].iloc[0],
        high=bars["published"].iloc[-1], highest=bars["industry"].iloc[-1])  # fmt: skip
    if len(own):
        ours = _("Our own run from {low:.0f} % ({lowest}) to {high:.0f} % ({highest}).")
        said += " " + ours.format(
            low=own.iloc[0], lowest=own.index[0],
            high=own.iloc[-1], highest=own.index[-1])  # fmt: skip
    return figures.say(ax, said)


def plot_five_points(
    *, margin=136.66, retention_rate=0.85, acquisition_cost=300, discount_rate=0.1
):
    """Draw one customer's bar among the twelve of the chart, and beside it the money behind it.

    margin: ¥ a year; acquisition_cost: ¥ -> Axes of the bars; on the right stands the highest fee
    for five points, in ¥ for each contract and year
    """
    one = {"margin": [margin], "retention_rate": [retention_rate], "acq_cost": [acquisition_cost]}
    bar = 100 * five_points(pd.DataFrame(one), discount_rate=discount_rate)["bar"].item()
    fee = highest_fee(margin, retention_rate, discount_rate, new_rate=retention_rate + 0.05)
    # fixed margins: measuring all labels on every move of a slider takes longer than drawing them
    figure, (bars, money) = plt.subplots(1, 2, figsize=(8, 3.6), width_ratios=(3, 1), layout="none")
    figure.subplots_adjust(left=0.26, right=0.97, bottom=0.15, top=0.91, wspace=0.3)
    chart = industry_bars().sort_values("published")
    bars.barh(chart["industry"], chart["published"], color=figures.PALETTE["grey"], alpha=0.45)
    if np.isfinite(bar):
        label = _("this customer")
        bars.axvline(min(bar, WIDEST), color=figures.PALETTE["vermilion"], lw=3, label=label)
        bars.legend(loc="lower right")
    bars.set(title=_("The bar"), xlabel=_("Per cent of net value"), xlim=(0, WIDEST))
    bars.grid(axis="y", visible=False)
    column = money.bar([_("highest fee")], [fee], color=figures.PALETTE["blue"], width=0.5)
    money.bar_label(column, fmt="¥{:.1f}")
    money.set(title=_("The money"), ylabel=_("¥ a contract and year"), ylim=(0, 60), xlim=(-1, 1))
    return figures.say(bars, _in_words(retention_rate, acquisition_cost, bar, fee))


def _in_words(rate, cost, bar, fee):
    words = (
        _("Retention {rate:.2f}, won for ¥{cost:g}: the bar reads {bar:.0f} %, "
          "and five points may cost up to ¥{fee:.1f} a year.")
        if np.isfinite(bar) else
        _("Retention {rate:.2f}, won for ¥{cost:g}: more than the customer is worth, so there is "
          "no bar; five points may cost up to ¥{fee:.1f} a year.")
    )  # fmt: skip
    return words.format(rate=rate, cost=cost, bar=bar, fee=fee)


def explore_five_points(*, margin=136.66, discount_rate=0.1):
    """Move retention and acquisition cost and see what becomes of the bar, and of the money."""
    from crm_course import widgets

    def draw(retention_rate=0.85, acquisition_cost=300):
        return plot_five_points(
            margin=margin, retention_rate=retention_rate, acquisition_cost=acquisition_cost,
            discount_rate=discount_rate)  # fmt: skip

    return widgets.explore(draw, retention_rate=(0.6, 0.94, 0.01), acquisition_cost=(0, 460, 20))


def plot_cohort_retention(survivors, *, model=None, ax=None):
    """Draw the share of each cohort that renews for the first, second, third ... time.

    survivors: a table as from `survivors`; model: an SBG whose rates are drawn as a line -> Axes
    """
    ax = figures.new_axes(ax)
    rates = (survivors / survivors.shift()).iloc[1:]
    colours = list(figures.PALETTE.values())
    for number, (cohort, rate) in enumerate(rates.items()):
        ax.plot(rate.index, rate, "o", color=colours[number % len(colours)], label=str(cohort))
    if model is not None:
        label = _("model: nobody changes")
        ax.plot(rates.index, model.retention_rate(rates.index), "--", color="black", label=label)
    ax.set(
        title=_("Share of those left that renews once more"),
        xlabel=_("Renewal"),
        ylabel=_("Retention rate"),
        ylim=(0.7, 1.0),
    )
    ax.legend(loc="lower right")
    first = rates.iloc[:, 0].dropna()
    words = _("Of the cohort {cohort}, {low:.2f} renew the first time and {high:.2f} of those left "
              "the time after {n} renewals.")  # fmt: skip
    return figures.say(ax, words.format(
        cohort=rates.columns[0], low=first.iloc[0], high=first.iloc[-1],
        n=len(first) - 1))  # fmt: skip


def plot_loyalty_layers(layers, *, ax=None):
    """Draw a customer's profit by year as stacked layers: a table of `loyalty_layers` -> Axes."""
    ax = figures.new_axes(ax)
    bottom = np.zeros(len(layers))
    colours = dict(zip(layers.columns, ["#9a9a9a", *figures.PALETTE.values()], strict=False))
    for layer, values in layers.items():
        below = np.where(values < 0, 0, bottom)
        ax.bar(layers.index, values, bottom=below, color=colours[layer], label=_(layer))
        bottom = bottom + np.maximum(values, 0)
    ax.set(title=_("Profit by year, if every layer were true"), xlabel=_("Year"), ylabel=_("¥"))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    total = layers.sum(axis=1)
    words = _("Profit is ¥{first:.0f} in year 0 and ¥{last:.0f} in year {year}.")
    return figures.say(ax, words.format(
        first=total.iloc[0], last=total.iloc[-1], year=layers.index[-1]))  # fmt: skip
