import os
import tempfile


def pytest_configure():
    """No test reads or writes what the course keeps of the person who runs it."""
    os.environ["CRM_COURSE_HOME"] = tempfile.mkdtemp(prefix="crm-course-test-")
