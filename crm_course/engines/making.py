"""The Lanting group made inside Spark: every task makes one block of 65,536 customers."""

import ibis
import pyarrow as pa

from crm_course import schema
from crm_course.datagen import files, world
from crm_course.datagen.recipe import Recipe

from .backends import quiet


def make_table(engine, name: str, recipe: Recipe) -> ibis.Table:
    """Return a table of the Lanting group that Spark's workers make when it is asked for.

    engine: `connect("spark")`; name: a table of the schema; recipe: `datasets.recipe(...)`
    -> the table as files hold it, block after block: the same digest as on one machine. It is made
    anew for every question; write it to files to ask it often.
    Raises ValueError for an engine that is not Spark, or an unknown table.
    """
    declared = schema.table(name)
    if engine.name != "pyspark":
        raise ValueError(
            f"engine must be Spark to make a table, got {engine.name}. "
            f"Make files instead: datasets.stored({name!r})."
        )
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

    def make(batches):
        for batch in batches:
            for block in batch["id"].to_pylist():
                yield from make_batches(declared, recipe, block)

    blocks = len(recipe.blocks)
    fields = pa.schema([(column.in_file, files.ARROW[column.kind]) for column in declared.columns])
    with quiet():
        numbers = SparkSession.active().range(0, blocks, numPartitions=blocks)
        made = numbers.mapInArrow(make, from_arrow_schema(fields, prefer_timestamp_ntz=True))
        made.createOrReplaceTempView(f"made_{name}")
        return engine.table(f"made_{name}")


def make_batches(table: schema.Table, recipe: Recipe, block: int) -> list:
    """Make one block of a table, as record batches of Arrow."""
    made = world.make_block(
        table.name, block, kept=recipe.blocks[block], seed=recipe.seed, scenario=recipe.scenario
    )
    return files.as_stored(made, table).to_batches()
