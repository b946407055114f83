"""Build the notebooks from the lessons: the one way to do it, and the same bytes every time.

A chapter becomes an executed notebook. A sheet becomes two: the sheet, in which answers are blank
and nothing has run, and its executed solutions. Ids come from the text; times, random ids and the
state of widgets are not kept.
"""

import asyncio
import copy
import hashlib
import json
import os
import re
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from authoring import carried, kernel, lint, source_map
from authoring.lesson import FOLDERS, ROOT, SHEETS, SOLUTIONS, crm, heading, read_all, tags
from crm_course import workspace

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
WIDGET = "application/vnd.jupyter.widget-view+json"
NOT_COMPARED = "nbval-ignore-output"
BLANK_MEMO = "*Write here.*"
CELL_SECONDS = 300
ANSWER = re.compile(r"^answer_\d+_\d+\b", re.MULTILINE)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def main(check=False, only=None, *, root=ROOT, say=print):
    """Build, or with check=True name what is stale; return the exit code.

    only: stems such as "21_retention", or their numbers; all lessons if empty.
    """
    lessons = _select(read_all(root), only)
    problems = [] if check else build(lessons, say=say)
    problems += [problem for lesson in lessons for problem in lint.problems(lesson)]
    if check:
        problems += stale(lessons) + ([] if only else orphans(lessons, root))
        problems += source_map.stale(root) + carried.stale(root)
    else:
        source_map.write(root)
        carried.write(root)
    for problem in problems:
        say(problem)
    return 1 if problems else 0


def _select(lessons, only):
    wanted = set(only or ())
    unknown = wanted - {name for lesson in lessons for name in (lesson.stem, lesson.number)}
    if unknown:
        known = ", ".join(dict.fromkeys(lesson.stem for lesson in lessons))
        raise ValueError(f"stem must be one of {known}; got {', '.join(sorted(unknown))}.")
    return [lesson for lesson in lessons if not wanted or wanted & {lesson.stem, lesson.number}]


def build(lessons, *, say=print):
    """Build every notebook of lessons -> list of problems; a notebook with one is not written."""
    jobs = [(lesson, folder) for lesson in lessons for folder in lesson.folders]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # threads, as each kernel is a process
        return list(filter(None, pool.map(lambda job: _build_one(*job, say), jobs)))


def _build_one(lesson, folder, say):
    target, start = lesson.target(folder), time.perf_counter()
    notebook = unrun(lesson, folder)
    problem = "" if folder == SHEETS else _run(notebook, lesson)
    if not problem:
        workspace.write(target, text(notebook).encode())
        say(f"built {target.relative_to(lesson.root)} in {time.perf_counter() - start:.1f} s")
    return problem


def text(notebook):
    """Return the notebook as the text of its file."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


# --- what a notebook is before it runs


def unrun(lesson, folder):
    """Return the notebook of a lesson that belongs into folder, before it runs."""
    cells = [copy.deepcopy(cell) for cell in lesson.cells if "instructor" not in tags(cell)]
    _give_ids(cells)
    for number, cell in enumerate(cells):
        _show(cell, _front(lesson.header) if number == 0 else _minutes(crm(cell)))
        _mark(cell)
    if folder == SHEETS:
        cells = [_blank(cell) for cell in cells if not _is_dropped(cell)]
    if folder == SOLUTIONS:
        _lower_links(cells, lesson.area)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, "crm": lesson.header}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _give_ids(cells):
    """Name the cell of an exercise after it, every other cell after its content."""
    seen = Counter()
    for cell in cells:
        content = hashlib.sha1((cell.cell_type + cell.source).encode()).hexdigest()[:8]
        asked = ANSWER.search(cell.source) if cell.cell_type == "code" else None
        name = (_answer(cell) or (asked[0] if asked else content)).replace("_", "-")
        seen[name] += 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"


def _answer(cell):
    """Return the name that the answer to a cell's exercise has in code; empty if there is none."""
    exercise = crm(cell).get("exercise", "")
    return f"answer_{exercise.replace('.', '_')}" if exercise else ""


def _front(header):
    """Return what stands under the title: the Chinese title, its abstract, minutes and needs."""
    needs = f"needs: {header['needs']}" if header.get("needs") else ""
    quiet = " · ".join(filter(None, [_range(header), needs]))
    title = f"**{header['title_zh']}**" if header.get("title_zh") else ""
    parts = [title, header.get("abstract_zh", ""), f"*{quiet}*" if quiet else ""]
    return "\n\n".join(part.strip() for part in parts if part)


def _minutes(metadata):
    return f"*{_range(metadata)}*" if "minutes" in metadata else ""


def _range(metadata):
    low, high = metadata.get("minutes", (0, 0))
    return "" if not high else f"{low} min" if low == high else f"{low}–{high} min"


def _show(cell, line):
    """Write the visible line of a section under the heading that the cell begins with."""
    if line and heading(cell)[0]:
        title, _newline, rest = cell.source.partition("\n")
        cell.source = f"{title}\n\n{line}\n{rest}".rstrip("\n")


def _mark(cell):
    """Say in metadata that others read what the author said in the lesson's."""
    if "ignore" in crm(cell) and NOT_COMPARED not in tags(cell):
        cell.metadata["tags"] = [*tags(cell), NOT_COMPARED]
    if "solution" in tags(cell) and _answer(cell):
        cell.metadata["nbgrader"] = _nbgrader(cell)


def _nbgrader(cell):
    """nbgrader marks a code cell by the tests after it, a text by hand: hence its points."""
    by_hand = cell.cell_type == "markdown"
    marks = {"grade": by_hand, "solution": True, "locked": False, "task": False}
    points = {"points": 1} if by_hand else {}
    return marks | points | {"grade_id": _answer(cell), "schema_version": 3}


def _is_dropped(cell):
    return "solution" in tags(cell) and not _answer(cell)


def _blank(cell):
    """Take the solution out of a cell of a sheet."""
    if "solution" in tags(cell):
        cell.source = BLANK_MEMO if cell.cell_type == "markdown" else f"{_answer(cell)} = ..."
        cell.metadata["tags"].remove("solution")
        if not tags(cell):
            del cell.metadata["tags"]
    return cell


def _lower_links(cells, area):
    """Let links that leave the folder of sheets leave the folder of solutions, one level deeper."""
    out = "../" * (2 if area else 1)
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(rf"(\]\(|src=\"){re.escape(out)}", rf"\1{out}../", cell.source)


# --- what it is afterwards


def _run(notebook, lesson):
    """Run the notebook in place, from a folder that holds nothing -> the problem, or nothing."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as elsewhere:
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name=KERNEL["name"],
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            resources={"metadata": {"path": elsewhere}},
        )
        try:
            asyncio.run(client.async_execute(env=kernel.environment(home)))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            said = COLOUR.sub("", str(error))
            return _place(lesson, notebook) + f"the cell must run, got\n{said}"
    notebook.metadata["language_info"] = {"name": "python"}  # without today's patch level
    _number_widgets(notebook)
    _shorten_tracebacks(notebook)
    return _stderr(notebook, lesson)


def _number_widgets(notebook):
    """Give widgets their number on the page for an id; theirs is drawn at random."""
    views = [o["data"][WIDGET] for _cell, o in _outputs(notebook) if WIDGET in o.get("data", {})]
    for number, view in enumerate(views):
        view["model_id"] = f"{number:032x}"


def _shorten_tracebacks(notebook):
    """Keep what a meant error says; where it was raised is a path of this machine."""
    for _cell, output in _outputs(notebook):
        if output.output_type == "error":
            output.traceback = [f"{output.ename}: {output.evalue}"]


def _stderr(notebook, lesson):
    for cell, output in _outputs(notebook):
        if output.get("name") == "stderr":
            said = f"the cell must not write to stderr, got\n{output.text}"
            return _place(lesson, notebook, cell) + said
    return ""


def _outputs(notebook):
    return [(cell, output) for cell in notebook.cells for output in cell.get("outputs", ())]


def _place(lesson, notebook, cell=None):
    """Return file and line of cell, or of the last cell that ran."""
    ran = [c for c in notebook.cells if c.get("execution_count")]
    source = (cell or ran[-1]).source
    line = next(number for number, c in lesson.pairs() if c.source == source)
    return f"{lesson.path.relative_to(lesson.root)}:{line}: "


# --- freshness, without a kernel


def stale(lessons):
    """Return one sentence for each notebook of lessons that is missing or not up to date."""
    jobs = [(lesson, folder) for lesson in lessons for folder in lesson.folders]
    return [problem for lesson, folder in jobs if (problem := _stale(lesson, folder))]


def _stale(lesson, folder):
    target = lesson.target(folder)
    name = target.relative_to(lesson.root)
    if not target.exists():
        return f"{name}: missing. Run `crm-course build {lesson.stem}`."
    found, expected = target.read_text(encoding="utf-8"), text(unrun(lesson, folder))
    if folder != SHEETS:
        found = _as_unrun(found)
    return "" if found == expected else f"{name}: stale. Run `crm-course build {lesson.stem}`."


def _as_unrun(content):
    """Take from the text of a notebook what running it added; a cell that never ran stays odd."""
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["execution_count"]:
            cell.update(execution_count=None, outputs=[])
        elif cell["cell_type"] == "code":
            cell["outputs"] = "never ran"
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def orphans(lessons, root=ROOT):
    """Return one sentence for each notebook that no lesson builds."""
    built = {lesson.target(folder) for lesson in lessons for folder in lesson.folders}
    found = {path for folder in FOLDERS for path in (root / folder).rglob("*.ipynb")}
    found -= {path for path in found if ".ipynb_checkpoints" in path.parts}
    names = sorted(str(path.relative_to(root)) for path in found - built)
    return [f"{name}: no lesson builds it. Remove it, or write the lesson." for name in names]
