"""What the assets work with: the places of one warehouse, dbt, and someone to tell how far it is.

Belongs here: resources and how they are configured from the environment. Does not belong here:
what is done with them.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import dagster as dg
from dagster_dbt import DbtCliResource

from stadsdel import lock, project
from stadsdel.audit import Audit
from stadsdel.dbt_command import EXECUTABLE
from stadsdel.progress import Progress
from stadsdel.workspace import REPORTS, STATE, WAREHOUSE, Workspace

POOL = "warehouse"
"""The pool of every step that writes: runs of which one holds it wait in Dagster's queue.

The lock alone keeps refreshes apart, however they were started; the pool spares runs that would
only wait for it.
"""


class Auditor(Protocol):
    """Runs the audit of a build, here or in another process."""

    def __call__(self, workspace: Workspace, build: Path, tell: Progress) -> Audit:
        """Return how the audit came out."""


class Places(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The reports folders, the working folder and the published file of one warehouse.

    `in_processes` reads each report in a process of its own; only tests do without.
    """

    reports: list[str]
    state: str
    warehouse: str
    in_processes: bool = True

    @classmethod
    def of(cls, workspace: Workspace, in_processes: bool = True) -> "Places":
        """Return the resource for a workspace."""
        return cls(
            reports=[str(folder) for folder in workspace.reports],
            state=str(workspace.state),
            warehouse=str(workspace.warehouse),
            in_processes=in_processes,
        )

    @property
    def workspace(self) -> Workspace:
        """Return the library's view of the places."""
        return Workspace.at(
            [Path(folder) for folder in self.reports], Path(self.state), Path(self.warehouse)
        )


class Lock(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The lock of a workspace, held while a step or, in one process, a whole run has the resource.

    Every step that writes asks for it, so that two refreshes never interleave, however they were
    started. Schedules and sensors only look, and do without.
    """

    path: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Lock"]:
        """Hold the lock while the resource is in use."""
        log = context.log

        def wait(holder: str) -> None:
            if log is not None:
                log.info(f"waiting for the refresh of {holder}")

        with lock.exclusive(Path(self.path), wait):
            yield self


def workspace_of_environment() -> Workspace:
    """Return the workspace that STADSDEL_REPORTS, STADSDEL_STATE and STADSDEL_WAREHOUSE name.

    Several reports folders are separated as in PATH; the defaults are those of the command line.
    """
    folders = os.environ.get("STADSDEL_REPORTS", str(REPORTS)).split(os.pathsep)
    return Workspace.at(
        [Path(folder) for folder in folders],
        Path(os.environ.get("STADSDEL_STATE", STATE)),
        Path(os.environ.get("STADSDEL_WAREHOUSE", WAREHOUSE)),
    )


class Dbt(DbtCliResource):
    """dbt as dagster-dbt runs it, without a second dbt in this process.

    dagster-dbt would make one to read what the tables look like from the database, which nothing
    here asks it for (`dagster_project.models` does so itself), and which takes two seconds.
    """

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:  # noqa: ARG002
        return None


def dbt() -> Dbt:
    """Return dbt on the project that ships with the code, run by the interpreter that runs this."""
    return Dbt(
        project_dir=str(project.root()),
        profiles_dir=str(project.root()),
        dbt_executable=str(EXECUTABLE),
        # what fails is in run_results.json; logging each statement takes a tenth of dbt's time
        global_config_flags=["--log-level-file", "warn"],
    )
