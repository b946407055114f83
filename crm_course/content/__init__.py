"""The exercises and quizzes of the chapters, found by number; a topic is imported when asked for.

A topic folder holds checks.py, with `CHAPTER = "21"` and `EXERCISES`, and quiz.yaml. Beside the
topics lie claims.yaml, glossary.yaml and items.yaml, which belong to all chapters.
"""

import difflib
import importlib.util
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_CHAPTER_LINE = re.compile(r'^CHAPTER = "(\d+)"', re.MULTILINE)


def chapters(folder=None):
    """Return {"21": "retention"}: the topic of each chapter, by number; nothing is imported.

    >>> isinstance(chapters(), dict)
    True
    """
    return dict(_chapters(folder or FOLDER))


@cache
def _chapters(folder):
    """Every `check` and `quiz` asks: thirty files are read once."""
    found = {}
    for path in sorted(folder.glob("*/checks.py")):
        topic, number = path.parent.name, _number(path)
        if number in found:
            raise ValueError(
                f"chapter {number} must be one topic, got {found[number]} and {topic}. "
                f"Change CHAPTER in one checks.py."
            )
        found[number] = topic
    return dict(sorted(found.items(), key=lambda item: int(item[0])))


def exercises(chapter, folder=None):
    """Return the exercises of a chapter, in their order."""
    path = topic_folder(chapter, folder) / "checks.py"
    return _checked(_module(path).EXERCISES, chapter, path)


def exercise(id, folder=None):
    """Return the Exercise with this id; ValueError names the ids that are near."""
    id = plain_id(id)
    chapter = id.partition(".")[0]
    known = {each.id: each for each in exercises(chapter, folder)}
    if id not in known:
        raise ValueError(f"exercise {id!r} is unknown in chapter {chapter}. {_near(id, known)}")
    return known[id]


def topic_folder(chapter, folder=None):
    """Return the folder that holds a chapter's checks.py and quiz.yaml."""
    known = chapters(folder)
    if chapter not in known:
        have = ", ".join(known) or "none yet"
        raise ValueError(
            f"chapter {chapter!r} has no exercises. Chapters that have: {have}. "
            "An exercise is called '21.1': chapter, point, number."
        )
    return (folder or FOLDER) / known[chapter]


@cache
def entries(name):
    """Return the entries of <name>.yaml, which all chapters share, as a list of dicts.

    >>> entries("claims")[0]["id"]
    'CL-01'
    """
    import yaml  # an exercise needs none of these files

    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def plain_id(id):
    """Return an id as it is written in checks.py.

    >>> plain_id(" 01.3 "), plain_id(21)
    ('1.3', '21')
    """
    if isinstance(id, float):  # 21.10 and 21.1 are the same number
        raise TypeError(f"an id must be text, got the number {id}. Write it in quotes: '{id}'.")
    if not isinstance(id, (str, int)):
        raise TypeError(f"an id must be text, got {type(id).__name__}. Write '21.1'.")
    return re.sub(r"^0+(?=\d)", "", str(id).strip())


def _near(id, known):
    if ".q" in id:
        return f'It looks like a quiz question: quiz("{id}").'
    near = difflib.get_close_matches(id, known, n=3, cutoff=0.5)
    return f"Near it: {', '.join(near)}." if near else f"It has {', '.join(known)}."


def _number(path):
    line = _CHAPTER_LINE.search(path.read_text(encoding="utf-8"))
    if line is None:
        raise ValueError(
            f"{path.parent.name}/checks.py must say its chapter, got no such line. "
            'Write CHAPTER = "21" at the left margin.'
        )
    return line[1]


def _checked(found, chapter, path):
    ids = [each.id for each in found]
    strange = [id for id in ids if not id.startswith(f"{chapter}.") or ids.count(id) > 1]
    if strange:
        raise ValueError(
            f"{path.parent.name}/checks.py must number its exercises {chapter}.1, {chapter}.2, "
            f"... each once, got {strange}. Change the id."
        )
    return tuple(found)


@cache
def _module(path):
    # by path and not by name, so that a folder of exercises can lie anywhere
    name = f"{__name__}.{path.parent.name}.checks"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
