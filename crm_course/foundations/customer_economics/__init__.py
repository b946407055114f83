"""Customer economics: what a customer is worth, and what keeping one may cost.

value      lifetime value, the bars of the famous chart, three meanings of "5 %", cost per success
sorting    why cohorts look ever more loyal: customers who differ and do not change
pictures   what they look like
"""

from .pictures import (
    explore_five_points,
    plot_cohort_retention,
    plot_five_points,
    plot_industry_bars,
    plot_loyalty_layers,
)
from .sorting import SBG, fit_sbg, published_survivors, survivors
from .value import (
    channel_table,
    constant_retention_clv,
    cost_per_success,
    five_points,
    highest_fee,
    highest_group_fee,
    industry_bars,
    loyalty_layers,
    offer_money,
    rebuild_bars,
    three_meanings,
)

__all__ = [
    "SBG", "channel_table", "constant_retention_clv", "cost_per_success", "explore_five_points",
    "fit_sbg", "five_points", "highest_fee", "highest_group_fee", "industry_bars",
    "loyalty_layers", "offer_money", "plot_cohort_retention", "plot_five_points",
    "plot_industry_bars", "plot_loyalty_layers", "published_survivors", "rebuild_bars",
    "survivors", "three_meanings",
]  # fmt: skip
