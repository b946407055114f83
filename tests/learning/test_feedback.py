import re

import pytest

from crm_course.learning.feedback import LOOKS, Feedback


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [colour for _icon, colour in LOOKS.values()])
def test_words_can_be_read_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("outcome", LOOKS)
def test_every_outcome_has_a_word_and_an_icon(outcome):
    html = Feedback("21.1", outcome, "message").html()
    icon = LOOKS[outcome][0]
    assert re.search(rf'<span aria-hidden="true">{re.escape(icon)}</span> 21\.1 · \w+', html)


def test_a_verdict_is_announced():
    assert Feedback("21.1", "right", "Yes.").html().startswith('<div role="status"')


def test_html_shows_what_a_learner_wrote_as_text():
    assert "&lt;b&gt;" in Feedback("21.1", "wrong", "got '<b>'", details=("<i>",)).html()


def test_text_is_the_same_every_time():
    feedback = Feedback("21.1", "wrong", "Too large.", details=('Stuck? hint("21.1")',))
    assert repr(feedback) == '21.1 · Not yet: Too large.\nStuck? hint("21.1")'


def test_both_faces_are_shown_in_a_notebook():
    bundle = Feedback("21.1", "right", "Yes.")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}


@pytest.mark.parametrize("outcome", LOOKS)
def test_only_right_is_right(outcome):
    assert Feedback("21.1", outcome, "").right == (outcome == "right")
