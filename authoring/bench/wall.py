"""What one question costs as the orders grow: the table that chapter 91 shows.

    make bench ARGS=wall

The question is the cohort table by month of Lanting's orders, from Parquet. Each line is a process
of its own, started for this one answer as a night job is, that may hold eight gigabytes. Seconds
are those of the processor, all cores added up, until the tool can be asked and until it has
answered; only clock_seconds are those of the clock, which a busy machine makes longer.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from authoring.bench import measuring, tables

TITLE = "One machine"
STORED = measuring.ROOT / "crm_course" / "content" / "past_one_machine" / "measured.csv"
CUSTOMERS = (1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000)
WAYS = ("pandas", "two columns", "DuckDB", "Spark")
MACHINE = 8_000_000_000  # bytes that a process may hold
MEMORY = "2GB"  # of them, for an engine
COLUMNS = ["way", "orders", "file_mb", "start_seconds", "cpu_seconds", "clock_seconds", "peak_mb"]


def section():
    """Measure, write the table of the chapter, and return it."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for customers in CUSTOMERS for row in measure(Path(folder), customers)]
    write(rows)
    return tables.markdown(COLUMNS, [[str(row[name]) for name in COLUMNS] for row in rows])


def measure(where, customers):
    """Make the orders of so many customers and return a row for each way."""
    from crm_course.datagen.making import make_world
    from crm_course.datagen.recipe import Recipe

    world = where / str(customers)
    make_world(world, Recipe(customers), tables=("orders",))
    folder = world / "orders.parquet"
    files = list(folder.glob("*.parquet"))
    size = {"orders": _rows(files), "file_mb": round(sum(f.stat().st_size for f in files) / 1e6)}
    rows = []
    many = customers > CUSTOMERS[2]
    for way in WAYS[:-1] if many else WAYS:  # Spark would take an hour
        rounds = 1 if many or way == "Spark" else 3
        print(f"  {way}: {size['orders']:,} orders", flush=True)
        runs = [_run(way, folder) for _ in range(rounds)]
        rows.append({"way": way} | size | _median(runs))
    return rows


def write(rows, stored=STORED):
    """Write the rows, with the day and the machine above them."""
    from authoring.bench.__main__ import machine

    lines = [f"# {date.today()}. {machine()}", ",".join(COLUMNS)]
    lines += [",".join(str(row[name]) for name in COLUMNS) for row in rows]
    stored.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(files):
    import pyarrow.parquet as pq

    return sum(pq.ParquetFile(file).metadata.num_rows for file in files)


def _run(way, folder):
    command = [sys.executable, "-W", "ignore", "-m", __name__, way, str(folder)]
    environment = os.environ | measuring.ONE_THREAD
    ran = subprocess.run(command, capture_output=True, text=True, cwd=measuring.ROOT,
                         env=environment)  # fmt: skip
    answer = next((line for line in ran.stdout.splitlines() if line.startswith("{")), None)
    if answer is None and "Memory" not in ran.stderr and "alloc" not in ran.stderr:
        raise RuntimeError(f"{way} must run, got {ran.stderr[-500:]}. Mend it, then run again.")
    return json.loads(answer or "{}")


def _median(runs):
    """Return the median of each figure; empty where the process did not get to the answer."""
    digits = {"start_seconds": 1, "cpu_seconds": 2, "clock_seconds": 2, "peak_mb": None}
    return {name: round(statistics.median(run[name] for run in runs), digits[name])
            if all(runs) else "" for name in digits}  # fmt: skip


def answer(way, folder):
    """Answer the question once and print what it cost."""
    import resource  # Linux and macOS

    resource.setrlimit(resource.RLIMIT_DATA, (MACHINE, MACHINE))
    ask = _prepared(way, folder)
    clock, cpu = time.perf_counter(), measuring._cpu()
    rows = len(ask())
    print(json.dumps({
        "rows": rows, "start_seconds": cpu,
        "clock_seconds": time.perf_counter() - clock, "cpu_seconds": measuring._cpu() - cpu,
        "peak_mb": measuring._status("VmHWM") * 1.048576,
    }), flush=True)  # fmt: skip


def _prepared(way, folder):
    """Import and start what a way needs -> a function that answers."""
    import pandas as pd

    from crm_course.customers import retention

    if way in ("pandas", "two columns"):
        columns = ["customer_id", "ordered_at"] if way == "two columns" else None
        return lambda: retention.cohort_table(pd.read_parquet(folder, columns=columns))
    from crm_course import engines

    engine = engines.connect(way.lower(), memory=MEMORY, spill=Path(folder).parent)
    orders = engines.read(engine, "orders", folder)
    return lambda: engines.collect(engines.cohort_table(orders))


if __name__ == "__main__":
    answer(*sys.argv[1:])
