"""Performance: six numbers about customers, what each counts, and how sure it is.

indicators   churn and retention over a window, the worth of a customer, the sheet of six numbers
change       what a total grew by, what its mix did to it, many numbers made into one
listening    satisfaction and who stays afterwards, interviews, what pay does to a survey
strategies   five strategies of improvement, in money and on the sheet
pictures     what they look like
"""

from .change import (
    by_plan,
    composite_index,
    growth_decomposition,
    growth_factors,
    mix_decomposition,
)
from .indicators import (
    churn_sheets,
    customer_worth,
    retention_windows,
    six_by_quarter,
    six_numbers,
    window_retention,
)
from .listening import asked_again, fit_lead, heard, paid_for_luck
from .pictures import explore_windows, plot_formula, plot_growth, plot_lead, plot_windows
from .strategies import strategies, strategy_money

__all__ = [
    "asked_again", "by_plan", "churn_sheets", "composite_index", "customer_worth",
    "explore_windows", "fit_lead", "growth_decomposition", "growth_factors", "heard",
    "mix_decomposition", "paid_for_luck", "plot_formula", "plot_growth", "plot_lead",
    "plot_windows", "retention_windows", "six_by_quarter", "six_numbers", "strategies",
    "strategy_money", "window_retention",
]  # fmt: skip
