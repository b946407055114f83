"""Worlds larger than the sample: made on first use, kept in the reader's own folder."""

import hashlib
import shutil
from pathlib import Path

import pyarrow as pa

from crm_course import schema, state
from crm_course.datagen import formats, making, manifest
from crm_course.datagen.recipe import Recipe

TIERS = {"sample": 8_000, "course": 100_000, "scale": 1_000_000}


def folder(tier: str, recipe: Recipe) -> Path:
    """Return where a tier is kept: its name tells the seed and the generator it was made by."""
    return state.folder() / "data" / f"{tier}-{recipe.seed}-{_short(recipe.version)}"


def _short(version):
    return hashlib.sha256(version.encode()).hexdigest()[:8]


def make(tier: str, recipe: Recipe, tables: tuple = (), **options) -> Path:
    """Make tables of a tier where they are not there yet, and return its folder.

    options: those of `making.make_world`. What an earlier generator made goes away.
    """
    where = folder(tier, recipe)
    making.make_world(where, recipe, tables=tables, **options)
    for older in where.parent.glob(f"{tier}-{recipe.seed}-*"):
        if older != where:
            shutil.rmtree(older, ignore_errors=True)
    return where


def stored(tier: str, recipe: Recipe, name: str) -> Path:
    """Return the folder of Parquet files of a table, made if it is missing or was changed."""
    where = folder(tier, recipe)
    there = manifest.read(where)
    if there is None or not making.is_finished(where, name, there):
        make(tier, recipe, (name,))
    return where / f"{name}.parquet"


def read(tier: str, recipe: Recipe, name: str) -> pa.Table:
    """Return a table of a tier as it is stored; made in memory where the disk refuses."""
    try:
        return formats.read(stored(tier, recipe, name).parent, name, "parquet")
    except OSError:
        return in_memory(recipe, name)


def in_memory(recipe: Recipe, name: str) -> pa.Table:
    """Make a table as it would be stored, without a disk."""
    from crm_course.datagen import files, world

    made = world.make_table(
        name, customers=recipe.customers, seed=recipe.seed, scenario=recipe.scenario
    )
    return files.as_stored(made, schema.TABLES[name])
