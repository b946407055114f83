"""Over 200 companies the solution is right, the answers differ, and a copied sheet shows."""

import os
import re
from fractions import Fraction
from itertools import chain, pairwise
from numbers import Real

import numpy as np
import pandas as pd
import pytest

from authoring import solutions
from authoring.lesson import read_all
from crm_course import content, datasets
from crm_course.learning import memos, personal
from crm_course.learning.exercises import value_of
from crm_course.learning.marking import mark

SHEETS = [lesson for lesson in read_all() if lesson.is_sheet]
# fewer while trying things out; a company takes a third of a second
HOW_MANY = int(os.environ.get("CRM_COURSE_COMPANIES", 200))
IDS = [f"s{number}" for number in range(1000, 1000 + HOW_MANY)]
COUNTED = 20_000  # customers, at most, that a share is counted over
# lines of a sheet that show, mark or set up, and its first cell's company
NO_WORK = re.compile(r"^(company = |notebook\.|check\(|hint\(|.*\bplot_).*$", re.MULTILINE)


def handed_in(sheet, company):
    """Run the solutions of a sheet on a company -> {"21.4": answer}."""
    place = {"company": company}
    for _line, cell in sheet.of("code"):
        exec(NO_WORK.sub("", cell.source), place)
    ids = solutions.solved(sheet)
    return {id: place[f"answer_{id.replace('.', '_')}"] for id in ids}


@pytest.mark.parametrize("first", range(0, HOW_MANY, 20))
def test_the_solution_is_right_on_every_company(first):
    for student in IDS[first : first + 20]:
        own = datasets.company(student=student)
        for id, answer in chain(*(handed_in(sheet, own).items() for sheet in SHEETS)):
            feedback = mark(content.exercise(id), answer, data=own)
            assert feedback.right or content.exercise(id).kind == "memo", (student, feedback)


def test_continuous_answers_differ_between_all_companies():
    values = pd.DataFrame([references(student) for student in IDS])
    estimates = [id for id in values if is_continuous(values[id].tolist())]
    assert estimates
    assert [id for id in estimates if not values[id].is_unique] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda lesson: lesson.stem)
def test_every_sheet_has_answers_that_cannot_be_copied(sheet):
    one, other = references("s1000"), references("s1001")
    assert sum(one[id] != other[id] for id in solutions.solved(sheet)) >= 2


def references(student):
    """The right answer of each exercise, as one number where it is made of numbers."""
    own = datasets.company(student=student)
    ids = chain(*(solutions.solved(sheet) for sheet in SHEETS))
    return {id: one_number(value_of(content.exercise(id).reference, own)) for id in ids}


def one_number(value):
    if isinstance(value, dict):
        value = [memos.value_of(each) for each in value.values()]
    if isinstance(value, pd.DataFrame):
        value = value.select_dtypes("number").to_numpy()
    is_many = not isinstance(value, (Real, str)) and not callable(value)
    return float(np.nansum(np.asarray(value, dtype=float))) if is_many else value


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


SHEET = SHEETS[0]
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


def test_a_copied_sheet_rounded_to_four_digits_is_found_too(sheets, known):
    rounded = {
        id: round(float(value), 4) if isinstance(value, float) else value
        for id, value in sheets["s1003"].items()
    }
    assert personal.copied(rounded, "mallory", CLASS, known=known) == ["s1003"]


@pytest.mark.parametrize("student", CLASS)
def test_a_sheet_of_one_s_own_is_nobody_else_s(student, sheets, known):
    assert personal.copied(sheets[student], student, CLASS, known=known) == []


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
