"""New things: how a firm tries them, what a win is worth, who pays, and what the law says.

trials     pages tried by lot: one evening, a year of tests, three rules in money
fairness   several measures of one rule for two groups
privacy    a total that says nothing about one person
facts      a number and who says it, laws with their dates, plans that are in fashion
pictures   what they look like
"""

from .facts import laws, trail, trends
from .fairness import age_group, credit_money, group_rates, limit_for, refuse
from .pictures import explore_rules, plot_bars, plot_groups, plot_paths, plot_rules
from .privacy import noisy_total
from .trials import (
    TwoShares,
    chance_of_cup,
    cups,
    evenings,
    ideas_that_work,
    predictive_value,
    rules,
    simulate_tests,
    two_shares,
)

__all__ = [
    "TwoShares", "age_group", "chance_of_cup", "credit_money", "cups", "evenings", "explore_rules",
    "group_rates", "ideas_that_work", "laws", "limit_for", "noisy_total", "plot_bars",
    "plot_groups", "plot_paths", "plot_rules", "predictive_value", "refuse", "rules",
    "simulate_tests", "trail", "trends", "two_shares",
]  # fmt: skip
