import pytest

from crm_course.learning import quiz, quiz_widget


@pytest.fixture
def choice(folder):
    """The question, options, button and verdict of a question with options."""
    return quiz_widget.controls(quiz("21.q1")).children[0].children


@pytest.fixture
def number(folder):
    return quiz_widget.controls(quiz("21.q2")).children[0].children


def test_nothing_is_chosen_beforehand(choice):
    assert choice[1].value is None


def test_checking_without_a_choice_says_so(choice):
    choice[2].click()
    assert "No answer yet" in choice[3].value


def test_a_choice_is_marked_when_the_button_is_pressed(choice):
    choice[1].value = "loyal"
    assert "dear" not in choice[3].value
    choice[2].click()
    assert "She stays because leaving is dear." in choice[3].value


def test_a_number_is_typed_and_marked(number):
    number[1].value = "75 %"
    number[2].click()
    assert "Right" in number[3].value


def test_every_control_has_a_name(choice, number):
    named = [choice[1], choice[2], number[1], number[2]]
    assert [control.description for control in named] == [
        "Answer 21.q1", "Check 21.q1", "Answer 21.q2", "Check 21.q2",
    ]  # fmt: skip


def test_the_verdict_is_announced(choice):
    assert 'aria-live="polite"' in choice[3].value


def test_options_carry_the_letters_that_people_talk_about(choice):
    assert choice[1].options[0] == ("a) a hostage", "a hostage")
