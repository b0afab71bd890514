"""Toy refreshes in processes of their own, readers beside them, and what both left.

Belongs here: starting, reading and comparing. Does not belong here: what goes wrong (the tests).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.workspace import Workspace

READER = """
import json, sys, time
from pathlib import Path
import duckdb
from stadsdel import processes
warehouse, stop, parent, pause = sys.argv[1:]
processes.end_with(int(parent))
reads, newest, faults = 0, 0, []
print("ready", flush=True)
while not Path(stop).exists():
    try:
        with duckdb.connect(warehouse, read_only=True) as database:
            (number, promised) = database.execute(
                "select build_number, row_counts from marts.dim_build"
            ).fetchall()[0]
            tables = database.execute(
                "select table_name from duckdb_tables() where table_name <> 'dim_build'"
            ).fetchall()
            rows = {
                table: len(database.execute(f'from marts."{table}"').fetchall())
                for (table,) in tables
            }
    except duckdb.Error as error:
        faults.append(str(error))
        continue
    if rows != promised or number < newest:
        faults.append(f"{rows} rows of {promised} in build {number} after {newest}")
    newest = number
    reads += 1
    time.sleep(float(pause))
sys.stdout.write(json.dumps({"reads": reads, "faults": faults}))
"""


class Readers:
    """Processes that open the published file again and again and read all of its marts.

    A read is at fault if it fails, has other rows than the build promises, or goes back in time.
    """

    def __init__(self, workspace: Workspace, number: int = 2, pause: float = 0.1) -> None:
        self._stop = workspace.warehouse.parent.parent / "stop-reading"
        arguments = [sys.executable, "-c", READER]
        arguments += [str(workspace.warehouse), str(self._stop), str(os.getpid()), str(pause)]
        self._processes = [
            subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(number)
        ]
        for process in self._processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"

    def stop(self) -> tuple[int, list[str]]:
        """End the reading; return how many reads there were, and what was wrong with any."""
        self._stop.touch()
        reads, faults = 0, []
        for process in self._processes:
            told, _ = process.communicate()
            assert process.returncode == 0, told
            found = json.loads(told)
            reads += found["reads"]
            faults += found["faults"]
        return reads, faults


class Nursery:
    """A process that runs refreshes in forks of itself, one at a time."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("nursery.py"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._answer() == "ready"

    def start(self, workspace: Workspace, **more: Any) -> int:
        """Start a refresh and return its process number."""
        arguments = {
            "reports": str(workspace.reports[0]),
            "state": str(workspace.state),
            "warehouse": str(workspace.warehouse),
        }
        self._say(json.dumps({**arguments, **more}))
        return int(self._answer())

    def wait(self) -> int:
        """Wait for the refresh to end and return its exit code; minus the signal that killed it."""
        self._say("")
        return int(self._answer())

    def refresh(self, workspace: Workspace, **more: Any) -> int:
        """Run a refresh to its end and return its exit code."""
        self.start(workspace, **more)
        return self.wait()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def write_reports(folder: Path, numbers: Sequence[int]) -> None:
    """Write toy reports of some rows each, one per number, in the order of their times."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        names = "\n".join(f"indicator {number} {row}" for row in range(50))
        path = folder / f"{number}.txt"
        path.write_text(f"bromma {2010 + number} vb\n{names}\n")
        os.utime(path, (number, number))


def lake_of(workspace: Workspace) -> dict[str, bytes]:
    """Return the content of every file of the lake by its path."""
    return {
        str(path.relative_to(workspace.lake)): path.read_bytes()
        for path in workspace.lake.rglob("*")
        if path.is_file()
    }


def marts_of(warehouse: Path) -> dict[str, list[str]]:
    """Return the rows of every mart, in order, as text.

    Left out is what tells one refresh from another on purpose: the row about the build, and when a
    report was first seen.
    """
    with duckdb.connect(warehouse, read_only=True) as database:
        tables = database.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' "
            "and table_name <> 'dim_build'"
        ).fetchall()
        return {
            table: sorted(
                repr(row)
                for row in database.execute(
                    f"select columns(c -> c <> 'landed_at') from marts.\"{table}\""
                ).fetchall()
            )
            for (table,) in tables
        }
