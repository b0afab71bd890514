from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import builds, journal, ledger, lock, publication, status
from stadsdel.calendar import Due
from stadsdel.errors import ReportError, StadsdelError
from stadsdel.ledger import SetAside
from stadsdel.publication import Publication
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A published warehouse with reports of three councils and two open items."""
    workspace = Workspace.at([tmp_path], tmp_path / "state", tmp_path / "warehouse.duckdb")
    with duckdb.connect(workspace.warehouse) as database:
        database.execute(
            "create schema marts;"
            "create table marts.dim_build as select '00001-a' as build_id;"
            "create table marts.dim_report as from (values"
            " ('bromma', 2024, 'vp', date '2024-01-01', null),"
            " ('bromma', 2024, 't2', date '2024-08-31', null),"
            " ('bromma', 2023, 'vb', date '2023-12-31', null),"
            " ('bromma', 2025, 'vb', date '2025-12-31', 'a unit of it'),"
            " ('farsta', 2023, 'vb', date '2023-12-31', null),"
            " ('norrmalm', 2023, 't1', date '2023-04-30', null)"
            ") as reports(stadsdel_id, year, report_type, as_of, reporting_unit);"
            "create table marts.rpt_review_queue as from (values"
            " ('near', 'x', 'X', null, 1), ('near', 'x', 'X', null, 2), ('new', 'y', 'Y', null, 1)"
            ") as items(kind, indicator_id, printed, report_id, candidate_rank)"
        )
    workspace.state.mkdir()
    publication.save(workspace, record(1))
    return workspace


def record(number: int) -> Publication:
    build_id = f"0000{number}-a"
    return Publication(
        build_id, number, f"2026-11-2{number}T10:00:00+00:00", "f", "", 0, 0, (), {}, (), ()
    )


def test_each_council_s_next_report_follows_from_its_latest(workspace: Workspace) -> None:
    bromma, farsta, norrmalm = status.look(workspace).councils
    assert (bromma.name, bromma.latest, bromma.following) == (
        "Bromma",
        Due(2024, "t2"),
        Due(2024, "vb"),
    )
    assert (farsta.latest, farsta.following) == (Due(2023, "vb"), Due(2024, "vp"))
    assert (norrmalm.latest, norrmalm.following) == (Due(2023, "t1"), None)


def test_a_report_is_overdue_the_day_after_it_was_expected(workspace: Workspace) -> None:
    bromma, _, norrmalm = status.look(workspace).councils
    assert not bromma.is_overdue(date(2025, 3, 31))
    assert bromma.is_overdue(date(2025, 4, 1))
    assert not norrmalm.is_overdue(date(2099, 1, 1))


def test_items_to_review_are_counted_without_their_candidates(workspace: Workspace) -> None:
    assert status.look(workspace).to_review == 2


def test_files_set_aside_are_those_of_the_last_landing_published_or_not(
    workspace: Workspace,
) -> None:
    error = ReportError(workspace.reports[0] / "a.txt", "empty_file", "it is empty", "Fetch it.")
    ledger.write_set_aside(workspace.set_aside, [SetAside.because(error, None)])
    (file,) = status.look(workspace).set_aside
    assert (file.code, file.reason) == ("empty_file", "it is empty")


def test_the_build_told_is_the_one_in_the_file_whatever_the_record_says(
    workspace: Workspace,
) -> None:
    first = builds.folder(workspace, "00001-a")
    first.mkdir(parents=True)
    builds.save_record(first, record(1))
    builds.file(workspace, "00001-a").touch()
    publication.save(workspace, record(2))  # recorded, and killed before it was in place
    assert status.look(workspace).held == record(1)


def test_a_run_is_told_as_it_came_out_or_as_running(workspace: Workspace) -> None:
    assert status.look(workspace).last_run is None
    journal.begin(workspace, "00002-b")
    journal.tell(workspace, "refresh_started")
    with lock.exclusive(workspace.lock):
        found = status.look(workspace)
    assert str(found.running).startswith("process ")
    assert found.last_run is None
    found = status.look(workspace)
    assert found.running is None
    assert found.last_run is not None
    assert (found.last_run.state, found.last_run.build) == ("interrupted", "00002-b")


def test_a_monitor_gets_it_all_as_json(workspace: Workspace) -> None:
    found = status.as_json(status.look(workspace), datetime(2026, 11, 22, 10, tzinfo=UTC))
    assert json.loads(json.dumps(found)) == found
    assert (found["build"], found["age_seconds"], found["to_review"]) == ("00001-a", 86400, 2)
    assert found["expected"][0] == {
        "council": "Bromma",
        "year": 2024,
        "report_type": "vb",
        "due": "2025-03-31",
        "overdue": True,
    }


def test_without_a_publication_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StadsdelError, match="nothing is published"):
        status.look(Workspace.at([tmp_path], tmp_path / "state", tmp_path / "none.duckdb"))


def test_the_calendar_runs_through_the_year_and_into_the_next() -> None:
    report = Due(2024, "vp")
    year = []
    for _ in range(5):
        year.append(report)
        report = report.following()
    assert [(due.year, due.report_type) for due in year] == [
        (2024, "vp"),
        (2024, "t1"),
        (2024, "t2"),
        (2024, "vb"),
        (2025, "vp"),
    ]
    assert all(due.as_of < due.due for due in year)
