from __future__ import annotations

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


@pytest.fixture
def clean(tmp_path: Path, nursery: Nursery) -> Workspace:
    """What an undisturbed refresh of the toy reports makes."""
    write_reports(tmp_path / "reports", range(1, REPORTS + 1))
    clean = Workspace.at([tmp_path / "reports"], tmp_path / "clean", tmp_path / "clean.duckdb")
    assert nursery.refresh(clean) == 0, nursery.log.read_text()
    return clean


@pytest.fixture
def workspace(tmp_path: Path, clean: Workspace, nursery: Nursery) -> Workspace:
    """A workspace that has published the first of the toy reports."""
    first = tmp_path / "first"
    write_reports(first, [1])
    state, warehouse = tmp_path / "state", tmp_path / "public" / "warehouse.duckdb"
    assert nursery.refresh(Workspace.at([first], state, warehouse)) == 0, nursery.log.read_text()
    return Workspace.at(clean.reports, state, warehouse)


@pytest.fixture
def readers(workspace: Workspace) -> Iterator[Readers]:
    """Readers that loop while the test runs: none of their reads may fail or come up short."""
    readers = Readers(workspace)
    yield readers
    reads, faults = readers.stop()
    assert faults == []
    assert reads > 0
