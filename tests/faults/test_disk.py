"""A full disk, or a folder that cannot be written: the old build stays, the next run goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.toys import Nursery, Readers, lake_of, marts_of, write_reports
from stadsdel import files
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

DISK = 32 * 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, mounted as root may."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk may be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def on_disk(disk: Path, clean: Workspace, begun: Path) -> Workspace:
    """A workspace on the small disk that has published the first of the toy reports."""
    for name in ("state", "public"):
        shutil.copytree(begun / name, disk / name)
    return Workspace.at(clean.reports, disk / "state", disk / "public" / "warehouse.duckdb")


def free(disk: Path) -> int:
    status = os.statvfs(disk)
    return status.f_bavail * status.f_frsize


def test_on_a_disk_that_fills_up_at_any_point_readers_keep_the_old_build(
    on_disk: Workspace, disk: Path, clean: Workspace, nursery: Nursery
) -> None:
    before = files.sha256_of(on_disk.warehouse)
    ballast = disk / "ballast"
    room = free(disk)
    readers = Readers(on_disk, number=1)
    left, refused = 0, 0
    while True:  # a little more room each time, until a refresh goes through
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room - left)
        code = nursery.refresh(on_disk)
        ballast.unlink()
        if code == 0:
            break
        assert code == 1, nursery.log.read_text()
        assert files.sha256_of(on_disk.warehouse) == before
        refused += 1
        left = left * 2 + 4096
    assert refused > 4
    assert "No space left on device" in nursery.log.read_text()
    assert lake_of(on_disk) == lake_of(clean)
    assert marts_of(on_disk.warehouse) == marts_of(clean.warehouse)
    reads, faults = readers.stop()
    assert faults == []
    assert reads > 0


def test_where_files_cannot_grow_readers_keep_the_old_build_and_the_next_run_goes_on(
    workspace: Workspace, clean: Workspace, nursery: Nursery
) -> None:
    before = files.sha256_of(workspace.warehouse)
    for largest_file in (0, 1000, 5000, 50_000, 300_000):
        assert nursery.refresh(workspace, largest_file=largest_file) == 1
        assert files.sha256_of(workspace.warehouse) == before
    assert nursery.refresh(workspace) == 0, nursery.log.read_text()
    assert lake_of(workspace) == lake_of(clean)
    assert marts_of(workspace.warehouse) == marts_of(clean.warehouse)


def test_on_a_disk_mounted_for_reading_only_readers_keep_the_old_build(
    on_disk: Workspace, disk: Path, clean: Workspace, nursery: Nursery
) -> None:
    before = files.sha256_of(on_disk.warehouse)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        assert nursery.refresh(on_disk) == 1
        assert files.sha256_of(on_disk.warehouse) == before
        assert marts_of(on_disk.warehouse)["facts"]
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert nursery.refresh(on_disk) == 0, nursery.log.read_text()
    assert marts_of(on_disk.warehouse) == marts_of(clean.warehouse)


def test_where_a_folder_cannot_be_made_readers_keep_the_old_build_and_the_next_run_goes_on(
    workspace: Workspace, clean: Workspace, nursery: Nursery
) -> None:
    before = files.sha256_of(workspace.warehouse)
    for folder in (workspace.lake, workspace.scratch, workspace.builds, workspace.build):
        away = folder.with_name("away")
        folder.rename(away)
        folder.touch()
        assert nursery.refresh(workspace) == 1
        assert files.sha256_of(workspace.warehouse) == before
        folder.unlink()
        away.rename(folder)
    assert nursery.refresh(workspace) == 0, nursery.log.read_text()
    assert lake_of(workspace) == lake_of(clean)
    assert marts_of(workspace.warehouse) == marts_of(clean.warehouse)


def test_the_command_says_in_one_line_what_cannot_be_written(tmp_path: Path) -> None:
    write_reports(tmp_path / "reports", [1])
    (tmp_path / "state").touch()
    done = subprocess.run(
        [Path(sys.executable).with_name("stadsdel"), "refresh", "--state", "state/here"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "state" in done.stderr
    assert "Not a directory" in done.stderr
