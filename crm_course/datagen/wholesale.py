"""Lanting Wholesale: firms that buy on credit, graded and courted; one module per story."""

from . import credit, deals, grading, scorecards

PARTS = (credit, scorecards, grading, deals)
MAKERS = {name: maker for part in PARTS for name, maker in part.MAKERS.items()}
