"""Prices: what is left of the list price, who else quotes, what a change of price needs."""

import pandas as pd

from crm_course import schema

STEPS = ("discount", "bonus", "cash_discount", "freight")


def price_waterfall(quotes):
    """Return what becomes of ¥100 at list price: list_price, what each step takes, pocket_price.

    quotes: one or more, with the columns of the table quotes. All of them together: sums of ¥, so
    a large quote counts for more. Source: the pocket price of Marn and Rosiello (1992).
    """
    columns = ["list_price", *STEPS, "pocket_price"]
    schema.require(quotes, columns, name="quotes")
    return (100 * quotes[columns].sum() / quotes["list_price"].sum()).rename("per_100")


def break_even_loss(change, margin):
    """Return the share of its deals that a firm may lose when it changes prices: x / (margin + x).

    change x: of the price, 0.03 for 3 % more; margin: what a deal leaves, as a share of its price,
    before the change. Negative: for a cut, the share of deals that must come in addition.

    >>> round(break_even_loss(0.03, 0.20), 4), round(break_even_loss(-0.03, 0.20), 4)
    (0.1304, -0.1765)
    """
    if not margin + change > 0:
        raise ValueError(
            f"margin and change together must be above 0, got {margin} and {change}. "
            "At that price a deal leaves nothing."
        )
    return change / (margin + change)


def double_coverage(sellers, coverage):
    """Return the share of customers whom two or more sellers call on, if nobody owns a customer.

    1 - (1 - p)^k - k p (1 - p)^(k - 1): each of k sellers calls on a share p, by chance.

    >>> round(double_coverage(3, 0.2), 3)
    0.104
    """
    if not 0 <= coverage <= 1:
        raise ValueError(f"coverage must lie between 0 and 1, got {coverage}. Write 0.2 for 20 %.")
    nobody, one = (1 - coverage) ** sellers, sellers * coverage * (1 - coverage) ** (sellers - 1)
    return 1 - nobody - one


def double_quotes(quotes):
    """Return the deals that got two quotes or more: deal_id, first and second pocket price, gap.

    quotes (quote_id, deal_id, pocket_price), in the order of quote_id.
    """
    schema.require(quotes, ["quote_id", "deal_id", "pocket_price"], name="quotes")
    ordered = quotes.sort_values("quote_id")
    numbered = ordered.assign(place=ordered.groupby("deal_id").cumcount())
    prices = numbered.pivot_table("pocket_price", "deal_id", "place").reindex(columns=[0, 1])
    table = prices.dropna().set_axis(["first", "second"], axis=1).reset_index()
    return table.assign(gap=(table["first"] - table["second"]).round(2))


def discount_effect(quotes, deals):
    """Return what a point of discount does to the chance of winning, in points, as a Series.

    effect, standard_error, low, high (two standard errors either way). quotes (deal_id,
    list_price, discount; perhaps quote_id): the first of a deal counts, by quote_id or else by
    row; deals (deal_id, closed_on, won), decided.
    A straight line through won (0 or 100) against the discount in points of list. It is an effect
    only if discounts do not go where a deal is doubtful; here they were drawn by lot.
    """
    import statsmodels.api as sm

    schema.require(quotes, ["deal_id", "list_price", "discount"], name="quotes")
    schema.require(deals, ["deal_id", "closed_on", "won"], name="deals")
    decided = deals.dropna(subset="closed_on")[["deal_id", "won"]]
    ordered = quotes.sort_values("quote_id") if "quote_id" in quotes else quotes
    table = ordered.drop_duplicates("deal_id").merge(decided, on="deal_id")
    points = 100 * table["discount"] / table["list_price"]
    fit = sm.OLS(100.0 * table["won"], sm.add_constant(points)).fit(cov_type="HC1")
    effect, error = float(fit.params.iloc[1]), float(fit.bse.iloc[1])
    return pd.Series({"effect": effect, "standard_error": error,
                      "low": effect - 2 * error, "high": effect + 2 * error})  # fmt: skip
