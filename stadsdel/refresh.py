"""Whether a refresh is needed, running it under the lock, and what it changed.

Belongs here: the decision by fingerprint and the comparison with the last publication. Does not
belong here: the steps themselves (`dagster_project`, handed in), what is printed
(`stadsdel.display`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel import (
    building,
    builds,
    fingerprint,
    intake,
    journal,
    landing,
    lock,
    publication,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadsdel.publication import Publication
    from stadsdel.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that the last publication did not hold."""

    file_name: str
    stadsdel_id: str
    year: int
    report_type: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What readers hold now, and what they held before (None at first).

    `changed` is False where there was nothing to do; then nothing was done.
    """

    publication: Publication
    before: Publication | None
    changed: bool


def refresh(
    workspace: Workspace,
    run: Callable[[Workspace], Publication],
    on_wait: Callable[[str], object],
) -> Outcome:
    """Bring the published warehouse up to date with the reports folders.

    Args:
        workspace: which reports, working folder and published file.
        run: does the work and returns the publication; called only if something is new.
        on_wait: told who holds the lock, once, if another refresh is running.

    Raises:
        StadsdelError: there is nothing to read, or a step failed; the published file is what it
            was before.
    """
    survey = intake.survey(workspace.reports)
    found = fingerprint.of_refresh(survey)
    held = publication.holds(workspace, found)
    if held is None:
        with lock.exclusive(workspace.lock, on_wait):
            # whoever held the lock may have published the very same
            held = publication.holds(workspace, found)
            if held is None:
                before = publication.load(workspace)
                journal.begin(workspace, builds.coming(workspace, found))
                return Outcome(_told(workspace, run), before, changed=True)
    if building.recorded(workspace) != found:
        # a refresh in between landed what was never published and has been taken away again
        with lock.exclusive(workspace.lock, on_wait):
            landing.land(workspace, survey, held.reports)
    journal.tell(workspace, "nothing_new", build=held.build_id)
    return Outcome(held, held, changed=False)


def _told(workspace: Workspace, run: Callable[[Workspace], Publication]) -> Publication:
    """Run the refresh and log how it came out."""
    journal.tell(workspace, "refresh_started")
    try:
        published = run(workspace)
    except Exception as error:
        journal.tell(workspace, "refresh_failed", "ERROR", message=str(error))
        raise
    journal.tell(workspace, "refresh_succeeded")
    return published


def new_reports(workspace: Workspace, outcome: Outcome) -> list[NewReport]:
    """Return the reports that this refresh added, in order of landing."""
    import duckdb

    before = outcome.before.reports if outcome.before else ()
    added = [sha256 for sha256 in outcome.publication.reports if sha256 not in before]
    with duckdb.connect(workspace.warehouse, read_only=True) as warehouse:
        rows = warehouse.execute(
            "select distinct sha256, file_name, stadsdel_id, year, report_type "
            "from marts.dim_report where list_contains(?, sha256)",
            [added],
        ).fetchall()
    by_content = {sha256: NewReport(*row) for sha256, *row in rows}
    return [by_content[sha256] for sha256 in added if sha256 in by_content]
