"""A warm start: `python -m module ...` as a fork of a Python that has imported what takes long.

A notebook is checked by a pytest and a kernel, and most of their time would go into imports. Here
a server does these once, and forks for whoever asks: see authoring.warm_server.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys

IS_POSSIBLE = sys.platform == "linux"  # elsewhere a fork is not known, or not safe
ADDRESS = "CRM_COURSE_WARM"  # where the server is: a variable, so that a fork can ask for a fork
PYTHON = (sys.executable, "-Xfrozen_modules=off")  # as a kernel starts


class Process:
    """A fork. It is asked as a subprocess.Popen is, and ends with the process that started it."""

    stdin = stdout = stderr = returncode = None

    def __init__(self, command, *, env, cwd, stdout):
        """command: [python, ..., "-m", module, ...]; stdout: the file for all that it prints."""
        if ADDRESS not in os.environ:
            os.environ[ADDRESS] = _start_server(env)
        request = [command, {**env, ADDRESS: os.environ[ADDRESS]}, str(cwd)]
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.environ[ADDRESS])
        self._words = self._line.makefile("rw")
        socket.send_fds(self._line, [b" "], [stdout.fileno()])
        print(json.dumps(request), file=self._words, flush=True)
        self.pid = int(self._words.readline())

    def poll(self):
        """Return its exit code, None while it runs."""
        if self.returncode is None and not select.select([self._line], [], [], 0)[0]:
            return None
        return self.wait()

    def wait(self):
        """Wait for its end -> exit code, which it says itself unless it was killed."""
        if self.returncode is None:
            self.returncode = int(self._words.readline() or -signal.SIGKILL)
            self._words.close()
            self._line.close()
        return self.returncode

    def send_signal(self, number):
        """Send it a signal if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _start_server(env):
    """Start the server, which ends when its input does -> its address."""
    server = subprocess.Popen(
        [*PYTHON, "-m", "authoring.warm_server"],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # who is interrupted at the keyboard ends, and the server with it
        text=True,
    )
    atexit.register(server.communicate)
    return server.stdout.readline().strip()
