"""Over 200 companies the solution is right, the answers differ, and a copied sheet shows.

Each company is made once, for all sheets, and each reference computed on it once; what comes of it
lies in a folder that the processes of a run share (`outcomes`).
"""

import ast
import json
import os
import time
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain, pairwise
from numbers import Integral, Real
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from authoring import solutions
from authoring.lesson import read_all
from crm_course import content, datasets
from crm_course.foundations import customer_view
from crm_course.learning import memos, personal
from crm_course.learning.exercises import value_of
from crm_course.learning.marking import mark

SHEETS = [lesson for lesson in read_all() if lesson.is_sheet]
# fewer while trying things out: CRM_COURSE_COMPANIES=5
HOW_MANY = int(os.environ.get("CRM_COURSE_COMPANIES", 200))
IDS = [f"s{number}" for number in range(1000, 1000 + HOW_MANY)]
AT_ONCE = 5  # few, so that at the end nobody waits long for the other
PARTS = range(0, HOW_MANY, AT_ONCE)
COUNTED = 20_000  # customers, at most, that a share is counted over
TABLES = 64  # of one company, kept while all sheets are solved on it
BY_STEM = {sheet.stem: sheet for sheet in SHEETS}


@cache
def parts(stem):
    """The code of a sheet without what only shows, marks or sets up, and the ids of its answers."""
    tree = ast.parse("\n".join(cell.source for _line, cell in BY_STEM[stem].of("code")))
    tree.body = [each for each in tree.body if not isinstance(each, ast.Expr)]
    tree.body = [each for each in tree.body if not ast.unparse(each).startswith("company = ")]
    return compile(tree, stem, "exec"), list(solutions.solved(BY_STEM[stem]))


def once(link):
    """link_records, which gives what it gave if asked for the same records again: it is slow."""
    links = {}  # of one company at a time

    def linked(records, **options):
        asked = (id(records), *options.items())
        if asked not in links:
            links.clear()
            links[asked] = records, link(records, **options)  # records: so that the id stays theirs
        return links[asked][1].copy()

    return linked


def handed_in(sheet, company):
    """Run the solutions of a sheet on a company -> {"21.4": answer}."""
    place = {"company": company}
    code, ids = parts(sheet.stem)
    exec(code, place)
    return {id: place[f"answer_{id.replace('.', '_')}"] for id in ids}


def solved_by(student):
    """Solve every sheet on the company of a student -> what is not right, and the references."""
    own, faults, found = datasets.company(student=student), [], {}
    for id, answer in chain(*(handed_in(sheet, own).items() for sheet in SHEETS)):
        asked = content.exercise(id)
        reference = value_of(asked.reference, own)
        feedback = mark(replace(asked, reference=lambda _: reference, truth=None), answer,  # noqa: B023
                        data=own)  # fmt: skip
        faults += [] if feedback.right or asked.kind == "memo" else [f"{student} {feedback}"]
        found[id] = one_number(reference, asked.kind)
    return faults, found


def one_number(value, kind=""):
    """A reference as one number where it is made of numbers, else as a text."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, Real) or kind in ("text", "function") or isinstance(value, str):
        return float(value) if isinstance(value, Real) else str(value)
    if isinstance(value, dict):
        value = pd.concat([pd.Series(memos.value_of(each)) for each in value.values()])
    if isinstance(value, pd.DataFrame):
        value = value.select_dtypes("number").to_numpy()
    try:
        return float(np.nansum(np.asarray(value, dtype=float)))
    except (TypeError, ValueError):  # words, dates
        return str(value)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "companies"
    folder.mkdir(exist_ok=True)
    return folder


def outcomes(first, shared):
    """What came of the companies from the place `first` on; computed by whoever asks first."""
    path = Path(shared) / f"{first}.json"
    try:
        (Path(shared) / f"{first}.taken").touch(exist_ok=False)
    except FileExistsError:
        return waited_for(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets, "_made", lru_cache(TABLES)(datasets._made.__wrapped__))
        patch.setattr(customer_view, "link_records", once(customer_view.link_records))
        try:
            made = {student: solved_by(student) for student in IDS[first : first + AT_ONCE]}
        except Exception as error:  # whoever waits for it must hear of it
            made = {"all": ([repr(error)], {})}
    path.with_suffix(".part").write_text(json.dumps(made), encoding="utf-8")
    path.with_suffix(".part").replace(path)
    return made


def waited_for(path):
    end = time.monotonic() + 900
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.2)
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("first", PARTS)
def test_the_solution_is_right_on_every_company(first, shared):
    assert [fault for faults, _found in outcomes(first, shared).values() for fault in faults] == []


def test_answers_that_are_estimates_all_differ_between_the_companies(shared):
    """Counts, shares of counts and texts may coincide: of 200 companies some have the same."""
    parts = [outcomes(first, shared) for first in reversed(PARTS)]  # another begins at the front
    made = [found for part in reversed(parts) for _faults, found in part.values()]
    values = pd.DataFrame(made)
    estimates = [id for id in values if is_continuous(values[id].tolist())]
    assert estimates
    assert [id for id in estimates if not values[id].is_unique] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda lesson: lesson.stem)
def test_every_sheet_has_answers_that_cannot_be_copied(sheet, shared):
    (_faults, one), (_more, other), *_rest = outcomes(0, shared).values()
    assert sum(one[id] != other[id] for id in solutions.solved(sheet)) >= 2


def is_continuous(values):
    """Whether these are estimates: neither counts, nor shares of counts, nor the same for all."""
    if not all(isinstance(value, Real) for value in values) or len(set(values)) == 1:
        return False
    return not any(abs(counted(value) - value) < 1e-14 for value in values[:10])


def counted(value):
    return float(Fraction(value).limit_denominator(COUNTED))


@pytest.mark.parametrize("values", [[3, 4], [0.25, 41 / 74], [0.3, 0.3], ["a", "b"]])
def test_counts_and_shares_are_not_continuous(values):
    assert not is_continuous(values)


SHEET = next(sheet for sheet in SHEETS if sheet.number == "21")
CLASS = ["", "s1000", "s1001", "s1002", "s1003"]


@pytest.fixture(scope="module")
def known():
    return personal.Answers()


@pytest.fixture(scope="module")
def sheets():
    """What each of the class hands in who has worked on the own company."""
    return {student: handed_in(SHEET, datasets.company(student=student)) for student in CLASS}


@pytest.mark.parametrize("source", CLASS)
def test_a_copied_sheet_names_the_company_it_was_made_on(source, sheets, known):
    assert personal.copied(sheets[source], "mallory", CLASS, known=known) == [source]


@pytest.mark.parametrize("id", solutions.solved(SHEET))
def test_a_copied_sheet_in_which_one_answer_was_changed_is_found_too(id, sheets, known):
    changed = sheets["s1002"] | {id: 0.123456}
    assert personal.copied(changed, "mallory", CLASS, known=known) == ["s1002"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda lesson: lesson.stem)
def test_a_copy_of_any_sheet_is_found(sheet, known):
    made = handed_in(sheet, datasets.company(student="s1000"))
    assert "s1000" in personal.copied(made, "mallory", CLASS[:3], known=known)


def test_a_copied_sheet_rounded_to_four_digits_is_found_too(sheets, known):
    rounded = {
        id: round(float(value), 4) if isinstance(value, float) else value
        for id, value in sheets["s1003"].items()
    }
    assert personal.copied(rounded, "mallory", CLASS, known=known) == ["s1003"]


@pytest.mark.parametrize("student", CLASS)
def test_a_sheet_of_one_s_own_is_nobody_else_s(student, sheets, known):
    assert personal.copied(sheets[student], student, CLASS, known=known) == []


def test_answers_that_are_the_same_on_every_company_are_nobody_else_s_when_rounded(known):
    answers = {"72.3": 43.1, "72.8": 1.32}
    assert personal.copied(answers, "s1", ["", "s2", "s3"], known=known) == []


@pytest.mark.parametrize(
    "answer", [..., None, 0.5, 1, "0.6", float("nan"), [], object(), ValueError("x"), 10**400]
)
def test_answers_that_are_just_wrong_are_nobody_else_s(answer, known):
    answers = dict.fromkeys(solutions.solved(SHEET), answer)
    assert personal.copied(answers, "mallory", CLASS, known=known) == []


def test_the_id_is_read_without_regard_to_case_and_spaces():
    tables = [datasets.company(student=name).panel for name in ("S1024 ", "s1024")]
    for one, other in pairwise(tables):
        pd.testing.assert_frame_equal(one, other)
