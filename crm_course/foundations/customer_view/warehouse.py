"""The customer data warehouse: records, files and facts of all systems in one DuckDB file."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_course import order_book, schema


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


def customer_360(customers: pd.DataFrame, *, orders: pd.DataFrame, complaints: pd.DataFrame):
    """Return one row per customer with what shop and desk know: counted first, then joined.

    customers (customer_id, joined_on), a row each; orders (customer_id, ordered_at, amount);
    complaints (customer_id); rows of nobody among the customers are left out
    -> customer_id, joined_on, purchases (days with an order), total_spend (currency), last_order
    (day; none: NaT), complaints; in the order of the ids

    >>> customers = pd.DataFrame({"customer_id": [7], "joined_on": pd.to_datetime(["2025-01-01"])})
    >>> orders = pd.DataFrame({"customer_id": [7, 7], "amount": [0.1, 0.2],
    ...     "ordered_at": pd.to_datetime(["2025-01-05", "2025-02-05"])})
    >>> complaints = pd.DataFrame({"customer_id": [7, 7, 7]})
    >>> table = customer_360(customers, orders=orders, complaints=complaints)
    >>> table[["purchases", "total_spend", "complaints"]].iloc[0].tolist()
    [2.0, 0.3, 3.0]
    """
    schema.require(customers, ["customer_id", "joined_on"], name="customers")
    schema.require(orders, ["customer_id", "ordered_at", "amount"], name="orders")
    schema.require(complaints, ["customer_id"], name="complaints")
    schema.require_unique(customers, "customer_id", name="customers")
    order_book.require_local(orders["ordered_at"])
    facts = orders.assign(
        day=orders["ordered_at"].dt.floor("D"), cents=order_book.cents(orders["amount"])
    ).groupby("customer_id")
    bought = facts.agg(
        purchases=("day", "nunique"), total_spend=("cents", "sum"), last_order=("day", "max")
    )
    voiced = complaints.groupby("customer_id").agg(complaints=("customer_id", "size"))
    known = customers[["customer_id", "joined_on"]].sort_values("customer_id", ignore_index=True)
    known = known.merge(bought, on="customer_id", how="left")
    known = known.merge(voiced, on="customer_id", how="left")
    counts = {"purchases": 0, "total_spend": 0, "complaints": 0}
    whole = known.fillna(counts).astype(dict.fromkeys(counts, "int64"))
    return whole.assign(total_spend=whole["total_spend"] / 100)
