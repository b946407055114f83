"""A pytest plugin that closes the holes of nbval 0.11.0.

Without it a notebook without outputs passes, pictures are not compared, a line that ends in `;`
fails, and a busy machine fails after five seconds. It replaces internals of nbval, hence the pin.
"""

import base64
import io
import os
import re
import tempfile

import numpy as np
from jupyter_client.provisioning import local_provisioner
from nbval import kernel, plugin
from PIL import Image

from authoring import warm

RMS_LIMIT = 8.0  # of 255; another colour of one bar is above 100, no change is 0
OUTPUT_SECONDS = 60
EMBEDDED = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
HOME = os.environ.get("CRM_COURSE_HOME")

_plain_init = plugin.IPyNbCell.__init__
_plain_runtest = plugin.IPyNbCell.runtest
_plain_compare = plugin.IPyNbCell.compare_outputs
_plain_setup = plugin.IPyNbFile.setup


def pytest_configure(config):
    cell = plugin.IPyNbCell
    cell.__init__, cell.runtest, cell.compare_outputs = _init, _runtest, _compare
    plugin.IPyNbFile.setup = _setup
    kernel.RunningKernel.execute_cell_input = _execute
    if warm.IS_POSSIBLE:
        local_provisioner.launch_kernel = _launch


def _launch(command, *, env, cwd, stderr):
    """Start a kernel warm. That it shows the same is seen when all notebooks are validated."""
    return warm.Process(command, env=env, cwd=cwd, stdout=stderr)


def _setup(self):
    """Start every notebook without progress, whatever ran before it."""
    if HOME:
        os.environ["CRM_COURSE_HOME"] = tempfile.mkdtemp(dir=HOME)
    _plain_setup(self)


def _init(self, *args, **kwargs):
    _plain_init(self, *args, **kwargs)
    self.output_timeout = OUTPUT_SECONDS


def _runtest(self):
    if self.options["check"] and self.cell.execution_count is None:
        self.raise_cell_error("The cell has no outputs to compare. Build the notebook.")
    _plain_runtest(self)


def _execute(self, cell_input, allow_stdin=None):
    """With history, as a reader's kernel runs it: only then do `;` and `_` mean something."""
    options = {"store_history": True, "allow_stdin": allow_stdin, "stop_on_error": False}
    return self.kc.execute(cell_input, **options)


def _compare(self, test, ref, skip_compare=None):
    if not _plain_compare(self, test, ref, skip_compare):
        return False
    problem = _difference(_pictures(ref), _pictures(test))
    self.comparison_traceback += [problem] if problem else []
    return not problem


def _pictures(outputs):
    """Return the pictures of a cell in base64, whether they stand alone or inside HTML."""
    found = []
    for data in (output.get("data", {}) for output in outputs):
        found += [data["image/png"]] if "image/png" in data else []
        found += EMBEDDED.findall("".join(data.get("text/html", "")))
    return found


def _difference(stored, drawn):
    """Say how two lists of pictures differ; nothing if they do not."""
    if len(stored) != len(drawn):
        return f"{len(stored)} pictures stored, {len(drawn)} drawn"
    pairs = enumerate(zip(stored, drawn, strict=True))
    said = (f"picture {number}: {what}" for number, pair in pairs if (what := _differ(*pair)))
    return next(said, "")


def _differ(stored, drawn):
    try:
        (made_by, before), (now_by, now) = _open(stored), _open(drawn)
    except Exception as error:  # a stored picture may be broken in any way
        return f"cannot be read: {error}"
    if made_by != now_by and "Matplotlib" in made_by:  # which draws letters in its own way
        return ""
    if before.shape != now.shape:
        return f"size {now.shape[:2]} drawn, {before.shape[:2]} stored"
    rms = float(np.sqrt(((before - now) ** 2).mean()))
    return f"RMS difference {rms:.1f}" if rms > RMS_LIMIT else ""


def _open(data):
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    return image.info.get("Software", ""), np.asarray(image.convert("RGB"), dtype=float)
