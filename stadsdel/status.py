"""How a warehouse is: what readers hold, how old it is, what is missing and what waits.

Belongs here: looking. Does not belong here: changing anything, or words for the terminal
(`stadsdel.display`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from stadsdel import districts, publication
from stadsdel.calendar import Due
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from datetime import date

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
    """What readers hold, each council's place in the calendar, and open items of the review."""

    held: Publication
    councils: tuple[Council, ...]
    to_review: int


def look(workspace: Workspace) -> Status:
    """Return how the warehouse is.

    Raises:
        StadsdelError: nothing is published, or the published file is not the one recorded.
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
            ((to_review,),) = warehouse.execute(
                "select count(distinct (kind, indicator_id, printed, report_id)) "
                "from marts.rpt_review_queue"
            ).fetchall()
    except duckdb.Error as error:
        raise StadsdelError(f"{workspace.warehouse}: cannot be read ({error})") from error
    councils = tuple(_council(stadsdel_id, Due(*report)) for stadsdel_id, *report in latest)
    return Status(held, councils, int(to_review))


def _council(stadsdel_id: str, latest: Due) -> Council:
    district = districts.load()[stadsdel_id]
    following = latest.following()
    is_merged = district.valid_to is not None and district.valid_to < following.as_of
    return Council(district.name, latest, None if is_merged else following)
