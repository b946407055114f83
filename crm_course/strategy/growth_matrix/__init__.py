"""Ways to grow: what single directions earn, what their mix earns, at what risk, and with whom.

mixing     the growth matrix, what a member and her friends are worth, mixes and their order
bets       a direction as a bet: expected, spread, and when a bet calms the rest
luck       how far mixes and policies are off by the luck of a trial
alliance   orders on their way from the shop to the maker, and three modes of alliance
pictures   what they look like
"""

from .alliance import MODES, alliance_table, simulate_replenishment, weekly_sales
from .bets import bid_table, calmest_share, shares_table, spread_with
from .luck import mix_errors, policy_errors
from .mixing import (
    DISCOUNT,
    ORDER,
    SET_UP,
    best_mix,
    club_rates,
    growing_error,
    growth_matrix,
    member_value,
    mix_risk,
    mix_table,
    net_by_year,
    policy_money,
    step_by_step,
    trial_table,
    value_by_year,
    value_with_guests,
)
from .pictures import (
    explore_mixes,
    plot_bet,
    plot_by_year,
    plot_mixes,
    plot_own_and_friends,
    plot_replenishment,
)

__all__ = [
    "DISCOUNT", "MODES", "ORDER", "SET_UP", "alliance_table", "best_mix", "bid_table",
    "calmest_share", "club_rates", "explore_mixes", "growing_error", "growth_matrix",
    "member_value", "mix_errors", "mix_risk", "mix_table", "net_by_year", "plot_bet",
    "plot_by_year", "plot_mixes", "plot_own_and_friends", "plot_replenishment", "policy_errors",
    "policy_money", "shares_table", "simulate_replenishment", "spread_with", "step_by_step",
    "trial_table", "value_by_year", "value_with_guests", "weekly_sales",
]  # fmt: skip
