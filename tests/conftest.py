"""What tests of several kinds share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stadsdel import project
from stadsdel.workspace import Workspace
from world import SEED, paper
from world.city import city

_REFRESHED = ("sample", "made_up_city")


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one worker the tests that share a refresh, and those of one file.

    A session's fixture is made once per worker, and a refresh is what a test run spends most of
    its time on.
    """
    for item in items:
        shares = any(name in _REFRESHED for name in getattr(item, "fixturenames", ()))
        item.add_marker(pytest.mark.xdist_group("refreshed" if shares else str(item.path)))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Refresh from the sample reports once, as a user would; the tests only read what it left."""
    return refreshed(tmp_path_factory.mktemp("sample"), project.root() / "reports")


@pytest.fixture(scope="session")
def made_up_city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Refresh from the reports of the city with known truth once; the tests only read."""
    folder = tmp_path_factory.mktemp("city")
    paper.write(city(SEED), folder / "reports", SEED)
    return refreshed(folder, folder / "reports")


def refreshed(folder: Path, reports: Path) -> Workspace:
    workspace = Workspace.at((reports,), folder / "state", folder / "warehouse.duckdb")
    command = [str(Path(sys.executable).with_name("stadsdel")), "refresh"]
    command += ["--reports", str(reports), "--state", str(workspace.state)]
    command += ["--warehouse", str(workspace.warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace
