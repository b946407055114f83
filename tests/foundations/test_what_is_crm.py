import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.foundations import what_is_crm
from crm_course.foundations.what_is_crm import (
    conversion,
    definitions,
    followed_share,
    logistic_through,
    offers,
    posts_on_path,
    timeline,
    yearly_result,
)


@pytest.fixture(scope="module")
def handoffs():
    return datasets.load("handoffs")


@pytest.fixture(scope="module")
def posts(handoffs):
    return posts_on_path(handoffs)


def test_a_case_passes_through_one_post_more_than_it_has_hand_offs():
    table = pd.DataFrame({"handoff_case": [1, 1, 2], "step": [1, 2, 1]})
    assert posts_on_path(table).to_dict() == {1: 3, 2: 2}


def test_hand_offs_are_left_as_they_were(handoffs):
    before = handoffs.copy()
    posts_on_path(handoffs)
    pd.testing.assert_frame_equal(handoffs, before)


def test_a_table_without_cases_is_named():
    with pytest.raises(ValueError, match=r"handoffs lacks the column\(s\) handoff_case"):
        posts_on_path(pd.DataFrame({"step": [1]}))


def test_two_posts_that_write_half_of_everything_leave_a_quarter():
    assert followed_share([2], 0.5) == 0.25


def test_the_share_agrees_with_posts_that_forget_by_dice(posts):
    rng = np.random.default_rng(3)
    wrote = [(rng.random((400, count)) < 0.8).all(axis=1).mean() for count in posts]
    assert np.mean(wrote) == pytest.approx(followed_share(posts, 0.8), abs=0.004)


@pytest.mark.parametrize(("habit", "share"), [(0, 0.0), (1, 1.0)])
def test_nobody_who_writes_and_everybody_who_does(posts, habit, share):
    assert followed_share(posts, habit) == share


def test_a_path_never_gets_shorter_than_one_post():
    assert followed_share([2, 3], 0.5, removed=5) == 0.5


@pytest.mark.parametrize("habit", [-0.1, 80])
def test_a_habit_in_per_cent_is_refused(posts, habit):
    with pytest.raises(ValueError, match="habit must lie between 0 and 1, got"):
        followed_share(posts, habit)


def test_longer_paths_are_refused(posts):
    with pytest.raises(ValueError, match="removed must not be negative, got -1"):
        followed_share(posts, 0.8, removed=-1)


def test_the_result_is_what_is_earned_less_what_is_spent(posts):
    table = offers(posts)
    np.testing.assert_allclose(table["result"], table["earned"] - table["spent"])


def test_training_makes_no_habit_worse(posts):
    assert yearly_result(posts, habit=0.95, trained=True)["followed"] == pytest.approx(
        followed_share(posts, 0.95)
    )


def test_only_the_habit_turns_the_loss_into_a_gain(posts):
    result = offers(posts)["result"]
    assert (result[["program alone", "program, shorter paths"]] < 0).all()
    assert (result[["program, training", "all three"]] > 0).all()


def test_the_curve_of_1999_goes_through_its_two_points():
    curve = logistic_through((1999, 0.10), (2003, 0.50))
    assert curve.speed == pytest.approx(0.5493, abs=5e-5)
    assert curve.share([1999, 2001, 2003]) == pytest.approx([0.10, 0.25, 0.50])
    assert curve.year(0.9) == pytest.approx(2007)


def test_points_that_fall_are_refused():
    with pytest.raises(ValueError, match="points must rise"):
        logistic_through((2003, 0.5), (1999, 0.1))


def test_a_share_of_everybody_has_no_place_on_the_curve():
    with pytest.raises(ValueError, match="share must lie between 0 and 1, got 1"):
        logistic_through((1999, 0.1), (2003, 1))


def test_recovering_a_tenth_of_the_abandoned_adds_a_fifth_to_those_who_pay():
    paid = conversion(0.67, recovered=0.10)
    assert paid == pytest.approx(0.397)
    assert paid / conversion(0.67) - 1 == pytest.approx(0.203, abs=5e-4)


def test_per_cent_of_baskets_are_refused():
    with pytest.raises(ValueError, match="recovered must lie between 0 and 1, got 10"):
        conversion(0.67, recovered=10)


def test_every_definition_is_about_something_and_forgets_something():
    table = definitions()
    assert table[["strategy", "process", "program"]].any(axis=1).all()
    assert table["forgets"].str.len().gt(0).all()


def test_the_history_goes_forward():
    assert timeline()["begun"].is_monotonic_increasing


def test_the_program_alone_pays_from_a_habit_of_eight_tenths_on(posts):
    explorer = what_is_crm.explore_program(posts)
    assert "loses" in explorer.move(habit=0.75)
    assert "earns" in explorer.move(habit=0.80)
