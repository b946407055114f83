"""Retention: who stays, for how long, what makes them stay, and what it is worth.

counting   retention rates, cohorts, survival, purchases without a contract in four numbers
buying     BG/NBD and Gamma-Gamma: who still buys, how often, for how much
renewal    satisfaction, perceived value and switching cost at the end of a contract
pictures   what they look like
"""

from .buying import BGNBD, GammaGamma, fit_bg_nbd, fit_gamma_gamma
from .counting import cohort_table, kaplan_meier, retention_rate, rfm_summary
from .pictures import explore_hostages, plot_hostages, plot_retention_curve, plot_survival
from .renewal import (
    SHOPS,
    TEXTBOOK,
    WALL,
    RetentionModel,
    drivers,
    fit_retention_model,
    kept_by,
    policy_money,
    yearly_worth,
)

__all__ = [
    "BGNBD", "SHOPS", "TEXTBOOK", "WALL", "GammaGamma", "RetentionModel",
    "cohort_table", "drivers", "explore_hostages", "fit_bg_nbd", "fit_gamma_gamma",
    "fit_retention_model", "kaplan_meier", "kept_by", "plot_hostages", "plot_retention_curve",
    "plot_survival", "policy_money", "retention_rate", "rfm_summary", "yearly_worth",
]  # fmt: skip
