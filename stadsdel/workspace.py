"""Where one warehouse's files lie: its reports, its working folder, its published file.

Belongs here: paths that a user chooses, and what is derived from them. Does not belong here:
what ships with the code (`stadsdel.project`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTS = Path("reports")
STATE = Path(".stadsdel")
WAREHOUSE = Path("warehouse.duckdb")


@dataclass(frozen=True, slots=True)
class Workspace:
    """The three places a user names; all paths are absolute.

    Everything below `state` is made by refreshes and can be made again from the reports, except
    the order in which editions of a report arrived (`ledger`) and earlier builds.
    """

    reports: tuple[Path, ...]
    state: Path
    warehouse: Path

    @classmethod
    def at(
        cls,
        reports: Sequence[Path] = (),
        state: Path = STATE,
        warehouse: Path = WAREHOUSE,
    ) -> Workspace:
        """Return the workspace at these places, the defaults relative to the current folder."""
        return cls(
            reports=tuple(folder.absolute() for folder in reports or (REPORTS,)),
            state=state.absolute(),
            warehouse=warehouse.absolute(),
        )

    @property
    def lake(self) -> Path:
        """Return the lake: `<parser version>/<stadsdel>/<year>/<sha256>/<kind>.parquet`."""
        return self.state / "lake"

    @property
    def scratch(self) -> Path:
        """Return where folders are written before they are renamed into place."""
        return self.state / "scratch"

    @property
    def ledger(self) -> Path:
        """Return the list of report contents that count, in order of arrival."""
        return self.state / "ledger.parquet"

    @property
    def set_aside(self) -> Path:
        """Return the list of files that the last refresh could not take in."""
        return self.state / "set_aside.parquet"

    @property
    def inputs(self) -> Path:
        """Return the record of what the lake holds, for the next build."""
        return self.state / "inputs.json"

    @property
    def build(self) -> Path:
        """Return the folder of the database that dbt builds and the audit reads."""
        return self.state / "build"

    @property
    def builds(self) -> Path:
        """Return the folder of published builds, one folder per build."""
        return self.state / "builds"

    @property
    def dbt(self) -> Path:
        """Return dbt's folder: manifests by fingerprint, run artefacts, logs."""
        return self.state / "dbt"

    @property
    def data_docs(self) -> Path:
        """Return the folder of the last audit's web pages."""
        return self.state / "data_docs"

    @property
    def dbt_docs(self) -> Path:
        """Return the page that documents the published tables: dbt's, with their lineage."""
        return self.state / "dbt_docs.html"

    @property
    def log(self) -> Path:
        """Return the log of all refreshes, one JSON object per line."""
        return self.state / "log.jsonl"

    @property
    def steps(self) -> Path:
        """Return the steps of the last run, one JSON object per line."""
        return self.state / "steps.jsonl"

    @property
    def lock(self) -> Path:
        """Return the file that one refresh at a time holds."""
        return self.state / "lock"

    @property
    def publication(self) -> Path:
        """Return the record of the last publication."""
        return self.state / "publication.json"
