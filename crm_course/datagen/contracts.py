"""Yearly contracts signed 2017 to 2020: shifted beta-geometric renewals, and what each is worth."""

from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema.columns import CHANNELS

from .customers import CHANNEL_SHARES
from .processes import beta_quantile, quantise
from .recorded import once
from .streams import stream

COHORTS, SIZE = (2017, 2018, 2019, 2020), 5_000
LAST_YEAR = 2025
CHANNEL_COST = np.array([300, 140, 100, 240])  # give or take 40 per cent: 60 to 420
MARGINS = {"margin": 0, "margin_if_loyal_pay_more": -1, "margin_if_loyal_pay_less": 1}


@once
def make_contracts(scenario, seed: int) -> pd.DataFrame:
    """Make the archive of contracts, money in whole cents; the same whatever the customers."""
    cohort = np.repeat(COHORTS, SIZE)
    churn, margins = _truth(scenario.contracts, seed)
    refused = _stream(seed, "refused").geometric(churn)
    chances = LAST_YEAR - cohort
    channel = np.searchsorted(CHANNEL_SHARES, _stream(seed, "channel").random(len(cohort)), "right")
    cost = CHANNEL_COST[channel] * (60 + _stream(seed, "acq_cost").integers(81, size=len(cohort)))
    return pd.DataFrame({
        "contract_id": np.arange(len(cohort)) + 1,
        "cohort": cohort,
        "acq_channel": np.array(CHANNELS)[channel],
        "acq_cost_cents": cost,
        "margin_cents": margins["margin"],
        "renewals": np.minimum(refused - 1, chances),
        "churned": refused <= chances,
    })  # fmt: skip


@once
def make_truth_contracts(scenario, seed: int) -> pd.DataFrame:
    """Make churn, expected value and the margins of two other worlds, money in whole cents."""
    churn, margins = _truth(scenario.contracts, seed)
    discount = scenario.contracts.discount
    value = margins["margin"] * (1 + discount) / (discount + churn)
    other = {f"{name}_cents": cents for name, cents in margins.items() if MARGINS[name]}
    return pd.DataFrame({
        "contract_id": np.arange(len(churn)) + 1,
        "churn_probability": churn,
        "clv_cents": np.rint(value).astype("int64"),
        **other,
    })  # fmt: skip


@lru_cache(maxsize=1)
def _truth(contracts, seed):
    """Chance of not renewing, and the margin in cents by the world it belongs to."""
    from scipy.special import ndtr

    normal = _stream(seed, "churn").standard_normal(len(COHORTS) * SIZE)
    churn = beta_quantile(ndtr(normal), contracts.alpha, contracts.beta)
    own = _stream(seed, "margin").standard_normal(len(normal))
    return churn, {name: _margin_cents(contracts, contracts.linked * sign * normal
                                       + np.sqrt(1 - (contracts.linked * sign) ** 2) * own)
                   for name, sign in MARGINS.items()}  # fmt: skip


def _margin_cents(contracts, normal):
    margin = contracts.margin_median * np.exp(contracts.margin_spread * normal)
    return np.rint(quantise(100 * margin, 3)).astype("int64")


def _stream(seed, column):
    return stream(seed, "contracts", column, 0)


MAKERS = {"contracts": make_contracts, "truth_contracts": make_truth_contracts}
