"""Run notebooks again and compare every output: the one command line of the strict nbval.

    python -m authoring.validate [notebook or folder ...]

Without arguments it takes all chapters and solutions, and then sees to it that the empty sheets
run to their end.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from authoring import kernel, warm
from authoring.lesson import NOTEBOOKS, ROOT, SHEETS, SOLUTIONS

CONFIGURATION = ROOT / "tests" / "notebooks"  # strict_nbval.py and nbval.cfg
CELL_SECONDS = 120
PLUGINS = ("nbval.plugin", "xdist.plugin", "strict_nbval")


def main(paths=()):
    """Validate notebooks of the course -> exit code."""
    if paths:
        return run(paths).returncode
    strict = run([NOTEBOOKS, SOLUTIONS]).returncode
    return strict or (run([SHEETS], lax=True).returncode if (ROOT / SHEETS).exists() else 0)


def run(paths, *, folder=ROOT, workers=None, lax=False, capture_output=False, check=False):
    """Validate notebooks in a process of its own -> CompletedProcess, as from subprocess.run.

    paths: notebooks or folders; folder: where they and their `crm_course` are; workers: processes
    (a notebook is never split), 0 to stop in this one at the first cell that differs; lax=True
    runs cells without comparing outputs.
    """
    start = warm.Process if warm.IS_POSSIBLE else subprocess.Popen
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+") as said:
        environment = kernel.environment(home, package=folder)
        environment["PYTHONPATH"] += f"{os.pathsep}{CONFIGURATION}"
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        command = _command(paths, os.cpu_count() if workers is None else workers, lax)
        output = said if capture_output else sys.stdout
        code = start(command, cwd=folder, env=environment, stdout=output).wait()
        said.seek(0)
        result = subprocess.CompletedProcess(command, code, said.read())
    if check:
        result.check_returncode()
    return result


def _command(paths, workers, lax):
    plugins = [word for plugin in PLUGINS for word in ("-p", plugin)]
    return [
        *(sys.executable, "-m", "pytest", "-q", "--color=no"),
        *plugins,
        *("-p", "no:cacheprovider", "--noconftest", "-o", "addopts="),
        *(("-n", str(workers), "--dist", "loadscope") if workers else ("-x",)),
        *("--nbval-lax" if lax else "--nbval", "--nbval-current-env"),
        f"--nbval-cell-timeout={CELL_SECONDS}",
        f"--nbval-sanitize-with={CONFIGURATION / 'nbval.cfg'}",
        *map(str, paths),
    ]


if __name__ == "__main__":
    sys.exit(main([Path(path).resolve() for path in sys.argv[1:]]))
