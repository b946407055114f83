"""A curve fitted to the cells of a budget trial gives back ceiling and speed; parcels add up."""

from dataclasses import replace

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
    spend = (0, 5, 60)
    shares = success_share(replace(Scenario().budget, retention_cells=spend), "retention")
    assert shares[0] == 0
    assert shares == pytest.approx(curve(np.array(spend), 0.9, 0.08), abs=1e-6)


def test_eleven_cells_of_four_thousand(world):
    cells = world("experiments")
    assert cells.groupby("trial").size().to_dict() == {"acquisition": 6, "retention": 5}
    assert set(cells["people"]) == {4000}


def test_a_parcel_adds_to_its_own_number_and_all_three_to_all(world):
    growth, groups = Scenario().growth, world("growth_trial").set_index("group")
    members = groups["members"]
    stay = growth.stay_share + growth.adds_stay_share * groups["loyalty"]
    friends = growth.friends + growth.adds_friends * groups["acquisition"]
    margin = growth.margin + growth.adds_margin * groups["expansion"]
    off = {
        "stayed": (groups["stayed"] / members - stay) / np.sqrt(stay * (1 - stay) / members),
        "friends": (groups["friends"] / members - friends) / np.sqrt(friends / members),
        "margin": (groups["margin"] - margin) / (growth.margin_spread / np.sqrt(members)),
    }
    assert max(abs(each).max() for each in off.values()) < 4
    assert min(abs(each).max() for each in off.values()) > 0.1  # luck there must be


def test_five_groups_of_which_one_got_everything(world):
    groups = world("growth_trial").set_index("group")[["loyalty", "expansion", "acquisition"]]
    assert groups.sum(axis=1).to_dict() == {
        "nothing": 0, "loyalty": 1, "expansion": 1, "acquisition": 1, "all three": 3,
    }  # fmt: skip
