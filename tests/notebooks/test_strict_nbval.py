import base64
import re

import nbformat
import pytest

from authoring import build, validate

LESSON = """\
---
crm:
  title_zh: 图
  minutes: [2, 2]
  needs: nothing
---

# What does the test notice?

The first line of every chapter:

```{code-cell}
from crm_course import figures, notebook, widgets
notebook.setup()
```

One number, `_` for the last, and a line that shows nothing:

```{code-cell}
3 + 4
```

```{code-cell}
_ + 1;
```

+++ {"crm": {"minutes": [2, 2]}}

## One picture

A picture:

```{code-cell}
def bar(height=4):
    ax = figures.new_axes()
    ax.bar([0], [height], color=figures.PALETTE["blue"])
    return figures.say(ax, f"A bar of height {height}.")
bar();
```

```{code-cell}
bar(2 + 4);
```

The same with a slider:

```{code-cell}
widgets.explore(bar, height=(0, 10))
```

High.
"""


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def data(notebook, number):
    return code(notebook)[number].outputs[0].data


def spoil_what_is_stored(notebook):
    code(notebook)[1].update(execution_count=None, outputs=[])
    data(notebook, 3)["image/png"] = base64.b64encode(b"garbage").decode()
    del data(notebook, 4)["image/png"]
    page = data(notebook, 5)["text/html"]
    data(notebook, 5)["text/html"] = re.sub(r"base64,[^\"]*", "base64,Z2FyYmFnZQ==", page)


def change_the_code(old, new):
    def change(notebook):
        for cell in notebook.cells:
            cell.source = cell.source.replace(old, new)

    return change


FAULTS = {
    "sound": lambda notebook: None,
    "spoilt": spoil_what_is_stored,
    "colour": change_the_code('"blue"', '"green"'),
    "number": change_the_code("4", "5"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What nbval says of a notebook with each fault in it, all in one run."""
    root = tmp_path_factory.mktemp("strict")
    text = root / "authoring" / "lessons" / "29_strict.md"
    text.parent.mkdir(parents=True)
    text.write_text(LESSON, encoding="utf-8")
    assert build.build(build.read_all(root), say=lambda said: None) == []
    for name, fault in FAULTS.items():
        notebook = nbformat.read(root / "notebooks" / "29_strict.ipynb", 4)
        fault(notebook)
        nbformat.write(notebook, root / f"{name}.ipynb")
    names = [f"{name}.ipynb" for name in FAULTS]
    return validate.run(names, folder=root, capture_output=True).stdout


def failed(said, name):
    return set(map(int, re.findall(rf"FAILED {name}\.ipynb::Cell (\d+)", said)))


def test_a_sound_notebook_passes_with_its_semicolon_and_underscore(said):
    assert failed(said, "sound") == set()
    assert re.search(r"\d+ passed", said)


def test_a_cell_without_outputs_fails(said):
    assert 1 in failed(said, "spoilt")
    assert "no outputs to compare. Build the notebook." in said


def test_a_spoilt_picture_fails(said):
    assert 3 in failed(said, "spoilt")
    assert "picture 0: cannot be read" in said


def test_a_picture_that_is_gone_fails(said):
    assert 4 in failed(said, "spoilt")


def test_a_spoilt_picture_in_an_explorer_fails(said):
    assert 5 in failed(said, "spoilt")


def test_another_colour_fails_although_the_words_are_the_same(said):
    assert failed(said, "colour") == {3, 4, 5}
    assert "RMS difference" in said


def test_another_number_fails_alone_and_in_a_picture(said):
    assert failed(said, "number") == {1, 3, 4, 5}
