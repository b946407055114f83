"""Does culture move customers? Branch against branch, a branch against itself, wave on wave."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema

from .survey import ITEMS

TOTAL, MANAGERS = 0.4, 0.4  # steps of satisfaction: a step of culture, a step of manager quality


@dataclass(frozen=True)
class Slopes:
    """What goes with one more point: between branches, and within one branch over the waves.

    The standard error of the second allows for waves of a branch that resemble each other.
    """

    between: float
    within: float
    between_error: float
    within_error: float

    @property
    def summary(self):
        """Both slopes with their standard errors."""
        return pd.DataFrame(
            {"slope": [self.between, self.within],
             "standard_error": [self.between_error, self.within_error]},
            index=["between branches", "within a branch"],
        )  # fmt: skip


@dataclass(frozen=True)
class Mediation:
    """The way through the middle: cause -a-> through -b-> outcome, and what passes it by."""

    a: float
    b: float
    direct: float
    a_error: float
    b_error: float

    @property
    def indirect(self):
        """What a point of the cause does to the outcome by way of the middle."""
        return self.a * self.b

    @property
    def total(self):
        """What it does in all."""
        return self.indirect + self.direct

    @property
    def share(self):
        """The part of the total that goes through the middle."""
        return self.indirect / self.total


def branch_panel(answers, units):
    """Put the survey beside the customers: `units` with score and revenue_head (¥ a colleague).

    answers (branch, wave, twelve questions): one row for each colleague and wave; units (branch,
    wave, employees, revenue, ...): one row for each branch and wave. score: mean of all answers.
    """
    schema.require(answers, ["branch", "wave", *ITEMS], name="answers")
    schema.require(units, ["branch", "wave", "employees", "revenue"], name="units")
    score = answers[ITEMS].mean(axis=1).rename("score")
    scores = score.groupby([answers["branch"], answers["wave"]]).mean().reset_index()
    panel = units.merge(scores, on=["branch", "wave"])
    return panel.assign(revenue_head=panel["revenue"] / panel["employees"])


def fit_slopes(panel, *, cause="score", outcome="csat"):
    """Estimate the slope between branches and the slope within a branch -> Slopes.

    panel (branch, cause, outcome): one row for each branch and wave. Between: a line through the
    means of the branches. Within (fixed effects): each row less the mean of its branch, so that
    whatever does not change in a branch, its manager or its street, drops out.
    """
    schema.require(panel, ["branch", cause, outcome], name="panel")
    means = panel.groupby("branch")[[cause, outcome]].mean()
    waves = panel["branch"].value_counts().max() if len(panel) else 0
    if len(means) < 3 or waves < 2:
        raise ValueError(
            f"panel must hold 3 branches and 2 waves or more, got {len(means)} and {waves}. "
            "Add some."
        )
    centred = means - means.mean()
    between, between_error = _line(centred[[cause]], centred[outcome])
    own = _own(panel, [cause, outcome])
    within, within_error = _line(own[[cause]], own[outcome], panel["branch"])
    return Slopes(between[0], within[0], between_error[0], within_error[0])


def _own(panel, columns):
    """Each row less the mean of its branch."""
    return panel[columns] - panel.groupby("branch")[columns].transform("mean")


def _line(causes, outcome, groups=None):
    """Least squares of columns whose mean is 0 -> slopes, standard errors (clustered by groups)."""
    x, y = causes.to_numpy(float), outcome.to_numpy(float)
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ y
    rest = y - x @ slopes
    if groups is None:
        errors = np.sqrt(rest @ rest / (len(y) - x.shape[1] - 1) * np.diag(inverse))
        return slopes, errors
    pulls = pd.DataFrame(x * rest[:, None]).groupby(np.asarray(groups)).sum().to_numpy()
    meat = pulls.T @ pulls * len(pulls) / (len(pulls) - 1)
    return slopes, np.sqrt(np.diag(inverse @ meat @ inverse))


def world(panel, truth, *, culture=TOTAL, managers=MANAGERS):
    """Return the panel as it would be if culture and managers moved customers otherwise.

    truth (branch, wave, culture, manager_quality): `truth_units`; culture, managers: steps of
    satisfaction for one step of each. Survey, managers and everything else stay what they are.

    With the defaults nothing changes.
    """
    schema.require(truth, ["branch", "wave", "culture", "manager_quality"], name="truth")
    known = panel[["branch", "wave"]].merge(truth, on=["branch", "wave"], how="left")
    lacking = known.loc[known["culture"].isna(), "branch"].unique()
    if len(lacking):
        raise ValueError(
            f"truth must hold every branch and wave of the panel, got none for {lacking[0]}. "
            "Load it from the same world."
        )
    more = (culture - TOTAL) * known["culture"] + (managers - MANAGERS) * known["manager_quality"]
    return panel.assign(csat=panel["csat"] + more.to_numpy())


def fit_mediation(panel, *, cause="score", through="climate", outcome="csat"):
    """Estimate the way through the middle, within branches -> Mediation.

    panel (branch, cause, through, outcome). a: a point of the cause moves the middle by so much;
    b: the middle moves the outcome at an unchanged cause; direct: the cause at an unchanged
    middle. Source: Baron and Kenny (1986).
    """
    schema.require(panel, ["branch", cause, through, outcome], name="panel")
    own = _own(panel, [cause, through, outcome])
    (a,), (a_error,) = _line(own[[cause]], own[through], panel["branch"])
    (b, direct), (b_error, _) = _line(own[[through, cause]], own[outcome], panel["branch"])
    return Mediation(a, b, direct, a_error, b_error)


def sobel(a, b, a_error, b_error):
    """Return the indirect effect a b in standard errors. Source: Sobel (1982).

    >>> round(float(sobel(0.5, 0.6, 0.10, 0.12)), 2)
    3.54
    """
    return a * b / np.sqrt(b**2 * a_error**2 + a**2 * b_error**2)


def bootstrap_indirect(panel, *, draws=1000, seed=51, **columns):
    """Return the middle 95 % of the indirect effect, branches drawn again with replacement.

    draws: how often; seed: of the draw; columns: as of `fit_mediation` -> (low, high). Whole
    branches are drawn, since the waves of one belong together.
    """
    names = [columns.get(name, usual) for name, usual in
             (("cause", "score"), ("through", "climate"), ("outcome", "csat"))]  # fmt: skip
    schema.require(panel, ["branch", *names], name="panel")
    own = _own(panel, names).groupby(panel["branch"])
    products = np.stack([rows.to_numpy().T @ rows.to_numpy() for _branch, rows in own])
    drawn = np.random.default_rng(seed).integers(len(products), size=(draws, len(products)))
    sums = products[drawn].sum(axis=1)  # of cause, through and outcome with each other
    a = sums[:, 0, 1] / sums[:, 0, 0]
    b = np.linalg.solve(sums[:, :2, :2], sums[:, :2, 2:])[:, 1, 0]
    low, high = np.quantile(a * b, [0.025, 0.975])
    return float(low), float(high)


def cross_lagged(panel, *, first="score", second="csat", hold=()):
    """Estimate both arrows from one wave to the next: path, slope, standard_error.

    panel (branch, wave, first, second): one row for each branch and wave. All columns are put on
    one scale (mean 0, standard deviation 1). Each is explained by itself and the other a wave
    before, and by the columns of hold. Source: after Campbell (1963).
    """
    schema.require(panel, ["branch", "wave", first, second, *hold], name="panel")
    names = [first, second, *hold]
    scaled = (panel[names] - panel[names].mean()) / panel[names].std()
    scaled = scaled.assign(branch=panel["branch"], wave=panel["wave"])
    before = scaled[["branch", "wave", first, second]].assign(wave=scaled["wave"] + 1)
    pairs = scaled.merge(before, on=["branch", "wave"], suffixes=("", "_before"))
    causes = [f"{first}_before", f"{second}_before", *hold]
    centred = pairs[[*causes, first, second]] - pairs[[*causes, first, second]].mean()
    rows = []
    for cause, outcome in ((first, second), (second, first)):
        slopes, errors = _line(centred[causes], centred[outcome], pairs["branch"])
        place = causes.index(f"{cause}_before")
        rows.append((f"{cause} -> {outcome}", slopes[place], errors[place]))
    return pd.DataFrame(rows, columns=["path", "slope", "standard_error"])
