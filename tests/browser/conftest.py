"""JupyterLab in a real browser: one server and one Chromium for all chapters."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from crm_course import workspace

COURSE = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
TOKEN = "a-token-for-the-test"
WAIT = 90_000  # milliseconds, on a busy machine


def pytest_collection_modifyitems(items):
    """Without Chromium the browser tests are left out, but never where CI=true."""
    if chromium() is None and os.environ.get("CI") != "true":
        skip = pytest.mark.skip(reason="needs Chromium: apt-get install chromium")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(skip)


def chromium():
    """Return the path of an installed Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """A reader's folder, filled from the committed notebooks as `crm-course lab` does it."""
    course = tmp_path_factory.mktemp("course")
    for shelf in ("notebooks", "exercises"):
        shutil.copytree(COURSE / shelf, course / shelf)
    workspace.fill(course)
    return course / "work"


@pytest.fixture(scope="session")
def lab(work, tmp_path_factory):
    """The address of a JupyterLab server on loopback, with settings of its own."""
    home = tmp_path_factory.mktemp("home")
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    quiet = json.dumps({"fetchNews": "false", "checkForUpdates": False})
    (settings / "notification.jupyterlab-settings").write_text(quiet, encoding="utf-8")
    env = dict(
        os.environ,
        HOME=str(home),
        CRM_COURSE_HOME=str(home / "course"),
        JUPYTERLAB_SETTINGS_DIR=str(home / "settings"),
        JUPYTERLAB_WORKSPACES_DIR=str(home / "workspaces"),
    )
    port = _free_port()
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={work}", "--allow-root",
    ]  # fmt: skip
    log = home / "lab.log"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(command, env=env, stdout=stream, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def chapter(lab, browser):
    """A function that opens a chapter in JupyterLab and returns it, its kernel waiting."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield lambda path: _opened(page, lab, path)
    page.close()


def _opened(page, lab, path):
    from playwright.sync_api import expect

    page.goto(f"{lab}/lab/tree/{path}?token={TOKEN}&reset")
    notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(notebook).to_be_visible(timeout=WAIT)
    idle = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(idle).to_be_visible(timeout=WAIT)
    return notebook


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address, server, log):
    start = time.monotonic()
    while server.poll() is None and time.monotonic() - start < 90:
        try:
            return urllib.request.urlopen(f"{address}/api/status?token={TOKEN}", timeout=2)
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab must answer within 90 s. Its log:\n{log.read_text()}")
