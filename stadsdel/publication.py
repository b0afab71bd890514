"""The record of the last publication: which build readers hold, and what it was made of.

Belongs here: the record's content and whether it still speaks of the file that readers open.
Does not belong here: making the file (`stadsdel.publish`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import files
from stadsdel.journal import Step

if TYPE_CHECKING:
    from stadsdel.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication.

    Builds are numbered from 1, so that their order does not hang on a clock. `warehouse_size` and
    `warehouse_modified_ns` recognise the published file without opening it. `reports` are the
    sha256 of the contents it holds, `rows` the number of rows by table, `set_aside` and `warnings`
    one sentence each, `steps` what the refresh did before it published.
    """

    build_id: str
    build_number: int
    built_at: str
    fingerprint: str
    warehouse: str
    warehouse_size: int
    warehouse_modified_ns: int
    reports: tuple[str, ...]
    rows: dict[str, int]
    set_aside: tuple[str, ...]
    warnings: tuple[str, ...]
    steps: tuple[Step, ...] = ()


def load(workspace: Workspace) -> Publication | None:
    """Return the last publication, None where there is none or its record is damaged."""
    return read(workspace.publication)


def save(workspace: Workspace, publication: Publication) -> None:
    """Replace the record of the last publication."""
    write(workspace.publication, publication)


def read(path: Path) -> Publication | None:
    """Return the record in a file, None where there is none or it is damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(record[name]) for name in ("reports", "set_aside", "warnings")}
        steps = tuple(Step(**step) for step in record.get("steps", ()))
        return Publication(**{**record, **lists, "steps": steps})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, publication: Publication) -> None:
    """Replace the record in a file."""
    files.replace_json(path, asdict(publication))


def holds(workspace: Workspace, fingerprint: str) -> Publication | None:
    """Return the last publication if readers hold it and it was made from `fingerprint`.

    Then a refresh would change nothing. The published file is recognised, not opened.
    """
    last = load(workspace)
    if last is None or last.fingerprint != fingerprint or not _is_in_place(last, workspace):
        return None
    return last


def _is_in_place(publication: Publication, workspace: Workspace) -> bool:
    try:
        status = workspace.warehouse.stat()
    except OSError:
        return False
    return (
        Path(publication.warehouse) == workspace.warehouse
        and status.st_size == publication.warehouse_size
        and status.st_mtime_ns == publication.warehouse_modified_ns
    )
