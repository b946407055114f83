import importlib.metadata
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CORE = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = [Requirement(r) for lines in PROJECT["optional-dependencies"].values() for r in lines]
LOCK = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
]
CONDA_NAMES = {
    "matplotlib-base": "matplotlib",
    "seaborn-base": "seaborn",
    "python-duckdb": "duckdb",
}
INSTALLED = ("real", "scale", "hub", "dev")  # the extras of `make test`


def ranges(requirements):
    return {canonicalize_name(each.name): each.specifier for each in requirements}


def locked(name):
    return [each for each in LOCK if canonicalize_name(each.name) == canonicalize_name(name)]


# --- environment.yml


def conda():
    lines = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    pairs = [line.partition(" ")[::2] for line in lines]
    return {CONDA_NAMES.get(name, name): SpecifierSet(spec) for name, spec in pairs}


def test_conda_names_the_packages_of_the_project_with_the_same_ranges():
    expected = {"python": SpecifierSet(PROJECT["requires-python"]), "pip": SpecifierSet()}
    assert conda() == expected | ranges(CORE)


def test_conda_installs_the_course_itself_last():
    assert CONDA["dependencies"][-1] == {"pip": ["-e .[real]"]}


def test_conda_uses_one_channel():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]


def test_every_package_of_conda_says_what_needs_it():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = re.findall(r"^  - (?!python |pip|conda-forge|nodefaults)\S+.*$", text, re.MULTILINE)
    assert len(lines) == len(CORE)
    assert all(re.search(r"  # .{8,}", line) for line in lines), lines


# --- constraints.txt


def test_the_lock_pins_every_line_to_one_version():
    assert all(re.fullmatch(r"==[^=*,]+", str(each.specifier)) for each in LOCK)


@pytest.mark.parametrize("wanted", CORE + EXTRAS, ids=lambda wanted: wanted.name)
def test_the_lock_pins_what_the_project_asks_for_within_its_range(wanted):
    versions = [str(each.specifier).removeprefix("==") for each in locked(wanted.name)]
    assert versions and all(version in wanted.specifier for version in versions)


def closure(name, extras, seen):
    """Every installed package that name asks for, directly or through others, on this machine."""
    for line in importlib.metadata.requires(name) or ():
        wanted = Requirement(line)
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key not in seen and applies(wanted, extras):
            seen.add(key)
            closure(wanted.name, wanted.extras, seen)
    return {name for name, _ in seen}


def applies(wanted, extras):
    names = extras or [""]
    return not wanted.marker or any(wanted.marker.evaluate({"extra": name}) for name in names)


def test_the_lock_covers_everything_that_an_installation_brings():
    needed = closure("crm-course", INSTALLED, set())
    assert len(needed) > 100
    assert {name for name in needed if not here(name)} == set()


def here(name):
    return [each for each in locked(name) if not each.marker or each.marker.evaluate()]


def test_this_environment_has_the_versions_of_the_lock():
    needed = closure("crm-course", INSTALLED, set())
    expected = {name: str(here(name)[0].specifier).removeprefix("==") for name in needed}
    assert {name: importlib.metadata.version(name) for name in needed} == expected


# --- nothing of this machine in any file

INDEXES = ("index" + "-url", "find" + "-links", "file" + "://", "pypi.org/" + "simple")
LOCAL = re.compile(rb"(?<![\w.+/-])/(?:work|tmp|root|home|Users)/\w")
INVENTED = {"tests/test_policy.py"}  # tests the rule with a path of nobody's
BINARY = {".png", ".mo", ".gz", ".zip", ".parquet"}


def delivered():
    """The files that are tracked; in a ZIP without git, all but what the course itself makes."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return [ROOT / name for name in listed.split("\0") if name]
    made = {".venv", "work", "build", "dist"}
    made |= {"__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}
    files = (p for p in ROOT.rglob("*") if p.is_file())
    return [p for p in files if not made & set(p.relative_to(ROOT).parts)]


def offenders(is_wrong):
    texts = [p for p in delivered() if p.exists() and p.suffix not in BINARY]
    return [str(p.relative_to(ROOT)) for p in texts if is_wrong(p.read_bytes())]


def test_no_file_names_an_index_of_packages_or_a_place_on_disk():
    assert offenders(lambda data: any(word.encode() in data for word in INDEXES)) == []


def test_no_file_holds_a_path_of_somebodys_machine():
    assert set(offenders(lambda data: LOCAL.search(data))) <= INVENTED
