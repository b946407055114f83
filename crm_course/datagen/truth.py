"""What no firm can see of all customers: the parameters and the latent satisfaction."""

from functools import lru_cache

import pandas as pd

from .processes import quantise
from .recorded import once
from .streams import Draws, turn


def satisfaction(seed: int, block: int, kept: int, unit: str = ""):
    """Latent satisfaction theta, standard normal, four decimals; do not write into it."""
    return _everybody(seed, block, kept)[turn(unit)]


@lru_cache(maxsize=1)
def _everybody(seed, block, kept):
    """The satisfaction of a block; kept, because a dozen tables depend on it."""
    return quantise(Draws(seed, "truth_customers", block, kept).normal("satisfaction"), 4)


def make_truth_customers(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make (customer_id, satisfaction) of one block."""
    draws = Draws(seed, "truth_customers", block, kept)
    return pd.DataFrame(
        {"customer_id": draws.customer_id, "satisfaction": satisfaction(seed, block, kept)}
    )


@once
def make_truth_parameters(scenario, seed: int) -> pd.DataFrame:
    """Make (process, parameter, value): the scenario as a table, the same for every block."""
    table = pd.DataFrame(scenario.parameters(), columns=["process", "parameter", "value"])
    return table.assign(value=quantise(table["value"].astype("float64"), 6))


MAKERS = {
    "truth_parameters": make_truth_parameters,
    "truth_customers": make_truth_customers,
}
