"""How fast the Lanting world is made, beside Faker, mimesis and the writing of the same rows."""

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from authoring.bench import tables
from authoring.bench.measuring import ROOT

TITLE = "The Lanting world"
LOCALES = ("en_US", "zh_CN")
SIZES = (10_000, 100_000, 300_000, 1_000_000)
REPEATS = 5
BLOCKS = (0, 1, 2)
MIMESIS = """
import json, sys, time
from mimesis import Generic
from mimesis.locales import Locale
n, found = int(sys.argv[1]), {}
for name, locale in {"en_US": Locale.EN, "zh_CN": Locale.ZH}.items():
    g = Generic(locale, seed=1)
    def row():
        return (g.person.full_name(), g.person.gender(), g.person.birthdate(), g.person.email(),
                g.person.phone_number(), g.address.city(), g.address.state(),
                g.address.postal_code())
    [row() for _ in range(100)]
    start = time.process_time()
    [row() for _ in range(n)]
    found[name] = n / (time.process_time() - start)
print(json.dumps(found))
"""


# --- identities: rows a second, one process, one core


def identities(locale):
    """Rows a second of `make_identities`, for a block of 65,536 customers."""
    from crm_course.datagen.identities import make_identities
    from crm_course.datagen.streams import BLOCK, Draws

    make = make_identities.__wrapped__  # without the memory that tables of one block share
    make(Draws(1, "customers", 0, 100), locale)
    return BLOCK / _cpu(lambda: make(Draws(1, "customers", 0), locale))


def identities_faker(locale, rows=3_000):
    """Rows a second of Faker, one row after the other, the same columns."""
    from faker import Faker

    fake = Faker(locale)
    fake.seed_instance(1)
    region = fake.state if locale == "en_US" else fake.province
    makers = (fake.name, fake.random_element, fake.date_of_birth, fake.email, fake.phone_number,
              fake.city, region, fake.postcode)  # fmt: skip
    [make() for make in makers]
    return rows / _cpu(lambda: [[make() for make in makers] for _ in range(rows)], repeats=1)


def identities_mimesis(rows=3_000):
    """Rows a second of mimesis by locale, from an environment of its own; {} without a network."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        try:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
            install = [python, "-m", "pip", "install", "-q", "mimesis==18.0.0"]
            subprocess.run(install, check=True, capture_output=True)
        except subprocess.CalledProcessError:
            return {}
        return _answer([python, "-c", MIMESIS, str(rows)])


def _cpu(run, repeats=REPEATS):
    """Median CPU seconds of a function."""
    return statistics.median(_timed(run, time.process_time) for _ in range(repeats))


def _timed(run, clock):
    start = clock()
    run()
    return clock() - start


def _answer(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


# --- the parts that run in a process of their own


def made(customers, workers):
    """Make a world in a new folder: seconds by the clock and of all cores, rows, peak MiB."""
    from crm_course.datagen.making import make_world, verify_world
    from crm_course.datagen.recipe import Recipe

    with tempfile.TemporaryDirectory() as folder:
        recipe, where = Recipe(customers), Path(folder) / "world"
        before = os.times()
        seconds = _timed(lambda: make_world(where, recipe, workers=workers), time.perf_counter)
        cpu = sum(os.times()[:4]) - sum(before[:4])
        # The process that asks is one of the workers.
        peak = _peak(resource.RUSAGE_SELF) + (workers - 1) * _peak(resource.RUSAGE_CHILDREN)
        written = sum(path.stat().st_size for path in where.rglob("*.parquet") if path.is_file())
        rows = sum(rows for _, rows, _, _ in verify_world(where))
    return {"seconds": seconds, "cpu": cpu, "rows": rows, "mib": peak, "mb": written / 1e6}


def _peak(who):
    return resource.getrusage(who).ru_maxrss / 1024


def blocks():
    """CPU seconds of three blocks of all tables: {table: [rows, made, written, as Arrow would]}."""
    from crm_course.datagen import world

    for name in world.MAKERS:
        world.make_block(name, 0, kept=400)
    found = {name: [0, 0, 0, 0] for name in world.MAKERS}
    # Block by block, as a world is made: tables that tell of the same lives share them.
    for block in BLOCKS:
        for name, sums in found.items():
            if block == 0 or not world.is_once(name):
                found[name] = [*map(sum, zip(sums, _made_and_written(name, block), strict=True))]
    return found


def _made_and_written(name, block):
    from crm_course import schema
    from crm_course.datagen import files, parts, world

    table, start = schema.TABLES[name], time.process_time()
    stored = files.as_stored(world.make_block(name, block), table)
    made = time.process_time() - start
    ways = parts.encoding(table), {"compression": "zstd"}
    return stored.num_rows, made, *(_written(stored, way) for way in ways)


def _written(stored, way):
    """CPU seconds of turning a table into Parquet in memory."""
    import pyarrow.parquet as pq

    return _timed(lambda: pq.write_table(stored, io.BytesIO(), **way), time.process_time)


def loads():
    """Median wall seconds of `load()` of every table of the sample; 'course panel' once made."""
    from crm_course import datasets, schema

    found = {name: _load(name) for name in schema.TABLES}
    with tempfile.TemporaryDirectory() as home:
        os.environ["CRM_COURSE_HOME"] = home
        datasets.load("panel", tier="course")
        return found | {"panel, course tier": _load("panel", tier="course")}


def _load(name, **options):
    from crm_course import datasets

    datasets.load(name, truth=True, **options)
    runs = [_timed(lambda: datasets.load(name, truth=True, **options), time.perf_counter)
            for _ in range(REPEATS)]  # fmt: skip
    return statistics.median(runs)


# --- the section


def section():
    """Measure, and return the section."""
    people, by_table, loading = _identities(), _own("blocks"), _own("loads")
    sizes = {size: _own("made", size, 1) for size in SIZES}
    two = _own("made", SIZES[-1], 2)
    course = _course()
    return "\n\n".join([
        "Identities (name, gender, birth, mail, phone, city, province, postcode), rows a second of "
        "CPU time, one process.", _identities_table(people),
        "The whole world, all tables, zstd Parquet, from an empty folder, digests included; "
        "2 workers: CPU and MiB of both processes.",
        _sizes_table(sizes | {"1,000,000, 2 workers": two}),
        _line(sizes),
        "CPU seconds of the tables that take longest, for three blocks of 65,536 customers; as "
        "Arrow would: zstd Parquet with nothing else chosen. M rows/s: made and written by us.",
        _tables_table(by_table),
        "What was promised:", _promises(people, by_table, sizes, two, course, loading),
    ])  # fmt: skip


def _own(what, *arguments):
    """Run a function of this module in a process of its own."""
    return _answer([sys.executable, "-m", __name__, what, *map(str, arguments)])


def _identities():
    ours = {locale: identities(locale) for locale in LOCALES}
    faker = {locale: identities_faker(locale) for locale in LOCALES}
    return {"crm_course": ours, "Faker, row by row": faker,
            "mimesis, row by row": identities_mimesis()}  # fmt: skip


def _course():
    """Wall seconds of the course tier from nothing, the start of the command included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "crm_course.cli", "data", "make", "--tier", "course",
                   "--out", str(Path(folder) / "course")]  # fmt: skip
        return _timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True),
                      time.perf_counter)  # fmt: skip


def _identities_table(people):
    ours = people["crm_course"]
    rows = [[name, *(f"{rates[each]:,.0f}" for each in LOCALES),
             *(f"{ours[each] / rates[each]:,.0f}" for each in LOCALES)]
            for name, rates in people.items() if rates]  # fmt: skip
    return tables.markdown(["by", *LOCALES, *(f"ours / it, {each}" for each in LOCALES)], rows)


def _sizes_table(sizes):
    rows = [[f"{size:,}" if isinstance(size, int) else size, f"{each['rows']:,}",
             tables.seconds(each["seconds"]), tables.seconds(each["cpu"]),
             f"{each['rows'] / each['cpu'] / 1e6:.2f}",
             tables.mib(each["mib"]), f"{each['mb']:,.0f}"]
            for size, each in sizes.items()]  # fmt: skip
    return tables.markdown(
        ["customers", "rows", "seconds", "CPU", "M rows / CPU s", "peak MiB", "MB on disk"], rows
    )


def _line(sizes):
    """Say how near to a straight line the CPU seconds lie, and how far each size is off."""
    slope, start = statistics.linear_regression(sizes, [each["cpu"] for each in sizes.values()])
    off = {size: each["cpu"] / (start + slope * size) - 1 for size, each in sizes.items()}
    fit = statistics.correlation(sizes, [each["cpu"] for each in sizes.values()]) ** 2
    return (f"A straight line through these CPU seconds: {start:.1f} s and {slope * 1e6:.1f} s per "
            f"million customers (R² {fit:.4f}); off the line: "
            + ", ".join(f"{size:,} {share:+.0%}" for size, share in off.items()) + ".")  # fmt: skip


def _tables_table(by_table):
    slowest = sorted(by_table.items(), key=lambda item: -item[1][1])[:10]
    total = [sum(column) for column in zip(*by_table.values(), strict=True)]
    rows = [[name, f"{rows:,}", *map(tables.seconds, seconds),
             f"{rows / sum(seconds[:2]) / 1e6:.2f}"]
            for name, (rows, *seconds) in [*slowest, ("all tables", total)]]  # fmt: skip
    return tables.markdown(["table", "rows", "made", "written", "as Arrow would", "M rows/s"], rows)


def _promises(people, by_table, sizes, two, course, loading):
    rows, made, written, plain = (sum(column) for column in zip(*by_table.values(), strict=True))
    one, panel = sizes[SIZES[-1]], loading.pop("panel")
    larger = loading.pop("panel, course tier")
    # CPU per customer beyond the hundred thousand, and on the way there from the smallest size.
    cpu = {size: each["cpu"] for size, each in sizes.items()}
    steps = [(cpu[high] - cpu[low]) / (high - low)
             for low, high in (SIZES[:2], (SIZES[1], SIZES[-1]))]  # fmt: skip
    ours, slow = people["crm_course"], people["Faker, row by row"]
    lines = [_at_least(f"identities {each}, times Faker", ours[each] / slow[each], 300)
             for each in LOCALES]  # fmt: skip
    lines += [_at_least(f"identities {each}, times mimesis", ours[each] / rate, 1)
              for each, rate in people["mimesis, row by row"].items()]  # fmt: skip
    return tables.markdown(["promise", "bound", "measured", "kept"], lines + [
        _at_least("M rows a second and process, made and written (CPU)",
                  rows / (made + written) / 1e6, 2),
        _at_most("making / writing (CPU)", made / written, 1.5),
        _at_most("making / writing as Arrow would (CPU)", made / plain, 1.5),
        _at_least("1 worker / 2 workers, 1 M customers", one["seconds"] / two["seconds"], 1.6),
        _at_most("MiB at the peak, 1 M customers", one["mib"], 600),
        _at_most("CPU per further customer, from 100 k to 1 M / from 10 k to 100 k",
                steps[1] / steps[0], 1.25),
        _at_most("seconds of the course tier from nothing", course, 10),
        _at_most("slowest `load()` but the panel, ms", max(loading.values()) * 1e3, 50),
        _at_most("`load(\"panel\")`, ms", panel * 1e3, 200),
        _at_most("`load(\"panel\", tier=\"course\")` once made, ms", larger * 1e3, 1000),
    ])  # fmt: skip


def _at_least(promise, value, limit):
    return [promise, f"≥ {limit}", f"{value:,.2f}", "yes" if value >= limit else "**no**"]


def _at_most(promise, value, limit):
    return [promise, f"≤ {limit}", f"{value:,.2f}", "yes" if value <= limit else "**no**"]


if __name__ == "__main__":
    chosen, *given = sys.argv[1:]
    print(json.dumps(globals()[chosen](*map(int, given))))
