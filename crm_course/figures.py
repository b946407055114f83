"""How the figures of the course look, and what they say in words.

A figure has three faces: a picture; the same picture in HTML with its sentence as alternative
text; and plain text, the sentence followed by the plotted numbers. The sentence is written by
the `plot_*` function that drew the figure, with `say`. The plain text is what the tests compare.
"""

import base64
import html
import io
import zlib

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt

# Each reaches a contrast of 3:1 on white, and any two differ also to red-green blind eyes.
PALETTE = {
    "blue": "#0173b2",
    "vermilion": "#d55e00",
    "green": "#029e73",
    "purple": "#4f1480",
    "grey": "#4a4a4a",
}
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "SimHei",
)
STYLE = {
    "figure.figsize": (7.2, 3.9),
    "figure.dpi": 96,
    "savefig.dpi": 96,
    "figure.constrained_layout.use": True,
    "axes.prop_cycle": mpl.cycler(color=list(PALETTE.values())),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "svg.hashsalt": "crm-course",
}
IN_FULL = 12  # a series of up to this many points is printed whole


def use_style():
    """Give every later figure the look of the course, and a Chinese font where there is one."""
    mpl.rcParams.update(STYLE)
    chinese = chinese_font()
    mpl.rcParams["font.family"] = ["DejaVu Sans", *([chinese] if chinese else [])]


def chinese_font():
    """Return the name of the first installed font that draws Chinese, or None."""
    installed = set(mpl.font_manager.get_font_names())
    return next((name for name in CHINESE_FONTS if name in installed), None)


def new_axes(ax=None):
    """Return ax, or the axes of a new figure."""
    return ax if ax is not None else plt.subplots()[1]


def say(ax, sentence):
    """Let the sentence stand for the figure where it cannot be seen; return the axes."""
    ax.figure.set_label(sentence)
    return ax


def sentence(figure):
    """Return what the figure says in one sentence; its titles where nobody wrote one."""
    titles = [ax.get_title() or ax.get_title("left") for ax in figure.axes]
    return figure.get_label() or "; ".join(filter(None, titles)) or "Figure without a description"


def png(figure):
    """Return the picture as PNG bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches=None)
    return buffer.getvalue()


def faces(figure):
    """Return the figure as words, as HTML and as a picture, by media type; drawn once."""
    picture = png(figure)
    html = as_html(figure, picture)
    return {"text/plain": describe(figure), "text/html": html, "image/png": picture}


def as_html(figure, picture=None):
    """Return the figure as an HTML element whose alternative text is its sentence."""
    data = base64.b64encode(picture or png(figure)).decode()
    alt = html.escape(sentence(figure))
    return f'<figure style="margin:0"><img alt="{alt}" src="data:image/png;base64,{data}"></figure>'


def describe(figure):
    """Return the figure in words and numbers: its sentence, then what each axes shows.

    Numbers have four significant digits. A series of more than twelve points is given by its
    ends and a check number, so that two descriptions are equal only where the data are.
    """
    parts = [sentence(figure)]
    for ax in figure.axes:
        parts += _describe_axes(ax)
    return "\n".join(parts)


def _describe_axes(ax):
    title = ax.get_title() or ax.get_title("left")
    yield f"[{title}] x: {ax.get_xlabel()}; y: {ax.get_ylabel()}"
    for line in ax.get_lines():
        if len(line.get_xdata()):
            colour = mpl.colors.to_hex(line.get_color())
            yield f"  line {_name(line)}({colour}): {_series(line.get_xydata())}"
    bars = [p for p in ax.patches if hasattr(p, "get_height")]
    if bars:
        boxes = [(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in bars]
        yield f"  bars: {_series(np.array(boxes))}"
    for collection in ax.collections:
        yield f"  {type(collection).__name__} {_name(collection)}: {_collected(collection)}"
    for image in ax.images:
        yield f"  image: {_series(np.asarray(image.get_array()))}"
    for text in ax.texts:
        yield f"  text: {text.get_text()}"
    if ax.get_legend():
        yield f"  legend: {', '.join(t.get_text() for t in ax.get_legend().get_texts())}"


def _name(artist):
    label = str(artist.get_label())
    return "" if label.startswith("_") else f"'{label}' "


def _collected(collection):
    """The numbers of a collection: its colours' data, else its points, else its outline."""
    if collection.get_array() is not None:
        return _series(np.ma.filled(np.ma.asarray(collection.get_array(), dtype=float), np.nan))
    if len(collection.get_offsets()) > 1:
        return _series(np.asarray(collection.get_offsets()))
    outlines = [path.vertices for path in collection.get_paths()]
    return _series(np.concatenate(outlines)) if outlines else "empty"


def _series(values):
    rows = np.atleast_1d(np.asarray(values, dtype=float))
    points = [_point(row) for row in rows]
    if len(points) <= IN_FULL:
        return " ".join(points)
    check = zlib.crc32(" ".join(points).encode())
    return f"{' '.join(points[:3])} … {points[-1]} ({len(points)} points, check {check:08x})"


def _point(row):
    return ",".join(f"{number + 0.0:.4g}" for number in np.ravel(row))
