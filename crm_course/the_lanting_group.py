"""Who the Lanting group is made of: an invented shop, the luck in its sales, real shops beside it.

Two shops are on offer, the better one earns more, and records of customers cost money: how many
should one buy before one number of theirs can be trusted?
"""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from . import datasets, figures, schema
from .datagen import processes
from .locale import _

CUSTOMERS = 25_000  # of a shop that is on offer
MARGIN = 0.20  # share of sales
COST = 12.0  # of one record, in currency: consent, lawyer, somebody who checks it
OPENING = pd.Timestamp("2024-01-01")  # of an invented shop: everybody's first order
WATCHED = 455  # days that real and invented customers are compared over


def yearly_sales(orders, *, year=2025):
    """Return what each customer spent in a year; 0 for those who bought in other years only.

    orders (customer_id, ordered_at, amount) -> Series by customer_id, in the currency of amount.
    Raises ValueError for a missing column or an empty cell.

    >>> orders = pd.DataFrame({"customer_id": [1, 1, 2], "amount": [10.0, 5.0, 8.0],
    ...     "ordered_at": pd.to_datetime(["2025-03-01", "2025-09-01", "2024-12-31"])})
    >>> yearly_sales(orders).tolist()
    [15.0, 0.0]
    """
    orders = schema.require(orders, ["customer_id", "ordered_at", "amount"], name="orders")
    bought = orders["amount"].where(orders["ordered_at"].dt.year == year, 0.0)
    return bought.groupby(orders["customer_id"]).sum()


def chance_right(records, *, advantage=0.10, spread=2.2):
    """Return the chance that the truly better of two shops is ahead in a sample of its records.

    records: of each shop, a number or an array; advantage: by which share its customers spend
    more; spread: standard deviation of a customer's yearly sales over their mean. The two means
    are taken as normal, which holds from some hundred records on.

    >>> round(float(chance_right(1250, advantage=0.10, spread=2.2)), 2)
    0.86
    """
    from scipy.special import ndtr

    return ndtr(advantage / luck_of_lead(records, advantage=advantage, spread=spread))


def luck_of_lead(records, *, advantage=0.0, spread=2.2):
    """Return the standard deviation of the lead of one shop over another, as a share of sales.

    records: of each shop; advantage, spread: as in `chance_right`.
    Raises ValueError where records are not positive.

    >>> round(float(luck_of_lead(2000, spread=2.2)), 3)
    0.07
    """
    if np.min(records) <= 0:
        raise ValueError(f"records must be positive, got {records}. Ask for one or more.")
    return spread * np.sqrt((1 + (1 + advantage) ** 2) / np.asarray(records))


def records_money(
    sales, *, records=(250, 1250, 2000), advantages=(0.05, 0.10, 0.20), cost=COST, years=1
):
    """Return what choosing by records earns over tossing a coin, less their cost, in currency.

    sales: a Series, what each customer spent in a year; records: of each of two shops; advantages:
    by which share the better shop sells more; cost of one record; years that the lead lasts, not
    discounted -> table advantage x records. The shop bought has 25,000 customers, and a fifth of
    sales is margin.

    >>> table = records_money(pd.Series([0.0, 1000.0]), records=(200,), advantages=(0.1,))
    >>> int(table.loc[0.1, 200].round())
    57556
    """
    spread = sales.std() / sales.mean()
    a, n = np.array(advantages)[:, None], np.array(records)
    won = years * stake(sales, a) * (chance_right(n, advantage=a, spread=spread) - 0.5)
    return pd.DataFrame(
        won - 2 * n * cost,
        index=pd.Index(advantages, name="advantage"),
        columns=pd.Index(records, name="records"),
    )


def stake(sales, advantage):
    """Return what the better shop earns more in a year than the other, in currency.

    sales: what each customer of the other spends in a year; advantage: a share of it.

    >>> float(stake(pd.Series([0.0, 1000.0]), 0.1))
    250000.0
    """
    return CUSTOMERS * MARGIN * advantage * sales.mean()


def make_shop(
    customers=500, *, r=0.8, alpha=10.0, a=0.8, b=2.5, p=6.0, q=4.0, gamma=150.0, weeks=104, seed=0
):
    """Invent a shop: its till from opening day on, one row for each order.

    r, alpha: how often (orders a week, Gamma); a, b: chance of falling silent after each repeat
    order (Beta); p, q, gamma: what an order is worth (Gamma-Gamma), on average p gamma / (q - 1)
    -> (who, day, paid), as a till would name them: everybody's first order is on 1 January 2024.
    Raises ValueError for a parameter that is not positive. The same seed gives the same shop.

    >>> make_shop(3, seed=1).columns.tolist()
    ['who', 'day', 'paid']
    """
    parameters = {"r": r, "alpha": alpha, "a": a, "b": b, "p": p, "q": q, "gamma": gamma}
    _check_positive(customers=customers, weeks=weeks, **parameters)
    rng = np.random.default_rng(seed)
    rate = rng.gamma(r, 1 / alpha, customers)
    dropout = np.maximum(rng.beta(a, b, customers), 1e-6)
    mean = p / rng.gamma(q, 1 / gamma, customers)
    wanted, made, _active = processes.repeat_purchases(rate, dropout, weeks, rng, rng)
    since = processes.ordered_times(made, wanted, weeks, rng, rng)
    who = np.concatenate([np.arange(customers), np.repeat(np.arange(customers), made)])
    days = np.floor(7 * np.concatenate([np.zeros(customers), since]))
    paid = (mean[who] * rng.gamma(p, 1 / p, len(who))).round(2)
    till = pd.DataFrame({
        "who": who + 1, "day": OPENING + pd.to_timedelta(days, unit="D"), "paid": paid,
    })  # fmt: skip
    return till.sort_values(["day", "who"], kind="stable", ignore_index=True)


def _check_positive(**parameters):
    for name, value in parameters.items():
        if not value > 0:
            raise ValueError(f"{name} must be positive, got {value}. Choose a number above 0.")


def repeats_within(orders, *, end, days=WATCHED):
    """Return each customer's repeat purchases in the first days after the first purchase.

    orders (customer_id, ordered_at); end: last day of the records. Purchases of one day count
    once; customers who are not watched for so many days are left out -> Series by customer_id.

    >>> orders = pd.DataFrame({"customer_id": [1, 1, 2],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-03-01", "2024-01-05"])})
    >>> repeats_within(orders, end="2024-12-31", days=100).tolist()
    [1, 0]
    """
    orders = schema.require(orders, ["customer_id", "ordered_at"], name="orders")
    seen = orders.assign(day=orders["ordered_at"].dt.normalize())
    seen = seen.drop_duplicates(["customer_id", "day"])
    first = seen.groupby("customer_id")["day"].transform("min")
    span = pd.Timedelta(days=days)
    inside = (first <= pd.Timestamp(end) - span) & (seen["day"] <= first + span)
    return seen[inside].groupby("customer_id").size() - 1


# --- pictures


def plot_shops(sales, *, ax=None):
    """Draw what several shops sold, and their mean: a Series by name of the shop -> Axes."""
    ax = figures.new_axes(ax)
    sold = sales / 1e6
    ax.scatter(sold, range(len(sold)), s=60)
    ax.axvline(sold.mean(), color=figures.PALETTE["grey"], linestyle=":")
    ax.set(
        title=_("Ten shops, one set of rules"),
        xlabel=_("Sales of the year (million ¥); dotted: the mean of all"),
        yticks=range(len(sold)),
        yticklabels=sold.index,
    )
    ax.invert_yaxis()
    words = _("{best} sold ¥{high:,.0f}, {gap:.1f} % more than {worst} with ¥{low:,.0f}.")
    return figures.say(ax, words.format(
        best=sales.idxmax(), worst=sales.idxmin(), high=sales.max(), low=sales.min(),
        gap=100 * (sales.max() / sales.min() - 1)))  # fmt: skip


def plot_records(sales, *, records=2000, advantage=10):
    """Draw how far the better shop leads in its records, and what they earn and cost.

    sales: what each customer spent in a year; records: of each shop; advantage: in per cent
    -> Axes of the lead; beside it stands the money.
    """
    figure, (bell, bars) = plt.subplots(1, 2, figsize=(8, 3.3), width_ratios=(3, 1.5))
    share, spread = advantage / 100, sales.std() / sales.mean()
    _draw_bell(bell, advantage, 100 * luck_of_lead(records, advantage=share, spread=spread))
    chance = chance_right(records, advantage=share, spread=spread)
    won, paid = stake(sales, share) * (chance - 0.5), 2 * records * COST
    colours = [figures.PALETTE[name] for name in ("blue", "grey", "green")]
    money = np.array([won, -paid, won - paid]) / 1000
    bars.bar_label(bars.bar([_("won"), _("paid"), _("left")], money, color=colours), fmt="{:.1f}")
    bars.axhline(0, color="black", linewidth=1)
    bars.set(title=_("Thousand ¥"), ylim=(min(-60, 1.2 * money.min()), max(120, 1.2 * money.max())))
    words = _("{records:,} records of each shop: the better one leads in {pairs:.0f} of 100 pairs; "
              "won ¥{won:,.0f}, paid ¥{paid:,.0f}, left {left}.")  # fmt: skip
    left = f"{'-' if won < paid else ''}¥{abs(won - paid):,.0f}"
    return figures.say(bell, words.format(
        records=records, pairs=100 * chance, won=won, paid=paid, left=left))  # fmt: skip


def _draw_bell(ax, middle, luck):
    """The lead of the better shop in per cent; to the left of 0 the records mislead."""
    lead = np.linspace(-40, 60, 201)
    height = np.exp(-(((lead - middle) / luck) ** 2) / 2)
    ax.plot(lead, height)
    ax.fill_between(lead, height, where=lead <= 0, color=figures.PALETTE["vermilion"], alpha=0.6,
                    label=_("the worse shop is ahead"))  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set(
        title=_("Which shop do the records show ahead?"),
        xlabel=_("Lead of the better shop in the records (%)"),
        yticks=[],
    )
    ax.legend(loc="upper right")


def explore_records(sales):
    """Buy more or fewer records of each shop, for a small or a large advantage."""
    from crm_course import widgets

    def draw(records=2000, advantage=10):
        return plot_records(sales, records=records, advantage=advantage)

    return widgets.explore(draw, records=(250, 4000, 250), advantage=[5, 10, 20])


def plot_beside_real():
    """Draw invented customers beside real ones: purchases, amounts, bills, calls -> first Axes."""
    figure, axes = plt.subplots(2, 2, figsize=(8, 6))
    home, cdnow = datasets.load("orders"), datasets.real("cdnow")
    shops = {"Lanting Home": home, "CDNOW": cdnow}
    never = _draw_repeats(axes[0, 0], shops)
    amounts = {name: orders["amount"] for name, orders in shops.items()}
    _draw_relative(axes[0, 1], _("An order, over the mean order"), amounts)
    bills = {"Lanting Mobile": datasets.load("panel")["revenue"],
             "telco_churn": datasets.real("telco_churn")["revenue"]}  # fmt: skip
    _draw_relative(axes[1, 0], _("A monthly bill, over the mean bill"), bills)
    _draw_calls(axes[1, 1])
    for ax in axes.flat:
        ax.legend(loc="upper right", fontsize=9)
    words = _("Within 15 months {home:.0f} % of Lanting Home's customers and {cdnow:.0f} % of "
              "CDNOW's do not come back; amounts are spread alike, bills are not.")  # fmt: skip
    return figures.say(axes[0, 0], words.format(home=100 * never[0], cdnow=100 * never[1]))


def _draw_repeats(ax, shops):
    ends = ("2025-12-31", "1998-06-30")
    counts = [repeats_within(each, end=end) for each, end in zip(shops.values(), ends, strict=True)]
    shown = zip(shops, counts, _two_colours(), (-0.2, 0.2), strict=True)
    for name, count, colour, beside in shown:
        share = count.clip(upper=8).value_counts(normalize=True).sort_index()
        ax.bar(share.index + beside, share, width=0.4, color=colour, label=name)
    ax.set(title=_("Repeat purchases in 15 months"), ylabel=_("Share of customers"),
           xticks=range(0, 9, 2), xticklabels=["0", "2", "4", "6", "8+"])  # fmt: skip
    return [(count == 0).mean() for count in counts]


def _draw_relative(ax, title, columns):
    edges = np.linspace(0, 4, 33)
    for (name, values), colour in zip(columns.items(), _two_colours(), strict=True):
        share = np.histogram(values / values.mean(), edges)[0] / len(values)
        ax.step(edges[:-1], share, where="post", color=colour, label=name)
    ax.set(title=title, xlabel=_("1 is the mean"), ylabel=_("Share"))


def _draw_calls(ax):
    lanting, bank = datasets.load("call_volumes"), datasets.real("bank_calls")
    both = {"Lanting": (lanting, lanting["starts_at"]), "bank_calls": (bank, bank["started_at"])}
    for (name, (table, start)), colour in zip(both.items(), _two_colours(), strict=True):
        calls = table.groupby(start.dt.hour)["calls"].sum().loc[8:19]
        ax.plot(calls.index, calls / calls.sum(), color=colour, marker="o", label=name)
    ax.set(title=_("Calls from 8 to 20 o'clock"), xlabel=_("Hour"), ylabel=_("Share of calls"),
           ylim=(0, 0.15))  # fmt: skip


def _two_colours():
    return figures.PALETTE["blue"], figures.PALETTE["vermilion"]
