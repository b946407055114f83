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
class Organization:
    """Everything that the group's own people add to the world."""

    culture: Culture = field(default_factory=Culture)
    survey: Survey = field(default_factory=Survey)


NULL = {
    "culture": Culture(a=0, b=0, direct=0, reverse=0, manager_culture=0, manager_csat=0),
}
