"""A world of impossible size or seed is refused; a recipe says what a world is made of."""

import json

import pytest

from crm_course.datagen.recipe import Recipe
from crm_course.datagen.scenario import Scenario


@pytest.mark.parametrize("customers", [0, -5, 100_000_001])
def test_an_absurd_number_of_customers_is_refused(customers):
    with pytest.raises(ValueError, match="must be from 1 to 100,000,000, got"):
        Recipe(customers)


@pytest.mark.parametrize("customers", [1.5, "100", True, None])
def test_a_number_of_customers_that_is_none_is_refused(customers):
    with pytest.raises(TypeError, match="The number of customers must be a whole number, got"):
        Recipe(customers)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match="The seed must be from 0"):
        Recipe(1, seed=seed)


def test_a_recipe_survives_its_manifest():
    written = Recipe(7, scenario=Scenario(locale="zh_CN"), version="1").written()
    assert json.loads(json.dumps(written)) == written
    assert written["scenario"]["locale"] == "zh_CN"
    assert written["scenario"]["bill"]["plan"] == [29, 39, 59, 89]


def test_one_customer_is_a_world():
    assert Recipe(1).blocks == (1,)
