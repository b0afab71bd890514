"""What refreshes did: the log, one JSON object per line and event, and the steps of the last run.

A refresh goes through several processes, so both are files: each event is one write to the end of
the log, and each step that ended is one line of `steps.jsonl`, which a run begins anew and which
says the build that the run is about. A log that cannot be written stops no refresh.

Belongs here: writing and reading these two files. Does not belong here: what a step does, words
for the terminal (`stadsdel.display`).
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from stadsdel import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from stadsdel.workspace import Workspace

Level = Literal["INFO", "WARNING", "ERROR"]
State = Literal["succeeded", "failed", "interrupted"]

_LARGEST = 10 * 2**20  # a refresh writes some 100 kB
# How far back from the log's end the last run's outcome is looked for.
_TAIL = 2**20
# How a run goes; Dagster's own words are those of a run that a schedule or sensor asked for.
_STATES: Mapping[str, State] = {
    "refresh_started": "interrupted",
    "PIPELINE_START": "interrupted",
    "refresh_succeeded": "succeeded",
    "nothing_new": "succeeded",
    "PIPELINE_SUCCESS": "succeeded",
    "refresh_failed": "failed",
    "PIPELINE_FAILURE": "failed",
}


@dataclass(slots=True)
class Step:
    """A step that ended: its name, its time in seconds, and the rows that it made or looked at."""

    step: str
    seconds: float = 0.0
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How a run came out, when (ISO 8601), about which build, and why it failed."""

    state: State
    time: str
    build: str | None
    message: str | None


def begin(workspace: Workspace, build_id: str) -> None:
    """Say that a run is about the build `build_id` from now on, and forget the last run's steps."""
    line = json.dumps({"build": build_id}) + "\n"
    files.replace(workspace.steps, lambda new: new.write_text(line, encoding="utf-8"))


def build_of_run(workspace: Workspace) -> str | None:
    """Return the build that the last run is about, None where there was none."""
    for line in lines(workspace.steps):
        build = line.get("build")
        return str(build) if build else None
    return None


def steps(workspace: Workspace) -> tuple[Step, ...]:
    """Return the steps that the last run has ended, in their order."""
    return tuple(Step(**line) for line in lines(workspace.steps) if "step" in line)


def tell(workspace: Workspace, event: str, level: Level = "INFO", **about: Any) -> None:
    """Append an event of the run to the log; `about` is anything that JSON can hold.

    `build` among it says which build the event is about, if not the run's.
    """
    line = {
        "time": datetime.now(UTC).isoformat(),
        "level": level,
        "build": build_of_run(workspace),
        "event": event,
        **about,
    }
    write(workspace.log, line)


def write(path: Path, line: dict[str, Any]) -> None:
    """Append an object to the log `path`, without what is None; a large log makes way for a new."""
    about = {key: value for key, value in line.items() if value is not None}
    text = json.dumps(about, ensure_ascii=False, default=str) + "\n"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_name(f"{path.name}.1"))
        with path.open("ab+", buffering=0) as file:
            file.seek(max(0, file.tell() - 1))
            cut_short = file.read() not in (b"", b"\n")  # by a full disk
            # one write: lines of two processes never mix
            file.write(("\n" * cut_short + text).encode(errors="backslashreplace"))


def add_steps(workspace: Workspace, ended: Iterable[Step]) -> None:
    """Add steps that ended to those of the run."""
    lines = "".join(json.dumps(asdict(step)) + "\n" for step in ended)
    with suppress(OSError), workspace.steps.open("a", encoding="utf-8") as file:
        file.write(lines)


@contextmanager
def step(workspace: Workspace, name: str) -> Iterator[Step]:
    """Log a step's begin and end, and add it to the steps of the run unless it fails.

    Yields the step, for its rows to be filled in.
    """
    tell(workspace, "step_started", step=name)
    ended = Step(name)
    start = time.monotonic()
    try:
        yield ended
    except Exception as error:
        seconds = round(time.monotonic() - start, 3)
        tell(workspace, "step_failed", "ERROR", step=name, seconds=seconds, message=str(error))
        raise
    ended.seconds = round(time.monotonic() - start, 3)
    tell(workspace, "step_ended", **asdict(ended))
    add_steps(workspace, [ended])


def last_run(workspace: Workspace) -> Run | None:
    """Return how the last run in the log came out, None where there is none.

    A run that is still going on is one that was interrupted, as far as the log tells.
    """
    found = None
    for line in lines(workspace.log, _TAIL):
        state = _STATES.get(line.get("event", ""))
        if state is not None:
            found = Run(state, line.get("time", ""), line.get("build"), line.get("message"))
    return found


def lines(path: Path, tail: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines; one cut short by a crash is passed over."""
    try:
        with path.open("rb") as file:
            if tail is not None and path.stat().st_size > tail:
                file.seek(-tail, 2)
            data = file.read()
    except OSError:
        return
    for text in data.splitlines():
        with suppress(ValueError):
            line = json.loads(text)
            if isinstance(line, dict):
                yield line
