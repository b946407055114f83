"""One process at a time in a folder; the lock of a killed process is gone with it."""

import errno
import os
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from . import files

PAUSE = 0.2  # seconds between two tries where a lock cannot be waited for
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
        return _wait_on_windows(file, say)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(TEXT)
        fcntl.flock(file, fcntl.LOCK_EX)


def _wait_on_windows(file, say):
    if not _is_locked_on_windows(file):
        say(TEXT)
        while not _is_locked_on_windows(file):
            time.sleep(PAUSE)


def _is_locked_on_windows(file):
    """Try once; whether it is ours now. Raises OSError where the disk has no locks."""
    import msvcrt

    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EDEADLOCK):
            raise
        return False
    return True
