"""Three worlds for the same firm. Their truths are invented, and hidden until the game is over."""

from dataclasses import dataclass

import numpy as np

from .firm import QUARTERS
from .state import State


@dataclass(frozen=True)
class Luck:
    """What a quarter brings beside the plan: factors around 1."""

    prospects: float
    problems: float
    defaults: float


@dataclass(frozen=True)
class Scenario:
    """A world: what each of the twelve quarters brings, and what counts at the end.

    story: what the reader is told; prospects: people who hear of the firm if customers are
    ordinary; problems: factor on the problems of customers; defaults: chance in a year that a
    retailer fails; kept_worth: share of the customers' worth at the end that counts;
    luck: standard deviations (of the logarithm) of the three.
    """

    name: str
    story: str
    prospects: tuple = (60_000.0,) * QUARTERS
    problems: tuple = (1.0,) * QUARTERS
    defaults: tuple = (0.05,) * QUARTERS
    kept_worth: float = 1.0
    luck: tuple = (0.05, 0.08, 0.20)
    start: State = State()

    def luck_of(self, quarter, seed):
        """Return the luck of a quarter, 1 to 12; seed None: none, every factor is 1."""
        if seed is None:
            return Luck(1.0, 1.0, 1.0)
        size = np.array(self.luck)
        drawn = np.random.default_rng([int(seed), quarter]).standard_normal(3)
        return Luck(*np.exp(size * drawn - size**2 / 2).tolist())


def _wave(usual, high, quarters):
    """Return twelve values: usual, and high in some quarters."""
    return tuple(high if q in quarters else usual for q in range(1, QUARTERS + 1))


SCENARIOS = {
    each.name: each
    for each in (
        Scenario(
            "honest growth",
            "The market stays as it is. At the end customers count for what they are worth.",
        ),
        Scenario(
            "harvest",
            "People lose interest: each quarter 8 per cent fewer hear of you. After twelve "
            "quarters the service is closed, and nobody pays for customers.",
            prospects=tuple(round(60_000 * 0.92**q) for q in range(QUARTERS)),
            kept_worth=0.0,
        ),
        Scenario(
            "shock",
            "In some quarter things go wrong twice: retailers fail in rows, and a faulty batch "
            "brings a wave of complaints. When, you are not told.",
            defaults=_wave(0.05, 0.30, (5, 6, 7)),
            problems=_wave(1.0, 2.0, (5, 6)),
        ),
    )
}


def scenario(name):
    """Return a scenario by its name; ValueError, naming the three, for another."""
    if name not in SCENARIOS:
        raise ValueError(
            f"scenario must be one of {', '.join(SCENARIOS)}, got {name!r}. Choose one of them."
        )
    return SCENARIOS[name]
