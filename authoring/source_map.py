"""docs/source-map.md: which slide of the source is taught in which section; made, not written.

A section says in its metadata which items it teaches: `"items": ["S0-07"]`. An item whose chapter
is not written yet is "to come"; an item of a written chapter that no section teaches is a problem.
"""

import re
from dataclasses import dataclass

from authoring.lesson import NOTEBOOKS, ROOT, Lesson, crm, heading, read_all
from crm_course.learning import glossary
from crm_course.learning.items import DECKS, items

TARGET = "docs/source-map.md"
TOP = """\
# From the source to the sections

Made by `crm-course build` from `crm_course/content/items.yaml` and the lessons. It leads from each
slide, page or section of the five source decks to where the course teaches it. What could not be
recovered from a deck is said to be missing or lost here, and shown as a reconstruction there.
"""


@dataclass(frozen=True)
class Section:
    """A section of a chapter: its lesson, its heading, the items it teaches, all its words."""

    lesson: Lesson
    heading: str
    items: tuple[str, ...]
    text: str


def sections(lessons):
    """Return the sections of the chapters among lessons, each with the text up to the next."""
    return [
        section for lesson in lessons if not lesson.is_sheet for section in _sections_of(lesson)
    ]


def _sections_of(lesson):
    title, starts = "", []
    for number, cell in enumerate(lesson.cells):
        title = heading(cell)[1] or title
        if "beat" in crm(cell):
            starts.append((number, title, tuple(crm(cell).get("items", ()))))
    ends = [*(number for number, *_ in starts), len(lesson.cells)][1:]
    for (start, name, taught), end in zip(starts, ends, strict=True):
        text = "\n".join(cell.source for cell in lesson.cells[start:end])
        yield Section(lesson, name, taught, text)


def problems(lessons):
    """Return one sentence for each item that its chapter leaves out, and each wrong reference."""
    found = sections(lessons)
    written = {section.lesson.number for section in found}
    taught = {id for section in found for id in section.items}
    left_out = [
        f"item {each.id} ({each.zh}): chapter {each.chapters[0]} must teach it, got no section "
        f'that does. Add "{each.id}" to the items of one.'
        for each in items().values()
        if each.chapters[0] in written and each.id not in taught
    ]
    return left_out + [said for section in found for said in _section_problems(section)]


def _section_problems(section):
    for id in section.items:
        place = f"{section.lesson.path.name}, section {section.heading!r}: item {id}"
        if id not in items():
            yield f"{place} must be one of content/items.yaml. Correct it."
        elif not _uses(section, _names(items()[id])):
            term = items()[id].term or " or ".join(items()[id].says)
            yield f"{place} must use its term, {term!r}. Say it, in either language."


def _names(item):
    """The names of an item's term, in either language, or the words that stand for it."""
    return glossary.term(item.term).names if item.term else item.says


def _uses(section, names):
    words = " ".join(section.text.split())
    return any(re.search(_whole(name), words, re.IGNORECASE) for name in names)


def _whole(name):
    """The pattern of a name, in English of whole words, one or many: EL is not in else."""
    return rf"\b{re.escape(name)}(?:e?s)?\b" if name.isascii() else re.escape(name)


def text(lessons):
    """Return the page as Markdown."""
    found = sections(lessons)
    return "\n".join([TOP, *(_deck(deck, found) for deck in DECKS)])


def _deck(deck, found):
    chinese, english, place = DECKS[deck]
    rows = [_row(each, found) for each in items().values() if each.deck == deck]
    head = [f"## {deck} · {chinese}", "", f"*{english}*", ""]
    columns = [f"| item | {place} | 中文 | English | taught in |", "|---|---|---|---|---|"]
    return "\n".join([*head, *columns, *rows, ""])


def _row(item, found):
    links = [_link(section) for section in found if item.id in section.items]
    here = {section.lesson.number for section in found if item.id in section.items}
    later = [number for number in item.chapters if number not in here]
    written = {section.lesson.number for section in found}
    later = ", ".join(number for number in later if number not in written)
    taught = [*links, *([f"to come: {later}"] if later else [])]
    return f"| {item.id} | {item.place} | {item.zh} | {item.en} | {' · '.join(taught)} |"


def _link(section):
    lesson = section.lesson
    path = lesson.target(NOTEBOOKS).relative_to(lesson.root).as_posix()
    anchor = re.sub(r"\s+", "-", section.heading)
    return f"[{lesson.number} {section.heading}](../{path}#{anchor})"


def write(root=ROOT):
    """Write the page."""
    path = root / TARGET
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(read_all(root)), encoding="utf-8", newline="\n")


def stale(root=ROOT):
    """Return a list of one sentence if the page is missing or not up to date."""
    path = root / TARGET
    fresh = path.exists() and path.read_text(encoding="utf-8") == text(read_all(root))
    return [] if fresh else [f"{TARGET}: stale. Run `crm-course build`."]
