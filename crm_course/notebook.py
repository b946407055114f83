"""What a lesson needs from its notebook: a first line, a guess answered, a function shown."""

import ast
import inspect
import numbers
import sys
import textwrap

from .locale import _

PANDAS_OPTIONS = {
    "display.width": 100,
    "display.max_columns": 20,
    "display.max_rows": 12,
    "display.precision": 3,
    "display.show_dimensions": False,
}


def setup():
    """Give the notebook the look of the course; the first line of every chapter and sheet."""
    import pandas as pd

    from . import figures

    for option, value in PANDAS_OPTIONS.items():
        pd.set_option(option, value)
    shell = _shell()
    if shell is not None:
        # Matplotlib's inline backend drops every formatter for figures, so it has to go first.
        shell.run_line_magic("matplotlib", "inline")
        shell.run_line_magic("precision", "4")
        _register(shell.display_formatter)
    figures.use_style()


def _shell():
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _register(display):
    import numpy as np
    from matplotlib.figure import Figure

    from . import figures

    def as_digits(number, printer, cycle):
        printer.text(str(number))

    for whole in (np.int64, np.int32, np.bool_):
        display.formatters["text/plain"].for_type(whole, as_digits)
    # all faces of a figure from one drawing; its own formatter would draw it once more
    display.formatters["image/png"].pop(Figure, None)
    display.mimebundle_formatter.for_type(Figure, figures.faces)


def reveal(guess, answer):
    """Print the reader's guess beside the answer.

    guess: a number, or `...` for none yet; answer: a number.

    >>> reveal(0.10, 0.514)
    You said 0.1; it is 0.514.
    >>> reveal(..., 0.514)
    No guess yet; it is 0.514.
    """
    if isinstance(guess, numbers.Real) and not isinstance(guess, bool):
        print(_("You said {guess:g}; it is {answer:g}.").format(guess=guess, answer=answer))
    else:
        print(_("No guess yet; it is {answer:g}.").format(answer=answer))


class source:  # noqa: N801 - a function to its readers; a class so that it can be displayed
    """Show the code of a function of the package, without its long docstring.

    >>> print(source(reveal).text.splitlines()[0])
    def reveal(guess, answer):
    """

    def __init__(self, function):
        self.text = _without_docstring(textwrap.dedent(inspect.getsource(function)))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.text, "text/markdown": f"```python\n{self.text}\n```"}


def _without_docstring(text):
    node = ast.parse(text).body[0]
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return text.rstrip()
    lines = text.splitlines()
    return "\n".join(lines[: first.lineno - 1] + lines[first.end_lineno :]).rstrip()
