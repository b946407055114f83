"""The tables of the course: columns, types, units, ranges, meaning, and the truth behind each.

This is the only place where a table is declared. The generator, the border (`datasets.own`), the
measures, the dictionary in `datasets/README.md` and `datapackage.json` all read it here.

columns    what a column and a table are, and the columns that many tables share
group, home, mobile, auto, wholesale, organization   the tables of each, their truth beside them
registry   every table by its name; checks   what a measure may ask of a table
"""

from .checks import (
    CONVERT,
    NUMERIC,
    WORDS,
    has_kind,
    pandera_schema,
    require,
    require_unique,
)
from .columns import (
    DTYPES,
    FIRST_MONTH,
    LOCALES,
    MONTHS,
    OBSERVATION_END,
    REASONS,
    SCALES,
    UNITS,
    Column,
    Table,
)
from .group import CUSTOMERS
from .home import ORDERS
from .mobile import PANEL
from .registry import TABLES, table, vocabulary

__all__ = [
    "CONVERT", "CUSTOMERS", "DTYPES", "FIRST_MONTH", "LOCALES", "MONTHS", "NUMERIC",
    "OBSERVATION_END", "ORDERS", "PANEL", "REASONS", "SCALES", "TABLES", "UNITS", "WORDS",
    "Column", "Table", "has_kind", "pandera_schema", "require", "require_unique", "table",
    "vocabulary",
]  # fmt: skip
