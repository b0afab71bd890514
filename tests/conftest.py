"""What tests of several kinds share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stadsdel import project
from stadsdel.workspace import Workspace


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Refresh from the sample reports once, as a user would; the tests only read what it left."""
    folder = tmp_path_factory.mktemp("sample")
    workspace = Workspace.at(
        (project.root() / "reports",), folder / "state", folder / "warehouse.duckdb"
    )
    command = [str(Path(sys.executable).with_name("stadsdel")), "refresh"]
    command += ["--reports", str(workspace.reports[0])]
    command += ["--state", str(workspace.state), "--warehouse", str(workspace.warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace
