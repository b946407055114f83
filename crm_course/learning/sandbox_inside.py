"""The process around one submission: limits, a kernel, cell after cell, and what it answers.

Started by sandbox.py as a script, so that nothing of the course is imported; gets its job as JSON
and tells line by line what happened, so that what was reached before a kill is known.
"""

import ctypes
import json
import os
import queue
import subprocess
import sys
import time
from pathlib import Path

HANDED_IN = Path(__file__).with_name("handed_in.py")
PATIENCE = 2.0  # seconds that an interrupted cell has to stop
START = 30.0  # and that the course's own code may take on a busy machine
POLL = 0.2
LARGEST_FILE = 64_000_000
FUNCTION = {"kind": "function"}
LATE = {"kind": "error", "type": "TimeoutError", "text": "it did not end in time"}
# numbers of the Linux kernel's Landlock interface
CREATE, ADD, RESTRICT, NO_NEW_PRIVILEGES, BENEATH = 444, 445, 446, 38, 1
READ_FILE, READ_DIR, EXECUTE = 1 << 2, 1 << 3, 1 << 0
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/dev", "/opt")


def main():
    """Do the job on standard input."""
    job = json.load(sys.stdin)
    limit(job["limits"])
    tell(closed=close_files(job["home"], job["readable"]))
    kernel = Kernel(job["home"])
    try:
        tell(end=run(kernel, job))
    finally:
        kernel.stop()


def tell(**event):
    """Write one line for the grader."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def run(kernel, job):
    """Run the cells in their order; return how it ended."""
    limits = job["limits"]
    deadline = time.monotonic() + limits["seconds"]
    answers = Answers(kernel, job, deadline)
    for number, source in enumerate(job["cells"]):
        if not source or not source.strip():
            continue
        left = min(limits["cell_seconds"], deadline - time.monotonic())
        problem = kernel.execute(source, left) if left > 0 else "Timeout: no time was left"
        if problem:
            tell(errors={number: problem})
        if kernel.lost:
            return kernel.lost
        if any(name in source for name in job["names"].values()):
            answers.collect(number)
        if kernel.lost:
            return kernel.lost
    answers.collect()
    return kernel.lost or "done"


class Answers:
    """Brings the answers out of the kernel, and calls functions in it where one is asked for."""

    def __init__(self, kernel, job, deadline):
        self.kernel, self.calls, self.deadline = kernel, job["calls"], deadline
        self.seconds, self.settled = job["limits"]["cell_seconds"], set()
        self.last = {id: _last_with(job["names"][id], job["cells"]) for id in self.calls}
        source = HANDED_IN.read_text(encoding="utf-8")
        kernel.execute(
            f"__handed_in = {{'__name__': 'handed_in'}}\nexec({source!r}, __handed_in)", START
        )
        # held in the defaults of functions, as a cell may delete or redefine any name
        held = f"j=__import__('json').dumps, n={job['names']!r}"
        kernel.execute(
            f"def __answers({held}, c=__handed_in['collected'], e=__handed_in['encoded']): "
            "return j(c(globals(), n, e))\n"
            f"def __results(id, {held}, c=__handed_in['called'], k={self.calls!r}): "
            "return j({id: c(globals()[n[id]], k[id])})",
            START,
        )

    def collect(self, number=None):
        """Tell the answers after a cell, or at the end; a function is called after its last cell.

        One that failed there, as it may need what comes later, is called again at the end.
        """
        self.kernel.execute("", START, "__answers()")
        told = self.kernel.told
        made = [id for id in self.calls if told.get(id) == FUNCTION]
        tell(answers={id: each for id, each in told.items() if id not in made})
        for id in made:
            if number == self.last[id] or (number is None and id not in self.settled):
                self.call(id)

    def call(self, id):
        """Call a function on all of its inputs, and tell what it returned."""
        left = min(self.seconds, self.deadline - time.monotonic())
        if self.kernel.lost or left <= 0:
            return
        tell(answers={id: {**FUNCTION, "results": [LATE]}})  # until more is known
        problem = self.kernel.execute("", left, f"__results({id!r})")
        if self.kernel.told:
            tell(answers=self.kernel.told)
        if problem or not _stopped(self.kernel.told.get(id)):
            self.settled.add(id)


def _last_with(name, cells):
    """Return the number of the last cell that has a name in it, None without any."""
    return max((at for at, source in enumerate(cells) if source and name in source), default=None)


def _stopped(told):
    try:
        return told["results"][-1]["kind"] == "error"
    except (TypeError, LookupError):  # made up
        return False


class Kernel:
    """A Jupyter kernel whose outputs nobody listens to: a flood of them goes nowhere."""

    def __init__(self, home):
        from jupyter_client import KernelManager

        self.lost, self.told = "", {}
        # through files and not ports, as there is no network, not even one to itself
        transport = {"transport": "ipc"} if os.name == "posix" else {}
        self.manager = KernelManager(
            connection_file=f"{home}/k.json", shutdown_wait_time=0.5, **transport
        )
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.manager.start_kernel(cwd=home, **quiet)
        self.client = self.manager.blocking_client()
        self.client.start_channels(iopub=False, stdin=False, hb=False)

    def stop(self):
        """End the kernel at once."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def execute(self, source, seconds, expression=None):
        """Run a cell -> its error as a text, or "" -> sets .lost where the kernel is gone."""
        self.told = {}
        asked = {"user_expressions": {"answers": expression}} if expression else {}
        sent = self.client.execute(source, allow_stdin=False, stop_on_error=False, **asked)
        reply = self._reply(sent, seconds)
        if reply is None and self.lost:
            return f"Kernel: {self.lost}"
        if reply is None:
            return self._interrupted(sent, seconds)
        self.told = _told(reply)
        if reply["status"] != "error":
            return ""
        return f"{reply.get('ename', 'Error')}: {str(reply.get('evalue', ''))[:200]}"

    def _interrupted(self, sent, seconds):
        self.manager.interrupt_kernel()
        reply = self._reply(sent, PATIENCE)
        self.told = _told(reply) if reply else {}
        if reply is None:
            self.lost = self.lost or "stopped"
        return f"Timeout: stopped after {seconds:.0f} s"

    def _reply(self, sent, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                message = self.client.get_shell_msg(timeout=POLL)
            except queue.Empty:
                if not self.manager.is_alive():
                    self.lost = "died"
                    return None
                continue
            if message["parent_header"].get("msg_id") == sent:
                return message["content"]
        return None


def _told(reply):
    """Return the answers of a reply; {} where they cannot be read."""
    try:
        shown = reply["user_expressions"]["answers"]["data"]["text/plain"]
        import ast

        return dict(json.loads(ast.literal_eval(shown)))
    except (KeyError, TypeError, ValueError, SyntaxError, MemoryError, RecursionError):
        return {}


# --- limits


def limit(limits):
    """Limit time, memory and the size of files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the grader remains
        return
    seconds, memory = int(limits["seconds"]) + 30, limits["memory_mb"] * 2**20
    wanted = {"RLIMIT_CPU": seconds, "RLIMIT_AS": memory, "RLIMIT_FSIZE": LARGEST_FILE,
              "RLIMIT_CORE": 0}  # fmt: skip
    for name, most in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError):  # macOS has no limit of memory
            continue


def can_close_files():
    """Whether this system can close files to a process (Landlock, Linux 5.13 and later)."""
    return sys.platform == "linux" and _version() >= 1


def close_files(home, readable):
    """Leave this process and its children only their folder to write, and little to read."""
    if not can_close_files():
        return False
    rights = (1 << {1: 13, 2: 14}.get(_version(), 15)) - 1
    ruleset = _call(CREATE, ctypes.byref(ctypes.c_uint64(rights)), ctypes.c_size_t(8), 0)
    reading = READ_FILE | READ_DIR | EXECUTE
    _allow(ruleset, "/", READ_DIR)
    for path in {*SYSTEM, sys.prefix, sys.base_prefix, *readable}:
        _allow(ruleset, path, reading)
    _allow(ruleset, home, rights)
    _allow(ruleset, "/dev/null", reading | 1 << 1, folder=False)
    _allow(ruleset, "/dev/shm", rights)
    ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return _call(RESTRICT, ruleset, 0) == 0


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def _allow(ruleset, path, rights, *, folder=True):
    if not os.path.exists(path):
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rights = rights if folder else rights & ~READ_DIR
    _call(ADD, ruleset, BENEATH, ctypes.byref(_Beneath(rights, opened)), 0)
    os.close(opened)


def _version():
    return _call(CREATE, None, ctypes.c_size_t(0), 1)


def _call(number, *arguments):
    return ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)


if __name__ == "__main__":
    main()
