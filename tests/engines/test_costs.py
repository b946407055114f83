import pandas as pd
import pytest

from crm_course.engines import costs

LINES = pd.DataFrame(
    {"start_seconds": [1.0, 3.0, 20.0], "fixed_seconds": [0.0, 0.0, 10.0],
     "seconds": [0.3, 0.4, 8.0], "fixed_mb": [200.0, 300.0, 1000.0], "mb": [200.0, 10.0, 100.0]},
    index=pd.Index(["pandas", "DuckDB", "Spark"], name="way"),
)  # fmt: skip
LINES.loc["two columns"] = [1.0, 0.0, 0.2, 200.0, 100.0]


def test_a_line_goes_through_the_smallest_and_the_largest_size():
    table = pd.DataFrame({
        "way": "pandas", "orders": [10.0, 1.0, 4.0, 100.0], "start_seconds": [2.0, 1.5, 3.0, None],
        "cpu_seconds": [2.4, 0.6, 9.0, None], "peak_mb": [2200, 400, 5000, None],
    })  # fmt: skip
    line = costs.fit_costs(table).loc["pandas"]
    expected = [1.5, 0.4, 0.2, 200, 200]
    assert line.tolist() == pytest.approx(expected)


def test_the_start_is_not_shared_and_pandas_has_one_core():
    assert costs.clock_seconds(LINES, "Spark", 10, machines=4) == pytest.approx(15 + 80 / 8)
    assert costs.clock_seconds(LINES, "DuckDB", 10) == pytest.approx(1.5 + 4 / 2)
    assert costs.clock_seconds(LINES, "pandas", 10, machines=4) == pytest.approx(1 + 3)
    with pytest.raises(ValueError, match="machines must be 1 or more, got 0"):
        costs.clock_seconds(LINES, "Spark", 10, machines=0)


def test_an_engine_never_holds_more_than_the_machine():
    assert costs.room_gb(LINES, "pandas", 100) == pytest.approx(20.2)
    assert costs.room_gb(LINES, "DuckDB", 100) == pytest.approx(1.3)
    assert costs.room_gb(LINES, "DuckDB", 10_000) == costs.GB


def test_what_a_plan_costs_by_hand():
    plans = costs.plan_money(LINES, orders=100, runs=10, machines=4)
    assert plans.loc["more memory", "people"] == 600
    assert plans["held"].round(1).tolist() == [20.2, 10.2, 1.3, 8]
    assert plans["gb"].tolist() == [26, 13, 8, 8]  # whole, a quarter to spare, for pandas
    assert plans.loc[["more memory", "two columns"], "machines"].tolist() == [300 * 18, 300 * 5]
    assert plans.loc["DuckDB", ["people", "machines"]].tolist() == [3600, 0]
    took = 15 + 800 / 8
    assert plans.loc["cluster", "minutes"] == pytest.approx(took / 60)
    assert plans.loc["cluster", "machines"] == pytest.approx(8 * 10 * took / 3600)
    parts = plans[["people", "machines"]].sum(axis=1)
    assert plans["total"].tolist() == pytest.approx(parts.tolist())


def test_hours_once_are_paid_once_and_memory_and_machines_every_year():
    one, three = (costs.plan_money(LINES, orders=100, years=n) for n in (1, 3))
    assert three.loc["DuckDB", "people"] == 300 * (8 + 3 * 4)
    assert three.loc["two columns", "total"] == 300 + 3 * 1500
    assert three["machines"].tolist() == pytest.approx((3 * one["machines"]).tolist())


def test_small_orders_rent_nothing():
    plans = costs.plan_money(LINES, orders=1)
    assert plans["gb"].tolist() == [8, 8, 8, 8]
    assert plans.loc["two columns", "machines"] == 0


def test_a_cluster_that_is_there_costs_fewer_hours():
    there = costs.plan_money(LINES, orders=100, hours={"cluster": (8, 4)})
    assert there["people"].to_dict() == {"cluster": 3600}


def test_what_was_measured_says_where_and_when_and_what_died():
    table = costs.measured()
    assert table.attrs["measured"].startswith("20") and "cores" in table.attrs["measured"]
    died = table[table["peak_mb"].isna()]
    assert (died["way"].isin(costs.ONE_CORE)).all() and (died["orders"] > 100).all()
    assert (costs.fit_costs(table)[["start_seconds", "seconds", "mb"]] > 0).all(axis=None)


def test_pictures_say_what_they_show():
    table = costs.measured()
    lines = costs.fit_costs(table)
    assert "million" in costs.plot_wall(table).figure.get_label()
    said = costs.plot_machines(lines, machines=40, orders=10).figure.get_label()
    assert said.endswith("First: DuckDB.")


def test_more_machines_overtake_at_large_sizes_only():
    explorer = costs.explore_machines(costs.fit_costs(costs.measured()))
    assert explorer.move(machines=1, orders=1_000).endswith("First: DuckDB.")
    assert explorer.move(machines=40).endswith("First: Spark.")
    assert explorer.move(orders=10).endswith("First: DuckDB.")
