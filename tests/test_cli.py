import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

import crm_course
from crm_course import cli, doctor, teaching, workspace

ROOT = Path(__file__).parent.parent
OK = doctor.Check("OK", "Python 3.11 or newer", "3.11.7")
WARN = doctor.Check("WARN", "Chinese font for figures", "none", "Install one.")
FAIL = doctor.Check("FAIL", "data as delivered", "orders differs", "Run: crm-course data make")


def run(*words):
    return CliRunner().invoke(cli.app, words)


def shell(*words, cwd=ROOT, **kwargs):
    command = [sys.executable, "-m", "crm_course.cli", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **kwargs)


def test_version_is_that_of_the_package():
    assert run("version").output.strip() == crm_course.__version__


def test_doctor_shows_every_check(monkeypatch):
    monkeypatch.setattr(doctor, "report", lambda: [OK, WARN, FAIL])
    assert run("doctor").output.splitlines() == [str(OK), str(WARN), str(FAIL)]


@pytest.mark.parametrize(("checks", "code"), [([OK], 0), ([OK, WARN], 0), ([OK, FAIL, WARN], 1)])
def test_doctor_exits_with_one_only_where_a_check_failed(checks, code, monkeypatch):
    monkeypatch.setattr(doctor, "report", lambda: checks)
    assert run("doctor").exit_code == code


@pytest.fixture
def quiet_lab(monkeypatch, tmp_path):
    """`lab` on an empty course folder that only notes what JupyterLab would be told."""
    opened = []
    monkeypatch.setattr(cli, "open_lab", lambda work, extra: opened.append((work, extra)))
    monkeypatch.setattr(workspace, "course_folder", lambda: tmp_path)
    monkeypatch.setattr(doctor, "quick", lambda: [OK])
    return opened


def test_lab_fills_work_and_opens_it_with_the_options_of_jupyterlab(quiet_lab, tmp_path):
    run("lab", "--no-browser", "--port", "9000")
    assert quiet_lab == [(tmp_path / "work", ["--no-browser", "--port", "9000"])]
    assert (tmp_path / "work/README.md").exists()


def test_lab_without_a_server_only_fills_work(quiet_lab, tmp_path):
    run("lab", "--no-server")
    assert quiet_lab == []
    assert (tmp_path / "work/README.md").exists()


def test_lab_shows_what_failed_and_nothing_else_of_the_doctor(quiet_lab, monkeypatch):
    monkeypatch.setattr(doctor, "quick", lambda: [OK, FAIL])
    lines = run("lab").output.splitlines()
    assert lines[0] == str(FAIL)
    assert str(OK) not in lines


def test_update_says_what_it_laid_out(quiet_lab):
    assert run("update").output == "1 new, 0 renewed, 0 laid beside yours.\n"


def test_progress_is_told_and_forgotten(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path))
    (tmp_path / "progress.jsonl").write_text('{"exercise": "0.1", "outcome": "right"}\n')
    assert re.match(r"1 of \d+ exercises and questions solved", run("progress").output)
    assert run("progress", "--forget").output.startswith("0 of")


def test_jupyterlab_listens_on_this_machine_only_and_opens_the_start_page():
    told = cli.lab_arguments(Path("course/work"), ["--no-browser"])
    assert "--ServerApp.ip=127.0.0.1" in told
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in told
    assert told[-1] == "--no-browser"


def test_an_expected_fault_is_one_line_and_no_traceback():
    result = shell("data", "describe", "custmers")
    assert result.returncode == 1
    assert "custmers" in result.stderr and "Traceback" not in result.stderr


def test_a_class_list_that_is_no_utf_8_says_how_to_save_it(tmp_path):
    (tmp_path / "class.csv").write_text("id\nJosé\n", encoding="cp1252")
    with pytest.raises(ValueError, match="class.csv must be text in UTF-8, got .* CSV UTF-8"):
        teaching._ids(tmp_path / "class.csv")


def test_building_without_the_tools_says_which_command_brings_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "authoring.build", None)
    monkeypatch.delattr("authoring.build", raising=False)
    with pytest.raises(ValueError, match=r"must be installed for building.*-e \"\.\[dev\]\""):
        CliRunner().invoke(cli.app, ["build"], catch_exceptions=False)


def test_importing_the_package_loads_neither_pandas_nor_matplotlib():
    heavy = "{'numpy', 'pandas', 'matplotlib', 'scipy', 'ipywidgets'} & set(sys.modules)"
    code = f"import sys, crm_course; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_itself_starts_without_pandas():
    code = "import sys, crm_course.cli; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def unpacked(tmp_path):
    """The course as it comes out of a ZIP: no git, no environment, a folder name with a space."""
    left_out = (".git", ".venv", "work", "build", "dist", ".*_cache", "tests", "docs")
    ignore = shutil.ignore_patterns(*left_out)
    return shutil.copytree(ROOT, tmp_path / "crm course", ignore=ignore)


def test_a_zip_without_git_fills_its_own_work(unpacked):
    result = shell("lab", "--no-server", cwd=unpacked)
    assert result.returncode == 0, result.stderr
    assert f"Copied into {unpacked / 'work'}" in result.stdout


@pytest.fixture
def server(unpacked, tmp_path):
    """JupyterLab as `crm-course lab` starts it: the address that it prints."""
    home = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    command = [sys.executable, "-m", "crm_course.cli", "lab", "--no-browser", "--port", "9123"]
    place = {"cwd": unpacked, "env": os.environ | home, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **place) as process:
        said = (re.search(r"http://127\.0\.0\.1:\S+", line) for line in process.stderr)
        yield getattr(next(filter(None, said), None), "group", str)()
        process.terminate()


def status(url, seconds=20):
    """The status that a server answers with, as soon as it answers at all."""
    for _ in range(10 * seconds):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:
            time.sleep(0.1)
    return None


def test_lab_opens_the_start_page_and_asks_for_a_token(server):
    assert "/lab/tree/00_start_here.ipynb?token=" in server
    page = server.replace("/lab/tree/", "/api/contents/")
    assert status(page.split("?")[0]) == 403
    assert status(page) == 200
