"""A run's log as JSON lines in the working folder: one object per event, for people and machines.

Belongs here: what a line holds. Does not belong here: Dagster's own event history.
"""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import dagster as dg
from dagster import DagsterEventType

_LARGEST = 10 * 2**20  # a refresh writes some 100 kB
_KEPT = 3
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


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        about = getattr(record, "dagster_meta", {})
        event = about.get("dagster_event")
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "run_id": about.get("run_id"),
            "step": about.get("step_key"),
            "event": event.event_type_value if event else None,
            "message": about.get("orig_message", record.getMessage()),
        }
        return json.dumps({key: value for key, value in line.items() if value is not None})


def _is_told(record: logging.LogRecord) -> bool:
    event = getattr(record, "dagster_meta", {}).get("dagster_event")
    return record.levelno >= logging.INFO or (event is not None and event.event_type in _TOLD)


def json_lines(path: Path) -> dg.LoggerDefinition:
    """Return a logger that appends to the file `path`."""

    @dg.logger(None, description=f"Appends JSON lines to {path}.")
    def to_file(_: dg.InitLoggerContext) -> logging.Logger:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
        handler.setFormatter(_JsonLines())
        handler.addFilter(_is_told)
        logger = logging.Logger("stadsdelslagret", logging.DEBUG)
        logger.addHandler(handler)
        return logger

    return to_file
