"""A new version of the course comes into work/: beside what the reader changed, never over it."""

from pathlib import Path
from typing import NamedTuple

from crm_course import __version__, workspace
from crm_course.learning.wording import listing
from crm_course.locale import _


class Laid(NamedTuple):
    """One copy that was laid out: its path, and "new", "renewed" or "beside"."""

    path: Path
    how: str


def update(course, version=__version__):
    """Bring the chapters and sheets of the course into work/ -> the list of what was Laid.

    course: the course folder. A copy that is not there comes back. A copy that is as it was
    delivered is renewed. Beside a copy that the reader changed the new version is laid, as
    21_retention.v0.2.0.ipynb, once. Other files in work/ are left alone. Killed half-way, it has
    lost nothing, and the next run does the rest. OSError where nothing can be written.
    """
    course = Path(course)
    record, seen, done = workspace.delivered(course), {}, []
    try:
        for path, data in workspace.copies(course):
            done += _lay(path, data, record.get(workspace.name_of(path, course)), version)
            seen[path] = data
        workspace.note_delivered(course, seen)
    except OSError as error:
        raise workspace.unwritable(error) from error
    return done


def waiting(course):
    """Return the copies of which a newer version waits, which update() would lay out.

    Nothing is written. A copy that the reader deleted is not among them: `lab` brings it back.
    """
    course = Path(course)
    record = workspace.delivered(course)
    return [
        path
        for path, data in workspace.copies(course)
        if (here := _digest(path))
        and _waits(here, data, record.get(workspace.name_of(path, course)))
    ]


def _waits(here, data, before):
    """Whether the course has another version than the reader has, or was offered."""
    return workspace.digest(data) not in (here, before)


def reminder(course):
    """Return one line on what waits, "" where nothing does."""
    names = list(dict.fromkeys(path.stem for path in waiting(course)))  # a chapter and its sheet
    if not names:
        return ""
    text = _("A newer version waits of {names}: crm-course update. Yours stays as it is.")
    return text.format(names=listing(names, 3))


def told(laid, course):
    """Return what was laid out in one line for each kind, with the names of those beside."""
    count = {how: sum(each.how == how for each in laid) for how in ("new", "renewed", "beside")}
    lines = [_("{new} new, {renewed} renewed, {beside} laid beside yours.").format(**count)]
    beside = [each.path for each in laid if each.how == "beside"]
    return "\n".join([*lines, *(f"  work/{workspace.name_of(path, course)}" for path in beside)])


def _lay(path, data, before, version):
    """Lay one copy out; before: the digest of what was laid there last, or None."""
    new, here = workspace.digest(data), _digest(path)
    if workspace.write_new(path, data):
        return [Laid(path, "new")]
    if here == new or before == new:  # the reader has it, or has been offered it
        return []
    if here == before:
        workspace.write(path, data)
        return [Laid(path, "renewed")]
    beside = _free(path, data, version)
    return [Laid(beside, "beside")] if workspace.write_new(beside, data) else []


def _digest(path):
    """Return the digest of a file; "" for what is there and is none, a folder or a dead link."""
    try:
        return workspace.digest(path.read_bytes())
    except OSError:
        return ""


def _free(path, data, version):
    """Return the name beside path that is free, or holds these bytes already."""
    for number in range(1, 1000):
        again = f"-{number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem}.v{version}{again}{path.suffix}")
        if not beside.exists() or _digest(beside) == workspace.digest(data):
            return beside
    raise FileExistsError(f"{path.name} must have a free name beside it, got none. Tidy up work/.")
