"""Explorers: a picture that is drawn again when a control moves.

An explorer has three faces. Beside a kernel it is live: a slider and a number box for each
quantity, the sentence of the figure, the figure. On a page without a kernel it is the figure at
its starting values, with the sentence as alternative text. In a test it is the words and numbers.
"""

import html
import inspect

from matplotlib import pyplot as plt

from . import figures
from .locale import _

STEPS = 40  # of a slider whose step is not given


def explore(draw, **controls):
    """Draw again whenever a control moves.

    draw: a function of keyword arguments with defaults, which returns Axes whose sentence was
    set with `figures.say`; controls: for each argument (low, high), (low, high, step) or a list
    of choices, the default among them -> an Explorer, which the notebook displays.

        widgets.explore(reading_claims.plot_telephone, measured=(1, 10, 1), mutation=(0.0, 0.5))
    """
    return Explorer(draw, controls)


class Explorer:
    """A drawing function with its controls; `move` does in code what a hand does on the page."""

    def __init__(self, draw, controls):
        self.draw = draw
        self.controls = {name: _range(name, spec) for name, spec in controls.items()}
        self.values = {name: _start(draw, name, self.controls[name]) for name in controls}
        self._live = self._drawn = None
        self._watched = {}  # the widget of each control, as soon as there is a page

    def move(self, **values):
        """Set controls and return the sentence that the figure then says.

        Where a value is not of its control or cannot be drawn, nothing moves.
        """
        for name, value in values.items():
            if name not in self.controls:
                raise ValueError(
                    f"control must be one of {list(self.controls)}, got {name!r}. Move one of them."
                )
            _checked(name, self.controls[name], value)
        wanted = self.values | values
        said, *_rest = self._picture(wanted)
        self.values = wanted
        for name in values.keys() & self._watched.keys():
            self._watched[name].value = values[name]
        return said

    def _picture(self, values):
        """Draw at these values -> the sentence, the picture as HTML, words and numbers."""
        if self._drawn is None or self._drawn[0] != values:
            figure = self.draw(**values).figure
            try:
                said, words = figures.sentence(figure), figures.describe(figure)
                self._drawn = dict(values), (said, figures.as_html(figure), words)
            finally:
                plt.close(figure)
        return self._drawn[1]

    @property
    def live(self):
        """The ipywidgets box behind the explorer, made when it is first shown."""
        if self._live is None:
            self._live, self._watched = _box(self)
        return self._live

    def _repr_mimebundle_(self, include=None, exclude=None):
        said, as_html, words = self._picture(self.values)
        at = ", ".join(f"{label(name)} {value:g}" if isinstance(value, (int, float))
                       else f"{label(name)} {value}" for name, value in self.values.items())
        note = _("Run this cell to move the controls. Here: {at}.").format(at=at)
        caption = f"<p><b>{html.escape(said)}</b></p><p><i>{html.escape(note)}</i></p>"
        return {
            **self.live._repr_mimebundle_(),
            "text/html": as_html + caption,
            "text/plain": f"Explorer ({at})\n{words}",
        }


def _range(name, spec):
    """Check one control -> ("choices", list) or (low, high, step)."""
    if isinstance(spec, list) and spec:
        return ("choices", spec)
    if isinstance(spec, tuple) and len(spec) in (2, 3) and spec[0] < spec[1]:
        low, high = spec[:2]
        return (low, high, spec[2] if len(spec) == 3 else (high - low) / STEPS)
    raise ValueError(
        f"control {name!r} must be (low, high), (low, high, step) or a list, got {spec!r}. "
        "Give the lower bound first."
    )


def _start(draw, name, control):
    """The starting value: the default of draw's own argument."""
    parameter = inspect.signature(draw).parameters.get(name)
    if parameter is None:
        raise ValueError(
            f"control must be an argument of {draw.__name__}, got {name!r}. Name one that it takes."
        )
    if parameter.default is not parameter.empty:
        return _checked(name, control, parameter.default)
    return control[1][0] if control[0] == "choices" else control[0]


def _checked(name, control, value):
    """Return a value if its control can show it."""
    if control[0] == "choices":
        fits, rule = value in control[1], f"one of {control[1]}"
    else:
        low, high, _step = control
        fits, rule = low <= value <= high, f"from {low} to {high}"
    if not fits:
        raise ValueError(f"control {name!r} must be {rule}, got {value!r}. Choose from these.")
    return value


def label(name):
    """Return what a control or a column is called on the page.

    >>> label("credit_limit")
    'Credit limit'
    """
    return _(name.replace("_", " ").capitalize())


def _box(explorer):
    """The page of an explorer -> (the box, the widget of each control)."""
    import ipywidgets as w

    # Not an Image widget: it has no alternative text, and a tooltip breaks it (ipywidgets 8.1.9).
    said, picture = w.HTML(), w.HTML()

    def show():
        try:
            words, picture.value, _numbers = explorer._picture(explorer.values)
            said.value = f'<p role="status" style="font-weight:600">{html.escape(words)}</p>'
        except ValueError as error:
            said.value = f'<p role="alert">{html.escape(str(error))}</p>'

    def on_move(name):
        def moved(change):
            explorer.values[name] = change["new"]
            show()

        return moved

    rows, watched = [], {}
    for name, control in explorer.controls.items():
        row, watched[name] = _control(name, control, explorer.values[name])
        watched[name].observe(on_move(name), "value")
        rows.append(row)
    show()
    return w.VBox([*rows, said, picture]), watched


def control(name, spec, value):
    """Make one control for a page of your own -> (row, the widget whose value counts).

    name: its label, as of an argument; spec: as of `explore`; value: where it starts.
    """
    return _control(name, _range(name, spec), value)


def _control(name, control, value):
    """One row of the page -> (row, the widget whose value counts)."""
    import ipywidgets as w

    style = {"description_width": "initial"}
    if control[0] == "choices":
        choice = w.Dropdown(options=control[1], value=value, description=label(name), style=style)
        return choice, choice
    low, high, step = control
    whole = all(isinstance(number, int) for number in (low, high, step))
    slider_class, box_class = (
        (w.IntSlider, w.BoundedIntText) if whole else (w.FloatSlider, w.BoundedFloatText)
    )
    bounds = {"min": low, "max": high, "step": step, "value": value}
    slider = slider_class(**bounds, description=label(name), style=style, readout=False)
    slider.layout.width = "26rem"
    # A slider has no accessible name in JupyterLab; the box beside it has, and takes exact values.
    box = box_class(**bounds, description="=", style=style, tooltip=label(name))
    box.layout.width = "8rem"
    w.jslink((slider, "value"), (box, "value"))
    return w.HBox([slider, box]), slider
