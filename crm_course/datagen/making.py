"""A world on disk, made block by block by any number of workers, whole or not at all.

    <folder>/manifest.json     what it is made of; rows and digest of each table
    <folder>/orders.parquet/   a finished table (or orders.csv, or lanting.duckdb)
    <folder>/.unfinished/      blocks of tables that are not finished, and the lock

A process killed at any moment leaves blocks in .unfinished; the next run keeps them. Two
processes that make the same world take turns: the second finds it finished.
"""

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import groupby
from pathlib import Path

from crm_course import schema
from crm_course.schema import auto, group, home, mobile, organization, wholesale

from . import files, formats, manifest, parts, world
from .lock import alone
from .recipe import Recipe, check_whole

FORMATS = ("parquet", "csv", "duckdb")
UNFINISHED = ".unfinished"
MOST_WORKERS = 62  # this process and 61 others, which is what Windows can wait for
PARTS = group, home, mobile, auto, wholesale, organization
PART_OF = {table.name: part.__name__ for part in PARTS for table in part.TABLES}


def make_world(
    where: Path, recipe: Recipe, *, tables: tuple = (), form: str = "parquet", workers: int = 1,
    progress: bool = False, say: Callable = lambda text: None,
) -> list:  # fmt: skip
    """Make tables of a world in a folder and return the paths of those that were not there yet.

    tables: names, () for all; form: parquet, csv or duckdb; workers: processes at work
    progress: show a bar on a terminal; say: told where another process has to be waited for
    Raises ValueError for a folder of something else, OSError where the disk is full or read-only.
    With more than one worker, a script must call this under `if __name__ == "__main__":`.
    """
    names = list(dict.fromkeys(schema.table(name).name for name in tables or schema.TABLES))
    if form not in FORMATS:
        raise ValueError(f"The format must be one of {', '.join(FORMATS)}, got {form!r}. Choose.")
    check_workers(workers)
    where = Path(where).absolute()
    files.make_folder(where)
    manifest.check(where, recipe, form)  # before there is a lock in somebody else's folder
    with alone(where / UNFINISHED, say):
        if not is_made(where):  # blocks of a world whose manifest is gone: who knows which
            _clear(where / UNFINISHED)
        there = manifest.begin(where, recipe, form)
        lacking = _lacking(where, names, there)
        _make_blocks(where / UNFINISHED, recipe, lacking, workers, progress)
        made = _finish(where, lacking, form)
        shutil.rmtree(where / UNFINISHED, ignore_errors=True)
    return made


def check_workers(workers: int):
    """Raise TypeError or ValueError unless that many processes can work."""
    check_whole("The number of workers", workers, 1, MOST_WORKERS, "Choose 1 or your cores")


def _clear(blocks):
    for folder in blocks.glob("*.parquet"):
        shutil.rmtree(folder)


def _lacking(where, names, there):
    """Tables that are not finished or not what the manifest says; all, where one file holds all."""
    wanted = [*dict.fromkeys([*names, *there["tables"]])] if there["format"] == "duckdb" else names
    lacking = [name for name in wanted if not is_finished(where, name, there)]
    return wanted if lacking and there["format"] == "duckdb" else lacking


def is_finished(where: Path, name: str, there: dict) -> bool:
    """Whether a table stands under its final name with the rows and the digest of the manifest."""
    entry = there["tables"].get(name)
    pieces = entry and formats.pieces(where, name, there["format"], entry["rows"])
    return bool(pieces) and files.whole_digest(pieces) == entry["digest"]


def _make_blocks(blocks, recipe, names, workers, progress):
    """Make every block that is not there; the tables of a unit share a task, and its lives."""
    from tqdm import tqdm

    tasks = list(_tasks(blocks, recipe, names))
    # disable=None: a bar on a terminal only.
    with tqdm(total=len(tasks), unit="block", disable=None if progress else True) as bar:
        for _ in _done(tasks, workers):
            bar.update()


def _tasks(blocks, recipe, names):
    """Yield (folder, recipe, names, block) of the work that is left."""
    for block in range(len(recipe.blocks)):
        left = [name for name in sorted(names, key=PART_OF.get) if _is_left(blocks, name, block)]
        for _, part in groupby(left, PART_OF.get):
            yield blocks, recipe, [*part], block


def _is_left(blocks, name, block):
    """Whether there is something in a block of a table that is not made yet."""
    part = parts.part(blocks / f"{name}.parquet", block)
    return not (block and world.is_once(name)) and not parts.is_whole(part, name)


def _make(task):
    blocks, recipe, names, block = task
    for name in names:
        parts.write_part(blocks / f"{name}.parquet", recipe, name, block)


def _done(tasks, workers):
    """Do the tasks, here or in other processes, and return what yields after each."""
    return map(_make, tasks) if workers == 1 or len(tasks) < 2 else _done_by(workers, tasks)


def _done_by(workers, tasks):
    """Do the tasks in this process and in others, yield after each."""
    # Spawned, not forked: the same on every system, and safe beside the threads of Arrow.
    context = multiprocessing.get_context("spawn")
    others = min(workers, len(tasks)) - 1
    with ProcessPoolExecutor(others, context, initializer=_end_with_parent) as pool:
        waiting = {pool.submit(_make, task): task for task in tasks}
        try:
            yield from _done_here(waiting)
            begun = [future for future in waiting if not future.cancelled()]
            yield from (future.result() for future in as_completed(begun))
        except BrokenProcessPool as error:
            raise ChildProcessError(
                "Every worker must stay alive, got one that was killed. Make it again with fewer "
                "workers; what is finished is kept."
            ) from error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _done_here(waiting):
    """Do what no other process has begun, the last first: others need a second to start."""
    for future, task in reversed(waiting.items()):
        if future.cancel():
            yield _make(task)


def _end_with_parent():
    """End this worker when the process that started it is gone, even if it was killed."""

    def watch():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _finish(where, names, form):
    """Note each table in the manifest, then give it its final name."""
    blocks = where / UNFINISHED
    for name in names:
        folder = blocks / f"{name}.parquet"
        parts.sweep(folder)
        manifest.note(where, name, [parts.noted(path) for path in parts.parts(folder)])
    return formats.finish(where, blocks, names, form)


def is_made(where: Path) -> bool:
    """Whether a folder holds a world made by `make_world`."""
    return (where / manifest.NAME).exists()


def verify_world(where: Path) -> list:
    """Return (name, rows, digest, ok) of every table of a made world, as the files really are."""
    there = manifest.read(where)
    return [_verified(where, name, entry, there["format"])
            for name, entry in there["tables"].items()]  # fmt: skip


def _verified(where, name, entry, form):
    pieces = formats.pieces(where, name, form, entry["rows"])
    digest = files.whole_digest(pieces) if pieces else ""
    return name, sum(rows for rows, _ in pieces), digest, digest == entry["digest"]
