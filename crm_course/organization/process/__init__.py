"""Processes: how long a case takes, how much of that is work, and what would shorten it.

bench      one bench and one queue: the formula, the same in simpy, what four plans cost
logs       what a log of activities tells: times, the map that it draws, waiting beside load
quality    good steps in a row, and the limits within which chance alone moves a share
design     four steps of designing a process, four ways of improving one
pictures   what they look like
"""

from .bench import (
    OneServer,
    bench_costs,
    one_server,
    others_on_arrival,
    simulate_bench,
)
from .design import jobs
from .logs import case_times, directly_follows, hours_by_activity, stay_by_others
from .pictures import explore_plans, plot_chart, plot_map, plot_plans, plot_stay
from .quality import p_chart, p_limits, rolled_yield

__all__ = [
    "OneServer", "bench_costs", "case_times", "directly_follows", "explore_plans",
    "hours_by_activity", "jobs", "one_server", "others_on_arrival", "p_chart", "p_limits",
    "plot_chart", "plot_map", "plot_plans", "plot_stay", "rolled_yield",
    "simulate_bench", "stay_by_others",
]  # fmt: skip
