"""The city's report calendar: which report follows which, and when it can be expected.

A year's reports are the plan (vp), two tertial reports (t1, t2) and the year's report (vb). They
are decided by the council some time after the day they are about; the days by which they are
expected here leave a month beyond that.

Belongs here: dates of reports. Does not belong here: who looks at them (`stadsdel.status`, the
schedules).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.parsing.model import ReportType

# The day a report is about, and the day by which it is expected: month, day, years later.
_AS_OF: dict[ReportType, tuple[int, int]] = {
    "vp": (1, 1),
    "t1": (4, 30),
    "t2": (8, 31),
    "vb": (12, 31),
}
_DUE: dict[ReportType, tuple[int, int, int]] = {
    "vp": (1, 31, 0),
    "t1": (6, 30, 0),
    "t2": (10, 31, 0),
    "vb": (3, 31, 1),
}
_ORDER: tuple[ReportType, ...] = ("vp", "t1", "t2", "vb")


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
