"""The retention model: what satisfaction, perceived value and switching cost do to a renewal.

A reconstruction: the source names the three forces, its drawing is lost. After Chen Mingliang
(about 2003) as others retell it, and Lam, Shankar, Erramilli & Murthy (2004).
"""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from crm_course import schema

DRIVERS = {"satisfaction": "sat", "value": "value", "switching_cost": "switch_cost"}
TERMS = ("intercept", *DRIVERS, "interaction")
WALL = {"switching_cost": 1.0}  # by how many steps two visits with a form move everybody
SHOPS = {"satisfaction": 0.5}  # by how many steps shorter queues do


@dataclass(frozen=True)
class RetentionModel:
    """The retention model: what satisfaction, value and switching cost do to a renewal.

    P(renew) = 1 / (1 + exp(-z)), z = intercept + satisfaction S + value V + switching_cost C
    + interaction S C; S, V and C count steps (standard deviations) from an ordinary customer.
    """

    intercept: float
    satisfaction: float
    value: float
    switching_cost: float
    interaction: float
    standard_errors: tuple | None = None
    log_likelihood: float | None = None

    def probability(self, satisfaction, value, switching_cost):
        """Return the probability of renewing, of one customer or of a column of them.

        >>> round(float(TEXTBOOK.probability(1, 0.5, 0)), 4)
        0.8389
        """
        z = self.intercept + self.satisfaction * satisfaction + self.value * value
        z = z + self.switching_cost * switching_cost
        return expit(z + self.interaction * satisfaction * switching_cost)

    @property
    def summary(self) -> pd.DataFrame:
        """The five estimates as a table: term, estimate, standard_error."""
        estimates = [getattr(self, term) for term in TERMS]
        errors = self.standard_errors or (np.nan,) * len(TERMS)
        return pd.DataFrame({"term": TERMS, "estimate": estimates, "standard_error": errors})


TEXTBOOK = RetentionModel(0.4, 0.9, 0.7, 0.5, -0.3)


def drivers(panel: pd.DataFrame) -> pd.DataFrame:
    """Return what drives each renewal in steps from an ordinary customer (schema.SCALES).

    panel (customer_id, sat, value, switch_cost: 0 to 10; perhaps month)
    -> customer_id, perhaps month, satisfaction, value, switching_cost

    >>> asked = {"customer_id": [1], "sat": [7.5], "value": [6.0], "switch_cost": [1.0]}
    >>> drivers(pd.DataFrame(asked))
       customer_id  satisfaction  value  switching_cost
    0            1           1.0    0.0            -2.0
    """
    schema.require(panel, ["customer_id", *DRIVERS.values()], name="panel")
    return panel.filter(["customer_id", "month"]).assign(**_steps(panel))


def _steps(panel):
    scales = {driver: (panel[column], *schema.SCALES[column]) for driver, column in DRIVERS.items()}
    return {driver: (points - middle) / step for driver, (points, middle, step) in scales.items()}


def fit_retention_model(renewals: pd.DataFrame) -> RetentionModel:
    """Fit the retention model to contracts that ended, by logistic regression.

    renewals (sat, value, switch_cost, churned); where it has renewal_due or treated, only rows
    that were due and were not treated are used
    Raises ValueError if all stayed, all left, or the drivers cannot be told apart.
    """
    ended = _untreated_renewals(renewals)
    steps = pd.DataFrame(_steps(ended))
    terms = steps.assign(interaction=steps["satisfaction"] * steps["switching_cost"], intercept=1.0)
    fit = fit_logit(1.0 - ended["churned"], terms[list(TERMS)], name="renewals")
    return RetentionModel(*fit.params.tolist(), tuple(fit.bse.tolist()), float(fit.llf))


def fit_logit(outcome, terms, *, name):
    """Fit a logistic regression of 0 or 1 on terms, one of them constant.

    Raises ValueError, with the name of the table, if the terms cannot be told apart.
    """
    from statsmodels.discrete.discrete_model import Logit  # statsmodels.api takes a second more
    from statsmodels.tools.sm_exceptions import ModelWarning

    rank = np.linalg.matrix_rank(terms)
    if rank < terms.shape[1]:
        raise ValueError(
            f"{name} must vary in every driver, each in its own way, got {terms.shape[1]} terms of "
            f"which {rank} say it all. Take more contracts."
        )
    try:
        with warnings.catch_warnings(), np.errstate(over="ignore"):
            warnings.simplefilter("error", ModelWarning)
            return Logit(outcome, terms).fit(disp=0)
    except (ModelWarning, np.linalg.LinAlgError) as error:
        raise ValueError(
            f"{name} must vary in every driver and overlap between stayers and leavers, got "
            f"{error}. Take more contracts."
        ) from error


def _untreated_renewals(renewals):
    schema.require(renewals, [*DRIVERS.values(), "churned"], name="renewals")
    marks = [mark for mark in ("renewal_due", "treated") if mark in renewals]
    due = schema.require(renewals, marks, name="renewals")
    for mark in marks:
        due = due[due[mark] == (mark == "renewal_due")]
    if due["churned"].nunique() < 2:
        raise ValueError(
            f"renewals must hold customers who stayed and customers who left, got "
            f"{due['churned'].sum()} leavers of {len(due)}. Take more contracts."
        )
    return due


def kept_by(
    policy: dict, people: pd.DataFrame, *, model: RetentionModel = TEXTBOOK, move: float = 0.0
) -> pd.Series:
    """Return by how much a policy raises each customer's probability of renewal.

    policy: {force: steps}, such as WALL; people (satisfaction, value, switching_cost) in steps, of
    `drivers`; move: by how many steps everybody's switching cost has changed before

    >>> unhappy = pd.DataFrame({"satisfaction": [-1.0], "value": [0.0], "switching_cost": [0.0]})
    >>> kept_by(WALL, unhappy).round(4).to_list()
    [0.1969]
    """
    schema.require(people, list(DRIVERS), name="people")
    before = _moved(people, {"switching_cost": move})
    return _renewing(_moved(before, policy), model) - _renewing(before, model)


def _moved(people, policy):
    return people.assign(**{force: people[force] + steps for force, steps in policy.items()})


def _renewing(people, model):
    return model.probability(people["satisfaction"], people["value"], people["switching_cost"])


def policy_money(
    panel: pd.DataFrame, *, moves=(0.0, -0.5, -1.0, -1.5), cost_of_shops: float = 8.0
) -> pd.DataFrame:
    """Return what the wall and the shops earn on 1,000 contracts, by move of the switching cost.

    panel: customer-months with sat, value, switch_cost, margin, renewal_due, churned; moves: by
    how many steps everybody's switching cost changes first; cost_of_shops: ¥ for a contract
    -> index move; wall, shops in ¥. A contract is worth its probability of renewal times twelve
    months of margin at the customer's satisfaction, so a customer made happier counts as well.
    """
    schema.require(panel, ["renewal_due"], name="panel")
    renewals = panel[panel["renewal_due"]]
    model, people = fit_retention_model(renewals), drivers(renewals)
    worth = yearly_worth(panel)

    def value(people):
        points, step = schema.SCALES["sat"]
        each = np.interp(points + step * people["satisfaction"], worth.index, worth)
        return 1000 * (_renewing(people, model) * each).mean()

    def earned(policy, move):
        before = _moved(people, {"switching_cost": move})
        return value(_moved(before, policy)) - value(before)

    wall = [earned(WALL, move) for move in moves]
    shops = [earned(SHOPS, move) - 1000 * cost_of_shops for move in moves]
    return pd.DataFrame({"wall": wall, "shops": shops}, index=pd.Index(moves, name="move"))


def yearly_worth(panel: pd.DataFrame) -> pd.Series:
    """Return twelve months of margin in ¥ by points of satisfaction, 3 and less to 9 and more."""
    schema.require(panel, ["sat", "margin"], name="panel")
    points = panel["sat"].round().clip(3, 9).rename("points")
    return 12 * panel.groupby(points)["margin"].mean().rename("worth")
