"""The files that the build makes of lessons and lays into crm_course/content/<topic>/.

They travel with the package, which knows nothing of lessons: worked solutions, and what is said to
instructors only.
"""

from authoring import notes, solutions
from authoring.lesson import ROOT


def files(root=ROOT):
    """Return the text of each such file by path, where its topic has a folder."""
    made = solutions.files(root) | notes.files(root)
    return {path: text for path, text in made.items() if path.parent.exists()}


def write(root=ROOT):
    """Write every file."""
    for path, text in files(root).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def stale(root=ROOT):
    """Return one sentence for each file that is missing, not up to date, or no longer made."""
    made = files(root)
    old = set((root / "crm_course/content").glob("*/instructor.md")) - set(made)
    return [
        *(f"{path.relative_to(root)}: no lesson makes it. Remove it." for path in sorted(old)),
        *(f"{path.relative_to(root)}: stale. Run `crm-course build`."
          for path, text in made.items()
          if not (path.exists() and path.read_text(encoding="utf-8") == text)),
    ]  # fmt: skip
