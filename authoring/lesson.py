"""A lesson: the text that a chapter, or a sheet with its solutions, is built from."""

import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESSONS = "authoring/lessons"
NOTEBOOKS, SHEETS, SOLUTIONS = "notebooks", "exercises", "tests/solutions"
FOLDERS = (NOTEBOOKS, SHEETS, SOLUTIONS)
NAME = re.compile(r"(\d\d)_([a-z][a-z0-9_]*?)(\.exercises)?\.md")
HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r"\s*(```|~~~)")
BELOW_THE_LINE = ("Going further", "Stretch")  # sections that the minutes of the header leave out


@dataclass(frozen=True)
class Lesson:
    """One text: its header, its cells, and the line of the file on which each cell begins."""

    path: Path
    root: Path
    header: dict
    cells: tuple
    lines: tuple

    @property
    def is_sheet(self):
        return self.path.name.endswith(".exercises.md")

    @property
    def is_case(self):
        """Whether it is a case of area 6, which has a form of its own (rules/case.py)."""
        return not self.is_sheet and self.number.startswith("6")

    @property
    def stem(self):
        return self.path.name.removesuffix(".md").removesuffix(".exercises")

    @property
    def number(self):
        return self.stem.partition("_")[0]

    @property
    def area(self):
        """The folder of the area, as in `2_customers`; empty for the lessons at the root."""
        return "/".join(self.path.relative_to(self.root / LESSONS).parts[:-1])

    @property
    def folders(self):
        return (SHEETS, SOLUTIONS) if self.is_sheet else (NOTEBOOKS,)

    def target(self, folder):
        """Return the path of the notebook that is built into folder."""
        return self.root / folder / self.area / f"{self.stem}.ipynb"

    def carried(self, name):
        """Return the path of a file that the build makes of the lesson and the package carries."""
        return self.root / "crm_course/content" / self.stem[3:] / name

    def pairs(self):
        """Return each cell as (line, cell)."""
        return list(zip(self.lines, self.cells, strict=True))

    def of(self, kind):
        """Return (line, cell) for the cells of one kind, "markdown" or "code"."""
        return [pair for pair in self.pairs() if pair[1].cell_type == kind]

    def core(self):
        """Return (line, cell) above the line: what the header's minutes cover."""
        return list(takewhile(lambda pair: not _is_line(pair[1]), self.pairs()))

    def sections(self):
        """Return each section of the core as (beat, line, its cells); what no beat opens has ""."""
        found = [("", 1, [])]
        for line, cell in self.core():
            if "beat" in crm(cell):
                found.append((crm(cell)["beat"], line, []))
            found[-1][2].append(cell)
        return found


def read(path, root=ROOT):
    """Read one text -> Lesson. Raises ValueError if its metadata are not YAML or JSON."""
    import jupytext  # here, as most who need a path of this module read no lesson

    text = path.read_text(encoding="utf-8")
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext has a class of its own for every way to be wrong
        name = path.relative_to(root)
        raise ValueError(f"{name} must be readable as MyST, got {error}. Mend it.") from error
    header = notebook.metadata.get("crm", {})
    return Lesson(path, root, header, tuple(notebook.cells), tuple(_lines(text, notebook.cells)))


def read_all(root=ROOT):
    """Read every text below root, in the order of the course."""
    paths = (root / LESSONS).rglob("*.md")
    return [read(path, root) for path in sorted(paths) if NAME.fullmatch(path.name)]


def _lines(text, cells):
    """Yield the line on which each cell's source begins; cells stand in the text word for word."""
    start = 0
    for cell in cells:
        start = text.index(cell.source, start)
        yield text.count("\n", 0, start) + 1
        start += len(cell.source)


def _is_line(cell):
    return heading(cell)[1] in BELOW_THE_LINE


def tags(cell):
    return cell.metadata.get("tags", [])


def crm(cell):
    return cell.metadata.get("crm", {})


def heading(cell):
    """Return (level, text) of the heading that a Markdown cell begins with; (0, "") if none."""
    match = HEADING.match(cell.source.split("\n")[0]) if cell.cell_type == "markdown" else None
    return (len(match[1]), match[2]) if match else (0, "")


def prose(cell):
    """Yield (offset, line) of a Markdown cell, without what stands inside fences."""
    inside = False
    for offset, line in enumerate(cell.source.split("\n")):
        is_fence = bool(FENCE.match(line))
        if not inside:
            yield offset, line
        inside ^= is_fence


def headings(cell):
    """Yield (offset, level, text) of every heading of a cell."""
    for offset, line in prose(cell) if cell.cell_type == "markdown" else ():
        if match := HEADING.match(line):
            yield offset, len(match[1]), match[2]


def out_of_order(found):
    """Yield (place, sentence) where a heading skips a level or is a second title.

    found: (place, level, text) of each heading of a document.
    """
    before = 0
    for place, level, words in found:
        if level > before + 1 or (level == 1 and before):
            yield place, f"heading {words!r} must not be level {level} after {before}. Renumber it."
        before = level
