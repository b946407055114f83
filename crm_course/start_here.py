"""Monday at Lanting Mobile: 200 calls, and whom to spend them on.

A call costs ¥15. A renewal is worth ¥200. The software gives every customer a churn score, and the
invented world knows what no firm can see: by how much a call changes each customer's mind.
"""

import numpy as np
import pandas as pd

from . import datasets, doctor, figures, widgets
from .locale import _

CALLS = 200
COST = 15.0  # of one call, in currency
WORTH = 200.0  # of one renewal, in currency


class Hello:
    """The first line of the course: the doctor's verdict, and a slider that answers in words."""

    def __init__(self):
        self.verdict = doctor.ready()

    def __repr__(self):
        return repr(self.verdict)

    def _repr_mimebundle_(self, include=None, exclude=None):
        note = _("Run this cell: the verdict on your machine will stand here, and a slider to try.")
        static = f"<p><i>{note}</i></p>"
        return {**self._live()._repr_mimebundle_(), "text/html": static, "text/plain": repr(self)}

    def _live(self):
        import ipywidgets as w

        slider = w.IntSlider(0, 0, 10, description=_("Move me"), readout=False)
        box = w.BoundedIntText(0, 0, 10, description="=", tooltip=_("Move me"))
        box.layout.width = "8rem"
        answer = w.HTML(f'<p role="status">{_("I am waiting.")}</p>')

        def moved(change):
            words = _("You moved me to {number}: widgets work.").format(number=change["new"])
            answer.value = f'<p role="status">✔ {words}</p>'

        slider.observe(moved, "value")
        w.jslink((slider, "value"), (box, "value"))
        return w.VBox([w.HTML(self.verdict._repr_html_()), w.HBox([slider, box]), answer])


def hello():
    """Return the verdict on this machine, with a slider to try."""
    return Hello()


def monday():
    """Return the customers whose contract ends this year, riskiest first.

    -> (customer_id, churn_score, monthly_bill, satisfaction, uplift): churn_score 0 to 100 by the
    firm's software, monthly_bill in currency, satisfaction 0 to 10, uplift the hidden truth, by
    how much a call adds to the probability of renewal.
    """
    panel = datasets.load("panel").query("renewal_due and month > 24")
    truth = datasets.load("truth_panel", truth=True)[["customer_id", "month", "uplift"]]
    calls = panel.merge(truth, on=["customer_id", "month"])
    names = {"risk_score": "churn_score", "revenue": "monthly_bill", "sat": "satisfaction"}
    columns = ["customer_id", *names.values(), "uplift"]
    return (
        calls.rename(columns=names)[columns]
        .sort_values(["churn_score", "customer_id"], ascending=[False, True])
        .reset_index(drop=True)
    )


def choose(customers, whom, *, seed=0):
    """Return the 200 customers to call: "riskiest", "best" (the highest bills) or "random"."""
    ranks = {
        "riskiest": -customers["churn_score"],
        "best": -customers["monthly_bill"],
        "random": pd.Series(np.random.default_rng(seed).random(len(customers)), customers.index),
    }
    if whom not in ranks:
        raise ValueError(f"whom must be one of {list(ranks)}, got {whom!r}. Choose one of them.")
    return customers.loc[ranks[whom].sort_values(kind="stable").index[:CALLS]]


def skip(customers, percent):
    """Return the 200 riskiest customers after the riskiest `percent` of all are left out."""
    first = round(len(customers) * percent / 100)
    return customers.iloc[first : first + CALLS]


def result(called):
    """Return what the calls earn: renewals won by them, times their worth, less their cost."""
    return float((called["uplift"] * WORTH - COST).sum())


def plot_monday(customers, *, skip_riskiest=0, ax=None):
    """Draw what a call earns at each place of the list, and the 200 who are called.

    customers of `monday`; skip_riskiest: per cent of the list -> Axes.
    """
    groups = np.arange(len(customers)) * 20 // len(customers)
    earned = (customers["uplift"] * WORTH - COST).groupby(groups).mean()
    start = round(len(customers) * skip_riskiest / 100) * 100 / len(customers)
    ax = figures.new_axes(ax)
    ax.axvspan(start, start + 100 * CALLS / len(customers), alpha=0.2, label=_("called"))
    ax.bar(earned.index * 5 + 2.5, earned, width=4.4, color=figures.PALETTE["grey"])
    ax.axhline(0, color="black", linewidth=1)
    ax.set(
        title=_("What one call earns, from the riskiest customer to the safest"),
        xlabel=_("Place on the list (% of customers)"),
        ylabel=_("Earned by a call (¥)"),
    )
    ax.legend(loc="upper right")
    money = result(skip(customers, skip_riskiest))
    words = (
        _("Skip the riskiest {percent:g} %: the 200 calls lose ¥{money:,.0f}.")
        if money < 0
        else _("Skip the riskiest {percent:g} %: the 200 calls earn ¥{money:,.0f}.")
    )
    return figures.say(ax, words.format(percent=skip_riskiest, money=abs(money)))


def explore_monday(customers):
    """Move the 200 calls down the list."""

    def draw(skip_riskiest=0):
        return plot_monday(customers, skip_riskiest=skip_riskiest)

    return widgets.explore(draw, skip_riskiest=(0, 80, 5))
