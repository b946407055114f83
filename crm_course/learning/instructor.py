"""What an instructor takes to class, from the chapter itself: run sheet, answer key, path.

Markdown is made here; HTML and slides come from it and from the notebook (instructor_files.py).
"""

from crm_course import content, datasets
from crm_course.learning import case_pages, memos, quiz_bank, quiz_faces, run_sheet, solutions
from crm_course.learning.exercises import value_of
from crm_course.learning.wording import amount

NAMES = {"predict": "guess", "role": "two roles"}  # of a beat, where it has another
HEADER = "| minute | section | min | low–high | beat |\n|---|---|---|---|---|"
NO_KERNEL = """\
## When half the room has no kernel

1. Say: *"Sit with somebody whose notebook runs. Two at one screen is how this lesson is meant."*
2. Go on at once. Every chapter is committed with its outputs: whoever has no kernel reads along \
in the notebook as it came, or on the projector, and loses the sliders only.
3. In the next pair question, one helper goes round and asks for `crm-course doctor`: each line \
names its own fix.
4. The usual three: another environment is active (start again with `crm-course lab`), the file \
was opened by a double click outside the course folder, the disk is full.
5. Nobody is helped for longer than a pair question. The rest is for the break.
"""
MAIL = """\
## The mail, a week before

> Subject: before our course on customers
>
> Please bring a laptop on which this has run once, at home, with a good network:
>
> 1. Python 3.11 or newer, and the course folder (link or file: …).
> 2. In that folder: `make lab`, or the three lines of the README. It takes some minutes and 2 GB.
> 3. JupyterLab opens `00_start_here`. Run its first cell.
>
> If a step fails, run `crm-course doctor` and send me what it prints. In class no network is \
needed. You need no knowledge of statistics; you should have met Python and pandas before.
"""

WEEKS = (
    "00", "01", "11", "12", "13", "14", "21", "22", "23", "24", "31", "32", "33", "34", "41", "42",
    "43", "51", "52", "53", "54", "55", "61", "62", "63", "64", "65", "71", "72",
)  # fmt: skip
# lessons of a path: chapter and minutes, or what stands between them
PATHS = {
    "hour": (("21", 60),),
    "day": (
        ("00", 30), ("21", 90), "Break, 15 min", ("22", 60), "Lunch, 60 min", ("24", 60),
        ("31", 60), "Break, 15 min", ("42", 60),
    ),
    "semester": tuple((number, 90) for number in WEEKS),
}  # fmt: skip


def run_sheet_text(chapter, sheet):
    """Return the run sheet of a Chapter as Markdown; sheet: a RunSheet."""
    parts = [
        f"# {chapter.title}\n\n**{chapter.title_zh}** · chapter {chapter.stem[:2]} in "
        f"{sheet.minutes} minutes · needs: {chapter.needs}",
        _steps(sheet),
        case_pages.groups_text(chapter, sheet) if chapter.is_case else "",
        _pairs(sheet),
        _board(chapter, sheet),
        _cuts(chapter, sheet),
        _stops(sheet),
        _wrong(chapter),
        NO_KERNEL,
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _steps(sheet):
    lines = ["## Minute by minute\n", HEADER]
    for step in sheet.steps:
        low, high = step.section.minutes
        lines.append(
            f"| {step.start}–{step.end} | {_cell(step.section.title)} | {step.minutes} | "
            f"{low}–{high} | {step.section.beat} |"
        )
    if sheet.reserve:
        start = sheet.minutes - sheet.reserve
        lines.append(f"| {start}–{sheet.minutes} | Questions, reserve | {sheet.reserve} | | |")
    return "\n".join([*lines, f"| | **Together** | **{sheet.minutes}** | | |"])


def _pairs(sheet):
    lines = ["## Questions for pairs"]
    for step in sheet.steps:
        for how_long, question, answer in step.section.pairs:
            lines.append(f"* Minute {step.start}–{step.end}, *{step.section.title}*. {how_long}: "
                         f"{question}" + (f"\n\n    Ours: {answer}" if answer else ""))  # fmt: skip
    return "\n".join(lines) if len(lines) > 1 else ""


def _board(chapter, sheet):
    """Return what to write on the board: the vote, the guesses, the questions that stand out."""
    lines = ["## On the board", f"* Before and after, hands up: {chapter.title}"]
    for step in sheet.steps:
        if step.section.beat == "predict":
            text = " ".join(step.section.text.split("\n\n")[-1].split())
            lines.append(f"* Everybody's guess, smallest to largest: {text}")
        lines += [f"* {question}" for question in step.section.questions]
    return "\n".join(lines)


def _cuts(chapter, sheet):
    lines = ["## Late? Leave out, in this order", "", "| cut | wins | instead |", "|---|---|---|"]
    for step, won, instead in sheet.cuts:
        lines.append(f"| {_cell(step.section.title)} | {won} min | {instead} |")
    never = ", ".join(f"the {NAMES.get(beat, beat)}" for beat in run_sheet.spine(chapter))
    return "\n".join([*lines, "", f"Never cut: {never}."])


def _stops(sheet):
    lines = ["## Where the lesson still stands if you stop"]
    for minute, step, say in sheet.stops:
        lines.append(f"* **Minute {minute}, after *{step.section.title}*.** {say}")
    return "\n".join(lines)


def _wrong(chapter):
    """Return the wrong answers to expect, each with what to say."""
    lines, sample = ["## Wrong answers to expect, and what to say"], datasets.company()
    for exercise in _exercises(chapter):
        lines += [f"\n**{exercise.id}**\n"] if exercise.mistakes else []
        lines += [f"* {_value(exercise, each.value, sample)} ({each.tag}). {each.say}"
                  for each in exercise.mistakes]  # fmt: skip
    for question in _questions(chapter):
        lines.append(f"\n**{question.id}** {question.ask}\n")
        lines += [f"* {_value(question.exercise, each.value, sample)} ({each.tag}). {each.say}"
                  for each in question.exercise.mistakes]  # fmt: skip
    return "\n".join(lines) if len(lines) > 1 else ""


def answer_key(chapter, student=""):
    """Return the answers of a chapter's exercises and quiz as Markdown.

    student: whose company the figures are of; "" is the shared sample.
    """
    whose = f"the company of {student}" if student else "the shared sample (student='')"
    lines = [f"# Answers to chapter {chapter.stem[:2]}", f"Not for students. Figures: {whose}."]
    company = datasets.company(student=student)
    titles = {each.title.split(" ")[0]: each.title for each in chapter.exercises}
    for exercise in _exercises(chapter):
        lines.append(f"## {titles.get(exercise.id, exercise.id)}")
        lines.append(f"**{_value(exercise, exercise.reference, company)}**")
        code = solutions.text_of(exercise)
        lines.append(f"```python\n{code}\n```" if code else exercise.hints[-1])
    for question in _questions(chapter):
        lines.append(f"## {question.id}\n\n{question.ask}\n\n**{quiz_faces.answer(question)}**")
    return "\n\n".join(lines) + "\n"


def path_text(name, read, known):
    """Return a path as Markdown: its lessons with their minutes, breaks, mail, and run sheets.

    name: hour, day or semester. read: a function from a chapter's number to its Chapter; known:
    the numbers of the chapters that are there, others are left out.
    """
    if name not in PATHS:
        raise ValueError(f"path must be one of {', '.join(PATHS)}, got {name!r}. Choose one.")
    there = _there(PATHS[name], known)
    lines, sheets = [f"# A {name} with the course\n"], []
    for number, (chapter, minutes) in enumerate(there, 1):
        if chapter is None:
            lines.append(f"* {minutes}")
            continue
        lesson = read(chapter)
        lead = f"Week {number}: " if name == "semester" else ""
        lines.append(f"* {lead}chapter {chapter}, {minutes} min: {lesson.title}")
        sheets.append(run_sheet_text(lesson, run_sheet.plan(lesson, minutes)))
    total = sum(_minutes(*each) for each in there)
    lines.append(f"\nTogether {total} minutes.\n")
    return "\n".join(lines) + "\n" + MAIL + "\n" + "\n---\n\n".join(sheets)


def _there(path, known):
    """Return (chapter, minutes) of the lessons that are there, (None, words) of breaks between."""
    found = []
    for each in path:
        if not isinstance(each, str) and each[0] in known:
            found.append(each)
        elif isinstance(each, str) and found:
            if found[-1][0] is None:  # two breaks in a row: the longer one
                each = max(each, found.pop()[1], key=lambda words: _minutes(None, words))
            found.append((None, each))
    return found[:-1] if found and found[-1][0] is None else found


def _minutes(chapter, told):
    return told if chapter else int("".join(filter(str.isdigit, told)))


def _exercises(chapter):
    known = content.chapters()
    return content.exercises(chapter.number) if chapter.number in known else ()


def _questions(chapter):
    if chapter.number not in content.chapters():
        return ()
    path = content.topic_folder(chapter.number) / "quiz.yaml"
    return quiz_bank.load(path, chapter.number) if path.exists() else ()


def _value(exercise, value, company):
    """Return a value as it is shown; one that cannot be computed or told is described."""
    try:
        value = value_of(value, company)
        if isinstance(value, dict):
            return "; ".join(f"{name}: {amount(memos.value_of(each), exercise.unit)}"
                             for name, each in value.items())  # fmt: skip
        if exercise.kind == "text":
            return value if isinstance(value, str) else value[0]  # of several that are accepted
        if isinstance(value, tuple):
            return ", ".join(amount(each, exercise.unit) for each in value)
        return amount(value, exercise.unit)
    except Exception:  # a table, a function: its code in the key tells more than its text
        return f"({exercise.kind})"


def _cell(text):
    return text.replace("|", "\\|")
