import pytest
import yaml

from authoring import carried
from authoring import solutions as building
from authoring.lesson import read_all
from crm_course import content
from crm_course.learning import check, hint, solution, solutions
from crm_course.learning.solutions import Solution

SOLVED = {"21.1": "answer_21_1 = 3 / 4\n", "21.2": "n = 4\nanswer_21_2 = n < 5\n"}
CELL = """\
```{code-cell} python
:tags: [solution]
:crm: {exercise: "21.1"}
answer_21_1 = 3 / 4
```
"""
SHEETS = [lesson for lesson in read_all() if lesson.is_sheet]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path / "home"))


@pytest.fixture
def solved(folder):
    """The small chapter, with the solutions that the build would have written."""
    path = folder / "retention/solutions.yaml"
    path.write_text(building.text(SOLVED), encoding="utf-8")
    return path


def test_without_a_try_the_solution_is_closed_and_says_what_opens_it(solved):
    said = repr(solution("21.1"))
    assert said.startswith("21.1 · Solution: It opens after a right answer")
    assert "3 to go." in said and "3 / 4" not in said


def test_two_tries_are_not_enough(solved):
    check("21.1", 1)
    check("21.1", 2)
    assert "1 to go" in solution("21.1").message


def test_three_tries_open_it(solved):
    for answer in (1, 2, 3):
        check("21.1", answer)
    assert repr(solution("21.1")) == "21.1 · One way to solve it\nanswer_21_1 = 3 / 4"


def test_a_right_answer_opens_it(solved):
    check("21.1", 0.75)
    assert isinstance(solution("21.1"), Solution)


def test_three_tries_at_another_exercise_do_not(solved):
    for answer in (1, 2, 3):
        check("21.1", answer)
    assert not isinstance(solution("21.2"), Solution)


def test_the_code_is_safe_in_html(solved):
    assert "answer_21_2 = n &lt; 5" in Solution("21.2", SOLVED["21.2"]).html()


def test_where_the_sheet_has_none_the_worked_step_stands_in(folder):
    check("21.1", 0.75)
    assert solution("21.1").code == hint("21.1", 3).message


def test_what_the_build_writes_is_read_back_as_it_was(solved):
    read = {id: solutions.text_of(content.exercise(id)) + "\n" for id in SOLVED}
    assert read == SOLVED


def test_a_file_that_was_not_made_again_is_stale(tmp_path):
    sheet = tmp_path / "authoring/lessons/2_customers/21_retention.exercises.md"
    sheet.parent.mkdir(parents=True)
    (tmp_path / "crm_course/content/retention").mkdir(parents=True)
    sheet.write_text(CELL, encoding="utf-8")
    carried.write(tmp_path)
    assert carried.stale(tmp_path) == []
    sheet.write_text(CELL.replace("3 / 4", "6 / 8"), encoding="utf-8")
    assert "content/retention/solutions.yaml: stale. Run" in carried.stale(tmp_path)[0]


def test_what_was_written_by_hand_outlives_the_build(tmp_path):
    sheet = tmp_path / "authoring/lessons/2_customers/21_retention.exercises.md"
    path = tmp_path / "crm_course/content/retention/solutions.yaml"
    for each in (sheet.parent, path.parent):
        each.mkdir(parents=True)
    sheet.write_text(CELL, encoding="utf-8")
    path.write_text("'21.7': |\n  Move three\n  steps left.\n", encoding="utf-8")
    carried.write(tmp_path)
    assert carried.stale(tmp_path) == []
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert kept == {"21.7": "Move three\nsteps left.\n", "21.1": "answer_21_1 = 3 / 4\n"}


@pytest.mark.parametrize("chapter", content.chapters())
def test_every_exercise_has_a_worked_solution_and_nothing_else_has(chapter):
    """Those of a sheet come by the build; write one that is missing into solutions.yaml."""
    path = content.topic_folder(chapter) / "solutions.yaml"
    written = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    ids = {each.id for each in content.exercises(chapter)}
    assert ids - set(written) == set() and set(written) - ids == set()
    assert all(text.strip() for text in written.values())


def test_an_exercise_of_a_chapter_opens_after_three_tries():
    for answer in (1, 2, 3):
        check("21.1", answer)
    shown = solution("21.1")
    assert isinstance(shown, Solution) and shown.code == solutions.text_of(content.exercise("21.1"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda lesson: lesson.stem)
def test_every_exercise_of_a_sheet_has_a_solution(sheet):
    chapter = sheet.number.lstrip("0") or "0"
    asked = {f"{chapter}.{id}" for id in _checked(sheet, chapter)}
    assert asked == set(building.solved(sheet))


def _checked(sheet, chapter):
    source = "\n".join(cell.source for cell in sheet.cells)
    return {part.split('"')[0] for part in source.split(f'check("{chapter}.')[1:]}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda lesson: lesson.stem)
def test_every_solution_is_python(sheet):
    for id, code in building.solved(sheet).items():
        compile(code, id, "exec")
