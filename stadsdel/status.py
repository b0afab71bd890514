"""How a warehouse is: what readers hold, how old it is, what is missing and what waits.

Belongs here: looking. Does not belong here: changing anything, or words for the terminal
(`stadsdel.display`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb

from stadsdel import builds, districts, journal, ledger, lock, publication
from stadsdel.calendar import Due
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from datetime import date

    from stadsdel.journal import Run
    from stadsdel.ledger import SetAside
    from stadsdel.publication import Publication
    from stadsdel.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Council:
    """A council's latest report in the warehouse, and the next one (None once it is merged)."""

    name: str
    latest: Due
    following: Due | None

    def is_overdue(self, today: date) -> bool:
        """Return whether the next report is expected by now."""
        return self.following is not None and self.following.due < today


@dataclass(frozen=True, slots=True)
class Status:
    """How a warehouse is.

    `held` is the record of the build that readers hold, `running` says who refreshes just now,
    `last_run` how the last run came out, `councils` each council's place in the calendar,
    `to_review` the open items of the review, `set_aside` the files that the last refresh could not
    take in.
    """

    held: Publication
    running: str | None
    last_run: Run | None
    councils: tuple[Council, ...]
    to_review: int
    set_aside: tuple[SetAside, ...]


def look(workspace: Workspace) -> Status:
    """Return how the warehouse is.

    Raises:
        StadsdelError: nothing is published, or the published file cannot be read.
    """
    held = publication.load(workspace)
    if held is None or not workspace.warehouse.exists():
        raise StadsdelError(f"{workspace.warehouse}: nothing is published. Run `stadsdel refresh`.")
    try:
        with duckdb.connect(workspace.warehouse, read_only=True) as warehouse:
            latest = warehouse.execute(
                "select stadsdel_id, year, arg_max(report_type, as_of) from marts.dim_report "
                "where reporting_unit is null group by stadsdel_id, year "
                "qualify year = max(year) over (partition by stadsdel_id) order by stadsdel_id"
            ).fetchall()
            ((build_id,),) = warehouse.execute("select build_id from marts.dim_build").fetchall()
            ((to_review,),) = warehouse.execute(
                "select count(distinct (kind, indicator_id, printed, report_id)) "
                "from marts.rpt_review_queue"
            ).fetchall()
    except duckdb.Error as error:
        raise StadsdelError(f"{workspace.warehouse}: cannot be read ({error})") from error
    councils = tuple(_council(stadsdel_id, Due(*report)) for stadsdel_id, *report in latest)
    if build_id != held.build_id:  # a refresh was killed between the record and the file
        records = {record.build_id: record for record in builds.kept(workspace)}
        held = records.get(build_id, held)
    running = lock.holder(workspace.lock)
    return Status(
        held=held,
        running=running,
        last_run=None if running else journal.last_run(workspace),
        councils=councils,
        to_review=int(to_review),
        set_aside=tuple(ledger.read_set_aside(workspace.set_aside)),
    )


def as_json(status: Status, now: datetime) -> dict[str, Any]:
    """Return a status for a monitor: plain names, counts, and texts; dates are ISO 8601."""
    held = status.held
    age = (now - datetime.fromisoformat(held.built_at)).total_seconds()
    return {
        "build": held.build_id,
        "built_at": held.built_at,
        "age_seconds": max(0, int(age)),  # negative where the clock was set back
        "reports": len(held.reports),
        "rows": sum(held.rows.values()),
        "warnings": list(held.warnings),
        "running": status.running,
        "last_run": asdict(status.last_run) if status.last_run else None,
        "expected": [
            {
                "council": council.name,
                "year": council.following.year,
                "report_type": council.following.report_type,
                "due": council.following.due.isoformat(),
                "overdue": council.is_overdue(now.date()),
            }
            for council in status.councils
            if council.following is not None
        ],
        "to_review": status.to_review,
        "set_aside": [asdict(file) for file in status.set_aside],
        "steps": [asdict(step) for step in held.steps],
    }


def _council(stadsdel_id: str, latest: Due) -> Council:
    district = districts.load()[stadsdel_id]
    following = latest.following()
    is_merged = district.valid_to is not None and district.valid_to < following.as_of
    return Council(district.name, latest, None if is_merged else following)
