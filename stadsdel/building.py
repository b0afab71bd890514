"""The private build: the database file that dbt builds, before anyone may read it.

There is one, made anew by each refresh; beside it stand what it was made from and how its audit
came out, so that each step of a refresh can be run by itself and the publication can tell whether
they belong together. Its name is always the same, for dbt parses everything again when its target
changes its name.

Belongs here: where these files lie and how dbt is told. Does not belong here: running dbt
(`dagster_project`), auditing or publishing.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from stadsdel import files, parsing
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made from.

    `fingerprint` stands for all of it, `reports` are the sha256 of the contents in order of
    landing, `set_aside` has a sentence for each file that was not taken in.
    """

    fingerprint: str
    reports: tuple[str, ...]
    set_aside: tuple[str, ...]


def save_inputs(workspace: Workspace, inputs: Inputs) -> None:
    """Record what the lake holds, for the next build."""
    files.replace_json(workspace.inputs, asdict(inputs))


def recorded(workspace: Workspace) -> str | None:
    """Return the fingerprint of what the lake holds, None before the first landing.

    None, too, where the record is damaged: the next landing makes it anew.
    """
    try:
        return _read(workspace.inputs).fingerprint
    except (OSError, ValueError, KeyError, TypeError):
        return None


def start(workspace: Workspace) -> Path:
    """Remove the last build and return where the next one shall be made.

    Raises:
        StadsdelError: nothing has landed yet.
    """
    if not workspace.inputs.exists():
        raise StadsdelError(f"{workspace.lake}: no report has landed. Run `stadsdel refresh`.")
    build = _place(workspace)
    build.parent.mkdir(parents=True, exist_ok=True)
    files.clear_replacements(build.parent)
    for old in build.parent.glob(f"{build.stem}.*"):
        if old.is_dir():  # what DuckDB could not hold in memory, left there by a killed dbt
            shutil.rmtree(old)
        else:
            old.unlink()
    files.replace(_inputs(build), lambda new: new.write_bytes(workspace.inputs.read_bytes()))
    return build


def current(workspace: Workspace) -> Path:
    """Return the last build.

    Raises:
        StadsdelError: there is none.
    """
    build = _place(workspace)
    if not build.exists():
        raise StadsdelError(f"{build}: nothing is built. Run `stadsdel refresh`.")
    return build


def state_of(build: Path) -> tuple[int, int]:
    """Return what changes when the build's content does: its size and time of change."""
    status = build.stat()
    return status.st_size, status.st_mtime_ns


def inputs_of(build: Path) -> Inputs:
    """Return what a build was made from."""
    return _read(_inputs(build))


def _read(path: Path) -> Inputs:
    saved = json.loads(path.read_text(encoding="utf-8"))
    return Inputs(saved["fingerprint"], tuple(saved["reports"]), tuple(saved["set_aside"]))


def audit_of(build: Path) -> Path:
    """Return where the outcome of a build's audit is kept."""
    return build.with_suffix(".audit.json")


def docs_of(build: Path) -> Path:
    """Return where dbt's documentation of a build is kept: one page that stands by itself."""
    return build.with_suffix(".docs.html")


def dbt_environment(workspace: Workspace) -> dict[str, str]:
    """Return the environment variables that tell dbt where to read and where to build."""
    return {
        "STADSDEL_LAKE": str(workspace.lake / str(parsing.PARSER_VERSION)),
        "STADSDEL_STATE": str(workspace.state),
        "STADSDEL_BUILD": str(_place(workspace)),
    }


def _place(workspace: Workspace) -> Path:
    return workspace.build / "warehouse.duckdb"


def _inputs(build: Path) -> Path:
    return build.with_suffix(".inputs.json")
