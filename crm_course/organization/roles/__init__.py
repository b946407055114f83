"""Roles: who answers for what, how a case finds them, how many they are, what pay does to them.

chart      a responsibility chart and its faults; the twelve duties of the handbook
forwards   a case on its way: what a log of hand-offs shows, how long it looks for its owner, money
network    which posts have to talk to each other
people     how many it takes, what a bonus moves
pictures   what they look like
"""

from .chart import AUTHORITY, accountability, duties, raci_faults
from .forwards import (
    chance_of_coming_back,
    decided,
    hand_offs,
    plan_costs,
    simulate_forwards,
    trips,
)
from .network import channels, task_network
from .people import bonus_index, full_time, multitask_efforts, pay_trial, pay_worth
from .pictures import explore_plans, plot_chart, plot_pay, plot_plans

__all__ = [
    "AUTHORITY", "accountability", "bonus_index", "chance_of_coming_back", "channels", "decided",
    "duties", "explore_plans", "full_time", "hand_offs", "multitask_efforts", "pay_trial",
    "pay_worth", "plan_costs", "plot_chart", "plot_pay", "plot_plans", "raci_faults",
    "simulate_forwards", "task_network", "trips",
]  # fmt: skip
