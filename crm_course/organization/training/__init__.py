"""Training: what a course changes on four levels, for whom, and what that is worth.

trial      four levels against teams without the course, and what the supervisor has to do with it
money      how long it lasts, what it brings, whom to send
planning   gain, size of a trial, the pipe with leaks, the lists of the handbook
pictures   what they look like
"""

from .money import (
    HOURS,
    bootstrap_plans,
    lasting_months,
    return_on_investment,
    support_plans,
    whom_to_send,
    worth_of_a_point,
)
from .pictures import explore_whom, plot_lines, plot_plans
from .planning import (
    design_effect,
    handbook,
    leaky_pipe,
    methods,
    normalised_gain,
    people_per_group,
)
from .trial import HELPED, EffectLine, fit_effect, four_levels

__all__ = [
    "HELPED", "HOURS", "EffectLine", "bootstrap_plans", "design_effect", "explore_whom",
    "fit_effect", "four_levels", "handbook", "lasting_months", "leaky_pipe", "methods",
    "normalised_gain", "people_per_group", "plot_lines", "plot_plans", "return_on_investment",
    "support_plans", "whom_to_send", "worth_of_a_point",
]  # fmt: skip
