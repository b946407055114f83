import pytest

from crm_course.learning.marking import mark

FIGURES = {"the profit": 2100.0, "the break-even rate": 0.1}
GOOD = (
    "I recommend to call 200 customers. It earns 2,100, e.g. in May. "
    "It breaks even at a rate of 10 %. A dearer call would change my mind."
)


@pytest.fixture
def memo(exercise):
    return exercise("memo", FIGURES)


def test_four_sentences_with_the_figures_are_right(memo):
    assert mark(memo, GOOD).right


def test_people_mark_the_rest(memo):
    assert "for people to mark" in mark(memo, GOOD).message


@pytest.mark.parametrize(
    "changed, said",
    [
        (GOOD + " And more.", "4 sentences are wanted, got 5."),
        (GOOD.replace("2,100", "1,200"), "Not mentioned, or with another value: the profit."),
        (GOOD.replace("10 %", "10"), "another value: the break-even rate."),
        ("Call them.", "4 sentences are wanted, got 1. Not mentioned, or with another value: "
                       "the profit, the break-even rate."),
        (["Call", "them"], "A memo of 4 sentences in one text is wanted, got a list of 2."),
        ("word " * 9999, "A memo of 4 sentences in one text is wanted, got the text"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(memo, changed, said):
    assert mark(memo, changed).message == said or said in mark(memo, changed).message


def test_a_loss_may_be_named_without_its_sign(exercise):
    text = "We lose 16 on each. Stop. Now. Please."
    assert mark(exercise("memo", {"the loss": -16.0}), text).right


def test_chinese_sentences_are_counted(exercise):
    assert mark(exercise("memo", {"利润": 2100.0}), "利润2100。好。行。走。").right
