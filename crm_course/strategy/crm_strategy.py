"""Where the next yuan goes: winning customers or keeping them; goals, surroundings, phases.

    crm_strategy.fit_response(trial)                        what spending does, from a budget trial
    crm_strategy.customer_equity(10, 10, winning, keeping)  what a prospect is worth
    crm_strategy.split_table(20, winning, keeping)          every split of a budget
    crm_strategy.steady_state(12_000, churn=0.20)           where a stock of customers settles
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from crm_course import figures, schema
from crm_course.locale import _

MARGIN, DISCOUNT = 100.0, 0.10  # ¥ a year of a customer; a year's discount
BUDGET, PROSPECTS = 20.0, 10_000  # ¥ for each prospect; invented


@dataclass(frozen=True)
class Response:
    """What spending brings: rate = ceiling (1 - e^(-speed spend)), spend in ¥ a person.

    standard_errors: of ceiling and speed, where they were estimated.
    """

    ceiling: float
    speed: float
    standard_errors: tuple[float, float] | None = None

    def rate(self, spend):
        """The share of people won, or kept for a year, at this spending (a number or an array)."""
        return self.ceiling * (1 - np.exp(-self.speed * np.asarray(spend, dtype=float)))


WINNING, KEEPING = Response(0.40, 0.10), Response(0.90, 0.08)  # the invented world's own


def fit_response(trial):
    """Estimate ceiling and speed by maximum likelihood -> Response with standard errors.

    trial (spend, people, successes): one row for each level of spending, people drawn by lot; rows
    without spending tell nothing, since nothing brings nobody here, and are left out.
    Source: the decision calculus of Blattberg and Deighton (1996), here from a trial.
    """
    from scipy.optimize import minimize

    schema.require(trial, ["spend", "people", "successes"], name="trial")
    free = trial["spend"] == 0
    if trial.loc[free, "successes"].any():
        raise ValueError(
            f"successes must be 0 where spend is 0, got {trial.loc[free, 'successes'].max()}. "
            "Take off from every row what comes without spending."
        )
    if not trial["successes"].any():
        raise ValueError("trial must hold successes, got none. Ask more people, or spend more.")
    paid = trial.loc[~free, ["spend", "people", "successes"]]
    spend, people, won = (paid[name].to_numpy(float) for name in paid)

    def cost(log_odds_and_log):
        rate = _response(log_odds_and_log).rate(spend)
        return -(won * np.log(rate) + (people - won) * np.log1p(-rate)).sum() / people.sum()

    start = (np.log(won.max() / people.max()), np.log(1 / np.median(spend)))
    found = minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13})
    if not found.success:
        raise ValueError("trial must show a curve, got none that fits. Try more levels of spend.")
    fitted = _response(found.x)
    return Response(fitted.ceiling, fitted.speed, _errors(fitted, spend, people))


def _response(parameters):
    """Ceiling between 0 and 1, speed above 0, from any two numbers."""
    odds, speed = np.exp(parameters)
    return Response(float(odds / (1 + odds)), float(speed))


def _errors(response, spend, people):
    """Standard errors from the expected information of binomial counts."""
    rate, fading = response.rate(spend), np.exp(-response.speed * spend)
    slopes = np.array([1 - fading, response.ceiling * spend * fading])
    information = (slopes * people / (rate * (1 - rate))) @ slopes.T
    return tuple(float(error) for error in np.sqrt(np.diag(np.linalg.inv(information))))


def customer_equity(
    acquisition, retention, winning, keeping, *, margin=MARGIN, discount_rate=DISCOUNT
):
    """Return what one prospect is worth, in ¥, after what is spent on winning and keeping.

    CE = a (m + (r m - R) / (1 + d - r)) - A. acquisition A: ¥ for each prospect; retention R: ¥
    for each customer and year, at the end of every year for those active at its start; winning,
    keeping: Response, a = winning.rate(A), r = keeping.rate(R). The first margin m comes with the
    win. Source: Blattberg and Deighton (1996).

    >>> round(float(customer_equity(10, 10, WINNING, KEEPING)), 2)
    31.83
    """
    if np.any(np.asarray(acquisition) < 0) or np.any(np.asarray(retention) < 0):
        raise ValueError(
            f"spending must not be negative, got {acquisition}, {retention}. Give ¥ a person."
        )
    kept = keeping.rate(retention)
    later = (kept * margin - retention) / (1 + discount_rate - kept)
    return winning.rate(acquisition) * (margin + later) - acquisition


def best_budget(winning, keeping, *, margin=MARGIN, discount_rate=DISCOUNT):
    """Return the spending with the largest customer equity: acquisition, retention, equity (¥).

    >>> best_budget(WINNING, KEEPING).round(2).tolist()
    [24.72, 38.25, 83.77]
    """
    from scipy.optimize import minimize

    terms = {"margin": margin, "discount_rate": discount_rate}

    def loss(spending):
        return -customer_equity(*np.abs(spending), winning, keeping, **terms)

    found = minimize(loss, (10, 10), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    acquisition, retention = np.abs(found.x)
    return pd.Series({"acquisition": acquisition, "retention": retention, "equity": -found.fun})


def yearly_care(money, keeping, *, discount_rate=DISCOUNT):
    """Return the ¥ a year that a sum pays for, for as long as the customer stays.

    money: present value for each customer, a number or an array; R solves
    R / (1 + d - r(R)) = money: who gets more stays longer and costs longer.

    >>> round(float(yearly_care(40, KEEPING)), 2)
    17.14
    """
    money = np.asarray(money, dtype=float)
    low, high = np.zeros_like(money), money * (1 + discount_rate)
    for _half in range(60):
        middle = (low + high) / 2
        short = middle / (1 + discount_rate - keeping.rate(middle)) < money
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return (low + high) / 2


def split_table(budget, winning, keeping, *, shares=None, margin=MARGIN):
    """Split a budget in every way: share (of winning), acquisition, retention, won, kept, equity.

    budget: ¥ for each prospect, the present value of everything that is spent on winning and, year
    after year, on keeping those who were won; shares: of it for winning, above 0, at most 1.
    """
    if not budget > 0:
        raise ValueError(f"budget must be above 0, got {budget}. Give ¥ for each prospect.")
    share = np.linspace(0.05, 1, 20) if shares is None else np.asarray(shares, dtype=float)
    if not ((share > 0) & (share <= 1)).all():
        raise ValueError(f"shares must be above 0 and at most 1, got {share}. Write 0.45.")
    acquisition = share * budget
    retention = yearly_care((budget - acquisition) / winning.rate(acquisition), keeping)
    return pd.DataFrame({
        "share": share.round(4),
        "acquisition": acquisition,
        "retention": retention,
        "won": winning.rate(acquisition),
        "kept": keeping.rate(retention),
        "equity": customer_equity(acquisition, retention, winning, keeping, margin=margin),
    })  # fmt: skip


def best_share(table):
    """Return the share of `split_table` with the largest equity."""
    return float(table.loc[table["equity"].idxmax(), "share"])


def steady_state(joining, *, churn):
    """Return the number of customers at which as many leave as join: q / (1 - r).

    >>> steady_state(12_000, churn=0.20)
    60000.0
    """
    if not 0 < churn <= 1:
        raise ValueError(f"churn must be above 0 and at most 1, got {churn}. Write 0.20 for 20 %.")
    return joining / churn


def customers_over_time(start, joining, *, churn, years):
    """Return the customers at the end of each year, from year 0: N(t+1) = (1 - churn) N(t) + q.

    >>> customers_over_time(20_000, 12_000, churn=0.20, years=3).tolist()
    [20000.0, 28000.0, 34400.0, 39520.0]
    """
    settled = steady_state(joining, churn=churn)
    year = np.arange(years + 1)
    return pd.Series(settled + (start - settled) * (1 - churn) ** year, index=year).round(6)


def goals():
    """Return the three tiers of goals of the source, each with a measure: tier, goal, measure."""
    return pd.DataFrame(
        [("top", "experience and satisfaction, with profit", "customer equity, ¥ a prospect"),
         ("middle", "satisfied, loyal customers at a cost", "kept a year; ¥ for each one kept"),
         ("middle", "new customers with potential", "won of 100 prospects; ¥ for each one won"),
         ("base", "customer data in one place, work automated", "cases without asking again")],
        columns=["tier", "goal", "measure"],
    )  # fmt: skip


def environment():
    """Return ten findings about a firm, with the side on which each lies: finding, side.

    side: external or internal. The frame is a reconstruction; the findings are invented.
    """
    findings = {
        "a law on personal data comes into force": "external",
        "a rival lowers prices by 8 per cent": "external",
        "our sellers do not write down what they hear": "internal",
        "customers compare prices on their telephones": "external",
        "the warehouse learns of an order a day late": "internal",
        "three departments count customers in three ways": "internal",
        "incomes in the province rise": "external",
        "the director reads complaints every Monday": "internal",
        "an app store changes its terms": "external",
        "service and sales report to different people": "internal",
    }
    return pd.DataFrame(findings.items(), columns=["finding", "side"])


# --- pictures


def plot_responses(trials, winning, keeping):
    """Draw both trials and the fitted curves: trials (trial, spend, people, successes) -> Axes."""
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharey=True)
    names = {"acquisition": _("Prospects won"), "retention": _("Customers kept a year")}
    for ax, (trial, title), curve in zip(axes, names.items(), (winning, keeping), strict=True):
        part = trials[trials["trial"] == trial]
        spend = np.linspace(0, part["spend"].max(), 61)
        ax.plot(spend, curve.rate(spend))
        ax.plot(part["spend"], part["successes"] / part["people"], "o",
                color=figures.PALETTE["vermilion"])  # fmt: skip
        ax.set(title=title, xlabel=_("¥ a person"), ylim=(0, 1))
    axes[0].set_ylabel(_("Share of people"))
    words = _("More money brings less and less more: of the prospects at most {won:.0%} are won, "
              "of the customers at most {kept:.0%} kept.")  # fmt: skip
    return figures.say(axes[0], words.format(won=winning.ceiling, kept=keeping.ceiling))


def plot_split(winning, keeping, *, budget=BUDGET, margin=MARGIN, share=0.5):
    """Draw what a prospect is worth for every split of the budget, and one split -> Axes.

    budget: ¥ for each prospect; margin: ¥ a year of a customer; share: of winning, 0.05 to 1.
    """
    table = split_table(budget, winning, keeping, margin=margin)
    here = split_table(budget, winning, keeping, shares=[share], margin=margin)["equity"].item()
    best = best_share(table)
    ax = figures.new_axes()
    ax.plot(100 * table["share"], table["equity"])
    ax.axhline(0, color="black", linewidth=1)
    ax.plot([100 * best], [table["equity"].max()], "o", color=figures.PALETTE["green"],
            label=_("best"))  # fmt: skip
    ax.plot([100 * share], [here], "D", color=figures.PALETTE["vermilion"], label=_("yours"))
    ax.set(title=_("What a prospect is worth"), ylim=(-40, 160), ylabel=_("¥"),
           xlabel=_("Per cent of the budget that go to winning"))  # fmt: skip
    ax.legend(loc="upper right")
    words = _("¥{budget:.0f} a prospect, ¥{margin:.0f} a year from a customer: with {share:.0%} "
              "for winning a prospect is worth ¥{here:.1f}; best are {best:.0%}.")  # fmt: skip
    return figures.say(ax, words.format(
        budget=budget, margin=margin, share=share, here=here, best=best))  # fmt: skip


def explore_split(winning, keeping):
    """Make the budget larger, the customer dearer, the split another: what is a prospect worth?"""
    from crm_course import widgets

    def draw(budget=15, margin=100, share=0.5):
        return plot_split(winning, keeping, budget=budget, margin=margin, share=share)

    return widgets.explore(draw, budget=(10, 60, 5), margin=(60, 200, 20), share=(0.05, 1.0, 0.05))


def plot_map(winning, keeping, *, ax=None):
    """Draw customer equity over both kinds of spending, with its top and one budget -> Axes."""
    spend = np.linspace(0.5, 60, 60)
    equity = customer_equity(spend[None, :], spend[:, None], winning, keeping)
    top = best_budget(winning, keeping)
    line = split_table(BUDGET, winning, keeping)
    ax = figures.new_axes(ax)
    drawn = ax.pcolormesh(spend, spend, equity, cmap="cividis", vmin=-40, vmax=90)
    ax.figure.colorbar(drawn, ax=ax, label=_("¥ a prospect"))
    ax.plot(line["acquisition"], line["retention"], color="white", label=_("a budget of ¥20"))
    ax.plot([top["acquisition"]], [top["retention"]], "*", color="white", markersize=14)
    ax.set(title=_("What a prospect is worth (star: the most)"), ylim=(0.5, 60), xlim=(0.5, 60),
           xlabel=_("Winning: ¥ a prospect"),
           ylabel=_("Keeping: ¥ a customer and year"))  # fmt: skip
    ax.legend(loc="upper right", facecolor="#1f3a5f", labelcolor="white", frameon=True)
    words = _("The most, ¥{equity:.0f}, is reached with ¥{a:.0f} a prospect for winning and "
              "¥{r:.0f} a customer and year for keeping.")  # fmt: skip
    return figures.say(ax, words.format(
        equity=top["equity"], a=top["acquisition"], r=top["retention"]))  # fmt: skip


def plot_bathtub(start, joining, churns, *, years=25, ax=None):
    """Draw the stock of customers for several churn rates: start, joining a year -> Axes."""
    ax = figures.new_axes(ax)
    ends = []
    for churn, style in zip(churns, ("-", "--", ":"), strict=False):
        stock = customers_over_time(start, joining, churn=churn, years=years)
        ax.plot(stock.index, stock / 1000, style, label=_("churn {churn:.0%}").format(churn=churn))
        ends.append(f"{churn:.0%}: {stock.iloc[-1]:,.0f}")
    ax.set(title=_("Customers over the years"), xlabel=_("Year"), ylabel=_("Thousand customers"))
    ax.legend()
    words = _("Customers after {years} years by churn: {ends}.")
    return figures.say(ax, words.format(years=years, ends="; ".join(ends)))
