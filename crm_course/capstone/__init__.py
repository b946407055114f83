"""Capstone: everything connected, one new idea at a time and all of it at once.

innovation       new ideas: tried by lot, a win and its worth, fairness, law with its dates
firm_simulator   twelve quarters of a firm, six decisions in each, what every one of them earns
"""
