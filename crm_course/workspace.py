"""The reader's own folder: work/ holds copies of chapters and sheets that nothing writes over.

It lies in the course, or, where many share one course, at the place that CRM_COURSE_WORK names.
"""

import hashlib
import json
import os
import re
from pathlib import Path

START = "00_start_here.ipynb"
README = """\
# Your copies

These chapters and sheets are yours: write in them, run them, break them. The course never writes
over anything that you changed. To get a chapter back as it was delivered, rename or delete your
copy and start `crm-course lab` again. When the course has a new version, `crm-course update` renews
the copies that you never touched and lays the others beside yours.

`hint("21.2")` helps. `solution("21.2")` opens after a right answer or three tries; that is a
courtesy and not a lock. What you have solved is kept on this machine only: `crm-course progress`
shows it, `crm-course progress --forget` deletes it.
"""
RECORD = ".delivered.json"  # in work/: a digest of each copy as it was delivered


def course_folder(start=None):
    """Return the folder of the course, the one that holds notebooks/ and environment.yml.

    start: where to look first, with the folders above it (default: the current folder); after
    them the folder that the package itself stands in. FileNotFoundError where none is found.
    """
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents, Path(__file__).resolve().parent.parent):
        if (folder / "environment.yml").is_file() and (folder / "crm_course").is_dir():
            return folder
    raise FileNotFoundError(
        f"The course folder must be here or above, got {start}. "
        "Go to the folder that holds notebooks/ (cd) and start again."
    )


def work_folder(course):
    """Return the reader's folder: CRM_COURSE_WORK where the course is shared, else its work/."""
    return Path(os.environ.get("CRM_COURSE_WORK") or Path(course) / "work")


def fill(course):
    """Copy into work/ every chapter and sheet that is not there yet; return the new files.

    course: the course folder. Links between chapters and sheets are led to the copies. A file
    that is there stays as it is. OSError, naming work/, where nothing can be written.
    """
    course = Path(course)
    try:
        laid = dict(copies(course))
        new = {path: data for path, data in laid.items() if write_new(path, data)}
        # the new ones, and those of an earlier time that ended before it could note them
        same = {path: data for path, data in laid.items() if _holds(path, data)}
        note_delivered(course, same)
    except OSError as error:
        raise unwritable(error) from error
    return list(new)


def _holds(path, data):
    try:
        return path.read_bytes() == data
    except OSError:  # a link to nowhere, a folder
        return False


def unwritable(error):
    """Return what to raise where work/ cannot be written."""
    return type(error)(
        f"work/ must be writable, got: {error}. "
        "Copy the course to a folder of your own, or free some space, and start again."
    )


def write_new(path, data):
    """Write bytes under a name that is free, whole or not at all; return whether it was free."""
    if os.path.lexists(path):
        return False
    write(path, data)
    return True


def write(path, data):
    """Write bytes, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_beside(path, data):
    """Write bytes; anything else that was there is kept as <name>.before.<ending>."""
    if path.is_file() and path.read_bytes() != data:
        os.replace(path, path.with_stem(f"{path.stem}.before"))
    write(path, data)


def digest(data):
    """Return a short mark of bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def delivered(course):
    """Return {path below work/: digest of the copy that was laid there last}."""
    try:
        return dict(json.loads((work_folder(course) / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # none yet, or cut off: every copy counts as changed
        return {}


def note_delivered(course, new):
    """Add {path: bytes} of copies that were laid out to the record."""
    record = delivered(course)
    added = {name_of(path, course): digest(data) for path, data in new.items()}
    if not added.items() <= record.items():
        text = json.dumps(record | added, indent=0, sort_keys=True)
        write(work_folder(course) / RECORD, text.encode())


def name_of(path, course):
    """Return the name of a copy in the record."""
    return path.relative_to(work_folder(course)).as_posix()


def copies(course):
    """Yield path in work/ and bytes of everything that a reader may change."""
    work = work_folder(course)
    yield work / "README.md", README.encode()
    for source, path, up in _files(course / "notebooks"):
        led = _led(source, f"../{up}exercises/", f"{up}exercises/")
        yield work / path, _unrun(led) if source.suffix == ".ipynb" else led
    for source, path, up in _files(course / "exercises"):
        led = _led(source, f"../{up}notebooks/", f"../{up}")
        yield work / "exercises" / path, led


def _files(shelf):
    """Yield each file of a shelf, its path on the shelf, and the way from it up to the shelf."""
    for source in sorted(shelf.rglob("*")):
        path = source.relative_to(shelf)
        if source.is_file() and not any(part.startswith((".", "_")) for part in path.parts):
            yield source, path, "../" * len(path.parent.parts)


def _led(source, old, new):
    """Return the bytes of a file; in a notebook, links that begin with old begin with new."""
    data = source.read_bytes()
    if source.suffix != ".ipynb":
        return data
    # "../../exercises/" must not match inside "../../../exercises/".
    return re.sub(rf"(?<!/){re.escape(old)}", new, data.decode()).encode()


def _unrun(data):
    """Return a chapter without its outputs: whoever reads the answer first makes no prediction."""
    notebook = json.loads(data)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
