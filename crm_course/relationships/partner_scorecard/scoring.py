"""The weighted score of a partner, and how far the weights decide who is first."""

import numpy as np
import pandas as pd

from crm_course import schema

# The criteria are those of the source, in its order; it leaves the weights blank. These are ours.
WEIGHTS = {
    "credit": 0.18, "finance": 0.15, "coverage": 0.12, "sales": 0.12, "product_line": 0.08,
    "management": 0.10, "stability": 0.07, "size": 0.06, "reputation": 0.06, "attitude": 0.06,
}  # fmt: skip
MARKS = {
    "A": (4, 4, 3, 5, 3, 4, 4, 3, 4, 5),
    "B": (3, 3, 5, 4, 4, 3, 3, 4, 4, 3),
    "C": (5, 5, 2, 2, 3, 3, 5, 2, 5, 4),
}
TAKE, DRAWS = 10, 1000  # partners who get a contract; sets of weights that are tried


def three_partners():
    """Return the sheet of three invented partners: partner, and ten criteria from 1 to 5."""
    marks = pd.DataFrame(MARKS, index=pd.Index(WEIGHTS, name="criterion")).T
    return marks.rename_axis("partner").rename_axis(columns=None).reset_index()


def weighted_score(scorecards, *, weights=WEIGHTS):
    """Return the score of each partner, best first: partner, score, place.

    scorecards (partner, and a column of marks for each criterion; where several raters have a row
    each, their mean counts). weights: criterion -> weight, not negative, together 1.
    score = the sum of weight x mark, in points; equal scores are placed by name. ValueError for a
    criterion without a column, a missing mark, weights that do not add up.
    Source: the additive model of value, Keeney and Raiffa (1976), Decisions with Multiple
    Objectives.

    >>> weighted_score(three_partners()).to_dict("list")
    {'partner': ['A', 'C', 'B'], 'score': [3.92, 3.68, 3.56], 'place': [1, 2, 3]}
    """
    weights = checked(weights)
    marks = mean_marks(scorecards, weights)
    score = (marks * weights).sum(axis=1).round(6).sort_values(ascending=False, kind="stable")
    places = range(1, len(score) + 1)
    return pd.DataFrame({"partner": score.index, "score": score.to_numpy(), "place": places})


def checked(weights):
    """Return weights as a Series, or say what is wrong with them."""
    weights = pd.Series(weights, dtype=float)
    if not np.isfinite(weights).all() or (weights < 0).any():
        wrong = weights[~(weights >= 0) | ~np.isfinite(weights)]
        raise ValueError(
            f"weights must not be negative or missing, got {wrong.to_dict()}. "
            "Write 0 for a criterion that shall not count."
        )
    if not np.isclose(weights.sum(), 1, atol=1e-6):
        raise ValueError(
            f"weights must add up to 1, got {weights.sum():g}. Divide each of them by their sum."
        )
    return weights


def mean_marks(scorecards, weights):
    """Return the marks by partner (its name in order), the mean where there are several raters."""
    schema.require(scorecards, ["partner"], name="scorecards")
    lacking = [name for name in weights.index if name not in scorecards.columns]
    if lacking:
        raise ValueError(
            f"scorecards lacks the criterion {', '.join(map(str, lacking))}, got "
            f"{', '.join(map(str, scorecards.columns))}. Rename yours, or name them in weights."
        )
    marks = scorecards[list(weights.index)]
    for name in marks.columns[marks.isna().any()]:
        raise ValueError(
            f"scorecards[{name!r}] must be complete, got nothing for "
            f"{scorecards.loc[marks[name].isna(), 'partner'].iloc[0]}. Fill or drop the row."
        )
    return marks.groupby(scorecards["partner"]).mean()


def move_weight(
    points, *, weights=WEIGHTS, taken=("credit", "finance"), given=("coverage", "sales")
):
    """Return weights of which each in `taken` has lost, and each in `given` got, so many points.

    points: per cent of weight, moved from each; `taken` and `given` are as many.

    >>> moved = move_weight(6)
    >>> round(moved["credit"], 2), round(moved["sales"], 2)
    (0.12, 0.18)
    """
    changed = dict(weights)
    for less, more in zip(taken, given, strict=True):
        changed[less] -= points / 100
        changed[more] += points / 100
    return changed


def weight_sensitivity(scorecards, *, weights=WEIGHTS):
    """Return how far each weight may move before another partner is first.

    scorecards and weights as for `weighted_score` -> criterion, weight, low, high, below, above:
    the first stays first while the weight of the criterion lies between low and high and the
    others share the rest as they did before; below and above: who is first beyond ("" if nobody).
    In closed form: with x for the weight, mark for the criterion and rest for the score of the
    others, a partner has x mark + (1 - x) rest, and two such lines cross once at most.

    >>> weight_sensitivity(three_partners()).query("criterion == 'sales'").round(3).values.tolist()
    [['sales', 0.12, 0.043, 1.0, 'C', '']]
    """
    weights = checked(weights)
    marks = mean_marks(scorecards, weights)
    first = weighted_score(scorecards, weights=weights)["partner"].iloc[0]
    rows = [(name, weights[name], *_limits(marks, weights, name, first)) for name in weights.index]
    return pd.DataFrame(rows, columns=["criterion", "weight", "low", "high", "below", "above"])


def _limits(marks, weights, name, first):
    """Return low, high, below, above for one criterion."""
    others = weights.drop(name)
    if not others.sum() > 0:
        return 0.0, 1.0, "", ""
    rest = (marks[others.index] * others).sum(axis=1) / others.sum()
    ahead_without = (rest[first] - rest).round(9)  # at weight 0
    ahead_alone = marks.loc[first, name] - marks[name]  # at weight 1
    crossing = ahead_without / (ahead_without - ahead_alone)
    under = crossing[ahead_without < 0]
    over = crossing[ahead_alone < 0]
    low, below = (under.max(), under.idxmax()) if len(under) else (0.0, "")
    high, above = (over.min(), over.idxmin()) if len(over) else (1.0, "")
    return low, high, below, above


def firmness(scorecards, *, weights=WEIGHTS, take=TAKE, draws=DRAWS, seed=43):
    """Return how many of the best stay among the best if the weights are others: a mean.

    take: the number of the best by `weights`; draws: sets of weights, each set that adds up to 1
    as likely as any other. take means that the weights do not matter.

    >>> same = pd.DataFrame({"partner": list("ABC"), "credit": [1, 2, 3], "sales": [2, 3, 4]})
    >>> firmness(same, weights={"credit": 0.5, "sales": 0.5}, take=1)
    1.0
    """
    weights = checked(weights)
    marks = mean_marks(scorecards, weights)
    if not 1 <= take <= len(marks):
        raise ValueError(f"take must be 1 to {len(marks)}, got {take}. There are no more partners.")
    best = weighted_score(scorecards, weights=weights)["partner"].head(take)
    drawn = np.random.default_rng(seed).dirichlet(np.ones(len(weights)), draws)
    scores = (drawn @ marks.to_numpy().T).round(6)
    places = np.argsort(-scores, axis=1, kind="stable")[:, :take]
    return float(marks.index.isin(best)[places].sum(axis=1).mean())


def knock_out(scorecards, limits):
    """Return the rows of the partners whose mean mark reaches every limit.

    limits: criterion -> lowest mark that a partner may have.

    >>> knock_out(three_partners(), {"sales": 3})["partner"].tolist()
    ['A', 'B']
    """
    lowest = pd.Series(limits, dtype=float)
    marks = mean_marks(scorecards, lowest)
    passed = marks.index[(marks >= lowest).all(axis=1)]
    return scorecards[scorecards["partner"].isin(passed)]
