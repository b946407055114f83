"""Trade credit: to sell or not to sell to those who may not pay.

accounts   expected loss, ageing, days of sales outstanding; a year of each retailer; limits
scoring    weight of evidence, a scorecard in points, drift
pictures   what they look like
"""

from .accounts import (
    INTEREST,
    LIMITS,
    MARGIN,
    PAYS_CASH,
    PROMISE,
    account_year,
    ageing,
    bad_debt_rate,
    break_even_default,
    by_warnings,
    days_sales_outstanding,
    delivered,
    expected_loss,
    financing,
    limit_table,
    money_left,
    redraw_limits,
    stop_table,
    warnings,
)
from .pictures import explore_limit, plot_classes, plot_limits, plot_scores
from .scoring import (
    Scorecard,
    fit_scorecard,
    information_value,
    loan_classes,
    scorecard_points,
    stability_index,
    weight_of_evidence,
)

__all__ = [
    "INTEREST", "LIMITS", "MARGIN", "PAYS_CASH", "PROMISE", "Scorecard", "account_year", "ageing",
    "bad_debt_rate", "break_even_default", "by_warnings", "days_sales_outstanding", "delivered",
    "expected_loss", "explore_limit", "financing", "fit_scorecard", "information_value",
    "limit_table", "loan_classes", "money_left", "plot_classes", "plot_limits", "plot_scores",
    "redraw_limits", "scorecard_points", "stability_index", "stop_table", "warnings",
    "weight_of_evidence",
]  # fmt: skip
