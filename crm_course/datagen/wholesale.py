"""Lanting Wholesale: firms that buy on credit, graded and courted; one module per story."""

from . import credit, grading

PARTS = (credit, grading)
MAKERS = {name: maker for part in PARTS for name, maker in part.MAKERS.items()}
