"""Functions and figures that are handed in are called and read in the process of their sheet."""

import json
from textwrap import dedent

import pytest

from crm_course import content
from crm_course.learning import functions, grade, grade_report, sandbox
from crm_course.learning.handed_in import Called, called, decoded, encoded

CHECKS = """
import numpy as np
import pandas as pd
from crm_course.learning.exercises import Exercise, Mistake

CHAPTER = "21"
HINTS = ("Think.", "Divide.", "1 / 2.")
CURVE = pd.Series([0.5, 0.25, 0.125], index=[1, 2, 3])
TABLE = pd.DataFrame({"left": [1, 2], "all": [4, 4]}, index=["June", "July"])

def rate(company):
    return lambda left, all: left / all

def wrong(company):
    return lambda left, all: 1 - left / all

EXERCISES = (
    Exercise("21.1", "brief: 3.1", "function", "share", rate, hints=HINTS,
             mistakes=(Mistake(wrong, "SLIP", "That is who stayed."),), inputs=((1, 2), (1, 4))),
    Exercise("21.2", "brief: 3.2", "figure", "share", lambda company: CURVE, hints=HINTS),
    Exercise("21.3", "brief: 3.3", "function", "share", hints=HINTS,
             reference=lambda company: lambda table: table["left"] / table["all"],
             inputs=lambda company: (TABLE.assign(all=len(company.customers)),)),
    Exercise("21.4", "brief: 3.4", "function", "share", hints=HINTS,
             reference=lambda company: lambda f: f(2), inputs=((lambda x: x / 2,),)),
)
"""
GOOD = "def answer_21_1(left, all):\n    return left / all"
CURVE = """
from matplotlib import pyplot as plt
fig, answer_21_2 = plt.subplots()
answer_21_2.plot([1, 2, 3], [0.5, 0.25, 0.125])
"""
BARS = """
from matplotlib import pyplot as plt
answer_21_2 = plt.figure()
answer_21_2.subplots().bar([1, 2, 3], [0.5, 0.25, 0.3])
"""
ALWAYS_EQUAL = """
class Always(float):
    __eq__ = lambda *_: True
    __sub__ = __rsub__ = __abs__ = lambda *_: 0.0
answer_21_1 = lambda left, all: Always()
"""
PATCHED = """
__results = lambda id: '{"21.1": {"kind": "number", "value": 1}}'
import pickle, json
pickle.loads = lambda _: (1, 1)
def answer_21_1(left, all): return 0.5
"""
FIGHTS = """
def answer_21_1(left, all):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
# what is handed in: cells, then the outcomes of 21.1 and 21.2, and what the page says
CLASS = {
    "right": ([GOOD, CURVE], "right", "right", "right on all 2 inputs"),
    "wrong": (["answer_21_1 = lambda left, all: 2 * left / all", BARS], "wrong", "wrong",
              "Called with (1, 2)"),
    "mistake": (["answer_21_1 = lambda left, all: 1 - left / all"], "wrong: SLIP", "empty",
                "who stayed"),
    "crash": (["def answer_21_1(left, all): return left / 0", CURVE], "wrong", "right",
              "stopped with ZeroDivisionError: division by zero when called with (1, 2)"),
    "one": (["answer_21_1 = lambda left: left", CURVE], "wrong", "right", "TypeError"),
    "forgot": (["def answer_21_1(left, all): left / all"], "wrong", "empty", "returns nothing"),
    "loop": (["def answer_21_1(left, all):\n    while True: pass", CURVE], "wrong", "right",
             "TimeoutError: it did not end in time"),
    "fights": ([CURVE, FIGHTS], "wrong", "right", "it did not end in time"),
    "dies": ([CURVE, "import os\nanswer_21_1 = lambda *_: os._exit(0)"], "wrong", "right",
             "did not end"),
    "exits": ([CURVE, "import sys\nanswer_21_1 = lambda *_: sys.exit()"], "wrong", "right",
              "SystemExit"),
    "second": (["def answer_21_1(left, all): return left / all if all == 2 else 1 / 0"], "wrong",
               "empty", "ZeroDivisionError: division by zero when called with (1, 4)"),
    "later": (["def answer_21_1(left, all): return part(left) / all", "part = lambda left: left"],
              "right", "empty", ""),
    "redefined": (["answer_21_1 = lambda *_: 0", GOOD], "right", "empty", ""),
    "equal": ([ALWAYS_EQUAL], "wrong", "empty", ""),
    "patched": ([PATCHED], "wrong", "empty", ""),
    "flood": (["def answer_21_1(left, all):\n    print('x' * 10_000_000)\n    return left / all"],
              "right", "empty", ""),
    "value": (["answer_21_1 = 0.5", "answer_21_2 = [0.5, 0.25]"], "wrong", "wrong",
              "A function is wanted, got a number"),
    "empty-figure": (["import matplotlib.pyplot as plt\nanswer_21_2 = plt.figure()"], "empty",
                     "wrong", "The figure is empty"),
}  # fmt: skip
LIMITS = sandbox.Limits(seconds=20, cell_seconds=4)
SHEET = grade.Sheet("21_retention", {"21.1": "Rate", "21.2": "Curve"})


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    """A content folder with the chapter above, in the place of the course's own."""
    folder = tmp_path_factory.mktemp("content")
    (folder / "retention").mkdir()
    (folder / "retention/checks.py").write_text(dedent(CHECKS), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "FOLDER", folder)
        yield folder


def hand_in(folder, student, cells):
    made = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    told = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{student}.ipynb").write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(chapter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for student, (cells, *_rest) in CLASS.items():
        hand_in(folder, student, cells)
    marks = grade.grade(folder, SHEET, limits=LIMITS, say=lambda _: None)
    return {each.student: each for each in marks}


@pytest.mark.parametrize("student", CLASS)
def test_functions_and_figures_are_marked_by_what_they_give(student, graded):
    _cells, function, figure, said = CLASS[student]
    found = graded[student].feedback
    assert [grade_report.word(each) for each in found.values()] == [function, figure]
    assert any(said in each.message for each in found.values()), found


def test_a_function_gets_the_tables_of_the_student_s_own_company(chapter, tmp_path):
    hand_in(tmp_path, "s1024", ["def answer_21_3(t):\n    return t['left'] / t['all']"])
    [marks] = grade.grade(tmp_path, grade.Sheet("x", {"21.3": "Table"}), say=lambda _: None)
    assert marks.feedback["21.3"].right, marks


def test_a_function_whose_inputs_cannot_travel_is_left_to_a_person(chapter, tmp_path):
    hand_in(tmp_path, "s1024", ["answer_21_4 = lambda f: f(2)"])
    [marks] = grade.grade(tmp_path, grade.Sheet("x", {"21.4": "Any"}), say=lambda _: None)
    assert grade_report.word(marks.feedback["21.4"]) == "by hand"
    assert "A person marks this one" in marks.feedback["21.4"].message


def test_each_call_gets_arguments_of_its_own(exercise):
    numbers = [1, 2, 3]
    calls = functions.packed(exercise("function", len, inputs=((numbers,), (numbers,))), None)
    results = called(lambda numbers: numbers.pop() + len(numbers), calls)["results"]
    assert [each["value"] for each in results] == [5, 5]


def test_a_function_of_another_process_gives_back_its_results_in_their_order():
    function = Called([encoded(1), encoded(ZeroDivisionError("by zero"))])
    assert function("anything") == 1
    with pytest.raises(RuntimeError, match="by zero"):
        function("anything")
    with pytest.raises(RuntimeError, match="did not end in time"):
        function("anything")


@pytest.mark.parametrize("name", ["no name", "__import__('os')", "", "x" * 200, 7])
def test_an_error_with_a_made_up_name_is_an_error_all_the_same(name):
    assert isinstance(decoded({"kind": "error", "type": name, "text": "x"}), RuntimeError)
