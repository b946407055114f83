import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from authoring import build, policy
from authoring.lesson import NOTEBOOKS, ROOT, SHEETS, SOLUTIONS, read_all


def below(folder):
    paths = sorted((ROOT / folder).rglob("*.ipynb"))
    return [path for path in paths if ".ipynb_checkpoints" not in path.parts]


RAN, BLANK = below(NOTEBOOKS) + below(SOLUTIONS), below(SHEETS)


def name(path):
    return str(path.relative_to(ROOT))


def read(path):
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def rules_of(path, rules):
    return (*rules, policy.links_resolve_from(path.parent))


# --- the course


def test_every_lesson_is_well_written_and_every_notebook_fresh():
    said = []
    build.main(check=True, say=said.append)
    assert said == []


@pytest.mark.parametrize("path", RAN, ids=name)
def test_a_notebook_that_ran_keeps_the_rules(path):
    assert policy.problems(name(path), rules_of(path, policy.EXECUTED), read(path)) == []


@pytest.mark.parametrize("path", BLANK, ids=name)
def test_a_sheet_keeps_the_rules(path):
    solutions = read(ROOT / SOLUTIONS / path.relative_to(ROOT / SHEETS))
    sheet = read(path)
    assert policy.problems(name(path), rules_of(path, policy.NOTEBOOK), sheet) == []
    assert policy.problems(name(path), policy.SHEET, sheet, solutions) == []


def test_every_notebook_belongs_to_a_lesson():
    built = {lesson.target(folder) for lesson in read_all() for folder in lesson.folders}
    assert {name(path) for path in RAN + BLANK} <= {name(path) for path in built}


# --- the rules themselves: each finds the fault that it is there for


def shown(data=None, kind="display_data", **cell):
    """A cell that ran and showed data, or nothing."""
    outputs = [] if data is None else [new_output(kind, data)]
    return new_code_cell(execution_count=1, outputs=outputs, **cell)


def told(text, name="stdout"):
    return new_code_cell(execution_count=1, outputs=[new_output("stream", name=name, text=text)])


def error(**cell):
    output = new_output("error", ename="ValueError", evalue="no", traceback=[])
    return new_code_cell(execution_count=1, outputs=[output], **cell)


def found(rule, *cells, metadata=None):
    notebook = new_notebook(metadata=metadata or {})
    notebook.cells += cells  # afterwards, as new_notebook mends ids
    return list(rule(notebook))


PNG = {"image/png": "aGk=", "text/plain": "A bar of height 4."}
IMG = '<figure><img alt="{}" src="data:image/png;base64,aGk="></figure>'
FAULTS = [
    (policy.counts_run_from_one, [new_code_cell("1")]),
    (policy.counts_run_from_one, [shown(), shown()]),
    (policy.counts_run_from_one, [new_markdown_cell("No code at all.")]),
    (policy.ids_are_unique, [new_markdown_cell(id="a"), new_markdown_cell(id="a")]),
    (policy.metadata_stay_the_same, [shown(metadata={"execution": {"started": "now"}})]),
    (policy.nothing_on_stderr, [told("careful", name="stderr")]),
    (policy.errors_are_meant, [error()]),
    (policy.outputs_are_compared, [told("4"), shown(metadata={"tags": ["nbval-ignore-output"]})]),
    (policy.outputs_are_compared, [told("4"), shown(metadata={"tags": ["nbval-skip"]})]),
    (policy.outputs_are_compared, [told("4"), new_code_cell("# NBVAL_IGNORE_OUTPUT")]),
    (policy.outputs_are_compared, [shown()]),
    (policy.figures_have_a_text, [shown(PNG)]),
    (policy.figures_have_a_text, [shown(PNG | {"text/html": IMG.format("")})]),
    (
        policy.figures_have_a_text,
        [shown(PNG | {"text/html": IMG.format("A bar of height 4."), "text/plain": "<Figure>"})],
    ),
    (policy.headings_are_in_order, [new_markdown_cell("# Why?\n\n### Because")]),
    (policy.headings_are_in_order, [new_markdown_cell("# Why?"), new_markdown_cell("# Why not?")]),
    (policy.nothing_is_for_instructors, [shown(metadata={"tags": ["instructor"]})]),
    (policy.links_resolve_from(ROOT), [new_markdown_cell("[a](no/such/file.md)")]),
    (policy.outputs_name_no_place, [told("read /home/anna/orders.csv")]),
]


@pytest.mark.parametrize("rule, cells", FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_rule_finds_its_fault(rule, cells):
    assert len(found(rule, *cells)) == 1


def test_random_metadata_of_a_notebook_are_found():
    assert found(policy.metadata_stay_the_same, metadata={"widgets": {}})


def test_an_old_format_is_found():
    assert list(policy.format_is_current(nbformat.v4.new_notebook(nbformat_minor=4)))


def test_a_sound_notebook_has_no_problem():
    ignored = {"tags": ["nbval-ignore-output"], "crm": {"ignore": "the clock"}}
    picture = shown(PNG | {"text/html": IMG.format("A bar of height 4.")})
    cells = [new_markdown_cell("# Why?\n\n[a](pyproject.toml#x)"), picture, shown(metadata=ignored)]
    cells[2].execution_count = 2
    rules = (*policy.EXECUTED, policy.links_resolve_from(ROOT))
    assert policy.problems("a", rules, new_notebook(cells=cells)) == []


# --- the rules of a sheet

MARK = {"grade_id": "answer_29_1"}


def answered(source, **metadata):
    return new_code_cell(source, id="answer-29-1", metadata={"nbgrader": MARK} | metadata)


SOLVED = new_notebook(cells=[answered("answer_29_1 = 7", tags=["solution"])])


@pytest.mark.parametrize(
    "rule, cell",
    [
        (policy.nothing_ran, told("7")),
        (policy.answers_are_blank, new_code_cell("x = 1\nanswer_29_1 = 7")),
        (policy.answers_are_blank, new_code_cell("def answer_29_1(orders):\n    return 7")),
        (policy.no_solution_is_left, answered("answer_29_1 = ...", tags=["solution"])),
        (policy.no_solution_is_left, answered("answer_29_1 = 7")),
        (policy.answers_are_all_there, new_code_cell("1")),
    ],
)
def test_a_solution_left_in_a_sheet_is_found(rule, cell):
    assert list(rule(new_notebook(cells=[cell]), SOLVED))


def test_a_blank_sheet_has_no_problem():
    sheet = new_notebook(cells=[answered("answer_29_1 = ..."), new_code_cell("check(answer_29_1)")])
    assert policy.problems("a", policy.SHEET, sheet, SOLVED) == []
