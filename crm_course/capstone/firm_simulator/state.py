"""What a firm is at the start of a quarter, and what it decides in it."""

import math
from dataclasses import asdict, dataclass, fields
from numbers import Real


@dataclass(frozen=True)
class State:
    """The stocks. satisfaction and culture in steps, skill 0 to 1; the three are hidden."""

    quarter: int = 1  # the one to be played next
    customers: float = 200_000.0
    satisfaction: float = 0.0
    culture: float = 0.0
    skill: float = 0.0
    receivables: float = 13_000_000.0
    cash: float = 5_000_000.0


@dataclass(frozen=True)
class Decisions:
    """Six numbers for a quarter, in the units of my_firm.md; ValueError outside of LIMITS.

    The defaults are those of the firm as it was (HOUSE).
    calls: of 1,000 contracts that end, called before; agents: who answer at the same time;
    acquisition: share of the budget for winning; price: per cent over the usual; training: hours
    for each employee in a year; credit_limit: yuan for a retailer.
    """

    calls: float = 0.0
    agents: float = 11.0
    acquisition: float = 0.50
    price: float = 0.0
    training: float = 0.0
    credit_limit: float = 50_000.0

    def __post_init__(self):
        for name, (low, high) in LIMITS.items():
            value = getattr(self, name)
            if not isinstance(value, Real) or isinstance(value, bool) or not math.isfinite(value):
                raise ValueError(f"{name} must be a number, got {value!r}. Decide again.")
            if not low <= value <= high:
                raise ValueError(
                    f"{name} must lie between {low:,} and {high:,}, got {value:,}. Decide again."
                )
            object.__setattr__(self, name, float(value))
        if self.agents != int(self.agents):
            raise ValueError(f"agents must be a whole number, got {self.agents}. Count people.")

    def as_dict(self):
        """Return {name: value}, in the order of my_firm.md."""
        return asdict(self)


LIMITS = {
    "calls": (0, 1000),
    "agents": (1, 500),
    "acquisition": (0, 1),
    "price": (-50, 50),
    "training": (0, 200),
    "credit_limit": (0, 1_000_000),
}
HOUSE = Decisions()
NAMES = tuple(each.name for each in fields(Decisions))
