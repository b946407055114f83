"""What a course changes on four levels, and how that hangs on the supervisor's help."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course import schema

HELPED = 3.2  # points of supervisor_support, 1 to 5: from here on somebody counts as helped
LEVELS = {  # what is measured -> Kirkpatrick's level
    "liked": "1 reaction",
    "learned": "2 learning",
    "kept": "2 learning",
    "behaviour": "3 behaviour",
    "result": "4 results",
}


def four_levels(trial):
    """Return what the trained and the untrained have on each level, and the difference.

    trial (team, arm, reaction_affective, pre, post, retention_test, behaviour, result): one row
    for each employee -> measure, level, trained, untrained, effect, standard_error. liked: 1 to 5;
    learned, kept: points of the test gained since before the course, right after it and three
    months later; behaviour: 0 to 100; result: ¥ a month. The lot fell on teams, so the error
    is that of the means of teams. Source: Kirkpatrick (1959).
    """
    table = _gains(trial)
    means = table.groupby("arm")[list(LEVELS)].mean()
    teams = table.groupby(["arm", "team"])[list(LEVELS)].mean().groupby("arm")
    error = np.hypot(teams.sem().loc["training"], teams.sem().loc["control"])
    trained, untrained = means.loc["training"], means.loc["control"]
    return pd.DataFrame({
        "level": pd.Series(LEVELS),
        "trained": trained,
        "untrained": untrained,
        "effect": trained - untrained,
        "standard_error": error,
    }).rename_axis("measure")  # fmt: skip


def _gains(trial):
    """The five measures of each employee; missing for those who left."""
    columns = ["team", "arm", "reaction_affective", "pre", "post", "retention_test", "behaviour",
               "result"]  # fmt: skip
    schema.require(trial, columns, name="trial")
    return trial.assign(
        liked=trial["reaction_affective"],
        learned=trial["post"] - trial["pre"],
        kept=trial["retention_test"] - trial["pre"],
    )


@dataclass(frozen=True)
class EffectLine:
    """What the course adds to behaviour, by the supervisor's help: at_zero + slope x support.

    standard_error: of slope, in points of behaviour for a point of support.
    """

    at_zero: float
    slope: float
    standard_error: float

    def effect(self, support):
        """Points of behaviour that the course adds at this support, a number or an array."""
        return self.at_zero + self.slope * support

    def least_support(self, points):
        """The support from which on the course adds at least so many points."""
        return (points - self.at_zero) / self.slope


def fit_effect(trial):
    """Fit a straight line of behaviour on support in either arm -> the EffectLine between them.

    trial (arm, supervisor_support, behaviour); who left is left out.
    """
    schema.require(trial, ["arm", "supervisor_support", "behaviour"], name="trial")
    seen = trial.dropna(subset=["behaviour"])
    trained, untrained = (
        _line(seen[seen["arm"] == arm]) for arm in ("training", "control")
    )  # fmt: skip
    difference = trained[0] - untrained[0]
    error = np.sqrt(trained[1] + untrained[1])
    return EffectLine(float(difference[1]), float(difference[0]), float(error))


def _line(arm):
    """Slope and height at zero, and the variance of the slope."""
    line, spread = np.polyfit(arm["supervisor_support"], arm["behaviour"], 1, cov=True)
    return line, spread[0, 0]
