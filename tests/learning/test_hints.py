import pytest

from crm_course.learning import hint


@pytest.mark.parametrize(
    "rung, said",
    [
        (1, '21.1 · Hint 1 of 3: Think of who was there.\nNot enough? hint("21.1", 2)'),
        (2, '21.1 · Hint 2 of 3: Divide those who stayed.\nNot enough? hint("21.1", 3)'),
        (
            3,
            "21.1 · Hint 3 of 3: 3 of 4 is 3 / 4.\nThat was the last hint. "
            'After three tries, solution("21.1") opens.',
        ),
    ],
)
def test_each_rung_says_more_and_names_the_next(folder, rung, said):
    assert repr(hint("21.1", rung)) == said


def test_the_first_hint_comes_first(folder):
    assert hint("21.1") == hint("21.1", 1)


def test_a_hint_is_no_verdict(folder):
    assert not hint("21.1").right


@pytest.mark.parametrize("rung", [0, 4, "2", None, 2.0, True])
def test_there_are_three_rungs(folder, rung):
    with pytest.raises(ValueError, match="rung must be 1, 2 or 3, got"):
        hint("21.1", rung)


def test_an_unknown_exercise_is_named(folder):
    with pytest.raises(ValueError, match="exercise '21.9' is unknown"):
        hint("21.9")
