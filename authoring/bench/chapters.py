"""How long each chapter takes to run and to be compared, and its explorers to draw again."""

import ast
import statistics
import time

import nbformat

from authoring import validate
from authoring.bench import tables
from authoring.bench.measuring import ROOT

TITLE = "A chapter"
LIMITS = (8, 12, 0.3)  # seconds: run, compare, draw again
REPEATS = 3
MOVES = 5
ASK = "from authoring.bench.chapters import slowest_redraw\nslowest_redraw(Out.values())"


def section():
    """Return the section: median seconds for each chapter, kernel and imports included."""
    rows = [_row(path) for path in sorted((ROOT / "notebooks").rglob("[0-9]*.ipynb"))]
    heads = ["chapter", "run", "compare every output", "draw the explorer again", "kept"]
    table = tables.markdown(heads, rows)
    return (
        f"Seconds, medians of {REPEATS}, a new kernel each time. In a run it imports all that it "
        "needs, about half of the time; where outputs are compared it is a fork of one that has "
        f"imported pandas and the like (`authoring/warm.py`). Asked: at most {LIMITS[0]}, "
        f"{LIMITS[1]} and {LIMITS[2]}.\n\n{table}"
    )


def _row(path):
    runs = [_run(path) for _ in range(REPEATS)]
    run, redraw = (statistics.median(column) for column in zip(*runs, strict=True))
    compare = statistics.median(_compare(path) for _ in range(REPEATS))
    kept = all(value <= most for value, most in zip((run, compare, redraw), LIMITS, strict=True))
    shown = [tables.seconds(value) for value in (run, compare, redraw)]
    return [path.stem, *shown, "yes" if kept else "**no**"]


def _run(path):
    """Run a chapter -> seconds, and those of its slowest explorer."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    start = time.perf_counter()
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        taken = time.perf_counter() - start
        notebook.cells.append(nbformat.v4.new_code_cell(ASK))
        asked = client.execute_cell(notebook.cells[-1], len(notebook.cells) - 1)
    return taken, ast.literal_eval(asked.outputs[0].data["text/plain"])


def _compare(path):
    start = time.perf_counter()
    validate.run([path], workers=0, capture_output=True, check=True)
    return time.perf_counter() - start


def slowest_redraw(shown):
    """The seconds that the slowest explorer among things shown takes for a move (0 if none)."""
    from crm_course.widgets import Explorer

    return max((_redraw(thing) for thing in shown if isinstance(thing, Explorer)), default=0.0)


def _redraw(explorer):
    """The median over a few places of the explorer's first control."""
    name, control = next(iter(explorer.controls.items()))
    places = control[1] if control[0] == "choices" else _steps(*control)
    taken = []
    for place in places[:MOVES]:
        start = time.perf_counter()
        explorer.move(**{name: place})
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _steps(low, high, step):
    """The places of a slider in the order in which a hand could try them, from the middle."""
    count = round((high - low) / step)
    return [low + step * (count // 2 + move) for move in range(min(MOVES, count - count // 2))]
