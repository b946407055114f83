"""When customers leave: a chance of leaving for every month, with what drives it.

Discrete-time survival: each month that a customer was watched is one row of a logistic
regression; customers who are still there give their months and no departure.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from crm_course import schema
from crm_course.customers import retention
from crm_course.customers.retention.renewal import fit_logit

FORCES = ("satisfaction", "value", "switching_cost")
CONTRACT = 12  # months


@dataclass(frozen=True)
class HazardModel:
    """Chance of leaving in a month: log-odds by force, in months with and without a renewal.

    weights: index term, columns renewal and other (log-odds), renewal_error and other_error
    """

    weights: pd.DataFrame

    def chance(self, *, renewal: bool, satisfaction=0.0, value=0.0, switching_cost=0.0):
        """Return the chance of leaving in a month; forces in steps from an ordinary customer."""
        weight = self.weights["renewal" if renewal else "other"]
        forces = {"satisfaction": satisfaction, "value": value, "switching_cost": switching_cost}
        odds = weight["intercept"]
        for name, steps in forces.items():
            odds = odds + weight[name] * steps
        return expit(odds)

    def survival(self, months: int = 36, **forces) -> pd.Series:
        """Return the share of customers with these forces that is there after 0, 1, ... months."""
        due = np.arange(1, months + 1) % CONTRACT == 0
        leaving = np.where(
            due, self.chance(renewal=True, **forces), self.chance(renewal=False, **forces)
        )
        share = np.concatenate([[1.0], np.cumprod(1 - leaving)])
        return pd.Series(share, index=pd.RangeIndex(months + 1, name="months"), name="survival")

    def months_paid(self, months: int = 36, **forces) -> float:
        """Return how many of the first months such a customer is expected to pay."""
        return float(self.survival(months - 1, **forces).sum())

    @property
    def odds_ratios(self) -> pd.DataFrame:
        """By how much one step more multiplies the odds of leaving, by kind of month."""
        return np.exp(self.weights.loc[list(FORCES), ["renewal", "other"]])


def fit_hazard(panel: pd.DataFrame, *, same_every_month: bool = False) -> HazardModel:
    """Fit the chance of leaving in a month by logistic regression on customer-months.

    panel (customer_id, sat, value, switch_cost, renewal_due, churned; perhaps treated: renewals
    with a call are left out, since the call moves them); same_every_month: let each force have
    one weight in all months, as proportional hazards do -> HazardModel
    Raises ValueError if in one kind of month all left or nobody did, or if the forces cannot be
    told apart.
    """
    columns = ["sat", "value", "switch_cost", "renewal_due", "churned"]
    schema.require(panel, [*columns, *panel.columns.intersection(["treated"])], name="panel")
    rows = panel[~panel["treated"]] if "treated" in panel else panel
    steps = retention.drivers(rows)[list(FORCES)]
    due = rows["renewal_due"]
    _require_both(rows, due)
    if same_every_month:
        fit = _logit(rows["churned"], steps.assign(other=1.0 - due, renewal=due.astype("float64")))
        parts = {name: fit.rename(index={name: "intercept"}) for name in ("renewal", "other")}
    else:
        kinds = {"renewal": due, "other": ~due}
        parts = {name: _logit(rows.loc[those, "churned"], steps[those].assign(intercept=1.0))
                 for name, those in kinds.items()}  # fmt: skip
    terms = ["intercept", *FORCES]
    weights = {name: part.loc[terms, "estimate"] for name, part in parts.items()}
    errors = {f"{name}_error": part.loc[terms, "standard_error"] for name, part in parts.items()}
    return HazardModel(pd.DataFrame({**weights, **errors}).rename_axis("term"))


def _require_both(rows, due):
    left = rows["churned"].groupby(due).nunique()
    if len(left) < 2 or (left < 2).any():
        raise ValueError(
            f"panel must hold stayers and leavers in both kinds of month, got {left.to_dict()} "
            "(renewal_due: different outcomes). Take more months."
        )


def _logit(left, terms):
    fit = fit_logit(left.astype("float64"), terms, name="panel")
    return pd.DataFrame({"estimate": fit.params, "standard_error": fit.bse})


def before_renewal(panel: pd.DataFrame) -> pd.DataFrame:
    """Return satisfaction in the twelve months up to a renewal, of those who stay and who leave.

    panel (customer_id, month, sat, renewal_due, churned)
    -> index months (11 to 0 before the renewal); columns stays, leaves: mean satisfaction
    """
    year = _year_before(panel)
    if year["left"].nunique() < 2:
        raise ValueError(
            f"panel must hold renewals of stayers and of leavers, got {year['left'].sum()} months "
            f"before leaving of {len(year)}. Take more months."
        )
    left = year["left"].map({True: "leaves", False: "stays"}).rename(None)
    means = year.pivot_table("sat", "months", left)
    return means[["stays", "leaves"]].rename_axis(columns=None)[::-1]


def _year_before(panel):
    """The customer-months of the year up to each renewal, and whether the customer then left."""
    schema.require(panel, ["customer_id", "month", "sat", "renewal_due", "churned"], name="panel")
    ends = panel.loc[panel["renewal_due"], ["customer_id", "month", "churned"]]
    ends = ends.rename(columns={"month": "ends", "churned": "left"})
    year = panel[["customer_id", "month", "sat"]].merge(ends, on="customer_id")
    year["months"] = year["ends"] - year["month"]
    return year[year["months"].between(0, CONTRACT - 1)]


def early_warning(panel: pd.DataFrame, *, months=(0, 3, 6), below: float = 5.0) -> pd.DataFrame:
    """Return how many who are unhappy leave at the renewal, by how long before one asks.

    panel (customer_id, month, sat, renewal_due, churned); months: before the contract ends;
    below: unhappy is who gives fewer points -> index months; unhappy (renewals), leave (share)
    """
    year = _year_before(panel)
    unhappy = year[year["months"].isin(months) & (year["sat"] < below)]
    return unhappy.groupby("months")["left"].agg(unhappy="size", leave="mean")
