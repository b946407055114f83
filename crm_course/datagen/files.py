"""How tables are stored: CSV with whole cents, written whole or not at all, known by content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_course.schema import Table

ARROW = {
    "id": pa.int64(), "integer": pa.int64(), "number": pa.float64(), "money": pa.int64(),
    "flag": pa.bool_(), "text": pa.string(), "date": pa.timestamp("us"),
    "timestamp": pa.timestamp("us"),
}  # fmt: skip
NUMBERS = ("id", "integer", "number", "money")
STAMPS = {"date": "D", "timestamp": "s"}
MISSING = np.iinfo("int64").min


def content_digest(stored: pa.Table, table: Table) -> str:
    """Return the sha256 of a stored table's names, kinds and values, whatever file it came from."""
    digest = hashlib.sha256()
    for column in table.columns:
        digest.update(f"{column.in_file}:{column.kind}:{stored.num_rows}\n".encode())
        for part in _canonical(stored[column.in_file].combine_chunks(), column):
            digest.update(part)
    return digest.hexdigest()


def _canonical(values, column):
    """The bytes of a column: numbers as whole little-endian int64, text as lengths and UTF-8."""
    if column.kind == "text":
        return _canonical_text(values)
    if column.kind == "number":
        scaled = values.to_numpy(zero_copy_only=False) * 10.0**column.decimals
        values = pa.array(np.rint(scaled), from_pandas=True)
    whole = pc.fill_null(values.cast(pa.int64()), MISSING)
    return [_little_endian(whole)]


def _canonical_text(values):
    lengths = pc.fill_null(pc.cast(pc.binary_length(values), pa.int64()), -1)
    full = pc.fill_null(values, "").cast(pa.string())
    _, places, data = full.buffers()
    if not len(full) or data is None:
        return [_little_endian(lengths), b""]
    # A slice shares the bytes of the whole: its own lie between its first and its last place.
    places = np.frombuffer(places, "<i4")[full.offset : full.offset + len(full) + 1]
    return [_little_endian(lengths), memoryview(data)[places[0] : places[-1]]]


def _little_endian(numbers):
    return np.ascontiguousarray(numbers.to_numpy(zero_copy_only=False), dtype="<i8")


def whole_digest(pieces: list) -> str:
    """Return the digest of a table from the (rows, content digest) of its blocks in order.

    A table of one block has the digest of its content. Empty blocks count for nothing, blocks that
    cannot be read (0, "") do count.
    """
    digests = [digest for rows, digest in pieces if rows or not digest]
    if len(digests) > 1:
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()
    return digests[0] if digests else pieces[0][1]


def as_stored(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Turn a made table (money in cents) into the Arrow table that a file would give."""
    columns = {column.in_file: pa.array(frame[column.in_file], ARROW[column.kind], from_pandas=True)
               for column in table.columns}  # fmt: skip
    return pa.table(columns)


def in_memory(stored: pa.Table, table: Table) -> pd.DataFrame:
    """Turn a stored table into the table that a reader works with: money in currency."""
    frame = stored.select([column.in_file for column in table.columns]).to_pandas()
    for column in table.columns:
        if column.kind == "money":
            frame[column.in_file] = frame[column.in_file] / 100
    return frame.set_axis(list(table.names), axis=1)


def to_csv(frame: pd.DataFrame, table: Table) -> bytes:
    """Return the table as CSV; one with Chinese in it begins with a BOM, so that Excel shows it."""
    columns = {column.in_file: _as_text(frame[column.in_file], column) for column in table.columns}
    text = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _as_text(values, column):
    if column.kind in NUMBERS and not column.decimals:
        return values.round().astype("Int64")  # 2, not 2.0, also beside what is missing
    if column.kind not in STAMPS:
        return values
    text = pd.Series(np.datetime_as_string(values.to_numpy(), unit=STAMPS[column.kind]))
    return text.where(values.notna().to_numpy()).str.replace("T", " ")


def read_csv(path: Path, table: Table) -> pa.Table:
    """Read a stored table with its declared types; raises ValueError for a foreign file."""
    return pa.concat_tables(read_csv_by_pieces(path, table))


def read_csv_by_pieces(path: Path, table: Table) -> Iterator[pa.Table]:
    """Yield a stored table as `read_csv` would read it, piece by piece, the first one empty."""
    from pyarrow import csv

    types = {column.in_file: ARROW[column.kind] for column in table.columns}
    options = csv.ConvertOptions(
        column_types=types, include_columns=list(types), strings_can_be_null=True, null_values=[""]
    )
    try:
        reader = csv.open_csv(path, convert_options=options)
    except KeyError as error:  # Arrow's word for a column that is not there
        raise ValueError(*error.args) from error
    yield reader.schema.empty_table()
    yield from (pa.Table.from_batches([batch]) for batch in reader)


def make_folder(path: Path):
    """Make a folder and those above it, or say why not."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error


def check_new(folder: Path):
    """Refuse a folder with anything in it that a listing shows."""
    strangers = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    if strangers:
        raise ValueError(
            f"{folder} must be new or empty, got a folder with {', '.join(strangers[:3])}. "
            f"Choose another folder."
        )


def write_whole(path: Path, content: bytes):
    """Write a file whole or not at all: a full or read-only disk leaves what was there before."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> OSError:
    """Return the error that says which path a disk refused, and what to do."""
    return type(error)(
        f"{path} must be writable, got {error.strerror or error}. "
        f"Make room or choose another folder; what was there is unchanged."
    )
