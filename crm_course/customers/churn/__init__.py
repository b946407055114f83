"""Churn: why customers leave, what they say about it, and whom a call can save.

reasons    six types of churn; stated reasons against true ones; what a price cut can earn
saving     what a call changes, group by group, and the list of those to call
leaving    when customers leave: a hazard for every month, with what drives it
pictures   what they look like
"""

from .leaving import HazardModel, before_renewal, early_warning, fit_hazard
from .pictures import (
    explore_save_list,
    plot_before_renewal,
    plot_gain,
    plot_promise,
    plot_reasons,
    plot_save_list,
    plot_survival,
)
from .reasons import MANAGEABLE, TYPES, manageable_churn, price_cut, reasons_compared
from .saving import (
    COST,
    EDGES,
    WORTH,
    UpliftModel,
    best_list,
    break_even_uplift,
    call_profit,
    compare_lists,
    fit_uplift,
    gain_curve,
    promised_and_kept,
    qini,
    risk_group,
    save_list,
    uplift_by_group,
)

__all__ = [
    "COST",
    "EDGES",
    "HazardModel",
    "MANAGEABLE",
    "TYPES",
    "UpliftModel",
    "WORTH",
    "before_renewal",
    "best_list",
    "break_even_uplift",
    "call_profit",
    "compare_lists",
    "early_warning",
    "explore_save_list",
    "fit_hazard",
    "fit_uplift",
    "gain_curve",
    "manageable_churn",
    "plot_before_renewal",
    "plot_gain",
    "plot_promise",
    "plot_reasons",
    "plot_save_list",
    "plot_survival",
    "price_cut",
    "promised_and_kept",
    "qini",
    "reasons_compared",
    "risk_group",
    "save_list",
    "uplift_by_group",
]
