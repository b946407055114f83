"""Code in a lesson: short, plain, with words before it and a sentence after it."""

import ast
import re
from functools import cache

from authoring.lesson import ROOT, heading

MOST_LINES, MOST_COLUMNS = 15, 100  # what a window of 1280 pixels shows beside the files
FOLLOWS = 2  # lines that code may have to follow other code without words between
SHOWS_ITSELF = {"check", "hint", "quiz", "setup", "reveal"}  # nothing to read back after these
NOT_IN_A_CELL = {
    "plotting code": r"\bplt\.",
    "a magic": r"^\s*[%!]",
    "_(), which IPython owns": r"(?<![\w.])_\(",
    "a comment for nbval": r"#\s*(NBVAL_|PYTEST_)",
}


def is_short(lesson):
    for line, cell in lesson.of("code"):
        count = len(_filled(cell))
        if not 1 <= count <= MOST_LINES:
            yield line, f"a code cell has 1 to {MOST_LINES} lines, got {count}. Split or move it."


def is_narrow(lesson):
    for line, text in _lines(lesson):
        if len(text) > MOST_COLUMNS:
            yield line, f"a line of code has up to {MOST_COLUMNS} columns, got {len(text)}."


def is_plain(lesson):
    for line, text in _lines(lesson):
        for what, pattern in NOT_IN_A_CELL.items():
            if re.search(pattern, text):
                yield line, f"a cell must not hold {what}, got {text.strip()!r}. Move it."


def is_python(lesson):
    for line, cell in lesson.of("code"):
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield line, f"a cell must be Python, got {error.msg!r} in its line {error.lineno}."


def follows_words(lesson):
    for before, (_line, first), (line, second) in _neighbours(lesson):
        if second.cell_type == "code" and not _may_follow(second, first, before[1]):
            yield line, "words must stand before code. Say what it does, or what to watch for."


def _may_follow(code, first, before):
    if first is None or first.cell_type == "markdown":
        return first is not None and not _filled(first)[-1].startswith("#")
    return len(_filled(code)) <= FOLLOWS and before is not None and before.cell_type == "markdown"


def results_are_read_back(lesson):
    for _before, (line, first), (_line, second) in _neighbours(lesson):
        if not lesson.is_sheet and first and _has_result(first) and heading(second)[0]:
            yield line, "a result must be read back in words. Add a sentence after the cell."
    if not lesson.is_sheet and _has_result(lesson.cells[-1]):
        yield lesson.lines[-1], "a result must be read back in words. Add a sentence at the end."


def _neighbours(lesson):
    """Yield (two before, one before, this) for each cell, as (line, cell); nothing is (0, None)."""
    pairs = [(0, None), (0, None), *lesson.pairs()]
    return zip(pairs, pairs[1:], pairs[2:], strict=False)


def defined_once(lesson):
    for line, cell in lesson.of("code"):
        nodes = (node for node in ast.walk(_tree(cell)) if isinstance(node, ast.FunctionDef))
        for name in {node.name for node in nodes} & _functions_of_the_package():
            yield line, f"a function must be defined once, got {name}(). Call the package's."


@cache
def _functions_of_the_package():
    paths = (ROOT / "crm_course").rglob("*.py")
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return {n.name for module in modules for n in module.body if isinstance(n, ast.FunctionDef)}


def _lines(lesson):
    for start, cell in lesson.of("code"):
        yield from enumerate(cell.source.split("\n"), start)


def _filled(cell):
    return [line for line in cell.source.split("\n") if line.strip()]


def _tree(cell):
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module([], [])


def _has_result(cell):
    """Say whether a cell shows something that does not explain itself."""
    last = _tree(cell).body[-1:] if cell.cell_type == "code" else []
    if not last or not isinstance(last[0], ast.Expr):
        return False
    called = getattr(last[0].value, "func", None)
    return (getattr(called, "attr", None) or getattr(called, "id", None)) not in SHOWS_ITSELF


RULES = (
    is_short,
    is_narrow,
    is_plain,
    is_python,
    follows_words,
    results_are_read_back,
    defined_once,
)
