"""Twelve quarters of a policy, what it is worth, what each decision earned, and the benchmark."""

import itertools
import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd
import yaml

from crm_course import workspace
from crm_course.cases.appliance_service import shapley

from .firm import FIRM, QUARTERS
from .scenarios import SCENARIOS, scenario
from .state import HOUSE, NAMES, Decisions
from .turn import HIDDEN, SEEN, Quarter, end_worth, play_quarter

DING_AN = Decisions(  # took the course last year; invented
    calls=220, agents=18, acquisition=0.45, price=3, training=80, credit_limit=20_000
)
CHAPTERS = dict(zip(NAMES, ("22", "24", "33", "41", "54", "63"), strict=True))
STORED = Path(__file__).with_name("benchmark.yaml")
STEPS = {  # of the search: coarse, fine
    "calls": (100, 20), "agents": (2, 1), "acquisition": (0.05, 0.01), "price": (2, 0.5),
    "training": (5, 1), "credit_limit": (5_000, 1_000),
}  # fmt: skip


@dataclass(frozen=True)
class Played:
    """Quarters that were played: which world, which luck (None: none), what happened."""

    scenario: str
    seed: int | None
    quarters: tuple[Quarter, ...]

    @property
    def profits(self):
        """Yuan of each quarter."""
        return [each.report["profit"] for each in self.quarters]

    @property
    def value(self):
        """Yuan today: the profits, and what the customers are worth after the last quarter."""
        worth = end_worth(self.quarters, scenario(self.scenario))
        return self.profits_today + float(worth * _discount(self.quarters[-1].number))

    @property
    def profits_today(self):
        """Yuan today of the profits alone, without the customers after the last quarter."""
        return float(
            sum(each.report["profit"] * _discount(each.number) for each in self.quarters)
        )

    def table(self, *, hidden=False):
        """Return one row a quarter: what a firm can count, and what is hidden if asked for."""
        columns = [*SEEN, *(HIDDEN if hidden else ())]
        return pd.DataFrame([each.report for each in self.quarters], columns=columns)


def _discount(quarter):
    return (1 + FIRM.discount) ** (-quarter / 4)


def simulate_firm(policy, *, world="honest growth", seed=None):
    """Play twelve quarters -> Played.

    policy: Decisions for all of them, or a sequence, one for each quarter that is played; world:
    name of a scenario; seed: of the luck, None for none.

    >>> round(simulate_firm(HOUSE).value, -6)
    91000000.0
    """
    rows = (policy,) * QUARTERS if isinstance(policy, Decisions) else tuple(policy)
    if not 1 <= len(rows) <= QUARTERS:
        raise ValueError(
            f"policy must have 1 to {QUARTERS} quarters, got {len(rows)}. Decide for as many."
        )
    return _simulated(rows, scenario(world).name, seed)


@lru_cache(maxsize=4096)
def _simulated(rows, world, seed):
    setting, quarters = scenario(world), []
    state = setting.start
    for decisions in rows:
        luck = setting.luck_of(state.quarter, seed)
        quarters.append(play_quarter(state, decisions, setting, luck))
        state = quarters[-1].state
    return Played(world, seed, tuple(quarters))


def opening(decided=None):
    """Return the opening policy: decision, chapter, today, opening, whose.

    decided: {"calls": 200.0} as from my_firm.decisions(); what is missing there, or lies outside
    of the limits, comes from Ding An. whose: "yours" or "Ding An's".
    """
    rows = []
    for name in NAMES:
        mine = _allowed(name, (decided or {}).get(name))
        value = getattr(DING_AN, name) if mine is None else mine
        whose = "Ding An's" if mine is None else "yours"
        rows.append((name, CHAPTERS[name], getattr(HOUSE, name), value, whose))
    return pd.DataFrame(rows, columns=["decision", "chapter", "today", "opening", "whose"])


def _allowed(name, value):
    try:
        return getattr(Decisions(**{name: value}), name)
    except ValueError:
        return None


def decisions_of(table, column="opening"):
    """Return the Decisions of a table (decision, opening)."""
    return Decisions(**dict(zip(table["decision"], table[column], strict=True)))


def earnings(mine, *, house=HOUSE, world="honest growth", seed=None):
    """Return what each decision earned, in three ways of counting: yuan today.

    alone: it is the only one that was changed; last: the five others were changed before it; fair:
    the mean over all 720 orders in which the six can be changed (Shapley 1953) -> decision, today,
    mine, alone, last, fair. Only the column fair adds up to what all six earn together.
    """

    def value(on):
        return _mixed(house, mine, on, world, seed)

    fair, rows = shapley(value, NAMES), []
    for name in NAMES:
        others = [each for each in NAMES if each != name]
        alone, last = value([name]) - value([]), value(NAMES) - value(others)
        rows.append((name, getattr(house, name), getattr(mine, name), alone, last, fair[name]))
    return pd.DataFrame(rows, columns=["decision", "today", "mine", "alone", "last", "fair"])


def together(mine, name, *, house=HOUSE, world="honest growth", seed=None):
    """Return what a decision and each other one earn more together than both alone: yuan, by name.

    mine: Decisions; name: of the decision, such as "agents". Both are added to the firm as it was;
    above nought the two are complements, below it substitutes. ValueError for an unknown name.

    >>> round(int(together(DING_AN, "agents")["training"]), -5)
    -5700000
    """
    if name not in NAMES:
        raise ValueError(
            f"decision must be one of {', '.join(NAMES)}, got {name!r}. Choose one of them."
        )

    def value(*changed):
        return _mixed(house, mine, changed, world, seed)

    more = {
        other: round(value(name, other) - value(name) - value(other) + value())
        for other in NAMES if other != name
    }  # fmt: skip
    return pd.Series(more, name="together").rename_axis("decision")


def _mixed(house, mine, on, world, seed):
    changed = {name: getattr(mine, name) for name in on}
    return simulate_firm(replace(house, **changed), world=world, seed=seed).value


def benchmark(world="honest growth"):
    """Return the stored benchmark policy: twelve Decisions, as `store_benchmarks` wrote it."""
    return tuple(Decisions(**row) for row in _stored()[scenario(world).name]["decisions"])


@cache
def _stored():
    return yaml.safe_load(STORED.read_text(encoding="utf-8"))


def regret(played):
    """Return the yuan that the benchmark earns more in the same world, with the same luck.

    The benchmark was found without luck, so that a lucky guess may earn a little more than it.
    """
    best = benchmark(played.scenario)[: len(played.quarters)]
    return simulate_firm(best, world=played.scenario, seed=played.seed).value - played.value


def find_benchmark(world="honest growth", *, starts=(DING_AN, HOUSE)):
    """Search for the best twelve quarters without luck -> tuple of Decisions.

    From each start one number at a time is moved up or down as long as the firm is worth more:
    first the same in all quarters, then in each fourth of them, then in each quarter by itself,
    in coarse and then in fine steps. The search knows what the scenario brings, as no manager
    does; a better policy may exist. Half a minute.
    """
    found = [_searched((start,) * QUARTERS, world) for start in starts]
    return max(found, key=lambda policy: simulate_firm(policy, world=world).value)


def store_benchmarks(made, *, path=STORED):
    """Search the benchmark of every scenario and write them to a file; made: the date, as text."""
    found = {"made": made}
    for name in SCENARIOS:
        best = find_benchmark(name)
        value = round(simulate_firm(best, world=name).value)
        found[name] = {"value": value, "decisions": [each.as_dict() for each in best]}
    text = yaml.safe_dump(found, sort_keys=False, default_flow_style=None, width=120)
    workspace.write(Path(path), text.encode())


def _searched(policy, world):
    blocks = ([range(QUARTERS)], [range(q, q + 3) for q in range(0, QUARTERS, 3)])
    blocks = (*blocks, [range(q, q + 1) for q in range(QUARTERS)])
    for block, size in itertools.product(blocks, (0, 1)):
        policy = _climbed(policy, block, size, world)
    return tuple(policy)


def _climbed(policy, blocks, size, world):
    """Move every number of every block until none of them gains any more."""
    best, moved = simulate_firm(policy, world=world).value, True
    while moved:
        moved = False
        for block, name, sign in itertools.product(blocks, NAMES, (1, -1)):
            better, value = _moved(policy, block, name, sign * STEPS[name][size], world)
            while value > best + 1:
                policy, best, moved = better, value, True
                better, value = _moved(policy, block, name, sign * STEPS[name][size], world)
    return policy


def _moved(policy, block, name, step, world):
    """Return the policy with one number moved in some quarters, and its value; -inf if outside."""
    rows = list(policy)
    try:
        for quarter in block:
            value = round(getattr(rows[quarter], name) + step, 6)
            rows[quarter] = replace(rows[quarter], **{name: value})
    except ValueError:
        return policy, -math.inf
    return tuple(rows), simulate_firm(rows, world=world).value
