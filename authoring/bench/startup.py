"""How long the package takes to import, beside pandas."""

import statistics
import subprocess
import sys

from authoring.bench import tables

TITLE = "Importing"
MODULES = ("pandas", "crm_course", "crm_course.datasets", "crm_course.customers.retention")
CODE = """
import sys, time
start = time.perf_counter()
__import__(sys.argv[1])
print(time.perf_counter() - start)
"""
REPEATS = 5
MORE = 0.15


def section():
    """Return the section: median seconds of each import, taken in turns."""
    taken = {module: [] for module in MODULES}
    for _ in range(REPEATS):
        for module in MODULES:
            taken[module].append(_seconds(module))
    medians = {module: statistics.median(values) for module, values in taken.items()}
    rows = [[f"`import {module}`", tables.seconds(value),
             f"{value - medians['pandas']:+.2f}"] for module, value in medians.items()]  # fmt: skip
    more = medians["crm_course"] - medians["pandas"]
    promise = f"Promised: `import crm_course` takes under {MORE} s more than `import pandas`"
    return "\n\n".join([
        tables.markdown(["fresh process", "seconds", "more than pandas"], rows),
        f"{promise}. Kept: {tables.verdict(more, MORE)[1]}; it loads pandas only where it is used.",
    ])  # fmt: skip


def _seconds(module):
    done = subprocess.run([sys.executable, "-c", CODE, module], capture_output=True, check=True)
    return float(done.stdout)
