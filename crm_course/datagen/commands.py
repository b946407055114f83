"""The command `crm-course data`: make worlds of any size, verify them, describe a table."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

data = typer.Typer(help="Make, verify or describe the tables.", no_args_is_help=True)


@data.command()
def make(
    tier: Annotated[str, typer.Option(help="sample, course or scale.")] = "sample",
    customers: Annotated[int | None, typer.Option(help="Another number of customers.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed: other people.")] = None,
    locale: Annotated[str, typer.Option(help="en_US or zh_CN for everybody (default: both).")] = "",
    scenario: Annotated[str, typer.Option(help="lanting, null, or a YAML file.")] = "lanting",
    workers: Annotated[int, typer.Option(help="Processes at work.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder (default: where load() looks).")] = None,
    form: Annotated[
        str, typer.Option("--format", help="parquet, csv or duckdb (sample: csv).")
    ] = "",
):
    """Make a world: the sample as it was delivered, a larger tier, or one of your own.

    What is finished is kept: stopped or killed, the same command goes on where it was.
    """
    from .making import check_workers

    check_workers(workers)
    own = customers, seed, locale or None, None if scenario == "lanting" else scenario
    if tier == "sample" and own == (None,) * 4 and form in ("", "csv"):
        return _restore(out)
    recipe = _recipe(tier, customers, seed, locale, scenario)
    form = form or "parquet"
    if out is None and (any(each is not None for each in own) or form != "parquet"):
        raise ValueError(
            "The folder must be given for a world of your own, got no --out. Add: --out my-world"
        )
    where = _made(tier, recipe, out, form=form, workers=workers)
    typer.echo(f"{recipe.customers:,} customers are in {where}.")


def _restore(out):
    """Write the sample with its dictionary, byte for byte as it was delivered."""
    from crm_course import datasets

    datasets.write_sample(out)
    typer.echo(f"The sample is in {out or datasets.folder()}.")


def _recipe(tier, customers, seed, locale, scenario):
    from crm_course import datasets, schema

    from .scenario.reading import read_scenario

    if locale and locale not in schema.LOCALES:
        raise ValueError(
            f"The locale must be one of {', '.join(schema.LOCALES)}, got {locale!r}. "
            f"Choose one, or leave it out for both."
        )
    world = read_scenario(scenario)
    world = replace(world, locale=locale) if locale else world
    changes = {"customers": customers, "seed": seed, "scenario": world}
    given = {name: value for name, value in changes.items() if value is not None}
    return datasets.recipe(tier, **given)


def _made(tier, recipe, out, **options):
    from crm_course import tiers

    from .making import make_world

    options |= {"progress": True, "say": lambda text: typer.echo(text, err=True)}
    if out is None:
        return tiers.make(tier, recipe, **options)
    make_world(out, recipe, **options)
    return out


@data.command()
def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder made by `make` (default: the sample).")
    ] = None,
):
    """Compare every table with its digest; exit code 1 where one differs."""
    from crm_course import datasets

    tables = datasets.verify(folder)
    typer.echo(tables.to_string(index=False))
    differing = tables["name"][~tables["ok"]]
    if len(differing):
        typer.echo(f"Not as made: {', '.join(differing)}. {_mend(folder)}")
    raise typer.Exit(1 if len(differing) else 0)


def _mend(folder):
    from . import making

    if folder and making.is_made(folder):
        return "Give the command again that made them; what is whole is kept."
    return f"Restore them with: crm-course data make{f' --out {folder}' if folder else ''}"


@data.command()
def describe(table: str):
    """Show the columns of a table: type, unit, meaning; of real data also source and licence."""
    from crm_course import datasets

    columns = datasets.describe(table)
    for name, text in columns.attrs.items():
        typer.echo(f"{name}: {text}")
    padded = columns.astype(str).apply(lambda column: column.str.ljust(column.str.len().max()))
    typer.echo(padded.to_string(index=False, justify="left"))
