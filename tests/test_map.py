"""One stem everywhere: a chapter, its sheet, its module, their tests and its content agree."""

import re

import pytest

from authoring.lesson import FOLDERS, LESSONS, NAME, ROOT, read_all

AREAS = {
    "1_foundations": "foundations",
    "2_customers": "customers",
    "3_strategy": "strategy",
    "4_relationships": "relationships",
    "5_organization": "organization",
    "6_cases": "cases",
    "7_capstone": "capstone",
    "9_appendix": "",  # runs the modules of other areas on other engines
}


def names(folder, pattern, prefix=""):
    """Return the names of the files below folder, without the prefix; packages left out."""
    paths = (ROOT / folder).glob(pattern)
    return {path.stem.removeprefix(prefix) for path in paths if not path.stem.startswith("__")}


def module_of(package, topic):
    """Return the path of a topic's module, or of its package where one file would be too long."""
    folder = f"crm_course/{package}/{topic}/__init__.py"
    return folder if (ROOT / folder).exists() else f"crm_course/{package}/{topic}.py"


def at_the_root(topic):
    """Return the module and the test of a chapter without an area."""
    return [f"crm_course/{topic}.py", f"tests/test_{topic}.py"]


def home_of(lesson):
    """Return what a chapter must have beside it: every path that bears its stem or its topic."""
    topic, area = lesson.stem[3:], lesson.area
    content = f"crm_course/content/{topic}"
    if lesson.number == "00":  # the start page needs no sheet and no quiz
        return [f"notebooks/{lesson.stem}.ipynb", f"{content}/checks.py", *at_the_root(topic)]
    package = AREAS[area] if area else ""
    code = [module_of(package, topic), f"tests/{package}/test_{topic}.py"]
    code = code if package else () if area else at_the_root(topic)
    return [
        f"{LESSONS}/{area}/{lesson.stem}.exercises.md",
        *(f"{folder}/{area}/{lesson.stem}.ipynb" for folder in FOLDERS),
        *(f"{content}/checks.py", f"{content}/quiz.yaml"),
        *code,
    ]


CHAPTERS = [lesson for lesson in read_all() if not lesson.is_sheet]


@pytest.mark.parametrize("lesson", CHAPTERS, ids=lambda lesson: lesson.stem)
def test_a_chapter_has_everything_that_bears_its_name(lesson):
    missing = [path for path in home_of(lesson) if not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("lesson", read_all(), ids=lambda lesson: lesson.path.stem)
def test_the_first_digit_of_a_lesson_is_its_area(lesson):
    assert lesson.area in AREAS or not lesson.area
    assert lesson.number[0] == (lesson.area[0] if lesson.area else "0")


def test_every_text_among_the_lessons_is_named_like_a_lesson():
    names = [path.name for path in (ROOT / LESSONS).rglob("*") if path.is_file()]
    assert [name for name in names if not NAME.fullmatch(name)] == []


def test_two_lessons_never_share_a_number():
    numbers = [lesson.number for lesson in CHAPTERS]
    assert sorted(numbers) == sorted(set(numbers))


@pytest.mark.parametrize("area, package", [pair for pair in AREAS.items() if pair[1]])
def test_every_module_of_an_area_has_its_chapter_and_its_test(area, package):
    topics = {lesson.stem[3:] for lesson in CHAPTERS if lesson.area == area}
    modules = names(f"crm_course/{package}", "*")
    assert modules <= topics
    assert names(f"tests/{package}", "test_*.py", "test_") == modules


def test_every_folder_of_content_has_its_chapter():
    folders = {path.parent.name for path in (ROOT / "crm_course/content").glob("*/*.*")}
    assert folders - {"__pycache__"} <= {lesson.stem[3:] for lesson in CHAPTERS}


def test_every_sheet_has_its_chapter():
    stems = {lesson.stem for lesson in CHAPTERS}
    assert {lesson.stem for lesson in read_all() if lesson.is_sheet} <= stems


def test_no_module_is_named_for_nothing():
    names = {path.stem for path in (ROOT / "crm_course").rglob("*.py")}
    assert not {name for name in names if re.fullmatch("utils?|helpers?|common|misc", name)}
