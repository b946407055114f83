"""Parameters of Lanting Auto."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Auto:
    """Everything that Auto adds to the world."""


NULL = {}
