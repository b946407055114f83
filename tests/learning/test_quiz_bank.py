import pytest

from crm_course.learning import quiz_bank
from crm_course.learning.exercises import Tolerance

RIGHT = "{text: stays, right: true}"
WRONG = "{text: leaves, tag: SLIP, say: No.}"


@pytest.fixture
def load(tmp_path):
    def read(text):
        path = tmp_path / "retention" / "quiz.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        quiz_bank.load.cache_clear()
        return quiz_bank.load(path, "21")

    return read


def choices(*lines, ask="Who?", id="21.q1"):
    return f"- id: {id}\n  ask: {ask}\n  choices: [{', '.join(lines)}]\n"


@pytest.mark.parametrize(
    "text, said",
    [
        ("- {id: 21.q1, ask: Who?}", "retention/quiz.yaml must be YAML, got: .* in quotes"),
        ("just words", "retention/quiz.yaml must be a list of questions"),
        (choices(RIGHT, WRONG, id="22.q1"), "question 22.q1: an id must be like '21.q1'"),
        (choices(RIGHT, WRONG) * 2, "question 21.q1: the id must be used once"),
        (choices(RIGHT, WRONG, ask="''"), "'ask' must be a text"),
        (choices(RIGHT, WRONG) + "  colour: red\n", r"unknown \['colour'\]"),
        ("- {id: 21.q1, ask: Who}\n", "either choices or a number"),
        (choices(RIGHT), "one of several choices must be right, got 1 of 1"),
        (choices(WRONG, "{text: runs, tag: SLIP, say: No.}"), "must be right, got 0 of 2"),
        (choices(RIGHT, "{text: runs, right: true}"), "must be right, got 2 of 2"),
        (choices(RIGHT, "{text: yes, tag: SLIP, say: No.}"), "a choice must be a text, got True"),
        (choices(RIGHT, "{text: runs, say: No.}"), "choice 'runs' needs a tag out of"),
        (choices(RIGHT, "{text: runs, tag: SLIP}"), "choice 'runs' needs a rebuttal, got None"),
        (choices(RIGHT, "{text: Stays, tag: SLIP, say: No.}"), "choices must differ in more than"),
        (choices(RIGHT, "{text: runs, tag: SLIP, say: No., x: 1}"), r"has unknown \['x'\]"),
        ("- {id: 21.q1, ask: How many, number: {value: many}}", "number.value must be a number"),
        ("- {id: 21.q1, ask: How many, number: {value: 1, tolerance: 0}}", "must be above 0"),
        ("- {id: 21.q1, ask: How many, number: {value: 1, mistakes: [{tag: SLIP, say: No.}]}}",
         "a mistake must have a value"),
    ],
)  # fmt: skip
def test_what_an_author_forgot_is_named_with_file_and_question(load, text, said):
    with pytest.raises(ValueError, match="(?s)" + said):
        load(text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="chapter 21 has no quiz: retention/quiz.yaml"):
        quiz_bank.load(tmp_path / "retention" / "quiz.yaml", "21")


def test_folded_lines_are_one_text(load):
    (question,) = load(choices(RIGHT, WRONG, ask=">\n    Who stays\n    longest?"))
    assert question.ask == "Who stays longest?"


@pytest.mark.parametrize(
    "given, tolerance",
    [("0.01", Tolerance(relative=0.01)), ("{absolute: 0.01}", Tolerance(absolute=0.01))],
)
def test_a_tolerance_is_relative_unless_it_says_absolute(load, given, tolerance):
    text = f"- {{id: 21.q1, ask: How many, number: {{value: 1, tolerance: {given}}}}}"
    assert load(text)[0].exercise.tolerance == tolerance


def test_the_origin_of_a_question_is_kept(load):
    (question,) = load(choices(RIGHT, WRONG) + "  origin: 'brief: C03 quiz 1'\n")
    assert question.exercise.origin == "brief: C03 quiz 1"
