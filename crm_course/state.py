"""Where the course keeps what is the reader's own and not part of the course."""

import os
from pathlib import Path


def folder() -> Path:
    """Return the folder of the reader's state: CRM_COURSE_HOME, else the system's usual place.

    Raises OSError for an account without a home.
    """
    import platformdirs

    if given := os.environ.get("CRM_COURSE_HOME"):
        return Path(given)
    try:
        return Path(platformdirs.user_data_dir("crm-course"))
    except RuntimeError as error:
        raise OSError(
            "CRM_COURSE_HOME must be set for an account without a home, got nothing. "
            "Set it to a folder that you may write."
        ) from error
