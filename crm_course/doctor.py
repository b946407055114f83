"""Is this machine ready for the course? One line per check, with the fix in the same line.

The terminal (`crm-course doctor`) names what it found on this machine. A notebook shows `ready()`,
which names only what must hold: that is the same on every machine that is ready, so a chapter
that shows it can be compared with its committed output.
"""

import html
import importlib.metadata
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .locale import _

INSTALL = 'Run: pip install -c constraints.txt -e ".[real]"'
PORTS = range(8888, 8939)  # JupyterLab tries these, in this order


@dataclass(frozen=True)
class Check:
    """One line of the doctor: `str(check)` is what the terminal shows.

    >>> print(Check("FAIL", "pandas >=3,<4", "2.3.1", "Run: pip install pandas"))
    FAIL  pandas >=3,<4: 2.3.1. Run: pip install pandas
    """

    status: str
    rule: str
    found: str
    fix: str = ""

    def __str__(self):
        fix = "" if self.status == "OK" else f". {self.fix}"
        return f"{self.status:<5} {self.rule}: {self.found}{fix}"


def check(holds, rule, found, fix, *, otherwise="FAIL"):
    """Return OK where the rule holds, else FAIL (or WARN) with the fix."""
    return Check("OK" if holds else otherwise, rule, str(found), fix)


# --- the verdict


def report():
    """Return every check of the terminal's report, in its order."""
    return [*vital(), *helpful()]


def vital():
    """Return the checks without which chapters do not run; each is OK or FAIL."""
    return _examined((python, packages, data, write_access, kernel), "FAIL")


def quick():
    """Return the vital checks that take no time; `datasets.load` checks each table it reads."""
    return _examined((python, packages, write_access, kernel), "FAIL")


def helpful():
    """Return the checks that some chapters or figures need, and the port of JupyterLab."""
    return _examined((real_packages, free_port, chinese_font), "WARN")


def _examined(parts, otherwise):
    return [each for part in parts for each in _guarded(part, otherwise)]


def _guarded(part, otherwise):
    """Return the checks of a part; a package that cannot be loaded fails it."""
    try:
        return part()
    except ImportError as error:
        return [Check(otherwise, part.__name__.replace("_", " "), str(error), INSTALL)]


def failures(checks):
    """Return the checks that failed."""
    return [each for each in checks if each.status == "FAIL"]


class Ready:
    """What a notebook shows of the doctor: one line where all is well, else what failed.

    Its HTML folds what was checked, in words that are the same on every machine that is ready.
    """

    def __init__(self, checks):
        self.failures = failures(checks)

    def __repr__(self):
        return "\n".join(map(str, self.failures)) or _("Ready.")

    def _repr_html_(self):
        if self.failures:
            return f"<pre>{html.escape(repr(self))}</pre>"
        checked = "".join(f"<li>{html.escape(line)}</li>" for line in _checked())
        return (
            f'<p><b style="color:#029e73">✔</b> {html.escape(repr(self))}</p>'
            f"<details><summary>{_('What was checked')}</summary><ul>{checked}</ul></details>"
        )


def ready():
    """Return the doctor's verdict for a notebook: "Ready." or the checks that failed."""
    return Ready(vital())


def _checked():
    """Return the parts of `vital` in words, and where this machine's own numbers are."""
    return [
        _("Python is 3.11 or newer."),
        _("Each package is there, in a version that the course knows."),
        _("The data are as they were delivered."),
        _("Your folder can be written."),
        _("The notebook runs in the Python that the course is installed in."),
        _("In a terminal, crm-course doctor shows the details of this machine."),
    ]


# --- the parts; each returns a list of checks


def python():
    """Check the version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    fix = "Install Python 3.11 or newer and make the environment again with it."
    return [check(sys.version_info >= (3, 11), "Python 3.11 or newer", found, fix)]


def packages(extra="", *, otherwise="FAIL"):
    """Check each package that the course asks for, or that one of its extras adds."""
    from packaging.requirements import Requirement

    try:
        lines = importlib.metadata.requires("crm-course")
    except importlib.metadata.PackageNotFoundError:
        return [Check("FAIL", "crm-course", "not installed", INSTALL)]
    wanted = map(Requirement, lines)
    return [_package(each, otherwise) for each in wanted if _asked_for(each, extra)]


def real_packages():
    """Check the packages that carry real data."""
    return packages("real", otherwise="WARN")


def _asked_for(requirement, extra):
    """Whether a requirement belongs to the extra, or to the core where extra is ""."""
    marker = requirement.marker
    in_core = marker is None or marker.evaluate({"extra": ""})
    return in_core if not extra else not in_core and marker.evaluate({"extra": extra})


def _package(requirement, otherwise):
    ranges = ",".join(sorted(map(str, requirement.specifier), reverse=True))
    rule = f"{requirement.name} {ranges}".strip()
    try:
        found = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return Check(otherwise, rule, "not installed", INSTALL)
    return check(found in requirement.specifier, rule, found, INSTALL, otherwise=otherwise)


def data():
    """Check that the tables are as they were delivered."""
    from . import datasets

    rule, fix = "data as delivered", "Run: crm-course data make"
    try:
        tables = datasets.verify()
    except (OSError, ValueError) as error:
        return [Check("FAIL", rule, str(error).split(". ")[0], fix)]
    changed = tables.loc[~tables["ok"], "name"]
    fine = [Check("OK", rule, f"{len(tables)} tables")]
    return [Check("FAIL", rule, f"{name} differs", fix) for name in changed] or fine


def write_access():
    """Check that work/ can be written, or the current folder where there is no course folder."""
    rule, folder = "write access to work/", _work()
    try:
        with tempfile.TemporaryFile(dir=folder):
            return [Check("OK", rule, str(folder))]
    except OSError as error:
        found = f"{folder} ({error.strerror or error})"
        return [Check("FAIL", rule, found, "Copy the course to a folder of your own.")]


def _work():
    from . import workspace

    try:
        course = workspace.course_folder()
    except FileNotFoundError:
        return Path.cwd()
    work = workspace.work_folder(course).absolute()
    return next(folder for folder in (work, *work.parents) if folder.is_dir())


def kernel():
    """Check that a notebook's Python is the one that the course is installed in."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    rule, fix = "kernel python3 runs this Python", "Set JUPYTER_PREFER_ENV_PATH=1, start again."
    try:
        program = Path(KernelSpecManager().get_kernel_spec("python3").argv[0])
    except NoSuchKernel:
        return [Check("FAIL", rule, "no such kernel", INSTALL)]
    # A bare name ("python") means the Python that JupyterLab itself runs in.
    own = not program.is_absolute() or program.parent == Path(sys.executable).parent
    return [check(own, rule, program, fix)]


def free_port():
    """Check that JupyterLab finds a port on this machine to listen on."""
    port = next(filter(_is_free, PORTS), None)
    fix = "Close other JupyterLabs, or choose a port: crm-course lab --port 9000"
    return [check(port, "free port for JupyterLab", port or "none", fix)]


def _is_free(port):
    with socket.socket() as candidate:
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def chinese_font():
    """Check for a font that draws Chinese in figures."""
    from . import figures

    font = figures.chinese_font()
    fix = "Install Noto Sans CJK SC (Debian, Ubuntu: apt-get install fonts-noto-cjk)."
    return [check(font, "Chinese font for figures", font or "none", fix, otherwise="WARN")]
