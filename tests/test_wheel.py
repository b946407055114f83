import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of the course, opened, and the names in it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def tracked(folder, pattern):
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_sample_and_its_digests_travel_in_the_wheel(wheel):
    sample = {f"crm_course/_{name}" for name in tracked("datasets", "*")}
    assert "crm_course/_datasets/digests.json" in sample
    assert sample <= set(wheel.namelist())


@pytest.mark.parametrize("pattern", ["*.py", "*.yaml", "*.md", "*.mo", "*.json", "*.csv", "*.txt"])
def test_every_file_of_the_package_travels(wheel, pattern):
    assert tracked("crm_course", pattern) <= set(wheel.namelist())


def test_nothing_but_the_package_and_the_settings_of_jupyterlab_travels(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.startswith("crm_course")} == set()


def test_an_installed_course_without_a_checkout_finds_its_data(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = "from crm_course import datasets; print(len(datasets.load('customers')))"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "8000", result.stderr
