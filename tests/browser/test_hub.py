"""A class on a hub: everybody at once, nobody in somebody else's folder, nothing lost."""

import os
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from authoring.hub import PASSWORD, PROXY, Student, running, wait_until

from .conftest import COURSE, WAIT, chapter_of
from .test_explorers import run_up_to
from .test_slides import NO_NETWORK

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hub")]  # one hub for all of them

CHAPTER = "00_start_here.ipynb"
STUDENTS = [f"student{number}" for number in range(1, 11)]
COUNT = "from crm_course import datasets; print(len(datasets.load('panel')))"


@pytest.fixture(scope="module")
def proxy():
    """The hub's proxy, fetched by npm if it is not there; without npm or network: left out."""
    pytest.importorskip("jupyterhub", reason="needs the extra [hub]")
    if PROXY.exists():
        return PROXY
    if shutil.which("npm") is None:
        pytest.skip("the hub needs npm once, and it is not installed")
    command = ["npm", "install", "--silent", "--prefix", "build/hub", "configurable-http-proxy@5"]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, check=False)
    if done.returncode and NO_NETWORK.search(done.stderr):
        pytest.skip(f"the hub needs the network once: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return PROXY


@pytest.fixture(scope="module")
def hub(proxy, tmp_path_factory):
    with running(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture
def desk(hub, browser):
    """A function that gives a student a browser of their own, logged in as far as the password."""
    contexts = []

    def sit_down(student):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.goto(f"{hub.address}/hub/login?next=/hub/spawn/{student}")
        page.fill("input[name=username]", student)
        page.fill("input[name=password]", PASSWORD)
        return page

    yield sit_down
    for context in contexts:
        context.close()


def log_in(page):
    page.locator("input[type=submit], button[type=submit]").first.click(no_wait_after=True)


def test_two_students_come_at_the_same_moment_and_never_meet(hub, desk):
    from playwright.sync_api import expect

    pages = {"anna": desk("anna"), "bo": desk("bo")}
    for page in pages.values():
        log_in(page)
    cells = {name: run_up_to(chapter_of(page), "explore_monday") for name, page in pages.items()}
    for steps, (name, cell) in enumerate(cells.items(), 4):
        handle = cell.locator(".noUi-handle").first
        handle.wait_for(timeout=WAIT)
        handle.focus()
        for _step in range(steps):
            pages[name].keyboard.press("ArrowRight")
    for skipped, cell in zip(("20 %", "25 %"), cells.values(), strict=True):
        expect(cell.get_by_role("status")).to_contain_text(f"riskiest {skipped}", timeout=WAIT)

    delivered = hub.file("bo", CHAPTER).read_bytes()
    pages["anna"].keyboard.press("Control+s")
    expect(pages["anna"].get_by_text("Saving completed")).to_be_visible(timeout=WAIT)
    assert b"explore_monday" in delivered == hub.file("bo", CHAPTER).read_bytes()
    theirs = f"{hub.address}/user/anna/api/contents/{CHAPTER}"
    assert pages["anna"].request.get(theirs).status == 200
    assert pages["bo"].request.get(theirs).status == 403


def test_a_server_that_was_killed_comes_back_with_the_work(hub, desk):
    page = desk("cai")
    log_in(page)
    chapter_of(page)
    mine = hub.file("cai", "mine.txt")
    mine.write_text("my own words", encoding="utf-8")
    written = hub.file("cai", CHAPTER).read_bytes() + b"\n"
    hub.file("cai", CHAPTER).write_bytes(written)
    first = server_of("cai")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: "Start" in at_home(page, hub).inner_text())
    at_home(page, hub).click()
    chapter_of(page)
    assert server_of("cai") not in (None, first)
    assert mine.read_text(encoding="utf-8") == "my own words"
    assert hub.file("cai", CHAPTER).read_bytes() == written


def at_home(page, hub):
    """The button of the hub's page that leads to the student's server, or starts one."""
    page.goto(f"{hub.address}/hub/home")
    return page.locator("#start")


def server_of(student):
    """Return the process of a student's server, or None."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if f"JUPYTERHUB_USER={student}" not in (path / "environ").read_text().split("\0"):
                continue
            if "jupyterhub.singleuser" in (path / "cmdline").read_text():
                return int(path.name)
        except (OSError, UnicodeDecodeError):  # ended, or of somebody else
            continue
    return None


def test_ten_students_log_in_and_each_reads_the_data(hub):
    with ThreadPoolExecutor(len(STUDENTS)) as pool:
        counted = list(pool.map(lambda name: Student(hub, name).runs(COUNT), STUDENTS))
    assert len(set(counted)) == 1 and int(counted[0]) > 10_000
    assert all(hub.file(name, CHAPTER).is_file() for name in STUDENTS)


def test_a_kernel_that_asks_for_too_much_is_refused_and_lives(hub):
    student = Student(hub, "dora")
    assert "MemoryError" in student.runs("import numpy; numpy.ones(3 * 2**27)")  # 3 GiB
    assert student.runs("print(1 + 1)") == "2"
