"""Parameters of the group's own people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Organization:
    """Everything that the group's own people add to the world."""


NULL = {}
