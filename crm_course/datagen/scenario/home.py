"""Parameters of Lanting Home."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Purchase:
    """BG/NBD in operational weeks; satisfaction lowers the dropout chance (Gaussian copula)."""

    r: float = 0.8
    alpha: float = 10.0
    a: float = 0.8
    b: float = 2.5
    satisfaction: float = 0.4


@dataclass(frozen=True)
class Spend:
    """Gamma-Gamma in ¥; satisfaction raises the mean spend (Gaussian copula)."""

    p: float = 6.0
    q: float = 4.0
    gamma: float = 150.0
    satisfaction: float = 0.3


@dataclass(frozen=True)
class Season:
    """Operational days per calendar day, January to December; mean 1 over a common year."""

    january: float = 0.90
    february: float = 0.70
    march: float = 0.85
    april: float = 0.90
    may: float = 0.95
    june: float = 1.064
    july: float = 0.90
    august: float = 0.90
    september: float = 0.95
    october: float = 1.00
    november: float = 1.80
    december: float = 1.08


@dataclass(frozen=True)
class Home:
    """Everything that Home adds to the world."""

    purchase: Purchase = field(default_factory=Purchase)
    spend: Spend = field(default_factory=Spend)
    season: Season = field(default_factory=Season)


NULL = {
    "purchase": Purchase(satisfaction=0),
    "spend": Spend(satisfaction=0),
    "season": Season(**{month.name: 1.0 for month in fields(Season)}),
}
