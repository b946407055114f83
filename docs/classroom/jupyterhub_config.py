"""A class on one machine, for a demonstration: JupyterHub on loopback, everybody one account.

    pip install -c constraints.txt -e ".[real,hub]"
    npm install --prefix build/hub configurable-http-proxy@5
    CRM_COURSE_PASSWORD=… jupyterhub -f docs/classroom/jupyterhub_config.py

Each student has a folder, a server and a kernel; but all run as the user who started the hub, so
nothing keeps one student out of another's folder but good manners. README.md beside this file
says what to use for a class that is more than a demonstration.

CRM_COURSE_PASSWORD   what everybody types to log in, 8 signs or more
CRM_COURSE_PORT       the first of three ports on loopback, 8100 if not given
CRM_COURSE_HOMES      where students' folders lie, work/homes if not given
"""

import asyncio
import os
import resource
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

from crm_course import workspace

COURSE = Path(__file__).resolve().parents[2]
HOMES = Path(os.environ.get("CRM_COURSE_HOMES") or COURSE / "work/homes").resolve()
PORT = int(os.environ.get("CRM_COURSE_PORT") or 8100)
PASSWORD = os.environ.get("CRM_COURSE_PASSWORD")
PROXY = COURSE / "build/hub/node_modules/.bin/configurable-http-proxy"
MEMORY = 2 * 2**30  # bytes that one process of a student, a server or a kernel, may hold
IDLE = 45 * 60  # seconds after which a server that nobody uses is stopped; files stay

if not PASSWORD:
    raise ValueError("CRM_COURSE_PASSWORD must be set, got nothing. Choose one and tell the class.")
if not PROXY.exists():
    raise FileNotFoundError(
        f"The proxy must be at {PROXY.relative_to(COURSE)}, got nothing there. "
        "Run: npm install --prefix build/hub configurable-http-proxy@5"
    )
HOMES.mkdir(parents=True, exist_ok=True)


class Desk(SimpleLocalProcessSpawner):
    """A student's server: in a folder of its own, with a limit to its memory."""

    home_dir_template = str(HOMES / "{username}")

    def make_preexec_fn(self, name):
        into_home = super().make_preexec_fn(name)

        def limited():
            into_home()
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

        return limited

    def user_env(self, env):
        home = Path(self.home_dir)
        own = {"CRM_COURSE_WORK": home / "work", "CRM_COURSE_HOME": home / ".crm-course"}
        return super().user_env(env) | {name: str(path) for name, path in own.items()}


async def lay_out(spawner):
    """Lay out the chapters and sheets that the student does not have yet, as at home."""
    Path(spawner.home_dir, "work").mkdir(parents=True, exist_ok=True)
    lab = [sys.executable, "-m", "crm_course.cli", "lab", "--no-server"]
    process = await asyncio.create_subprocess_exec(*lab, cwd=COURSE, env=spawner.get_env())
    if await process.wait():
        raise RuntimeError("work/ must be laid out, got an error. The log of the hub says which.")


c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
c.ConfigurableHTTPProxy.command = [str(PROXY)]
c.ConfigurableHTTPProxy.pid_file = str(HOMES.parent / "proxy.pid")
c.JupyterHub.cookie_secret_file = str(HOMES.parent / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{HOMES.parent / 'hub.sqlite'}"

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = "[a-z][a-z0-9]{0,30}"  # the name of a folder, and no way out

c.JupyterHub.spawner_class = Desk
c.JupyterHub.concurrent_spawn_limit = 40  # beyond it the hub asks people to try again
c.JupyterHub.active_server_limit = 60
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~/work"
c.Spawner.default_url = f"/lab/tree/{workspace.START}"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.Spawner.pre_spawn_hook = lay_out
c.Spawner.poll_interval = 5  # seconds until a server that died is missed

c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"],
    }
]
