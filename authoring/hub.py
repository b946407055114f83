"""A hub of the classroom that runs, and students without a browser: for tests and for bench."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from authoring.lesson import ROOT

PASSWORD = "a-word-for-the-test"
PROXY = ROOT / "build/hub/node_modules/.bin/configurable-http-proxy"
CONFIG = "docs/classroom/jupyterhub_config.py"


class Hub:
    """Its address, the folder of students' folders, its process."""

    def __init__(self, address, homes, pid):
        self.address, self.homes, self.pid = address, homes, pid

    def file(self, student, path):
        """Return where a file of a student's work/ lies."""
        return self.homes / student / "work" / path


@contextmanager
def running(home):
    """Run the hub with its state in the folder home; with it end the proxy and all servers."""
    port = _three_ports()
    env = dict(
        os.environ,
        HOME=str(home),
        CRM_COURSE_PASSWORD=PASSWORD,
        CRM_COURSE_PORT=str(port),
        CRM_COURSE_HOMES=str(home / "homes"),
    )
    command = [sys.executable, "-m", "jupyterhub", "-f", CONFIG]
    log = home / "hub.log"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=stream, stderr=stream)
        try:
            _wait_for(f"http://127.0.0.1:{port}/hub/api", server, log)
            yield Hub(f"http://127.0.0.1:{port}", home / "homes", server.pid)
        finally:
            server.terminate()
            server.wait(60)


def _three_ports():
    """Return a port of loopback of which the next two are free as well."""
    while True:
        first = _free(0)
        if first and _free(first + 1) and _free(first + 2):
            return first


def _free(port):
    """Return the port (any for 0) if nobody holds it, else None."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return None
        return probe.getsockname()[1]


def _wait_for(address, server, log):
    start = time.monotonic()
    while server.poll() is None and time.monotonic() - start < 90:
        try:
            return urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the hub must answer within 90 s. Its log:\n{log.read_text()}")


def wait_until(holds, seconds=180):
    """Ask twice a second until it holds; TimeoutError after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"what is waited for must come within {seconds} s. Read the log.")
        time.sleep(0.5)


class Student:
    """Somebody without a browser: logs in, starts the server and a kernel, and runs code."""

    def __init__(self, hub, name):
        import requests

        self.session, self.name, self.address = requests.Session(), name, hub.address
        self._log_in()
        self.url = f"{hub.address}/user/{name}"
        wait_until(self._is_in)
        marks = {"X-XSRFToken": self.session.cookies.get("_xsrf", path=f"/user/{name}/")}
        kernel = self.session.post(f"{self.url}/api/kernels", json={}, headers=marks)
        kernel.raise_for_status()
        self.kernel = kernel.json()["id"]

    def _log_in(self):
        login = f"{self.address}/hub/login"
        self.session.get(login)
        form = {
            "username": self.name,
            "password": PASSWORD,
            "_xsrf": self.session.cookies.get("_xsrf", path="/hub/"),
        }
        self.session.post(login, data=form, params={"next": f"/hub/spawn/{self.name}"})

    def _is_in(self):
        page = self.session.get(f"{self.url}/lab")  # leads through the hub, and back with a key
        return page.ok and page.url.startswith(self.url)

    def runs(self, code):
        """Run code in the kernel -> what it printed, or the name of its error."""
        import websocket

        cookies = "; ".join(f"{each.name}={each.value}" for each in self.session.cookies)
        url = f"{self.url.replace('http', 'ws', 1)}/api/kernels/{self.kernel}/channels"
        line = websocket.create_connection(url, cookie=cookies, timeout=120)
        try:
            asked = _asked(code)
            line.send(json.dumps(asked))
            return _heard(line, asked["header"]["msg_id"])
        finally:
            line.close()


def _asked(code):
    header = {"msg_id": secrets.token_hex(8), "username": "", "session": secrets.token_hex(8),
              "msg_type": "execute_request", "version": "5.3"}  # fmt: skip
    content = {"code": code, "silent": False, "store_history": False, "user_expressions": {},
               "allow_stdin": False}  # fmt: skip
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content,
            "channel": "shell", "buffers": []}  # fmt: skip


def _heard(line, asked):
    """Listen to what concerns one request, until its reply and all that it printed are there."""
    said, ended, error = "", set(), None
    while not ended >= {"execute_reply", "idle"}:
        message = json.loads(line.recv())
        if message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            said += content["text"]
        elif kind == "execute_reply":
            error = content.get("ename")
        ended |= {kind, content.get("execution_state") if kind == "status" else None}
    return error or said.strip()
