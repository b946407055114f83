"""The course's tables: load them, make your own company, bring your own or real data.

    datasets.load("orders")                     the shared sample
    datasets.company(student="s1024").orders    a company of your own, the same rules, other people
    datasets.own("orders", "my.csv", columns={"customer_id": "cust", ...})
    datasets.real("cdnow")                      a real shop

Data handed out hold money in currency; files hold whole cents. Nothing here prints.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from crm_course import schema
from crm_course.own_data import own
from crm_course.real_data import CATALOGUE, describe_real, real

__all__ = [
    "company", "describe", "folder", "load", "own", "real", "recipe", "stored", "verify",
    "write_sample",
]  # fmt: skip

TIERS = ("sample", "course", "scale")
VERIFIED = ["name", "rows", "digest", "ok"]
RESTORE = 'python -c "from crm_course import datasets; datasets.write_sample()"'


def folder() -> Path:
    """Return the folder that holds the sample: inside an installed package, beside it otherwise."""
    package = Path(__file__).parent
    inside = package / "_datasets"
    return inside if inside.exists() else package.parent / "datasets"


def load(
    name: str, *, tier: str = "sample", student: str = "", truth: bool = False
) -> pd.DataFrame:
    """Return one table of the Lanting group, a fresh copy each time, money in currency.

    name: a table of the schema; those that begin with truth_ need truth=True
    tier: 'sample' (8,000 customers), 'course' (100,000) or 'scale' (1,000,000); the larger ones
    are made when first used and kept; student: '' or the id of an own company
    Raises ValueError for an unknown name or tier, and for a sample file that was changed.

    >>> load("orders").columns.tolist()
    ['order_id', 'customer_id', 'ordered_at', 'product', 'amount']
    """
    table = _checked_table(name, truth)
    if _checked_tier(tier) == "sample" and not student_key(student):
        return _load_sample(table)
    if tier == "sample":
        return _made(name, _seed(student)).copy()
    return _load_tier(table, tier, student)


def stored(name: str, *, tier: str = "scale", student: str = "", truth: bool = False) -> Path:
    """Return the folder of Parquet files of a table, for what must outgrow memory; cents inside.

    Made when first used and kept. Arguments and errors are those of `load`; OSError where the disk
    is full or read-only.
    """
    from crm_course import tiers

    table = _checked_table(name, truth)
    return tiers.stored(_checked_tier(tier), recipe(tier, student), table.name)


def _checked_table(name, truth):
    table = schema.table(name)
    if table.is_truth and not truth:
        raise ValueError(
            f"{name} must be asked for, got truth={truth}. No firm can see it; in the "
            f"course: load({name!r}, truth=True)."
        )
    return table


def _checked_tier(tier):
    if tier not in TIERS:
        raise ValueError(f"The tier must be one of {', '.join(TIERS)}, got {tier!r}. Choose one.")
    return tier


def _load_sample(table):
    from crm_course.datagen import files

    path = folder() / f"{table.name}.csv"
    expected = _digests(path.parent).get(table.name, "missing")
    try:
        stored = files.read_csv(path, table)
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{path} must be there, got no such file. {_restore()}") from error
    except (OSError, ValueError) as error:
        raise ValueError(
            f"{path} must be the {table.name} of the sample, got a file that cannot be "
            f"read ({error}). {_restore()}"
        ) from error
    found = files.content_digest(stored, table)
    if found != expected:
        raise ValueError(
            f"{path} must be unchanged (digest {expected[:12]}), got {found[:12]}. "
            f"{_restore()} To work on a file of your own, use datasets.own()."
        )
    return files.in_memory(stored, table)


def _restore():
    return f"Restore it with: {RESTORE}"


def _digests(where):
    path = where / "digests.json"
    if not path.exists():
        advice = (
            _restore() if where == folder() else "Name a folder that holds the sample or a world."
        )
        raise FileNotFoundError(f"{path} must be there, got no such file. {advice}")
    return json.loads(path.read_text(encoding="utf-8"))


def student_key(student: str) -> str:
    """Return the id as it counts: without blanks around it, in lower case.

    >>> student_key(" S1024 ")
    's1024'
    """
    if not isinstance(student, str):
        raise TypeError(f'The student must be a text, got {student!r}. Write student="{student}".')
    return student.strip().lower()


def _seed(student):
    from crm_course.datagen import world

    key = student_key(student)
    return int(hashlib.sha256(key.encode()).hexdigest()[:16], 16) if key else world.SEED


def recipe(tier: str = "sample", student: str = "", **changes):
    """Return what a tier is made of; changes: customers, seed or scenario instead of its own.

    >>> recipe("course").customers
    100000
    """
    from crm_course import tiers
    from crm_course.datagen.recipe import Recipe

    own = {"customers": tiers.TIERS[_checked_tier(tier)], "seed": _seed(student)}
    return Recipe(**own | changes, version=_version())


def _version():
    """What tells the generator of today from an earlier one: the digests of its sample."""
    path = folder() / "digests.json"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


@lru_cache(maxsize=16)
def _made(name, seed):
    from crm_course import tiers
    from crm_course.datagen import files

    stored = tiers.in_memory(recipe(seed=seed), name)
    return files.in_memory(stored, schema.table(name))


def _load_tier(table, tier, student):
    from crm_course import tiers
    from crm_course.datagen import files

    return files.in_memory(tiers.read(tier, recipe(tier, student), table.name), table)


@dataclass(frozen=True)
class Company:
    """One Lanting group: the shared sample for student='', otherwise the student's own.

    Every table that a firm can see is an attribute: `.orders`, `.panel`, `.complaints`. It is made
    when first used, and then kept.
    """

    student: str = ""
    tier: str = "sample"

    def __getattr__(self, name: str) -> pd.DataFrame:
        table = schema.TABLES.get(name)
        if table is None or table.is_truth:
            raise AttributeError(
                f"A company's table must be one of {', '.join(_visible())}, got {name!r}. "
                f"Truth comes by .truth(name)."
            )
        made = load(name, tier=self.tier, student=self.student)
        return self.__dict__.setdefault(name, made)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *_visible()]

    def truth(self, name: str) -> pd.DataFrame:
        """Return a truth table; `truth('orders')` and `truth('truth_orders')` are the same."""
        name = name if name.startswith("truth_") else f"truth_{name}"
        return load(name, tier=self.tier, student=self.student, truth=True)


def _visible():
    return [name for name, table in schema.TABLES.items() if not table.is_truth]


def company(student: str = "", *, tier: str = "sample") -> Company:
    """Return a company whose tables are made when first used; student='' is the shared sample.

    Raises TypeError for an id that is no text, ValueError for an unknown tier.

    >>> company(student="s1024").orders.equals(company(student="S1024 ").orders)
    True
    """
    return Company(student_key(student), _checked_tier(tier))


def write_sample(where: Path | str | None = None) -> list:
    """Write the sample (tables, dictionary, digests) into a folder and return the files.

    where: the folder, made if missing; None restores the course's own. Each file is written whole
    or not at all; raises OSError where the disk is full or read-only, ValueError for a folder of
    something else.
    """
    from crm_course.datagen import documents

    if where:
        documents.check(Path(where))
    return documents.write(Path(where or folder()), recipe().customers)


def verify(where: Path | str | None = None) -> pd.DataFrame:
    """Compare every table of the sample or of a made world with its digest: name, rows, digest, ok.

    where: the folder; None is the course's own. A table that is missing or unreadable has 0 rows.
    Raises FileNotFoundError if there are no digests.

    >>> bool(verify()["ok"].all())
    True
    """
    from crm_course.datagen import making

    where = Path(where) if where else folder()
    if making.is_made(where):
        return pd.DataFrame(making.verify_world(where), columns=VERIFIED)
    expected = _digests(where)
    found = [(name, *_found(where / f"{name}.csv", table)) for name, table in schema.TABLES.items()]
    rows = [(*each, each[2] == expected.get(each[0])) for each in found]
    return pd.DataFrame(rows, columns=VERIFIED)


def _found(path, table):
    from crm_course.datagen import files

    try:
        stored = files.read_csv(path, table)
    except (OSError, ValueError):
        return 0, ""
    return stored.num_rows, files.content_digest(stored, table)


def describe(name: str) -> pd.DataFrame:
    """Return column, type, unit, meaning, truth of a table of the schema or of the real data.

    `.attrs` says what a row is; for real data also provenance, licence and citation.
    Raises ValueError for an unknown name.

    >>> describe("orders")["column"].tolist()
    ['order_id', 'customer_id', 'ordered_at', 'product', 'amount']
    """
    if isinstance(name, str) and name in CATALOGUE:
        return describe_real(name)
    declared = schema.table(name)
    rows = [(column.name, schema.DTYPES[column.kind], column.unit, column.meaning, column.truth)
            for column in declared.columns]  # fmt: skip
    table = pd.DataFrame(rows, columns=["column", "type", "unit", "meaning", "truth"])
    table.attrs = {"row": declared.row}
    return table
