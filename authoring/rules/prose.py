"""Prose in a lesson: a question for a title, headings that tell, Markdown that JupyterLab shows."""

import os
import re
from functools import cache
from pathlib import Path

from authoring.lesson import (
    NOTEBOOKS,
    SHEETS,
    heading,
    headings,
    out_of_order,
    prose,
    read,
    read_all,
    tags,
)

MOST_CELLS, MOST_WORDS = 20, 1700  # in a core; the aim is 14 and 1,300
APART = ("hand-out", "role", "rubric")  # pages of a case, which have limits of their own
RUNGS = {"Question", "Predict", "Prediction", "Picture", "Explorer", "Truth", "Reality"}
NOT_IN_JUPYTERLAB = {
    "a role": r"\{[A-Za-z][\w:-]*\}`",
    "a directive": r"^\s*(:{3,}|(`{3,}|~{3,})\{)",
    "an admonition": r"^\s*>\s*\[!\w+\]",
    "a label": r"^\([\w:.-]+\)=\s*$",
    "a footnote": r"\[\^[^\]]+\]",
    "an equation label": r"\$\$\s*\([\w:-]+\)",
    "a definition list": r"^:\s+\S",
    "a comment": r"^%+\s",
    "a substitution": r"\{\{",
    "a number with a full stop before a sentence (it begins a list)": r"^\s*\d{2,}\.\s",
}
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:href|src)=\"([^\"]+)\"")
ELSEWHERE = re.compile(r"(https?|mailto|data):")
INLINE_CODE = re.compile(r"(`+)(?!`).+?\1")


def title(lesson):
    level, words = heading(lesson.cells[0]) if lesson.cells else (0, "")
    if level != 1:
        yield 1, f"the text must begin with a title (# ...), got level {level}. Write one."
    elif not lesson.is_sheet and not words.endswith("?"):
        yield lesson.lines[0], f"the title must be a question, got {words!r}. Ask one."


def headings_in_order(lesson):
    return out_of_order(_headings(lesson))


def headings_tell(lesson):
    for line, _level, words in _headings(lesson):
        if words in RUNGS:
            yield line, f"a heading must tell the story, got {words!r}. Say what happens there."


def _headings(lesson):
    for start, cell in lesson.of("markdown"):
        yield from ((start + offset, level, words) for offset, level, words in headings(cell))


def core_is_short(lesson):
    sections = lesson.sections()
    cells = [cell for beat, _line, inside in sections if beat not in APART for cell in inside]
    cells = [cell for cell in cells if "instructor" not in tags(cell)]
    code = sum(cell.cell_type == "code" for cell in cells)
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    if code > MOST_CELLS or words > MOST_WORDS:
        most = f"up to {MOST_CELLS} cells of code and {MOST_WORDS} words"
        yield 1, f"a core has {most}, got {code} and {words}. Move some below the line."


def markdown_is_common(lesson):
    for line, text in _lines(lesson):
        bare = INLINE_CODE.sub("`", text)
        for what, pattern in NOT_IN_JUPYTERLAB.items():
            if re.search(pattern, bare):
                yield line, f"JupyterLab does not show {what}, got {text.strip()!r}. Use words."


def links_resolve(lesson):
    for line, text in _lines(lesson):
        for match in LINK.finditer(INLINE_CODE.sub("", text)):
            if problem := _broken(lesson, match[1] or match[2]):
                yield line, problem


def _lines(lesson):
    for start, cell in lesson.of("markdown"):
        yield from ((start + offset, line) for offset, line in prose(cell))


def _broken(lesson, link):
    """Return what is wrong with a link; empty if a reader of the notebook can follow it."""
    path, _hash, anchor = link.partition("#")
    if ELSEWHERE.match(link) or (not path and anchor in _anchors(lesson)):
        return ""
    here = lesson.target(lesson.folders[0])
    target = Path(os.path.normpath(here.parent / path)) if path else here
    text = _texts(lesson.root).get(target)
    if not text and not target.exists():
        return f"a link must lead to a file, got {link!r}. Write it as from {here.parent.name}/."
    # The reader's copy of a sheet lies one level deeper, and only these links are carried along.
    if lesson.is_sheet and target.relative_to(lesson.root).parts[0] not in (NOTEBOOKS, SHEETS):
        return f"a sheet may link to notebooks and sheets only, got {link!r}. Link to a chapter."
    if anchor and text and anchor not in _anchors(read(text, lesson.root)):
        return f"a link must lead to a heading, got #{anchor}. Write its words, with - for spaces."
    return ""


@cache
def _texts(root):
    """Return the path of every notebook that is built -> the path of its text."""
    lessons = read_all(root)
    return {each.target(folder): each.path for each in lessons for folder in each.folders}


def _anchors(lesson):
    return {words.replace(" ", "-") for _line, _level, words in _headings(lesson)}


RULES = (
    title,
    headings_in_order,
    headings_tell,
    core_is_short,
    markdown_is_common,
    links_resolve,
)
