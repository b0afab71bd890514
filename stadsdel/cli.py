"""The `stadsdel` command.

Belongs here: arguments, what is printed, exit codes. Does not belong here: the work itself; each
command imports what it needs when it runs, for start-up is part of speed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
