"""The rules for built notebooks; each is a function that yields what is to be mended.

A rule of NOTEBOOK takes the notebook, as nbformat reads it. A rule of SHEET takes the sheet and
the notebook with its solutions.
"""

import re
from pathlib import Path

from authoring.build import NOT_COMPARED
from authoring.lesson import crm, headings, out_of_order, tags
from authoring.rules.prose import ELSEWHERE, LINK

METADATA = {"kernelspec", "language_info", "crm"}
OF_A_CELL = {"crm", "tags", "nbgrader"}
LOCAL = re.compile(r"/(tmp|home|root|Users|work|var/folders)/\w|[A-Z]:\\\\|ipykernel_\d")
IMAGE = re.compile(r"<img\b[^>]*>")
ALT = re.compile(r'\balt="[^"]{15,}"')  # a sentence, not a word
BLANK_ANSWER = re.compile(r"^answer_\w+ = \.\.\.", re.MULTILINE)
ANSWER = re.compile(r"^(?:def )?answer_\w+.*", re.MULTILINE)


def problems(path, rules, *notebooks):
    """Return what is to be mended in the notebook at path, one sentence each."""
    return [f"{path}: {sentence}" for rule in rules for sentence in rule(*notebooks)]


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _outputs(notebook):
    return [(cell, output) for cell in _code(notebook) for output in cell.outputs]


def _data(notebook):
    return [(cell, output.get("data", {})) for cell, output in _outputs(notebook)]


# --- every notebook


def format_is_current(notebook):
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield f"the format must be 4.5, got {notebook.nbformat}.{notebook.nbformat_minor}."


def ids_are_unique(notebook):
    ids = [cell.get("id") for cell in notebook.cells]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"cell ids must be unique, got {name!r} twice."


def metadata_stay_the_same(notebook):
    """Times, random ids and the state of widgets change with every run."""
    for name in set(notebook.metadata) - METADATA:
        yield f"metadata must be among {sorted(METADATA)}, got {name!r}."
    for cell in notebook.cells:
        for name in set(cell.metadata) - OF_A_CELL:
            yield f"metadata of cell {cell.id} must be among {sorted(OF_A_CELL)}, got {name!r}."


def headings_are_in_order(notebook):
    found = (each for cell in notebook.cells for each in headings(cell))
    yield from (sentence for _place, sentence in out_of_order(found))


def nothing_is_for_instructors(notebook):
    for cell in notebook.cells:
        if "instructor" in tags(cell):
            yield f"cell {cell.id} is for instructors and must not be here."


def links_resolve_from(folder):
    """Return the rule that links of a notebook in folder lead to files."""

    def links_resolve(notebook):
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        for link in (match[1] or match[2] for match in LINK.finditer(text)):
            path = link.partition("#")[0]
            if not ELSEWHERE.match(link) and not (Path(folder) / path).exists():
                yield f"a link must lead to a file, got {link!r}."

    return links_resolve


# --- a notebook that ran


def counts_run_from_one(notebook):
    counts = [cell.execution_count for cell in _code(notebook)]
    if counts != list(range(1, len(counts) + 1)) or not counts:
        yield f"cells must be run from top to bottom, got the counts {counts}."


def nothing_on_stderr(notebook):
    for cell, output in _outputs(notebook):
        if output.get("name") == "stderr":
            yield f"cell {cell.id} must not write to stderr, got {output.text[:80]!r}."


def errors_are_meant(notebook):
    for cell, output in _outputs(notebook):
        if output.output_type == "error" and "raises-exception" not in tags(cell):
            yield f"cell {cell.id} must run, got {output.ename}."


def outputs_are_compared(notebook):
    """Only a cell that says why may keep its output from nbval, and not all cells may."""
    for cell in _code(notebook):
        hidden = [tag for tag in tags(cell) if tag.startswith("nbval-")]
        if hidden and (hidden != [NOT_COMPARED] or not crm(cell).get("ignore")):
            yield f"cell {cell.id} must give crm.ignore as the reason for {hidden[0]}."
        if re.search(r"#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source):
            yield f"cell {cell.id} must use crm.ignore, got a comment for nbval."
    if not any(NOT_COMPARED not in tags(cell) for cell, _output in _outputs(notebook)):
        yield "at least one output must be compared, got none."


def figures_have_a_text(notebook):
    for cell, data in _data(notebook):
        html = "".join(data.get("text/html", ""))
        is_mute = "image/png" in data and not IMAGE.search(html)
        if is_mute or any(not ALT.search(image) for image in IMAGE.findall(html)):
            yield f"the figure of cell {cell.id} must have a sentence as alternative text."
        if "image/png" in data and "<Figure" in data.get("text/plain", "<Figure"):
            yield f"the figure of cell {cell.id} must be told in words. Call notebook.setup()."


def outputs_name_no_place(notebook):
    for cell, output in _outputs(notebook):
        texts = [output.get("text", ""), *output.get("traceback", ())]
        texts += map(str, output.get("data", {}).values())
        if any(LOCAL.search(_without_pictures(text)) for text in texts):
            yield f"cell {cell.id} must not show a path of the machine that built it."


def _without_pictures(text):
    return re.sub(r"[A-Za-z0-9+/=\n]{200,}", "", text)


# --- a sheet


def nothing_ran(sheet, _solutions):
    for cell in _code(sheet):
        if cell.outputs or cell.execution_count:
            yield f"cell {cell.id} of a sheet must not have run."


def answers_are_blank(sheet, _solutions):
    for cell in _code(sheet):
        given = [line for line in ANSWER.findall(cell.source) if not BLANK_ANSWER.match(line)]
        if given:
            yield f"cell {cell.id} of a sheet must be blank, got {given[0]!r}."


def no_solution_is_left(sheet, solutions):
    left = {cell.source for cell in sheet.cells}
    for cell in sheet.cells:
        if "solution" in tags(cell):
            yield f"cell {cell.id} of a sheet must not be tagged solution."
    for cell in solutions.cells:
        if "solution" in tags(cell) and cell.source in left:
            yield f"the solution {cell.id} must not be in the sheet."


def answers_are_all_there(sheet, solutions):
    asked, answered = (
        {cell.id for cell in notebook.cells if "nbgrader" in cell.metadata}
        for notebook in (sheet, solutions)
    )
    if asked != answered:
        yield f"sheet and solutions must have the same answers, got {sorted(asked ^ answered)}."


NOTEBOOK = (
    format_is_current,
    ids_are_unique,
    metadata_stay_the_same,
    headings_are_in_order,
    nothing_is_for_instructors,
)
EXECUTED = (
    *NOTEBOOK,
    counts_run_from_one,
    nothing_on_stderr,
    errors_are_meant,
    outputs_are_compared,
    figures_have_a_text,
    outputs_name_no_place,
)
SHEET = (nothing_ran, answers_are_blank, no_solution_is_left, answers_are_all_there)
