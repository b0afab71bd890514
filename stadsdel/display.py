"""What the commands on a warehouse show: how far a refresh is, what came of it, how it stands.

Belongs here: words and layout for the terminal. Does not belong here: finding out what to say.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from stadsdel.progress import Step
    from stadsdel.publication import Publication
    from stadsdel.refresh import NewReport, Outcome
    from stadsdel.status import Status
    from stadsdel.workspace import Workspace

# As many as fit beside the rest on one screen; the Data Docs and the tables have them all.
_LISTED = 8
_WORDS: dict[Step, str] = {
    "reports": "Read reports",
    "tables": "Build and test tables",
    "audit": "Audit",
    "publish": "Publish",
}


class Bars:
    """A bar per step of a refresh, as a `stadsdel.progress.Progress`."""

    def __init__(self, console: Console) -> None:
        """Show on `console` while the block of a `with` statement runs."""
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )
        self._starting = self._progress.add_task("Start", total=1)
        self._tasks = {
            step: self._progress.add_task(words, total=None, start=False)
            for step, words in _WORDS.items()
        }

    def __enter__(self) -> Bars:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bars as they are."""
        self._progress.stop()

    def __call__(self, step: Step, done: int, total: int | None) -> None:
        """Move a step's bar; the first step to move ends the start-up."""
        self._progress.update(self._starting, completed=1)
        self._progress.start_task(self._tasks[step])
        self._progress.update(self._tasks[step], completed=done, total=total)


def summary(
    console: Console, workspace: Workspace, outcome: Outcome, new: Sequence[NewReport]
) -> None:
    """Print what came of a refresh: build, reports, rows, warnings, files set aside, where next."""
    held = outcome.publication
    if not outcome.changed:
        console.print(
            f"Nothing new: {escape(_short(workspace.warehouse))} holds build {held.build_id} of "
            f"{held.built_at} with {len(held.reports)} reports."
        )
    else:
        console.print(f"Published build {held.build_id}: {escape(_short(workspace.warehouse))}")
        console.print(f"  Reports    {len(held.reports)}, {len(new)} of them new")
        _list(console, [f"{r.stadsdel_id} {r.year} {r.report_type}  {r.file_name}" for r in new])
        console.print(f"  Rows       {_rows(held, outcome.before)}")
        console.print(f"  Warnings   {len(held.warnings)}")
        _list(console, [warning.splitlines()[0] for warning in held.warnings])
        console.print(f"  Data Docs  {escape(_short(workspace.data_docs / 'index.html'))}")
        console.print(f"  Tables     {escape(_short(workspace.dbt_docs))}")
    if held.set_aside:
        console.print(f"  Set aside  {len(held.set_aside)}", style="bold")
        _list(console, list(held.set_aside))
    console.print('  Query      stadsdel query "select * from marts.dim_report"')


def _rows(held: Publication, before: Publication | None) -> str:
    total = sum(held.rows.values())
    text = f"{total} in {len(held.rows)} tables"
    if before is not None:
        text += f" ({total - sum(before.rows.values()):+d})"
    return text


def _list(console: Console, lines: Sequence[str]) -> None:
    for line in lines[:_LISTED]:
        console.print(f"             {escape(line)}", highlight=False)
    if len(lines) > _LISTED:
        console.print(f"             and {len(lines) - _LISTED} more")


def _short(path: Path) -> str:
    """Return a path relative to the current folder where it lies below it."""
    here = path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def builds(console: Console, kept: Sequence[Publication], held: Publication | None) -> None:
    """Print the kept builds, newest first, with a mark at the one that readers hold."""
    table = Table("", "Build", "Published (UTC)", "Reports", "Rows", "Warnings", "Set aside")
    for build in reversed(kept):
        table.add_row(
            "→" if held and build.build_id == held.build_id else "",
            build.build_id,
            build.built_at,
            str(len(build.reports)),
            str(sum(build.rows.values())),
            str(len(build.warnings)),
            str(len(build.set_aside)),
        )
    console.print(table)


def status(console: Console, status: Status, now: datetime) -> None:
    """Print how a warehouse is: build, age, reports that are expected, files, open items."""
    held = status.held
    days = max(0, (now - datetime.fromisoformat(held.built_at)).days)
    console.print(f"Build      {held.build_id} of {held.built_at}, {days} days old")
    if status.running:
        console.print(f"Running    a refresh: {escape(status.running)}")
    elif status.last_run:
        run = status.last_run
        console.print(f"Last run   {run.state} at {run.time[:19]}", highlight=False)
        if run.state == "interrupted":
            console.print("           The next refresh goes on from where it was.")
        elif run.message:
            _list(console, run.message.splitlines())
    console.print(f"Reports    {len(held.reports)} contents, {sum(held.rows.values())} rows")
    console.print(f"Warnings   {len(held.warnings)}")
    console.print(f"To review  {status.to_review}")
    for council in status.councils:
        line = f"{council.name}: latest {council.latest.year} {council.latest.report_type}"
        if council.following is None:
            line += ", merged since"
        else:
            following = council.following
            verb = "was expected" if council.is_overdue(now.date()) else "is expected"
            line += f"; {following.year} {following.report_type} {verb} by {following.due}"
        console.print(f"           {escape(line)}", highlight=False)
    console.print(f"Set aside  {len(status.set_aside)}")
    _list(console, [f"{file.code}: {file}" for file in status.set_aside])


def steps(console: Console, build: Publication) -> None:
    """Print what the refresh of a build did before it published: run time and rows by step."""
    table = Table("Step", Column("Seconds", justify="right"), Column("Rows", justify="right"))
    for step in build.steps:
        rows = "" if step.rows is None else str(step.rows)
        table.add_row(escape(step.step), f"{step.seconds:.2f}", rows)
    console.print(table)
