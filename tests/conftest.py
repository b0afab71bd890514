"""What tests of several kinds share."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from stadsdel import project
from stadsdel.workspace import Workspace
from world import SEED, paper
from world.city import city

if TYPE_CHECKING:
    from collections.abc import Callable

# Tests say nothing of speed, and the machine that runs them may be busy.
settings.register_profile("stadsdelslagret", deadline=None)
settings.load_profile("stadsdelslagret")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Refresh from the sample reports once, as a user would; the tests only read what it left."""
    return refreshed_once(shared(tmp_path_factory, "sample"), project.root() / "reports")


@pytest.fixture(scope="session")
def made_up_city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Refresh from the reports of the city with known truth once; the tests only read."""
    folder = shared(tmp_path_factory, "city")
    return refreshed_once(
        folder, folder / "reports", lambda reports: paper.write(city(SEED), reports, SEED)
    )


def shared(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a folder that all processes which run tests have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder


def refreshed_once(
    folder: Path, reports: Path, prepare: Callable[[Path], object] = lambda _: None
) -> Workspace:
    """Return what a refresh left in `folder`; the first process to ask makes it, others wait."""
    workspace = Workspace.at((reports,), folder / "state", folder / "warehouse.duckdb")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not workspace.warehouse.exists():
            prepare(reports)
            command = [str(Path(sys.executable).with_name("stadsdel")), "refresh"]
            command += ["--reports", str(reports), "--state", str(workspace.state)]
            command += ["--warehouse", str(workspace.warehouse)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return workspace
