"""How IPython runs while notebooks are built and checked: no history file, no network."""

import sys

HERE = (None, "", "localhost", "127.0.0.1", "::1", b"localhost")


def _refuse_the_network(event, args):
    address = {"socket.connect": lambda: args[1], "socket.getaddrinfo": lambda: args[:2]}.get(event)
    host = address() if address else None
    if isinstance(host, tuple) and host[0] not in HERE:
        raise OSError(f"a notebook must run without the network, got a call to {host[0]}.")


sys.addaudithook(_refuse_the_network)
config = get_config()  # noqa: F821 - IPython provides it
config.HistoryManager.hist_file = ":memory:"
config.IPKernelApp.log_level = "ERROR"  # a kernel warns about TCP every time it starts
