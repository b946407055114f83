"""Points are unbiased around their mean, and graded answers have the normal shares."""

import numpy as np
import pytest
from scipy import stats

from crm_course.datagen import responses

RNG = np.random.default_rng


def test_points_have_the_mean_they_are_made_from():
    mean = np.linspace(1, 7, 13)
    points = responses.unbiased_score(mean, RNG(0).random((40_000, 13)))
    assert points.mean(axis=0) == pytest.approx(mean, abs=4 * 0.5 / 200)
    assert (points.min(), points.max()) == (1, 7)


def test_graded_answers_have_the_shares_between_their_thresholds():
    answers = responses.graded(RNG(0).standard_normal(100_000), (-1, 0, 1.5))
    shares = np.diff([0, *stats.norm.cdf([-1, 0, 1.5]), 1])
    assert np.bincount(answers) / 100_000 == pytest.approx(shares, abs=0.007)
