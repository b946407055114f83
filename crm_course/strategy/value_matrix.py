"""Who pays for whom, and who could bring more: current value, growth potential, four types.

    value_matrix.current_value(212, 0.75)                 what a customer brings as things are
    value_matrix.growth_potential(60, 0.6, 180, 0.85)     what more there could be
    value_matrix.portfolio_board(portfolio)               both, for every customer
    value_matrix.order_profit(orders, order_prices)       what is left of a customer's orders
    value_matrix.value_matrix(board, value_threshold=300, potential_threshold=100)
"""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from crm_course import figures, schema
from crm_course.locale import _

YEARS, DISCOUNT = 5, 0.10
BANDS = (0, 20, 40, 60, 80, 100)  # per cent of a customer's spending that the firm has
TYPES = ("I", "II", "III", "IV")  # low/low, low/high, high/low, high/high
PRICE, PLACES = 120.0, 1600  # ¥ for five years of an account manager's care; invented
GOODS, WEAR = 0.55, 0.10  # of the list price: what goods cost, what is lost if they come back


def current_value(margin, retention_rate, *, discount_rate=DISCOUNT, years=YEARS):
    """Return the present value of the coming profit if the customer goes on as today.

    CV = sum over t = 1 ... years of m r^t / (1 + d)^t. margin: ¥ a year, paid at the end of each
    year in which the customer is still there; retention_rate: a year, 0 to 1; numbers or arrays.

    >>> round(float(current_value(40, 0.60)), 2)
    45.68
    """
    kept = np.asarray(retention_rate, dtype=float)
    if not ((kept >= 0) & (kept <= 1)).all():
        raise ValueError(f"retention_rate must lie between 0 and 1, got {kept}. Write 0.75.")
    if discount_rate <= -1 or years < 1:
        raise ValueError(
            f"discount_rate must be above -1 and years at least 1, got {discount_rate}, {years}. "
            "Write discount_rate=0.10, years=5."
        )
    growth = kept / (1 + discount_rate)
    return np.asarray(margin) * sum(growth**year for year in range(1, years + 1))


def growth_potential(
    margin, retention_rate, better_margin, better_retention, *, discount_rate=DISCOUNT, years=YEARS
):
    """Return what the best feasible treatment would add to the current value, in ¥.

    margin, retention_rate: as things are; better_margin, better_retention: under that treatment,
    before its cost. What the customer is worth already is not in it.

    >>> round(float(growth_potential(40, 0.60, 45, 0.65)), 2)
    14.63
    """
    terms = {"discount_rate": discount_rate, "years": years}
    better = current_value(better_margin, better_retention, **terms)
    return better - current_value(margin, retention_rate, **terms)


def extra_by_wallet(portfolio):
    """Estimate what a manager adds to a year's profit, by the share of wallet, from a trial.

    portfolio (wallet_share, managed, profit, profit_next), managed by a coin -> wallet (band of
    per cent), customers, extra (¥ a year), standard_error. The change of profit with a manager
    less the change without one.
    """
    schema.require(portfolio, ["wallet_share", "managed", "profit", "profit_next"],
                   name="portfolio")  # fmt: skip
    changes = portfolio.assign(
        wallet=wallet_band(portfolio["wallet_share"]),
        change=portfolio["profit_next"] - portfolio["profit"],
    )
    table = changes.pivot_table("change", "wallet", "managed", aggfunc=["size", "mean", "sem"])
    lacking = table["size"].reindex(columns=[False, True]).isna().any(axis=1)
    if lacking.any():
        raise ValueError(
            "every band must hold customers with and without a manager, got "
            f"{lacking.index[lacking].tolist()} without. Leave these customers out."
        )
    return pd.DataFrame({
        "customers": table["size"].sum(axis=1),
        "extra": table["mean"][True] - table["mean"][False],
        "standard_error": np.hypot(table["sem"][True], table["sem"][False]),
    }).reset_index()  # fmt: skip


def wallet_band(wallet_share):
    """Return the band of each share of wallet (1 to 100 per cent), as text: "0-20"."""
    outside = wallet_share[~wallet_share.between(0, 100, inclusive="right")]
    if len(outside):
        raise ValueError(
            f"wallet_share must be above 0 and at most 100, got {outside.iloc[0]}. Write per cent."
        )
    names = [f"{low}-{high}" for low, high in zip(BANDS, BANDS[1:], strict=False)]
    return pd.cut(wallet_share, BANDS, labels=names).astype("str").rename("wallet")


def portfolio_board(portfolio):
    """Put every customer on the board: customer_id, current_value, growth_potential (¥).

    portfolio: (customer_id, profit, retention_estimate) and what `extra_by_wallet` needs. Both
    values use this year's profit, the firm's own estimate of retention, and the trial.
    """
    columns = ["customer_id", "profit", "retention_estimate"]
    schema.require(portfolio, columns, name="portfolio")
    extra = extra_by_wallet(portfolio).set_index("wallet")["extra"]
    added = wallet_band(portfolio["wallet_share"]).map(extra)
    stays = portfolio["retention_estimate"]
    return pd.DataFrame({
        "customer_id": portfolio["customer_id"],
        "current_value": current_value(portfolio["profit"], stays),
        "growth_potential": current_value(added, stays),
    })  # fmt: skip


def value_matrix(board, *, value_threshold=300.0, potential_threshold=100.0):
    """Add the column type: I low/low, II low/high, III high/low, IV high/high.

    board (customer_id, current_value, growth_potential) -> the same and type. A value that equals
    its threshold is high. Source: Chen and Li (2001), as commonly retold.
    """
    schema.require(board, ["customer_id", "current_value", "growth_potential"], name="board")
    high = board["current_value"] >= value_threshold
    growing = board["growth_potential"] >= potential_threshold
    return board.assign(type=np.array(TYPES)[2 * high.astype(int) + growing.astype(int)])


def best(values, places):
    """Mark the `places` largest values (ties: the earlier row first) -> Series of True, False."""
    return values.rank(ascending=False, method="first") <= places


def places_money(board, true_potential, *, places=PLACES, price=PRICE):
    """Compare two lists for an account manager's places: by current value, by growth potential.

    board: of `portfolio_board`; true_potential: ¥ that a manager would really add for each row,
    known in an invented world; price: ¥ a place -> list, added (¥ a place), result (¥).
    """
    if not 1 <= places <= len(board):
        raise ValueError(
            f"places must be 1 to {len(board)}, the customers of the board, got {places}. "
            "Offer fewer."
        )
    true_potential = np.asarray(true_potential)
    rows = []
    for name in ("current_value", "growth_potential"):
        added = true_potential[best(board[name], places).to_numpy()].mean()
        rows.append({"list": name, "added": added, "result": places * (added - price)})
    return pd.DataFrame(rows).set_index("list")


def top_share(values, share=0.2):
    """Return what the best `share` of the customers (one at least) have; it may exceed 1.

    >>> round(top_share([50, 30, 20, 15, 10, 8, 7, 5, 3, 2]), 3)
    0.533
    """
    ordered = np.sort(_numbers(values))[::-1]
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, got {share}. Write 0.2 for 20 %.")
    return float(ordered[: max(1, round(share * len(ordered)))].sum() / ordered.sum())


def gini(values):
    """Return the Gini coefficient: 0 where all have the same, near 1 where one has everything.

    G = 2 sum(i x_(i)) / (n sum(x)) - (n + 1) / n, with x sorted upwards. Negative values are
    refused: shares of a total lose their meaning.

    >>> round(gini([50, 30, 20, 15, 10, 8, 7, 5, 3, 2]), 4)
    0.4813
    """
    ordered = np.sort(_numbers(values))
    if ordered[0] < 0:
        raise ValueError(f"values must not be negative, got {ordered[0]}. Use whale_curve.")
    n = len(ordered)
    return float(2 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)


def decile_table(values):
    """Return ten groups of customers from the best down: decile, customers, total, share,
    cumulative (shares of the grand total). Ties are cut by the order of the rows.

    >>> decile_table(range(1, 21))["total"].tolist()[:2]
    [39, 35]
    """
    values = pd.Series(_numbers(values))
    rank = values.rank(ascending=False, method="first")
    decile = np.ceil(10 * rank / len(values)).astype(int).rename("decile")
    table = values.groupby(decile).agg(customers="size", total="sum").reset_index()
    total, grand = table["total"], values.sum()
    return table.assign(share=total / grand, cumulative=total.cumsum() / grand)


def order_profit(orders, order_prices, *, goods=GOODS, wear=WEAR):
    """Return what is left of each customer's orders: customer_id, orders, paid, refund, profit (¥).

    orders (order_id, customer_id); order_prices, a row for each of them or more (order_id,
    list_price, discount, freight, refund). Paid is the list price less discount. What was refunded
    came back, in part if only a part was. Profit is what was paid and not refunded, less freight,
    less the goods. goods: what kept ones cost us, wear: what those lose that come back and are
    sold again, both as shares of the list price.
    """
    schema.require(orders, ["order_id", "customer_id"], name="orders")
    columns = ["order_id", "list_price", "discount", "freight", "refund"]
    schema.require(order_prices, columns, name="order_prices")
    for name, share in {"goods": goods, "wear": wear}.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, got {share}. Write 0.55 for 55 %.")
    _check_one_price(orders, order_prices)
    table = orders[["order_id", "customer_id"]].merge(order_prices[columns])
    paid = table["list_price"] - table["discount"]
    back = (table["refund"] / paid).where(paid > 0, 0.0)
    lost = table["list_price"] * (goods * (1 - back) + wear * back)
    profit = paid - table["refund"] - table["freight"] - lost
    each = table.assign(paid=paid, profit=profit).groupby("customer_id")
    sums = each[["paid", "refund", "profit"]].sum()
    sums.insert(0, "orders", each.size())
    return sums.reset_index()


def _check_one_price(orders, order_prices):
    """Name an order that has no price, or that stands there twice."""
    for name, table in {"orders": orders, "order_prices": order_prices}.items():
        twice = table.loc[table["order_id"].duplicated(), "order_id"]
        if len(twice):
            raise ValueError(
                f"{name} must have one row for each order, got two of order {twice.iloc[0]}. "
                "See which of them is right, and drop the other."
            )
    lacking = orders.loc[~orders["order_id"].isin(order_prices["order_id"]), "order_id"]
    if len(lacking):
        raise ValueError(
            f"order_prices must have a row for each order, got none for {len(lacking)} of them, "
            f"such as order {lacking.iloc[0]}. Leave these orders out, or load all prices."
        )


def whale_curve(profit):
    """Return customers (share, from the most profitable down) and profit (share, added up).

    The curve rises above 1 where customers make a loss, and comes back to 1 with the last.
    Source: Kaplan and Narayanan (2001).
    """
    ordered = np.sort(_numbers(profit))[::-1]
    shares = np.arange(1, len(ordered) + 1) / len(ordered)
    return pd.DataFrame({"customers": shares, "profit": ordered.cumsum() / ordered.sum()})


def _numbers(values):
    values = np.asarray(values)
    if len(values) == 0 or pd.isna(values).any() or not values.sum() > 0:
        raise ValueError(
            f"values must be numbers with a total above 0, got {values[:3]}. Drop missing ones."
        )
    return values


# --- pictures


def plot_whale(profit, *, ax=None):
    """Draw the whale curve of each customer's profit (¥ a year) -> Axes."""
    curve = whale_curve(profit)
    top = curve.loc[curve["profit"].idxmax()]
    fifth = top_share(profit)
    ax = figures.new_axes(ax)
    ax.plot(100 * curve["customers"], 100 * curve["profit"])
    ax.axhline(100, color="black", linewidth=1, linestyle=":")
    ax.plot([20], [100 * fifth], "D", color=figures.PALETTE["vermilion"])
    ax.plot([100 * top["customers"]], [100 * top["profit"]], "o", color=figures.PALETTE["green"])
    ax.set(title=_("Who pays for whom?"), ylabel=_("Per cent of the whole profit, added up"),
           xlabel=_("Per cent of the customers, the most profitable first"))  # fmt: skip
    words = _("The best fifth make {fifth:.0%} of the profit, the best {share:.0%} make "
              "{top:.0%}; the others take the rest back.") if np.min(profit) < 0 else _(
              "The best fifth make {fifth:.0%} of the profit; nobody makes a loss.")  # fmt: skip
    return figures.say(ax, words.format(fifth=fifth, share=top["customers"], top=top["profit"]))


def plot_lorenz(spent, *, ax=None):
    """Draw the Lorenz curves of several groups: {name: what each customer spent} -> Axes.

    Source: Lorenz (1905); the area between a curve and the diagonal, doubled, is its Gini.
    """
    ax = figures.new_axes(ax)
    parts = []
    for (name, values), style in zip(spent.items(), ("-", "--", ":", "-."), strict=False):
        ordered = np.sort(_numbers(values))
        shares = np.linspace(0, 100, len(ordered) + 1)
        ax.plot(shares, 100 * np.append(0, ordered.cumsum()) / ordered.sum(), style, label=name)
        parts.append(f"{name} {1 - top_share(values, 0.5):.0%}")
    ax.plot([0, 100], [0, 100], color="black", linewidth=1, label=_("all alike"))
    ax.set(title=_("How unequal are they?"), ylabel=_("Per cent of all that was spent"),
           xlabel=_("Per cent of the customers, the smallest first"))  # fmt: skip
    ax.legend()
    words = _("What the smaller half of the customers spend: {parts}.")
    return figures.say(ax, words.format(parts="; ".join(parts)))


def plot_matrix(board, *, value_threshold=300.0, potential_threshold=100.0, ax=None):
    """Draw the board with its four fields: board of `portfolio_board` -> Axes."""
    typed = value_matrix(
        board, value_threshold=value_threshold, potential_threshold=potential_threshold
    )
    ax = figures.new_axes(ax)
    for type_, colour in zip(TYPES, ("grey", "green", "blue", "vermilion"), strict=True):
        part = typed[typed["type"] == type_]
        ax.scatter(part["growth_potential"], part["current_value"], s=5, alpha=0.5,
                   color=figures.PALETTE[colour], label=type_)  # fmt: skip
    ax.axvline(potential_threshold, color="black", linewidth=1)
    ax.axhline(value_threshold, color="black", linewidth=1)
    ax.set(title=_("The customer value matrix"), ylim=(-1000, 2500),
           xlabel=_("Growth potential (¥ in five years)"),
           ylabel=_("Current value (¥ in five years)"))  # fmt: skip
    ax.legend(title=_("Type"), markerscale=3, loc="upper right")
    counts = typed["type"].value_counts()
    words = ", ".join(f"{type_} {counts.get(type_, 0):,}" for type_ in TYPES)
    return figures.say(ax, _("Customers of each type: {words}.").format(words=words))


def plot_places(board, true_potential, *, price=PRICE, places=PLACES):
    """Draw what a manager's places bring by two lists, at this price and number -> Axes."""
    money = places_money(board, true_potential, places=places, price=price)
    names = [_("most valuable"), _("most to gain")]
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.3))
    colours = [figures.PALETTE["blue"], figures.PALETTE["green"]]
    bars = left.bar(names, money["added"], color=colours)
    left.bar_label(bars, fmt="{:.0f}")
    left.axhline(price, color=figures.PALETTE["vermilion"], linestyle="--")
    left.set(title=_("Added by a place (dashed: its price)"), ylabel=_("¥"), ylim=(0, 260))
    bars = right.bar(names, money["result"] / 1000, color=colours)
    right.axhline(0, color="black", linewidth=1)
    right.bar_label(bars, fmt="{:.0f}")
    right.set(title=_("Left over (¥ thousand)"), ylim=(-320, 320))
    words = _("{places:,} places at ¥{price:.0f}: with the most valuable {first}, with those who "
              "have most to gain {second}.")  # fmt: skip
    first, second = map(_in_words, money["result"])
    return figures.say(
        left, words.format(places=places, price=price, first=first, second=second)
    )


def _in_words(result):
    words = _("they earn ¥{sum:,.0f}") if result >= 0 else _("they lose ¥{sum:,.0f}")
    return words.format(sum=abs(round(result, -3)))


def explore_places(board, true_potential):
    """Change the price of a place, and how many there are, and see which list pays."""
    from crm_course import widgets

    def draw(price=60, places=PLACES):
        return plot_places(board, true_potential, price=price, places=places)

    return widgets.explore(draw, price=(40, 200, 10), places=(400, 8000, 400))
