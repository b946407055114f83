from pathlib import Path

import pandas as pd
import pytest

from crm_course import start_here
from crm_course.learning import progress

PAGE = Path(__file__).parents[1] / "notebooks" / "00_start_here.ipynb"


@pytest.fixture(scope="module")
def customers():
    return start_here.monday()


def test_the_list_begins_with_the_riskiest(customers):
    assert customers["churn_score"].is_monotonic_decreasing
    assert customers["customer_id"].is_unique


@pytest.mark.parametrize("whom", ["riskiest", "best", "random"])
def test_a_choice_is_two_hundred_different_customers(customers, whom):
    assert start_here.choose(customers, whom)["customer_id"].nunique() == start_here.CALLS


def test_an_unknown_choice_is_named(customers):
    with pytest.raises(ValueError, match="whom must be one of .* got 'loyal'"):
        start_here.choose(customers, "loyal")


def test_skipping_nobody_is_the_list_of_the_riskiest(customers):
    skipped = start_here.skip(customers, 0)
    assert set(skipped.index) == set(start_here.choose(customers, "riskiest").index)


def test_a_call_that_moves_a_tenth_earns_twenty_less_its_cost():
    called = pd.DataFrame({"uplift": [0.10, 0.0]})
    assert start_here.result(called) == pytest.approx(200 * 0.10 - 2 * 15)


def test_the_first_page_shows_every_exercise_there_is():
    # The picture is the reader's own, so no output of it is compared: it could stay behind.
    assert f"0 of {len(progress.table())} exercises" in PAGE.read_text(encoding="utf-8")
