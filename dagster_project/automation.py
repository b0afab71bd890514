"""What runs when: the refresh job, its schedules, and the sensors.

Belongs here: jobs and triggers. Does not belong here: what the job does (the assets), what follows
by itself after a backfill (`dagster_project.conditions`).
"""

import hashlib
import json
import os

import dagster as dg

from dagster_project.expected import IN_SEASON, TIMEZONE, expected_reports_are_in
from dagster_project.reports import raw_tables
from dagster_project.resources import Places
from dagster_project.warehouse import audit_build
from stadsdel import fingerprint, intake, publication
from stadsdel.errors import StadsdelError
from stadsdel.workspace import Workspace

UNATTENDED = "STADSDEL_UNATTENDED"
"""Environment variable: "yes" switches schedules and sensors on from the start, as on a server."""

_IS_UNATTENDED = os.environ.get(UNATTENDED) == "yes"
_SCHEDULES = (
    dg.DefaultScheduleStatus.RUNNING if _IS_UNATTENDED else dg.DefaultScheduleStatus.STOPPED
)
_SENSORS = dg.DefaultSensorStatus.RUNNING if _IS_UNATTENDED else dg.DefaultSensorStatus.STOPPED

# `landing` tells which partitions of the raw tables a refresh touched; the tables as assets of
# their own are for backfills and no part of the job, but their audit is. Which reports are overdue
# is asked after publications and deadlines, not here.
_ASSETS = dg.AssetSelection.all() - dg.AssetSelection.assets(raw_tables)
_CHECKS = dg.AssetSelection.checks(audit_build)
_LATER = dg.AssetSelection.checks(expected_reports_are_in)

refresh = dg.define_asset_job(
    "refresh",
    selection=(_ASSETS | _CHECKS) - _LATER,
    executor_def=dg.in_process_executor,
    config={"loggers": {"json_lines": {}}},
    # started again after its process died, it begins anew: reports may have come in meanwhile
    run_tags={"dagster/retry_strategy": "ALL_STEPS"},
    description="Reports to lake to dbt to audit to the published warehouse.",
)


# Before the working day, after the nightly copies that fill reports folders.
@dg.schedule(
    job=refresh,
    cron_schedule="30 5 * * *",
    execution_timezone=TIMEZONE,
    default_status=_SCHEDULES,
    description="Refreshes daily; passes a day on which a refresh would change nothing.",
)
def daily(places: dg.ResourceParam[Places]) -> dg.RunRequest | dg.SkipReason:
    """Ask for a refresh unless readers hold what it would make."""
    return _unless_held(places.workspace)


@dg.schedule(
    job=refresh,
    cron_schedule=IN_SEASON,
    execution_timezone=TIMEZONE,
    default_status=_SCHEDULES,
    description="Refreshes every working hour of the months in which reports are expected, where "
    "the sensor cannot see the folders change; passes when a refresh would change nothing.",
)
def report_season(places: dg.ResourceParam[Places]) -> dg.RunRequest | dg.SkipReason:
    """Ask for a refresh unless readers hold what it would make."""
    return _unless_held(places.workspace)


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=60,
    default_status=_SENSORS,
    description="Refreshes when files in the reports folders are new, changed or gone.",
)
def reports_changed(
    context: dg.SensorEvaluationContext, places: dg.ResourceParam[Places]
) -> dg.SensorResult:
    """Ask for a refresh once the folders look the same in two evaluations in a row.

    The cursor holds how the folders looked last time, and how when a refresh was last asked for:
    a file that is still being copied looks different each time, and waits.
    """
    try:
        looks = _looks(places.workspace)
    except (OSError, StadsdelError) as error:
        return dg.SensorResult(skip_reason=str(error), cursor=context.cursor)
    before = json.loads(context.cursor) if context.cursor else {"seen": None, "asked": None}
    if looks == before["asked"]:
        return dg.SensorResult(
            skip_reason="no file is new, changed or gone", cursor=_cursor(looks, looks)
        )
    if looks != before["seen"]:
        return dg.SensorResult(
            skip_reason="the folders are changing; waiting until they stay the same",
            cursor=_cursor(looks, before["asked"]),
        )
    wanted = _unless_held(places.workspace)
    asked = _cursor(looks, looks)
    if isinstance(wanted, dg.SkipReason):
        return dg.SensorResult(skip_reason=wanted, cursor=asked)
    return dg.SensorResult(run_requests=[wanted], cursor=asked)


after_backfills = dg.AutomationConditionSensorDefinition(
    "after_backfills",
    target=dg.AssetSelection.all(),
    minimum_interval_seconds=60,
    default_status=_SENSORS,
    description="Builds, audits and publishes after backfills of raw tables and after deployments "
    "of a new parser, and looks for overdue reports after deadlines.",
)


def _unless_held(workspace: Workspace) -> dg.RunRequest | dg.SkipReason:
    found = fingerprint.of_refresh(intake.survey(workspace.reports))
    last = publication.holds(workspace, found)
    if last is not None:
        return dg.SkipReason(f"nothing new since build {last.build_id} of {last.built_at}")
    return dg.RunRequest()


def _cursor(seen: str, asked: str | None) -> str:
    return json.dumps({"seen": seen, "asked": asked})


def _looks(workspace: Workspace) -> str:
    """Return a digest of the names, sizes and times of the files in the reports folders."""
    lines = []
    for path in intake.paths(workspace.reports):
        status = path.lstat()
        lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    # a name need not be UTF-8
    return hashlib.sha256("\n".join(sorted(lines)).encode(errors="surrogateescape")).hexdigest()
