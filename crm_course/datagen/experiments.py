"""Budget trials: people by lot at several spending levels, and how many were won or kept."""

import numpy as np
import pandas as pd

from .processes import quantise
from .streams import once, stream


def make_experiments(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the cells of both trials, money in whole cents; the same whatever the customers."""
    budget = scenario.budget
    trial = np.repeat(["acquisition", "retention"],
                      [len(budget.acquisition_cells), len(budget.retention_cells)])  # fmt: skip
    share = np.concatenate([success_share(budget, "acquisition"),
                            success_share(budget, "retention")])  # fmt: skip
    return once(pd.DataFrame({
        "trial": trial,
        "spend_cents": 100 * np.array([*budget.acquisition_cells, *budget.retention_cells]),
        "people": budget.people,
        "successes": stream(seed, "experiments", "successes", 0).binomial(budget.people, share),
    }), block)  # fmt: skip


def success_share(budget, trial: str) -> np.ndarray:
    """Share of prospects won, or of customers kept, at each level of spending."""
    spend = np.array(getattr(budget, f"{trial}_cells"))
    reached = 1 - np.exp(-getattr(budget, f"{trial}_speed") * spend)
    return quantise(getattr(budget, f"{trial}_ceiling") * reached, 6)


MAKERS = {"experiments": make_experiments}
