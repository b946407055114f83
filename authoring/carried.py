"""The files that the build makes of lessons and lays into crm_course/content/<topic>/.

They travel with the package, which knows nothing of lessons: worked solutions, and what is said to
instructors only.
"""

from authoring import notes, solutions
from authoring.lesson import ROOT
from crm_course import workspace


def files(root=ROOT):
    """Return the text of each such file by path, where its topic has a folder."""
    made = solutions.files(root) | notes.files(root)
    return {path: text for path, text in made.items() if path.parent.exists()}


def write(root=ROOT):
    """Write what changes, each file whole: another build may be reading what is kept by hand."""
    for path, text in files(root).items():
        if not _holds(path, text):
            workspace.write(path, text.encode())


def stale(root=ROOT):
    """Return one sentence for each file that is missing, not up to date, or no longer made."""
    made = files(root)
    old = set((root / "crm_course/content").glob("*/instructor.md")) - set(made)
    return [
        *(f"{path.relative_to(root)}: no lesson makes it. Remove it." for path in sorted(old)),
        *(f"{path.relative_to(root)}: stale. Run `crm-course build`."
          for path, text in made.items()
          if not _holds(path, text)),
    ]  # fmt: skip


def _holds(path, text):
    return path.exists() and path.read_bytes() == text.encode()
