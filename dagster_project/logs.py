"""Dagster's events in the log of refreshes, one JSON object per line.

Belongs here: which events, and what their lines hold. Does not belong here: the log itself
(`stadsdel.journal`), Dagster's own event history.
"""

import logging
from datetime import UTC, datetime

import dagster as dg
from dagster import DagsterEventType

from stadsdel import journal
from stadsdel.workspace import Workspace

_TOLD = {
    DagsterEventType.RUN_START,
    DagsterEventType.RUN_SUCCESS,
    DagsterEventType.RUN_FAILURE,
    DagsterEventType.STEP_START,
    DagsterEventType.STEP_SUCCESS,
    DagsterEventType.STEP_FAILURE,
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.ASSET_CHECK_EVALUATION,
}


class _JsonLines(logging.Handler):
    """Appends to the log of a workspace's refreshes."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._before = self._steps()

    def emit(self, record: logging.LogRecord) -> None:
        about = getattr(record, "dagster_meta", {})
        event = about.get("dagster_event")
        # which build a run is about is known once its reports are
        build = journal.build_of_run(self._workspace) if self._steps() != self._before else None
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "build": build,
            "run_id": about.get("run_id"),
            "step": about.get("step_key"),
            "event": event.event_type_value if event else None,
            "message": about.get("orig_message", record.getMessage()),
        }
        journal.write(self._workspace.log, line)

    def _steps(self) -> int | None:
        try:
            return self._workspace.steps.stat().st_mtime_ns
        except OSError:
            return None


def _is_told(record: logging.LogRecord) -> bool:
    event = getattr(record, "dagster_meta", {}).get("dagster_event")
    return record.levelno >= logging.INFO or (event is not None and event.event_type in _TOLD)


def json_lines(workspace: Workspace) -> dg.LoggerDefinition:
    """Return a logger that appends to the log of a workspace."""

    @dg.logger(None, description=f"Appends JSON lines to {workspace.log}.")
    def to_file(_: dg.InitLoggerContext) -> logging.Logger:
        handler = _JsonLines(workspace)
        handler.addFilter(_is_told)
        logger = logging.Logger("stadsdelslagret", logging.DEBUG)
        logger.addHandler(handler)
        return logger

    return to_file
