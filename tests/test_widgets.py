import time

import matplotlib as mpl
import pytest

mpl.use("agg")

from matplotlib import pyplot as plt  # noqa: E402

from crm_course import figures, widgets  # noqa: E402


def draw_line(slope=1.0, ending="up"):
    if slope == 0:
        raise ValueError("slope must not be zero, got 0. Move the control.")
    ax = figures.new_axes()
    ax.plot([0, 1], [0, slope])
    ax.set(title="A line", xlabel="x", ylabel="y")
    return figures.say(ax, f"The line ends at {slope:g}, {ending}.")


@pytest.fixture
def explorer():
    return widgets.explore(draw_line, slope=(-2.0, 2.0, 0.5), ending=["up", "down"])


def controls(explorer):
    row, choice, said, picture = explorer.live.children
    slider, box = row.children
    return slider, box, choice, said, picture


def test_it_starts_at_the_defaults_of_the_drawing(explorer):
    assert explorer.values == {"slope": 1.0, "ending": "up"}


def test_moving_the_slider_changes_the_sentence_and_the_picture(explorer):
    slider, _box, _choice, said, picture = controls(explorer)
    before = picture.value
    slider.value = 2.0
    assert "The line ends at 2, up." in said.value
    assert picture.value != before


def test_the_picture_carries_the_sentence_for_those_who_cannot_see_it(explorer):
    *_rest, choice, _said, picture = controls(explorer)
    choice.value = "down"
    assert 'alt="The line ends at 1, down."' in picture.value


def test_every_slider_has_a_number_box_with_a_name(explorer):
    slider, box, *_rest = controls(explorer)
    assert (box.min, box.max, box.step) == (slider.min, slider.max, slider.step)
    assert box.tooltip == "Slope"


def test_a_value_that_cannot_be_drawn_is_said_and_the_picture_stays(explorer):
    slider, _box, _choice, said, picture = controls(explorer)
    before = picture.value
    slider.value = 0.0
    assert "slope must not be zero" in said.value
    assert picture.value == before


def test_it_has_three_faces(explorer):
    faces = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in faces
    assert 'alt="The line ends at 1, up."' in faces["text/html"]
    assert faces["text/plain"].startswith("Explorer (Slope 1, Ending up)\nThe line ends at 1, up.")


def test_move_says_what_the_page_would_say(explorer):
    assert explorer.move(slope=-1.0) == "The line ends at -1, up."


def test_the_page_moves_with_the_code(explorer):
    slider, _box, choice, said, _picture = controls(explorer)
    explorer.move(slope=2.0, ending="down")
    assert (slider.value, choice.value) == (2.0, "down")
    assert "The line ends at 2, down." in said.value


def test_a_move_that_cannot_be_drawn_moves_nothing(explorer):
    with pytest.raises(ValueError, match="slope must not be zero"):
        explorer.move(slope=0, ending="down")
    assert explorer.move() == "The line ends at 1, up."


@pytest.mark.parametrize("values, words", [
    ({"slope": 99}, "control 'slope' must be from -2.0 to 2.0, got 99"),
    ({"ending": "left"}, "control 'ending' must be one of .*, got 'left'"),
    ({"colour": "red"}, "control must be one of .*, got 'colour'. Move one of them"),
])  # fmt: skip
def test_a_value_that_no_control_can_show_is_refused(explorer, values, words):
    with pytest.raises(ValueError, match=words):
        explorer.move(**values)


def test_a_default_outside_its_control_is_refused():
    with pytest.raises(ValueError, match="control 'slope' must be from 5 to 9, got 1.0"):
        widgets.explore(draw_line, slope=(5, 9))


def test_it_leaves_no_figure_behind(explorer):
    explorer.move(slope=2.0)
    assert plt.get_fignums() == []


def test_a_draw_takes_less_than_a_third_of_a_second(explorer):
    explorer.move(slope=1.0)
    start = time.process_time()
    for slope in (0.5, 1.5, 2.0):
        explorer.move(slope=slope)
    assert (time.process_time() - start) / 3 < 0.3


@pytest.mark.parametrize("spec", [(2, 1), (1,), "ab", [], 3])
def test_a_control_without_a_range_is_refused(spec):
    with pytest.raises(ValueError, match="control 'slope' must be"):
        widgets.explore(draw_line, slope=spec)


def test_an_unknown_control_is_named():
    with pytest.raises(ValueError, match="argument of draw_line, got 'colour'"):
        widgets.explore(draw_line, colour=(0, 1))


def test_a_control_of_its_own_has_a_slider_and_a_box():
    row, watched = widgets.control("credit_limit", (0, 10, 2), 4)
    slider, box = row.children
    assert slider is watched and (slider.value, box.value, box.tooltip) == (4, 4, "Credit limit")
    with pytest.raises(ValueError, match="control 'x' must be"):
        widgets.control("x", (3, 1), 2)
