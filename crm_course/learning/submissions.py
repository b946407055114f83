"""What a class handed in: one notebook for each student, read and never trusted."""

import ast
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

LARGEST = 20_000_000  # bytes of a notebook
_DECLARED = re.compile(r"""datasets\.company\(\s*(?:student\s*=\s*)?(["'])(.*?)\1""")
_SHOWS = ("check", "hint", "solution", "quiz")  # calls that a grader need not run


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in: whose, its code cells, and why it cannot be read."""

    student: str
    path: Path
    cells: tuple[str, ...] = ()
    fault: str = ""
    names: dict = field(default_factory=dict)  # {"21.4": the variable that holds the answer}

    @property
    def declared(self):
        """The id that the sheet asks a company for; "" for the shared one, None without."""
        found = _DECLARED.search("\n".join(self.cells))
        return found[2] if found else None

    @property
    def digest(self):
        """A mark of the code, by which two sheets with the same cells are told."""
        text = re.sub(r"\s+", "", _DECLARED.sub("", "".join(self.cells)))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def find(folder, ids, stem):
    """Read the notebooks of a folder -> Submissions, in the order of the students.

    folder: holds <student>.ipynb, or a folder <student>/ with one notebook in it. ids: the
    exercises of the sheet; stem: its name, which may follow the student's.
    FileNotFoundError where there is no notebook at all.
    """
    folder = Path(folder)
    found = {}
    for path in sorted(folder.rglob("*.ipynb")) if folder.is_dir() else ():
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            found.setdefault(_student(path, folder, stem), []).append(path)
    if not found:
        raise FileNotFoundError(
            f"{folder} must hold notebooks that were handed in, got none. "
            "Name each after its student: s1024.ipynb, or a folder s1024 with the notebook in it."
        )
    return [_one(student, found[student], folder, ids) for student in sorted(found)]


def _student(path, folder, stem):
    parts = path.relative_to(folder).parts
    name = parts[0] if len(parts) > 1 else path.stem
    return re.sub(rf"[ _-]*{re.escape(stem)}$", "", name) or name


def _one(student, paths, folder, ids):
    if len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        return Submission(student, paths[0], fault=f"one notebook is wanted, got {names}")
    path = paths[0]
    if not path.resolve().is_relative_to(folder.resolve()):
        return Submission(student, path, fault="it is a link that leads out of the folder")
    try:
        cells = tuple(_cells(path))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return Submission(student, path, fault=f"it is not a notebook ({type(error).__name__})")
    return Submission(student, path, cells, names={id: _name(id, cells) for id in ids})


def _cells(path):
    if path.stat().st_size > LARGEST:
        raise ValueError("larger than 20 MB")
    notebook = json.loads(path.read_bytes().decode("utf-8-sig"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            source = cell["source"]
            yield source if isinstance(source, str) else "".join(source)


def _name(id, cells):
    """Return the variable of an answer: what check() is given, the usual name without.

    Where it is given both, it is the usual one, unless that was left as the sheet has it, `= ...`.
    """
    usual = f"answer_{id.replace('.', '_')}"
    call = re.compile(rf"""\bcheck\(\s*["']{re.escape(id)}["']\s*,\s*([A-Za-z_]\w*)\s*[,)]""")
    given = [name for source in cells for name in call.findall(source)] or [usual]
    made = re.compile(rf"\bdef {usual}\b|\b{usual}\s*=(?!=|\s*\.\.\.)")
    return usual if usual in given and any(map(made.search, cells)) else given[-1]


def only_shows(source):
    """Whether a cell does nothing but ask the course for a mark, a hint or a quiz.

    >>> only_shows('check("21.4", answer_21_4)'), only_shows("answer_21_4 = 1")
    (True, False)
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it fails where it runs
        return False
    return all(_is_show(each) for each in body)


def _is_show(line):
    call = getattr(line, "value", None) if isinstance(line, ast.Expr) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in _SHOWS:
        return False
    parts = (*call.args, *(each.value for each in call.keywords))
    return all(isinstance(part, (ast.Name, ast.Constant)) for part in parts)
