import os
import signal
import sys
import time

import pytest

from authoring import warm

pytestmark = pytest.mark.skipif(not warm.IS_POSSIBLE, reason="a fork is not safe here")

LOOK = """\
import os, sys
print(os.getcwd(), sys.argv[1:], os.environ["ASKED"])
print("pandas" in sys.modules, "crm_course" in sys.modules)
print(len(os.listdir(f"/proc/{os.getppid()}/task")), "thread")
sys.exit(3)
"""
SLEEP = "import time; time.sleep(60)"
START_ANOTHER = f"""\
import os, sys
from authoring import warm
open("sleeping.py", "w").write("{SLEEP}")
command = ["-m", "sleeping"]
fork = warm.Process(command, env=dict(os.environ), cwd=os.getcwd(), stdout=sys.stdout)
print(fork.pid, flush=True)
fork.wait()
"""


@pytest.fixture
def start(tmp_path):
    """Start a module with this text in a fork, which prints to the file `said`."""

    def start(text):
        (tmp_path / "asked.py").write_text(text, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "ASKED": "yes"}
        command = [sys.executable, "-m", "asked", "a word"]
        with (tmp_path / "said").open("w") as said:
            return warm.Process(command, env=environment, cwd=tmp_path, stdout=said)

    return start


def test_a_fork_is_a_new_python_in_all_but_imports(start, tmp_path):
    assert start(LOOK).wait() == 3
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert said == [f"{tmp_path} ['a word'] yes", "True False", "1 thread"]


def test_a_fork_that_is_killed_has_not_succeeded(start):
    fork = start(SLEEP)
    assert fork.poll() is None
    fork.send_signal(signal.SIGKILL)
    assert fork.wait() == fork.poll() == -signal.SIGKILL


def test_a_fork_does_not_outlive_the_one_that_started_it(start, tmp_path):
    first = start(START_ANOTHER)
    while first.poll() is None and not (second := (tmp_path / "said").read_text(encoding="utf-8")):
        time.sleep(0.1)
    os.kill(int(second), 0)
    first.send_signal(signal.SIGKILL)
    first.wait()
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.kill(int(second), 0)
            time.sleep(0.1)
