"""Whole refreshes killed at random moments while readers loop: what readers saw, what came of it.

    PYTHONPATH=tests uv run python benchmarks/kill_refresh.py [--kills 30] [--minutes 60]

A test in CI kills some whole refreshes, and very many without dbt and Dagster; this takes minutes.
Exits with 1 if a read failed or came up short, or the result is not that of a clean refresh.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from faults import whole
from faults.toys import Readers, lake_of, marts_of
from stadsdel import journal, lake
from stadsdel.parsing import PARSER_VERSION
from stadsdel.workspace import Workspace


def refreshed(workspace: Workspace) -> float:
    """Refresh to the end and return the seconds it took."""
    begun = time.monotonic()
    process = whole.start(workspace)
    out, err = process.communicate()
    if process.returncode:
        sys.exit(out + err)
    return time.monotonic() - begun


def killed_in(workspace: Workspace) -> str:
    """Return the last step that the log has begun, with a mark if it has ended."""
    begun, ended = "start", False
    for line in journal.lines(workspace.log):
        event = line.get("event")
        if event == "refresh_started":
            begun, ended = "start", False
        elif event == "step_started":
            begun, ended = line["step"], False
        elif event == "step_ended":
            ended = True
    return f"after {begun}" if ended else begun


def main() -> None:
    """Kill, refresh, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=60, help="begin no kill after these")
    parser.add_argument("--reports", type=Path, default=Path("reports"))
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clean = Workspace.at([options.reports], folder / "clean", folder / "clean.duckdb")
        seconds = refreshed(clean)
        print(f"clean refresh: {seconds:.1f} s")
        public = folder / "public" / "warehouse.duckdb"
        workspace = Workspace.at([options.reports], folder / "state", public)
        shutil.copytree(clean.state, workspace.state)
        public.parent.mkdir()
        shutil.copyfile(clean.warehouse, public)
        readers = Readers(workspace, pause=0.2)
        moments: Counter[str] = Counter()
        until = time.monotonic() + 60 * options.minutes
        while moments.total() < options.kills and time.monotonic() < until:
            landed = sorted(lake.landed(workspace.lake, PARSER_VERSION).values())
            for report in chance.sample(landed, chance.randint(0, len(landed))):
                lake.remove(report)
            workspace.publication.unlink(missing_ok=True)
            process = whole.start(workspace)
            begun, wait = time.monotonic(), chance.uniform(0, seconds)
            while time.monotonic() - begun < wait and process.poll() is None:
                time.sleep(0.01)
            if whole.kill(process):
                moments[killed_in(workspace)] += 1
                print(moments.total(), end=" ", flush=True)
        print()
        refreshed(workspace)
        reads, faults = readers.stop()
        same_lake = lake_of(workspace) == lake_of(clean)
        same_marts = marts_of(workspace.warehouse) == marts_of(clean.warehouse)
    print(f"{moments.total()} refreshes killed, in: {dict(moments)}")
    print(f"{reads} reads of all marts, {len(faults)} failed or short", *faults[:10], sep="\n")
    print(f"lake byte for byte as a clean one: {same_lake}; marts row for row: {same_marts}")
    sys.exit(0 if not faults and same_lake and same_marts else 1)


if __name__ == "__main__":
    main()
