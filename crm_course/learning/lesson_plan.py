"""What a chapter holds for the one who teaches it: sections, minutes, questions for pairs.

Read from the built notebooks, which carry the metadata of the lesson; so an instructor needs the
checkout with notebooks/ and exercises/, and nothing of the tools that build them. What a lesson
says to instructors only is in no notebook: it lies in crm_course/content/<topic>/instructor.md.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from crm_course import content

BELOW = ("Going further", "Stretch")
_PAIR = re.compile(r"^> \*\*(In (?:pairs|groups), .*?)\*\*\s*(.*?)$", re.MULTILINE)
_NEXT_PAIR = re.compile(r"^> \*\*In (?:pairs|groups)", re.MULTILINE)
_ANSWER = re.compile(r"<details>.*?</summary>(.*?)</details>", re.DOTALL)
_STYLE = re.compile(r"<style\b.*?</style>\s*", re.DOTALL)
# the reader's own answer, of which paper knows nothing
_OWN = re.compile(r"^(?:notebook\.reveal|check|quiz)\(", re.MULTILINE)
_BOLD_QUESTION = re.compile(r"\*\*([^*\n]{12,}\?)\*\*")


@dataclass(frozen=True)
class Section:
    """A section: its title, its beat, its minutes, its text and its code.

    page: its text and what its code shows, as Markdown, for paper.
    """

    title: str
    beat: str
    minutes: tuple[int, int]
    text: str = ""
    code: str = ""
    below: bool = False
    page: str = ""

    @property
    def pairs(self):
        """The questions for pairs: (how long, question, our answer or "")."""
        found = []
        for match in _PAIR.finditer(self.text):
            rest = _NEXT_PAIR.split(self.text[match.end() :])[0]
            answer = _ANSWER.search(rest)
            question = match[2].strip()
            found.append((match[1].rstrip("."), question, answer[1].strip() if answer else ""))
        return found

    @property
    def questions(self):
        """The questions that stand out of the text."""
        without = _PAIR.sub("", self.text)
        return [each[1] for each in _BOLD_QUESTION.finditer(without)]


@dataclass(frozen=True)
class Chapter:
    """A chapter and its sheet, as lists of sections; notes: what is said to instructors only."""

    number: str
    stem: str
    title: str
    title_zh: str
    needs: str
    path: Path
    sections: tuple[Section, ...]
    exercises: tuple[Section, ...]
    notes: str = ""

    @property
    def is_case(self):
        """Whether it is a case: people get a hand-out, take roles and write a memo."""
        return any(each.beat == "hand-out" for each in self.sections)

    @property
    def core(self):
        return tuple(each for each in self.sections if not each.below and each.minutes[1])

    @property
    def further(self):
        return tuple(each for each in self.sections if each.below and each.minutes[1])


def read(course, number):
    """Read a chapter and its sheet from notebooks/ and exercises/ of a checkout -> Chapter."""
    path = find(course, "notebooks", number)
    if path is None:
        known = ", ".join(chapters(course)) or "none"
        raise FileNotFoundError(
            f"chapter {number} must lie in notebooks/ of the checkout, got none. There are {known}."
        )
    notebook = json.loads(path.read_text(encoding="utf-8"))
    header = notebook["metadata"].get("crm", {})
    sections = _sections(notebook["cells"])
    sheet = find(course, "exercises", number)
    exercises = _sections(json.loads(sheet.read_text(encoding="utf-8"))["cells"]) if sheet else []
    return Chapter(
        content.plain_id(number),
        path.stem,
        sections[0].title,
        header.get("title_zh", ""),
        header.get("needs", ""),
        path,
        tuple(sections),
        tuple(each for each in exercises if each.beat == "exercise"),
        _notes(path.stem[3:]),
    )


def chapters(course):
    """Return the numbers of the chapters that are there."""
    paths = sorted((Path(course) / "notebooks").rglob("[0-9][0-9]_*.ipynb"))
    return [path.stem[:2] for path in paths if ".ipynb_checkpoints" not in path.parts]


def find(course, folder, number):
    """Return the notebook of a chapter in a folder of the course, or None.

    JupyterLab leaves older copies in .ipynb_checkpoints, which would come first.
    """
    paths = (Path(course) / folder).rglob(f"{content.plain_id(number):0>2}_*.ipynb")
    found = sorted(path for path in paths if ".ipynb_checkpoints" not in path.parts)
    return found[0] if found else None


def _notes(topic):
    path = content.FOLDER / topic / "instructor.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _sections(cells):
    """Cut the cells of a notebook into sections, each from one beat to the next."""
    parts, title, below = [], "", False
    for cell in cells:
        source = "".join(cell["source"])
        crm = cell["metadata"].get("crm", {})
        if cell["cell_type"] == "markdown":
            heading = _heading(source)
            title, below = heading or title, below or heading in BELOW
            if "beat" in crm:
                minutes = tuple(crm.get("minutes", (0, 0)))
                name = heading or ("Your guess" if crm["beat"] == "predict" else title)
                parts.append((name, crm["beat"], minutes, below, []))
        if parts:
            parts[-1][4].append((cell, source))
    return [_section(*part) for part in parts]


def _section(name, beat, minutes, below, cells):
    texts = [source for cell, source in cells if cell["cell_type"] == "markdown"]
    codes = [source for cell, source in cells if cell["cell_type"] == "code"]
    page = [
        source if cell["cell_type"] == "markdown" else "" if _OWN.search(source) else _shown(cell)
        for cell, source in cells
    ]
    return Section(name, beat, minutes, "\n\n".join(texts), "\n\n".join(codes), below,
                   "\n\n".join(filter(None, page)))  # fmt: skip


def _shown(cell):
    """Return what a code cell shows as Markdown: HTML where it has some, else the text."""
    found = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        text = "".join(output.get("text", data.get("text/plain", ""))).rstrip()
        html = _STYLE.sub("", "".join(data.get("text/html", "")))  # a blank line would end it
        found.append(html or (f"```text\n{text}\n```" if text else ""))
    return "\n\n".join(filter(None, found))


def _heading(source):
    match = re.match(r"#{1,6}\s+(.*?)\s*$", source.split("\n")[0])
    return match[1] if match else ""
