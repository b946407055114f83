"""The firm of the whole course: twelve quarters, six decisions in each.

firm        what stands still
state       what a firm is at the start of a quarter, what it decides
equations   one function each, with its chapter
scenarios   three worlds
turn        one quarter
policies    twelve of them, what each decision earned, the benchmark and the regret
runs        a game that was played: saved, reloaded, compared, graded
"""

from .equations import equation_table
from .policies import (
    DING_AN,
    benchmark,
    decisions_of,
    earnings,
    find_benchmark,
    opening,
    regret,
    simulate_firm,
    taken_back,
)
from .runs import Run, compare_runs, grade_run, load_run
from .scenarios import SCENARIOS, scenario
from .state import HOUSE, LIMITS, Decisions, State
from .turn import play_quarter

__all__ = [
    "DING_AN", "HOUSE", "LIMITS", "SCENARIOS", "Decisions", "Run", "State", "benchmark",
    "compare_runs", "decisions_of", "earnings", "equation_table", "find_benchmark", "grade_run",
    "load_run", "opening", "play_quarter", "regret", "scenario", "simulate_firm", "taken_back",
]  # fmt: skip
