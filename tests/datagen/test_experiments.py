"""A curve fitted to the cells of a budget trial gives back ceiling and speed."""

import numpy as np
import pytest
from scipy import optimize

from crm_course.datagen.experiments import success_share
from crm_course.datagen.scenario import Scenario


def curve(spend, ceiling, speed):
    return ceiling * (1 - np.exp(-speed * spend))


@pytest.mark.parametrize("trial, truth", [("acquisition", (0.4, 0.1)), ("retention", (0.9, 0.08))])
def test_least_squares_recover_the_curve(world, trial, truth):
    cells = world("experiments").query("trial == @trial")
    share = cells["successes"] / cells["people"]
    error = np.sqrt(share * (1 - share) / cells["people"])
    found, spread = optimize.curve_fit(curve, cells["spend"], share, p0=(0.5, 0.05), sigma=error,
                                       absolute_sigma=True)  # fmt: skip
    assert (np.abs(found - truth) < 4 * np.sqrt(np.diag(spread))).all(), found
    assert abs(found[1] - truth[1]) < 0.012


def test_the_share_at_no_spending_is_none():
    shares = success_share(Scenario().budget, "retention")
    assert shares == pytest.approx(curve(np.array([5, 10, 20, 40, 60]), 0.9, 0.08), abs=1e-6)


def test_eleven_cells_of_four_thousand(world):
    cells = world("experiments")
    assert cells.groupby("trial").size().to_dict() == {"acquisition": 6, "retention": 5}
    assert set(cells["people"]) == {4000}
