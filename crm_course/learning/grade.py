"""Mark what a class handed in: `crm-course grade submissions/ --sheet 21`.

Two processes: a submission runs in one of its own (sandbox.py) and hands out plain data; the marks
are made here, against the company of the student whom the file is named after. No object of a
submission reaches this process, and all notebooks are read before the first of them runs.
"""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from crm_course import content
from crm_course.learning import functions, lesson_plan, personal, sandbox, submissions
from crm_course.learning.feedback import Feedback
from crm_course.learning.handed_in import Odd, decoded
from crm_course.learning.marking import mark
from crm_course.locale import _

ENDS = {
    "stopped": "the time was over; cells after that did not run",
    "died": "the kernel died (too much memory, or a cell that ended it)",
    "lost": "the run told nothing",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was given out: its name, its exercises with their titles, those to stretch."""

    stem: str
    titles: dict
    stretch: tuple[str, ...] = ()

    @property
    def core(self):
        return tuple(id for id in self.titles if id not in self.stretch)


@dataclass(frozen=True)
class Graded:
    """The marks of one student: a Feedback for each exercise, and what to know beside them."""

    student: str
    feedback: dict
    notes: tuple[str, ...] = ()

    def points(self, ids):
        """How many of the exercises are right."""
        return sum(self.feedback[id].right for id in ids if id in self.feedback)


def read_sheet(course, number):
    """Read the released sheet of a chapter from exercises/ -> Sheet."""
    path = lesson_plan.find(course, "exercises", number)
    if path is None:
        raise FileNotFoundError(
            f"sheet {number} must lie in exercises/, got none. Give the number of a chapter: 21."
        )
    titles, stretch, heading, below = {}, [], "", False
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            first = "".join(cell["source"]).split("\n")[0]
            heading = first.lstrip("# ") if first.startswith("#") else heading
            below = below or heading == "Stretch"
        elif id := cell["metadata"].get("crm", {}).get("exercise"):
            titles[id] = heading.removeprefix(id).strip()
            stretch += [id] if below else []
    return Sheet(path.stem, titles, tuple(stretch))


def grade(folder, sheet, *, students=(), shared=False, limits=None, jobs=2, say=print):
    """Mark every submission of a folder -> list of Graded, in the order of the students.

    sheet: a Sheet. students: the ids of the class, empty if there is no list. shared: mark
    everybody on the shared company. jobs: how many run at the same time.
    """
    exercises = {id: content.exercise(id) for id in sheet.titles}  # read before any of them runs
    handed_in = submissions.find(folder, sheet.titles, sheet.stem)
    good = [each for each in handed_in if not each.fault]
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        limits, calls = limits or sandbox.Limits(), _Calls(exercises, shared)
        runs = pool.map(lambda each: sandbox.run(each, limits, calls.of(each.student)), good)
        by_student = {}
        for each, run in zip(good, runs, strict=True):
            by_student[each.student] = run
            say(f"{each.student}: {run.end}")
    marker = _Marker(exercises, handed_in, tuple(students), shared)
    graded = [marker.graded(each, by_student.get(each.student)) for each in handed_in]
    return sorted(graded + marker.missing(), key=lambda each: each.student)


class _Calls:
    """What functions that are asked for are called with, in the process of each submission."""

    def __init__(self, exercises, shared):
        self.asked = [each for each in exercises.values() if each.kind == "function"]
        self.shared = shared

    def of(self, student):
        """Return {"21.5": calls}; without those whose inputs cannot be packed."""
        company, found = _company(student, self.shared), {}
        for each in self.asked:
            try:
                found[each.id] = functions.packed(each, company)
            except Exception:  # inputs that do not travel: a person marks this one
                continue
        return found


def _company(student, shared):
    from crm_course import datasets

    return datasets.company(student="" if shared else student)


class _Marker:
    """Marks the answers of a class, one student after the other."""

    def __init__(self, exercises, handed_in, students, shared):
        self.exercises, self.shared = exercises, shared
        self.students = {_key(each) for each in students}
        self.listed, self.ids = students, [each.student for each in handed_in]
        self.twins = Counter(each.digest for each in handed_in if each.cells)
        self.known = personal.Answers()

    def graded(self, submission, run):
        """Return the marks of one submission; run is None where it could not be read."""
        if run is None:
            return self._none(submission.student, submission.fault)
        company = self._company(submission.student)
        answers = {id: self._answer(id, run) for id in self.exercises}
        feedback = {
            id: self._one(exercise, answers[id], company, submission, run)
            for id, exercise in self.exercises.items()
        }
        notes = (*self._notes(submission, run, answers), *self._copied(submission, answers))
        return Graded(submission.student, feedback, notes)

    def missing(self):
        """Return marks of those on the list who handed in nothing."""
        here = {_key(each) for each in self.ids}
        return [self._none(each, "nothing was handed in") for each in self.listed
                if _key(each) not in here]  # fmt: skip

    def _none(self, student, why):
        text = _("Not marked: {why}.").format(why=why)
        empty = {id: Feedback(id, "empty", text) for id in self.exercises}
        return Graded(student, empty, (why, *self._unlisted(student)))

    def _company(self, student):
        return _company(student, self.shared)

    def _answer(self, id, run):
        try:
            return decoded(run.answers.get(id, {"kind": "empty"}))
        except Exception:  # data that the submission made up
            return Odd("data that cannot be read")

    def _one(self, exercise, answer, company, submission, run):
        if exercise.kind == "function" and run.answers.get(exercise.id) == {"kind": "function"}:
            return Feedback(exercise.id, "unmarked", _("A person marks this one."))
        feedback = mark(exercise, answer, data=company)
        error = _error(exercise.id, submission, run)
        if feedback.outcome == "empty" and error:
            text = _("The cell of this answer stopped with {error}").format(error=error)
            return Feedback(exercise.id, "wrong", text, "ERROR")
        return feedback

    def _notes(self, submission, run, answers):
        declared = submission.declared
        yield from self._unlisted(submission.student)
        if run.end != "done":
            yield ENDS.get(run.end, "the run told nothing")
        if declared and _key(declared) != _key(submission.student):
            yield f"the sheet asks for the company of {_short(declared)}"
        if declared == "" and not self.shared:
            yield "the sheet uses the shared company"
        if self.twins[submission.digest] > 1 and any(each is not None for each in answers.values()):
            yield "another sheet has the same cells"

    def _copied(self, submission, answers):
        others = [each for each in ("", *self.ids) if _key(each) != _key(submission.student)]
        found = () if self.shared else personal.copied(
            answers, submission.student, others, known=self.known
        )  # fmt: skip
        names = ", ".join(_short(each) or "the shared company" for each in found)
        return [f"wrong answers are exactly those of {names}"] if found else []

    def _unlisted(self, student):
        return ["not on the list"] if self.students and _key(student) not in self.students else []


def _error(id, submission, run):
    """Return the error of the cell in which the answer should be made, or ""."""
    name = submission.names.get(id)
    for number, text in run.errors.items():
        if number < len(submission.cells) and name and name in submission.cells[number]:
            return text
    return ""


def _key(student):
    return student.strip().lower()


def _short(text):
    return text if len(text) <= 40 else f"{text[:40]}…"
