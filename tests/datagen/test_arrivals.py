"""Processes that chapters may use, each against its closed form."""

import numpy as np
import pytest
from scipy import stats

from crm_course.datagen import arrivals

RNG = np.random.default_rng
MANY = 40_000


def near(sample, truth):
    """Whether the mean of a sample lies within 4 standard errors of the truth."""
    return abs(np.mean(sample) - truth) < 4 * np.std(sample) / len(sample) ** 0.5


def test_pareto_nbd_has_the_mean_of_its_authors():
    r, alpha, s, beta, span = 2.0, 8.0, 3.0, 40.0, 26.0
    rng = RNG(1)
    rate, death = rng.gamma(r, 1 / alpha, MANY), rng.gamma(s, 1 / beta, MANY)
    purchases, lifetime, active = arrivals.pareto_nbd(rng, rate, death, span)
    passed = (beta / (beta + span)) ** (s - 1)
    assert near(purchases, r * beta / (alpha * (s - 1)) * (1 - passed))
    assert near(active, (beta / (beta + span)) ** s)
    assert np.array_equal(active, lifetime > span)


def test_thinned_arrivals_follow_the_intensity():
    def intensity(time):
        return 1 + np.sin(time)

    customer, time = arrivals.thinned(RNG(2), intensity, 2.0, 10.0, 5_000)
    counts = np.bincount(customer, minlength=5_000)
    total = 10 + 1 - np.cos(10)
    assert near(counts, total)
    assert np.var(counts) == pytest.approx(total, rel=0.1)
    assert stats.kstest((time + 1 - np.cos(time)) / total, "uniform").pvalue > 0.001
    assert (np.diff(time)[np.diff(customer) == 0] > 0).all()


def test_hawkes_arrivals_have_mean_and_spread_of_the_cluster_process():
    base, branching, decay, span = 0.5, 0.6, 2.0, 40.0
    customer, time = arrivals.hawkes(RNG(3), base, branching, decay, span, 8_000)
    counts = np.bincount(customer, minlength=8_000)
    # E N(T) from the differential equation of the mean intensity, which begins at the base.
    speed = decay * (1 - branching)
    settled = base / (1 - branching)
    assert near(counts, settled * span - (settled - base) * (1 - np.exp(-speed * span)) / speed)
    # A long window has 1 / (1 - branching)^2 times the variance of a Poisson process.
    assert np.var(counts) / np.mean(counts) == pytest.approx(1 / 0.4**2, rel=0.1)
    assert (np.diff(time)[np.diff(customer) == 0] > 0).all() and time.max() < span


def test_hawkes_without_children_is_poisson_and_with_too_many_is_refused():
    customer, _ = arrivals.hawkes(RNG(4), 2.0, 0.0, 1.0, 3.0, MANY)
    counts = np.bincount(customer, minlength=MANY)
    assert near(counts, 6) and np.var(counts) == pytest.approx(6, rel=0.05)
    with pytest.raises(ValueError, match="below 1, got 1"):
        arrivals.hawkes(RNG(4), 1.0, 1.0, 1.0, 1.0, 1)


def test_usage_keeps_its_mean_and_remembers_the_month_before():
    table = arrivals.usage(RNG(5), np.full(MANY, 3.0), 0.8, 0.5, 12)
    assert near(table[:, 0], 3) and near(table[:, -1], 3)
    log = np.log(table)
    assert log[:, -1].std() == pytest.approx(0.5, rel=0.02)
    assert np.corrcoef(log[:, 4], log[:, 7])[0, 1] == pytest.approx(0.8**3, abs=0.02)


def test_logit_choices_give_their_utilities_back():
    from statsmodels.discrete.discrete_model import MNLogit

    rng = RNG(6)
    income = rng.standard_normal(MANY)
    utility = np.stack([np.zeros(MANY), 0.5 + 0.8 * income, -0.3 - 0.4 * income], axis=1)
    chosen = arrivals.logit_choice(rng, utility)
    fit = MNLogit(chosen, np.stack([np.ones(MANY), income], axis=1)).fit(disp=False)
    truth = np.array([[0.5, -0.3], [0.8, -0.4]])
    assert (abs(fit.params - truth) < 4 * fit.bse).all()


def test_customers_without_arrivals_give_none():
    for customer, time in (
        arrivals.thinned(RNG(7), np.ones_like, 1.0, 0.0, 3),
        arrivals.hawkes(RNG(7), 0.0, 0.5, 1.0, 1.0, 3),
    ):
        assert len(customer) == len(time) == 0
