"""Folders of Parquet files, and the error that names the file that does not belong there."""

import glob
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from crm_course import schema

from .backends import quiet
from .checks import require_columns, require_type


def read(engine, name: str, folder) -> ibis.Table:
    """Return a table of the course that lies in a folder of Parquet files; nothing is loaded yet.

    engine: of `connect`; name: a table of the schema, such as 'orders'; folder: of *.parquet files,
    money in whole cents (amount_cents); columns that the schema does not know are left out
    Raises FileNotFoundError without such files; ValueError or TypeError that names the file which
    is damaged, lacks a column, or holds one of another type; ValueError for a name of the folder
    that Spark reads as a pattern.
    """
    declared, folder = schema.table(name), Path(folder)
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise FileNotFoundError(f"{folder} must hold *.parquet files, got none. Look at the path.")
    found = [_types(file, declared) for file in files]
    for file, types in zip(files, found, strict=True):
        _require_same(file, types, files[0], found[0])
    with quiet():
        stored = _stored(engine, folder)
    wanted = {name: _wide(type_) for name, type_ in found[0].items()}
    return stored.select(*wanted).cast(wanted)


def _stored(engine, folder):
    """The rows of the files themselves, whatever the folder is called."""
    if engine.name == "duckdb":  # a folder customer_id=7 says nothing about the columns
        path = glob.escape(str(folder)) + "/*.parquet"
        return engine.read_parquet(path, hive_partitioning=False)
    if set(str(folder)) & set("[]*?{}"):  # of a pattern, which Spark cannot be kept from reading
        raise ValueError(
            f"folder must have a name without []*?{{}} for Spark, got {folder}. Rename it."
        )
    return engine.read_parquet(str(folder / "*.parquet"))


def _wide(found):
    """The type in which a measure meets a column."""
    return "int64" if found.is_integer() else "timestamp(6)" if found.is_temporal() else found


def _types(file, declared):
    """Return column -> type of the declared columns that a file has."""
    try:
        types = dict(ibis.Schema.from_pyarrow(pq.read_schema(file)))
    except (OSError, pa.ArrowException) as error:
        raise ValueError(
            f"{file} must be a whole Parquet file, got: {error}. "
            "Restore it, or take it out of the folder."
        ) from error
    require_columns(types, [declared[column].in_file for column in declared.required], str(file))
    known = [column.in_file for column in declared.columns if column.in_file in types]
    for column in known:
        require_type(types[column], column, str(file))
    return {column: types[column] for column in known}


def _require_same(file, types, first, expected):
    if types == expected:
        return
    odd = next(name for name in {**types, **expected} if types.get(name) != expected.get(name))
    raise TypeError(
        f"{file}[{odd!r}] must be {expected.get(odd, 'absent')} as in {first.name}, got "
        f"{types.get(odd, 'none')}. Write all files of a folder with the same columns and types."
    )
