"""The measures beside and beyond memory: pandas, polars, DuckDB and Spark, all from Parquet.

polars and Spark are measured where they are installed: `make bench` has an environment with both.
"""

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from authoring.bench import measuring, retention, tables

TITLE = "Engines"
PARTS, ROUNDS, END = 10, 3, "2024-12-31"
HERE = "authoring.bench.engines"
ORDERS = {  # how many, what a file is a slice of, what DuckDB may use
    "1 M, by time": (1_000_000, "time", "600MB"),
    "10 M, by time": (10_000_000, "time", "600MB"),
    "10 M, by customer": (10_000_000, "customer", "600MB"),
    "100 M, by time": (100_000_000, "time", "3GB"),
}
STEPS = ("1 M, by time", "10 M, by time", "100 M, by time")
MEASURES = {"rfm": "`rfm_summary`", "cohorts": "`cohort_table`"}
WAYS = {  # the package, what is given, what is run
    "pandas": ("pandas", "folder", "pandas"),
    "crm_course": ("pandas", "folder", "crm_course"),
    "polars": ("polars", "folder", "polars"),
    "duckdb": ("duckdb", "duckdb", "engine"),
    "spark": ("pyspark", "spark", "engine"),
}
TEXT = f"""
Orders of two years in ten files of Parquet, each a slice of the time or of the customers; reading
them is measured too. Medians of {ROUNDS}, 100 M once. Memory is all that the process holds at its
peak, with what it has started (Spark: Java). DuckDB may use 600 MB (100 M: 3 GB) beside Python,
Spark 2 GB. *pandas* and *polars* are the usual idioms, *crm_course* the functions of the chapters,
DuckDB and Spark `crm_course.engines`.
"""
NAMES = {"crm_course": "crm_course", "duckdb": "**DuckDB**", "spark": "Spark"}


def write_orders(folder, n, by):
    """Invent n orders of two years as ten files, each a slice of the time or of the customers.

    Customers, one for twelve orders, differ in rate as Gamma(0.6).
    """
    folder.mkdir()
    rate = np.random.default_rng(1).gamma(0.6, size=int(0.0826 * n)).cumsum()
    for part in range(PARTS):
        rng = np.random.default_rng([1, part])
        who, when = rng.random((2, n // PARTS))
        sliced = who if by == "customer" else when
        sliced[:] = (part + sliced) / PARTS
        customer = np.searchsorted(rate, who * rate[-1]) + 1
        order = np.lexsort((when, customer)) if by == "customer" else np.argsort(when)
        second = (when[order] * 731 * 86_400).astype("timedelta64[s]")
        table = pd.DataFrame({
            "customer_id": customer[order],
            "ordered_at": np.datetime64("2023-01-01", "us") + second,
            "amount_cents": rng.integers(100, 20_000, n // PARTS),
        })  # fmt: skip
        table.to_parquet(folder / f"part-{part:05}.parquet", index=False, compression="zstd")
    return folder


# --- the ways: what they are given is prepared before the clock starts


def given_folder(folder, _memory):
    """Return the folder: pandas and polars need no more."""
    return folder


def given_duckdb(folder, memory):
    """Return the table of a DuckDB that has been started."""
    from crm_course import engines

    return engines.read(engines.connect("duckdb", memory=memory), "orders", folder)


def given_spark(folder, _memory):
    """Return the table of a Spark that has been started."""
    from crm_course import engines

    return engines.read(engines.connect("spark"), "orders", folder)


def rfm_pandas(folder):
    """Read, then two groupbys."""
    orders = pd.read_parquet(folder).rename(columns={"amount_cents": "amount"})
    return retention.rfm_pandas(orders)


def rfm_crm_course(folder):
    """Read, then the measure of the chapters."""
    orders = pd.read_parquet(folder)
    orders["amount"] = orders.pop("amount_cents") / 100
    return retention.rfm_crm_course(orders)


def rfm_polars(folder):
    """A lazy question: each customer's days, then each customer."""
    import polars as pl

    day = pl.col("ordered_at").dt.date().alias("day")
    days = pl.scan_parquet(f"{folder}/*.parquet").group_by("customer_id", day)
    first, last = pl.col("day").min(), pl.col("day").max()
    customers = days.agg(pl.col("amount_cents").sum()).group_by("customer_id").agg(
        frequency=pl.len().cast(pl.Int64) - 1,
        recency=(last - first).dt.total_days(),
        T=(pd.Timestamp(END).date() - first).dt.total_days(),
        spent=pl.col("amount_cents").sum() - pl.col("amount_cents").sort_by("day").first(),
    )
    mean = (pl.col("spent") / (100 * pl.col("frequency"))).fill_nan(0.0)
    return retention._sums(customers.with_columns(monetary_value=mean).collect())


def rfm_engine(orders):
    """The measure as a question to an engine."""
    from crm_course import engines

    question = engines.rfm_summary(orders, observation_end=END)
    return retention._sums(engines.collect(question))


def cohorts_pandas(folder):
    """Read, drop_duplicates and crosstab."""
    return retention.cohorts_pandas(pd.read_parquet(folder))


def cohorts_crm_course(folder):
    """Read, then the measure of the chapters."""
    return retention.cohorts_crm_course(pd.read_parquet(folder))


def cohorts_polars(folder):
    """A lazy question: each customer's months, the first of them, the customers of each pair."""
    import polars as pl

    at = pl.col("ordered_at").dt
    month = (at.year().cast(pl.Int64) * 12 + at.month()).alias("month")
    orders = pl.scan_parquet(f"{folder}/*.parquet")
    active = orders.select("customer_id", month).unique()
    cohort = pl.col("month").min().over("customer_id")
    cells = active.with_columns(age=pl.col("month") - cohort, cohort=cohort)
    table = cells.group_by("cohort", "age").agg(customers=pl.len()).collect()
    return [int(table["customers"].sum()), int(table["age"].max())]


def cohorts_engine(orders):
    """The measure as a question to an engine."""
    from crm_course import engines

    table = engines.collect(engines.cohort_table(orders, observation_end=END))
    return [int(table["customers"].sum()), int(table["age"].max())]


# --- the section


def section():
    """Measure, and return the section."""
    with tempfile.TemporaryDirectory() as folder:
        found = {name: {} for name in MEASURES}
        for label, (n, by, _) in ORDERS.items():
            where = write_orders(Path(folder) / label.replace(" ", ""), n, by)
            for name in MEASURES:
                found[name][label] = compare(name, label, where)
    missing = [way for way in WAYS if not installed(way)]
    texts = [TEXT.strip()] + [f"Not installed here: {NAMES.get(way, way)}." for way in missing]
    for name, title in MEASURES.items():
        texts += [f"{title}:", lines(found[name]), growth(found[name])]
    return "\n\n".join([*texts, "What was promised:", promises(found)])


def installed(way):
    """Whether the package of a way is there, and Java for Spark."""
    return bool(find_spec(WAYS[way][0]) and (way != "spark" or shutil.which("java")))


def compare(name, label, folder):
    """Measure all ways that are installed, DuckDB alone on the largest table; same result asked."""
    print(f"  {name}: {label}", flush=True)
    largest = label == STEPS[-1]
    ways = {way: (f"{HERE}:given_{given}", f"{HERE}:{name}_{run}")
            for way, (_, given, run) in WAYS.items()
            if installed(way) and (way == "duckdb" or not largest)}  # fmt: skip
    rounds = 1 if largest else ROUNDS
    found = measuring.compare(ways, folder, ORDERS[label][2], rounds=rounds)
    results = {way: each["result"] for way, each in found.items()}
    if any(result != results["duckdb"] for result in results.values()):
        raise ValueError(f"{name} must be the same for all on {label}, got {results}. Look why.")
    return found


def lines(found):
    """Return one line per table and way; the last three columns beside straight pandas."""
    rows = []
    for label, ways in found.items():
        for way, each in ways.items():
            speed = ORDERS[label][0] / each["cpu"] / 1e6
            cells = [*map(tables.seconds, (each["seconds"], each["cpu"], speed))]
            cells.append(tables.mib(each["peak"]))
            beside = [f"{ratio:.2f}" for ratio in ratios(ways, way)] if "pandas" in ways else "–––"
            rows.append([label, NAMES.get(way, way), *cells, *beside])
    heads = ["orders", "by", "seconds", "CPU", "M rows / CPU s", "peak MiB"]
    return tables.markdown(heads + [f"{what} / pandas" for what in ("seconds", "CPU", "MiB")], rows)


def ratios(ways, way):
    """Return seconds, CPU seconds and memory of a way as multiples of those of straight pandas."""
    one, other = ways[way], ways["pandas"]
    return [one[what] / other[what] if other[what] else float("nan")
            for what in ("seconds", "cpu", "peak")]  # fmt: skip


def growth(found):
    """Say what ten times the orders cost each way that was measured on both."""
    parts = []
    for small, large in zip(STEPS, STEPS[1:], strict=False):
        times = [f"{NAMES.get(way, way).strip('*')} {each['cpu'] / found[small][way]['cpu']:.1f}"
                 for way, each in found[large].items()]  # fmt: skip
        parts.append(f"from {small[:-9]} to {large[:-9]} by {', '.join(times)}")
    return f"Ten times the orders multiply the CPU seconds {'; '.join(parts)}."


def promises(found):
    """Return each promise with what was measured."""
    rows = []
    for name, title in MEASURES.items():
        for label in ("10 M, by time", "10 M, by customer"):
            seconds, _, memory = ratios(found[name][label], "duckdb")
            rows += [[f"{title}, {label}: seconds, DuckDB / pandas", "0.35",
                      *tables.verdict(seconds, 0.35)],
                     [f"{title}, {label}: MiB, DuckDB / pandas", "0.5",
                      *tables.verdict(memory, 0.5)]]  # fmt: skip
        peak = found[name][STEPS[-1]]["duckdb"]["peak"] / 1024
        rows.append([f"{title}, {STEPS[-1]}: GiB, DuckDB", "4", *tables.verdict(peak, 4)])
    return tables.markdown(["promise", "at most", "measured", "kept"], rows)
