"""Each process against its closed form."""

import numpy as np
import pytest
from scipy import stats

from crm_course.datagen import processes

RNG = np.random.default_rng


def test_linked_numbers_stay_uniform_and_follow_satisfaction():
    theta, noise = RNG(0).standard_normal((2, 20_000))
    linked = processes.linked_uniform(theta, noise, 0.4)
    assert stats.kstest(linked, "uniform").pvalue > 0.001
    assert stats.spearmanr(theta, linked).statistic == pytest.approx(
        6 / np.pi * np.arcsin(0.2), abs=0.03
    )


def test_quantiles_are_those_of_beta_and_gamma():
    u = RNG(0).random(5_000)
    assert processes.beta_quantile(u, 0.8, 2.5) == pytest.approx(
        stats.beta(0.8, 2.5).ppf(u), abs=2e-6
    )
    assert processes.gamma_quantile(u, 0.8, 10) == pytest.approx(stats.gamma(0.8, scale=0.1).ppf(u))


def test_ar1_keeps_its_variance_and_its_memory():
    series = processes.ar1(RNG(0).standard_normal((20_000, 36)), 0.9)
    assert series[:, -1].std() == pytest.approx(1, abs=0.02)
    assert np.corrcoef(series[:, 10], series[:, 12])[0, 1] == pytest.approx(0.81, abs=0.01)


def test_ar1_leaves_its_noise_alone():
    noise = RNG(0).standard_normal((5, 4))
    before = noise.copy()
    processes.ar1(noise, 0.9)
    assert np.array_equal(noise, before)


def test_arrivals_are_ordered_uniform_times():
    counts = RNG(0).poisson(4, 5_000)
    times = processes.ordered_times(counts, counts, np.full(5_000, 10.0), RNG(1), RNG(2))
    assert stats.kstest(times / 10, "uniform").pvalue > 0.001
    same = np.repeat(np.arange(5_000), counts)
    assert (np.diff(times)[np.diff(same) == 0] > 0).all()


def test_the_first_of_many_arrivals_has_the_mean_of_its_rank():
    wanted = np.full(20_000, 9)
    times = processes.ordered_times(np.full(20_000, 3), wanted, np.ones(20_000), RNG(1), RNG(2))
    assert times.reshape(-1, 3).mean(axis=0) == pytest.approx([0.1, 0.2, 0.3], abs=0.004)


def test_nobody_arriving_gives_no_times():
    none = np.zeros(3, dtype=int)
    assert len(processes.ordered_times(none, none, np.ones(3), RNG(1), RNG(2))) == 0


def test_customers_fall_silent_only_after_a_repeat_purchase():
    rate, dropout = np.full(1000, 0.1), np.full(1000, 1.0)
    wanted, made, alive = processes.repeat_purchases(rate, dropout, 10.0, RNG(0), RNG(1))
    assert set(made) == {0, 1}
    assert np.array_equal(alive, wanted == 0)


def test_choices_follow_their_shares():
    picked = processes.choice(RNG(0).random(50_000), np.array([0.2, 0.5, 0.3]))
    assert np.bincount(picked) / 50_000 == pytest.approx([0.2, 0.5, 0.3], abs=0.01)


def test_softmax_shares_sum_to_one_even_for_large_scores():
    assert processes.softmax(np.array([[1000.0, 1000.0], [0.0, 0.0]])).tolist() == [[0.5, 0.5]] * 2


def test_scores_are_recorded_from_0_to_10_with_one_decimal():
    assert processes.scale_score(np.array([-9, 0.04, 9]), 6, 1.5).tolist() == [0, 6.1, 10]


def test_minus_zero_is_stored_as_zero():
    assert not np.signbit(processes.quantise(np.array([-0.00001]), 2))[0]
