"""What stands in a folder of made tables: the recipe, the format, rows and digest of each."""

import json
from pathlib import Path

from . import files
from .recipe import Recipe

NAME = "manifest.json"


def read(where: Path) -> dict | None:
    """Return the manifest of a folder, or None if there is none."""
    try:
        there = json.loads((where / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _foreign(where, error) from error
    if not isinstance(there, dict) or not {"format", "recipe", "tables"} <= there.keys():
        raise _foreign(where, "something else")
    return there


def _foreign(where, got):
    return ValueError(
        f"{where / NAME} must be the manifest of a made world, got {got}. "
        f"Choose another folder, or delete this one if a world was made in it."
    )


def begin(where: Path, recipe: Recipe, form: str) -> dict:
    """Return the manifest of a folder, a new one where the folder holds nothing yet.

    Raises ValueError like `check`.
    """
    there = check(where, recipe, form)
    for half in where.glob(f".{NAME}.*"):
        half.unlink(missing_ok=True)
    return there or _write(where, {"format": form, "recipe": recipe.written(), "tables": {}})


def check(where: Path, recipe: Recipe, form: str) -> dict | None:
    """Return the manifest of a folder, or None where the folder holds nothing yet.

    Raises ValueError for a folder of another world, another format or something else.
    """
    there = read(where)
    if there is None:
        files.check_new(where)
        return None
    other = _differences(there, recipe, form)
    if other:
        raise ValueError(
            f"{where} must be new, empty or of the same world, got one with other "
            f"{', '.join(other)}. Choose another folder, or delete this one."
        )
    return there


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
