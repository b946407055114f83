"""What customers say about quality: gaps, Kano's kinds of features, willingness to recommend."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema

WEIGHTS = {  # an illustration from the authors of SERVQUAL, not the weights of these customers
    "reliability": 0.32,
    "responsiveness": 0.22,
    "assurance": 0.19,
    "empathy": 0.16,
    "tangibles": 0.11,
}
KINDS = ("must-be", "one-dimensional", "attractive", "indifferent")
NORMAL = 1.96  # standard errors on either side of a 95 % interval


def servqual_gap(answers: pd.DataFrame, *, weights: dict = WEIGHTS) -> pd.DataFrame:
    """Return how far perceptions fall short of expectations, by dimension (SERVQUAL).

    answers (customer_id, dimension, expectation, perception: 1 to 7); weights: {dimension: share},
    which add up to 1 -> index dimension, most weighted first; expectation, perception, gap
    (perception less expectation), standard_error (over customers), weight, weighted (weight x gap).
    The whole gap is the sum of `weighted`. Source: Parasuraman, Zeithaml & Berry (1988).

    >>> asked = {"customer_id": [1, 1], "dimension": ["empathy", "tangibles"],
    ...          "expectation": [6, 5], "perception": [5, 5]}
    >>> table = servqual_gap(pd.DataFrame(asked), weights={"empathy": 0.6, "tangibles": 0.4})
    >>> table["weighted"].tolist()
    [-0.6, 0.0]
    """
    schema.require(
        answers, ["customer_id", "dimension", "expectation", "perception"], name="answers"
    )
    if set(weights) != set(answers["dimension"]) or abs(sum(weights.values()) - 1) > 1e-9:
        raise ValueError(
            f"weights must add up to 1 over {sorted(set(answers['dimension']))}, got {weights}. "
            "Give each dimension its share."
        )
    scored = answers.assign(gap=answers["perception"] - answers["expectation"])
    table = scored.groupby("dimension")[["expectation", "perception", "gap"]].mean()
    people = scored.groupby(["dimension", "customer_id"])["gap"].mean().groupby("dimension")
    weight = pd.Series(weights)
    table = table.assign(standard_error=people.sem(), weight=weight, weighted=weight * table["gap"])
    return table.loc[list(weights)].rename_axis("dimension")


def kano_coefficients(answers: pd.DataFrame) -> pd.DataFrame:
    """Return what each feature is to the customers, from Kano's pairs of questions.

    answers (feature, functional, dysfunctional: 1 I like it, 2 I expect it, 3 neutral, 4 I can live
    with it, 5 I dislike it) -> index feature; customers of each of KINDS, reverse, questionable;
    better = (A + O) / (A + O + M + I), worse = -(O + M) / (A + O + M + I), kind (the most frequent;
    the earlier of KINDS where two are equal; None where nobody gave one of them).
    Sources: Kano et al. (1984); Berger et al. (1993).

    >>> pair = {"feature": ["a lift"], "functional": [1], "dysfunctional": [5]}
    >>> kano_coefficients(pd.DataFrame(pair))[["better", "worse"]].to_numpy().tolist()
    [[1.0, -1.0]]
    """
    schema.require(answers, ["feature", "functional", "dysfunctional"], name="answers")
    kinds = pd.Series(kano_kind(answers["functional"], answers["dysfunctional"]), answers.index)
    columns = [*KINDS, "reverse", "questionable"]
    table = pd.crosstab(answers["feature"], kinds).reindex(columns=columns, fill_value=0)
    counted = table[list(KINDS)].sum(axis=1)
    better = (table["attractive"] + table["one-dimensional"]) / counted
    worse = -(table["one-dimensional"] + table["must-be"]) / counted
    kind = table[list(KINDS)].idxmax(axis=1).where(counted > 0, None)
    return table.assign(better=better, worse=worse, kind=kind).rename_axis(columns=None)


def kano_kind(functional: pd.Series, dysfunctional: pd.Series) -> np.ndarray:
    """Return the kind of each pair of answers, from the usual table of five by five.

    >>> kano_kind(pd.Series([1, 1, 3, 3, 1]), pd.Series([5, 3, 5, 3, 1])).tolist()
    ['one-dimensional', 'attractive', 'must-be', 'indifferent', 'questionable']
    """
    for name, given in {"functional": functional, "dysfunctional": dysfunctional}.items():
        outside = given[~given.isin(range(1, 6))]
        if len(outside):
            raise ValueError(
                f"{name} must be an answer from 1 to 5, got {outside.iloc[0]}. "
                "Leave out what is not on the scale."
            )
    likes, dislikes = functional == 1, dysfunctional == 5
    cases = {
        "questionable": (likes & (dysfunctional == 1)) | ((functional == 5) & dislikes),
        "reverse": (dysfunctional == 1) | (functional == 5),
        "one-dimensional": likes & dislikes,
        "attractive": likes,
        "must-be": dislikes,
    }
    return np.select(list(cases.values()), list(cases), default="indifferent")


@dataclass(frozen=True)
class NetPromoterScore:
    """A net promoter score in points from -100 to 100, with its 95 % interval."""

    score: float
    standard_error: float

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return self.score - NORMAL * self.standard_error

    @property
    def high(self) -> float:
        """The upper end of the 95 % interval."""
        return self.score + NORMAL * self.standard_error


def net_promoter_score(answers) -> NetPromoterScore:
    """Return the per cent who answer 9 or 10 less the per cent who answer 0 to 6.

    answers: 0 to 10 each, missing ones are left out -> .score .standard_error .low .high, points
    Source: Reichheld (2003); se = sqrt((p + d - (p - d)^2) / n).

    >>> net_promoter_score([10, 9, 8, 3]).score
    25.0
    """
    given = pd.Series(answers, dtype="float64").dropna()
    if given.empty or not given.between(0, 10).all():
        raise ValueError(
            f"answers must hold numbers from 0 to 10, got {len(given)} from {given.min()} to "
            f"{given.max()}. Leave out what is not on the scale."
        )
    promoters, detractors = (given >= 9).mean(), (given <= 6).mean()
    net = float(promoters - detractors)
    spread = promoters + detractors - net**2
    return NetPromoterScore(100 * net, 100 * float(np.sqrt(spread / len(given))))
