"""The same bytes in any order, for any size, in any place; the committed sample among them."""

import ast
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from crm_course import datasets, schema
from crm_course.datagen import files
from crm_course.datagen.streams import BLOCK
from crm_course.datagen.world import make_block, make_table

DATAGEN = Path(files.__file__).parent
CUSTOMER_TABLES = [name for name, each in schema.TABLES.items() if "customer_id" in each.names]
TOPICS = {"foundations", "customers", "strategy", "relationships", "organization", "cases",
          "capstone", "engines", "learning"}  # fmt: skip
# The customer of a row is in another table.
NAMELESS_TABLES = ["source_records", "event_log", "order_prices"]
FIXED_TABLES = [name for name in schema.TABLES if name not in CUSTOMER_TABLES + NAMELESS_TABLES]
DIGESTS = json.loads((datasets.folder() / "digests.json").read_text(encoding="utf-8"))


def digest(name, frame):
    return files.content_digest(files.as_stored(frame, schema.TABLES[name]), schema.TABLES[name])


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_committed_sample_is_what_the_generator_makes(name):
    assert digest(name, make_table(name, customers=8_000)) == DIGESTS[name]


@cache
def two_blocks(name):
    return make_table(name, customers=BLOCK + 1_000)


@pytest.mark.parametrize("name", CUSTOMER_TABLES)
def test_the_first_customers_of_a_larger_world_are_the_sample(name):
    larger = two_blocks(name)
    assert digest(name, larger[larger["customer_id"] <= 8_000]) == DIGESTS[name]


@pytest.mark.parametrize("name", NAMELESS_TABLES)
def test_rows_that_name_no_customer_begin_with_the_sample_too(name):
    assert digest(name, two_blocks(name).head(len(datasets.load(name)))) == DIGESTS[name]


@pytest.mark.parametrize("name", FIXED_TABLES)
def test_a_table_without_customers_is_the_same_for_any_number_of_them(name):
    assert digest(name, two_blocks(name)) == DIGESTS[name]


@pytest.mark.parametrize("name", CUSTOMER_TABLES)
def test_a_block_made_alone_is_the_one_made_after_another(name):
    larger = two_blocks(name)
    alone = make_block(name, 1, kept=1_000)
    assert digest(name, alone) == digest(name, larger[larger["customer_id"] > BLOCK])


def test_hash_seed_and_time_zone_change_nothing():
    code = """if True:
        from crm_course.datagen.world import make_table
        print(make_table("orders", customers=400).to_csv())
    """
    elsewhere = os.environ | {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=elsewhere, capture_output=True, check=True
    )
    assert ran.stdout.decode().split() == make_table("orders", customers=400).to_csv().split()


def test_seeds_make_other_worlds():
    assert digest("orders", make_table("orders", customers=800, seed=1)) != digest(
        "orders", make_table("orders", customers=800, seed=2)
    )


@pytest.mark.parametrize("path", sorted(DATAGEN.rglob("*.py")), ids=lambda path: path.stem)
def test_the_generator_imports_no_topic(path):
    package = ["crm_course", *path.parent.relative_to(DATAGEN.parent).parts]
    assert not imported(path.read_text(encoding="utf-8"), package) & TOPICS


@pytest.mark.parametrize(
    "line",
    [
        "from ..customers import churn",
        "from .. import customers",
        "import crm_course.customers.churn",
        "from crm_course import customers",
        "from crm_course.customers.churn import auc",
    ],
)
def test_a_topic_is_seen_however_it_is_imported(line):
    assert imported(line, ["crm_course", "datagen"]) == {"customers"}


def imported(source, package):
    """The parts of crm_course that a module of a package imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = [*above, *([node.module] if node.module else [])]
            names = [".".join([*start, alias.name]) for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("crm_course.")}
    return found
