import re

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


@pytest.mark.parametrize(
    "said",
    ["It breaks even at 10 of 100.", "Of 100 people 10 must come.", "10 in 100 must come.",
     "10 out of 100 must come.", "Of a hundred people who are called 10 must come."],
)  # fmt: skip
def test_a_share_may_be_counted_in_a_hundred(memo, said):
    assert mark(memo, GOOD.replace("It breaks even at a rate of 10 %.", said)).right


@pytest.mark.parametrize("said", ["10 of 1,000.", "10 of 100,000.", "11 in 100.", "10 of 100.5."])
def test_a_count_of_something_else_is_no_share(memo, said):
    changed = GOOD.replace("It breaks even at a rate of 10 %.", said)
    assert "another value: the break-even rate." in mark(memo, changed).message


def test_a_loss_may_be_named_without_its_sign(exercise):
    text = "We lose 16 on each. Stop. Now. Please."
    assert mark(exercise("memo", {"the loss": -16.0}), text).right


def test_chinese_sentences_are_counted(exercise):
    assert mark(exercise("memo", {"利润": 2100.0}), "利润2100。好。行。走。").right


# --- the memo of a case


@pytest.fixture
def case_memo(exercise):
    return exercise("memo", FIGURES, words=30)


def test_the_memo_of_a_case_may_have_as_many_sentences_as_it_likes(case_memo):
    text = GOOD + " And more."
    assert mark(case_memo, text).message.startswith(f"{len(text.split())} words, and every figure")


@pytest.mark.parametrize(
    "changed, said",
    [
        (GOOD + " and" * 30, f"Up to 30 words are wanted, got {len(GOOD.split()) + 30}."),
        (GOOD.replace("2,100", "1,200"), "Not mentioned, or with another value: the profit."),
        (["Call"], "A memo of up to 30 words in one text is wanted, got a list of 1."),
    ],
)
def test_what_is_missing_in_the_memo_of_a_case_is_said(case_memo, changed, said):
    assert mark(case_memo, changed).message == said


# --- figures beside their words

MONEY = {"the wall's result": ("wall", 16900.0), "the shops' result": ("shop", 14100.0)}
PLAIN = [
    "The wall earns ¥16,900 and the shops ¥14,100.",
    "¥16,900 for the wall and ¥14,100 for the shops.",
    "I recommend the shops: ¥16,900 for the wall and ¥14,100 for the shops.",
    "I recommend the shops, although the wall earns ¥16,900 on 1,000 and the shops ¥14,100.",
    "The wall earns more than the shops: ¥16,900 against ¥14,100.",
    "The wall's ¥16,900 beats the ¥14,100 of the shops.",
    "For the wall, I count 16.9 thousand; for the shops, 14.1 thousand.",
    "Our shops make ¥14,100. Our walls, which are high, make ¥16,900.",
    "The shops, unlike the wall, earn ¥14,100. The wall earns ¥16,900.",
]


@pytest.fixture
def money(exercise):
    return exercise("memo", MONEY)


def four(text):
    """The text with as many sentences as are wanted."""
    return text + " And." * (4 - text.count(". ") - 1)


@pytest.mark.parametrize("text", PLAIN)
def test_figures_beside_their_words_are_right(money, text):
    feedback = mark(money, four(text))
    assert feedback.right, feedback


@pytest.mark.parametrize("text", PLAIN)
def test_figures_that_have_changed_places_get_their_own_message(money, text):
    turned = re.sub(r"1[46](?=[.,][19])", lambda m: {"14": "16", "16": "14"}[m[0]], text)
    turned = turned.replace("14,9", "14,1").replace("16,1", "16,9")
    turned = turned.replace("14.9", "14.1").replace("16.1", "16.9")
    message = mark(money, four(turned)).message
    assert message.startswith("The figure is there, but beside something else: the ")


def test_a_figure_without_its_word_is_asked_what_it_is(money):
    message = mark(money, four("It is ¥16,900. The shops earn ¥14,100.")).message
    assert message == (
        "The figure is there, but its sentence does not say what it is: the wall's result."
    )


def test_either_word_will_do(exercise):
    barrier = exercise("memo", {"the wall's result": ("wall", "barrier", 16900.0)})
    assert mark(barrier, four("The Barrier earns 16,900.")).right


def test_two_figures_of_one_value_are_not_told_apart(exercise):
    equal = exercise("memo", {"a": ("wall", 100.0), "b": ("shop", 100.0)})
    assert mark(equal, four("The shops and the wall both earn 100.")).right


def test_chinese_words_stand_beside_their_figures(exercise):
    memo = exercise("memo", {"墙": ("墙", 16900.0), "店": ("店", 14100.0)})
    assert mark(memo, "现在墙赚16900，店赚14100。好。行。走。").right
    assert not mark(memo, "现在墙赚14100，店赚16900。好。行。走。").right
