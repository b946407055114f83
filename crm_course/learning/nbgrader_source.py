"""A sheet as nbgrader wants its source: solutions to clear, and a graded cell for each check."""

import copy
import json
import re
from pathlib import Path

from crm_course import workspace
from crm_course.learning import lesson_plan

_CHECK = re.compile(r"""^check\(\s*["'](\d+\.\d+)["'].*\)\s*$""", re.DOTALL)


def write(course, number, folder):
    """Write the solved sheet of a chapter for `nbgrader generate_assignment` -> its path.

    course: a checkout, as solved sheets lie in tests/solutions/; folder: nbgrader's
    source/<assignment>/.
    """
    path = lesson_plan.find(course, "tests/solutions", number)
    if path is None:
        raise FileNotFoundError(
            f"the solved sheet {number} must lie in tests/solutions/ of a checkout, got none. "
            "Give the number of a chapter that has a sheet: 21."
        )
    made = source(json.loads(path.read_text(encoding="utf-8")))
    target = Path(folder) / path.name
    workspace.write(target, (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode())
    return target


def source(notebook):
    """Return a solved sheet in which nbgrader gives a point for each check that says right.

    >>> cell = {"cell_type": "code", "source": 'check("21.2", a)', "metadata": {}}
    >>> source({"cells": [cell]})["cells"][0]["source"]
    'assert check("21.2", a).right'
    """
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        asked = _CHECK.match("".join(cell["source"])) if cell["cell_type"] == "code" else None
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
        if asked:
            cell["source"] = f"assert {''.join(cell['source']).strip()}.right"
            cell["metadata"]["nbgrader"] = _graded(asked[1])
    return made


def _graded(id):
    return {"grade": True, "solution": False, "locked": True, "task": False, "points": 1,
            "grade_id": f"check_{id.replace('.', '_')}", "schema_version": 3}  # fmt: skip
