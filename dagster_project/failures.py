"""Why a run failed, in the words of what failed, and the sensor that tells people.

Belongs here: finding the reasons in a run's events. Does not belong here: how people are told
(`stadsdel.notify`).
"""

import os
from collections.abc import Callable, Iterable

import dagster as dg

from dagster_project.resources import Places
from stadsdel import audit, building
from stadsdel.errors import StadsdelError
from stadsdel.notify import Message
from stadsdel.workspace import Workspace

Tell = Callable[[Message], None]

URL = "STADSDEL_DAGSTER_URL"
"""Environment variable with the address of Dagster's pages, for links to runs."""

_AUDIT_STEP = "audit"
_ERROR = f"{StadsdelError.__module__}.{StadsdelError.__qualname__}: "


def reasons(workspace: Workspace, events: Iterable[dg.DagsterEvent]) -> list[str]:
    """Return what failed steps say, given their failure events: the innermost cause of each."""
    found = []
    for event in events:
        data = event.step_failure_data
        if event.step_key == _AUDIT_STEP:
            # its checks say which suites failed, the audit's own outcome says which rows
            outcome = audit.load(building.current(workspace))
            if outcome is not None and outcome.critical:
                found.append(audit.refusal(outcome))
                continue
        if data.user_failure_data is not None:
            found.append(data.user_failure_data.description or "")
        elif data.error is not None:
            cause = data.error
            while cause.cause is not None:
                cause = cause.cause
            found.append(cause.message.strip().removeprefix(_ERROR))
    return found


@dg.run_failure_sensor(
    name="tell_of_failures",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells people of every failed run, by the channels that STADSDEL_NOTIFY names.",
)
def tell_of_failures(
    context: dg.RunFailureSensorContext,
    places: dg.ResourceParam[Places],
    tell: dg.ResourceParam[Tell],
) -> None:
    """Send one message per failed run: what failed, why, and where to look."""
    run = context.dagster_run
    told = reasons(places.workspace, context.get_step_failure_events())
    text = "\n\n".join(told) or context.failure_event.message or "No step says why."
    address = os.environ.get(URL)
    tell(
        Message(
            subject=f"Stadsdelslagret: a run of {_what(run)} failed",
            text=f"{text}\n\nReaders keep what they have. Run {run.run_id}.",
            link=f"{address.rstrip('/')}/runs/{run.run_id}" if address else None,
        )
    )


def _what(run: dg.DagsterRun) -> str:
    """Return the job's name, or the assets' where Dagster made up the job."""
    if not run.asset_selection:
        return run.job_name
    names = sorted(key.to_user_string() for key in run.asset_selection)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
