"""A figure: marked by what is plotted, whatever its colours, titles or size.

The right answer is a Series {x: y}, or a dict {name: Series} where several must be there. The
numbers of every line, set of bars and cloud of points in the figure are compared with it.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_course.learning import series
from crm_course.learning.feedback import Problem
from crm_course.learning.wording import describe, listing
from crm_course.locale import _

MOST = 100  # axes in one list


class Plotted:
    """Stands for a figure of another process: the Series that it shows, as they were read there."""

    def __init__(self, lines):
        self.lines = list(lines)


def read(answer, task):
    """Return the answer's list of plotted Series, or a Problem.

    Taken are Axes, a Figure, a grid of seaborn, a list or an array of Axes, and what is Plotted.
    """
    found = plotted(answer)
    if found is None:
        text = _("A figure is wanted, or its axes (ax), got {got}.")
        return Problem(text.format(got=describe(answer)))
    if not found:
        return Problem(_("The figure is empty: no line, no bars and no points are in it."))
    return found


def plotted(answer):
    """Return the list of Series that an answer shows; None where it is no figure."""
    if isinstance(answer, Plotted):
        return answer.lines
    if isinstance(answer, list) and answer and all(isinstance(each, Plotted) for each in answer):
        return [line for each in answer for line in each.lines]
    axes = None if isinstance(answer, type) else _axes(answer)
    return None if axes is None else [each for ax in axes for each in _plotted(ax)]


def agree(plotted, expected, task):
    """Whether everything expected is plotted; more may be there."""
    return not _missing(plotted, expected, task)


def praise(plotted, task):
    return _("Yes, the right numbers are plotted: nicely worked out.")


def explain(plotted, task):
    """Say which of the expected series is not there, and what is wrong with the nearest one."""
    name, wanted = _missing(plotted, task.reference, task)[0]
    said = _("{name} is not in the figure.").format(name=name) if name else _("Not those numbers.")
    same = [each for each in plotted if len(each) == len(wanted)]
    if not same:
        counts = listing([len(each) for each in plotted])
        text = _("{n} points are wanted; what is plotted has {counts}.")
        return f"{said} " + text.format(n=len(wanted), counts=counts)
    nearest = max(same, key=lambda each: _alike(each, wanted, task))
    return f"{said} " + series.explain(nearest, replace(task, reference=wanted))


def _axes(answer):
    """Return the axes of what a plotting library gave back; None for anything else."""
    if hasattr(answer, "get_lines") and hasattr(answer, "patches"):
        return [answer]
    figure = getattr(answer, "figure", answer)
    if hasattr(figure, "axes") and hasattr(figure, "savefig"):
        return list(figure.axes)
    if isinstance(answer, (list, tuple, np.ndarray)) and len(answer) < MOST:
        found = [_axes(each) for each in np.ravel(np.asarray(answer, dtype=object))]
        return None if None in found else [ax for axes in found for ax in axes]
    return None


def _plotted(ax):
    """Yield what is drawn on the axes as Series {x: y}: lines, bars, points."""
    words = _labels(ax.xaxis)
    for line in ax.get_lines():
        yield _series(line.get_xydata(), words)
    for bars in ax.containers:
        yield from _bars(bars, words, _labels(ax.yaxis))
    for cloud in ax.collections:
        if len(cloud.get_offsets()):
            yield _series(cloud.get_offsets(), words)


def _bars(bars, words, side_words):
    """Yield the heights of upright bars, the widths of lying ones."""
    patches = [each for each in getattr(bars, "patches", ()) if hasattr(each, "get_height")]
    if not patches:
        return
    if getattr(bars, "orientation", "vertical") == "horizontal":
        points = [(p.get_y() + p.get_height() / 2, p.get_width()) for p in patches]
        yield _series(points, side_words)
    else:
        points = [(p.get_x() + p.get_width() / 2, p.get_height()) for p in patches]
        yield _series(points, words)


def _labels(axis):
    """Return {place: word} of an axis with categories, {} of one with numbers."""
    units = getattr(axis, "units", None)
    if hasattr(units, "_mapping"):  # matplotlib's own categories
        return {place: word for word, place in units._mapping.items()}
    if type(axis.get_major_locator()).__name__ != "FixedLocator" or _shows_numbers(axis):
        return {}
    ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
    return {round(float(place), 6): label.get_text() for place, label in ticks}


def _shows_numbers(axis):
    return type(axis.get_major_formatter()).__name__ == "ScalarFormatter"


def _series(points, words):
    points = np.ma.filled(np.ma.asarray(points, dtype=float), np.nan)
    x = [words.get(round(each, 6), round(each, 9)) for each in points[:, 0].tolist()]
    return pd.Series(points[:, 1], index=x)


def _missing(plotted, expected, task):
    """Return [(name, Series)] of what is expected and not plotted."""
    wanted = expected if isinstance(expected, dict) else {"": expected}
    wanted = {name: series.as_series(each) for name, each in wanted.items()}
    return [
        (name, each)
        for name, each in wanted.items()
        if not any(_shows(found, each, task) for found in plotted)
    ]


def _shows(found, wanted, task):
    """Whether a plotted series has these numbers at these places; dates count in their order."""
    if len(found) != len(wanted):
        return False
    if isinstance(wanted.index, (pd.DatetimeIndex, pd.PeriodIndex)):
        found = found.sort_index().set_axis(wanted.index)
    matched = series.aligned(found, wanted)
    return matched is not None and not _differs(matched, wanted, task).any()


def _alike(found, wanted, task):
    """Return how many values agree, place by place."""
    return (~_differs(found.set_axis(wanted.index), wanted, task)).sum()


def _differs(found, wanted, task):
    return series.differs(found, wanted, task.exercise.tolerance)
