"""Where notebooks run: on one thread, without the network, from an empty home."""

import os
import shutil
from pathlib import Path

from authoring.lesson import ROOT

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
OF_THE_READER = ("CRM_COURSE_LANG", "PYTHONWARNINGS", "COLUMNS")  # must not reach the outputs


def environment(home, *, package=ROOT):
    """Return the variables of a process that runs notebooks.

    home: an empty folder for progress and settings; package: the folder whose `crm_course` is
    imported, whichever one is installed.
    """
    profile = Path(home) / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("ipython_config.py"), profile)
    (Path(home) / "course").mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_READER}
    return kept | ONE_THREAD | {
        "CRM_COURSE_HOME": str(Path(home) / "course"),
        "IPYTHONDIR": str(profile.parent),
        "PYTHONPATH": os.pathsep.join([str(package), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
