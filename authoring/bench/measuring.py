"""Several ways to do one thing, each in a process of its own, measured in turns.

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


def compare(ways, *arguments):
    """Measure {name: (prepare, run)} -> {name: {"seconds", "cpu", "mib", "result"}}.

    seconds, cpu: medians of five, by the clock and of the processor; mib: peak above what was
    there before, or None; result: what run returned
    """
    with ExitStack() as stack:
        workers = {name: _Worker(stack, *way, *arguments) for name, way in ways.items()}
        for _ in range(ROUNDS):
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
        return medians | {"mib": self.rounds[-1]["mib"], "result": self.result}


def _work(prepare, run, *arguments):
    given, run = _function(prepare)(*arguments), _function(run)
    print(json.dumps({"result": run(given)}), flush=True)
    before = _forget_peak()
    for _ in sys.stdin:
        gc.collect()
        clock, cpu = time.perf_counter(), time.process_time()
        run(given)
        took = {"seconds": time.perf_counter() - clock, "cpu": time.process_time() - cpu}
        peak = _status("VmHWM")
        mib = None if before is None or peak is None else peak - before
        print(json.dumps(took | {"mib": mib}), flush=True)


def _function(name):
    module, function = name.split(":")
    return getattr(importlib.import_module(module), function)


def _forget_peak():
    """Set the peak back to what is in use now, and return that; None where it cannot be done."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return None
    return _status("VmRSS")


def _status(name):
    """Return one figure of this process in MiB (Linux), or None."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), None)


if __name__ == "__main__":
    _work(*sys.argv[1:])
