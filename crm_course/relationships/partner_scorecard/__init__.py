"""The partner scorecard: ten criteria, their weights, the raters behind the marks.

scoring        the weighted score, how far the weights decide it, knock-out rules
raters         whose sheet knows something, and what it is worth
own_partners   marks from a file of your own, scores into a file for a spreadsheet
pictures       what they look like
"""

from .own_partners import export_scores, read_scorecard
from .pictures import explore_weights, plot_sheets, plot_weights
from .raters import (
    LIMIT,
    STEP,
    VISIT,
    agreement,
    alike,
    chosen,
    compare_raters,
    credit_loss,
    knock_out_money,
    merit_of,
    rating_plans,
    true_marks,
)
from .scoring import (
    TAKE,
    WEIGHTS,
    firmness,
    knock_out,
    move_weight,
    three_partners,
    weight_sensitivity,
    weighted_score,
)

__all__ = [
    "LIMIT", "STEP", "TAKE", "VISIT", "WEIGHTS", "agreement", "alike", "chosen",
    "compare_raters", "credit_loss", "explore_weights", "export_scores", "firmness", "knock_out",
    "knock_out_money", "merit_of", "move_weight", "plot_sheets", "plot_weights", "rating_plans",
    "read_scorecard", "three_partners", "true_marks", "weight_sensitivity", "weighted_score",
]  # fmt: skip
