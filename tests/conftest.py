import gc
import os
import sys
import tempfile

import pytest


def pytest_configure(config):
    """No test reads or writes what the course keeps of the person who runs it."""
    home = tempfile.TemporaryDirectory(prefix="crm-course-test-", ignore_cleanup_errors=True)
    os.environ["CRM_COURSE_HOME"] = home.name
    config.add_cleanup(home.cleanup)


def pytest_collection_finish():
    """The many thousand tests stay to the end: no search for garbage has to look at them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def figures_are_closed():
    """No test leaves its figures to the next: from 21 on matplotlib warns."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
