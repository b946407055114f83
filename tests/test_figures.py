import base64
import re

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("agg")
from matplotlib import pyplot as plt  # noqa: E402

from crm_course import figures  # noqa: E402


def bars(heights=(1, 2, 3), **style):
    ax = figures.new_axes()
    ax.bar(["a", "b", "c"], heights, **style)
    ax.set(title="Spend", xlabel="Segment", ylabel="Yuan")
    return ax


def labelled(xlabel):
    ax = bars()
    ax.set_xlabel(xlabel)
    return ax


def contrast_on_white(colour):
    """The WCAG contrast ratio of a colour with white."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05)


@pytest.mark.parametrize("name", figures.PALETTE)
def test_every_colour_stands_out_from_the_page(name):
    assert contrast_on_white(figures.PALETTE[name]) >= 3


def lightness_and_hue(colour, *, seen_by):
    """A colour in CIE L*a*b*, after the colour-vision matrix has acted on its linear RGB."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(seen_by @ linear, 0, 1)
    xyz = np.array([[0.412, 0.358, 0.181], [0.213, 0.715, 0.072], [0.019, 0.119, 0.951]]) @ seen
    x, y, z = np.cbrt(xyz / [0.951, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


# Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "deuteranope": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanope": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
}


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_are_alike_to_a_red_green_blind_reader(eyes):
    matrix = np.array(EYES[eyes])
    seen = [lightness_and_hue(c, seen_by=matrix) for c in figures.PALETTE.values()]
    assert min(np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i]) > 15


def test_a_figure_says_the_sentence_it_was_given():
    ax = figures.say(bars(), "Segment c spends most.")
    assert figures.describe(ax.figure).startswith("Segment c spends most.")


def test_a_figure_without_a_sentence_says_its_title():
    assert figures.sentence(bars().figure) == "Spend"


@pytest.mark.parametrize(
    "other",
    [lambda: bars((1, 2, 4)), lambda: bars(width=0.5), lambda: labelled("Shop")],
)
def test_the_words_change_with_what_is_plotted(other):
    assert figures.describe(other().figure) != figures.describe(bars().figure)


def test_a_long_series_is_told_from_another_with_the_same_ends():
    def line(bump):
        ax = figures.new_axes()
        y = np.zeros(30)
        y[15] = bump
        ax.plot(y)
        return figures.describe(ax.figure)

    assert line(0.0) != line(0.001)


def test_a_colour_bar_is_described_with_its_picture():
    ax = plt.subplots()[1]
    ax.figure.colorbar(ax.pcolormesh([0, 1], [0, 1], [[1, 2], [3, 4]]))
    assert "QuadMesh : 1,2 3,4" in figures.describe(ax.figure)


def test_the_html_holds_the_picture_and_its_alternative_text():
    ax = figures.say(bars(), 'A "quoted" <finding>.')
    text = figures.as_html(ax.figure)
    assert 'alt="A &quot;quoted&quot; &lt;finding&gt;."' in text
    data = re.search(r"base64,([^\"]+)", text)[1]
    assert base64.b64decode(data).startswith(b"\x89PNG")


def test_two_drawings_of_the_same_data_are_the_same_bytes():
    assert figures.png(bars().figure) == figures.png(bars().figure)
