import subprocess
import sys
from itertools import pairwise

import pandas as pd
import pytest

from authoring.bench import engines, measuring, tables
from authoring.bench.__main__ import PAGE, modules, sections


def test_ways_are_measured_in_processes_of_their_own():
    ways = {"down": ("builtins:float", "math:floor"), "up": ("builtins:float", "math:ceil")}
    found = measuring.compare(ways, 1.5)
    assert [each["result"] for each in found.values()] == [1, 2]
    assert all(each["seconds"] >= 0 and each["cpu"] >= 0 for each in found.values())


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
def test_what_a_process_has_started_counts_as_its_own():
    code = "import time; held = bytearray(50_000_000); sum(range(10**6)); print(); time.sleep(60)"
    before, cpu = measuring._status("VmRSS"), measuring._cpu()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        assert measuring._status("VmRSS") > before + 45
        assert measuring._cpu() > cpu
        child.kill()


def test_a_way_that_does_not_run_is_named():
    with pytest.raises(RuntimeError, match="math:floor two must run"):
        measuring.compare({"broken": ("builtins:float", "math:floor")}, "two")


def test_a_page_is_read_back_section_by_section():
    page = "# Top\n\nwords\n\n## One\n\nfirst\n\n| a |\n\n## Two\n\nsecond\n"
    assert sections(page) == {"One": "first\n\n| a |", "Two": "second"}


def test_a_ratio_over_its_limit_is_marked():
    assert tables.verdict(0.5, 1) == ("0.50", "yes")
    assert tables.verdict(1.5, 1) == ("1.50", "**no**")


def test_all_ways_of_a_measure_come_to_the_same(tmp_path):
    folder = engines.write_orders(tmp_path / "orders", 20_000, "time")
    for name in engines.MEASURES:
        results = []
        for way, (_, given, run) in engines.WAYS.items():
            if way != "spark" and engines.installed(way):
                table = getattr(engines, f"given_{given}")(folder, "600MB")
                results.append(getattr(engines, f"{name}_{run}")(table))
        assert len(results) > 2 and results == results[:1] * len(results)


def test_both_layouts_hold_the_same_number_of_orders_and_their_own_slices(tmp_path):
    for by, column in (("time", "ordered_at"), ("customer", "customer_id")):
        folder = engines.write_orders(tmp_path / by, 20_000, by)
        files = [pd.read_parquet(file)[column] for file in sorted(folder.iterdir())]
        assert sum(map(len, files)) == 20_000
        assert all(one.max() <= next_.min() for one, next_ in pairwise(files))


def measured(cpu, seconds=1.0, peak=1000.0):
    return {"cpu": cpu, "seconds": seconds, "peak": peak}


def test_growth_and_promises_are_read_off_what_was_measured():
    small, large = ({"pandas": measured(2.0), "duckdb": measured(cpu)} for cpu in (1.0, 12.0))
    found = dict.fromkeys(engines.ORDERS, large) | {"1 M, by time": small}
    found |= {"100 M, by time": {"duckdb": measured(130.0, peak=5000.0)}}
    text = engines.growth(found)
    assert "from 1 M to 10 M by pandas 1.0, DuckDB 12.0; from 10 M to 100 M by DuckDB 10.8" in text
    page = engines.promises({"rfm": found, "cohorts": found})
    assert "| `cohort_table`, 100 M, by time: GiB, DuckDB | 4 | 4.88 | **no** |" in page
    assert "| 10 M, by time | **DuckDB** | 1 | 12 | 0.833 | 1,000 |" in engines.lines(found)


def test_every_section_of_the_page_comes_from_a_module():
    titles = {module.TITLE for module in modules().values()}
    assert set(sections(PAGE.read_text(encoding="utf-8"))) <= titles
