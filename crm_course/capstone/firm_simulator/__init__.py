"""The firm of the whole course: twelve quarters, six decisions in each.

firm        what stands still
state       what a firm is at the start of a quarter, what it decides
equations   one function each, with its chapter
scenarios   three worlds
turn        one quarter
policies    twelve of them, what each decision earned, the benchmark and the regret
runs        a game that was played: saved, reloaded, compared, graded
cockpit     six controls and a button
pictures    what it looks like
"""

from .cockpit import (
    Cockpit,
    blind_run,
    blind_table,
    play_blind,
    play_firm,
    play_on,
    weak_claims,
)
from .equations import equation_table
from .pictures import explore_training, plot_earnings, plot_profits, plot_training, training_gain
from .policies import (
    DING_AN,
    benchmark,
    decisions_of,
    earnings,
    find_benchmark,
    opening,
    regret,
    simulate_firm,
    together,
)
from .runs import Run, compare_runs, grade_run, load_run
from .scenarios import SCENARIOS, scenario
from .state import HOUSE, LIMITS, Decisions, State
from .turn import play_quarter

__all__ = [
    "DING_AN", "HOUSE", "LIMITS", "SCENARIOS", "Cockpit", "Decisions", "Run", "State", "benchmark",
    "blind_run", "blind_table", "compare_runs", "decisions_of", "earnings", "equation_table",
    "explore_training", "find_benchmark", "grade_run", "load_run", "opening", "play_blind",
    "play_firm", "play_on", "play_quarter", "plot_earnings", "plot_profits", "plot_training",
    "regret", "scenario", "simulate_firm", "together", "training_gain", "weak_claims",
]  # fmt: skip
