"""The sample as files: tables, digests, and the words that describe them, all from the schema."""

import json
from pathlib import Path

from crm_course import schema

from . import files, pools, world

PACKAGE, NAME = "datapackage.json", "lanting-sample"
KINDS = {"id": "integer", "integer": "integer", "number": "number", "money": "integer",
         "flag": "boolean", "text": "string", "date": "date", "timestamp": "datetime"}  # fmt: skip

HEAD = """# The Lanting group, {customers:,} customers

Invented data for the course: no person, mail address or phone number belongs to anybody. Made by
`crm_course.datagen` from one seed; `crm_course.datasets.load("orders")` reads a table, with money
in currency. In these files **money is in whole cents** (`amount_cents`), dates are `2025-12-31`,
months are numbered from 1 (January 2023) to 36 (December 2025), an empty cell means *missing*.
The files open in a spreadsheet; keep changed copies elsewhere, since `load` refuses a file that
differs from its digest (`datasets.write_sample()` restores it).

* Customers take turns: 1 is of Mobile, 2 of Home, 3 of Auto, 4 of Wholesale, 5 of Mobile again.
  The sample is the beginning of every larger run with the same seed.
* The seed was picked: of forty, the one whose sample lies nearest to its truth in the renewal
  model, so that a first look is not the unlucky one. `student="..."` gives companies that were not.
* Larger tiers: `load("orders", tier="course")` has 100,000 customers, `tier="scale"` a million.
  What is missing is made on first use and kept as Parquet in the reader's own folder
  (`CRM_COURSE_HOME`, else the system's place for such data). `crm-course data make --tier scale
  --workers 2` makes all tables at once, `--customers` any other number, `--out` elsewhere.
* Mail ends in example.com, .net or .org, which are reserved (RFC 2606). US phones are 555-01xx,
  kept free for fiction; Chinese ones begin with 1540, to our knowledge given to no operator.
* Names and US places were drawn from pools made with Faker {faker} (MIT licence); Chinese cities,
  provinces and postcodes are real and belong together.
* Tables that begin with `truth_` hold what no firm can see. `load` wants `truth=True` for them.

| table | one row is | rows |
|---|---|---|
{contents}
"""


def write(where: Path, customers: int) -> list:
    """Write tables, digests, dictionary and datapackage.json; return the paths."""
    files.make_folder(where)
    return [_write(where / name, content) for name, content in documents(customers).items()]


def check(where: Path):
    """Raise ValueError for a folder of something else than the sample."""
    if where.is_dir() and not _is_sample(where):
        files.check_new(where)


def _is_sample(where):
    """Whether a folder holds the sample, or the beginning of one, however damaged its tables."""
    try:
        return json.loads((where / PACKAGE).read_text(encoding="utf-8"))["name"] == NAME
    except (OSError, ValueError, KeyError, TypeError):
        return False


def documents(customers: int) -> dict:
    """Return file name -> bytes of everything that belongs to the sample.

    datapackage.json comes first, as it says whose folder this is; the digests last: until they are
    written, the old ones refuse the new tables.
    """
    made = {name: world.make_table(name, customers=customers) for name in schema.TABLES}
    rows = {name: len(frame) for name, frame in made.items()}
    stored = {name: files.as_stored(made[name], table) for name, table in schema.TABLES.items()}
    digests = {name: files.content_digest(stored[name], schema.TABLES[name]) for name in stored}
    tables = {f"{name}.csv": files.to_csv(made[name], schema.TABLES[name]) for name in made}
    return {
        PACKAGE: _json(datapackage(rows, digests)),
        **tables,
        "README.md": dictionary(customers, rows).encode(),
        "digests.json": _json(digests),
    }


def _write(path, content):
    files.write_whole(path, content)
    return path


def _json(content):
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def dictionary(customers: int, rows: dict) -> str:
    """Return the README of the data: each table and column, unit, range, meaning, truth."""
    lock = json.loads((pools.FOLDER / "pools.lock.json").read_text(encoding="utf-8"))
    contents = "\n".join(f"| [{name}](#{name}) | {table.row} | {rows[name]:,} |"
                         for name, table in schema.TABLES.items())  # fmt: skip
    head = HEAD.format(customers=customers, faker=lock["faker"], contents=contents)
    return head + "".join(_section(table) for table in schema.TABLES.values())


def _section(table):
    key = ", ".join(table.key)
    lines = ["", f"## {table.name}", "", f"One row is {table.row}; key: {key}.", "",
             "| column | type | unit | range | meaning | truth behind it |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    return "\n".join(lines + [_line(column) for column in table.columns]) + "\n"


def _line(column):
    unit = "cents (¥ / 100)" if column.kind == "money" else column.unit
    cells = (
        f"`{column.in_file}`",
        KINDS[column.kind],
        unit,
        column.range,
        column.meaning,
        column.truth,
    )
    return "| " + " | ".join(cells) + " |"


def datapackage(rows: dict, digests: dict) -> dict:
    """Return the Frictionless description of the sample."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": "The Lanting group: invented customers of an invented firm",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(table, rows[table.name], digests[table.name])
                      for table in schema.TABLES.values()],
    }  # fmt: skip


def _resource(table, rows, digest):
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": f"One row is {table.row}.",
        "encoding": "utf-8",
        "rows": rows,
        "contentDigest": f"sha256:{digest}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column):
    kind = KINDS[column.kind]
    described = {"name": column.in_file, "type": kind, "description": column.meaning}
    described |= {"unit": "cents" if column.kind == "money" else column.unit} if column.unit else {}
    described |= {"trueValues": ["True"], "falseValues": ["False"]} if kind == "boolean" else {}
    described |= {"format": "%Y-%m-%d %H:%M:%S"} if kind == "datetime" else {}
    limits = {"required": not column.optional or None, "enum": list(column.values) or None,
              "minimum": column.low, "maximum": column.high}  # fmt: skip
    kept = {name: limit for name, limit in limits.items() if limit is not None}
    return described | ({"constraints": kept} if kept else {})
