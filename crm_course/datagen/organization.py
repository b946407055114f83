"""The group's own people; one module per story."""

from . import culture, roles, training

PARTS = (culture, training, roles)
MAKERS = {name: maker for part in PARTS for name, maker in part.MAKERS.items()}
