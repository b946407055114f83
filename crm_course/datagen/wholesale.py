"""Lanting Wholesale: firms that buy on credit, graded and courted; one module per story."""

MAKERS = {}
