"""Reads and checks a quiz.yaml.

    - id: 21.q1
      ask: A customer with high switching cost and low satisfaction is
      choices:
        - {text: a hostage, right: true, say: She leaves when the barrier falls.}
        - {text: loyal, tag: SAT_IS_LOYAL, say: She stays because leaving is dear.}
    - id: 21.q2
      ask: Of 40 customers 30 renew. What is the retention rate?
      number: {value: 0.75, unit: share, tolerance: 0.005, mistakes: [{value: ..., tag:, say:}]}

Every wrong choice has a misconception and a rebuttal in one sentence; `say` on the right one, and
`origin`, may be left out. A tolerance is relative, or {absolute: 0.01}.
"""

import random
from functools import cache
from itertools import chain
from numbers import Real

import yaml

from crm_course.learning.choices import plain
from crm_course.learning.exercises import MISCONCEPTIONS, Exercise, Mistake, Tolerance
from crm_course.learning.quizzes import Question

FIELDS = {"id", "ask", "choices", "number", "origin"}
CHOICE_FIELDS = {"text", "right", "tag", "say"}
NUMBER_FIELDS = {"value", "tolerance", "unit", "mistakes", "say"}


@cache
def load(path, chapter):
    """Read a quiz.yaml -> Questions; an error names the file, the question and what to do."""
    name = f"{path.parent.name}/{path.name}"
    if not path.exists():
        raise FileNotFoundError(f"chapter {chapter} has no quiz: {name} is not there.")
    entries = _parsed(path, name)
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ValueError(f"{name} must be a list of questions. Begin each with '- id: 21.q1'.")
    questions = tuple(_question(entry, chapter, name) for entry in entries)
    ids = [each.id for each in questions]
    for id in {each for each in ids if ids.count(each) > 1}:
        raise ValueError(f"{name}, question {id}: the id must be used once. Number it anew.")
    return questions


def _parsed(path, name):
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        advice = "Put texts that hold ? : , or # in quotes."
        raise ValueError(f"{name} must be YAML, got: {error}. {advice}") from error


def _question(entry, chapter, name):
    id = entry.get("id")
    for problem in chain(_entry_problems(entry, chapter), _body_problems(entry)):
        raise ValueError(f"{name}, question {id}: {problem}")
    exercise = _choice_exercise(entry) if "choices" in entry else _number_exercise(entry)
    options = [_one_line(choice["text"]) for choice in entry.get("choices", ())]
    random.Random(id).shuffle(options)  # the same order for every reader and every run
    return Question(id, _one_line(entry["ask"]), exercise, tuple(options))


def _choice_exercise(entry):
    choices = entry["choices"]
    right = next(each for each in choices if each.get("right"))
    return Exercise(
        entry["id"],
        entry.get("origin", "course: quiz"),
        "text",
        "",
        _one_line(right["text"]),
        mistakes=tuple(_mistake(each, "text") for each in choices if not each.get("right")),
        meaning=_one_line(right.get("say", "")),
        choices=tuple(_one_line(each["text"]) for each in choices),
    )


def _number_exercise(entry):
    asked = entry["number"]
    return Exercise(
        entry["id"],
        entry.get("origin", "course: quiz"),
        "number",
        asked.get("unit", ""),
        asked["value"],
        _tolerance(asked.get("tolerance", 0.005)),
        tuple(_mistake(each, "value") for each in asked.get("mistakes", ())),
        meaning=_one_line(asked.get("say", "")),
    )


def _mistake(entry, field):
    value = entry[field]
    value = _one_line(value) if isinstance(value, str) else value
    return Mistake(value, entry["tag"], _one_line(entry["say"]))


def _tolerance(given):
    return Tolerance(**given) if isinstance(given, dict) else Tolerance(relative=given)


def _one_line(text):
    return " ".join(text.split())  # folded lines of the file


def _entry_problems(entry, chapter):
    if not str(entry.get("id")).startswith(f"{chapter}.q"):
        yield f"an id must be like '{chapter}.q1', got {entry.get('id')!r}. Change it."
    if set(entry) - FIELDS:
        yield f"unknown {sorted(set(entry) - FIELDS)}. A question has {sorted(FIELDS)}."
    if not isinstance(entry.get("ask"), str) or not entry["ask"].strip():
        yield f"'ask' must be a text, got {entry.get('ask')!r}. Write the question."
    if ("choices" in entry) == ("number" in entry):
        yield "it must have either choices or a number. Give one of them."


def _body_problems(entry):
    if "choices" in entry:
        yield from _choices_problems(entry["choices"])
    else:
        yield from _number_problems(entry["number"])


def _choices_problems(choices):
    if not isinstance(choices, list) or not all(isinstance(each, dict) for each in choices):
        yield "choices must be a list of {text: ...}. Write one line for each."
        return
    for choice in choices:
        yield from _choice_problems(choice)
    right = sum(choice.get("right") is True for choice in choices)
    if right != 1 or len(choices) < 2:
        yield f"one of several choices must be right, got {right} of {len(choices)}."
    texts = [plain(str(choice.get("text"))) for choice in choices]
    if len(set(texts)) < len(texts):
        yield f"choices must differ in more than case and spaces, got {texts}."


def _choice_problems(choice):
    text = choice.get("text")
    if not isinstance(text, str) or not text.strip():
        yield f"a choice must be a text, got {text!r}. Put yes, no and numbers in quotes."
    if set(choice) - CHOICE_FIELDS:
        yield f"choice {text!r} has unknown {sorted(set(choice) - CHOICE_FIELDS)}."
    if choice.get("right") not in (None, True):
        yield f"choice {text!r}: right is true or left out, got {choice['right']!r}."
    if choice.get("right") is None:
        yield from _rebuttal_problems(choice, f"choice {text!r}")


def _number_problems(asked):
    if not isinstance(asked, dict) or set(asked) - NUMBER_FIELDS:
        yield f"number must be a mapping of {sorted(NUMBER_FIELDS)}, got {asked!r}."
        return
    if not _is_number(asked.get("value")):
        yield f"number.value must be a number, got {asked.get('value')!r}."
    tolerance = asked.get("tolerance", 0.005)
    width = tolerance.get("absolute") if isinstance(tolerance, dict) else tolerance
    if not _is_number(width) or not width > 0:
        yield f"number.tolerance must be above 0, got {tolerance!r}. Write 0.005 (relative)."
    for mistake in asked.get("mistakes", ()):
        if not isinstance(mistake, dict) or not _is_number(mistake.get("value")):
            yield f"a mistake must have a value, got {mistake!r}. Write value:, tag:, say:."
        yield from _rebuttal_problems(mistake, f"mistake {mistake.get('value')!r}")


def _rebuttal_problems(entry, name):
    if entry.get("tag") not in MISCONCEPTIONS:
        yield f"{name} needs a tag out of MISCONCEPTIONS, got {entry.get('tag')!r}."
    if not isinstance(entry.get("say"), str) or not entry["say"].strip():
        yield f"{name} needs a rebuttal, got {entry.get('say')!r}. Write say: one sentence."


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool)
