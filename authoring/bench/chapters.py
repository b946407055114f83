"""How long a chapter takes to run, to be compared, and to draw its explorer again."""

import statistics
import time

import nbformat

from authoring import validate
from authoring.bench import tables
from authoring.bench.measuring import ROOT

TITLE = "A chapter"
CHAPTER = "notebooks/2_customers/21_retention.ipynb"
LIMITS = {"run": 8, "compare every output": 12, "draw the explorer again": 0.3}
REPEATS = 5


def section():
    """Return the section: median seconds for chapter 21, kernel and imports included."""
    ways = {"run": _run, "compare every output": _compare, "draw the explorer again": _drawing()}
    medians = {name: statistics.median(_seconds(way) for _ in range(REPEATS))
               for name, way in ways.items()}  # fmt: skip
    kept = {name: "yes" if value <= LIMITS[name] else "**no**" for name, value in medians.items()}
    rows = [[name, tables.seconds(medians[name]), str(LIMITS[name]), kept[name]] for name in ways]
    table = tables.markdown(["chapter 21", "seconds", "at most", "kept"], rows)
    return f"A fresh kernel each time; imports are about half of a run.\n\n{table}"


def _seconds(way):
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _run():
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / CHAPTER, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()


def _compare():
    validate.run([CHAPTER], workers=0, capture_output=True, check=True)


def _drawing():
    from crm_course import datasets
    from crm_course.customers import retention

    renewals = datasets.load("panel").query("renewal_due")
    explorer = retention.explore_hostages(retention.drivers(renewals))
    return lambda: explorer.move(switching_cost=-0.75)
