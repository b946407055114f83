import pytest

from crm_course.learning.exercises import Mistake
from crm_course.learning.marking import mark

CHOICES = ("hostage", "loyal", "type I")


@pytest.mark.parametrize("answer", ["hostage", " HOSTAGE ", "Hostage.", "“hostage”", ["hostage"]])
def test_case_spaces_and_quotes_do_not_matter(exercise, answer):
    assert mark(exercise("text", "hostage"), answer).right


def test_hyphens_and_underscores_are_spaces(exercise):
    assert mark(exercise("text", "sleeping dogs"), "Sleeping-dogs").right


def test_any_accepted_wording_is_right(exercise):
    assert mark(exercise("text", ("hostage", "captive")), "Captive").right


def test_a_known_wrong_choice_gets_its_rebuttal(exercise):
    mistake = Mistake("loyal", "SAT_IS_LOYAL", "She stays because leaving is dear.")
    feedback = mark(exercise("text", "hostage", mistake), "Loyal")
    assert (feedback.mistake, feedback.message) == (mistake.tag, mistake.say)


def test_a_word_outside_the_choices_is_told_the_choices(exercise):
    message = mark(exercise("text", "hostage", choices=CHOICES), "captive").message
    assert message == "That is none of the choices. Choose one of: hostage, loyal, type I."


def test_another_choice_is_just_not_the_one(exercise):
    message = mark(exercise("text", "hostage", choices=CHOICES), "type I").message
    assert message == "That is not the one."


@pytest.mark.parametrize("answer, got", [(3, "a number"), ("x" * 999, "the text 'xxx")])
def test_what_is_no_choice_is_named(exercise, answer, got):
    message = mark(exercise("text", "hostage", choices=CHOICES), answer).message
    assert message.startswith(f"A choice in words is wanted, got {got}")
