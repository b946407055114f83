"""crm_course/content/<topic>/instructor.md: what a lesson says to instructors only.

Cells tagged `instructor` stay out of the notebook, and `crm-course instructor` finds them here: it
has no tools that read a lesson, and the notebook is the student's. Like solutions.yaml the file is
out of the way and not locked up.
"""

from authoring.lesson import ROOT, read_all, tags

TOP = "<!-- Made by `crm-course build` from the cells tagged `instructor`. -->"


def files(root=ROOT):
    """Return what belongs into the file of each chapter that has such cells, by path."""
    found = {each.carried("instructor.md"): told(each) for each in read_all(root)}
    return {path: "\n\n".join([TOP, *cells]) + "\n" for path, cells in found.items() if cells}


def told(lesson):
    """Return the texts for instructors in a chapter; a sheet has none."""
    cells = () if lesson.is_sheet else lesson.cells
    return [cell.source.strip() for cell in cells if "instructor" in tags(cell)]
