"""The published builds that are kept: listing them, and giving readers one of them.

Each has a folder with its database file, its record and its difference to the build before.

Belongs here: the folders of builds and the step that gives readers a file. Does not belong here:
making a build's file (`stadsdel.publish`).
"""

from __future__ import annotations

import glob
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from stadsdel import files, journal, lock, publication
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stadsdel.publication import Publication
    from stadsdel.workspace import Workspace

WAREHOUSE = "warehouse.duckdb"
DIFFERENCE = "difference.md"
_RECORD = "build.json"


def folder(workspace: Workspace, build_id: str) -> Path:
    """Return the folder of a build."""
    return workspace.builds / build_id


def file(workspace: Workspace, build_id: str) -> Path:
    """Return the database file of a build."""
    return folder(workspace, build_id) / WAREHOUSE


def save_record(build: Path, record: Publication) -> None:
    """Write a build's record into its folder."""
    publication.write(build / _RECORD, record)


def kept(workspace: Workspace) -> list[Publication]:
    """Return the records of the kept builds, oldest first; a damaged folder is left out."""
    records = [publication.read(path / _RECORD) for path in sorted(workspace.builds.glob("*-*"))]
    return [record for record in records if record and file(workspace, record.build_id).exists()]


def named(workspace: Workspace, build_id: str) -> Publication:
    """Return the record of a kept build.

    Raises:
        StadsdelError: there is no such build.
    """
    records = {record.build_id: record for record in kept(workspace)}
    if build_id not in records:
        raise StadsdelError(
            f"There is no build {build_id}; kept are {', '.join(records) or 'none'}."
        )
    return records[build_id]


def next_number(workspace: Workspace) -> int:
    """Return the number after those of the held build and of every kept one."""
    last = publication.load(workspace)
    numbers = [int(path.name.partition("-")[0]) for path in workspace.builds.glob("*-*")]
    return max([*numbers, last.build_number if last else 0], default=0) + 1


def coming(workspace: Workspace, fingerprint: str) -> str:
    """Return the id of the next build: its number and the beginning of what it is made from."""
    return f"{next_number(workspace):05d}-{fingerprint[:8]}"


def put_in_place(workspace: Workspace, record: Publication) -> Publication:
    """Rename a copy of a build's file over the warehouse, and record that readers hold it.

    The record comes first: killed in between, it names a file that is not in place, which the next
    refresh makes good; the other way round, nothing would tell which reports readers had seen.
    Before that, clear what a killed refresh left there, and the log of anyone who opened the last
    warehouse for writing: DuckDB would replay it on the new one.
    """
    warehouse = workspace.warehouse
    for leftover in warehouse.parent.glob(f".{glob.escape(warehouse.name)}.*.new"):
        leftover.unlink()
    warehouse.with_name(f"{warehouse.name}.wal").unlink(missing_ok=True)
    held = record

    def copy(new: Path) -> None:
        nonlocal held
        shutil.copyfile(file(workspace, record.build_id), new)
        status = new.stat()  # it keeps its time and size when it is renamed
        held = replace(
            record,
            warehouse=str(warehouse),
            warehouse_size=status.st_size,
            warehouse_modified_ns=status.st_mtime_ns,
        )
        publication.save(workspace, held)

    files.replace(warehouse, copy)
    return held


def rollback(
    workspace: Workspace,
    build_id: str | None = None,
    on_wait: Callable[[str], object] | None = None,
) -> Publication:
    """Give readers an earlier build: the one named, or the last before the one they hold.

    The next refresh publishes again only when something is new against what was rolled back, so a
    schedule does not undo it. `on_wait` is told who holds the lock if a refresh is running.

    Raises:
        StadsdelError: there is no such build.
    """
    with lock.exclusive(workspace.lock, on_wait):
        held = publication.load(workspace)
        if held is None:
            raise StadsdelError(f"{workspace.state}: nothing has been published from here.")
        if build_id is None:
            earlier = [
                record for record in kept(workspace) if record.build_number < held.build_number
            ]
            if not earlier:
                raise StadsdelError(f"There is no build before {held.build_id}.")
            build_id = earlier[-1].build_id
        record = replace(named(workspace, build_id), fingerprint=held.fingerprint)
        back = put_in_place(workspace, record)
        journal.begin(workspace, back.build_id)
        journal.tell(workspace, "rolled_back", message=f"from build {held.build_id}")
        return back


def keep_last(workspace: Workspace, number: int) -> None:
    """Remove all but the last `number` builds."""
    for path in sorted(workspace.builds.glob("*-*"))[:-number]:
        shutil.rmtree(path)
