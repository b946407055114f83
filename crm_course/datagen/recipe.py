"""What a world is made of: how many customers, from which seed, in which scenario."""

from dataclasses import asdict, dataclass

from .scenario import Scenario
from .streams import BLOCK
from .world import LANTING, SEED

MOST = 100_000_000


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the bytes of a world; the same recipe gives the same digests.

    version: what the generator of today gives (the digests of the sample), so that worlds of an
    earlier course are told apart. Raises TypeError or ValueError for an impossible number.

    >>> Recipe(100_000).blocks
    (65536, 34464)
    """

    customers: int
    seed: int = SEED
    scenario: Scenario = LANTING
    version: str = ""

    def __post_init__(self):
        check_whole("The number of customers", self.customers, 1, MOST, "Choose from 1 up")
        check_whole("The seed", self.seed, 0, 2**64 - 1, "Choose any number from 0 up")

    @property
    def blocks(self) -> tuple:
        """Customers of each block, the last one possibly not full."""
        return tuple(
            min(BLOCK, self.customers - first) for first in range(0, self.customers, BLOCK)
        )

    def written(self) -> dict:
        """Return the recipe as it stands in a manifest: numbers, texts and lists."""
        scenario = _as_json(asdict(self.scenario))
        return {
            "customers": self.customers, "seed": self.seed, "version": self.version,
        } | {"scenario": scenario}  # fmt: skip


def check_whole(thing: str, number: int, low: int, high: int, advice: str):
    """Raise TypeError or ValueError unless the number is whole and within the bounds."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{thing} must be a whole number, got {number!r}. {advice}.")
    if not low <= number <= high:
        raise ValueError(f"{thing} must be from {low} to {high:,}, got {number:,}. {advice}.")


def _as_json(value):
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    return [*map(_as_json, value)] if isinstance(value, tuple) else value
