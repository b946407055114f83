"""Who does what: tasks with planted faults, staff, hand-offs of cases, and a trial of pay."""

import numpy as np
import pandas as pd

from crm_course.schema import organization as declared

from .processes import numbers_within, quantise
from .recorded import cents, once, rating
from .streams import stream
from .texts import named

DEPARTMENTS, ROLES = declared.DEPARTMENTS, declared.ROLES
TASKS, FAULTS = declared.TASK_NAMES, declared.FAULTS
HOME = np.repeat(list(DEPARTMENTS), 3)
PER_DEPARTMENT = 3  # two who do the work and one who answers for it


def tasks(scenario, seed: int) -> pd.DataFrame:
    """Make the responsibility chart: task, role, letter; planted faults included."""
    letters = _chart(seed)
    owner = _owner()
    for task, fault in enumerate(_faults(scenario.roles, seed)):
        letters[task] = _spoilt(letters[task], fault, owner[task])
    task, role = np.nonzero(letters)
    return pd.DataFrame({
        "task_id": task + 1,
        "task": np.array(TASKS)[task],
        "department": np.array(list(DEPARTMENTS))[owner[task]],
        "role": np.array(ROLES)[role],
        "letter": letters[task, role],
    })  # fmt: skip


def truth_tasks(scenario, seed: int) -> pd.DataFrame:
    """Make the fault planted in each task, if any."""
    fault = _faults(scenario.roles, seed)
    return pd.DataFrame({"task_id": np.arange(1, len(TASKS) + 1), "fault": named(FAULTS, fault)})


def _owner():
    """Number of the department that owns each task: six tasks each, in order."""
    return np.arange(len(TASKS)) // (len(TASKS) // len(DEPARTMENTS))


def _chart(seed):
    """A sound chart, shape (tasks, roles): one A, one or two R, one or two C, one I."""
    letters = np.full((len(TASKS), len(ROLES)), "", dtype="<U1")
    uniform = stream(seed, "tasks", "chart", 0).random((len(TASKS), 4))
    other = stream(seed, "tasks", "others", 0).random((len(TASKS), len(ROLES)))
    for task, owner in enumerate(_owner()):
        first = PER_DEPARTMENT * owner
        letters[task, first + 2] = "A"
        doers = first + np.array([0, 1]) if uniform[task, 0] < 0.3 else first + task % 2
        letters[task, doers] = "R"
        away = [role for role in np.argsort(other[task]) if role // PER_DEPARTMENT != owner]
        asked = 1 + int(uniform[task, 1] < 0.4)
        letters[task, away[:asked]] = "C"
        letters[task, away[asked]] = "I"
    return letters


def _faults(roles, seed):
    """Number of the fault of each task, -1 for none."""
    kinds = np.repeat(np.arange(len(FAULTS)), (roles.nobody_accountable, roles.two_accountable,
                                               roles.nobody_responsible))  # fmt: skip
    fault = np.full(len(TASKS), -1)
    fault[stream(seed, "tasks", "fault", 0).permutation(len(TASKS))[: len(kinds)]] = kinds
    return fault


def _spoilt(row, fault, owner):
    """The letters of one task with its fault; the second A is the head of the next department."""
    if fault == FAULTS.index("nobody accountable"):
        return np.where(row == "A", "", row)
    if fault == FAULTS.index("nobody responsible"):
        return np.where(row == "R", "", row)
    if fault == FAULTS.index("two accountable"):
        row = row.copy()
        row[(PER_DEPARTMENT * (owner + 1) + 2) % len(ROLES)] = "A"
    return row


def staff(scenario, seed: int) -> pd.DataFrame:
    """Make role and three skills of everybody in the four departments."""
    roles = scenario.roles
    heads = np.tile([roles.doers, roles.doers, 1], len(DEPARTMENTS))
    role = np.repeat(np.arange(len(ROLES)), heads)
    skills = stream(seed, "staff", "skill", 0).standard_normal((len(role), 3))
    skills = rating(skills, roles.skill, 0.8)
    return pd.DataFrame({
        "employee": np.arange(1, len(role) + 1),
        "department": HOME[role],
        "role": np.array(ROLES)[role],
        "communication": skills[:, 0],
        "service_awareness": skills[:, 1],
        "competence": skills[:, 2],
    })  # fmt: skip


def handoffs(scenario, seed: int) -> pd.DataFrame:
    """Make the log of cases handed from role to role until they arrive or get lost."""
    path = scenario.handoffs
    planned = 1 + stream(seed, "handoffs", "planned", 0).poisson(path.extra, path.cases)
    case, step = np.repeat(np.arange(path.cases), planned), numbers_within(planned)
    hops = stream(seed, "handoffs", "hop", 0).integers(1, len(ROLES), size=len(case))
    start = stream(seed, "handoffs", "start", 0).integers(len(ROLES), size=path.cases)
    to = (start[case] + np.cumsum(hops)) % len(ROLES)
    come_from = (to - hops) % len(ROLES)
    arrived = stream(seed, "handoffs", "arrived", 0).random(len(case)) < path.reliability
    lost_before = _lost_before(arrived, planned)
    apart = HOME[come_from] != HOME[to]
    wait = path.minutes * np.where(apart, path.apart, 1)
    wait = wait * stream(seed, "handoffs", "wait", 0).standard_exponential(len(case))
    return pd.DataFrame({
        "handoff_case": case + 1,
        "step": step + 1,
        "from_role": np.array(ROLES)[come_from],
        "to_role": np.array(ROLES)[to],
        "minutes": quantise(wait, 1),
        "arrived": arrived,
    })[lost_before == 0].reset_index(drop=True)  # fmt: skip


def _lost_before(arrived, planned):
    """How often each case was lost before each of its steps."""
    lost = np.cumsum(~arrived) - ~arrived
    first = np.cumsum(planned) - planned
    return lost - np.repeat(lost[first], planned)


def incentives(scenario, seed: int) -> pd.DataFrame:
    """Make the trial of pay: the weight of sales in the bonus by lot, sales and service."""
    pay, weight = scenario.incentives, _weights(scenario.incentives, seed)
    sales_effort, service_effort = efforts(weight, pay.rivalry)
    noise = stream(seed, "incentives", "noise", 0).standard_normal((2, len(weight)))
    sales = pay.sales * (1 + pay.sales_gain * sales_effort + pay.sales_noise * noise[0])
    service = pay.service + pay.service_gain * service_effort + pay.service_noise * noise[1]
    return pd.DataFrame({
        "branch": np.arange(1, len(weight) + 1),
        "sales_weight": weight,
        "sales_head_cents": cents(sales),
        "service_score": quantise(np.clip(service, 0, 100), 1),
    })  # fmt: skip


def truth_incentives(scenario, seed: int) -> pd.DataFrame:
    """Make the efforts that nobody measures."""
    weight = _weights(scenario.incentives, seed)
    sales, service = efforts(weight, scenario.incentives.rivalry)
    branch = np.arange(1, len(weight) + 1)
    return pd.DataFrame({"branch": branch, "sales_effort": sales, "service_effort": service})


def efforts(weight, rivalry: float) -> tuple:
    """Efforts for sales and service, from pay minus their cost (Holmström & Milgrom 1991).

    weight e_s + (1 - weight) e_c - (e_s^2 + e_c^2 + 2 rivalry e_s e_c) / 2

    The interior solution, then cut at 0. Where the cut bites, the other effort is not chosen anew:
    at weight 0.9 and rivalry 0.3 sales get 0.956, where the optimum is 0.9. The trial is so.

    >>> [float(effort) for effort in efforts(np.array(0.5), 0.0)]
    [0.5, 0.5]
    """
    share = 1 - rivalry**2
    sales = (weight - rivalry * (1 - weight)) / share
    service = (1 - weight - rivalry * weight) / share
    return quantise(np.clip(sales, 0, None), 4), quantise(np.clip(service, 0, None), 4)


def _weights(pay, seed):
    """Every weight for the same number of branches, by lot."""
    weights = np.repeat(pay.weights, pay.branches // len(pay.weights))
    return weights[stream(seed, "incentives", "lot", 0).permutation(len(weights))]


MAKERS = {
    "staff": once(staff),
    "tasks": once(tasks),
    "handoffs": once(handoffs),
    "incentives": once(incentives),
    "truth_tasks": once(truth_tasks),
    "truth_incentives": once(truth_incentives),
}
