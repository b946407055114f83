"""Whose sheet knows something: raters beside one another, beside the truth, and in money."""

import numpy as np
import pandas as pd

from crm_course import schema

from .scoring import TAKE, WEIGHTS, firmness, weighted_score

STEP = 100_000.0  # ¥ of margin a year for one step (standard deviation) of merit; assumed
VISIT = 1_500.0  # ¥ to send a rater to one partner; assumed
LIMIT = {"credit": 3}  # the knock-out rule of Lanting Wholesale
DEFAULT, LOSS = 0.03, 0.6  # share who cannot pay in a year at ordinary credit; share then lost


def alike(sheet, *, criteria=tuple(WEIGHTS)):
    """Return how alike the criteria of one sheet are: the mean correlation of every two.

    sheet (one row for each partner, a column for each criterion) -> 0 where they have nothing to
    do with one another, 1 where they go up and down together.

    >>> round(alike(pd.DataFrame({"a": [1, 2, 3], "b": [2, 3, 5]}), criteria=["a", "b"]), 3)
    0.982
    """
    correlation = sheet[list(criteria)].corr().to_numpy()
    return float(np.nanmean(correlation[np.triu_indices(len(correlation), 1)]))


def agreement(scorecards, rater, *, criteria=tuple(WEIGHTS)):
    """Return how far a rater sees what the others see: the mean correlation on one criterion.

    scorecards (partner, rater, criteria). For each other rater and each criterion, the marks of
    both are correlated over the partners.
    """
    sheets = {name: rows.set_index("partner") for name, rows in scorecards.groupby("rater")}
    if rater not in sheets or len(sheets) < 2:
        raise ValueError(
            f"scorecards must hold {rater!r} and another rater, got {sorted(sheets)}. Collect more."
        )
    own, criteria = sheets.pop(rater), list(criteria)
    pairs = [own[criteria].corrwith(other[criteria]) for other in sheets.values()]
    return float(pd.concat(pairs).mean())


def compare_raters(scorecards, *, weights=WEIGHTS, take=TAKE):
    """Return one row for each rater: rater, mean_mark, stays, alike, agreement.

    scorecards (partner, rater, criteria). stays: `firmness` of the rater's sheet, of `take`;
    alike: of every two criteria in the rater's own sheet; agreement: with the other raters on the
    same criterion. An honest sheet agrees more than it is alike (Campbell and Fiske, 1959).
    """
    schema.require(scorecards, ["partner", "rater"], name="scorecards")
    criteria = list(weights)
    rows = [{"rater": rater, "mean_mark": sheet[criteria].mean(axis=None),
             "stays": firmness(sheet, weights=weights, take=take),
             "alike": alike(sheet, criteria=criteria),
             "agreement": agreement(scorecards, rater, criteria=criteria)}
            for rater, sheet in scorecards.groupby("rater")]  # fmt: skip
    return pd.DataFrame(rows)


def true_marks(truth):
    """Return the true merits under the names of the criteria: truth_scorecards -> a scorecard.

    Where a function here asks for truth, either of the two will do.
    """
    return truth.rename(columns=lambda name: name.removesuffix("_true"))


def chosen(scorecards, *, weights=WEIGHTS, take=TAKE):
    """Return the partners with the highest scores, as a list, best first."""
    return weighted_score(scorecards, weights=weights)["partner"].head(take).tolist()


def merit_of(partners, truth, *, weights=WEIGHTS):
    """Return the mean true merit of some partners, in steps (standard deviations)."""
    merit = weighted_score(true_marks(truth), weights=weights).set_index("partner")["score"]
    return float(merit.loc[list(partners)].mean())


def rating_plans(scorecards, truth, *, step=STEP, visit=VISIT, take=TAKE, weights=WEIGHTS):
    """Return what a year's contracts leave, by whose marks decide: one row for each plan.

    scorecards (partner, rater, criteria), truth (truth_scorecards) -> plan, found, merit, brings,
    costs, left. found: of the `take` chosen, how many are truly among the `take` best; merit: mean
    true merit of the chosen, in steps; brings: take x step x merit, ¥ more than ordinary partners
    would bring; costs: visit for each rater and partner; left = brings - costs. The plan without
    raters draws names from a hat, and gets what it gets on average.
    """
    raters, everybody = sorted(scorecards["rater"].unique()), truth["partner"].tolist()
    merits = weighted_score(true_marks(truth), weights=weights).set_index("partner")["score"]
    best = set(merits.index[:take])
    plans = {"a hat": (), **{rater: (rater,) for rater in raters}, **_without_one(raters)}
    rows = []
    for plan, senders in (plans | {"all": tuple(raters)}).items():
        some = scorecards[scorecards["rater"].isin(senders)]
        picked = chosen(some, weights=weights, take=take) if senders else everybody
        merit = float(merits.loc[picked].mean())
        found = len(best & set(picked)) * (take / len(picked))
        brings, costs = take * step * merit, visit * len(senders) * len(everybody)
        rows.append((plan, found, merit, brings, costs, brings - costs))
    return pd.DataFrame(rows, columns=["plan", "found", "merit", "brings", "costs", "left"])


def _without_one(raters):
    """Every plan that leaves one of three or more raters at home, by the names of the others."""
    if len(raters) < 3:
        return {}
    plans = [[each for each in raters if each != home] for home in reversed(raters)]
    return {" and ".join(plan): tuple(plan) for plan in plans}


def credit_loss(partners, truth, *, goods):
    """Return what a partner is expected not to pay in a year, in ¥, the mean of some partners.

    goods: ¥ that a partner holds on credit. With ordinary credit 3 of 100 cannot pay in a year,
    with one step less 2.7 times as many, and so on, and then 60 % are lost. All of it is assumed.
    """
    credit = true_marks(truth).set_index("partner").loc[list(partners), "credit"]
    return float((np.minimum(DEFAULT * np.exp(-credit), 1) * LOSS * goods).mean())


def knock_out_money(chosen_without, chosen_with, truth, *, goods, step=STEP):
    """Return what two lists of partners leave in a year: one row for each size of credit.

    goods: several amounts, in ¥ for each partner -> goods, without, with_rule, difference: step x
    merit less the expected loss, summed over the partners of the list. Credit counts once, in the
    loss: the merit is that of the other criteria, each with its old weight.
    """
    lists = {"without": chosen_without, "with_rule": chosen_with}
    share = 1 - WEIGHTS["credit"]
    rest = {name: weight / share for name, weight in WEIGHTS.items() if name != "credit"}
    rows = []
    for amount in goods:
        left = {name: len(picked) * (step * share * merit_of(picked, truth, weights=rest)
                                     - credit_loss(picked, truth, goods=amount))
                for name, picked in lists.items()}  # fmt: skip
        rows.append({"goods": amount, **left, "difference": left["with_rule"] - left["without"]})
    return pd.DataFrame(rows)
