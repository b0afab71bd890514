"""Whole refreshes that are killed or fail, one after another, while readers loop.

One bad night is told once, as refreshes take long; the tests ask what it left. It begins with a
published build of toy reports, and ends with two refreshes of the sample reports at once, whose
result is compared with that of the undisturbed refresh `sample`.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from faults import whole
from faults.toys import Readers, lake_of, marts_of
from stadsdel import files, journal, lake, publication, status
from stadsdel.parsing import PARSER_VERSION
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadsdel.journal import Run


# The raw table that most of dbt's models stand on: without it, the rest is soon skipped.
SPOILT = "indicators"


@dataclass(frozen=True)
class Night:
    """What was killed, what a failed refresh said, what readers saw, and how it ended."""

    workspace: Workspace
    killed: dict[str, bool]
    after_a_kill: Run | None
    interrupted: tuple[int, str]
    failed: tuple[int, str]
    after_the_failure: Run | None
    held_meanwhile: set[str]
    ended: list[tuple[int, str]]
    reads: int
    faults: list[str]
    old_reader: list[tuple[object, ...]]
    old_rows: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, begun: Path, sample: Workspace) -> Night:
    folder = tmp_path_factory.mktemp("night")
    # what was published stays for good, so the state begins empty
    shutil.copytree(begun / "public", folder / "public")
    # dbt's parse of its project, which takes as long as the rest and is another's to test
    parsed = Path("dbt", "project")
    shutil.copytree(sample.state / parsed, folder / "state" / parsed)
    workspace = Workspace.at(
        sample.reports, folder / "state", folder / "public" / "warehouse.duckdb"
    )
    chance = random.Random(20261122)
    killed: dict[str, bool] = {}
    held: set[str] = set()
    old = duckdb.connect(workspace.warehouse, read_only=True)
    old_rows = old.execute("from marts.facts order by all").fetchall()
    readers = Readers(workspace, number=1, pause=0.5)

    def kill(moment: str, reached: Callable[[], bool], within: float = 0.5) -> None:
        process = whole.start(workspace)
        whole.when(process, reached)
        time.sleep(chance.uniform(0, within))
        killed[moment] = whole.kill(process)
        held.add(files.sha256_of(workspace.warehouse))

    def in_step(name: str) -> Callable[[], bool]:
        before = steps_begun(workspace, name)
        return lambda: steps_begun(workspace, name) > before

    build = workspace.build / "warehouse.duckdb"

    def in_dbt() -> bool:
        return build.exists() and build.stat().st_size > 0

    kill("dbt", in_dbt)
    after_a_kill = journal.last_run(workspace)
    build.unlink()
    process = whole.start(workspace)
    whole.when(process, in_dbt)
    interrupted = whole.interrupt(process)
    held.add(files.sha256_of(workspace.warehouse))
    spoil(workspace)
    process = whole.start(workspace)
    _, told = process.communicate()
    failed = (process.returncode, told)
    after_the_failure = journal.last_run(workspace)
    held.add(files.sha256_of(workspace.warehouse))
    mend(workspace)
    kill("audit", in_step("audit"))
    kill("publish", in_step("publish"), within=0.1)
    first = whole.start(workspace)
    whole.when(first, in_step("landing"))
    second = whole.start(workspace)
    ended = []
    for process in (first, second):
        out, told = process.communicate()
        ended.append((process.returncode, out + told))
    reads, faults = readers.stop()
    old_reader = old.execute("from marts.facts order by all").fetchall()
    old.close()
    return Night(
        workspace=workspace,
        killed=killed,
        after_a_kill=after_a_kill,
        interrupted=interrupted,
        failed=failed,
        after_the_failure=after_the_failure,
        held_meanwhile=held,
        ended=ended,
        reads=reads,
        faults=faults,
        old_reader=old_reader,
        old_rows=old_rows,
    )


def steps_begun(workspace: Workspace, name: str) -> int:
    return sum(
        line.get("event") == "step_started" and line.get("step") == name
        for line in journal.lines(workspace.log)
    )


def spoil(workspace: Workspace) -> None:
    """Put a table that dbt cannot read into the lake, with a checksum that says it is right."""
    report = min(lake.landed(workspace.lake, PARSER_VERSION).values())
    table = report.folder / f"{SPOILT}.parquet"
    table.write_bytes(b"no Parquet")
    checksums = json.loads((report.folder / lake.CHECKSUMS).read_text())
    checksums[SPOILT] = files.sha256_of(table)
    (report.folder / lake.CHECKSUMS).write_text(json.dumps(checksums))


def mend(workspace: Workspace) -> None:
    """Damage what was spoilt, so that its checksum tells."""
    report = min(lake.landed(workspace.lake, PARSER_VERSION).values())
    (report.folder / f"{SPOILT}.parquet").write_bytes(b"")


def test_each_kill_hit_the_step_that_it_was_meant_for(night: Night) -> None:
    assert night.killed == dict.fromkeys(("dbt", "audit", "publish"), True)


def test_no_read_failed_or_came_up_short(night: Night) -> None:
    assert night.faults == []
    assert night.reads > 0


def test_an_interrupt_ends_a_refresh_without_ado_and_is_not_tried_again(night: Night) -> None:
    code, told = night.interrupted
    assert code == 1
    assert told.rstrip().endswith("the next refresh goes on.")
    assert "Traceback" not in told
    assert "leaked" not in told


def test_a_failure_of_dbt_publishes_nothing_and_names_what_failed(night: Night) -> None:
    code, told = night.failed
    assert code == 1
    assert "dbt build failed, so nothing is published" in told
    assert "stg_reports__indicator_cells" in told
    assert "Traceback" not in told


def test_the_log_tells_a_kill_from_a_failure(night: Night) -> None:
    assert night.after_a_kill is not None
    assert night.after_a_kill.state == "interrupted"
    assert night.after_the_failure is not None
    assert night.after_the_failure.state == "failed"
    assert "stg_reports__indicator_cells" in str(night.after_the_failure.message)


def test_a_reader_holds_the_old_file_all_night(night: Night) -> None:
    assert night.old_reader == night.old_rows
    assert len(night.old_rows) > 0


def test_until_a_refresh_comes_to_publish_readers_hold_the_build_before(night: Night) -> None:
    # the kill in the publication may have come before or after its rename
    assert 1 <= len(night.held_meanwhile) <= 2


def test_of_two_refreshes_at_once_the_second_waits_and_finds_nothing_to_do(night: Night) -> None:
    (first, _), (second, told) = night.ended
    assert (first, second) == (0, 0)
    assert "Waiting for the refresh of process" in told
    assert "Published build" not in told


def test_the_lake_is_byte_for_byte_that_of_an_undisturbed_refresh(
    night: Night, sample: Workspace
) -> None:
    found = lake_of(night.workspace)
    assert found.keys() == lake_of(sample).keys()
    assert found == lake_of(sample)


def test_the_marts_are_row_for_row_those_of_an_undisturbed_refresh(
    night: Night, sample: Workspace
) -> None:
    found, clean = marts_of(night.workspace.warehouse), marts_of(sample.warehouse)
    assert {table: len(rows) for table, rows in found.items()} == {
        table: len(rows) for table, rows in clean.items()
    }
    assert [table for table in clean if found[table] != clean[table]] == []


def test_the_status_tells_the_build_that_readers_hold(night: Night) -> None:
    found = status.look(night.workspace)
    assert found.held == publication.load(night.workspace)
    assert found.last_run is not None
    assert (found.last_run.state, found.last_run.build) == ("succeeded", found.held.build_id)
    steps = {step.step for step in found.held.steps}
    assert {"landing", "tables", "audit", "tables: fct_observations"} <= steps
