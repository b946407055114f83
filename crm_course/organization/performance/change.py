"""What a total grew by, what its mix did to it, and many numbers made into one."""

import numpy as np
import pandas as pd

from crm_course import schema

SCALES = ("points", "range", "z")


def growth_decomposition(before, after):
    """Return how much of the growth of a product each of its factors has made.

    before, after: factor -> value, positive (such as customers, frequency, value of a purchase);
    the total is their product -> index factor, and "total": before, after, growth (after over
    before, less 1), log_growth (these add up), share (of the total's log_growth; NaN if the total
    stood still).
    Source: the log form of a product, as with the index numbers of economics.

    >>> growth_decomposition({"customers": 100, "spend": 10}, {"customers": 110, "spend": 10})[
    ...     "share"].tolist()
    [1.0, 0.0, 1.0]
    """
    table = pd.DataFrame({"before": pd.Series(before), "after": pd.Series(after)}, dtype=float)
    if table.empty or table.isna().any(axis=None) or (table <= 0).any(axis=None):
        raise ValueError(
            f"before and after must hold the same factors, all above 0, got {before} and {after}. "
            "Only what multiplies can be split like this."
        )
    table.loc["total"] = table.prod()
    logs = np.log(table["after"] / table["before"])
    total = logs["total"] if logs["total"] else np.nan
    return table.assign(
        growth=table["after"] / table["before"] - 1, log_growth=logs, share=logs / total
    ).rename_axis("factor")


def growth_factors(kpis):
    """Return the factors of a month's revenue: customers, frequency, value.

    kpis (month, start, top_ups, revenue): customers at the start of a month, on average; top-ups
    of a customer in a month; ¥ a top-up.
    """
    schema.require(kpis, ["month", "start", "top_ups", "revenue"], name="kpis")
    start, top_ups = kpis["start"].sum(), kpis["top_ups"].sum()
    return {"customers": start / kpis["month"].nunique(), "frequency": top_ups / start,
            "value": kpis["revenue"].sum() / top_ups}  # fmt: skip


def by_plan(kpis, *, column="csat_mean"):
    """Return the mean of a column for each plan, months weighing by customers, and its customers.

    kpis (segment, start, column) -> segment, value, weight (customer-months), as
    `mix_decomposition` wants them.
    """
    schema.require(kpis, ["segment", "start", column], name="kpis")
    weight = kpis.groupby("segment")["start"].sum()
    value = (kpis[column] * kpis["start"]).groupby(kpis["segment"]).sum() / weight
    return pd.DataFrame({"value": value, "weight": weight}).reset_index()


def mix_decomposition(before, after):
    """Return what moved a mean of groups: the groups themselves, or how many are in each.

    before, after (segment, value, weight): weight as counts or shares -> index segment, and
    "all": within (mean share x change of the value), mix (mean distance of the value from the
    mean of all x change of the share), together. The sums are exact, and nothing is left over.
    Source: Kitagawa (1955), Components of a difference between two rates.

    >>> old = pd.DataFrame({"segment": ["a", "b"], "value": [4.0, 2.0], "weight": [3, 1]})
    >>> new = pd.DataFrame({"segment": ["a", "b"], "value": [4.2, 2.2], "weight": [1, 1]})
    >>> mix_decomposition(old, new).loc["all"].round(2).tolist()
    [0.2, -0.5, -0.3]
    """
    for table, name in ((before, "before"), (after, "after")):
        schema.require(table, ["segment", "value", "weight"], name=name)
    earlier, later = before["segment"].tolist(), after["segment"].tolist()
    if not (set(earlier) == set(later) and len(set(earlier)) == len(earlier) == len(later)):
        raise ValueError(
            f"before and after must have the same segments, each once, got {earlier} and {later}. "
            "Give a new one the weight 0 before."
        )
    old, new = before.set_index("segment"), after.set_index("segment").reindex(earlier)
    shares = [table["weight"] / table["weight"].sum() for table in (old, new)]
    middle = (old["value"] + new["value"]) / 2
    centre = ((shares[0] * old["value"]).sum() + (shares[1] * new["value"]).sum()) / 2
    parts = pd.DataFrame({
        "within": (shares[0] + shares[1]) / 2 * (new["value"] - old["value"]),
        "mix": (middle - centre) * (shares[1] - shares[0]),
    })  # fmt: skip
    parts.loc["all"] = parts.sum()
    return parts.assign(together=parts["within"] + parts["mix"])


def composite_index(table, *, weights, lower_is_better=(), scale="points"):
    """Return one number for each row: the weighted sum of several indicators.

    table: a row for whatever is compared, a column for each indicator. weights: column -> weight,
    not negative, together 1. lower_is_better: columns whose sign is turned first. scale: "points"
    (columns as they are, already on one scale), "range" (each column from 0 for the worst row to
    100 for the best), "z" (distance from the column's mean in standard deviations; 0 where all
    rows are alike) -> Series `index`. With "range" and "z" the number of a row depends on which
    other rows are in the table.
    Source: Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD.

    >>> plans = pd.DataFrame({"care": [80, 60], "cost": [72, 90]})
    >>> composite_index(plans, weights={"care": 0.5, "cost": 0.5}).tolist()
    [76.0, 75.0]
    """
    weights = pd.Series(weights, dtype=float)
    lacking = [name for name in weights.index if name not in table.columns]
    if lacking:
        raise ValueError(
            f"table must have a column for every weight, got none for {lacking}. "
            f"It has {list(table.columns)}."
        )
    if (weights < 0).any() or not np.isclose(weights.sum(), 1, atol=1e-6):
        raise ValueError(
            f"weights must not be negative and must add up to 1, got {weights.to_dict()}. "
            "Divide each of them by their sum."
        )
    if scale not in SCALES:
        raise ValueError(f"scale must be one of {SCALES}, got {scale!r}. Choose one of them.")
    if unknown := [name for name in lower_is_better if name not in weights.index]:
        raise ValueError(f"lower_is_better must have weights, got {unknown}. Give columns of them.")
    values = table[weights.index].astype(float)
    if gaps := values.columns[values.isna().any()].tolist():
        raise ValueError(f"table must be complete, got missing values in {gaps}. Drop such rows.")
    values[list(lower_is_better)] *= -1
    alike = values.max() == values.min()
    if scale == "range":
        if alike.any():
            raise ValueError(
                "table must have a best and a worst row in every column, got rows that are alike "
                f"in {values.columns[alike].tolist()}. Leave it out, or choose another scale."
            )
        values = 100 * (values - values.min()) / (values.max() - values.min())
    elif scale == "z":
        values = (values - values.mean()) / values.std(ddof=0).mask(alike, 1.0)
    return (values * weights).sum(axis=1).rename("index")
