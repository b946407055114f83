"""Random numbers keyed by seed, table, column and block of 65,536 customers.

A column can be added without moving another, blocks can be made in any order and by anybody,
and the first customers of a large run are the customers of a small one.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from crm_course.schema import UNITS

BLOCK = 65_536


def stream(seed: int, table: str, column: str, block: int) -> np.random.Generator:
    """Return the generator of one column of one table in one block of customers.

    >>> int(stream(7, "orders", "amount", 0).integers(1000))
    37
    """
    key = (zlib.crc32(table.encode()), zlib.crc32(column.encode()), block)
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=key)))


def turn(unit: str) -> slice:
    """Return which customers of a block belong to the unit; all of them for ''."""
    return slice(UNITS.index(unit), None, len(UNITS)) if unit else slice(None)


@dataclass(frozen=True)
class Draws:
    """The streams of one table for the first customers of a block.

    Numbers are drawn customer by customer, so that the first never depend on how many others exist.
    unit: '' for all customers of the block, or one business unit (every fourth customer)
    kept: how many customers of the block are wanted, over all units
    """

    seed: int
    table: str
    block: int
    kept: int = BLOCK
    unit: str = ""

    @property
    def customer_id(self) -> np.ndarray:
        """The ids of the customers kept, shape (customers,)."""
        first = self.block * BLOCK + 1
        return np.arange(first, first + self.kept)[turn(self.unit)]

    def _drawn(self, draw, shape):
        return draw((len(range(self.kept)[turn(self.unit)]), *shape))

    def generator(self, column: str) -> np.random.Generator:
        """The bare stream, for draws whose number differs by customer: use it in their order."""
        return stream(self.seed, self.table, column, self.block)

    def uniform(self, column: str, *shape: int) -> np.ndarray:
        """Numbers in [0, 1), shape (customers, *shape)."""
        return self._drawn(self.generator(column).random, shape)

    def normal(self, column: str, *shape: int) -> np.ndarray:
        """Standard normal numbers, shape (customers, *shape)."""
        return self._drawn(self.generator(column).standard_normal, shape)

    def exponential(self, column: str, *shape: int) -> np.ndarray:
        """Exponential numbers of mean 1, shape (customers, *shape)."""
        return self._drawn(self.generator(column).standard_exponential, shape)

    def whole(self, column: str, high: int) -> np.ndarray:
        """Whole numbers 0 to high - 1, shape (customers,)."""
        return self._drawn(lambda size: self.generator(column).integers(high, size=size), ())
