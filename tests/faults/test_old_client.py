"""The published file opens in the oldest client that the docs name: DuckDB 1.1."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import project

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace

VERSION = "1.1.3"
# pytz is what this client asks for to show a time with its zone (docs/connect.md).
READ_ALL = """
import json, sys
import duckdb
assert duckdb.__version__ == sys.argv[2], duckdb.__version__
with duckdb.connect(sys.argv[1], read_only=True) as database:
    tables = database.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    rows = {
        table: len(database.execute(f'select * from marts."{table}"').fetchall())
        for (table,) in tables
    }
print(json.dumps(rows))
"""


@pytest.fixture(scope="session")
def old_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python of its own that has the old client and nothing of ours."""
    uv = shutil.which("uv")
    assert uv is not None, "uv makes the environments of this project"
    folder = tmp_path_factory.mktemp("client") / "venv"
    python = folder / "bin" / "python"
    outside = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    for command in (
        [uv, "venv", "--quiet", "--python", "3.11", str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(python), f"duckdb=={VERSION}", "pytz"],
    ):
        done = subprocess.run(command, env=outside, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return python


@pytest.mark.parametrize("which", ["example", "published"])
def test_an_old_client_reads_every_mart(which: str, sample: Workspace, old_client: Path) -> None:
    warehouse = (
        sample.warehouse if which == "published" else project.root() / "warehouse.duckdb.example"
    )
    done = subprocess.run(
        [str(old_client), "-I", "-c", READ_ALL, str(warehouse), VERSION],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert rows.pop("dim_build") == 1
    with duckdb.connect(warehouse, read_only=True) as database:
        ((promised,),) = database.execute("select row_counts from marts.dim_build").fetchall()
    assert rows == promised
    assert len(rows) > 15
