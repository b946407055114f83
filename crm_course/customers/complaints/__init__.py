"""Complaints: what silence costs, what asking costs, and what a good answer is worth.

outcomes   the four ends of a problem, the desk that answers, and what both earn
iceberg    the problems that nobody reports, and the ones that everybody hears about
recovery   what a quick answer does, three kinds of justice, the recovery paradox, the procedure
pictures   what they look like
"""

from .iceberg import HiddenProblems, hidden_problems, word_of_mouth_balance
from .outcomes import (
    CASES,
    PEOPLE,
    answer_shares,
    complaint_outcomes,
    outcomes_for_everybody,
    policy_money,
    rebuy_rate,
    with_outcome,
)
from .pictures import explore_asking, plot_asking, plot_outcomes
from .recovery import (
    fit_justice,
    payment_limits,
    procedure_times,
    quick_answer_effect,
    recovery_break_even,
)

__all__ = [
    "CASES", "PEOPLE", "HiddenProblems", "answer_shares", "complaint_outcomes", "explore_asking",
    "fit_justice", "hidden_problems", "outcomes_for_everybody", "payment_limits", "plot_asking",
    "plot_outcomes", "policy_money",
    "procedure_times", "quick_answer_effect", "rebuy_rate", "recovery_break_even",
    "with_outcome", "word_of_mouth_balance",
]  # fmt: skip
