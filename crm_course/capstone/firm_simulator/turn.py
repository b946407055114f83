"""A quarter: state and decisions in, next state and what was seen out."""

from dataclasses import dataclass

from . import equations as eq
from .firm import FIRM
from .scenarios import Luck
from .state import Decisions, State

SEEN = (
    "quarter", "customers", "won", "left", "renewed", "wait_seconds", "hung_up", "bad_debts",
    "profit", "cash",
)  # fmt: skip
YEAR = 4  # quarters
HIDDEN = ("satisfaction", "culture", "skill", "busy")


@dataclass(frozen=True)
class Quarter:
    """What a quarter was: its number, the decisions, the report, the state after it.

    report: SEEN and HIDDEN by name. customers at its end; won, left (people); renewed: share of
    the contracts that ended; wait_seconds of a caller; hung_up: share of callers; money in yuan.
    """

    number: int
    decisions: Decisions
    report: dict
    state: State


def play_quarter(state, decisions, scenario, luck=None):
    """Play one quarter -> Quarter. ValueError where the scenario has no such quarter.

    state: State before it; luck: Luck, None for none. Nothing that was given is changed.
    """
    if not 1 <= state.quarter <= len(scenario.prospects):
        raise ValueError(
            f"quarter must be 1 to {len(scenario.prospects)}, got {state.quarter}. Start again."
        )
    luck = luck or Luck(1.0, 1.0, 1.0)
    at = state.quarter - 1
    problems = FIRM.problems * scenario.problems[at] * luck.problems
    line = eq.queue(
        eq.callers(state.customers, problems), eq.handle_seconds(state.skill), decisions.agents
    )
    people = _people(state, decisions, line, problems, scenario.prospects[at] * luck.prospects)
    money = _money(state, decisions, people, scenario.defaults[at] * luck.defaults)
    learned = eq.learning(decisions.training, state.culture)
    after = State(
        quarter=state.quarter + 1,
        customers=state.customers + people["won"] - people["left"],
        satisfaction=eq.next_satisfaction(state.satisfaction, state.culture, line, problems),
        culture=eq.next_culture(state.culture, state.satisfaction, learned, line.occupancy),
        skill=eq.next_skill(state.skill, learned),
        receivables=money["receivables"],
        cash=money["cash"],
    )
    report = {
        "quarter": state.quarter, "customers": after.customers, **people,
        "wait_seconds": line.average_wait_seconds, "hung_up": line.lost,
        "bad_debts": money["bad_debts"], "profit": money["profit"], "cash": after.cash,
        "satisfaction": after.satisfaction, "culture": after.culture, "skill": after.skill,
        "busy": line.occupancy,
    }  # fmt: skip
    return Quarter(state.quarter, decisions, report, after)


def _people(state, decisions, line, problems, base):
    """Who comes and who goes: won, left, renewed."""
    winning = decisions.acquisition * FIRM.budget
    care = 4 * (FIRM.budget - winning) / max(state.customers, 1.0)
    value = eq.perceived_value(care, decisions.price)
    chances = eq.renewals(state.satisfaction, value, eq.answer_gain(line, problems))
    renewed = float(chances.mean() + eq.saved(chances, decisions.calls))
    heard = eq.prospects(base, state.satisfaction)
    return {
        "won": eq.won(heard, winning, decisions.price),
        "left": eq.contracts_ending(state.customers, decisions.price) * (1 - renewed),
        "renewed": renewed,
    }


def _money(state, decisions, people, default_chance):
    """What comes in and goes out: profit, bad_debts, receivables, cash.

    Who leaves for a steep price, before the contract ends, pays nothing in the quarter.
    """
    sales = FIRM.retailers * eq.credit_sales(decisions.credit_limit)
    unpaid = FIRM.retailers * eq.bad_debts(decisions.credit_limit, default_chance)
    owed = eq.receivables(sales)
    bill = FIRM.bill * (1 + decisions.price / 100)
    contracts = eq.contracts_ending(state.customers, decisions.price)
    paying = state.customers - (contracts - state.customers / 4) * (1 - people["renewed"])
    profit = paying * (bill - FIRM.direct) + FIRM.goods_margin * sales - unpaid
    profit -= FIRM.budget + FIRM.fixed + decisions.agents * FIRM.wage * FIRM.hours
    profit -= eq.call_cost(contracts, decisions.calls)
    profit -= eq.training_cost(decisions.training, decisions.agents) + eq.interest(state.cash)
    cash = state.cash + profit - (owed - state.receivables)
    return {"profit": profit, "bad_debts": unpaid, "receivables": owed, "cash": cash}


def end_worth(quarters, scenario):
    """Yuan that the customers are worth after the last quarter (chapter 13), as far as it counts.

    quarters: those that were played. What a customer leaves in a year after care, answering and
    calls, and how many renew, are the means of the last four quarters.
    """
    last = quarters[-YEAR:]
    margin = sum(_left_by_a_customer(each) for each in last) * YEAR / len(last)
    renewed = sum(each.report["renewed"] for each in last) / len(last)
    people = last[-1].state.customers
    return scenario.kept_worth * people * eq.worth_of_customer(margin, renewed)


def _left_by_a_customer(quarter):
    """Yuan that a customer leaves in a quarter, after all that is spent on keeping."""
    decisions, report = quarter.decisions, quarter.report
    people = max(quarter.state.customers - report["won"] + report["left"], 1.0)
    care = (1 - decisions.acquisition) * FIRM.budget
    answering = decisions.agents * FIRM.wage * FIRM.hours
    called = eq.call_cost(eq.contracts_ending(people, decisions.price), decisions.calls)
    bill = FIRM.bill * (1 + decisions.price / 100)
    return bill - FIRM.direct - (care + answering + called) / people
