"""What must hold for every exercise of the course, whoever wrote it."""

import math
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from crm_course import content, datasets
from crm_course.learning import hint, memos
from crm_course.learning.exercises import MISCONCEPTIONS, Mistake, value_of
from crm_course.learning.marking import mark
from crm_course.learning.series import as_series
from crm_course.learning.wording import number

EXERCISES = [each for chapter in content.chapters() for each in content.exercises(chapter)]
EMPTY = [..., None, "", [], pd.Series(dtype=float), pd.DataFrame()]
STRANGE = [float("nan"), True, "nonsense", object(), ValueError("mine"), [1, "a", None], len,
           pd.DataFrame({"nonsense": [1, 2]}), np.zeros((7, 7))]  # fmt: skip

every = pytest.mark.parametrize("id", [each.id for each in EXERCISES])
every_with_numbers = pytest.mark.parametrize(
    "id", [each.id for each in EXERCISES if each.kind not in ("text", "memo")]
)
every_number = pytest.mark.parametrize(
    "id", [each.id for each in EXERCISES if each.kind == "number"]
)


@cache
def company():
    return datasets.company()


@cache
def solved(id):
    """The exercise with all that it computes computed once, on the shared sample."""
    exercise = content.exercise(id)
    reference = fixed(value_of(exercise.reference, company()))
    mistakes = [Mistake(fixed(value_of(each.value, company())), each.tag, each.say)
                for each in exercise.mistakes]  # fmt: skip
    inputs = fixed(value_of(exercise.inputs, company()))
    truth = exercise.truth and fixed(exercise.truth(company()))
    return replace(
        exercise, reference=reference, mistakes=tuple(mistakes), inputs=inputs, truth=truth
    )


def fixed(value):
    return lambda _: value


def told(exercise, answer):
    return mark(exercise, answer, data=company())


def answer_of(exercise, value):
    """What a learner would hand in for this value of the reference."""
    if exercise.kind == "memo":
        return memo_with(value) + " And." * (exercise.sentences - len(value))
    if exercise.kind == "figure":
        return drawn(value)
    return value[0] if exercise.kind == "text" and isinstance(value, tuple) else value


def memo_with(value):
    """A sentence for each figure that is asked for, which names it where words are wanted."""
    figures = {name: (memos.words_of(each), memos.value_of(each)) for name, each in value.items()}
    return " ".join(
        f"{words[0] if words else 'It'}: {abs(figure):.10f}." for words, figure in figures.values()
    )


def drawn(value):
    """A figure that shows what the reference of an exercise of this kind wants."""
    ax = Figure().subplots()
    for each in value.values() if isinstance(value, dict) else [value]:
        ax.plot(each.index, each)
    return ax


def near_misses(value, tolerance):
    """Ten numbers that are not quite value."""
    step = 1.01 * tolerance.width(value) or 1e-6
    digits = 1 - math.floor(math.log10(abs(value) or 1))
    return [value + step, value - step, 100 * value, value / 100, -value, value + 1, value - 1,
            round(value, digits - 1), 1 / value if value else 1.0, 1 - value]  # fmt: skip


def changed(exercise, change):
    """The reference with every number changed (a function: with its results changed)."""
    value = value_of(exercise.reference, company())
    if exercise.kind == "number":
        return change(float(value))
    if exercise.kind == "series":
        return as_series(value).map(change)
    if exercise.kind == "figure":
        return drawn(all_of(value).map(change))
    if exercise.kind == "function":
        return lambda *arguments: change(value(*arguments))
    return value.assign(**{name: value[name].map(change) for name in numeric(exercise, value)})


def numbers(exercise, value):
    """All numbers of a value in one row."""
    if exercise.kind == "table":
        return value[numeric(exercise, value)].to_numpy(dtype=float).ravel()
    if exercise.kind == "function":
        return np.array([value(*each) for each in value_of(exercise.inputs, company())])
    if exercise.kind == "figure":
        return all_of(value).to_numpy()
    return np.ravel(as_series(value) if exercise.kind == "series" else float(value))


def all_of(value):
    """The Series of a figure, the first where it wants several."""
    return next(iter(value.values())) if isinstance(value, dict) else value


def numeric(exercise, table):
    return [name for name in table.select_dtypes("number") if name not in exercise.key]


@every
def test_the_reference_itself_is_right(id):
    exercise = solved(id)
    feedback = told(exercise, answer_of(exercise, value_of(exercise.reference, company())))
    assert feedback.right, feedback


@every
def test_a_company_of_one_s_own_is_marked_on_its_own_tables(id):
    exercise, own = content.exercise(id), datasets.company(student="s1024")
    feedback = mark(exercise, answer_of(exercise, value_of(exercise.reference, own)), data=own)
    assert feedback.right, feedback


@pytest.mark.parametrize("student", ["s1", "anna28"])
def test_a_wall_that_reaches_further_than_the_slider_is_marked_too(student):
    own = datasets.company(student=student)
    assert mark(content.exercise("21.1"), -1, data=own).outcome == "wrong"


@every
def test_no_answer_is_no_verdict(id):
    assert {told(solved(id), answer).outcome for answer in EMPTY} == {"empty"}


@every
def test_a_strange_answer_is_wrong_and_never_an_error(id):
    judged = [(answer, told(solved(id), answer).outcome) for answer in STRANGE]
    assert [answer for answer, outcome in judged if outcome != "wrong"] == []


@every
def test_each_typical_mistake_gets_its_own_message(id):
    exercise = solved(id)
    for mistake in exercise.mistakes:
        feedback = told(exercise, answer_of(exercise, mistake.value(company())))
        assert (feedback.message, feedback.mistake) == (mistake.say, mistake.tag)


@every_with_numbers
def test_a_near_miss_is_not_right(id):
    exercise = solved(id)
    right = numbers(exercise, value_of(exercise.reference, company()))
    for which in range(10):
        answer = changed(exercise, missed(exercise.tolerance, which))
        gap = np.abs(numbers(exercise, answer) - right)
        near = (gap <= exercise.tolerance.width(right)) | np.isnan(right) | (gap < 1e-9)
        assert told(exercise, answer).right == near.all(), f"near miss {which}"


def missed(tolerance, which):
    """A function from a number to its near miss of that place."""

    def change(value):
        return near_misses(value, tolerance)[which] if math.isfinite(value) else value

    return change


@every_number
def test_a_wrong_answer_is_never_told_the_right_one(id):
    exercise = solved(id)
    right = value_of(exercise.reference, company())
    given_away = re.compile(rf"(?<![\d.]){re.escape(number(right))}(?![\d.]*\d)")
    unitless = replace(exercise, unit="", mistakes=())  # "write 0.5, not 50" says back what it got
    for wrong in (*near_misses(right, exercise.tolerance), 2 * right, right / 3):
        feedback = told(unitless, wrong)
        assert feedback.right or len(number(right)) < 3 or not given_away.search(feedback.message)


@every_number
def test_a_rebuttal_does_not_give_the_answer_away(id):
    exercise = solved(id)
    right = number(value_of(exercise.reference, company()))
    assert len(right) < 4 or not [each.say for each in exercise.mistakes if right in each.say]


@every
def test_every_exercise_has_three_hints_an_origin_and_minutes(id):
    exercise = content.exercise(id)
    assert len({hint(id, rung).message for rung in (1, 2, 3)}) == 3
    assert exercise.origin and exercise.minutes[1] <= 30


@every
def test_every_mistake_has_a_known_tag_and_its_own_words(id):
    mistakes = content.exercise(id).mistakes
    assert {each.tag for each in mistakes} <= set(MISCONCEPTIONS)
    assert len({each.say for each in mistakes}) == len(mistakes)


@pytest.mark.parametrize("id", [each.id for each in EXERCISES if each.kind == "memo"])
def test_a_memo_in_which_the_figures_have_changed_places_is_not_right(id):
    exercise = solved(id)
    value = value_of(exercise.reference, company())
    if len({memos.words_of(each) for each in value.values()}) < 2:
        pytest.skip("asks for figures without words")
    numbers = [memos.value_of(each) for each in value.values()]
    turned = dict(zip(value, zip_words(value, numbers[1:] + numbers[:1]), strict=True))
    feedback = told(exercise, answer_of(exercise, turned))
    assert not feedback.right and "beside something else" in feedback.message


def zip_words(value, numbers):
    return [(*memos.words_of(each), n) for each, n in zip(value.values(), numbers, strict=True)]


@every
def test_an_exercise_with_an_answer_names_typical_mistakes(id):
    exercise = content.exercise(id)
    assert exercise.kind == "memo" or 2 <= len(exercise.mistakes) <= 5
