import pytest

from authoring.bench import measuring, tables
from authoring.bench.__main__ import PAGE, modules, sections


def test_ways_are_measured_in_processes_of_their_own():
    ways = {"down": ("builtins:float", "math:floor"), "up": ("builtins:float", "math:ceil")}
    found = measuring.compare(ways, 1.5)
    assert [each["result"] for each in found.values()] == [1, 2]
    assert all(each["seconds"] >= 0 and each["cpu"] >= 0 for each in found.values())


def test_a_way_that_does_not_run_is_named():
    with pytest.raises(RuntimeError, match="math:floor two must run"):
        measuring.compare({"broken": ("builtins:float", "math:floor")}, "two")


def test_a_page_is_read_back_section_by_section():
    page = "# Top\n\nwords\n\n## One\n\nfirst\n\n| a |\n\n## Two\n\nsecond\n"
    assert sections(page) == {"One": "first\n\n| a |", "Two": "second"}


def test_a_ratio_over_its_limit_is_marked():
    assert tables.verdict(0.5, 1) == ("0.50", "yes")
    assert tables.verdict(1.5, 1) == ("1.50", "**no**")


def test_every_section_of_the_page_comes_from_a_module():
    titles = {module.TITLE for module in modules().values()}
    assert set(sections(PAGE.read_text(encoding="utf-8"))) <= titles
