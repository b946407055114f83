"""The command `crm-course`: open the course, examine the machine, build, handle the data."""

import os
import sys
from typing import Annotated

import typer

from . import __version__, doctor, teaching, workspace
from .datagen.commands import data

app = typer.Typer(
    help="Customer relationship management as an executed course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(data, name="data")


def main():
    """Run the command; an expected fault is one line, not a traceback."""
    try:
        app()
    except (OSError, ValueError, ModuleNotFoundError) as error:
        typer.echo(error, err=True)
        raise SystemExit(1) from error


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    no_server: Annotated[bool, typer.Option("--no-server", help="Only fill work/.")] = False,
):
    """Fill work/ with chapters and sheets and open JupyterLab there.

    Everything after `lab` goes to JupyterLab: --no-browser, --port 9000.
    """
    for failure in doctor.failures(doctor.quick()):
        typer.echo(failure, err=True)
    course = workspace.course_folder()
    new, work = workspace.fill(course), workspace.work_folder(course)
    typer.echo(f"Copied into {work}: {len(new)} files. Yours are as you left them.")
    from .learning.update import reminder

    if waits := reminder(course):
        typer.echo(waits)
    if not no_server:
        open_lab(work, context.args)


def open_lab(work, extra=()):
    """Run JupyterLab on this machine only, with its own token, until it is stopped."""
    from jupyterlab.labapp import main as jupyterlab

    jupyterlab(lab_arguments(work, extra))


def lab_arguments(work, extra=()):
    """Return what JupyterLab is told: loopback, the reader's folder, the start page."""
    fixed = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{workspace.START}",
    ]
    # In a container everybody is root, and JupyterLab would refuse to start.
    root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return [*fixed, *root, *extra]


@app.command()
def update():
    """Bring a new version of the course into work/: beside what you changed, never over it."""
    from .learning import update as updating

    course = workspace.course_folder()
    typer.echo(updating.told(updating.update(course), course))


@app.command()
def progress(
    forget: Annotated[bool, typer.Option("--forget", help="Delete the record.")] = False,
):
    """Show what you have solved and what to come back to; the record stays on this machine."""
    from .learning import progress as kept

    if forget:
        kept.forget()
    typer.echo(kept.told())


@app.command("doctor")
def examine():
    """Examine this machine: one line per check, with the fix in the same line."""
    checks = doctor.report()
    for each in checks:
        typer.echo(each)
    raise typer.Exit(1 if doctor.failures(checks) else 0)


@app.command()
def build(
    stems: Annotated[list[str] | None, typer.Argument(help="Lessons, 21_retention or 21.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only name what is stale.")] = False,
):
    """Build notebooks and sheets from authoring/lessons/ (for authors)."""
    sys.path.insert(0, str(workspace.course_folder()))
    try:
        from authoring import build as building
    except ModuleNotFoundError as error:
        raise ValueError(
            f"{error.name} must be installed for building, got no such package. "
            'Run: pip install -c constraints.txt -e ".[dev]"'
        ) from error
    raise typer.Exit(building.main(check, stems))


app.command()(teaching.instructor)
app.command()(teaching.grade)
app.command("class")(teaching.show_class)
app.command()(teaching.nbgrader)


@app.command()
def version():
    """Show the version of the course."""
    typer.echo(__version__)


if __name__ == "__main__":
    main()
