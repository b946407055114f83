"""What is to be mended in the text of a lesson, without running it."""

from authoring.rules import case, code, frame, prose

RULES = (*code.RULES, *prose.RULES, *frame.RULES, *case.RULES)


def problems(lesson):
    """Return what is to be mended in a lesson, as `file:line: sentence`."""
    name = lesson.path.relative_to(lesson.root)
    found = sorted({pair for rule in RULES for pair in rule(lesson)})
    return [f"{name}:{line}: {sentence}" for line, sentence in found]
