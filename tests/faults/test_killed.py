"""A refresh killed at any moment: readers see whole builds, and the next run makes it good.

Here the steps run without Dagster and dbt, so that many moments can be tried; whole refreshes are
killed in test_whole_refresh.py.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from faults.toys import Nursery, lake_of, marts_of
from stadsdel import builds, lake, ledger, lock, publication
from stadsdel.parsing import PARSER_VERSION

if TYPE_CHECKING:
    from stadsdel.ledger import Entry
    from stadsdel.workspace import Workspace

KILLS = 36


def assert_as_clean(workspace: Workspace, clean: Workspace) -> None:
    assert lake_of(workspace) == lake_of(clean)
    assert marts_of(workspace.warehouse) == marts_of(clean.warehouse)
    assert [path.name for path in workspace.warehouse.parent.iterdir()] == ["warehouse.duckdb"]
    assert list(workspace.scratch.iterdir()) == []
    assert list(workspace.state.glob(".*.new")) == []


def step_under_way(workspace: Workspace) -> str | None:
    """Return the step that the log has begun and not ended."""
    line = json.loads(workspace.log.read_text().splitlines()[-1])
    return line["step"] if line["event"] == "step_started" else None


@pytest.mark.usefixtures("readers")
def test_killed_at_any_moment_the_next_run_gives_the_same_lake_and_marts(
    workspace: Workspace, clean: Workspace, nursery: Nursery
) -> None:
    begun = time.monotonic()
    assert nursery.refresh(workspace) == 0
    longest = time.monotonic() - begun
    chance = random.Random(20261122)
    killed_in: Counter[str | None] = Counter()
    while killed_in.total() < KILLS:
        # something to do each time, on top of what the last ones left
        landed = sorted(lake.landed(workspace.lake, PARSER_VERSION).values())
        for report in chance.sample(landed, chance.randint(0, len(landed))):
            lake.remove(report)
        workspace.publication.unlink(missing_ok=True)
        pid = nursery.start(workspace)
        took = wait(pid, chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        if nursery.wait() == -signal.SIGKILL:
            killed_in[step_under_way(workspace)] += 1
        else:  # it was faster than the longest so far
            longest = took
    assert {"landing", "publish", None} <= set(killed_in)
    assert nursery.refresh(workspace) == 0, nursery.log.read_text()
    assert_as_clean(workspace, clean)
    numbers = [(entry.file_name, entry.landing_number) for entry in entries(workspace)]
    assert numbers == [(f"{number}.txt", number) for number in range(1, len(numbers) + 1)]
    published = publication.load(workspace)
    assert published is not None
    assert published.build_id in [build.build_id for build in builds.kept(workspace)]


def wait(pid: int, seconds: float) -> float:
    """Wait for some seconds, or less if the process ends before; return how long it was."""
    begun = time.monotonic()
    while (waited := time.monotonic() - begun) < seconds:
        if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return waited
        time.sleep(min(0.01, seconds - waited))
    return seconds


def entries(workspace: Workspace) -> list[Entry]:
    return list(ledger.read(workspace.ledger).values())


@pytest.mark.usefixtures("readers")
def test_a_damaged_lake_is_found_out_by_its_checksums_and_made_anew(
    workspace: Workspace, clean: Workspace, nursery: Nursery
) -> None:
    assert nursery.refresh(workspace) == 0
    chance = random.Random(1)
    for path in sorted(path for path in workspace.lake.rglob("*") if path.is_file())[::5]:
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    sorted(workspace.lake.rglob("*.parquet"))[1].unlink()
    assert lake_of(workspace) != lake_of(clean)
    workspace.warehouse.touch()  # else there is nothing to do, and nothing is read
    assert nursery.refresh(workspace) == 0
    assert_as_clean(workspace, clean)


@pytest.mark.usefixtures("readers")
def test_refreshes_at_once_wait_for_each_other_and_the_later_ones_find_nothing_to_do(
    workspace: Workspace, clean: Workspace, nursery: Nursery, tmp_path: Path
) -> None:
    others = [Nursery(tmp_path / f"log-{number}") for number in range(2)]
    before = publication.load(workspace)
    with lock.exclusive(workspace.lock):
        for one in (nursery, *others):
            one.start(workspace)
        time.sleep(0.5)
    assert [one.wait() for one in (nursery, *others)] == [0, 0, 0]
    for other in others:
        assert f"waiting for process {os.getpid()} since" in other.log.read_text()
        other.close()
    after = publication.load(workspace)
    assert before is not None
    assert after is not None
    assert after.build_number == before.build_number + 1
    assert_as_clean(workspace, clean)


def test_a_reader_of_the_old_file_keeps_it_through_kills_and_the_next_publication(
    workspace: Workspace, nursery: Nursery
) -> None:
    before = marts_of(workspace.warehouse)
    with duckdb.connect(workspace.warehouse, read_only=True) as reader:
        for moment in (0.05, 0.1):
            pid = nursery.start(workspace)
            time.sleep(moment)
            os.kill(pid, signal.SIGKILL)
            nursery.wait()
        assert nursery.refresh(workspace) == 0
        held = reader.execute("select columns(c -> true) from marts.facts").fetchall()
    assert sorted(map(repr, held)) == before["facts"]
    assert len(marts_of(workspace.warehouse)["facts"]) > len(held)
