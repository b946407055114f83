"""Worlds of 100,000 customers, each table made once for all tests of a process."""

from functools import cache

import pytest

from crm_course import schema
from crm_course.datagen import files
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.world import make_table

SIZE = 100_000


@cache
def _table(name, scenario):
    declared = schema.TABLES[name]
    made = make_table(name, customers=SIZE, scenario=scenario)
    return files.in_memory(files.as_stored(made, declared), declared)


@pytest.fixture
def world():
    """Return name -> table of the Lanting world."""
    return lambda name: _table(name, Scenario())


@pytest.fixture
def null_world():
    """Return name -> table of the world in which satisfaction moves nothing."""
    return lambda name: _table(name, Scenario.null())


@pytest.fixture
def within():
    """Assert that the mean of a sample lies within 4 standard errors of the truth."""

    def check(sample, truth):
        error = sample.std() / len(sample) ** 0.5
        assert abs(sample.mean() - truth) < 4 * error, (sample.mean(), truth, error)

    return check
