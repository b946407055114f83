"""The server of authoring.warm: it imports what takes long, then forks for whoever asks.

A fork differs from a new Python in what is imported, and in nothing else. So nothing is imported
here that looks for the kernel it is in, as ipywidgets does, and above all not `crm_course`.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import socketserver
import sys
import tempfile
import threading

BEFORE_IMPORTS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel says
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a thread would be missing in a fork
}
IMPORTED = (
    *("pytest", "nbformat", "nbval.kernel", "nbval.cover"),  # but no plugin: pytest has to do that
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger"),
    *("pandas", "pyarrow.parquet", "matplotlib.pyplot", "PIL.Image"),
    *("scipy.stats", "statsmodels.api", "sklearn.linear_model"),
)


class Server(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    """One connection is one fork."""

    block_on_close = False  # the forks end by themselves

    def service_actions(self):
        super().service_actions()
        if select.select([sys.stdin], [], [], 0)[0]:
            sys.exit()  # whoever started the server is gone


class Fork(socketserver.StreamRequestHandler):
    """It says its number and its exit code, and ends when nobody listens any more."""

    def handle(self):
        _, (output,), *_ = socket.recv_fds(self.request, 1, 1)
        command, environment, folder = json.loads(self.rfile.readline())
        os.setsid()
        self._say(os.getpid())
        threading.Thread(target=self._end_with_the_line, daemon=True).start()
        take_over(environment, folder, output)
        self._say(run(*command[command.index("-m") + 1 :]))

    def _say(self, number):
        self.wfile.write(f"{number}\n".encode())

    def _end_with_the_line(self):
        self.rfile.read()
        os.killpg(0, signal.SIGKILL)


def take_over(environment, folder, output):
    """Make of this process what a new Python would be."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[:0] = [folder, *environment["PYTHONPATH"].split(os.pathsep)]
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())


def run(module, *arguments):
    """Do what `python -m module` does -> exit code."""
    sys.argv[1:] = arguments
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.stdout.flush()


def main():
    os.environ.update(BEFORE_IMPORTS)
    for name in IMPORTED:
        importlib.import_module(name)
    gc.freeze()  # no fork has to search for garbage among what is shared
    with tempfile.TemporaryDirectory() as folder, Server(f"{folder}/socket", Fork) as server:
        print(server.server_address, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
