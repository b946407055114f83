import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib import pyplot as plt

from crm_course.learning.exercises import Mistake
from crm_course.learning.marking import mark

RATE = pd.Series([1.0, 0.9, 0.6], index=[0, 6, 12])
BY_UNIT = pd.Series([0.62, 0.48], index=["mobile", "home"])


@pytest.fixture
def drawn():
    return plt.subplots()[1]


@pytest.fixture
def marked(exercise):
    def marked(answer, reference=RATE, *mistakes, **more):
        return mark(exercise("figure", reference, *mistakes, **more), answer, data=object())

    return marked


def lines(ax):
    ax.plot(RATE.index, RATE)


def points(ax):
    ax.scatter(RATE.index, RATE)


def bars(ax):
    ax.bar(RATE.index, RATE)


def lying_bars(ax):
    ax.barh(RATE.index, RATE)


def steps(ax):
    ax.step(RATE.index, RATE, where="post")


def errors(ax):
    ax.errorbar(RATE.index, RATE, yerr=0.1)


@pytest.mark.parametrize("draw", [lines, points, bars, lying_bars, steps, errors])
def test_the_numbers_count_however_they_are_drawn(draw, drawn, marked):
    draw(drawn)
    assert marked(drawn).right


@pytest.mark.parametrize("of", [lambda ax: ax, lambda ax: ax.figure, lambda ax: [ax],
                                lambda ax: np.array([[ax]])])  # fmt: skip
def test_axes_a_figure_and_a_list_of_axes_are_taken(of, drawn, marked):
    lines(drawn)
    assert marked(of(drawn)).right


def test_colour_title_limits_and_size_do_not_count(drawn, marked):
    drawn.plot(RATE.index, RATE, color="red", lw=9)
    drawn.set(title="mine", xlim=(-5, 99), yscale="log")
    assert marked(drawn).right


def test_other_things_may_be_in_the_figure(drawn, marked):
    drawn.axhline(0.5)
    lines(drawn)
    assert marked(drawn).right


def test_bars_with_words_are_matched_by_their_words(drawn, marked):
    drawn.bar(["home", "mobile"], [0.48, 0.62])
    assert marked(drawn, BY_UNIT).right


def test_words_on_the_wrong_bars_are_wrong(drawn, marked):
    drawn.bar(["mobile", "home"], [0.48, 0.62])
    assert not marked(drawn, BY_UNIT).right


@pytest.mark.parametrize("plot", [
    lambda: BY_UNIT.plot.bar(),
    lambda: BY_UNIT.plot.barh(),
    lambda: sns.barplot(x=BY_UNIT.index, y=BY_UNIT.to_numpy()),
    lambda: sns.catplot(x=BY_UNIT.index, y=BY_UNIT.to_numpy(), kind="bar"),
])  # fmt: skip
def test_bars_of_pandas_and_seaborn_are_read(plot, marked):
    answer = plot()
    assert marked(answer, BY_UNIT).right


def test_lines_of_pandas_are_read(marked):
    assert marked(RATE.plot()).right


@pytest.mark.parametrize("plot", [
    lambda months: months.plot(),
    lambda months: plt.plot(months.index, months)[0].axes,
    lambda months: months.plot.bar(),
])  # fmt: skip
def test_dates_are_read(plot, marked):
    months = pd.Series([5.0, 4.0, 3.0], index=pd.date_range("2023-01-01", periods=3, freq="MS"))
    assert marked(plot(months), months).right
    plt.close("all")
    assert not marked(plot(months * 2), months).right


def test_several_series_must_all_be_there(drawn, marked):
    lines(drawn)
    both = {"kept": RATE, "lost": 1 - RATE}
    assert marked(drawn, both).message.startswith("lost is not in the figure.")
    drawn.plot(RATE.index, 1 - RATE)
    assert marked(drawn, both).right


def test_a_point_at_the_wrong_place_is_wrong(drawn, marked):
    drawn.plot([0, 6, 11], RATE)
    assert not marked(drawn).right


def test_another_height_is_said_with_its_place(drawn, marked):
    drawn.plot(RATE.index, [1.0, 0.9, 0.5])
    assert marked(drawn).message == (
        "Not those numbers. 2 of 3 values agree. The first that does not is at 12: "
        "the size is too small, by less than a fifth."
    )


def test_another_number_of_points_is_said(drawn, marked):
    drawn.plot([0, 6], [1, 0.9])
    assert "3 points are wanted; what is plotted has 2." in marked(drawn).message


def test_a_typical_mistake_gets_its_own_message(drawn, marked):
    drawn.plot(RATE.index, 1 - RATE)
    feedback = marked(drawn, RATE, Mistake(1 - RATE, "SLIP", "Those are the lost."))
    assert (feedback.message, feedback.mistake) == ("Those are the lost.", "SLIP")


def test_an_empty_figure_is_said_to_be_empty(drawn, marked):
    assert marked(drawn).message == (
        "The figure is empty: no line, no bars and no points are in it."
    )


@pytest.mark.parametrize("answer", [3, "plot", RATE, plt.Figure, plt.plot, {"ax": 1}, [1, 2]])
def test_what_is_no_figure_is_named(answer, marked):
    assert marked(answer).message.startswith("A figure is wanted, or its axes (ax), got")


@pytest.mark.parametrize("answer", [..., None, [], [None, ...]])
def test_no_figure_is_no_verdict(answer, marked):
    assert marked(answer).outcome == "empty"


def test_missing_values_count_like_others(drawn, marked):
    with_gap = pd.Series([1.0, np.nan, 0.6], index=[0, 6, 12])
    drawn.plot(with_gap.index, with_gap)
    assert marked(drawn, with_gap).right
    assert not marked(drawn, RATE).right
