import subprocess
import sys

import pytest

from crm_course.learning import quiz


def test_a_chapter_shows_all_its_questions(folder):
    assert [each.id for each in quiz("21").questions] == ["21.q1", "21.q2"]


def test_one_question_can_be_shown(folder):
    assert [each.id for each in quiz("21.q2").questions] == ["21.q2"]


def test_questions_can_be_asked_for_one_by_one():
    assert [each.id for each in quiz("21.q2", "21.q1").questions] == ["21.q2", "21.q1"]


def test_options_are_shuffled_the_same_way_every_time(folder):
    assert quiz("21.q1").questions[0].options == ("a hostage", "loyal", "of no interest")


@pytest.mark.parametrize("choice", ["a hostage", "A Hostage", "a", "A)", ["a hostage"]])
def test_the_right_option_may_be_named_or_lettered(folder, choice):
    assert quiz("21.q1").mark(choice).right


def test_a_right_option_is_followed_by_its_reason(folder):
    assert quiz("21.q1").mark("a").details == ("She leaves when the barrier falls.",)


def test_a_wrong_option_gets_its_rebuttal_and_tag(folder):
    feedback = quiz("21.q1").mark("loyal")
    assert feedback.message == "She stays because leaving is dear."
    assert feedback.mistake == "SAT_IS_LOYAL"


@pytest.mark.parametrize("choice", [None, ..., "", "z", 3, float("nan"), ["a", "b"], object()])
def test_nothing_and_nonsense_are_not_right(folder, choice):
    assert not quiz("21.q1").mark(choice).right
    assert not quiz("21.q2").mark(choice).right


@pytest.mark.parametrize("answer", [0.75, "75 %", "0.75"])
def test_a_number_is_marked_with_its_tolerance(folder, answer):
    assert quiz("21.q2").mark(answer).right


def test_a_wrong_number_gets_its_rebuttal(folder):
    assert quiz("21.q2").mark(0.25).message == "That is the share that left."


def test_with_several_questions_one_must_be_named(folder):
    assert quiz("21").mark("a", "21.q1").right
    with pytest.raises(ValueError, match="question must be one of 21.q1, 21.q2, got None"):
        quiz("21").mark("a")


@pytest.mark.parametrize(
    "which, said",
    [
        ("21.q7", "question must be one of 21.q1, 21.q2, got '21.q7'"),
        ("21.", "question must be one of 21.q1, 21.q2, got '21.'"),
        ("99", "chapter '99'"),
    ],
)
def test_an_unknown_question_is_answered_with_what_there_is(folder, which, said):
    with pytest.raises(ValueError, match=said):
        quiz(which)


def test_the_text_face_lists_questions_options_and_a_digest(folder):
    lines = repr(quiz("21.q1")).splitlines()
    assert lines[:4] == [
        "21.q1 · A customer with high switching cost and low satisfaction is",
        "  a) a hostage",
        "  b) loyal",
        "  c) of no interest",
    ]
    assert lines[4].startswith("  [key ")


def test_another_key_shows_in_the_text_face(folder):
    before = repr(quiz("21.q2"))
    path = folder / "retention" / "quiz.yaml"
    path.write_text(path.read_text().replace("value: 0.75", "value: 0.76"))
    from crm_course.learning import quiz_bank

    quiz_bank.load.cache_clear()
    assert repr(quiz("21.q2")) != before


def test_the_page_has_question_options_and_a_folded_answer(folder):
    html = quiz("21.q1")._repr_mimebundle_()["text/html"]
    assert "<p>a) a hostage<br>b) loyal<br>c) of no interest</p>" in html
    assert "<details><summary>Answer 21.q1</summary><p><strong>a) a hostage</strong>" in html
    assert "<br>c) She costs &amp; complains.</p>" in html


def test_the_page_shows_the_number_and_why_others_are_wrong(folder):
    html = quiz("21.q2")._repr_mimebundle_()["text/html"]
    assert "<strong>0.75 (75.0 %)</strong>" in html
    assert "<p>0.25 (25.0 %): That is the share that left.</p>" in html


def test_a_quiz_has_three_faces(folder):
    assert set(quiz("21")._repr_mimebundle_()) == {
        "text/plain", "text/html", "application/vnd.jupyter.widget-view+json",
    }  # fmt: skip


def test_controls_are_imported_only_when_a_quiz_is_shown():
    code = "import sys, crm_course.learning; print('ipywidgets' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
