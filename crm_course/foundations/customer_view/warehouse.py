"""The customer data warehouse: records, files and facts of all systems in one DuckDB file."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_course import schema


@dataclass(frozen=True)
class Warehouse:
    """A DuckDB file that answers questions in SQL."""

    path: Path

    def ask(self, sql: str) -> pd.DataFrame:
        """Return the answer to a question; the file is read only, and closed again."""
        import duckdb

        with duckdb.connect(str(self.path), read_only=True, config={"threads": 1}) as connection:
            return connection.sql(sql).df()


def build_warehouse(path=None, **tables: pd.DataFrame) -> Warehouse:
    """Write tables into a new DuckDB file, each under its name, in the order of their rows.

    path: of the file, replaced if it is there; None: a file in a new temporary folder

    >>> warehouse = build_warehouse(files=pd.DataFrame({"file_id": [1, 1, 2]}))
    >>> warehouse.ask("SELECT count(DISTINCT file_id) AS files FROM files")["files"].tolist()
    [2]
    """
    import duckdb

    if not tables:
        raise ValueError("tables must be one or more, got none. Write records=records.")
    for name in tables:
        if not re.fullmatch("[a-z_]+", name):
            raise ValueError(f"a table's name must be of letters and _, got {name!r}. Rename it.")
    path = Path(path) if path else Path(tempfile.mkdtemp()) / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path), config={"threads": 1}) as connection:
        for name, table in tables.items():
            connection.register("incoming", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
            connection.unregister("incoming")
    return Warehouse(path)


def with_record_id(facts: pd.DataFrame, records: pd.DataFrame, truth: pd.DataFrame, *, source: str):
    """Give facts the number under which their own system knows the customer, as in a real firm.

    facts (customer_id, ...), such as orders; records (record_id, source); truth (record_id,
    customer_id); source: the system that the facts are from -> the facts of customers whom that
    system has, with record_id instead of customer_id
    """
    schema.require(facts, ["customer_id"], name="facts")
    schema.require(records, ["record_id", "source"], name="records")
    schema.require(truth, ["record_id", "customer_id"], name="truth")
    if source not in set(records["source"]):
        raise ValueError(f"source must be a system of the records, got {source!r}. Look it up.")
    own = records.loc[records["source"] == source, ["record_id"]]
    known = own.merge(truth[["record_id", "customer_id"]], on="record_id")
    joined = facts.merge(known, on="customer_id")
    return joined[["record_id", *facts.columns.drop("customer_id")]]
