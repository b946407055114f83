"""What a column and a table are, and the columns that many tables share."""

from dataclasses import dataclass

UNITS = ("mobile", "home", "auto", "wholesale")
LOCALES = ("en_US", "zh_CN")
INCOMES = ("low", "middle", "high")
CHANNELS = ("store", "web", "referral", "partner")
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


def customer(meaning="The customer; unit by turns: 1 mobile, 2 home, 3 auto, 4 wholesale, 5 ..."):
    return Column("customer_id", "id", meaning, low=1)


def month():
    return Column("month", "integer", "Month, 1 = January 2023", "month", 1, MONTHS)


def scale(name, meaning, truth):
    return Column(name, "number", meaning, "points", 0, 10, decimals=1, truth=truth)


def points(name, meaning, truth=""):
    return Column(name, "integer", meaning, "points", 1, 7, truth=truth)


def answer(name, meaning, truth=""):
    return Column(name, "integer", meaning, "points", 1, 5, truth=truth)


def probability(name, meaning, low=0, truth=""):
    return Column(name, "number", meaning, "probability", low, 1, decimals=6, truth=truth)
