import importlib.metadata
import re
import sys
import tempfile
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_course import datasets, doctor, figures


def only(checks):
    (check,) = checks
    return check


def raising(error):
    def function(*_, **__):
        raise error

    return function


def test_every_check_of_this_machine_is_ok_or_a_warning():
    assert [str(each) for each in doctor.failures(doctor.report())] == []


def test_each_check_is_one_line():
    assert all("\n" not in str(each) for each in doctor.report())


def test_every_core_package_has_a_line_with_its_range_and_version():
    lines = [str(each) for each in doctor.packages()]
    assert f"OK    pandas >=3,<4: {pd.__version__}" in lines
    assert not any("pytest" in line or "pyspark" in line for line in lines)


def test_an_old_python_fails_with_what_to_install(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    assert str(only(doctor.python())).startswith("FAIL  Python 3.11 or newer: 3.10.4. Install")


def test_a_missing_package_fails_with_the_command(monkeypatch):
    error = importlib.metadata.PackageNotFoundError
    monkeypatch.setattr(importlib.metadata, "version", raising(error))
    first = str(doctor.packages()[0])
    assert first.startswith("FAIL") and "not installed. Run: pip install" in first


def test_a_package_of_another_version_fails_with_both(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.3.1")
    lines = [str(each) for each in doctor.packages()]
    assert any(line.startswith("FAIL  pandas >=3,<4: 2.3.1. Run: pip") for line in lines)


def test_real_data_that_are_not_installed_are_a_warning(monkeypatch):
    error = importlib.metadata.PackageNotFoundError
    monkeypatch.setattr(importlib.metadata, "version", raising(error))
    assert {each.status for each in doctor.real_packages()} == {"WARN"}


def test_a_course_that_is_not_installed_is_said(monkeypatch):
    error = importlib.metadata.PackageNotFoundError
    monkeypatch.setattr(importlib.metadata, "requires", raising(error))
    assert str(only(doctor.packages())).startswith("FAIL  crm-course: not installed. Run: pip")


def test_a_changed_table_is_named(monkeypatch):
    tables = pd.DataFrame({"name": ["customers", "orders"], "ok": [True, False]})
    monkeypatch.setattr(datasets, "verify", lambda: tables)
    expected = "FAIL  data as delivered: orders differs. Run: crm-course data make"
    assert str(only(doctor.data())) == expected


def test_a_missing_table_fails(monkeypatch):
    monkeypatch.setattr(datasets, "verify", raising(FileNotFoundError("orders.csv is missing")))
    assert "orders.csv is missing. Run" in str(only(doctor.data()))


def test_a_folder_that_cannot_be_written_fails(monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", raising(PermissionError("denied")))
    assert str(only(doctor.write_access())).endswith(
        " (denied). Copy the course to a folder of your own."
    )


def test_a_kernel_of_another_python_fails(monkeypatch):
    manager = "jupyter_client.kernelspec.KernelSpecManager.get_kernel_spec"
    spec = SimpleNamespace(argv=["/elsewhere/bin/python", "-m", "ipykernel_launcher"])
    monkeypatch.setattr(manager, lambda *_: spec)
    assert only(doctor.kernel()).status == "FAIL"


def test_a_package_that_cannot_be_loaded_is_a_line_and_no_traceback(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyter_client.kernelspec", None)
    assert "FAIL" in {each.status for each in doctor.vital()}


def test_a_taken_port_leads_to_the_next(monkeypatch):
    monkeypatch.setattr(doctor, "_is_free", lambda port: port > 8890)
    assert str(only(doctor.free_port())) == "OK    free port for JupyterLab: 8891"


def test_no_free_port_fails_with_the_option(monkeypatch):
    monkeypatch.setattr(doctor, "_is_free", lambda port: False)
    assert str(only(doctor.free_port())).endswith(
        "none. Close other JupyterLabs, or choose a port: crm-course lab --port 9000"
    )


def test_a_missing_chinese_font_is_a_warning_with_a_name(monkeypatch):
    monkeypatch.setattr(figures, "chinese_font", lambda: None)
    assert re.match(r"WARN  Chinese font.*: none\. Install Noto", str(only(doctor.chinese_font())))


GOOD = doctor.Check("OK", "Python 3.11 or newer", "3.11.7")
BAD = doctor.Check("FAIL", "pandas >=3,<4", "<none>", "Run: pip install pandas")


def test_a_ready_machine_is_one_word():
    assert repr(doctor.Ready([GOOD])) == "Ready."


def test_the_folded_details_name_nothing_of_this_machine():
    page = doctor.Ready([GOOD])._repr_html_()
    assert "<details>" in page and "3.11.7" not in page and sys.prefix not in page


def test_a_machine_that_is_not_ready_shows_what_failed_and_only_that():
    assert repr(doctor.Ready([GOOD, BAD])) == str(BAD)
    assert "&lt;none&gt;" in doctor.Ready([GOOD, BAD])._repr_html_()


@pytest.mark.parametrize("part", ["python", "packages", "data", "write_access", "kernel"])
def test_ready_stands_for_every_part_that_chapters_need(part, monkeypatch):
    monkeypatch.setattr(doctor, part, lambda: [BAD])
    assert str(BAD) in repr(doctor.ready())
