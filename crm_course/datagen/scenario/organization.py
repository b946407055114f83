"""Parameters of the group's own people."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Culture:
    """Paths between culture, climate and customer satisfaction of a branch, standard deviations.

    climate = a culture + e; csat = direct culture + b climate + manager_csat manager + e;
    next culture = persistence culture + reverse csat + manager + e. `method`: how much the mood of
    the day colours both the culture items and the climate (common-method bias; off).
    """

    branches: int = 60
    employees: tuple = (10, 30)
    a: float = 0.5
    b: float = 0.6
    direct: float = 0.1
    reverse: float = 0.05
    manager_culture: float = 0.4
    manager_csat: float = 0.4
    persistence: float = 0.6
    noise: tuple = (0.73, 0.87, 0.53)
    method: float = 0.0
    retention_base: float = 0.82
    retention: float = 0.03
    retention_noise: float = 0.02
    revenue_head: float = 60_000.0
    revenue: float = 0.05
    revenue_noise: float = 0.03


@dataclass(frozen=True)
class Survey:
    """Twelve culture items: how far they hang together, and how much of it the branch shares."""

    loading: float = 0.28
    icc: float = 0.35
    middle: float = 3.4
    step: float = 0.9


@dataclass(frozen=True)
class Training:
    """A course, drawn by lot for half of the teams; effects in standard deviations.

    learning is what the course adds to the test, practice what everybody gains by being tested
    twice; keeping: share of the learning left after three months; applied + transfer x transfer
    score: what the course adds to behaviour; support, affective, utility: correlation with the
    transfer score
    """

    teams: int = 30
    team_size: int = 10
    team_share: float = 0.10
    memory: float = 0.7
    practice: float = 0.15
    learning: float = 0.5
    keeping: float = 0.6
    forgetting: float = 0.3
    applied: float = 0.4
    transfer: float = 0.5
    support: float = 0.5
    support_team: float = 0.6
    affective: float = 0.02
    utility: float = 0.26
    attrition: float = 0.08
    middle: float = 60.0
    step: float = 12.0
    behaviour_step: float = 10.0
    result: float = 9_000.0
    result_point: float = 60.0
    result_noise: float = 800.0


@dataclass(frozen=True)
class Roles:
    """Staff of four departments, and the faults planted in the chart of 24 tasks."""

    doers: int = 7
    skill: float = 3.3
    nobody_accountable: int = 3
    two_accountable: int = 2
    nobody_responsible: int = 2


@dataclass(frozen=True)
class Handoffs:
    """Cases handed on 1 + Poisson(extra) times; each time it arrives with this chance.

    minutes: mean wait within a department; apart: factor between two departments
    """

    cases: int = 800
    extra: float = 2.0
    reliability: float = 0.95
    minutes: float = 30.0
    apart: float = 2.5


@dataclass(frozen=True)
class Incentives:
    """Weight of sales in the bonus, drawn by lot; rivalry of the two efforts in their cost."""

    branches: int = 60
    weights: tuple = (0.3, 0.5, 0.7, 0.9)
    rivalry: float = 0.3
    sales: float = 40_000.0
    sales_gain: float = 0.25
    sales_noise: float = 0.05
    service: float = 60.0
    service_gain: float = 25.0
    service_noise: float = 4.0


@dataclass(frozen=True)
class Organization:
    """Everything that the group's own people add to the world."""

    culture: Culture = field(default_factory=Culture)
    survey: Survey = field(default_factory=Survey)
    training: Training = field(default_factory=Training)
    roles: Roles = field(default_factory=Roles)
    handoffs: Handoffs = field(default_factory=Handoffs)
    incentives: Incentives = field(default_factory=Incentives)


NULL = {
    "roles": Roles(nobody_accountable=0, two_accountable=0, nobody_responsible=0),
    "handoffs": Handoffs(apart=1),
    "incentives": Incentives(sales_gain=0, service_gain=0),
    "culture": Culture(a=0, b=0, direct=0, reverse=0, manager_culture=0, manager_csat=0),
    "training": Training(learning=0, applied=0, transfer=0, support=0, affective=0, utility=0),
}
