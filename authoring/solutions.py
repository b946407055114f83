"""crm_course/content/<topic>/solutions.yaml: worked solutions, for solution("21.2").

Those of a sheet are made by the build from the cells that are tagged `solution`: the executed
solutions themselves do not travel with the package. Those of exercises that stand in a chapter are
written into the file by hand, above the others; the build keeps them as they are.
"""

import yaml

from authoring.lesson import ROOT, crm, read_all, tags

TOP = "# Made by `crm-course build` from the sheet.\n"


def solved(lesson):
    """Return {"21.2": code} of a sheet."""
    cells = [cell for cell in lesson.cells if "solution" in tags(cell) and "exercise" in crm(cell)]
    return {crm(cell)["exercise"]: cell.source.strip() + "\n" for cell in cells}


def files(root=ROOT):
    """Return what belongs into the file of each sheet, by path."""
    sheets = [lesson for lesson in read_all(root) if lesson.is_sheet]
    codes = {lesson.carried("solutions.yaml"): solved(lesson) for lesson in sheets}
    return {path: text(by_hand(path, each) | each) for path, each in codes.items()}


def by_hand(path, codes):
    """Return the solutions in a file that are none of the sheet's own."""
    written = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    return {id: text for id, text in (written or {}).items() if id not in codes}


def text(codes):
    """Return the file for {"21.2": code}: every code as a block, as it stands in the sheet."""
    return TOP + yaml.dump(codes, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=1000)


class _Blocks(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


_Blocks.add_representer(
    str,
    lambda dumper, value: dumper.represent_scalar(
        "tag:yaml.org,2002:str", value, style="|" if "\n" in value else None
    ),
)
