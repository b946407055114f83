"""Is a rule fair? Several measures of one rule, for groups that differ in what is to come."""

import numpy as np
import pandas as pd

from crm_course import schema

MARGIN, LOSS = 6_000.0, 60_000.0  # ¥ that a debtor who pays brings in a year, and a default costs
YOUNG = 3  # years; younger firms are one group


def age_group(debtors, *, young=YOUNG):
    """Return "young" for firms of less than `young` years and "old" for the others."""
    schema.require(debtors, ["years"], name="debtors")
    return pd.Series(np.where(debtors["years"] < young, "young", "old"), index=debtors.index)


def group_rates(group, chance, refused):
    """Return what a rule does to each group, on average over all luck.

    group: a label for each person; chance: the chance of each to default; refused: True for those
    who get no credit (or a table's columns, all of one length)
    -> group, people, defaults (share of all), refused (share of all), wronged (of those who would
    pay, the share refused), slipped (of those who would not pay, the share that gets credit),
    right (of the refused, the share that would not have paid)
    """
    table = pd.DataFrame({"group": np.asarray(group), "bad": np.asarray(chance, dtype=float),
                          "no": np.asarray(refused, dtype=bool)})  # fmt: skip
    outside = table.loc[~table["bad"].between(0, 1), "bad"]
    if len(outside):
        raise ValueError(f"a chance must lie between 0 and 1, got {outside.iloc[0]:g}. "
                         "Give shares, not per cent.")  # fmt: skip
    if table["group"].isna().any():
        raise ValueError("group must be known for everybody, got none for some. Give them a label.")
    table["bad_no"] = table["bad"] * table["no"]
    sums = table.groupby("group").agg(people=("bad", "size"), bad=("bad", "sum"),
                                      no=("no", "sum"), bad_no=("bad_no", "sum"))  # fmt: skip
    good, good_no = sums["people"] - sums["bad"], sums["no"] - sums["bad_no"]
    return pd.DataFrame({
        "people": sums["people"],
        "defaults": sums["bad"] / sums["people"],
        "refused": sums["no"] / sums["people"],
        "wronged": good_no / good,
        "slipped": 1 - sums["bad_no"] / sums["bad"],
        "right": sums["bad_no"] / sums["no"].where(sums["no"] > 0),
    })  # fmt: skip


def refuse(chance, group, limits):
    """Return True for everybody whose chance lies above the limit of the own group.

    limits: one number for all, or {group: number}.
    """
    labels = pd.Series(np.asarray(group))
    limit = labels.map(limits) if isinstance(limits, dict) else limits
    if np.any(pd.isna(limit)):
        raise ValueError(
            f"limits must have a number for every group, got {limits}. Give one to each of "
            f"{labels.unique().tolist()}."
        )
    return np.asarray(chance) > np.asarray(limit, dtype=float)


def credit_money(chance, refused, *, margin=MARGIN, loss=LOSS):
    """Return what those who get credit earn in a year, in ¥: margin if they pay, less the loss."""
    chance = np.asarray(chance, dtype=float)
    each = (1 - chance) * margin - chance * loss
    return float(each[~np.asarray(refused, dtype=bool)].sum())


def limit_for(group, chance, *, of, measure, target):
    """Return the limit of one group at which a measure of `group_rates` comes nearest to a target.

    of: the group whose limit is sought; measure: "refused", "wronged" or "slipped".
    """
    own = np.sort(np.asarray(chance, dtype=float)[np.asarray(group) == of])[::-1]
    if not len(own):
        raise ValueError(f"of must be one of the groups, got {of!r}. Choose one that has people.")
    bad, good = (np.append(0, np.cumsum(part)) for part in (own, 1 - own))
    shares = {"refused": np.arange(len(own) + 1) / len(own), "wronged": good / good[-1],
              "slipped": 1 - bad / bad[-1]}  # fmt: skip
    if measure not in shares:
        raise ValueError(f"measure must be one of {', '.join(shares)}, got {measure!r}. Choose it.")
    below = np.append(own, 0.0)
    cuts = np.append(0, np.flatnonzero(own > below[1:]) + 1)  # who are alike are not told apart
    limits = np.concatenate([own[:1], (own[:-1] + own[1:]) / 2, [0.0]])  # from nobody to everybody
    return float(limits[cuts[np.abs(shares[measure][cuts] - target).argmin()]])
