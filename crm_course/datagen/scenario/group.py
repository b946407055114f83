"""Parameters of the whole group."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Everything that the group as a whole adds to the world."""


NULL = {}
