"""The tables of the course: columns, types, units, ranges, meaning, and the truth behind each.

This is the only place where a table is declared. The generator, the border (`datasets.own`), the
measures, the dictionary in `datasets/README.md` and `datapackage.json` all read it here.
"""

from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

UNITS = ("mobile", "home", "auto", "wholesale")
LOCALES = ("en_US", "zh_CN")
MONTHS = 36
FIRST_MONTH = "2023-01"
OBSERVATION_END = "2025-12-31"
REASONS = ("firm_abandoned", "dissatisfied", "poached", "attracted", "forced", "other")

# Where a scale of the panel has its middle, and how long one step (one standard deviation) is.
SCALES = {"sat": (6, 1.5), "value": (6, 1.5), "switch_cost": (5, 2)}

DTYPES = {
    "id": "int64", "integer": "int64", "number": "float64", "money": "float64", "flag": "bool",
    "text": "str", "date": "datetime64[us]", "timestamp": "datetime64[us]",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: `kind` decides its type in memory (`DTYPES`); money is stored in whole cents."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple = ()
    decimals: int = 0
    optional: bool = False
    truth: str = ""

    @property
    def in_file(self) -> str:
        """The column's name in a file: `amount` is stored as `amount_cents`."""
        return f"{self.name}_cents" if self.kind == "money" else self.name

    @property
    def range(self) -> str:
        """The values allowed, in words: '0 to 10', 'from 0', 'f, m', or nothing."""
        if self.values:
            return ", ".join(map(str, self.values))
        if self.low is None:
            return ""
        return f"from {self.low:g}" if self.high is None else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Table:
    """A table: what one row is, the columns that make it unique, the ones that nobody can lack."""

    name: str
    row: str
    key: tuple
    required: tuple
    columns: tuple

    @property
    def is_truth(self) -> bool:
        """Whether the table shows what no firm can see."""
        return self.name.startswith("truth_")

    @property
    def names(self) -> tuple:
        """The names of the columns in memory, in order."""
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _customer(meaning="The customer; unit by turns: 1 mobile, 2 home, 3 auto, 4 wholesale, 5 ..."):
    return Column("customer_id", "id", meaning, low=1)


def _month():
    return Column("month", "integer", "Month, 1 = January 2023", "month", 1, MONTHS)


def _scale(name, meaning, truth):
    return Column(name, "number", meaning, "points", 0, 10, decimals=1, truth=truth)


def _probability(name, meaning, low=0):
    return Column(name, "number", meaning, "probability", low, 1, decimals=6)


CUSTOMERS = Table("customers", "one customer of the group", ("customer_id",),
    ("customer_id", "joined_on"), (
    _customer(),
    Column("unit", "text", "Business unit of Lanting", values=UNITS),
    Column("kind", "text", "Kind of customer", values=("private", "fleet", "key", "retailer")),
    Column("locale", "text", "Language and country of the customer", values=LOCALES),
    Column("name", "text", "Name of the customer or of the contact; invented"),
    Column("gender", "text", "Gender; agrees with the first name", values=("f", "m")),
    Column("birth_year", "integer", "Year of birth", "year", 1940, 2005),
    Column("email", "text", "Mail address, unique; example.com, .org, .net belong to nobody"),
    Column("phone", "text", "Phone number from a range kept free for fiction; belongs to nobody"),
    Column("city", "text", "City (en_US: invented; zh_CN: real)"),
    Column("province", "text", "State or province of the city"),
    Column("postcode", "text", "Postcode that belongs to city and province"),
    Column("joined_on", "date", "First day as a customer"),
    Column("acq_channel", "text", "Channel through which the customer came",
           values=("store", "web", "referral", "partner")),
    Column("acq_cost", "money", "Cost of winning the customer", "¥", 0),
    Column("consent", "flag", "Agreed to be contacted"),
))  # fmt: skip

ORDERS = Table("orders", "one order at Lanting Home (no contract)", ("order_id",),
    ("customer_id", "ordered_at", "amount"), (
    Column("order_id", "id", "The order: customer_id x 1000 + number of the order", low=1,
           optional=True),
    _customer("The customer who ordered"),
    Column("ordered_at", "timestamp", "When the order was placed; the first one on the joining day",
           truth="BG/NBD in operational weeks, slowed and sped up by the season"),
    Column("product", "text", "Product ordered", optional=True),
    Column("amount", "money", "Amount paid", "¥", 0, truth="Gamma-Gamma around mean_spend"),
))  # fmt: skip

PANEL = Table("panel", "one customer of Lanting Mobile (12-month contracts) in one month",
    ("customer_id", "month"), ("customer_id", "month", "churned"), (
    _customer(),
    _month(),
    Column("billed_on", "date", "First day of the month"),
    Column("tenure", "integer", "Months since joining; 0 in the first month", "months", 0, 35),
    Column("revenue", "money", "Revenue of the month", "¥", 0),
    Column("direct_cost", "money", "Network and device cost of the month", "¥", 0),
    Column("cost_to_serve", "money", "Service and billing cost of the month", "¥", 0,
           truth="rises when satisfaction is below its middle"),
    Column("margin", "money", "revenue - direct_cost - cost_to_serve", "¥"),
    _scale("sat", "Satisfaction as asked this month", "6 + 1.5 x (0.8 theta + 0.6 AR(1))"),
    _scale("value", "Perceived value as asked this month", "correlates 0.4 with sat"),
    _scale("switch_cost", "Perceived cost of switching this month", "independent of sat"),
    Column("risk_score", "integer", "Churn score of the firm's software: risk if asked this month",
           "per cent", 0, 100, truth="1 - stay_probability, blurred"),
    Column("renewal_due", "flag", "The contract ends this month (tenure 11, 23, 35)"),
    Column("treated", "flag", "Called before the renewal; only where renewal_due",
           truth="a fair coin"),
    Column("churned", "flag", "This is the last month as a customer",
           truth="at renewals the logit of truth_parameters, else a small constant hazard"),
    Column("reason_stated", "text", "Reason that the leaver gives; missing unless churned",
           values=REASONS, optional=True,
           truth="truth_churn through a confusion matrix: poached (price) is said too often"),
))  # fmt: skip

TRUTH_PARAMETERS = Table("truth_parameters", "one parameter of the world",
    ("process", "parameter"), (), (
    Column("process", "text", "Process the parameter belongs to"),
    Column("parameter", "text", "Name of the parameter"),
    Column("value", "number", "Its value", decimals=6),
))  # fmt: skip

TRUTH_CUSTOMERS = Table("truth_customers", "one customer of the group", ("customer_id",), (), (
    _customer(),
    Column("satisfaction", "number", "Latent satisfaction theta; drives the rest",
           "standard deviations", decimals=4, truth="standard normal"),
))  # fmt: skip

TRUTH_ORDERS = Table("truth_orders", "one customer of Lanting Home", ("customer_id",), (), (
    _customer(),
    Column("purchase_rate", "number", "Orders while active", "per operational week", 0,
           decimals=6, truth="Gamma(r, alpha)"),
    _probability("dropout_probability", "Chance of falling silent after each repeat order"),
    Column("alive", "flag", "Still active at the end of observation"),
    Column("mean_spend", "money", "Expected amount of an order", "¥", 0,
           truth="p / nu, nu ~ Gamma(q, gamma)"),
))  # fmt: skip

TRUTH_PANEL = Table("truth_panel", "one renewal at Lanting Mobile", ("customer_id", "month"), (), (
    _customer(),
    _month(),
    _probability("stay_probability", "Chance of renewing if not called"),
    _probability("uplift", "What a call adds to that chance; negative for sleeping dogs", -1),
    Column("stayed_untreated", "flag", "Would renew if not called"),
    Column("stayed_treated", "flag", "Would renew if called"),
    Column("reason_true", "text", "Why the customer left; missing if stayed", values=REASONS,
           optional=True),
))  # fmt: skip

TRUTH_CHURN = Table("truth_churn", "one leaver of Lanting Mobile, at a renewal or between two",
    ("customer_id",), (), (
    _customer(),
    _month(),
    Column("reason_true", "text", "Why the customer left", values=REASONS),
))  # fmt: skip

TABLES = {table.name: table for table in (
    CUSTOMERS, ORDERS, PANEL,
    TRUTH_PARAMETERS, TRUTH_CUSTOMERS, TRUTH_ORDERS, TRUTH_PANEL, TRUTH_CHURN,
)}  # fmt: skip

# Columns that measures make and pass on: same rules as for the tables.
MEASURES = (
    Column("frequency", "integer", "Repeat purchases", "orders", 0),
    Column("recency", "number", "Age at the last purchase", "time units", 0),
    Column("T", "number", "Age at the end of observation", "time units", 0),
    Column("monetary_value", "number", "Mean amount of the repeat purchases", "¥", 0),
)


def table(name: str) -> Table:
    """Return the declaration of a table, or say which tables there are."""
    if isinstance(name, pd.DataFrame):
        raise TypeError(
            "The name must be a text such as 'orders', got a table. It is loaded already."
        )
    if not isinstance(name, str) or name not in TABLES:
        raise ValueError(f"The table must be one of {', '.join(TABLES)}, got {name!r}. Choose one.")
    return TABLES[name]


@cache
def vocabulary() -> dict:
    """Return name -> Column for every column that a table or a measure may carry.

    A name declared more than once (`value`) has a lower bound only where all declarations agree.
    """
    known = {}
    for column in (*MEASURES, *(column for each in TABLES.values() for column in each.columns)):
        same = known.get(column.name, column).low == column.low
        known[column.name] = column if same else replace(column, low=None)
    return known


def require(table: pd.DataFrame, columns, *, name: str = "table") -> pd.DataFrame:
    """Return the table unchanged if these columns are there, complete and of the right kind.

    columns: names known to the schema (others are only looked for and must be complete)
    Raises TypeError for the wrong kind, ValueError for what is missing, NaN or negative.

    >>> require(pd.DataFrame({"amount": [2.5, 0.0]}), ["amount"], name="orders").shape
    (2, 1)
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{name} must be a DataFrame, got {type(table).__name__}. "
            f"Load one with datasets.load(...)."
        )
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise ValueError(
            f"{name} lacks the column(s) {', '.join(lacking)}, got "
            f"{', '.join(map(str, table.columns))}. Rename yours with rename(columns=...)."
        )
    for column in columns:
        _require_column(table[column], vocabulary().get(column, Column(column, "", "")), name)
    return table


def _require_column(values, column, name):
    if isinstance(values, pd.DataFrame):
        raise ValueError(
            f"{name} must have one column {column.name}, got {values.shape[1]}. "
            f"Rename or drop the others."
        )
    if column.kind and not has_kind(values, column.kind):
        raise TypeError(
            f"{name}[{column.name!r}] must be {WORDS[column.kind]}, got {values.dtype}. "
            f"Convert it with {CONVERT[column.kind]}."
        )
    if not column.optional and values.hasnans:
        raise ValueError(
            f"{name}[{column.name!r}] must be complete, got {values.isna().sum()} missing "
            f"value(s), first in row {values.isna().idxmax()}. Fill or drop them."
        )
    if column.low is not None and column.low >= 0 and column.kind in NUMERIC and values.min() < 0:
        raise ValueError(
            f"{name}[{column.name!r}] must not be negative, got {values.min()} in row "
            f"{values.idxmin()}. Correct or drop such rows."
        )


NUMERIC = ("integer", "number", "money")
WORDS = {"id": "whole numbers or text", "integer": "whole numbers", "number": "numbers",
         "money": "numbers", "flag": "True or False", "text": "text", "date": "dates",
         "timestamp": "dates"}  # fmt: skip
CONVERT = {"id": "astype('int64')", "integer": "astype('int64')", "number": "pd.to_numeric",
           "money": "pd.to_numeric", "flag": "astype(bool)", "text": "astype(str)",
           "date": "pd.to_datetime", "timestamp": "pd.to_datetime"}  # fmt: skip


def has_kind(values: pd.Series, kind: str) -> bool:
    """Whether a column holds what its kind asks for (an id may be a whole number or a text)."""
    types = pd.api.types
    if kind in NUMERIC:
        whole = kind == "integer" and not types.is_integer_dtype(values)
        return types.is_numeric_dtype(values) and not types.is_bool_dtype(values) and not whole
    if kind == "id":
        return types.is_integer_dtype(values) or types.is_string_dtype(values)
    test = {"flag": types.is_bool_dtype, "text": types.is_string_dtype}
    return test.get(kind, types.is_datetime64_any_dtype)(values)


def pandera_schema(name: str):
    """Build the pandera check of a table: every column there, in order, of its type and range."""
    import pandera.pandas as pa

    declared = table(name)
    columns = {column.name: _pandera_column(pa, column) for column in declared.columns}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=list(declared.key))


def _pandera_column(pa, column):
    checks = [pa.Check.isin(column.values)] if column.values else []  # noqa: PD011
    checks += [pa.Check.ge(column.low)] if column.low is not None else []
    checks += [pa.Check.le(column.high)] if column.high is not None else []
    return pa.Column(DTYPES[column.kind], checks, nullable=column.optional)
