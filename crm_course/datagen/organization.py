"""The group's own people; one module per story."""

from . import culture, training

PARTS = (culture, training)
MAKERS = {name: maker for part in PARTS for name, maker in part.MAKERS.items()}
