"""Whom a call can save: uplift from calls that were made by the toss of a coin.

Uplift is a difference between people with and without a call, so it can be measured for a group
and never for one customer. After Ascarza (2018).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.customers import retention

EDGES = (33, 66)  # three parts of a score from 0 to 100, chosen before looking at the outcome
COST = 15.0  # of one call, in ¥
WORTH = 200.0  # of one renewal, in ¥


def break_even_uplift(cost: float = COST, worth: float = WORTH) -> float:
    """Return what a call must add to the chance of renewing to pay for itself.

    >>> break_even_uplift(20, 200)
    0.1
    """
    if worth <= 0:
        raise ValueError(f"worth must be above 0, got {worth}. Give the ¥ of one renewal.")
    return cost / worth


def call_profit(uplift, cost: float = COST, worth: float = WORTH):
    """Return what a call earns in ¥: what it adds to the chance, times the worth, less the cost.

    >>> [round(call_profit(each, cost=20), 2) for each in (0.02, 0.12)]
    [-16.0, 4.0]
    """
    return uplift * worth - cost


def risk_group(renewals: pd.DataFrame, *, by: str = "risk_score", edges=EDGES) -> pd.Series:
    """Return the group of each row: which of the parts of `by` that the edges divide.

    by: a score from 0 to 100 for each row; an edge belongs to the part below it
    -> ordered categories "0 to 33", "34 to 66", ...

    >>> risk_group(pd.DataFrame({"risk_score": [33, 34, 100]})).tolist()
    ['0 to 33', '34 to 66', '67 to 100']
    """
    schema.require(renewals, [], name="renewals")
    if by not in renewals:
        raise ValueError(f"renewals must have the column {by!r}, got none. Choose another.")
    outside = renewals.loc[~renewals[by].between(0, 100), by]
    if len(outside):
        raise ValueError(
            f"renewals[{by!r}] must be a score from 0 to 100, got {outside.iloc[0]}. Rescale it, "
            "or leave such rows out."
        )
    starts = [0, *(edge + 1 for edge in edges)]
    labels = [f"{low:g} to {high:g}" for low, high in zip(starts, [*edges, 100], strict=True)]
    return pd.cut(renewals[by], [-np.inf, *edges, np.inf], labels=labels).rename("group")


def uplift_by_group(renewals: pd.DataFrame, *, by="risk_score", edges=EDGES) -> pd.DataFrame:
    """Estimate what a call adds to the chance of renewing, group by group.

    renewals (treated: called by the toss of a coin, churned; risk_score or the column `by`); where
    it has renewal_due, only rows that were due are used; edges: where the groups end
    -> index group; contracts, not_called and called (shares that renewed), uplift, standard_error
    Raises ValueError where a group has nobody who was called, or nobody who was not.

    >>> trial = {"treated": [True, True, False, False], "churned": [False, False, False, True]}
    >>> uplift_by_group(pd.DataFrame(trial).assign(risk_score=50), edges=())["uplift"].tolist()
    [0.5]
    """
    schema.require(renewals, ["treated", "churned"], name="renewals")
    due = renewals[renewals["renewal_due"]] if "renewal_due" in renewals else renewals
    group, stayed = risk_group(due, by=by, edges=edges), (1.0 - due["churned"]).rename("stayed")
    cells = stayed.groupby([group, due["treated"]], observed=False).agg(["size", "mean"])
    table = cells.unstack()  # noqa: PD010 - the groups are made already
    size = table["size"].reindex(columns=[False, True], fill_value=0)
    if (size == 0).any(axis=None):
        raise ValueError(
            "every group must hold customers who were called and who were not, got "
            f"{(size == 0).any(axis=1).sum()} groups without. Take fewer edges."
        )
    share = table["mean"]
    return pd.DataFrame({
        "contracts": size.sum(axis=1),
        "not_called": share[False],
        "called": share[True],
        "uplift": share[True] - share[False],
        "standard_error": np.sqrt((share * (1 - share) / size).sum(axis=1)),
    })  # fmt: skip


def save_list(
    groups: pd.DataFrame, *, cost: float = COST, worth: float = WORTH, first: str = "uplift"
) -> pd.DataFrame:
    """Put the groups into an order and add up what calling them earns, of 1,000 contracts.

    groups (contracts, uplift) of `uplift_by_group`, safest first; first: "uplift" calls where a
    call adds most, "risk" calls the riskiest first
    -> group (last one called), calls, earned (¥); the first row calls nobody

    >>> groups = pd.DataFrame({"contracts": [5, 5], "uplift": [0.0, 0.1]}, index=["safe", "risky"])
    >>> save_list(groups)["earned"].tolist()
    [0.0, 2500.0, -5000.0]
    """
    orders = {"uplift": groups.sort_values("uplift", ascending=False, kind="stable"),
              "risk": groups.iloc[::-1]}  # fmt: skip
    if first not in orders:
        raise ValueError(f"first must be 'uplift' or 'risk', got {first!r}. Choose one of them.")
    ordered = orders[first]
    calls = 1000 * ordered["contracts"] / groups["contracts"].sum()
    earned = calls * call_profit(ordered["uplift"], cost, worth)
    return pd.DataFrame({
        "group": ["nobody", *ordered.index.astype(str)],
        "calls": [0.0, *calls.cumsum()],
        "earned": [0.0, *earned.cumsum()],
    })  # fmt: skip


def best_list(groups: pd.DataFrame, *, cost: float = COST, worth: float = WORTH) -> tuple:
    """Return (calls, earned in ¥), of 1,000 contracts, where the save list earns most.

    >>> best_list(pd.DataFrame({"contracts": [5, 5], "uplift": [0.0, 0.1]}))
    (500.0, 2500.0)
    """
    table = save_list(groups, cost=cost, worth=worth)
    top = table.loc[table["earned"].idxmax()]
    return float(top["calls"]), float(top["earned"])


def promised_and_kept(
    renewals: pd.DataFrame, truth: pd.DataFrame, *, cuts=(3, 5, 10, 25, 50), by: str = "risk_score"
) -> pd.DataFrame:
    """Return what the save list promises and what it truly earns, by the number of groups.

    renewals as for `uplift_by_group`, truth (customer_id, month, uplift); cuts: into how many
    parts of equal length the score is cut; ¥ for 1,000 contracts -> index groups; promised, kept
    """
    due = renewals.merge(truth[["customer_id", "month", "uplift"]], on=["customer_id", "month"])
    rows = []
    for number in cuts:
        edges = [100 * part // number for part in range(1, number)]
        groups = uplift_by_group(due, by=by, edges=edges)
        pays = (groups["uplift"] > break_even_uplift()).to_dict()
        called = risk_group(due, by=by, edges=edges).map(pays).astype(bool)
        kept = 1000 * float((call_profit(due["uplift"]) * called).mean())
        rows.append({"groups": number, "promised": best_list(groups)[1], "kept": kept})
    return pd.DataFrame(rows).set_index("groups")


@dataclass(frozen=True)
class UpliftModel:
    """Two retention models, of customers who were called and who were not."""

    called: retention.RetentionModel
    not_called: retention.RetentionModel

    def uplift(self, renewals: pd.DataFrame) -> pd.Series:
        """Return what a call adds to each customer's chance of renewing, by the two models.

        renewals (customer_id, sat, value, switch_cost) -> uplift, named like that
        """
        people = retention.drivers(renewals)
        steps = [people[each] for each in ("satisfaction", "value", "switching_cost")]
        difference = self.called.probability(*steps) - self.not_called.probability(*steps)
        return pd.Series(difference, index=renewals.index, name="uplift")


def fit_uplift(renewals: pd.DataFrame) -> UpliftModel:
    """Fit one retention model to customers who were called and one to those who were not.

    renewals (sat, value, switch_cost, treated, churned; perhaps renewal_due) -> UpliftModel
    """
    schema.require(renewals, ["treated"], name="renewals")
    both = renewals.drop(columns="treated")
    models = {was: retention.fit_retention_model(both[renewals["treated"] == was])
              for was in (True, False)}  # fmt: skip
    return UpliftModel(models[True], models[False])


def gain_curve(renewals: pd.DataFrame, score: pd.Series) -> pd.DataFrame:
    """Return how many renewals a call to the first so many would add, of 1,000 contracts.

    renewals (customer_id, treated, churned); where it has renewal_due, only rows that were due are
    used; score of each row: whoever has the highest is called first, ties by customer_id
    -> calls, gain: called so far times (share that stayed of the called less that of the others
    among them). Both lists must be random halves of the same people.

    >>> four = {"customer_id": [1, 2, 3, 4], "treated": [True, False, True, False]}
    >>> trial = pd.DataFrame(four).assign(churned=[False, True, True, True])
    >>> gain_curve(trial, pd.Series([4, 3, 2, 1]))["gain"].tolist()
    [0.0, nan, 500.0, 375.0, 500.0]
    """
    schema.require(renewals, ["customer_id", "treated", "churned"], name="renewals")
    ordered = _in_call_order(renewals, score)
    called, stayed = ordered["treated"].to_numpy(), ~ordered["churned"].to_numpy(dtype=bool)
    number = np.arange(1, len(ordered) + 1)
    with np.errstate(invalid="ignore"):
        shares = [(stayed & who).cumsum() / who.cumsum() for who in (called, ~called)]
    gain = number * (shares[0] - shares[1])
    per = 1000 / len(ordered)
    return pd.DataFrame({"calls": per * np.array([0, *number]), "gain": per * np.array([0, *gain])})


def _in_call_order(renewals, score):
    """The renewals that were due, highest score first, ties by customer_id."""
    if isinstance(score, pd.Series) and not score.index.equals(renewals.index):
        raise ValueError(
            f"score must have the rows of renewals in their order, got {len(score)} others for "
            f"{len(renewals)}. Use reindex(renewals.index)."
        )
    order = np.lexsort((renewals["customer_id"], -np.asarray(score, dtype="float64")))
    ordered = renewals.iloc[order]
    return ordered[ordered["renewal_due"]] if "renewal_due" in ordered else ordered


def qini(curve: pd.DataFrame) -> float:
    """Return the Qini: the mean height of a gain curve over the straight line to its end.

    curve (calls, gain) of `gain_curve` -> renewals of 1,000 contracts; 0 for a list by lot

    >>> qini(pd.DataFrame({"calls": [0, 500, 1000], "gain": [0, 30, 40]}))
    5.0
    """
    curve = curve.dropna()
    line = curve["gain"].iloc[-1] * curve["calls"] / curve["calls"].iloc[-1]
    above = (curve["gain"] - line).to_numpy()
    steps = np.diff(curve["calls"])
    return float(((above[1:] + above[:-1]) / 2 * steps).sum() / curve["calls"].iloc[-1])


def compare_lists(
    renewals: pd.DataFrame, scores: dict, truth: pd.DataFrame, *, calls: float = 500
) -> pd.DataFrame:
    """Compare lists of calls by the trial and by the truth, of 1,000 contracts.

    renewals as for `gain_curve`; scores: {name of a list: score of each renewal}; truth
    (customer_id, month, uplift) -> index list; qini, counted and true: renewals that the first
    so many calls add, by the trial and in truth
    """
    hidden = renewals[["customer_id", "month"]].merge(truth, how="left")["uplift"].to_numpy()
    rows = {}
    for name, score in scores.items():
        curve = gain_curve(renewals, score)
        added = _in_call_order(renewals.assign(hidden=hidden), score)["hidden"]
        true = 1000 * np.cumsum([0.0, *added]) / len(added)
        at = [np.interp(calls, curve["calls"], gain) for gain in (curve["gain"], true)]
        rows[name] = [qini(curve), *at]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["qini", "counted", "true"])
    return table.rename_axis("list")
