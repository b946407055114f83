"""Files that do not belong in a folder are named, and so is what is wrong inside them."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from crm_course import engines

GOOD = pd.DataFrame({
    "customer_id": [1, 2, 3, 3], "amount": [1.0, 2.0, 0.0, 4.5],
    "ordered_at": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-02-01", "2025-02-01"]),
})  # fmt: skip
LAST = "part-00001.parquet"


@pytest.fixture
def folder(write, tmp_path):
    """Return a folder of two good files."""
    return write(GOOD, tmp_path / "orders", cuts=[2])


def change(folder, **columns):
    """Write the last file of a folder with other columns (None: without)."""
    file = folder / LAST
    table = pq.read_table(file).to_pandas().assign(**columns)
    gone = [name for name, values in columns.items() if values is None]
    table.drop(columns=gone).to_parquet(file, index=False)


def test_a_good_folder_is_read_and_what_the_schema_does_not_know_is_left_out(folder, engine):
    change(folder, colour="red")
    orders = engines.read(engine, "orders", folder)
    assert orders.columns == ("customer_id", "ordered_at", "amount_cents")
    assert engines.collect(orders)["amount_cents"].sort_values().tolist() == [0, 100, 200, 450]


def test_narrow_whole_numbers_are_read_as_wide_ones(folder, duckdb):
    for file in folder.iterdir():
        table = pd.read_parquet(file)
        table.astype({"customer_id": "int32"}).to_parquet(file, index=False)
    assert engines.read(duckdb, "orders", folder).customer_id.type().is_int64()


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_folder_without_files_is_refused(duckdb, tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=f"{name} must hold .*parquet files, got none"):
        engines.read(duckdb, "orders", tmp_path / name)


@pytest.mark.parametrize("name", ["d[1]", "a*b", "customer_id=7"])
def test_the_name_of_a_folder_is_neither_a_pattern_nor_a_column(duckdb, write, tmp_path, name):
    write(GOOD.head(1), tmp_path / "d1")  # what the pattern d[1] would find
    orders = engines.read(duckdb, "orders", write(GOOD, tmp_path / name))
    assert sorted(engines.collect(orders)["customer_id"]) == [1, 2, 3, 3]


def test_a_folder_that_spark_would_read_as_a_pattern_is_refused(spark, write, tmp_path):
    with pytest.raises(ValueError, match=r"without \[\]\*\?\{\} for Spark, got .*d\[1\]. Rename"):
        engines.read(spark, "orders", write(GOOD, tmp_path / "d[1]"))


@pytest.mark.parametrize("damage", [lambda _: b"", lambda _: b"id,amount\n" * 9, lambda b: b[:-9]])
def test_a_damaged_file_is_named(folder, duckdb, damage):
    file = folder / LAST
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ValueError, match=f"{LAST} must be a whole Parquet file, got: .*Restore it"):
        engines.read(duckdb, "orders", folder)


def test_a_file_damaged_inside_is_named_when_it_is_read(folder, engine):
    rng = np.random.default_rng(1)
    noise = pd.DataFrame({"customer_id": rng.integers(0, 10**12, 50_000), "amount_cents": 1,
                          "ordered_at": GOOD["ordered_at"].iloc[0]})  # fmt: skip
    noise.to_parquet(folder / LAST, index=False)
    damaged = bytearray((folder / LAST).read_bytes())
    damaged[5_000:9_000] = bytes(4_000)
    (folder / LAST).write_bytes(damaged)
    orders = engines.read(engine, "orders", folder)
    with pytest.raises(ValueError, match=f"{LAST} must be a whole Parquet file, got: "):
        engines.rfm_summary(orders, observation_end="2025-02-01")


def test_a_foreign_file_is_named_with_what_it_lacks_and_has(folder, duckdb):
    pd.DataFrame({"sku": ["a"], "stock": [3]}).to_parquet(folder / LAST, index=False)
    with pytest.raises(ValueError, match=(
        f"{LAST} lacks the column.s. customer_id, ordered_at, amount_cents, got sku, stock")):
        engines.read(duckdb, "orders", folder)


@pytest.mark.parametrize(("columns", "message"), [
    ({"amount_cents": [450.0, 1.5]}, r"'amount_cents'\] must be whole cents, got float64. Convert"),
    ({"amount_cents": ["450", "free"]}, r"'amount_cents'\] must be whole cents, got string"),
    ({"customer_id": [1.5, 2.5]}, r"'customer_id'\] must be whole numbers or text, got float64"),
    ({"customer_id": ["3", "3"]}, r"'customer_id'\] must be int64 as in part-00000.parquet, got s"),
    ({"product": ["lamp", "pan"]}, r"'product'\] must be absent as in part-00000.parquet, got str"),
    ({"ordered_at": "2025-02-01"}, r"'ordered_at'\] must be times without a zone, in mic.*got str"),
    ({"ordered_at": pd.to_datetime(["2025-02-01"] * 2, utc=True)}, r"'ordered_at'.*got time.*UTC"),
    ({"ordered_at": GOOD["ordered_at"].tail(2).astype("datetime64[ns]").to_numpy()},
     r"'ordered_at'.*in microseconds, got timestamp\(9\).*as_unit"),
])  # fmt: skip
def test_a_column_of_another_type_is_named_with_its_file(folder, duckdb, columns, message):
    change(folder, **columns)
    with pytest.raises(TypeError, match=f"{LAST}\\[{message}"):
        engines.read(duckdb, "orders", folder)


def test_money_in_currency_is_asked_for_in_cents(folder, duckdb):
    change(folder, amount_cents=None, amount=[0.0, 4.5])
    with pytest.raises(ValueError, match="lacks the column.s. amount_cents.*in whole cents"):
        engines.read(duckdb, "orders", folder)


# --- what is wrong with the rows, each measure says


@pytest.mark.parametrize(("columns", "message"), [
    ({"customer_id": pd.array([3, None], "Int64")}, "'customer_id'. must be complete, got 1 miss"),
    ({"ordered_at": pd.to_datetime(["2025-02-01", None])},
     "'ordered_at'. must be complete, got 1 missing"),
    ({"amount_cents": pd.array([None, None], "Int64")}, "'amount_cents'. must be complete, got 2"),
    ({"amount_cents": [450, -1]}, "'amount_cents'. must not be negative, got -1"),
])  # fmt: skip
def test_rows_that_lack_something_are_refused_as_pandas_does(folder, engine, columns, message):
    change(folder, **columns)
    orders = engines.read(engine, "orders", folder)
    with pytest.raises(ValueError, match=f"orders.{message}"):
        engines.rfm_summary(orders, observation_end="2025-02-01")


def test_no_rows_at_all_are_refused(write, tmp_path, engine):
    orders = engines.read(engine, "orders", write(GOOD.head(0), tmp_path / "none"))
    with pytest.raises(ValueError, match="orders must have at least one row, got none"):
        engines.cohort_table(orders)


def test_a_day_before_the_first_order_and_an_unfinished_period_are_refused(folder, engine):
    orders = engines.read(engine, "orders", folder)
    with pytest.raises(ValueError, match=r"before the first order \(2025-01-01\), got 2024-12-31"):
        engines.rfm_summary(orders, observation_end="2024-12-31")
    with pytest.raises(ValueError, match="reach the end of the first period 'M', got 2025-01-30"):
        engines.cohort_table(orders, observation_end="2025-01-30")


@pytest.mark.parametrize("measure", [engines.rfm_summary, engines.cohort_table])
def test_a_table_of_pandas_is_refused(measure):
    with pytest.raises(TypeError, match="orders must be a table of Ibis, got DataFrame. Read one"):
        measure(GOOD, observation_end="2025-02-01")


def test_words_that_a_measure_does_not_know_are_refused(folder, duckdb):
    orders = engines.read(duckdb, "orders", folder)
    with pytest.raises(ValueError, match="time_unit must be 'D' or 'W', got 'M'"):
        engines.rfm_summary(orders, observation_end="2025-02-01", time_unit="M")
    with pytest.raises(ValueError, match="period must be 'M', 'W' or 'Q', got 'D'"):
        engines.cohort_table(orders, period="D")
    with pytest.raises(ValueError, match="bins must be a whole number from 1 up, got 0"):
        engines.rfm_scores(orders, as_of="2025-02-01", bins=0)


def test_deciles_ask_for_whole_numbers_that_add_up_to_something(folder, duckdb):
    cents = engines.read(duckdb, "orders", folder).amount_cents
    with pytest.raises(TypeError, match="a column of whole numbers, got float64. Give cents"):
        engines.decile_table(cents / 100)
    with pytest.raises(TypeError, match="a column of whole numbers, got Series"):
        engines.decile_table(GOOD["amount"])
    with pytest.raises(ValueError, match="a total above 0, got 0 missing and a total of 0"):
        engines.decile_table(cents * 0)
    with pytest.raises(ValueError, match="got 1 missing and a total of 750"):
        engines.decile_table(cents.nullif(0))
