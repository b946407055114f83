"""One DuckDB and one Spark for all tests; orders written as a folder of Parquet files."""

from importlib.util import find_spec

import pytest

from crm_course import engines

NO_SPARK = pytest.mark.skipif(find_spec("pyspark") is None, reason="make test-spark runs it")
SPARK = pytest.param("spark", marks=NO_SPARK)


@pytest.fixture(scope="session")
def started(tmp_path_factory):
    """Return name -> engine, started when first asked for."""
    running = {}

    def engine(name):
        if name not in running:
            running[name] = engines.connect(name, spill=tmp_path_factory.mktemp(name))
        return running[name]

    yield engine
    for each in running.values():
        each.disconnect()


@pytest.fixture(scope="session", params=["duckdb", SPARK])
def engine(request, started):
    """Return each engine in turn."""
    return started(request.param)


@pytest.fixture(scope="session", params=[SPARK])
def spark(request, started):
    """Return Spark."""
    return started(request.param)


@pytest.fixture
def duckdb(started):
    """Return DuckDB."""
    return started("duckdb")


@pytest.fixture(scope="session")
def write():
    """Write a table with money in currency as Parquet files of whole cents, cut at these rows."""

    def writer(table, folder, cuts=()):
        money = table.columns.intersection(["amount"])
        cents = {f"{name}_cents": (table[name] * 100).round().astype("int64") for name in money}
        stored = table.drop(columns=money).assign(**cents)
        folder.mkdir(exist_ok=True)
        edges = [0, *cuts, len(stored)]
        for number, (start, stop) in enumerate(zip(edges, edges[1:], strict=False)):
            part = stored.iloc[start:stop]
            part.to_parquet(folder / f"part-{number:05}.parquet", index=False)
        return folder

    return writer
