"""The refresh job in this process, for `stadsdel refresh`.

Start-up is most of a small refresh, so what can wait for nothing goes on side by side: dbt parses
its project while Dagster is imported and the audit's worker starts.

Belongs here: running the job and saying why it failed. Does not belong here: what the job does.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project import manifest
from stadsdel import audit, dbt_server, processes, publication
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    import dagster as dg

    from stadsdel.audit import Audit
    from stadsdel.progress import Progress
    from stadsdel.publication import Publication
    from stadsdel.workspace import Workspace


def refresh(workspace: Workspace, progress: Progress) -> Publication:
    """Run the refresh job on a workspace and return what it published.

    Raises:
        StadsdelError: a step failed; nothing was published.
    """
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    with ThreadPoolExecutor(1) as pool, dbt_server.running(workspace.scratch):
        preparing = pool.submit(manifest.prepare, workspace)
        from dagster_project import definitions

        # only now, for there are seldom more than two processors, and dbt needs one of them
        with closing(_Auditor()) as auditor, _nothing_on_stdout():
            preparing.result()
            job = definitions.definitions_for(workspace, progress, auditor).resolve_job_def(
                "refresh"
            )
            # Its history is not kept: writing it out takes longer than building the tables.
            result = job.execute_in_process(raise_on_error=False)
    published = publication.load(workspace)
    if not result.success or published is None:
        raise StadsdelError(_why(workspace, result))
    return published


class _Auditor:
    """Runs one audit in a process of its own, which imports its engine while other steps run."""

    def __init__(self) -> None:
        # spawn: a fork would copy the threads' locks of the libraries imported here
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_audit, args=(theirs, os.getpid()), daemon=True)
        with processes.interrupts_left_to_this_one():
            self._process.start()
        theirs.close()

    def __call__(self, workspace: Workspace, build: Path, tell: Progress) -> Audit:
        tell("audit", 0, 1)
        self._connection.send((workspace, build))
        try:
            outcome: Audit | Exception = self._connection.recv()
        except EOFError:
            raise StadsdelError("The audit's process died, so nothing is published.") from None
        if isinstance(outcome, Exception):
            raise outcome
        tell("audit", 1, 1)
        return outcome

    def close(self) -> None:
        """End the process without waiting for it to tidy up: it holds nothing that needs it."""
        self._process.kill()


def _audit(connection: Connection, parent: int) -> None:
    """Wait for a workspace and its build, and send back the audit or what it raised."""
    processes.end_with(parent)
    audit.warm_up()
    try:
        workspace, build = connection.recv()
    except EOFError:  # the refresh ended before it came to the audit
        return
    try:
        connection.send(audit.run(workspace, build))
    except Exception as error:
        connection.send(error)


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """Send what dagster-dbt prints nowhere: dbt's log file and Dagster's history have it too."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        yield


def _why(workspace: Workspace, result: dg.ExecuteInProcessResult) -> str:
    """Return what the failed steps say."""
    from dagster_project import failures

    told = failures.reasons(workspace, result.get_step_failure_events())
    return "\n".join(told) or "The refresh failed, so nothing is published."
