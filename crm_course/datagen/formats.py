"""How a finished world lies in its folder: Parquet parts, CSV files or one DuckDB file.

Each format finishes tables from their blocks, under their final names in one step, and reads
them back.
"""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from crm_course import schema

from . import files, parts

BOM = b"\xef\xbb\xbf"
DUCKDB = "lanting.duckdb"


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
    """Append block after block, read by Arrow: to DuckDB [1] or a=1 in a path is a sign."""
    duckdb = _duckdb()
    try:
        with duckdb.connect(half) as database:
            database.execute("SET threads = 1")
            for name in names:
                for number, path in enumerate(parts.parts(blocks / f"{name}.parquet")):
                    database.register("block", parts.read_part(path))
                    how = f"INSERT INTO {name}" if number else f"CREATE TABLE {name} AS"
                    database.execute(f"{how} FROM block")
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
    table, path = schema.TABLES[name], _path(where, name, form)
    if form == "csv":
        return files.read_csv(path, table)
    return _read_duckdb(path, table) if form == "duckdb" else parts.read(path)


def _read_duckdb(path, table):
    duckdb = _duckdb()
    try:
        with duckdb.connect(path, read_only=True) as database:
            stored = database.sql(f"FROM {table.name}").to_arrow_table()
    except duckdb.Error as error:
        raise ValueError(f"{path} must hold {table.name}, got: {error}. Make it again.") from error
    return stored.cast(pa.schema([(c.in_file, files.ARROW[c.kind]) for c in table.columns]))


def pieces(where: Path, name: str, form: str, rows: list) -> list:
    """Return (rows, digest) of each block of a finished table as it really is; [] if unreadable.

    rows: how many rows each block has, as the manifest says
    """
    if form == "parquet":
        return [parts.found(path, name) for path in parts.parts(_path(where, name, form))]
    try:
        stored = read(where, name, form)
    except (OSError, ValueError):
        return []
    starts = [sum(rows[:number]) for number in range(len(rows))]
    lengths = [*rows[:-1], stored.num_rows - sum(rows[:-1])]
    cut = [stored.slice(at, max(length, 0)) for at, length in zip(starts, lengths, strict=True)]
    return [(piece.num_rows, files.content_digest(piece, schema.TABLES[name])) for piece in cut]
