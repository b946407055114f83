"""The form of a case of area 6: all its parts, in order, each as short as the page it becomes.

Hand-out, exhibits with the reader's own measures, two roles, three questions without one right
answer, a memo, a rubric, and for the instructor two memos with notes in the margin.
"""

import ast
import re
from itertools import chain

from authoring.lesson import heading, tags

MINUTES, ARRIVING = 90, 5  # of a class; of them, before the first section
STAGES = (
    ("hand-out",),
    ("predict", "one customer", "exhibit", "explorer"),
    ("role",),
    ("question for discussion",),
    ("memo",),
    ("rubric",),
    ("summary",),
)
HOW_MANY = {"exhibit": (3, 5), "role": (2, 2)}  # of every other part there is one
LONGEST = {"hand-out": 420, "role": 170, "rubric": 260}  # words
WORDS, NOTES = 250, 3  # of a memo; notes in the margin of a model
MODELS = ("A strong memo", "A weak memo")
MEASURED, LEVELS = ("Evidence", "Method", "Money", "Limits"), 4
NUMBERED = re.compile(r"^(\d)\. ", re.MULTILINE)
MARGIN = re.compile(r"^> \*\*Margin[.:]\*\*.*(?:\n>.*)*", re.MULTILINE)


def has_its_parts(lesson):
    beats = [beat for beat, _line, _cells in lesson.sections()]
    for part in chain(*STAGES) if lesson.is_case else ():
        low, high = HOW_MANY.get(part, (1, 1))
        if not low <= beats.count(part) <= high:
            most = "" if high == low else f" to {high}"
            yield 1, f"a case must have {low}{most} of beat {part!r}, got {beats.count(part)}."


def keeps_its_order(lesson):
    stage = {beat: number for number, beats in enumerate(STAGES) for beat in beats}
    found = [beat for beat, _line, _cells in lesson.sections() if beat in stage]
    if lesson.is_case and found != sorted(found, key=stage.get):
        yield 1, f"a case must go from {STAGES[0][0]} to {STAGES[-1][0]} in order, got {found}."


def fits_the_class(lesson):
    least = lesson.header.get("minutes", [0])[0] + ARRIVING
    if lesson.is_case and least > MINUTES:
        yield 1, f"a case must fit {MINUTES} minutes, got {least} with {ARRIVING} to arrive. Cut."


def pages_are_short(lesson):
    for beat, line, words in _texts(lesson):
        if len(words.split()) > LONGEST.get(beat, len(words)):
            most = LONGEST[beat]
            yield line, f"the {beat} must have up to {most} words, got {len(words.split())}. Cut."


def asks_three_questions(lesson):
    for beat, line, words in _texts(lesson):
        asked = NUMBERED.findall(words)
        if beat == "question for discussion" and asked != ["1", "2", "3"]:
            yield line, f"a case must ask three questions, numbered 1. to 3., got {asked}."


def memo_says_its_length(lesson):
    for beat, line, words in _texts(lesson):
        if beat == "memo" and f"{WORDS} words" not in words:
            yield line, f"the memo must ask for {WORDS} words. Say so in its form."


def rubric_is_whole(lesson):
    for beat, line, words in _texts(lesson):
        rows = [row.strip("| ").split("|") for row in words.splitlines() if row.startswith("|")]
        levels = {row[0].strip(" *"): sum(bool(each.strip()) for each in row[1:]) for row in rows}
        for measured in MEASURED if beat == "rubric" else ():
            if levels.get(measured) != LEVELS:
                got = levels.get(measured, "no row")
                yield line, f"{measured} must have {LEVELS} levels in the rubric, got {got}."


def models_are_there(lesson):
    models = {heading(cell)[1]: cell for cell in lesson.cells if "instructor" in tags(cell)}
    for name in MODELS if lesson.is_case else ():
        if name not in models:
            yield 1, f"a case must have {name!r} in a cell tagged instructor. Write it."
            continue
        source = models[name].source.partition("\n")[2]
        notes, words = len(MARGIN.findall(source)), len(MARGIN.sub("", source).split())
        if notes < NOTES or words > WORDS:
            wanted = f"up to {WORDS} words and from {NOTES} notes on (> **Margin:** ...)"
            yield 1, f"{name!r} must have {wanted}, got {words} and {notes}."
        if name == MODELS[0] and "(Exhibit" not in source:
            yield 1, f"{name!r} must name exhibits, (Exhibit 2), got none. Its rubric wants them."


def outputs_have_names(lesson):
    for line, cell in lesson.of("code") if lesson.is_case else ():
        last = ast.parse(cell.source).body[-1]
        if isinstance(last, ast.Expr) and isinstance(last.value, ast.Tuple):
            yield line, "an output must say what it shows, got bare numbers. Paper has no code."


def _texts(lesson):
    """Yield beat, line and text of each section of a case, without what instructors only read."""
    for beat, line, cells in lesson.sections() if lesson.is_case else ():
        texts = [cell for cell in cells if cell.cell_type == "markdown"]
        seen = (cell.source for cell in texts if "instructor" not in tags(cell))
        yield beat, line, "\n\n".join(seen)


RULES = (
    has_its_parts,
    keeps_its_order,
    fits_the_class,
    pages_are_short,
    asks_three_questions,
    memo_says_its_length,
    rubric_is_whole,
    models_are_there,
    outputs_have_names,
)
