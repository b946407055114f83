"""A reader's own file: read as text with row numbers, or refused with the way to mend it.

And the way back: a table as a file that a spreadsheet opens and that does nothing there.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

SHOWN = 3  # examples per problem
LONGEST = 60  # signs of a row that are shown
FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # a text that begins so may be run by a spreadsheet
UTF_16 = "Save it as 'CSV UTF-8', or give pd.read_csv(path, encoding='utf-16')"
MAGIC = {
    b"PK\x03\x04": ("an Excel file", "Save it as 'CSV UTF-8'"),
    b"\xd0\xcf\x11\xe0": ("an Excel file", "Save it as 'CSV UTF-8'"),
    b"PAR1": ("a Parquet file", "Give pd.read_parquet(path)"),
    b"\x1f\x8b": ("a gzip file", "Give pd.read_csv(path)"),
    b"\xff\xfe": ("a UTF-16 file", UTF_16),
    b"\xfe\xff": ("a UTF-16 file", UTF_16),
}


@dataclass
class Source:
    """A table as it was given: columns by position, their names, and the number of each row."""

    label: str
    names: list
    frame: pd.DataFrame
    rows: np.ndarray
    problems: list = field(default_factory=list)

    def complain(self, thing, rule, wrong=None, values=None, advice=""):
        """Note a problem; `wrong` marks the rows and `values` are shown for the first few."""
        got = _examples(values[wrong], self.rows[wrong]) if wrong is not None else values
        self.problems.append(f"{thing} {rule}, got {got}. {advice}.")


def open_source(path_or_frame) -> Source:
    """Return a CSV file or a DataFrame as text and row numbers; refuse what is neither."""
    if isinstance(path_or_frame, pd.DataFrame):
        frame = path_or_frame.set_axis(range(path_or_frame.shape[1]), axis=1)
        source = Source("the table", list(path_or_frame.columns), frame.reset_index(drop=True),
                        path_or_frame.index.to_numpy())  # fmt: skip
    elif isinstance(path_or_frame, (str, Path)):
        source = _read(Path(path_or_frame))
    else:
        raise TypeError(
            f"The data must be a path or a DataFrame, got {type(path_or_frame).__name__}. "
            f"Make one with pd.DataFrame(...)."
        )
    if not len(source.frame) and not source.problems:
        raise ValueError(
            f"{source.label} must have rows, got none. Check that it is the right one."
        )
    return source


def _read(path):
    """Read a CSV file as text, every record with its row number."""
    _check_file(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            header = [name.strip() for name in next(csv.reader(file), [])]
        _check_header(path, header)
        records = _read_records(path, header)
    except (UnicodeDecodeError, pa.ArrowInvalid) as error:
        row = _first_row_not_utf8(path)
        if row is None:
            raise ValueError(
                f"{path.name} must be a CSV file, got: {error}. Save it as 'CSV UTF-8'."
            ) from error
        raise ValueError(
            f"{path.name} must be UTF-8, got other bytes in row {row}. Save it as 'CSV "
            f"UTF-8', or give pd.read_csv(path, encoding='gb18030' or 'cp1252')."
        ) from error
    return records


def _check_file(path):
    if path.is_dir():
        raise FileNotFoundError(f"{path} must be a file, got a folder. Name the file in it.")
    if not path.is_file():
        near = (
            sorted(each.name for each in path.parent.glob("*.csv"))[:5]
            if path.parent.is_dir()
            else []
        )
        raise FileNotFoundError(
            f"{path} must be a file, got nothing there. "
            f"{path.parent} has: {', '.join(near) or 'no CSV file'}."
        )
    with open(path, "rb") as file:
        start = file.read(4)
    if not start:
        raise ValueError(
            f"{path.name} must have rows, got an empty file. Check that it is the right one."
        )
    for magic, (kind, advice) in MAGIC.items():
        if start.startswith(magic):
            raise ValueError(f"{path.name} must be a CSV file, got {kind}. {advice}.")


def _check_header(path, header):
    if not any(header):
        raise ValueError(
            f"{path.name} must begin with the names of its columns, got an empty row. "
            f"Delete what stands above them."
        )
    for mark in (";", "\t", "|"):
        if sum(name.count(mark) for name in header) >= len(header):
            numbers = ", with decimal=',', thousands='.' if it writes 1.250,50" * (mark == ";")
            raise ValueError(
                f"{path.name} must be separated by commas, got {mark!r}. "
                f"Give pd.read_csv(path, sep={mark!r}){numbers}."
            )


def _read_records(path, header):
    from pyarrow import csv as arrow

    ragged = []
    names = [str(position) for position in range(len(header))]
    table = arrow.read_csv(
        path,
        arrow.ReadOptions(column_names=names, skip_rows_after_names=1, use_threads=False),
        arrow.ParseOptions(newlines_in_values=True, ignore_empty_lines=False,
                           invalid_row_handler=lambda row: ragged.append(row) or "skip"),
        arrow.ConvertOptions(column_types={name: pa.string() for name in names},
                             strings_can_be_null=True, null_values=[""]),
    )  # fmt: skip
    frame = table.to_pandas().set_axis(range(len(header)), axis=1)
    skipped = np.array([row.number for row in ragged], dtype=int)
    rows = np.delete(np.arange(2, len(frame) + len(skipped) + 2), skipped - 2)
    blank = frame.isna().all(axis=1).to_numpy()
    source = Source(path.name, header, frame[~blank].reset_index(drop=True), rows[~blank])
    for cells in sorted({row.actual_columns for row in ragged}):
        _complain_of_cells(source, [row for row in ragged if row.actual_columns == cells])
    return source


def _complain_of_cells(source, ragged):
    """Note rows that have all the same wrong number of cells."""
    cells, wanted = ragged[0].actual_columns, ragged[0].expected_columns
    texts = pd.Series([row.text[:LONGEST] for row in ragged])
    shown = _examples(texts, np.array([row.number for row in ragged]))
    advice = "Quote cells with commas" if cells > wanted else "Fill or delete them"
    if len(ragged) > len(source.frame):
        advice = "Delete what stands above the header, and commas at the ends of rows"
    source.complain("rows", f"must have {wanted} cells", values=f"{cells}: {shown}", advice=advice)


def _first_row_not_utf8(path):
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _examples(values, rows):
    shown = [f"{'nothing' if pd.isna(value) else repr(value)} in row {row}"
             for value, row in zip(values[:SHOWN], rows[:SHOWN], strict=False)]  # fmt: skip
    more = len(values) - SHOWN
    others = (
        f" and {more:,} more (rows {', '.join(map(str, rows[SHOWN : SHOWN + 10]))}"
        if more > 0
        else ""
    )
    return ", ".join(shown) + (others + (", ...)" if more > 10 else ")") if others else "")


def write_table(table: pd.DataFrame, path) -> Path:
    """Write a table as CSV for a spreadsheet, whole or not at all, and return its path.

    path: ends in .csv; a file that is there is replaced. UTF-8 with the mark by which Excel knows
    it, so that Chinese survives; texts are made `harmless`. Raises OSError where nothing can be
    written, and what was there is unchanged.
    """
    from crm_course.datagen.files import write_whole

    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise ValueError(f"path must end in .csv, got {path.name!r}. Write {path.stem}.csv.")
    plain = table.map(harmless).set_axis([harmless(name) for name in table.columns], axis=1)
    content = plain.to_csv(index=False, lineterminator="\n")
    write_whole(path, ("\ufeff" + content).encode())
    return path


def harmless(text):
    """Return a text that no spreadsheet takes for a formula; what is no text is left as it is.

    >>> harmless("=1+1"), harmless("Ambit"), harmless(-3)
    ("'=1+1", 'Ambit', -3)
    """
    risky = isinstance(text, str) and text.lstrip(" ")[:1] in FORMULA
    return f"'{text}" if risky else text
