"""Where the course keeps what is the reader's own and not part of the course."""

import os
from pathlib import Path


def folder() -> Path:
    """Return the folder of the reader's state: CRM_COURSE_HOME, else the system's usual place."""
    import platformdirs

    return Path(os.environ.get("CRM_COURSE_HOME") or platformdirs.user_data_dir("crm-course"))
