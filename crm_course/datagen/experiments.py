"""Trials: people by lot at several spending levels, and members by lot with one of four parcels."""

from functools import partial

import numpy as np
import pandas as pd

from .processes import quantise
from .recorded import once
from .streams import stream

# loyalty, expansion, acquisition: what lots put into the parcel of a group
PARCELS = {
    "nothing": (0, 0, 0),
    "loyalty": (1, 0, 0),
    "expansion": (0, 1, 0),
    "acquisition": (0, 0, 1),
    "all three": (1, 1, 1),
}


@once
def make_experiments(scenario, seed: int) -> pd.DataFrame:
    """Make the cells of both trials, money in whole cents; the same whatever the customers."""
    budget = scenario.budget
    trial = np.repeat(["acquisition", "retention"],
                      [len(budget.acquisition_cells), len(budget.retention_cells)])  # fmt: skip
    share = np.concatenate([success_share(budget, "acquisition"),
                            success_share(budget, "retention")])  # fmt: skip
    return pd.DataFrame({
        "trial": trial,
        "spend_cents": 100 * np.array([*budget.acquisition_cells, *budget.retention_cells]),
        "people": budget.people,
        "successes": stream(seed, "experiments", "successes", 0).binomial(budget.people, share),
    })  # fmt: skip


def success_share(budget, trial: str) -> np.ndarray:
    """Share of prospects won, or of customers kept, at each level of spending."""
    spend = np.array(getattr(budget, f"{trial}_cells"))
    reached = 1 - np.exp(-getattr(budget, f"{trial}_speed") * spend)
    return quantise(getattr(budget, f"{trial}_ceiling") * reached, 6)


@once
def make_growth_trial(scenario, seed: int) -> pd.DataFrame:
    """Make the groups of a club in which lots decided on parcels, money in whole cents."""
    growth, draws = scenario.growth, partial(stream, seed, "growth_trial", block=0)
    loyalty, expansion, acquisition = np.array(list(PARCELS.values())).T
    stay = growth.stay_share + growth.adds_stay_share * loyalty
    friends = growth.friends + growth.adds_friends * acquisition
    margin = growth.margin + growth.adds_margin * expansion
    luck = growth.margin_spread / growth.members**0.5 * draws("margin").standard_normal(stay.size)
    return pd.DataFrame({
        "group": list(PARCELS),
        "loyalty": loyalty.astype(bool),
        "expansion": expansion.astype(bool),
        "acquisition": acquisition.astype(bool),
        "members": growth.members,
        "stayed": draws("stayed").binomial(growth.members, stay),
        "friends": draws("friends").poisson(growth.members * friends),
        "margin_cents": np.rint(quantise(100 * (margin + luck), 2)).astype("int64"),
    })  # fmt: skip


MAKERS = {"experiments": make_experiments, "growth_trial": make_growth_trial}
