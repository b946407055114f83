"""What stands in a folder of made tables: the recipe, the format, rows and digest of each."""

import json
from pathlib import Path

from . import files
from .recipe import Recipe

NAME = "manifest.json"


def read(where: Path) -> dict | None:
    """Return the manifest of a folder, or None if there is none."""
    try:
        return json.loads((where / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise ValueError(
            f"{where / NAME} must be JSON, got: {error}. Delete {where} and make it again."
        ) from error


def begin(where: Path, recipe: Recipe, form: str) -> dict:
    """Return the manifest of a folder, a new one where the folder holds nothing yet.

    Raises ValueError for a folder of another world, another format or something else.
    """
    there = read(where)
    for half in where.glob(f".{NAME}.*"):
        half.unlink(missing_ok=True)
    if there is None:
        _check_empty(where)
        return _write(where, {"format": form, "recipe": recipe.written(), "tables": {}})
    other = _differences(there, recipe, form)
    if other:
        raise ValueError(
            f"{where} must be new, empty or of the same world, got one with other "
            f"{', '.join(other)}. Choose another folder, or delete this one."
        )
    return there


def _check_empty(where):
    strangers = sorted(path.name for path in where.iterdir() if not path.name.startswith("."))
    if strangers:
        raise ValueError(
            f"{where} must be new or empty, got a folder with {', '.join(strangers[:3])}. "
            f"Choose another folder."
        )


def _differences(there, recipe, form):
    old, new = there["recipe"], recipe.written()
    differing = [name for name in new if old.get(name) != new[name]]
    return differing + (["format"] if there["format"] != form else [])


def note(where: Path, name: str, pieces: list):
    """Note the rows of each block and the digest of a table: pieces are (rows, digest)."""
    there = read(where)
    entry = {"rows": [rows for rows, _ in pieces], "digest": files.whole_digest(pieces)}
    _write(where, there | {"tables": there["tables"] | {name: entry}})


def _write(where, content):
    files.write_whole(where / NAME, (json.dumps(content, indent=1) + "\n").encode())
    return content
