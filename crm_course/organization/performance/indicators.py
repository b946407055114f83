"""Churn and retention over a window, the worth of a customer, the sheet of six numbers.

Tables are of the shape of `kpis`: a row for each plan (segment) and month, with the customers at
its start, those won in it, and those at its end, the new ones among them.
"""

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.foundations.customer_economics import constant_retention_clv

COUNTS = ("month", "start", "new", "end")
CRM_COST = {"people": 9_000_000, "material": 2_200_000, "money": 3_000_000}  # ¥ a quarter, invented
NAMES = ("satisfaction", "loyalty", "retention", "growth", "profitability", "cost")


def churn_sheets(kpis):
    """Return the churn of a window by three definitions in use, all with the same leavers.

    kpis (month, start, new, end): the months of the window, rows of one month are added up ->
    sheet, leavers (start + new - end of every month), base (customers at the start; the mean of
    start and end; customer-months, each customer counted in every month that began with them),
    churn (leavers over base, for the window; on the last sheet for a month), a_month (the constant
    monthly churn that gives it; NaN where churn exceeds 1). Source: Farris et al., Marketing
    Metrics, for the first two; events over exposure, any text on survival, for the last.

    >>> window = pd.DataFrame({"month": [1, 2], "start": [100, 190], "new": [100, 100],
    ...     "end": [190, 271]})
    >>> churn_sheets(window)["churn"].round(3).tolist()
    [0.29, 0.156, 0.1]
    """
    window = _by_month(kpis)
    leavers = (window["start"] + window["new"] - window["end"]).sum()
    start, end, months = window["start"].iloc[0], window["end"].iloc[-1], len(window)
    sheets = pd.DataFrame({
        "sheet": ["over the start", "over the average", "over customer-months"],
        "leavers": leavers,
        "base": [start, (start + end) / 2, window["start"].sum()],
    })  # fmt: skip
    churn = sheets["leavers"] / sheets["base"]
    stays = (1 - churn).where(churn <= 1)
    return sheets.assign(churn=churn, a_month=1 - stays ** (1 / np.array([months, months, 1])))


def retention_windows(kpis, *, first=None, most=12):
    """Return retention over windows of 1, 2, ... months: months, formula, chained.

    kpis (month, start, new, end); rows of one month are added up. first: month in which every
    window begins (the earliest of the table); most: length of the longest.
    formula: (end - new) / start over the whole window, as textbooks have it; below 0 where more of
    those won in the window left again than stayed of the first. chained: the same for each month,
    multiplied, so that those won in the window count where they can leave.
    """
    window = _by_month(kpis)
    first = window["month"].iloc[0] if first is None else first
    window = window[(window["month"] >= first) & (window["month"] < first + most)]
    if len(window) < most:
        raise ValueError(
            f"most must be within the table, got {most} months from month {first} and only "
            f"{len(window)} are there. Begin earlier or take fewer."
        )
    kept = window["end"] - window["new"].cumsum()
    return pd.DataFrame({
        "months": range(1, most + 1),
        "formula": (kept / window["start"].iloc[0]).to_numpy(),
        "chained": ((window["end"] - window["new"]) / window["start"]).cumprod().to_numpy(),
    })  # fmt: skip


def window_retention(kpis, *, first=None, months=12):
    """Return retention over one window both ways, by plan: segment, formula, chained.

    kpis (segment, month, start, new, end); first, months: as of `retention_windows`.
    """
    schema.require(kpis, ["segment", *COUNTS], name="kpis")
    rows = {plan: retention_windows(rows, first=first, most=months).iloc[-1]
            for plan, rows in kpis.groupby("segment")}  # fmt: skip
    return pd.DataFrame(rows).T[["formula", "chained"]].rename_axis("segment").reset_index()


def customer_worth(margin, churn, *, discount=0.01):
    """Return what a customer is worth in ¥ on the day of the first payment.

    margin: ¥ a month; churn: the chance of leaving in a month, always the same; discount: of a
    month. The sum of all margins still expected, chapter 13's formula with months for years.

    >>> round(customer_worth(50, 0.07, discount=0.01), 2)
    631.25
    """
    return constant_retention_clv(margin, 1 - churn, discount)


def six_numbers(kpis, *, margin=0.25, crm_cost=None, spread=0.95, discount=0.01):
    """Return the six indicators of a window with standard errors and with a rival definition.

    kpis: rows of `kpis` of the window, all plans. margin: share of revenue; crm_cost: what ->
    ¥ in the window; spread: standard deviation of one answer from 1 to 5; discount: of a month.
    -> indicator, value, standard_error, other. Answers of a plan count by its customers; `other`
    counts every answer once (satisfaction, loyalty), takes (end - new) / start over the window,
    turned into a month (retention, profitability; NaN where it is below 0), is net of those who
    left (growth), and divides by the margin (cost). Satisfaction in points of 1 to 5, loyalty as
    net promoter score, profitability in ¥, the rest as shares. Errors are those of chance alone.
    """
    schema.require(kpis, ["segment", *COUNTS, "answers", "csat_mean", "promoters", "detractors",
                          "revenue"], name="kpis")  # fmt: skip
    asked = _asked(kpis, spread)
    window = _by_month(kpis)
    start, end, months = window["start"].iloc[0], window["end"].iloc[-1], len(window)
    at_risk, new, revenue = window["start"].sum(), window["new"].sum(), kpis["revenue"].sum()
    churn = (window["start"] + window["new"] - window["end"]).sum() / at_risk
    kept = (end - new) / start
    formula = kept ** (1 / months) if kept >= 0 else np.nan
    error = np.sqrt(churn * (1 - churn) / at_risk)
    pay = margin * revenue / at_risk
    worth = customer_worth(pay, churn, discount=discount)
    cost = sum((crm_cost or CRM_COST).values())
    rows = [
        asked["csat"],
        asked["nps"],
        (1 - churn, error, formula),
        (new / start, np.sqrt(new) / start, (end - start) / start),
        (worth, worth * error / (discount + churn),
         customer_worth(pay, 1 - formula, discount=discount) if kept >= 0 else np.nan),
        (cost / revenue, 0.0, cost / (margin * revenue)),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["value", "standard_error", "other"])
    return table.assign(indicator=NAMES)[["indicator", "value", "standard_error", "other"]]


def six_by_quarter(kpis, *, first=13):
    """Return the six numbers of every quarter: index quarter (1 begins with month first).

    kpis: as of `six_numbers`; months before the first are left out -> a column for each indicator.
    """
    schema.require(kpis, ["month"], name="kpis")
    kpis = kpis[kpis["month"] >= first]
    quarter = ((kpis["month"] - first) // 3 + 1).rename("quarter")
    rows = {number: six_numbers(rows).set_index("indicator")["value"]
            for number, rows in kpis.groupby(quarter)}  # fmt: skip
    return pd.DataFrame(rows).T.rename_axis("quarter").rename_axis(columns=None)


def _asked(kpis, spread):
    """Satisfaction and net promoter score: by customers, its error, every answer once."""
    answers = kpis["answers"]
    weight = kpis["start"] / kpis["start"].sum()
    good, bad = kpis["promoters"] / answers, kpis["detractors"] / answers
    spreads = {"csat": spread**2, "nps": 1e4 * (good + bad - (good - bad) ** 2)}
    values = {"csat": kpis["csat_mean"], "nps": 100 * (good - bad)}
    return {name: ((weight * value).sum(), np.sqrt((weight**2 * spreads[name] / answers).sum()),
                   (answers * value).sum() / answers.sum())
            for name, value in values.items()}  # fmt: skip


def _by_month(kpis):
    """The counts of each month, all plans together, in order."""
    schema.require(kpis, COUNTS, name="kpis")
    if kpis.empty or (kpis["start"] <= 0).any():
        raise ValueError(
            f"kpis must have customers at the start of every month, got {len(kpis)} rows. "
            "Leave out the months before the first customer."
        )
    return kpis.groupby("month", as_index=False)[["start", "new", "end"]].sum()
