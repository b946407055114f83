"""The sample as files: tables, and the words and digests that go with them."""

import json
from pathlib import Path

from crm_course import schema

from . import files, world


def write(where: Path, customers: int) -> list:
    """Write every table as CSV and the digests of their content; return the paths."""
    where.mkdir(parents=True, exist_ok=True)
    digests, paths = {}, []
    for name, table in schema.TABLES.items():
        made = world.make_table(name, customers=customers)
        digests[name] = files.content_digest(files.as_stored(made, table), table)
        paths.append(_write(where / f"{name}.csv", files.to_csv(made, table)))
    paths.append(_write(where / "digests.json", _json(digests)))
    return paths


def _write(path, content):
    files.write_whole(path, content)
    return path


def _json(content):
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
