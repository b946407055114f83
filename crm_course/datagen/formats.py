"""How a finished world lies in its folder: Parquet parts, CSV files or one DuckDB file.

Each format finishes tables from their blocks, under their final names in one step, and reads
them back.
"""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from crm_course import schema

from . import files, parts

BOM = b"\xef\xbb\xbf"
DUCKDB = "lanting.duckdb"
DUCKDB_USES = {"threads": 1, "memory_limit": "300MB"}
ROWS_AT_ONCE = 100_000


def _path(where, name, form):
    return where / (DUCKDB if form == "duckdb" else f"{name}.{form}")


def finish(where: Path, blocks: Path, names: list, form: str) -> list:
    """Give finished tables their final names and return the paths, blocks/<name>.parquet each."""
    if form == "parquet":
        for name in names:
            parts.replace_folder(blocks / f"{name}.parquet", _path(where, name, form))
    elif form == "csv":
        for name in names:
            _place(_write_csv, blocks, [name], _path(where, name, form))
    elif names:
        _place(_write_duckdb, blocks, names, where / DUCKDB)
    return list(dict.fromkeys(_path(where, name, form) for name in names))


def _place(write, blocks, names, target):
    half = blocks / target.name
    try:
        half.unlink(missing_ok=True)
        write(blocks, names, half)
        os.replace(half, target)
    except OSError as error:
        raise files.not_written(target, error) from error


def _write_csv(blocks, names, half):
    """Append block after block; one byte order mark where there is Chinese anywhere."""
    table = schema.TABLES[names[0]]
    paths = parts.parts(blocks / f"{table.name}.parquet")
    with open(half, "wb") as file:
        file.write(b"" if all(map(_is_ascii, paths)) else BOM)
        for number, path in enumerate(paths):
            text = files.to_csv(parts.read_part(path).to_pandas(), table).removeprefix(BOM)
            file.write(text if number == 0 else text.partition(b"\n")[2])


def _is_ascii(path):
    texts = [column for column in parts.read_part(path).columns if pa.types.is_string(column.type)]
    return all(pc.all(pc.string_is_ascii(column)).as_py() is not False for column in texts)


def _write_duckdb(blocks, names, half):
    duckdb = _duckdb()
    try:
        with duckdb.connect(half, config=DUCKDB_USES) as database:
            for name in names:
                # To DuckDB [1] in a path is a pattern, and a=1 a column.
                source = glob.escape(str(blocks / f"{name}.parquet")) + "/part-*.parquet"
                database.execute(
                    f"CREATE TABLE {name} AS FROM read_parquet(?, hive_partitioning = false)",
                    [source],
                )
    except duckdb.Error as error:
        raise OSError(str(error)) from error


def _duckdb():
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "The format duckdb needs the package duckdb, got no such package. "
            'Install it with: pip install "crm-course[scale]"'
        ) from error
    return duckdb


def read(where: Path, name: str, form: str) -> pa.Table:
    """Return a finished table as it is stored (money in cents)."""
    if form == "parquet":
        return parts.read(_path(where, name, form))
    if form == "csv":
        return files.read_csv(_path(where, name, form), schema.TABLES[name])
    return pa.concat_tables(_read_duckdb(where / DUCKDB, schema.TABLES[name]))


def _read_duckdb(path, table):
    """Yield a table of one database piece by piece, the first one empty."""
    duckdb = _duckdb()
    stored = pa.schema([(column.in_file, files.ARROW[column.kind]) for column in table.columns])
    yield stored.empty_table()
    try:
        with duckdb.connect(path, read_only=True, config=DUCKDB_USES) as database:
            reader = database.sql(f"FROM {table.name}").to_arrow_reader(ROWS_AT_ONCE)
            yield from (pa.Table.from_batches([batch]).cast(stored) for batch in reader)
    except duckdb.Error as error:
        raise ValueError(f"{path} must hold {table.name}, got: {error}. Make it again.") from error


def pieces(where: Path, name: str, form: str, rows: list) -> list:
    """Return (rows, digest) of each block of a finished table as it really is; [] if unreadable.

    rows: how many rows each block has, as the manifest says
    """
    path, table = _path(where, name, form), schema.TABLES[name]
    if form == "parquet":
        return [parts.found(block, name) for block in parts.parts(path)]
    read = files.read_csv_by_pieces if form == "csv" else _read_duckdb
    try:
        return [(block.num_rows, files.content_digest(block, table))
                for block in _blocks(read(path, table), rows)]  # fmt: skip
    except (OSError, ValueError):
        return []


def _blocks(pieces, rows) -> Iterator[pa.Table]:
    """Yield one table for each block; what is too much is in the last, what lacks is not there."""
    held = next(pieces)
    for size in rows[:-1]:
        while held.num_rows < size and (piece := next(pieces, None)) is not None:
            held = pa.concat_tables([held, piece])
        yield held.slice(0, size)
        held = held.slice(size)
    yield pa.concat_tables([held, *pieces])
