"""Parameters of Lanting Wholesale."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wholesale:
    """Everything that Wholesale adds to the world."""


NULL = {}
