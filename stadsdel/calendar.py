"""The city's report calendar: which report follows which, and when it can be expected.

A year's reports are the plan (vp), two tertial reports (t1, t2) and the year's report (vb). The
plan is decided in the weeks around the new year, the others some weeks after the day they are
about; the days by which they are expected here leave a month beyond that.

Belongs here: dates of reports. Does not belong here: who looks at them (`stadsdel.status`, the
schedules).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.parsing.model import ReportType

# The day a report is about; the days from which and by which it is expected: month, day, years
# after the one that the report is of.
_AS_OF: dict[ReportType, tuple[int, int]] = {
    "vp": (1, 1),
    "t1": (4, 30),
    "t2": (8, 31),
    "vb": (12, 31),
}
_OPENS: dict[ReportType, tuple[int, int, int]] = {
    "vp": (12, 1, -1),
    "t1": (5, 1, 0),
    "t2": (9, 1, 0),
    "vb": (1, 1, 1),
}
_DUE: dict[ReportType, tuple[int, int, int]] = {
    "vp": (1, 31, 0),
    "t1": (6, 30, 0),
    "t2": (10, 31, 0),
    "vb": (3, 31, 1),
}
_ORDER: tuple[ReportType, ...] = ("vp", "t1", "t2", "vb")
_ANY_YEAR = 2000  # for what is the same in every year


@dataclass(frozen=True, slots=True)
class Due:
    """A report of the calendar: about which day, and by when it is expected."""

    year: int
    report_type: ReportType

    @property
    def as_of(self) -> date:
        """Return the day the report is about."""
        month, day = _AS_OF[self.report_type]
        return date(self.year, month, day)

    @property
    def opens(self) -> date:
        """Return the first day on which the report is expected."""
        month, day, later = _OPENS[self.report_type]
        return date(self.year + later, month, day)

    @property
    def due(self) -> date:
        """Return the day by which the report is expected."""
        month, day, later = _DUE[self.report_type]
        return date(self.year + later, month, day)

    def following(self) -> Due:
        """Return the next report of the calendar."""
        position = _ORDER.index(self.report_type) + 1
        if position < len(_ORDER):
            return Due(self.year, _ORDER[position])
        return Due(self.year + 1, _ORDER[0])


def reports_of(year: int) -> tuple[Due, ...]:
    """Return the reports of a year, in the order in which they are about it."""
    return tuple(Due(year, report_type) for report_type in _ORDER)


def months_of_reports() -> tuple[int, ...]:
    """Return the months in which some report is expected, 1 to 12, in order."""
    months: set[int] = set()
    for report in reports_of(_ANY_YEAR):
        days = range((report.due - report.opens).days + 1)
        months.update((report.opens + timedelta(days=day)).month for day in days)
    return tuple(sorted(months))


def months_after_deadlines() -> tuple[int, ...]:
    """Return the months that begin the day after a deadline, 1 to 12, in order.

    Every deadline is the last day of a month.
    """
    return tuple(sorted((report.due + timedelta(days=1)).month for report in reports_of(_ANY_YEAR)))


def shortest_time_between_deadlines() -> timedelta:
    """Return the least time that passes from one deadline to the next, in any year."""
    years = range(2000, 2008)  # a leap year, common years, and a leap year again
    days = sorted(report.due for year in years for report in reports_of(year))
    return min(later - earlier for earlier, later in pairwise(days))
