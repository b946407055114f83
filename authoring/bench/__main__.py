"""Measure everything, or the modules named, and write docs/benchmarks.md.

    python -m authoring.bench [retention ...]

Sections of modules that are not named stay as they are in the file.
"""

import importlib
import os
import pkgutil
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

from authoring import bench
from authoring.bench.measuring import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
INTRODUCTION = """\
# Benchmarks

Written by `make bench`; the figures are measured, none is copied. Each line is one function in a
process of its own: a first run that does not count, then five, of which the median is shown.
Memory is the peak above what the process held once its table was loaded. Ratios compare lines of
one run on one machine; seconds on another machine will differ, and its load matters.
"""


def modules():
    """Return {name: module} of the modules that contribute a section."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    found = {name: importlib.import_module(f"authoring.bench.{name}")
             for name in names if name != "__main__"}  # fmt: skip
    return {name: module for name, module in found.items() if hasattr(module, "section")}


def machine():
    """Say in one line what was measured on."""
    cpu = re.search("model name.*: (.*)", _text("/proc/cpuinfo"))
    packages = ", ".join(f"{name} {version(name)}" for name in ("pandas", "numpy", "scipy"))
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (f"Measured on {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores{load}; "
            f"Python {platform.python_version()}, {packages}.")  # fmt: skip


def _text(path):
    return Path(path).read_text() if Path(path).exists() else ""


def sections(page):
    """Return {title: text} of the sections of a page."""
    parts = re.split("^## ", page, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0]: part.split("\n", 1)[1].strip() for part in parts}


def main(*names):
    """Measure and write."""
    known = modules()
    if unknown := set(names) - set(known):
        raise SystemExit(f"A section must be one of {', '.join(known)}, got {', '.join(unknown)}.")
    measured = {}
    for name in names or known:
        print(f"measuring {name} ...", flush=True)
        measured[known[name].TITLE] = f"{machine()}\n\n{known[name].section().strip()}"
    found = sections(_text(PAGE)) | measured  # read late: somebody else may measure meanwhile
    titles = [module.TITLE for module in known.values() if module.TITLE in found]
    parts = [INTRODUCTION, *(f"## {title}\n\n{found[title]}\n" for title in titles)]
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
