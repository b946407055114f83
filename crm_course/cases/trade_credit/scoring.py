"""A credit scorecard: weight of evidence, points, drift, and those to whom nobody lent."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema

BASE, ODDS, PDO = 600, 30, 20  # points at odds of 30 to 1; points that double the odds
BINS = {
    "seniority": ([-1, 0, 2, 5, 10, 99], ["0 years", "1-2", "3-5", "6-10", "over 10"]),
    "income": ([-1, 80, 120, 160, np.inf], ["up to 80", "81-120", "121-160", "over 160"]),
    "financed": ([0, 0.5, 0.7, 0.85, np.inf], ["up to 0.5", "to 0.7", "to 0.85", "over 0.85"]),
}  # of the Spanish loans: years in the job, income, share of the price that is borrowed


def weight_of_evidence(values, bad) -> pd.DataFrame:
    """Return what each value says about who repays: ln(its share of the good / of the bad).

    values, bad: of equal length, bad True for whom did not repay -> index value; good, bad
    (counts), rate (of bad), woe (above 0: speaks for the borrower). ValueError where a value has
    only one of the two, or something is missing. Source: Good, I. J. (1950); Siddiqi, N. (2006).

    >>> weight_of_evidence(["own", "own", "rent", "rent", "own", "rent"],
    ...     [False, False, True, True, True, False])["woe"].round(3).tolist()
    [0.693, -0.693]
    """
    values, bad = _complete("values", values).rename("value"), _complete("bad", bad).astype(bool)
    if len(bad) != len(values):
        raise ValueError(
            f"bad must be as many as values, got {len(bad)} and {len(values)}. "
            "Give one for each borrower."
        )
    counts = pd.DataFrame({"good": (~bad).groupby(values).sum(), "bad": bad.groupby(values).sum()})
    empty = counts.index[(counts == 0).any(axis=1)].tolist()
    if empty:
        raise ValueError(
            f"each value must have good and bad borrowers, got {empty}. Join it with another."
        )
    share = counts / counts.sum()
    rate = counts["bad"] / counts.sum(axis=1)
    return counts.assign(rate=rate, woe=np.log(share["good"] / share["bad"]))


def _complete(name, given):
    """What was given as a column, if there is something and nothing of it is missing."""
    values = pd.Series(np.asarray(given))
    if values.empty or values.hasnans:
        raise ValueError(
            f"{name} must be complete, got {values.isna().sum()} of {len(values)} missing. "
            "Drop them, or make them a class of their own."
        )
    return values


def information_value(values, bad) -> float:
    """Return how well a column tells good from bad: sum of (share good - share bad) x woe.

    Below 0.02 nothing, from 0.1 on useful, above 0.3 strong: a rule of thumb of the trade.

    >>> round(information_value(["own", "own", "rent", "rent", "own", "rent"],
    ...     [False, False, True, True, True, False]), 3)
    0.462
    """
    table = weight_of_evidence(values, bad)
    share = table[["good", "bad"]] / table[["good", "bad"]].sum()
    return float(((share["good"] - share["bad"]) * table["woe"]).sum())


def scorecard_points(default_probability, *, base=BASE, odds=ODDS, pdo=PDO):
    """Turn a chance of default into points: offset + factor x ln(odds of repaying).

    base: points at these odds (30 good to 1 bad); pdo: points that double the odds

    >>> round(scorecard_points(0.05), 1)
    586.8
    """
    chance = np.asarray(default_probability, dtype=float)
    if np.any((chance <= 0) | (chance >= 1)):
        raise ValueError(
            f"default_probability must lie between 0 and 1, got {default_probability}. "
            "Give 0.05 for 5 in 100; nobody is certain."
        )
    factor = pdo / np.log(2)
    points = base - factor * np.log(odds) + factor * np.log((1 - chance) / chance)
    return points if points.ndim else float(points)


def loan_classes(loans: pd.DataFrame) -> pd.DataFrame:
    """Cut the Spanish loans of `datasets.real` into classes, and give what is missing one.

    loans -> records, job, home, seniority, income, financed, all text; `financed` is the borrowed
    share of the price
    """
    schema.require(loans, ["seniority", "records", "price"], name="loans")
    numbers = loans.assign(financed=loans["amount"] / loans["price"])
    cut = {name: pd.cut(numbers[name], bins, labels=labels).astype(object)
           for name, (bins, labels) in BINS.items()}  # fmt: skip
    table = loans[["records", "job", "home"]].astype(object).assign(**cut)
    known = table.fillna({"job": "others", "home": "other", "income": "not known"})
    return known.replace({"home": {"ignore": "other"}}).astype(str)


@dataclass(frozen=True)
class Scorecard:
    """A fitted scorecard. `.points`: column, value, woe, points; `.chance(classes)` of failing."""

    points: pd.DataFrame
    constant: float
    slopes: dict

    def chance(self, classes: pd.DataFrame) -> pd.Series:
        """Return the chance of not repaying; a value never seen counts as neither good nor bad."""
        odds = self.constant
        for column, slope in self.slopes.items():
            woe = self.points[self.points["column"] == column].set_index("value")["woe"]
            odds = odds + slope * classes[column].map(woe).fillna(0)
        return (1 / (1 + np.exp(-odds))).rename("chance")


def fit_scorecard(classes: pd.DataFrame, bad) -> Scorecard:
    """Fit a logistic regression on weights of evidence -> Scorecard.

    classes: a text column for each question; bad: who did not repay. The constant's points are
    shared out among the columns, as on a printed card.
    """
    from sklearn.linear_model import LogisticRegression

    bad = _complete("bad", bad).astype(bool)
    tables = {name: weight_of_evidence(classes[name], bad)["woe"] for name in classes}
    evidence = pd.DataFrame({name: classes[name].map(woe) for name, woe in tables.items()})
    model = LogisticRegression(C=np.inf, max_iter=1000).fit(evidence, bad)
    constant, slopes = model.intercept_[0], model.coef_[0]
    factor = PDO / np.log(2)
    share = (BASE - factor * (np.log(ODDS) + constant)) / len(tables)
    rows = [
        (name, value, evidence, share - factor * slope * evidence)
        for (name, woe), slope in zip(tables.items(), slopes, strict=True)
        for value, evidence in woe.items()
    ]
    table = pd.DataFrame(rows, columns=["column", "value", "woe", "points"])
    return Scorecard(table, float(constant), dict(zip(tables, slopes.tolist(), strict=True)))


def stability_index(before, after) -> float:
    """Return how far a mix has moved: sum of (share after - before) x ln(after / before).

    before, after: the values of two years, of a few classes, each class in both. Below 0.1 the
    trade calls it stable. It sees who comes, not how they fare.

    >>> round(stability_index([0, 0, 0, 1], [0, 0, 1, 1]), 3)
    0.275
    """
    years = {"before": before, "after": after}
    shares = {name: _complete(name, each).value_counts(normalize=True)
              for name, each in years.items()}  # fmt: skip
    both = pd.concat(shares, axis=1)
    if both.isna().any(axis=None):
        raise ValueError(
            f"each class must be in both years, got {both.index[both.isna().any(axis=1)].tolist()}"
            " in one. Join it with another."
        )
    return float(((both["after"] - both["before"]) * np.log(both["after"] / both["before"])).sum())
