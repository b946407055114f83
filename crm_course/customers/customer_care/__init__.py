"""Customer care: how many people answer, what callers wait for, and how quality is measured.

waiting    how long callers wait for a number of agents: Erlang's formula, without and with patience
staffing   a week of calls, rosters for it, and what they cost
queues     the same queue caller by caller, as a check of the formulas
surveys    gaps of service quality, Kano's coefficients, net promoter score
evidence   what reviews can tell about search, experience and credence attributes
pictures   what they look like
"""

from .evidence import PRODUCTS, probability_good, signals_needed
from .pictures import explore_staffing, plot_evidence, plot_kano, plot_staffing, plot_waiting
from .queues import simulate_calls
from .staffing import (
    call_profile,
    roster_money,
    roster_today,
    roster_where_needed,
    staffing_costs,
    staffing_costs_over,
    worth_sweep,
)
from .surveys import (
    WEIGHTS,
    NetPromoterScore,
    kano_coefficients,
    net_promoter_score,
    servqual_gap,
)
from .waiting import ErlangA, ErlangC, erlang_a, erlang_c

__all__ = [
    "PRODUCTS", "WEIGHTS", "ErlangA", "ErlangC", "NetPromoterScore", "call_profile", "erlang_a",
    "erlang_c", "explore_staffing", "kano_coefficients", "net_promoter_score", "plot_evidence",
    "plot_kano", "plot_staffing", "plot_waiting", "probability_good", "roster_money",
    "roster_today", "roster_where_needed", "servqual_gap", "signals_needed", "simulate_calls",
    "staffing_costs", "staffing_costs_over", "worth_sweep",
]  # fmt: skip
