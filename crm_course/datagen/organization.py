"""The group's own people; one module per story."""

from . import culture

PARTS = (culture,)
MAKERS = {name: maker for part in PARTS for name, maker in part.MAKERS.items()}
