"""Files are whole or absent, and a digest knows content, not containers."""

import errno
import os

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from crm_course import schema
from crm_course.datagen import files
from crm_course.schema import Column, Table

NOTES = Table("notes", "one note", ("id",), (), (
    Column("id", "id", "number"),
    Column("text", "text", "words", optional=True),
    Column("score", "number", "points", decimals=1, optional=True),
    Column("paid", "money", "amount", "¥"),
    Column("day", "date", "day", optional=True),
))  # fmt: skip


def notes(**changed):
    good = {"id": [1, 2], "text": ["NA", None], "score": [0.1, 2.0], "paid_cents": [150, -1],
            "day": np.array(["2024-01-31", "2024-02-29"], "datetime64[us]")}  # fmt: skip
    return pd.DataFrame(good | changed)


def digest(frame):
    return files.content_digest(files.as_stored(frame, NOTES), NOTES)


def test_a_table_survives_the_file(tmp_path):
    files.write_whole(tmp_path / "notes.csv", files.to_csv(notes(), NOTES))
    stored = files.read_csv(tmp_path / "notes.csv", NOTES)
    assert files.content_digest(stored, NOTES) == digest(notes())
    assert files.in_memory(stored, NOTES)["text"].tolist()[0] == "NA"


def test_a_missing_number_or_day_survives_the_file(tmp_path):
    holes = notes(score=[np.nan, 2.0], day=np.array(["2024-01-31", "NaT"], "datetime64[us]"))
    files.write_whole(tmp_path / "notes.csv", files.to_csv(holes, NOTES))
    stored = files.read_csv(tmp_path / "notes.csv", NOTES)
    assert files.content_digest(stored, NOTES) == digest(holes) != digest(notes())
    assert files.in_memory(stored, NOTES).isna().sum().sum() == 3


def test_whole_cents_stay_whole_beside_a_gap():
    assert b",150,2024" in files.to_csv(notes(paid_cents=[150.0, np.nan]), NOTES)


def test_money_comes_back_in_currency():
    memory = files.in_memory(files.as_stored(notes(), NOTES), NOTES)
    assert memory["paid"].tolist() == [1.5, -0.01]
    assert memory.columns.tolist() == ["id", "text", "score", "paid", "day"]


@pytest.mark.parametrize(
    "changed",
    [{"id": [2, 1]}, {"text": ["N", "A"]}, {"text": ["NA", ""]}, {"score": [0.1, 2.1]},
     {"paid_cents": [150, 0]}],
)  # fmt: skip
def test_any_change_of_a_value_changes_the_digest(changed):
    assert digest(notes(**changed)) != digest(notes())


def test_a_slice_and_its_copy_have_one_digest():
    stored = files.as_stored(notes(), NOTES)
    twice = pa.concat_tables([stored, stored]).slice(2, 2)
    assert files.content_digest(twice, NOTES) == files.content_digest(stored, NOTES)


def test_noise_below_the_decimals_is_no_change():
    assert digest(notes(score=[0.1 + 1e-12, 2.0])) == digest(notes())


def test_chinese_gets_a_bom_and_english_does_not():
    assert files.to_csv(notes(text=["兰庭", "x"]), NOTES).startswith(b"\xef\xbb\xbf")
    assert files.to_csv(notes(), NOTES).startswith(b"id,text")


def test_an_empty_text_column_has_a_digest():
    assert len(digest(notes(text=pd.array([None, None], dtype="str")))) == 64


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "notes.csv"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="notes.csv must be writable, got No space left"):
        files.write_whole(path, b"after")
    assert [each.name for each in tmp_path.iterdir()] == ["notes.csv"]
    assert path.read_bytes() == b"before"


def test_a_read_only_folder_is_said(tmp_path, monkeypatch):
    def read_only(**_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files.tempfile, "mkstemp", read_only)
    with pytest.raises(PermissionError, match="must be writable, got Permission denied. Make room"):
        files.write_whole(tmp_path / "notes.csv", b"after")


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="taken must be writable, got File exists"):
        files.make_folder(tmp_path / "taken")


def test_every_table_of_the_schema_can_be_stored():
    kinds = {column.kind for table in schema.TABLES.values() for column in table.columns}
    assert kinds <= set(files.ARROW)
