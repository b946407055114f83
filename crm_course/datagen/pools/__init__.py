"""Names and places, drawn once with Faker and committed, because Faker's output changes by release.

<locale>.names.csv    field, value, latin, weight
<locale>.places.csv   city, province, postcode
trade.csv             products, reasons to call, to complain and to leave in both languages
pools.lock.json       Faker version, seed, sha256
"""

import csv
from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent


def rows(name: str) -> list:
    """Return the rows of a pool file as dictionaries."""
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names(locale: str, field: str) -> tuple:
    """Return the values, their Latin spelling and their weights for one field of a locale."""
    kept = [row for row in rows(f"{locale}.names.csv") if row["field"] == field]
    weights = np.array([int(row["weight"]) for row in kept])
    return _text(kept, "value"), _text(kept, "latin"), weights


@cache
def places(locale: str) -> tuple:
    """Return city, province and postcode of each place of a locale."""
    kept = rows(f"{locale}.places.csv")
    return tuple(_text(kept, field) for field in ("city", "province", "postcode"))


@cache
def trade(field: str) -> list:
    """Return the texts of product, contact, complaint or churn: kind, en_US, zh_CN, price band."""
    return [row for row in rows("trade.csv") if row["field"] == field]


def _text(kept, field):
    import pyarrow as pa

    return pa.array([row[field] for row in kept], pa.string())
