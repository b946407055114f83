"""Engines by name, the answers to questions, and what an engine's own errors mean."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

import ibis
import pandas as pd

from crm_course.datagen.files import make_folder

BACKENDS = ("duckdb", "spark")
JAVA = 17
NO_ROOM = re.compile("No space left|failed to offload|max_temp_directory_size", re.IGNORECASE)
UNREADABLE = re.compile(r"((?:[A-Z]:)?[\\/](?![\\/])[^\"'\n]*?\.parquet)")


def connect(backend: str = "duckdb", *, memory: str = "2GB", spill=None):
    """Start an engine on this machine and return it: a connection of Ibis.

    backend: 'duckdb', or 'spark' (the extra [spark] and Java 17); memory: what it may use, in MB
    or GB; spill: the folder for what does not fit (None: the system's temporary folder)
    `.disconnect()` ends it. Spark on a cluster: give your session to `ibis.pyspark.connect`.
    Raises ValueError for an unknown backend or amount of memory, ModuleNotFoundError for a missing
    package, RuntimeError without Java, OSError for a folder that cannot be written.

    >>> connect("duckdb").name
    'duckdb'
    """
    if backend not in BACKENDS:
        raise ValueError(f"backend must be 'duckdb' or 'spark', got {backend!r}. Choose one.")
    if not re.fullmatch(r"[1-9]\d*(MB|GB)", str(memory)):
        raise ValueError(f"memory must be whole MB or GB, got {memory!r}. Write '2GB'.")
    folder = Path(spill or tempfile.gettempdir())
    make_folder(folder)
    if not os.access(folder, os.W_OK):
        raise PermissionError(
            f"{folder} must be writable, got a folder that is not. Choose another: spill=..."
        )
    return _duckdb(memory, folder) if backend == "duckdb" else _spark(memory, folder)


def _duckdb(memory, folder):
    return ibis.duckdb.connect(
        memory_limit=memory,
        temp_directory=str(folder / f"crm-course-spill-{os.getpid()}"),  # made when needed
        preserve_insertion_order=False,
    )


def _spark(memory, folder):
    _check_java()
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "The backend spark needs the package pyspark, got no such package. "
            'Install it with: pip install "crm-course[spark]"'
        ) from error
    cores = os.cpu_count() or 1
    settings = {
        "spark.master": f"local[{cores}]",
        "spark.driver.memory": memory.removesuffix("B").lower(),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder),
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.shuffle.partitions": str(4 * cores),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # not the python3 of the system
    builder = SparkSession.builder.appName("crm-course")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with quiet():
        return ibis.pyspark.connect(builder.getOrCreate())


def _check_java():
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr if java else ""
    found = re.search(r'version "(\d+)', said)
    if not found or int(found[1]) < JAVA:
        raise RuntimeError(
            f"Java must be {JAVA} or newer for Spark, got {found[1] if found else 'none'}. Install "
            f"OpenJDK {JAVA} (Debian, Ubuntu: openjdk-{JAVA}-jre-headless; conda: openjdk={JAVA}) "
            "and let JAVA_HOME name it, or use the backend 'duckdb', which needs no Java."
        )


def collect(question: ibis.Table) -> pd.DataFrame:
    """Let the engine answer a question: return the rows of a table of Ibis, in the course's types.

    Raises OSError where the engine has no room to spill, ValueError for a file it cannot read.

    >>> collect(ibis.range(3).unnest().name("purchases").as_table())["purchases"].tolist()
    [0, 1, 2]
    """
    try:
        with quiet():
            return question.to_pyarrow().to_pandas()
    except Exception as error:
        explained = _explained(str(error))
        if explained is None:
            raise
        raise explained from error


@contextmanager
def quiet():
    """Leave out what Ibis, DuckDB and Spark say about each other's and pandas' newer releases."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
        yield


def _explained(text):
    """The course's error for what an engine says, or None."""
    if NO_ROOM.search(text):
        return OSError(
            f"The spill folder must have room for what memory does not hold, got: "
            f"{text.splitlines()[0]}. Make room, or choose another: connect(spill=..., memory=...)."
        )
    if found := UNREADABLE.search(text):
        return ValueError(
            f"{found[1]} must be a whole Parquet file, got: {text.splitlines()[0]}. "
            "Restore it, or take it out of the folder."
        )
    return None


def content_digest(table: pd.DataFrame) -> str:
    """Return the sha256 of a table's names, types and values, every bit of a number included.

    >>> half = pd.DataFrame({"rate": [0.5]})
    >>> content_digest(half) == content_digest(half + 1e-16), content_digest(half)[:8]
    (False, '16bc2537')
    """
    types = table.dtypes.astype("str").to_dict()
    return hashlib.sha256(f"{types}\n{table.to_csv(index=False)}".encode()).hexdigest()
