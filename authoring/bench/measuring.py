"""Several ways to do one thing, each in a process of its own, measured in turns.

What a process has started counts as its own: Spark is a Java beside Python.

    python -W ignore -m authoring.bench.measuring PREPARE RUN [ARGUMENT ...]

PREPARE and RUN are written module:function. PREPARE(*arguments) makes what RUN is given. Neither
importing nor preparing nor a first run are measured. Then RUN runs once for every line that comes
in. Taking turns, all ways see the same load of the machine: their ratios hold on a busy one too.
"""

import ctypes
import gc
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 5
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def compare(ways, *arguments, rounds=ROUNDS):
    """Measure {name: (prepare, run)} -> {name: {"seconds", "cpu", "mib", "peak", "result"}}.

    seconds, cpu: medians of five, by the clock and of the processor; mib: peak above what was
    there before; peak: all of it (None where neither is known); result: what run returned
    """
    with ExitStack() as stack:
        workers = {name: _Worker(stack, *way, *arguments) for name, way in ways.items()}
        for _ in range(rounds):
            for worker in workers.values():
                worker.run()
    return {name: worker.summary() for name, worker in workers.items()}


class _Worker:
    def __init__(self, stack, *arguments):
        command = [sys.executable, "-W", "ignore", "-m", __name__, *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | ONE_THREAD, **pipes)
        self.process = stack.enter_context(process)
        self.result = self._answer()["result"]
        self.rounds = []

    def _answer(self):
        line = next((line for line in self.process.stdout if line.startswith("{")), None)
        if line is None:
            way = " ".join(self.process.args[5:])
            raise RuntimeError(f"{way} must run, got the error above. Mend it, then run again.")
        return json.loads(line)

    def run(self):
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        self.rounds.append(self._answer())

    def summary(self):
        medians = {name: statistics.median(each[name] for each in self.rounds)
                   for name in ("seconds", "cpu")}  # fmt: skip
        memory = {name: self.rounds[-1][name] for name in ("mib", "peak")}
        return medians | memory | {"result": self.result}


def _work(prepare, run, *arguments):
    given, run = _function(prepare)(*arguments), _function(run)
    print(json.dumps({"result": run(given)}), flush=True)
    before = _forget_peak()
    for _ in sys.stdin:
        gc.collect()
        clock, cpu = time.perf_counter(), _cpu()
        run(given)
        took = {"seconds": time.perf_counter() - clock, "cpu": _cpu() - cpu}
        peak = _status("VmHWM")
        mib = None if before is None or peak is None else peak - before
        print(json.dumps(took | {"mib": mib, "peak": peak}), flush=True)


def _function(name):
    module, function = name.split(":")
    return getattr(importlib.import_module(module), function)


def _forget_peak():
    """Set the peak back to what is in use now, and return that; None where it cannot be done."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        for process in _family():
            (process / "clear_refs").write_text("5")
    except OSError:
        return None
    return _status("VmRSS")


def _family():
    """Return the folders in /proc of this process and of those it has started (Linux), or none."""
    family = [Path("/proc/self")] if Path("/proc/self/task").exists() else []
    for process in family:  # grows while it is read
        for children in process.glob("task/*/children"):
            family += [Path("/proc") / child for child in _text(children).split()]
    return family


def _cpu():
    """Return the CPU seconds of this process and of those it has started."""
    fields = [_text(process / "stat").rpartition(")")[2].split() for process in _family()[1:]]
    ticks = sum(int(each[11]) + int(each[12]) for each in fields if each)
    return time.process_time() + (ticks / os.sysconf("SC_CLK_TCK") if ticks else 0)


def _status(name):
    """Return one figure of this process and those it has started in MiB (Linux), or None."""
    lines = [line for process in _family() for line in _text(process / "status").splitlines()]
    found = [int(line.split()[1]) for line in lines if line.startswith(name)]
    return sum(found) / 1024 if found else None


def _text(file):
    """Return what is in a file of /proc, nothing if the process has ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    _work(*sys.argv[1:])
