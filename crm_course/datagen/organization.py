"""The group's own people; one module per story."""

MAKERS = {}
