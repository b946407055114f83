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


@pytest.fixture(scope="session")
def reader(lab, browser):
    reader = Reader(lab, browser.new_page(viewport={"width": 1280, "height": 900}))
    yield reader
    reader.page.close()


@pytest.fixture
def chapter(reader, request):
    """A function that opens a chapter in JupyterLab and returns it, its kernel waiting."""
    failed = request.session.testsfailed
    yield reader.opens
    if request.session.testsfailed == failed:
        reader.closes()


class Reader:
    """Somebody who goes from chapter to chapter on one page, each with a kernel of its own."""

    def __init__(self, lab, page):
        self.lab, self.page = lab, page
        self.is_free = False  # nothing is open: false until JupyterLab starts, and after a failure

    def opens(self, path):
        """Open a chapter -> its place on the page, its kernel waiting."""
        if not self.is_free:
            self._starts()
        self.is_free = False
        from_menu(self.page, "File", "Open from Path")
        self.page.get_by_role("dialog").get_by_role("textbox").fill(path)
        self.page.keyboard.press("Enter")
        return chapter_of(self.page)

    def closes(self):
        """Close the chapter unsaved, and shut down its kernel."""
        from_menu(self.page, "File", "Close and Shut Down Notebook")
        self.page.get_by_role("dialog").get_by_role("button", name="Ok").click()
        self.page.locator(".jp-NotebookPanel").wait_for(state="detached", timeout=WAIT)
        self.is_free = True

    def _starts(self):
        """Start JupyterLab with nothing open, and no kernel left."""
        key = {"Authorization": f"token {TOKEN}"}
        kernels = f"{self.lab}/api/kernels"
        for kernel in self.page.request.get(kernels, headers=key).json():
            self.page.request.delete(f"{kernels}/{kernel['id']}", headers=key)
        self.page.goto(f"{self.lab}/lab?token={TOKEN}&reset")


def chapter_of(page):
    """Return the chapter that is open on a page, once its kernel waits.

    `wait_for` only looks; `expect` would describe the whole page each time it looks too early.
    """
    notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    notebook.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Python 3 (ipykernel) | Idle").wait_for(timeout=WAIT)
    return notebook


def from_menu(page, menu, item):
    """Choose what JupyterLab's menu holds under these names."""
    page.get_by_role("menuitem", name=menu, exact=True).click(timeout=WAIT)
    page.get_by_role("menuitem", name=item).click()


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
