"""A customer's random numbers depend on seed, table, column and block, and on nothing else."""

import numpy as np
import pytest

from crm_course.datagen.streams import BLOCK, Draws, stream


def first(*key):
    return stream(*key).random()


def test_the_same_key_gives_the_same_numbers():
    assert first(7, "orders", "amount", 0) == first(7, "orders", "amount", 0)


@pytest.mark.parametrize(
    "key", [(8, "orders", "amount", 0), (7, "panel", "amount", 0), (7, "orders", "at", 0),
            (7, "orders", "amount", 1)]
)  # fmt: skip
def test_every_part_of_the_key_counts(key):
    assert first(*key) != first(7, "orders", "amount", 0)


@pytest.mark.parametrize(
    "column, draw",
    [("u", Draws.uniform), ("z", Draws.normal), ("e", Draws.exponential)],
)
@pytest.mark.parametrize("unit", ["", "home"])
def test_a_few_customers_draw_what_they_draw_among_many(column, draw, unit):
    few, many = Draws(1, "t", 0, 400, unit), Draws(1, "t", 0, BLOCK, unit)
    assert np.array_equal(draw(few, column, 3), draw(many, column, 3)[: len(few.customer_id)])


def test_units_take_turns_in_every_block():
    assert Draws(1, "t", 0, 10, "home").customer_id.tolist() == [2, 6, 10]
    assert Draws(1, "t", 1, 8, "mobile").customer_id.tolist() == [BLOCK + 1, BLOCK + 5]


def test_whole_numbers_stay_below_their_limit():
    assert set(Draws(1, "t", 0, 5000).whole("w", 3)) == {0, 1, 2}
