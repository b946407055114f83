"""What must hold for every quiz of the course, whoever wrote it."""

import pytest

from crm_course import content
from crm_course.learning import quiz

CHAPTERS = [each for each in content.chapters()
            if (content.topic_folder(each) / "quiz.yaml").exists()]  # fmt: skip
QUESTIONS = [each for chapter in CHAPTERS for each in quiz(chapter).questions]

every = pytest.mark.parametrize("question", QUESTIONS, ids=[each.id for each in QUESTIONS])


@every
def test_the_key_is_right(question):
    assert question.mark(question.exercise.reference).right


@every
def test_exactly_one_option_is_right(question):
    right = [question.mark(letter).right for letter, _option in question.lettered]
    assert sum(right) == 1 or not right


@every
def test_every_wrong_answer_gets_its_own_rebuttal(question):
    for mistake in question.exercise.mistakes:
        feedback = question.mark(mistake.value)
        assert (feedback.message, feedback.mistake) == (mistake.say, mistake.tag)


@every
def test_nothing_and_nonsense_are_not_right(question):
    nonsense = [None, ..., "", "nonsense", float("nan"), -9.9e9, object()]
    assert [choice for choice in nonsense if question.mark(choice).right] == []


@every
def test_the_right_option_does_not_stand_out_by_its_length(question):
    longest = max(question.options, key=len, default="")
    others = [len(option) for option in question.options if option != longest]
    if longest == question.exercise.reference:
        assert len(longest) <= 2.5 * max(others)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_asks_four_to_six_questions(chapter):
    assert 4 <= len(quiz(chapter).questions) <= 6


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_right_letter_is_not_always_the_same(chapter):
    asked = [each for each in quiz(chapter).questions if each.options]
    places = {each.options.index(each.exercise.reference) for each in asked}
    assert len(places) > 1 or len(asked) < 3
