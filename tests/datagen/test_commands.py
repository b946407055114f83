"""`crm-course data`: what it makes, where, and what it refuses in one line."""

import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from crm_course import cli, datasets, schema, state, tiers
from crm_course.datagen import formats, making


def run(*words):
    return CliRunner().invoke(cli.app, ["data", *map(str, words)])


@pytest.fixture
def one_table(monkeypatch):
    """Worlds of one small table, so that a command takes no time."""
    monkeypatch.setattr(schema, "TABLES", {"customers": schema.TABLES["customers"]})


# --- make


def test_make_without_a_word_restores_the_sample(monkeypatch):
    written = []
    monkeypatch.setattr(datasets, "write_sample", written.append)
    assert run("make").output == f"The sample is in {datasets.folder()}.\n"
    assert written == [None]


def test_make_writes_the_sample_where_it_is_told(monkeypatch, tmp_path):
    written = []
    monkeypatch.setattr(datasets, "write_sample", written.append)
    run("make", "--out", tmp_path)
    assert written == [tmp_path]


def test_make_of_a_tier_fills_the_place_where_load_looks(one_table, monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path))
    result = run("make", "--tier", "course")
    where = tiers.folder("course", datasets.recipe("course"))
    assert result.output == f"100,000 customers are in {where}.\n"
    assert state.folder() in where.parents and (where / "customers.parquet").is_dir()


@pytest.mark.parametrize("form", making.FORMATS)
def test_make_of_an_own_world_takes_number_seed_and_locale(one_table, form, tmp_path):
    words = ["--customers", 40, "--seed", 7, "--locale", "zh_CN", "--format", form]
    result = run("make", *words, "--workers", 2, "--out", tmp_path / "mine")
    assert result.output == f"40 customers are in {tmp_path / 'mine'}.\n"
    made = formats.read(tmp_path / "mine", "customers", form)
    assert made.num_rows == 40 and set(made["locale"].to_pylist()) == {"zh_CN"}


def test_the_beginning_of_a_larger_world_is_the_sample(one_table, tmp_path):
    run("make", "--customers", 8_400, "--out", tmp_path)
    made = formats.read(tmp_path, "customers", "parquet").slice(0, 8_000).to_pandas()
    assert made["email"].tolist() == datasets.load("customers")["email"].tolist()


def test_make_takes_a_scenario_file(one_table, tmp_path):
    (tmp_path / "mine.yaml").write_text("locale: en_US", encoding="utf-8")
    words = ["--scenario", tmp_path / "mine.yaml", "--out", tmp_path / "mine"]
    assert run("make", "--customers", 8, *words).exit_code == 0
    made = formats.read(tmp_path / "mine", "customers", "parquet")
    assert set(made["locale"].to_pylist()) == {"en_US"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tier", "huge"], "The tier must be one of sample, course, scale, got 'huge'"),
        (["--customers", "0"], "must be from 1 to 100,000,000, got 0"),
        (["--customers", "-3"], "got -3"),
        (["--customers", "1000000000000"], "got 1,000,000,000,000"),
        (["--seed", "-1"], "The seed must be from 0"),
        (["--locale", "fr_FR"], "The locale must be one of en_US, zh_CN, got 'fr_FR'"),
        (["--scenario", "nul"], "The scenario must be lanting, null or a YAML file, got 'nul'"),
        (["--format", "xlsx"], "The format must be one of parquet, csv, duckdb, got 'xlsx'"),
        (["--tier", "course", "--workers", "0"], "The number of workers must be from 1"),
        (["--workers", "1000"], "The number of workers must be from 1 to 62, got 1,000"),
    ],
)
def test_what_cannot_be_made_is_said(words, said, tmp_path):
    result = run("make", *words, "--out", tmp_path / "new")
    assert said in str(result.exception)
    assert not (tmp_path / "new").exists()


def test_a_world_of_your_own_needs_a_folder():
    result = run("make", "--customers", "5")
    assert "got no --out. Add: --out my-world" in str(result.exception)


def test_a_fault_is_one_line_and_no_traceback(tmp_path):
    (tmp_path / "mine.yaml").write_text("season: {novmber: 2}", encoding="utf-8")
    command = [sys.executable, "-m", "crm_course.cli", "data", "make", "--scenario"]
    ran = subprocess.run([*command, tmp_path / "mine.yaml"], capture_output=True, text=True)
    assert ran.returncode == 1
    assert "Did you mean november?" in ran.stderr and "Traceback" not in ran.stderr


# --- verify and describe


def test_verify_exits_with_one_where_a_table_differs(monkeypatch):
    tables = pd.DataFrame({"name": ["orders"], "rows": [3], "digest": ["ab"], "ok": [False]})
    monkeypatch.setattr(datasets, "verify", lambda folder: tables)
    result = run("verify")
    assert result.exit_code == 1
    assert "Not as made: orders. Restore them with: crm-course data make\n" in result.output


def test_verify_of_a_folder_names_the_table_that_was_changed(one_table, tmp_path):
    run("make", "--customers", 8, "--format", "csv", "--out", tmp_path)
    assert run("verify", tmp_path).exit_code == 0
    path = tmp_path / "customers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("web", "WEB"), encoding="utf-8")
    result = run("verify", tmp_path)
    assert result.exit_code == 1
    assert re.search(r"customers .* False", result.output)
    assert "Not as made: customers. Give the command again that made them" in result.output


def test_verify_of_a_copy_of_the_sample_says_how_to_restore_the_copy(tmp_path):
    shutil.copytree(datasets.folder(), tmp_path / "copy")
    (tmp_path / "copy/stations.csv").unlink()
    said = run("verify", tmp_path / "copy").output
    assert (
        f"Not as made: stations. Restore them with: crm-course data make --out {tmp_path}" in said
    )
    run("make", "--out", tmp_path / "copy")
    assert run("verify", tmp_path / "copy").exit_code == 0


def test_verify_of_a_folder_of_something_else_restores_nothing(tmp_path):
    with pytest.raises(FileNotFoundError, match="Name a folder that holds the sample or a world"):
        datasets.verify(tmp_path)


def test_describe_shows_columns_with_their_meaning():
    output = run("describe", "customers").output
    assert "customer_id" in output and "meaning" in output


@pytest.mark.parametrize("name", ["cdnow", "telco_churn", "spanish_credit", "bank_calls"])
def test_describe_names_the_licence_of_real_data(name):
    assert re.search(r"^licence: .+", run("describe", name).output, re.MULTILINE)
