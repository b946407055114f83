"""What a class costs: memory of the hub, a server and a kernel, and how long logging in takes."""

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from authoring.bench.tables import markdown
from authoring.hub import PROXY, Student, running

TITLE = "A class on one machine"
SIZES = (2, 10)
KINDS = {"a student's server": "jupyterhub.singleuser", "a kernel": "ipykernel_launcher"}
# what a chapter loads before its first sentence
CHAPTER = """
from crm_course import datasets, notebook
from crm_course.customers import retention
notebook.setup()
print(len(retention.cohort_table(datasets.load("orders"))))
"""


def section():
    """Return the section as Markdown: two students and ten, all of whom come at once."""
    if not PROXY.exists():
        raise FileNotFoundError(
            "The hub's proxy must be there, got none. "
            "Run: npm install --prefix build/hub configurable-http-proxy@5"
        )
    rows = [_row(students) for students in SIZES]
    columns = ["students", "all are in (s)", "all have loaded a chapter (s)", "hub and proxy (MB)",
               *(f"{kind} (MB)" for kind in KINDS)]  # fmt: skip
    return (
        "Students without a browser log in at the same moment; each starts a server and a kernel "
        "and runs the first cells of a chapter. Memory is the fair share of what is shared "
        "(PSS), mean of a kind.\n\n" + markdown(columns, rows)
    )


def _row(students):
    names = [f"student{number}" for number in range(students)]
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as hub:
        start = time.perf_counter()
        with ThreadPoolExecutor(students) as pool:
            class_ = list(pool.map(lambda name: Student(hub, name), names))
            came = time.perf_counter() - start
            list(pool.map(lambda student: student.runs(CHAPTER), class_))
            loaded = time.perf_counter() - start
        sizes = dict.fromkeys(("hub", *KINDS.values()), ())
        for kind, size in _sizes(hub.pid):
            sizes[kind] = (*sizes[kind], size)
        means = [sum(sizes[kind]) / len(sizes[kind]) for kind in KINDS.values()]
    numbers = (came, loaded, sum(sizes["hub"]), *means)
    return [str(students), *(f"{number:.0f}" for number in numbers)]


def _sizes(hub):
    """Yield the kind and the size in MB of each process that the hub has started, and its own."""
    own = {str(hub)}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
            words = (path / "cmdline").read_bytes().decode(errors="replace")
            if path.name not in own and parent not in own or path.name == str(os.getpid()):
                continue
            own.add(path.name)
            rolled = (path / "smaps_rollup").read_text().splitlines()
        except OSError:  # ended meanwhile
            continue
        pss = next(int(line.split()[1]) for line in rolled if line.startswith("Pss:"))
        yield next((kind for kind in KINDS.values() if kind in words), "hub"), pss * 1024 / 1e6
