import numpy as np
import pandas as pd
import pytest

from crm_course.learning import wording


@pytest.mark.parametrize(
    "value, shown",
    [
        (0.83891, "0.8389"),
        (16.667, "16.67"),
        (-16.0, "-16"),
        (84332, "84,332"),
        (84332.456, "84,332.46"),
        (0.00012346, "0.0001235"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_have_enough_digits(value, shown):
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    "value, unit, shown",
    [
        (0.5114, "share", "0.5114 (51.1 %)"),
        (51.14, "per cent", "51.14 %"),
        (4, "points", "4 points"),
        (2100, "¥", "¥2,100"),
        (-16, "¥ per contact", "-¥16 per contact"),
        (np.float64(-12.5), "¥", "-¥12.50"),
        (1240, "customers", "1,240 customers"),
        (0.4, "", "0.4"),
    ],
)
def test_amounts_carry_their_unit(value, unit, shown):
    assert wording.amount(value, unit) == shown


@pytest.mark.parametrize(
    "thing, said",
    [
        (True, "the yes/no value True"),
        (np.float64(2), "a number"),
        ("x" * 100, "the text '" + "x" * 39 + "…'"),
        (pd.DataFrame({"a": [1], "b": [2]}), "a table of 1 rows with columns a, b"),
        (pd.Series([1, 2]), "a Series of 2 values"),
        (np.zeros((3, 2)), "an array of shape (3, 2)"),
        ([1, 2], "a list of 2"),
        (len, "a function"),
        (object(), "an object of type object"),
        (int, "an object of type int (a class)"),
    ],
)
def test_an_answer_is_described_in_a_few_words(thing, said):
    assert wording.describe(thing) == said


def test_an_error_is_one_line():
    assert wording.error_line(ValueError("first\nsecond")) == "ValueError: first"


def test_an_error_that_breaks_when_it_is_read_keeps_its_name():
    class Broken(Exception):
        def __str__(self):
            raise RuntimeError

    assert wording.error_line(Broken()) == "Broken"


def test_long_listings_are_cut():
    assert wording.listing(list("abcde"), most=3) == "a, b, c, …"
