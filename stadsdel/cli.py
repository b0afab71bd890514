"""The `stadsdel` command.

Belongs here: arguments, what is printed, exit codes. Does not belong here: the work itself; each
command imports what it needs when it runs, for start-up is part of speed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stadsdel.query import Format
from stadsdel.workspace import STATE, WAREHOUSE, Workspace

if TYPE_CHECKING:
    from stadsdel.publication import Publication

PublishedFile = Annotated[
    Path, typer.Option("--warehouse", metavar="FILE", help="The published file.")
]
WorkingFolder = Annotated[
    Path, typer.Option("--state", metavar="DIR", help="Working folder of the refreshes.")
]

# Exit code of a refresh that went through while files had to be set aside.
SET_ASIDE = 3

app = typer.Typer(
    name="stadsdel",
    help="The warehouse of what Stockholm's city districts promised and achieved.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Say what went wrong, without where in the code, and exit with 1."""
    from stadsdel.errors import StadsdelError

    try:
        yield
    except BrokenPipeError:  # whoever read the output has had enough
        raise
    except OSError as error:  # a full disk, a folder that may not be written
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{place}{error.strerror or error}", err=True)
        raise typer.Exit(1) from None
    except StadsdelError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


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
    for result in run(reports, out, in_process=True):
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
def check(
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORT...", help="Reports as text, Markdown or PDF.")
    ],
    state: Annotated[
        Path,
        typer.Option(
            "--state", metavar="DIR", help="Working folder where last year's reports may be."
        ),
    ] = STATE,
) -> None:
    """Show what is read in each report, what is left over or unsure, and what its oracles say.

    The oracles are figures that must agree: the sexes' with the total, sums with their rows, last
    year's with last year's report (among those given, or taken in by a refresh). Exits with 1 if
    anything needs a look or a file is no report.
    """
    from rich.console import Console

    from stadsdel import check_view
    from stadsdel.check import check as run
    from stadsdel.errors import ReportError

    console = Console(soft_wrap=True)
    problems = 0
    for checked in run(reports, Workspace.at(state=state).lake, in_process=True):
        if isinstance(checked, ReportError):
            problems += 1
            typer.echo(str(checked), err=True)
        else:
            problems += checked.problems
            check_view.show(console, checked)
    if problems:
        raise typer.Exit(1)


@app.command()
def refresh(
    more_reports: Annotated[
        list[Path] | None, typer.Argument(metavar="DIR", help="Further folders of reports.")
    ] = None,
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

    folders = [*(reports or ()), *(more_reports or ())]
    workspace = Workspace.at(folders, state, warehouse)
    told = Console(stderr=True)

    def run(workspace: Workspace) -> Publication:
        with display.Bars(told) as bars:
            from dagster_project import run

            return run.refresh(workspace, bars)

    with failing_plainly():
        outcome = library.refresh(
            workspace, run, lambda holder: told.print(f"Waiting for the refresh of {holder} ...")
        )
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
    warehouse: PublishedFile = WAREHOUSE,
) -> None:
    """Ask the published warehouse; it is opened for reading only.

    Exits with 1 if there is no warehouse or the statement fails.
    """
    from stadsdel import query as library

    if format == "parquet" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is not for the terminal: name a file with --output.")
    with failing_plainly(), library.ask(warehouse, sql) as result:
        library.write(result, format, output)


@app.command()
def status(
    state: WorkingFolder = STATE,
    warehouse: PublishedFile = WAREHOUSE,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="For people or for a monitor.")
    ] = "text",
) -> None:
    """Show how the warehouse is: build, age, last run, reports expected next, open items.

    Exits with 1 if nothing is published.
    """
    import json
    from datetime import UTC, datetime

    from rich.console import Console

    from stadsdel import display
    from stadsdel import status as library

    with failing_plainly():
        found = library.look(Workspace.at((), state, warehouse))
    now = datetime.now(UTC)
    if format == "json":
        typer.echo(json.dumps(library.as_json(found, now), ensure_ascii=False, indent=2))
    else:
        display.status(Console(soft_wrap=True), found, now)


@app.command()
def builds(
    build: Annotated[
        str | None, typer.Argument(metavar="BUILD", help="Show the steps of this one.")
    ] = None,
    state: WorkingFolder = STATE,
) -> None:
    """List the published builds that are kept; the arrow shows which one readers hold.

    Each has a folder in the working folder's `builds/`, with its difference to the build before.
    With BUILD, lists what its refresh did: run time and rows by step. Exits with 1 if there is no
    such build.
    """
    from rich.console import Console

    from stadsdel import builds as library
    from stadsdel import display, publication

    workspace = Workspace.at((), state)
    if build is None:
        display.builds(Console(), library.kept(workspace), publication.load(workspace))
        return
    with failing_plainly():
        display.steps(Console(), library.named(workspace, build))


@app.command()
def rollback(
    build: Annotated[
        str | None,
        typer.Argument(metavar="BUILD", help="A kept build; the one before if left out."),
    ] = None,
    state: WorkingFolder = STATE,
    warehouse: PublishedFile = WAREHOUSE,
) -> None:
    """Give readers an earlier build, in one step, until something new is published.

    Exits with 1 if there is no such build.
    """
    from stadsdel import builds as library

    with failing_plainly():
        held = library.rollback(
            Workspace.at((), state, warehouse),
            build,
            lambda holder: typer.echo(f"Waiting for the refresh of {holder} ...", err=True),
        )
    typer.echo(f"{warehouse} holds build {held.build_id} of {held.built_at}.")


reviewing = typer.Typer(help="What waits for a person's decision, and writing decisions down.")
app.add_typer(reviewing, name="review", invoke_without_command=True)


@reviewing.callback()
def review(
    context: typer.Context,
    warehouse: PublishedFile = WAREHOUSE,
    state: WorkingFolder = STATE,
) -> None:
    """List what waits for review: uncurated names with candidates, unread cells, files set aside.

    A score orders the candidates and decides nothing. The same rows are in marts.rpt_review_queue.
    """
    if context.invoked_subcommand:
        return
    from rich.console import Console

    from stadsdel import review as library

    with failing_plainly():
        library.show(Workspace.at(state=state, warehouse=warehouse), Console())


@reviewing.command()
def accept(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name as on the queue.")],
    indicator_id: Annotated[
        str, typer.Option("--as", metavar="ID", help="The curated indicator that it means.")
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why the two names mean the same.")
    ],
    warehouse: PublishedFile = WAREHOUSE,
) -> None:
    """Write down that a printed name means a curated indicator.

    The row goes into seeds/indicator_aliases.csv, to be committed; the next refresh takes it in.
    """
    from stadsdel import curation
    from stadsdel import review as library

    with failing_plainly():
        printed = library.on_queue(library.questions(warehouse), name)
        path = curation.accept(printed, indicator_id, reason)
    typer.echo(f"{path}: “{printed}” means {indicator_id}. The next refresh takes it in.")


@reviewing.command()
def add(
    indicator_id: Annotated[
        str, typer.Argument(metavar="ID", help="A new slug; it stays if the name changes.")
    ],
    name: Annotated[str, typer.Option("--name", help="The name as on the queue.")],
    unit: Annotated[str, typer.Option("--unit", help="Unit of every value: see seeds/units.csv.")],
    polarity: Annotated[
        str, typer.Option("--polarity", help="Which outcome is better: higher|lower|range|none.")
    ],
    gender_kind: Annotated[
        str,
        typer.Option(
            "--gender-kind",
            help="What the columns of the sexes hold: rate|count|composition|none.",
        ),
    ],
    kf_scope: Annotated[
        str,
        typer.Option(
            "--kf-scope", help="KF:s årsmål compares or is the whole city's: comparable|city_total."
        ),
    ],
    theme: Annotated[str, typer.Option("--theme", help="A field of work in use.")],
    is_kf: Annotated[
        str, typer.Option("--is-kf", help="Set by kommunfullmäktige for all districts: true|false.")
    ],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What decided the row.")],
    warehouse: PublishedFile = WAREHOUSE,
) -> None:
    """Write down a printed name as an indicator of its own. Nothing has a default.

    The row goes into seeds/indicators.csv, to be committed; the next refresh takes it in.
    """
    from stadsdel import curation
    from stadsdel import review as library

    with failing_plainly():
        path = curation.add(
            curation.Indicator(
                indicator_id=indicator_id,
                name=library.on_queue(library.questions(warehouse), name),
                unit_of_measure=unit,
                polarity=polarity,
                gender_kind=gender_kind,
                kf_scope=kf_scope,
                theme=theme,
                is_kf=is_kf,
                note=note,
            )
        )
    typer.echo(f"{path}: {indicator_id} is written. The next refresh takes it in.")
