"""Real data in the course's names, read from the files of installed packages, no network."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from crm_course import schema

DAY = "%Y%m%d"


@dataclass(frozen=True)
class Real:
    """Where a real table comes from, what may be done with it, and how its columns are read."""

    package: str
    file: str
    read: Callable
    row: str
    columns: tuple
    provenance: str
    licence: str
    citation: str


def _cdnow(path):
    raw = pd.read_csv(path, sep=r"\s+", dtype={"date": "str"})
    return pd.DataFrame({
        "order_id": range(1, len(raw) + 1),
        "customer_id": raw["customer_id"],
        "ordered_at": pd.to_datetime(raw["date"], format=DAY).astype("datetime64[us]"),
        "amount": raw["dollar_value"],
    })  # fmt: skip


def _cdnow_summary(path):
    return pd.read_csv(path).rename(columns={"ID": "customer_id"})


CDNOW = {
    "provenance": "The web shop CDNOW: everybody who first bought in January to March 1997; "
                  "B. Hardie, brucehardie.com, as carried by the package lifetimes 0.11.3",
    "licence": "no explicit licence for the data; the package is MIT",
    "citation": "Fader, P. S. & Hardie, B. G. S. (2001). Forecasting repeat sales at CDNOW. "
                "Interfaces 31(3), part 2.",
}  # fmt: skip
CATALOGUE = {
    "cdnow": Real("lifetimes", "CDNOW_master.txt", _cdnow, "one purchase until June 1998", (
        ("order_id", "id", "", "Number of the purchase in the file"),
        ("customer_id", "id", "", "The customer"),
        ("ordered_at", "date", "", "Day of the purchase"),
        ("amount", "money", "$", "Amount paid; 80 are zero"),
    ), **CDNOW),
    "cdnow_summary": Real("lifetimes", "cdnow_customers_summary.csv", _cdnow_summary,
                          "one customer of a tenth of the shop, after 39 weeks", (
        ("customer_id", "id", "", "Number of the customer in the tenth"),
        ("frequency", "integer", "purchases", "Repeat purchases"),
        ("recency", "number", "weeks", "Age at the last purchase"),
        ("T", "number", "weeks", "Age at the end of observation"),
    ), **CDNOW),
}  # fmt: skip


def real(name: str) -> pd.DataFrame:
    """Return a real data set in the course's names and types.

    name: 'cdnow' -> orders (order_id, customer_id, ordered_at, amount in $), 69,659 rows
          'cdnow_summary' -> (customer_id, frequency, recency, T; in weeks), 2,357 rows
    Raises ValueError for an unknown name, ModuleNotFoundError where the files are not installed.
    `datasets.describe(name)` says where the data come from.

    >>> real("cdnow_summary").columns.tolist()
    ['customer_id', 'frequency', 'recency', 'T']
    """
    if not isinstance(name, str) or name not in CATALOGUE:
        raise ValueError(
            f"The real data must be one of {', '.join(CATALOGUE)}, got {name!r}. Choose one."
        )
    entry = CATALOGUE[name]
    return entry.read(_package_folder(entry.package) / "datasets" / entry.file)


def _package_folder(package):
    """Find an installed package without importing it (lifetimes does not import everywhere)."""
    found = find_spec(package)
    if found is None:
        raise ModuleNotFoundError(
            f"The files of {package} must be installed, got no such package. "
            f'Install them with: pip install "crm-course[real]"'
        )
    return Path(found.submodule_search_locations[0])


def describe_real(name: str) -> pd.DataFrame:
    """Return column, type, unit, meaning, truth; provenance, licence and citation in `.attrs`."""
    entry = CATALOGUE[name]
    rows = [(column, schema.DTYPES[kind], unit, meaning, "unknown")
            for column, kind, unit, meaning in entry.columns]  # fmt: skip
    table = pd.DataFrame(rows, columns=["column", "type", "unit", "meaning", "truth"])
    table.attrs = {
        each: getattr(entry, each) for each in ("row", "provenance", "licence", "citation")
    }
    return table
