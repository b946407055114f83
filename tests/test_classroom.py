"""What a server for a class reads: files for repo2docker, commands of the page on classrooms."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/classroom/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_repo2docker_can_run_its_files(name):
    assert os.access(ROOT / name, os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / name], check=False).returncode == 0


def test_a_session_begins_with_the_reader_s_copies_and_then_what_was_asked_for(tmp_path):
    command = tmp_path / "crm-course"
    command.write_text("#!/bin/sh\necho laid out: $*\n", encoding="utf-8")
    command.chmod(0o755)
    env = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([ROOT / "start", "echo", "jupyter", "lab"], env=env, check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert done.stdout.splitlines() == ["laid out: lab --no-server", "jupyter lab"]


def test_every_link_of_the_page_leads_somewhere():
    targets = [path for path in re.findall(r"\]\(([^)#]+)", PAGE)]
    assert targets
    assert [path for path in targets if not (ROOT / "docs/classroom" / path).exists()] == []


def test_the_page_names_the_settings_of_the_hub():
    config = (ROOT / "docs/classroom/jupyterhub_config.py").read_text(encoding="utf-8")
    named = set(re.findall(r"CRM_COURSE_[A-Z]+", PAGE))
    assert {"CRM_COURSE_PASSWORD", "CRM_COURSE_PORT", "CRM_COURSE_HOMES"} <= named
    assert [name for name in named if name not in config] == []
    assert "IDLE = 45 * 60" in config and "MEMORY = 2 * 2**30" in config  # as the page says
