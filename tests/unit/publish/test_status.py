from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import publication, status
from stadsdel.calendar import Due
from stadsdel.errors import StadsdelError
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
    held = Publication("00001-a", 1, "2026-11-22", "f", "", 0, 0, (), {}, (), ())
    publication.save(workspace, held)
    return workspace


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
