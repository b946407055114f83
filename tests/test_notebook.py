import numpy as np
import pytest

from crm_course import notebook


@pytest.mark.parametrize("guess", [..., None, "about half", True, [0.5]])
def test_what_is_not_a_number_counts_as_no_guess(guess, capsys):
    notebook.reveal(guess, 0.514)
    assert capsys.readouterr().out == "No guess yet; it is 0.514.\n"


@pytest.mark.parametrize("guess", [1, np.int64(1), np.float64(1.0)])
def test_a_number_is_said_back(guess, capsys):
    notebook.reveal(guess, 8)
    assert capsys.readouterr().out == "You said 1; it is 8.\n"


def test_a_function_is_shown_without_its_long_docstring():
    shown = notebook.source(notebook.reveal).text
    assert shown.startswith("def reveal(guess, answer):")
    assert '"""' not in shown
    assert shown.endswith('print(_("No guess yet; it is {answer:g}.").format(answer=answer))')


def test_a_function_is_shown_with_colours_where_the_page_can():
    faces = notebook.source(notebook.setup)._repr_mimebundle_()
    assert faces["text/markdown"].startswith("```python\ndef setup")


def test_setup_works_outside_a_notebook():
    notebook.setup()
