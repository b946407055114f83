"""A world on disk: the same for any workers, whole or not at all, resumed where it was killed."""

import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crm_course import datasets, schema
from crm_course.datagen import files, formats, lock, making, manifest, parts, world
from crm_course.datagen.making import make_world, verify_world
from crm_course.datagen.recipe import Recipe
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.streams import BLOCK

SMALL, TWO_BLOCKS = Recipe(400), Recipe(BLOCK + 400)
FEW = ("truth_customers", "truth_parameters")
DIGESTS = json.loads((datasets.folder() / "digests.json").read_text(encoding="utf-8"))
SCRIPT = """if True:
    import sys
    from crm_course.datagen.making import make_world
    from crm_course.datagen.recipe import Recipe

    if __name__ == "__main__":
        make_world(sys.argv[1], Recipe(int(sys.argv[2])), tables=tuple(sys.argv[3:]))
"""


def digests(where):
    return {name: digest for name, _, digest, ok in verify_world(where) if ok}


def start(where, recipe, tables=FEW, **environment):
    """Start another process that makes the world."""
    command = [sys.executable, "-c", SCRIPT, str(where), str(recipe.customers), *tables]
    return subprocess.Popen(command, env=os.environ | environment)


def listing(where):
    return sorted(path.name for path in where.iterdir())


@pytest.fixture(scope="module")
def two_blocks(tmp_path_factory):
    """The world of two blocks, made in one process in its usual order."""
    where = tmp_path_factory.mktemp("two")
    make_world(where, TWO_BLOCKS, tables=FEW)
    return where


# --- the same digests


def test_csv_files_of_the_sample_are_those_of_the_course_byte_for_byte(tmp_path):
    make_world(tmp_path, Recipe(8_000), form="csv")
    assert digests(tmp_path) == DIGESTS
    for path in tmp_path.glob("*.csv"):
        assert path.read_bytes() == (datasets.folder() / path.name).read_bytes()


def test_a_database_of_the_sample_has_the_digests_of_the_sample(tmp_path):
    make_world(tmp_path, Recipe(8_000), form="duckdb")
    assert digests(tmp_path) == DIGESTS


@pytest.mark.parametrize("form", ["csv", "duckdb"])
def test_two_blocks_have_the_same_digests_in_every_format(form, two_blocks, tmp_path):
    make_world(tmp_path, TWO_BLOCKS, tables=FEW, form=form)
    assert digests(tmp_path) == digests(two_blocks)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The digests of all tables of two blocks, made in one process in their usual order."""
    where = tmp_path_factory.mktemp("whole")
    make_world(where, TWO_BLOCKS)
    return digests(where)


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_change_no_digest(workers, whole, tmp_path):
    make_world(tmp_path, TWO_BLOCKS, workers=workers)
    assert digests(tmp_path) == whole and len(whole) == len(schema.TABLES)


def test_the_order_of_the_blocks_changes_no_digest(whole, tmp_path, monkeypatch):
    in_order = making._tasks
    monkeypatch.setattr(making, "_tasks", lambda *args: [*in_order(*args)][::-1])
    make_world(tmp_path, TWO_BLOCKS)
    assert digests(tmp_path) == whole


def test_a_place_with_other_habits_gives_the_same_digests(tmp_path):
    make_world(tmp_path / "here", SMALL)
    elsewhere = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    assert start(tmp_path / "there", SMALL, tuple(schema.TABLES), **elsewhere).wait() == 0
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


def test_a_simpler_processor_gives_the_same_digests(tmp_path):
    umath = np._core._multiarray_umath
    used = [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__[name]]
    simpler = {"NPY_DISABLE_CPU_FEATURES": " ".join(used)}
    if exponentials() == exponentials(**simpler):
        pytest.skip("this processor has one way to compute only")
    make_world(tmp_path / "here", SMALL)
    assert start(tmp_path / "there", SMALL, tuple(schema.TABLES), **simpler).wait() == 0
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


def exponentials(**environment):
    """What another process makes of exp and log: their last digits are the processor's."""
    script = """if True:
        import sys, numpy as np
        x = np.linspace(1e-3, 9, 10_000)
        sys.stdout.buffer.write(np.exp(x).tobytes() + np.log(x).tobytes())
    """
    command = [sys.executable, "-c", script]
    return subprocess.check_output(command, env=os.environ | environment)


def test_a_table_can_be_added_to_a_world_without_touching_the_others(tmp_path):
    make_world(tmp_path, SMALL, tables=("customers",))
    before = parts.part(tmp_path / "customers.parquet", 0).stat().st_mtime_ns
    made = make_world(tmp_path, SMALL, tables=("customers", "orders"))
    assert [path.name for path in made] == ["orders.parquet"]
    assert parts.part(tmp_path / "customers.parquet", 0).stat().st_mtime_ns == before


def test_another_scenario_is_another_world(tmp_path):
    make_world(tmp_path / "null", Recipe(400, scenario=Scenario.null()), tables=("panel",))
    make_world(tmp_path / "full", SMALL, tables=("panel",))
    assert digests(tmp_path / "null") != digests(tmp_path / "full")


# --- whole or not at all


def test_a_finished_world_holds_nothing_unfinished(two_blocks):
    assert listing(two_blocks) == ["manifest.json", *(f"{name}.parquet" for name in FEW)]


def test_a_table_without_customers_is_one_block(two_blocks):
    blocks = {name: len(parts.parts(two_blocks / f"{name}.parquet")) for name in FEW}
    assert blocks == {"truth_customers": 2, "truth_parameters": 1}


def test_what_is_finished_is_not_made_again(two_blocks, monkeypatch):
    monkeypatch.setattr(world, "make_block", None)
    assert make_world(two_blocks, TWO_BLOCKS, tables=FEW) == []


class Stopped(Exception):
    """Stands for a run that ends in the middle."""


@pytest.fixture
def stopped(tmp_path, monkeypatch):
    """A world whose making was stopped after its first block."""
    write_part, written = parts.write_part, []

    def write_one(folder, recipe, name, block):
        if written:
            raise Stopped
        written.append(write_part(folder, recipe, name, block))

    with monkeypatch.context() as patch:
        patch.setattr(parts, "write_part", write_one)
        with pytest.raises(Stopped):
            make_world(tmp_path, TWO_BLOCKS, tables=("truth_customers",))
    return tmp_path


def test_a_stopped_run_leaves_no_table_under_its_name(stopped):
    assert not (stopped / "truth_customers.parquet").exists()
    assert digests(stopped) == {}


def test_a_block_of_a_world_whose_manifest_is_gone_is_made_again(stopped, tmp_path_factory):
    clean = tmp_path_factory.mktemp("clean")
    other = Recipe(TWO_BLOCKS.customers, seed=1)
    (stopped / manifest.NAME).unlink()
    make_world(stopped, other, tables=("truth_customers",))
    make_world(clean, other, tables=("truth_customers",))
    assert digests(stopped) == digests(clean)


def test_the_next_run_keeps_the_finished_block(stopped, two_blocks):
    first = parts.part(stopped / making.UNFINISHED / "truth_customers.parquet", 0)
    before = first.stat().st_mtime_ns
    make_world(stopped, TWO_BLOCKS, tables=FEW)
    assert parts.part(stopped / "truth_customers.parquet", 0).stat().st_mtime_ns == before
    assert digests(stopped) == digests(two_blocks)


@pytest.mark.parametrize("damage", [lambda good: good[:100], lambda good: b"", lambda good: good])
def test_a_half_written_block_is_made_again(damage, stopped, two_blocks):
    first = parts.part(stopped / making.UNFINISHED / "truth_customers.parquet", 0)
    first.write_bytes(damage(first.read_bytes()))
    (first.parent / ".part-00000.parquet.1").write_bytes(b"half")
    (stopped / ".manifest.json.abc").write_bytes(b"half")
    make_world(stopped, TWO_BLOCKS, tables=FEW)
    assert digests(stopped) == digests(two_blocks)
    assert listing(stopped) == listing(two_blocks)
    assert len(listing(stopped / "truth_customers.parquet")) == 2


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("blocks", [0, 1, 2])
def test_killed_at_any_moment_the_world_is_finished_by_the_next_run(blocks, tmp_path):
    recipe, tables = Recipe(3 * BLOCK), ("truth_customers", "customers")
    process = start(tmp_path, recipe, tables)
    while process.poll() is None and len([*tmp_path.rglob("part-*.parquet")]) < blocks:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = [name for name in tables if (tmp_path / f"{name}.parquet").exists()]
    assert set(finished) <= set(digests(tmp_path)) if manifest.read(tmp_path) else not finished
    make_world(tmp_path, recipe, tables=tables)
    assert list(digests(tmp_path)) == list(manifest.read(tmp_path)["tables"])
    assert listing(tmp_path) == ["customers.parquet", "manifest.json", "truth_customers.parquet"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_worker_is_said_and_what_is_finished_is_kept(tmp_path, two_blocks, monkeypatch):
    def kill(waiting):
        for worker in multiprocessing.active_children():
            worker.kill()
        return ()

    with monkeypatch.context() as patch:
        patch.setattr(making, "_done_here", kill)
        with pytest.raises(ChildProcessError, match="Make it again with fewer workers"):
            make_world(tmp_path, TWO_BLOCKS, tables=FEW, workers=2)
    make_world(tmp_path, TWO_BLOCKS, tables=FEW, workers=2)
    assert digests(tmp_path) == digests(two_blocks)


def test_with_workers_this_process_does_what_no_other_has_begun():
    done = Future()
    done.set_result(None)
    waiting = {done: None, Future(): ((), None, (), 0), Future(): ((), None, (), 1)}
    assert [*making._done_here(waiting)] == [None, None]
    assert [future.cancelled() for future in waiting] == [False, True, True]


def test_two_processes_may_make_the_same_world_at_once(tmp_path, two_blocks):
    both = [start(tmp_path, TWO_BLOCKS), start(tmp_path, TWO_BLOCKS)]
    assert [process.wait() for process in both] == [0, 0]
    assert digests(tmp_path) == digests(two_blocks)
    assert listing(tmp_path) == listing(two_blocks)


def test_two_processes_may_need_the_same_tier_at_once(tmp_path):
    ask = """from crm_course import datasets
print(len(datasets.load("truth_customers", tier="course", truth=True)))"""
    environment = os.environ | {"CRM_COURSE_HOME": str(tmp_path)}
    both = [subprocess.Popen([sys.executable, "-c", ask], env=environment, stdout=subprocess.PIPE)
            for _ in range(2)]  # fmt: skip
    assert [process.communicate()[0].strip() for process in both] == [b"100000", b"100000"]
    (where,) = (tmp_path / "data").iterdir()
    assert listing(where) == ["manifest.json", "truth_customers.parquet"]


def test_whoever_has_to_wait_is_told_once(tmp_path):
    said = []
    with lock.alone(tmp_path):
        process = subprocess.Popen(
            [sys.executable, "-c", f"""if True:
                from pathlib import Path
                from crm_course.datagen.lock import alone
                with alone(Path({str(tmp_path)!r}), print): pass
            """], stdout=subprocess.PIPE, text=True)  # fmt: skip
        said.append(process.stdout.readline())
    said.append(process.communicate()[0])
    assert said == [f"{lock.TEXT}\n", ""] and process.returncode == 0


class Msvcrt:
    """Stands for the locks of Windows: taken twice, then free; or none on this disk."""

    LK_NBLCK = 2

    def __init__(self, *errors):
        self.errors = list(errors)

    def locking(self, *_):
        if self.errors:
            raise OSError(self.errors.pop(0), "")


@pytest.mark.parametrize(
    ("errors", "said"),
    [((), []), ((errno.EACCES, errno.EDEADLOCK), [lock.TEXT]), ((errno.EINVAL,), [])],
)
def test_whoever_has_to_wait_on_windows_is_told_once(errors, said, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt(*errors))
    told = []
    with lock.alone(tmp_path, told.append):
        assert told == said


# --- what is refused


def test_a_folder_of_another_world_is_refused_with_what_differs(two_blocks):
    with pytest.raises(ValueError, match="got one with other customers, seed. Choose another"):
        make_world(two_blocks, Recipe(400, seed=1), tables=FEW)


def test_a_folder_of_another_format_is_refused(two_blocks):
    with pytest.raises(ValueError, match="got one with other format"):
        make_world(two_blocks, TWO_BLOCKS, tables=FEW, form="csv")


def test_a_folder_with_files_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="must be new or empty, got a folder with thesis.docx"):
        make_world(tmp_path, SMALL)
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "mine"
    assert listing(tmp_path) == ["thesis.docx"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tables": ("order",)}, "one of customers, .*orders.*got 'order'"),
        ({"form": "xlsx"}, "one of parquet, csv, duckdb, got 'xlsx'"),
        ({"workers": 0}, "number of workers must be from 1 to 62, got 0"),
    ],
)
def test_an_impossible_order_is_refused_before_anything_is_written(change, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        make_world(tmp_path / "new", SMALL, **change)
    assert not (tmp_path / "new").exists()


def test_a_full_disk_is_said_and_what_is_finished_is_kept(stopped, two_blocks, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(parts.pq, "write_table", full)
        with pytest.raises(OSError, match="parquet must be writable, got No space left"):
            make_world(stopped, TWO_BLOCKS, tables=FEW)
    make_world(stopped, TWO_BLOCKS, tables=FEW)
    assert digests(stopped) == digests(two_blocks)


def test_a_disk_that_is_full_at_last_is_said_too(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "to_csv", full)
        with pytest.raises(OSError, match=r"csv must be writable, got No space left"):
            make_world(tmp_path, SMALL, tables=FEW, form="csv")
    assert not [*tmp_path.glob("*.csv")]
    make_world(tmp_path, SMALL, tables=FEW, form="csv")
    assert list(digests(tmp_path)) == list(FEW)


def test_a_read_only_disk_is_said(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(lock, "open", refused, raising=False)
    with pytest.raises(OSError, match="lock must be writable, got Read-only file system"):
        make_world(tmp_path, SMALL, tables=FEW)


def test_a_table_asked_for_twice_is_made_once(tmp_path):
    made = make_world(tmp_path, SMALL, tables=("stations", "stations"))
    assert [path.name for path in made] == ["stations.parquet"]
    assert make_world(tmp_path, SMALL, tables=("stations", "stations")) == []


@pytest.mark.parametrize("form", making.FORMATS)
def test_a_folder_may_have_any_name(form, tmp_path):
    where = tmp_path / "seed=3 [1] it's"
    make_world(where, SMALL, tables=FEW, form=form)
    assert list(digests(where)) == list(FEW)


def test_a_disk_that_a_database_fills_is_said(tmp_path, monkeypatch):
    def full(*_, **__):
        raise duckdb.TransactionException("Failed to commit: no space left")

    monkeypatch.setattr(duckdb, "connect", full)
    with pytest.raises(OSError, match="lanting.duckdb must be writable, got Failed to commit"):
        make_world(tmp_path, SMALL, tables=FEW, form="duckdb")


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="taken must be writable, got File exists. Make room"):
        make_world(tmp_path / "taken", SMALL)


def test_a_folder_of_blocks_that_cannot_be_made_is_said_once(tmp_path):
    (tmp_path / "customers.parquet").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="customers.parquet must be writable, got File exists. Make"):
        parts.write_part(tmp_path / "customers.parquet", SMALL, "customers", 0)


# --- what was changed afterwards


@pytest.mark.parametrize("form", making.FORMATS)
def test_a_changed_table_is_named_and_made_again(form, tmp_path):
    make_world(tmp_path, SMALL, tables=FEW, form=form)
    path = formats._path(tmp_path, "truth_customers", form)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_bytes(path.read_bytes()[:50])
    assert "truth_customers" not in digests(tmp_path)
    make_world(tmp_path, SMALL, tables=FEW, form=form)
    assert list(digests(tmp_path)) == list(FEW)


def test_a_manifest_that_cannot_be_read_is_named(two_blocks, tmp_path):
    shutil.copytree(two_blocks, tmp_path / "copy")
    (tmp_path / "copy/manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="manifest of a made world, got Expecting.*or delete this"):
        make_world(tmp_path / "copy", TWO_BLOCKS, tables=FEW)


@pytest.mark.parametrize("content", ['["a list"]', '{"name": "a web app"}'])
def test_a_manifest_of_something_else_is_refused(content, tmp_path):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="manifest of a made world, got something else"):
        make_world(tmp_path, SMALL)
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == content
    assert listing(tmp_path) == ["manifest.json"]


def test_empty_blocks_leave_a_digest_as_it_is():
    assert files.whole_digest([(3, "ab"), (0, "cd")]) == "ab"
    assert files.whole_digest([(3, "ab"), (1, "cd")]) != files.whole_digest([(1, "cd"), (3, "ab")])


def test_an_empty_block_that_cannot_be_read_is_made_again(tmp_path):
    recipe, tables = Recipe(BLOCK + 1), ("stage_log",)  # the last customer is of another unit
    make_world(tmp_path, recipe, tables=tables)
    empty = parts.part(tmp_path / "stage_log.parquet", 1)
    assert parts.noted(empty)[0] == 0
    empty.write_bytes(b"damaged")
    assert digests(tmp_path) == {}
    make_world(tmp_path, recipe, tables=tables)
    assert [*digests(tmp_path)] == ["stage_log"] and parts.read(empty.parent).num_rows > 0


def test_a_block_with_text_in_place_of_numbers_is_not_whole(two_blocks, tmp_path):
    table = pa.table({"customer_id": ["one"], "satisfaction": ["high"]})
    pq.write_table(table, tmp_path / "part-00000.parquet")
    assert parts.found(tmp_path / "part-00000.parquet", "truth_customers") == (0, "")
