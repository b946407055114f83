"""With whom: what reaches the maker of what a shop sells, and three ways of being closer."""

import numpy as np
import pandas as pd

from crm_course import schema

COVER = 2.0  # weeks of sales that everybody wants in stock
STAGES = ("shop", "wholesaler", "maker")
# A working version of three modes whose text is lost; what each changes in the chain.
MODES = {
    "none": {},
    "tailoring": {"cover": 1.0},
    "coaching": {"reaction": 0.25},
    "partnering": {"shared": True},
}


def simulate_replenishment(sales, *, cover=COVER, reaction=1.0, shared=False):
    """Return week -> sold, short, and what shop, wholesaler and maker order or make, in pieces.

    sales: what customers ask for, week by week; the chain begins settled on the first. Everybody
    wants `cover` weeks of what is expected in stock, expects a `reaction` (0 to 1) of the way to
    the latest week, and orders what was asked of him and what the stock lacks; it comes at once.
    shared: all look at the shop's till instead of at the orders that reach them. short: what the
    shop had not got.

    >>> simulate_replenishment([100, 110])["maker"].tolist()
    [100.0, 370.0]
    """
    sales = np.asarray(sales, dtype=float)
    if not len(sales) or not (sales >= 0).all():
        raise ValueError(f"sales must be pieces a week, 0 or more, got {sales}. Give a list.")
    expected = np.full(len(STAGES), sales[0])
    stock, rows = cover * expected, []
    for sold in sales:
        orders, short = [sold], max(0.0, sold - stock[0])
        for stage in range(len(STAGES)):
            seen = sold if shared else orders[-1]
            expected[stage] += reaction * (seen - expected[stage])
            order = max(0.0, orders[-1] + cover * expected[stage] - stock[stage])
            stock[stage] += order - orders[-1]
            orders.append(order)
        rows.append([sold, short, *orders[1:]])
    week = pd.Index(range(len(sales)), name="week")
    return pd.DataFrame(rows, columns=["sold", "short", *STAGES], index=week).round(6)


def alliance_table(sales, *, change=10.0, lost=40.0, keep=1.0):
    """Return mode -> largest_week (of the maker), changes, short, stock, cost.

    changes: pieces by which the maker's week differs from the one before, summed; short: pieces
    that the shop had not got; stock: pieces that all three keep, on average. cost, over all weeks
    of sales: change and lost ¥ a piece of the first two, keep ¥ a piece and week of the stock. What
    the mode itself costs is not in it.
    """
    rows = {}
    for mode, settings in MODES.items():
        chain = simulate_replenishment(sales, **settings)
        changes, short = chain["maker"].diff().abs().sum(), chain["short"].sum()
        begun = len(STAGES) * settings.get("cover", COVER) * chain["sold"].iloc[0]
        stock = begun + (chain["maker"] - chain["sold"]).cumsum()
        cost = change * changes + lost * short + keep * stock.sum()
        rows[mode] = [chain["maker"].max(), changes, short, stock.mean(), cost]
    names = ["largest_week", "changes", "short", "stock", "cost"]
    return pd.DataFrame(rows, index=names).T.rename_axis("mode")


def weekly_sales(orders):
    """Return week -> number of orders, from orders (ordered_at).

    The first week and the last are left out, since the table may hold only a part of them.
    """
    schema.require(orders, ["ordered_at"], name="orders")
    weeks = orders.set_index("ordered_at").resample("W").size()
    return weeks.iloc[1:-1]
