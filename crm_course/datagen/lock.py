"""One process at a time in a folder; the lock of a killed process is gone with it."""

import os
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from . import files

TEXT = "Another process is making the same world. Waiting for it."


@contextmanager
def alone(folder: Path, say: Callable = lambda text: None):
    """Hold the folder (made if missing) until the block ends; wait for whoever holds it.

    say: told once if there is somebody to wait for. A disk without locks (some network drives)
    is used without one: blocks are whole all the same, only made twice.
    """
    file = _acquired(folder / "lock", say)
    try:
        yield
    finally:
        file.close()


def _acquired(path, say):
    while True:
        files.make_folder(path.parent)
        file = _opened(path)
        with suppress(OSError):
            _wait(file, say)
        if _is_still_there(file, path):
            return file
        file.close()


def _opened(path):
    try:
        return open(path, "w", encoding="utf-8")
    except OSError as error:
        raise files.not_written(path, error) from error


def _is_still_there(file, path):
    """Whether the lock is not the one of a folder that its owner has cleared meanwhile."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False


def _wait(file, say):
    try:
        import fcntl
    except ImportError:
        return _wait_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(TEXT)
        fcntl.flock(file, fcntl.LOCK_EX)


def _wait_on_windows(file):
    import msvcrt

    while True:
        # LK_LOCK tries for ten seconds, then raises.
        with suppress(OSError):
            return msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
