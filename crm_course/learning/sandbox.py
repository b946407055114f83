"""Run a submission in a process of its own and bring back its answers as data.

The process has limits of time and memory everywhere; where the system allows it, as most Linux
systems do, it also has no network, sees no other process's end, writes into its own folder only
and reads nothing but Python, the course and that folder. `promises()` says what holds here.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from crm_course.learning.submissions import only_shows

COURSE = Path(__file__).resolve().parent.parent.parent
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PATHEXT")  # the rest is the instructor's own
OWN_NAMESPACES = ("unshare", "-U", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
LARGEST = 20_000_000  # bytes of answers that are read
START = 30  # seconds a kernel may take to start on a busy machine


@dataclass(frozen=True)
class Limits:
    """What a submission may use. seconds: all its cells together; memory_mb: one process."""

    seconds: float = 180
    cell_seconds: float = 60
    memory_mb: int = 4096


@dataclass(frozen=True)
class Run:
    """What came of a run: answers as data, errors by cell, whether it came to its end."""

    answers: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)  # {number of the cell: "NameError: ..."}
    end: str = "lost"  # done, stopped (time), died (memory, exit), lost (no word at all)
    closed: bool = False  # whether files outside its folder were closed to it


def run(submission, limits, calls=None):
    """Run the cells of a Submission -> Run; never raises for anything that they do.

    calls: {"21.5": the calls of a function that is asked for, as functions.packed gives them}.
    """
    with tempfile.TemporaryDirectory(prefix="crm-", ignore_cleanup_errors=True) as place:
        home = Path(place) / "home"
        (home / "tmp").mkdir(parents=True)
        _copy_fonts(home)
        told = Path(place) / "told"
        with told.open("wb") as out:
            job = _job(submission, limits, home) | {"calls": calls or {}}
            _until_the_end(_command(), job, _environment(home), out, limits.seconds + 2 * START)
        with told.open("rb") as lines:
            return _read(lines.read(LARGEST))


def _job(submission, limits, home):
    return {
        "cells": [None if only_shows(source) else source for source in submission.cells],
        "names": submission.names,
        "limits": asdict(limits),
        "home": str(home),
        "readable": [str(COURSE / "crm_course"), str(COURSE / "datasets"), *_packages()],
    }


def _command():
    inside = (sys.executable, str(Path(__file__).with_name("sandbox_inside.py")))
    return [*(OWN_NAMESPACES if has_namespaces() else ()), *inside]


def _environment(home):
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    folders = ("HOME", "USERPROFILE", "CRM_COURSE_HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    kept |= dict.fromkeys(folders, str(home)) | dict.fromkeys(threads, "1")
    return kept | {
        "TMPDIR": str(home / "tmp"),
        "TEMP": str(home / "tmp"),
        "MPLCONFIGDIR": str(home),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "JUPYTER_RUNTIME_DIR": str(home),
        "PYTHONPATH": os.pathsep.join([str(COURSE), *_packages()]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _packages():
    """Return where packages lie; those of a user are found from a home that the child has not."""
    return [each for each in sys.path if each.endswith("-packages")]


def _copy_fonts(home):
    """Spare each submission the search for fonts, which takes seconds."""
    import matplotlib

    for each in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy(each, home)


def _until_the_end(command, job, environment, out, seconds):
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=job["home"],
        start_new_session=True,
    ) as process:
        try:
            process.communicate(json.dumps(job).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _kill(process)


def _kill(process):
    """End the process and those that it started in its group."""
    process.kill()  # of namespaces of its own, all ends with the first
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def _read(told):
    """Make a Run of the lines that were told before the end, whatever they are."""
    answers, errors, end, closed = {}, {}, "lost", False
    for line in told.splitlines():
        try:
            event = json.loads(line)
            answers |= event.get("answers", {})
            errors |= {int(cell): str(text)[:300] for cell, text in event.get("errors", {}).items()}
            end, closed = event.get("end", end), event.get("closed", closed)
        except (ValueError, TypeError, AttributeError, RecursionError):  # cut off, or made up
            continue
    return Run(answers, errors, str(end), bool(closed))


@cache
def has_namespaces():
    """Whether processes without network and with an end of their own can be made here."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run([*OWN_NAMESPACES, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def promises():
    """Return in a sentence what holds on this machine."""
    from crm_course.learning import sandbox_inside

    network = "no network" if has_namespaces() else "the network OPEN"
    closed = sandbox_inside.can_close_files()
    files = "no other files" if closed else "the files of this account OPEN"
    return f"Each submission runs with limits of time and memory, {network}, {files}."
