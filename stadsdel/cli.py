"""The `stadsdel` command.

Belongs here: arguments, what is printed, exit codes. Does not belong here: the work itself; each
command imports what it needs when it runs, for start-up is part of speed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stadsdel.query import Format
from stadsdel.workspace import STATE, WAREHOUSE, Workspace

if TYPE_CHECKING:
    from stadsdel.publication import Publication

# Exit code of a refresh that went through while files had to be set aside.
SET_ASIDE = 3

app = typer.Typer(
    name="stadsdel",
    help="The warehouse of what Stockholm's city districts promised and achieved.",
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def main() -> None:
    """Read district reports, build the warehouse, query it."""


@app.command()
def extract(
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORT...", help="Reports as text, Markdown or PDF.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where to write one folder per report.")
    ],
) -> None:
    """Write what is printed in each report's tables as JSON Lines, interpreting nothing.

    Exits with 1 if any file could not be read as a report; the others are still written.
    """
    from stadsdel.extract import extract as run

    failed = False
    for result in run(reports, out):
        if result.report is None:
            failed = True
            typer.echo(str(result.error), err=True)
            continue
        report = result.report
        identity = report.identity
        typer.echo(
            f"{result.path}: {identity.stadsdel_id} {identity.year} {identity.report_type}, "
            f"{len(report.indicators)} indicator rows, {len(report.goals)} goals, "
            f"{len(report.activities)} activities, {len(report.economy)} money tables, "
            f"{len(report.unaccounted)} unaccounted lines -> {result.folder}"
        )
    if failed:
        raise typer.Exit(1)


@app.command()
def refresh(
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--reports", metavar="DIR", help="Folder of reports; may be given more than once."
        ),
    ] = None,
    state: Annotated[
        Path, typer.Option("--state", metavar="DIR", help="Working folder: lake, builds, logs.")
    ] = STATE,
    warehouse: Annotated[
        Path, typer.Option("--warehouse", metavar="FILE", help="The file to publish.")
    ] = WAREHOUSE,
) -> None:
    """Bring the warehouse up to date with the reports: read, build, audit, publish.

    Does nothing, and says so, if nothing is new. Exits with 0 if the warehouse is up to date, with
    1 if a step failed (readers keep what they had), with 3 if it is up to date but files had to be
    set aside.
    """
    from rich.console import Console

    from stadsdel import display
    from stadsdel import refresh as library
    from stadsdel.errors import StadsdelError

    workspace = Workspace.at(reports or (), state, warehouse)
    told = Console(stderr=True)

    def run(workspace: Workspace) -> Publication:
        with display.Bars(told) as bars:
            from dagster_project import run

            return run.refresh(workspace, bars)

    try:
        outcome = library.refresh(
            workspace, run, lambda holder: told.print(f"Waiting for the refresh of {holder} ...")
        )
    except StadsdelError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    new = library.new_reports(workspace, outcome) if outcome.changed else []
    display.summary(Console(soft_wrap=True), workspace, outcome, new)
    if outcome.publication.set_aside:
        raise typer.Exit(SET_ASIDE)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One statement that reads.")],
    format: Annotated[Format, typer.Option("--format", help="How to write the rows.")] = "table",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Where to write; standard output if left out."
        ),
    ] = None,
    warehouse: Annotated[
        Path, typer.Option("--warehouse", metavar="FILE", help="The published file.")
    ] = WAREHOUSE,
) -> None:
    """Ask the published warehouse; it is opened for reading only.

    Exits with 1 if there is no warehouse or the statement fails.
    """
    from stadsdel import query as library
    from stadsdel.errors import StadsdelError

    if format == "parquet" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is not for the terminal: name a file with --output.")
    try:
        with library.ask(warehouse, sql) as result:
            library.write(result, format, output)
    except StadsdelError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
