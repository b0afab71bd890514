"""When the city's calendar lets reports be expected, in Dagster's words.

Belongs here: cron texts, the freshness policy and the check that follow from the calendar. Does
not belong here: the dates themselves (`stadsdel.calendar`).
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
from dagster import AutomationCondition

from dagster_project.resources import Places
from stadsdel import calendar, markdown, status

TIMEZONE = "Europe/Stockholm"


def _months(months: tuple[int, ...]) -> str:
    return ",".join(map(str, months))


AFTER_DEADLINES = f"0 6 1 {_months(calendar.months_after_deadlines())} *"
"""The morning after each day by which some report is expected."""

IN_SEASON = f"0 7-18 * {_months(calendar.months_of_reports())} 1-5"
"""Every working hour of the months in which some report is expected."""

# Stale from the morning after a deadline on, unless something came in since the deadline before;
# a policy has one window for all deadlines, so it is that of the two that lie closest together.
BY_DEADLINE = dg.FreshnessPolicy.cron(
    deadline_cron=AFTER_DEADLINES,
    lower_bound_delta=calendar.shortest_time_between_deadlines(),
    timezone=TIMEZONE,
)

_WAREHOUSE = dg.AssetKey("warehouse")
_DEADLINE_OR_NEWS: AutomationCondition[Any] = AutomationCondition.cron_tick_passed(
    AFTER_DEADLINES, TIMEZONE
) | AutomationCondition.asset_matches(_WAREHOUSE, AutomationCondition.newly_updated())


@dg.asset_check(
    asset=_WAREHOUSE,
    name="expected_reports_are_in",
    description="No council's next report is past the day by which the calendar expects it.",
    automation_condition=(
        _DEADLINE_OR_NEWS.since_last_handled() & ~AutomationCondition.in_progress()
    ).with_label("after_deadlines_and_publications"),
)
def expected_reports_are_in(places: Places) -> dg.AssetCheckResult:
    """Look up in what readers hold which council's next report is overdue."""
    today = datetime.now(ZoneInfo(TIMEZONE)).date()
    overdue = [
        (council.name, council.following.report_type, council.following.year, council.following.due)
        for council in status.look(places.workspace).councils
        if council.following is not None and council.is_overdue(today)
    ]
    return dg.AssetCheckResult(
        passed=not overdue,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "overdue": len(overdue),
            "reports": dg.MetadataValue.md(
                markdown.table(["council", "report", "year", "expected by"], overdue)
            ),
        },
    )
