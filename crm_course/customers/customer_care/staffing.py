"""A week of calls, rosters for it, and what a roster costs in wages and in lost callers.

A roster is a table of agents: one row for each weekday, one column for each shift of two hours.
Each half-hour counts as a settled queue (Erlang A) of its own.
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course import schema

from .waiting import erlang_a

WAGE = 40.0  # ¥ an hour and agent, all included
WORTH = 40.0  # ¥ that a caller who hangs up costs: one in five leaves, a year of a customer is ¥200
HANDLE, PATIENCE = 180.0, 600.0  # seconds; three minutes and ten, as measured in chapter 23
SHIFT = 2  # hours
MOST = 40  # agents in a shift, more than any roster here needs


def call_profile(volumes: pd.DataFrame) -> pd.DataFrame:
    """Return an ordinary week: the mean of each half-hour of the week over all weeks.

    Agents are people: their mean is rounded down.

    volumes (starts_at, calls, agents, abandoned, wait_seconds, handle_seconds)
    -> weekday (0 Monday), shift (hour of its start), clock, calls_per_hour, agents, busy (share of
    paid time talking), wait_seconds (mean of a caller), lost (share of callers)
    """
    measured = ["calls", "agents", "abandoned", "wait_seconds", "handle_seconds"]
    schema.require(volumes, ["starts_at", *measured], name="volumes")
    at = volumes["starts_at"].dt
    first = at.hour.min()
    keys = {
        "weekday": at.day_of_week,
        "shift": first + (at.hour - first) // SHIFT * SHIFT,
        "clock": at.strftime("%H:%M"),
    }
    total = volumes.assign(**keys, weeks=1).groupby(list(keys))[[*measured, "weeks"]].sum()
    calls = total["calls"].clip(lower=1)
    return pd.DataFrame({
        "calls_per_hour": 2 * total["calls"] / total["weeks"],
        "agents": total["agents"] // total["weeks"],
        "busy": total["handle_seconds"] / (1800 * total["agents"]),
        "wait_seconds": total["wait_seconds"] / calls,
        "lost": total["abandoned"] / calls,
    }).reset_index()  # fmt: skip


def roster_today(profile: pd.DataFrame) -> pd.DataFrame:
    """Return the agents on duty: weekday by shift, from the profile of `call_profile`."""
    schema.require(profile, ["weekday", "shift", "agents"], name="profile")
    return profile.pivot_table(index="weekday", columns="shift", values="agents", aggfunc="first")


def staffing_costs(
    calls_per_hour: float, agents, *, handle_seconds: float = HANDLE,
    patience_seconds: float = PATIENCE, wage: float = WAGE, worth: float = WORTH,
) -> pd.DataFrame:  # fmt: skip
    """Return what an hour costs for each number of agents.

    agents: numbers to compare, range(5, 15); wage: ¥ an hour and agent; worth: ¥ a lost caller
    -> index agents; busy (share), wait_seconds, lost (callers an hour), wages, lost_money, cost (¥)

    >>> staffing_costs(120, [8, 9])["cost"].round().tolist()
    [455.0, 422.0]
    """
    queues = [erlang_a(calls_per_hour, handle_seconds, n, patience_seconds) for n in agents]
    table = pd.DataFrame({
        "busy": [queue.occupancy for queue in queues],
        "wait_seconds": [queue.average_wait_seconds for queue in queues],
        "lost": [queue.lost * calls_per_hour for queue in queues],
        "wages": [wage * queue.agents for queue in queues],
    }, index=pd.Index(agents, name="agents"))  # fmt: skip
    lost_money = worth * table["lost"]
    return table.assign(lost_money=lost_money, cost=table["wages"] + lost_money)


def staffing_costs_over(calls_per_hour, agents, **prices) -> pd.DataFrame:
    """Return what an hour costs on average for each number of agents, where no hour is alike.

    calls_per_hour: one rate for each hour, such as all Tuesdays at ten; agents, prices and the
    result as in `staffing_costs`

    >>> staffing_costs_over([100, 140], [8, 9])["cost"].round().tolist()
    [502.0, 450.0]
    """
    tables = [staffing_costs(rate, agents, **prices) for rate in calls_per_hour]
    if not tables:
        raise ValueError("calls_per_hour must hold at least one rate, got none. Give a column.")
    return sum(tables) / len(tables)


def roster_money(
    rosters: dict, profile: pd.DataFrame, *, wage: float = WAGE, worth: float = WORTH
) -> pd.DataFrame:
    """Return what each roster costs in a week.

    rosters {name: agents by weekday and shift}; profile of `call_profile`; wage, worth as in
    `staffing_costs` -> index roster; agent_hours, busy (share of paid time talking), lost
    (callers), wages, lost_money, cost (¥)
    """
    lost, calls = _lost_by_shift(profile), profile["calls_per_hour"].sum() / 2
    weeks = {name: _week(roster, lost, calls) for name, roster in rosters.items()}
    table = pd.DataFrame(weeks, index=["agent_hours", "talking", "lost"]).T.rename_axis("roster")
    table.insert(1, "busy", table["talking"] / table["agent_hours"])
    wages, lost_money = wage * table["agent_hours"], worth * table["lost"]
    more = {"wages": wages, "lost_money": lost_money, "cost": wages + lost_money}
    return table.drop(columns="talking").assign(**more)


def worth_sweep(
    rosters: dict, profile: pd.DataFrame, *, worths=(5, 10, 20, 40, 120), wage: float = WAGE
) -> pd.DataFrame:
    """Return what each roster costs in a week, by what a caller who hangs up is worth.

    rosters, profile, wage as in `roster_money`; worths: ¥ a caller -> index worth; the cost (¥) of
    each roster; cheapest, cheapest_busy: cost and share of talk of the roster made for that worth
    """
    rows = []
    for worth in worths:
        best = {"cheapest": roster_where_needed(profile, wage=wage, worth=worth)}
        money = roster_money(rosters | best, profile, wage=wage, worth=worth)
        busy = money.loc["cheapest", "busy"]
        rows.append(money["cost"].to_dict() | {"cheapest_busy": busy})
    return pd.DataFrame(rows, index=pd.Index(worths, name="worth"))


def _week(roster, lost, calls):
    """Agent-hours, hours of talking and lost callers of a week with so many calls."""
    agents = roster.reindex(index=lost.index.levels[0], columns=lost.index.levels[1]).to_numpy()
    agents = pd.Series(agents.ravel(), index=pd.MultiIndex.from_product(lost.index.levels))
    agents = agents.reindex(lost.index)
    if not (agents.between(1, MOST - 1) & (agents % 1 == 0)).all():
        raise ValueError(
            f"roster must give 1 to {MOST - 1} agents to every shift, got {agents.min()} to "
            f"{agents.max()} in {agents.notna().sum()} of {len(lost)}. Fill every shift with whole "
            "agents."
        )
    gone = lost.to_numpy()[np.arange(len(lost)), agents.astype(int)].sum()
    talking = (calls - gone) * HANDLE / 3600
    return SHIFT * agents.sum(), talking, gone


def roster_where_needed(
    profile: pd.DataFrame, *, agent_hours: float | None = None, wage: float = WAGE,
    worth: float = WORTH,
) -> pd.DataFrame:  # fmt: skip
    """Return a roster that gives each next agent to the shift where most callers are kept.

    agent_hours: a week's hours to give away, enough for one agent in every shift; None: go on
    while the callers kept are worth more than the wage -> agents by weekday and shift
    """
    lost = _lost_by_shift(profile)
    if agent_hours is not None and agent_hours < SHIFT * len(lost):
        raise ValueError(
            f"agent_hours must be at least {SHIFT * len(lost)}, one agent in each of {len(lost)} "
            f"shifts, got {agent_hours}. Give more, or close a shift."
        )
    kept = -np.diff(lost.to_numpy(), axis=1)  # by one agent more, who begins with the second
    kept = np.column_stack([kept, np.full(len(lost), -np.inf)])  # a full shift takes nobody
    agents = np.ones(len(lost), dtype=int)
    shifts = np.arange(len(lost))
    budget = np.inf if agent_hours is None else agent_hours
    while agents.min() < MOST - 1 and SHIFT * (agents.sum() + 1) <= budget:
        gain = kept[shifts, agents]
        if agent_hours is None and worth * gain.max() <= SHIFT * wage:
            break
        agents[gain.argmax()] += 1
    table = lost.index.to_frame(index=False).assign(agents=agents)
    return table.pivot_table(index="weekday", columns="shift", values="agents", aggfunc="first")


def _lost_by_shift(profile):
    """Callers lost in each shift of the week (rows) with 0, 1, 2 ... agents (columns)."""
    schema.require(profile, ["weekday", "shift", "calls_per_hour"], name="profile")
    half_hours = [_lost_in_half_an_hour(rate) for rate in profile["calls_per_hour"].tolist()]
    keys = [profile["weekday"], profile["shift"]]
    return pd.DataFrame(half_hours, index=profile.index).groupby(keys).sum()


@lru_cache(maxsize=4096)
def _lost_in_half_an_hour(calls_per_hour):
    queues = [erlang_a(calls_per_hour, HANDLE, n, PATIENCE) for n in range(1, MOST)]
    return calls_per_hour / 2, *(queue.lost * calls_per_hour / 2 for queue in queues)
