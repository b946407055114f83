"""The Lanting group made by Spark's workers: the digests of a world made by one process."""

import pytest

from crm_course import engines, schema
from crm_course.datagen import files
from crm_course.datagen.making import make_world, verify_world
from crm_course.datagen.recipe import Recipe
from crm_course.datagen.streams import BLOCK

TABLES = ("customers", "orders", "complaints", "call_volumes")
RECIPE = Recipe(2 * BLOCK + 400)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Return table -> digest of a world of three blocks made by one process."""
    where = tmp_path_factory.mktemp("here")
    make_world(where, RECIPE, tables=TABLES)
    return {name: digest for name, _, digest, ok in verify_world(where) if ok}


def as_in_a_manifest(found, declared):
    """The digest of a table from those of its blocks; without customers it is one block."""
    block = (found["customer_id"] - 1) // BLOCK if "customer_id" in found else [0] * len(found)
    stored = [files.as_stored(part, declared) for _, part in found.groupby(block)]
    return files.whole_digest(
        [(each.num_rows, files.content_digest(each, declared)) for each in stored]
    )


@pytest.mark.parametrize("name", TABLES)
def test_spark_makes_the_same_tables(spark, here, name):
    found = engines.collect(engines.make_table(spark, name, RECIPE))
    assert as_in_a_manifest(found, schema.TABLES[name]) == here[name]


def test_a_measure_runs_on_what_spark_made(spark):
    orders = engines.make_table(spark, "orders", Recipe(400))
    found = engines.collect(engines.cohort_table(orders, period="Q"))
    assert found.loc[found["age"] == 0, "customers"].sum() == 100


def test_only_spark_makes_tables(duckdb):
    with pytest.raises(ValueError, match=r"must be Spark to make a table, got duckdb.*stored"):
        engines.make_table(duckdb, "orders", RECIPE)
