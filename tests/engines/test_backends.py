"""Engines by name, and errors that say what to do."""

import sys

import ibis
import pandas as pd
import pytest

from crm_course import engines
from crm_course.engines import backends

OLD_JAVA = """#!/bin/sh
echo 'openjdk version "11.0.2" 2019-01-15' >&2
"""


def test_an_unknown_backend_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="must be 'duckdb' or 'spark', got 'mysql'. Choose one"):
        engines.connect("mysql")


@pytest.mark.parametrize("memory", ["2", "0GB", "lots", 2_000_000_000, "1.5GB"])
def test_memory_is_whole_megabytes_or_gigabytes(memory):
    with pytest.raises(ValueError, match="memory must be whole MB or GB, got .* Write '2GB'"):
        engines.connect(memory=memory)


def test_a_spill_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="spill must be writable, got "):
        engines.connect(spill=tmp_path / "file" / "spill")


def test_without_java_spark_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="Java must be 17 or newer for Spark, got none. Install"):
        engines.connect("spark")


@pytest.mark.skipif(sys.platform == "win32", reason="the false Java is a shell script")
def test_an_old_java_is_refused_with_its_number(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text(OLD_JAVA)
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match="Java must be 17 or newer for Spark, got 11. Install"):
        engines.connect("spark")


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setattr(backends, "_check_java", lambda: None)
    with pytest.raises(ModuleNotFoundError, match=r"the package pyspark.*crm-course\[spark\]"):
        engines.connect("spark")


def test_without_ibis_the_engines_name_their_extra(monkeypatch):
    for name in [each for each in sys.modules if each.startswith("crm_course.engines")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ibis", None)
    with pytest.raises(ModuleNotFoundError, match=r"package ibis-framework.*crm-course\[scale\]"):
        __import__("crm_course.engines")


# --- memory and disk


@pytest.fixture
def narrow(tmp_path):
    """Return a DuckDB that may use less memory than `groups` needs."""
    engine = engines.connect(memory="64MB", spill=tmp_path)
    yield engine
    engine.disconnect()


def groups(engine):
    """Ask for as many groups as there are rows."""
    engine.raw_sql("CREATE VIEW rows AS SELECT hash(range) AS h, range AS n FROM range(3000000)")
    with backends.quiet():
        rows = engine.table("rows")
    return rows.group_by("h").agg(n=rows.n.sum()).aggregate(groups=ibis._.count())


def test_what_memory_does_not_hold_goes_to_the_disk(narrow):
    assert engines.collect(groups(narrow))["groups"].item() == 3_000_000


def test_without_room_on_the_disk_the_error_says_so(narrow):
    narrow.raw_sql("SET max_temp_directory_size = '1MB'")
    with pytest.raises(OSError, match="spill folder must have room.*spill=..., memory=..."):
        engines.collect(groups(narrow))


class Question:
    """A question that its engine cannot answer."""

    def __init__(self, text):
        self.text = text

    def to_pyarrow(self):
        raise RuntimeError(self.text)


def test_a_full_disk_under_spark_is_explained_too():
    question = Question("Job aborted.\njava.io.IOException: No space left on device\n\tat ...")
    with pytest.raises(OSError, match="spill folder must have room .* got: Job aborted"):
        engines.collect(question)


@pytest.mark.parametrize(("text", "path"), [
    ('Failed to read file "/my data/part-0.parquet": ZSTD', "/my data/part-0.parquet"),
    ("No magic bytes found in 'C:\\data\\part-0.parquet'", "C:\\data\\part-0.parquet"),
    ("Error while reading fi" + "le:///data/part-0.parquet. SQLSTATE", "/data/part-0.parquet"),
])  # fmt: skip
def test_the_file_is_found_in_what_an_engine_says(text, path):
    with pytest.raises(ValueError) as caught:
        engines.collect(Question(text))
    assert str(caught.value).startswith(f"{path} must be a whole Parquet file, got: ")


def test_any_other_error_is_passed_on_as_it_is():
    with pytest.raises(RuntimeError, match="^something else$"):
        engines.collect(Question("something else"))


# --- the digest


@pytest.mark.parametrize("other", [
    {"rate": [0.5, 0.25 + 2**-54]}, {"rates": [0.5, 0.25]}, {"rate": [0.25, 0.5]},
    {"rate": ["0.5", "0.25"]}, {"rate": [0.5, None]},
])  # fmt: skip
def test_the_digest_knows_every_bit_name_type_and_the_order(other):
    known = pd.DataFrame({"rate": [0.5, 0.25]})
    assert engines.content_digest(known) == engines.content_digest(known.copy())
    assert engines.content_digest(known) != engines.content_digest(pd.DataFrame(other))
