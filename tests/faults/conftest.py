from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from faults.toys import Nursery, Readers, write_reports
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPORTS = 6


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("nursery") / "log")
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Workspace:
    """What an undisturbed refresh of the toy reports makes; tests only read it."""
    folder = tmp_path_factory.mktemp("clean")
    write_reports(folder / "reports", range(1, REPORTS + 1))
    clean = Workspace.at([folder / "reports"], folder / "state", folder / "warehouse.duckdb")
    assert nursery.refresh(clean) == 0, nursery.log.read_text()
    return clean


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Path:
    """Return a folder with a workspace that has published the first of the toy reports."""
    folder = tmp_path_factory.mktemp("begun")
    write_reports(folder / "reports", [1])
    begun = Workspace.at(
        [folder / "reports"], folder / "state", folder / "public" / "warehouse.duckdb"
    )
    assert nursery.refresh(begun) == 0, nursery.log.read_text()
    return folder


@pytest.fixture
def workspace(tmp_path: Path, clean: Workspace, begun: Path) -> Workspace:
    """A workspace that has published the first of the toy reports, and has all of them to read."""
    for name in ("state", "public"):
        shutil.copytree(begun / name, tmp_path / name)
    return Workspace.at(clean.reports, tmp_path / "state", tmp_path / "public" / "warehouse.duckdb")


@pytest.fixture
def readers(workspace: Workspace) -> Iterator[Readers]:
    """Readers that loop while the test runs: none of their reads may fail or come up short."""
    readers = Readers(workspace)
    yield readers
    reads, faults = readers.stop()
    assert faults == []
    assert reads > 0
