"""Metadata in a lesson: known names, beats in order, minutes that add up, numbered exercises."""

from authoring.lesson import crm, tags

SPINE = ("question", "predict", "one customer", "decision", "summary")
BETWEEN = ("everybody", "picture", "model", "surprise", "explorer", "claim", "truth", "reality")
OF_A_CASE = ("hand-out", "exhibit", "role", "question for discussion", "memo", "rubric")
BEATS = (*SPINE, *BETWEEN, *OF_A_CASE, "limits", "quiz", "further", "sheet", "exercise", "stretch")
TAGS = ("instructor", "pair", "raises-exception", "solution")
OF_A_CHAPTER = ("title_zh", "minutes", "needs")
OF_A_HEADER = (*OF_A_CHAPTER, "abstract_zh")
OF_A_TEXT = ("beat", "minutes", "items", "exercise")
OF_CODE = ("exercise", "ignore")
COMPANY = 'company = datasets.company(student="")'


def names_are_known(lesson):
    for name in lesson.header.keys() - set(OF_A_HEADER):
        yield 1, f"crm of the header must be one of {OF_A_HEADER}, got {name!r}. Rename it."
    for line, cell in lesson.pairs():
        known = OF_A_TEXT if cell.cell_type == "markdown" else OF_CODE
        for name in crm(cell).keys() - set(known):
            yield line, f"crm of a {cell.cell_type} cell must be one of {known}, got {name!r}."
        for tag in set(tags(cell)) - set(TAGS):
            yield line, f"a tag must be one of {TAGS}, got {tag!r}. Rename it."


def header_is_complete(lesson):
    for name in OF_A_CHAPTER:
        if not lesson.is_sheet and name not in lesson.header:
            yield 1, f"the header of a chapter must give {name}. Add it under crm."


def beats_are_known(lesson):
    for line, cell in lesson.of("markdown"):
        if crm(cell).get("beat", BEATS[0]) not in BEATS:
            yield line, f"a beat must be one of {', '.join(BEATS)}, got {crm(cell)['beat']!r}."


def beats_keep_their_order(lesson):
    beats = [crm(cell).get("beat") for _line, cell in lesson.core()]
    spine = [beat for beat in beats if beat in SPINE]
    is_chapter = not lesson.is_sheet and lesson.number[0] in "12345"  # a case: rules/case.py
    if spine != [beat for beat in SPINE if is_chapter or beat in spine]:
        yield 1, f"a core must have the beats {SPINE} in order, got {spine}. Move the sections."


def minutes_add_up(lesson):
    given = [crm(cell)["minutes"] for _line, cell in lesson.core() if "minutes" in crm(cell)]
    wrong = [pair for pair in given if len(pair) != 2 or not 0 <= pair[0] <= pair[1]]
    total, stated = [sum(side) for side in zip(*given, strict=False)], lesson.header.get("minutes")
    if wrong:
        yield 1, f"minutes must be [low, high], got {wrong[0]}. Write both."
    elif stated != (total or None):
        yield 1, f"minutes of the header must be the sum of the sections, {total}, got {stated}."


def minutes_have_a_heading(lesson):
    """The visible line stands under a heading; the beats before the first have the title's."""
    for line, cell in lesson.pairs():
        if "minutes" in crm(cell) and "beat" not in crm(cell) and not cell.source.startswith("#"):
            yield line, "a section with minutes must begin with a heading. Add it, or a beat."


def reasons_are_given(lesson):
    for line, cell in lesson.of("code"):
        reason = crm(cell).get("ignore", "given")
        if not isinstance(reason, str) or not reason.strip():
            yield line, f"crm.ignore must say why the output cannot be compared, got {reason!r}."


def sheet_begins_with_the_company(lesson):
    code = lesson.of("code")
    if lesson.is_sheet and not (code and COMPANY in code[0][1].source):
        yield 1, f"the first cell of a sheet must hold `{COMPANY}`. Add it."


def exercises_are_numbered(lesson):
    ids = [crm(cell)["exercise"] for cell in lesson.cells if "exercise" in crm(cell)]
    first = int(str(ids[0]).partition(".")[2] or 1) if ids else 1
    expected = [f"{int(lesson.number)}.{first + number}" for number in range(len(ids))]
    if ids != expected:
        yield 1, f"exercises must be numbered {expected} (in quotes), got {ids}. Renumber them."


def exercises_have_their_heading(lesson):
    for line, cell in lesson.pairs():
        exercise = crm(cell).get("exercise")
        if exercise and f"## {exercise} " not in "\n".join(c.source for c in lesson.cells):
            yield line, f"exercise {exercise} must have a heading that begins with it. Add it."


def answers_are_checked(lesson):
    code = "\n".join(cell.source for _line, cell in lesson.of("code"))
    for line, cell in lesson.of("code"):
        exercise = crm(cell).get("exercise")
        if exercise and f'check("{exercise}"' not in code:
            yield line, f'exercise {exercise} must be marked. Add check("{exercise}", ...).'


def answers_have_their_name(lesson):
    for line, cell in lesson.of("code"):
        name = f"answer_{crm(cell).get('exercise', '')}".replace(".", "_")
        if "exercise" in crm(cell) and name not in cell.source:
            yield line, f"a solution must set {name}. The sheet asks for that name."


def solutions_are_in_sheets(lesson):
    for line, cell in lesson.pairs():
        if "exercise" in crm(cell) and "solution" not in tags(cell):
            yield line, "a cell with an exercise must be tagged solution. Add the tag."
        if "solution" in tags(cell) and not lesson.is_sheet:
            yield line, "a solution must stand in a sheet. Move it to the .exercises.md."


RULES = (
    names_are_known,
    header_is_complete,
    beats_are_known,
    beats_keep_their_order,
    minutes_add_up,
    minutes_have_a_heading,
    reasons_are_given,
    sheet_begins_with_the_company,
    exercises_are_numbered,
    exercises_have_their_heading,
    answers_are_checked,
    answers_have_their_name,
    solutions_are_in_sheets,
)
