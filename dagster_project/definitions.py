"""The code location: what `dagster dev` shows and what `stadsdel refresh` runs."""

import dagster as dg

from dagster_project import automation, manifest
from dagster_project.expected import expected_reports_are_in
from dagster_project.failures import tell_of_failures
from dagster_project.logs import json_lines
from dagster_project.models import models
from dagster_project.reports import land_reports, raw_tables, reports_folder
from dagster_project.resources import Auditor, Lock, Places, dbt, workspace_of_environment
from dagster_project.warehouse import audit_build, warehouse
from stadsdel import audit, notify
from stadsdel.progress import Progress, silent
from stadsdel.workspace import Workspace


def definitions_for(
    workspace: Workspace, progress: Progress = silent, auditor: Auditor = audit.run
) -> dg.Definitions:
    """Return everything Dagster needs to know to keep one warehouse."""
    parsed = manifest.prepare(workspace)
    return dg.Definitions(
        assets=[reports_folder, land_reports, raw_tables, models(parsed), warehouse(parsed)],
        asset_checks=[audit_build, expected_reports_are_in],
        jobs=[automation.refresh],
        schedules=[automation.daily, automation.report_season],
        sensors=[automation.reports_changed, automation.after_backfills, tell_of_failures],
        executor=dg.in_process_executor,
        loggers={"json_lines": json_lines(workspace)},
        resources={
            "places": Places.of(workspace),
            "lock": Lock(path=str(workspace.lock)),
            "dbt": dbt(),
            "auditor": auditor,
            "progress": progress,
            "tell": notify.tell,
        },
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions of the warehouse that the environment names."""
    return definitions_for(workspace_of_environment())
