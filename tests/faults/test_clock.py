"""A clock that is set back, or jumps: the order of builds and of editions does not hang on it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import pytest

from faults.toys import marts_of
from stadsdel import (
    builds,
    landing,
    ledger,
    parsing,
    publication,
    publish,
    reading,
    status,
)
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.publication import Publication

# Forward, back beyond the first build, and to a year that only a dead battery shows.
JUMPS = (
    timedelta(),
    timedelta(days=-400),
    timedelta(days=4000),
    timedelta(days=-20_000),
)
EDITIONS = len(JUMPS)


def clock(jump: timedelta) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls(2026, 11, 22, 12, tzinfo=tz) + jump

    return Clock


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workspace, list[Publication]]:
    """Publish an edition of one report after another, the clock elsewhere at each."""
    from faults import nursery

    monkeypatch.setattr(reading, "read", lambda path: path.read_bytes())
    monkeypatch.setattr(parsing, "parse", nursery.parse)
    reports = tmp_path / "reports"
    reports.mkdir()
    workspace = Workspace.at([reports], tmp_path / "state", tmp_path / "warehouse.duckdb")
    published = []
    for edition, jump in enumerate(JUMPS):
        monkeypatch.setattr(publish, "datetime", clock(jump))
        monkeypatch.setattr(landing, "datetime", clock(jump))
        path = reports / f"{EDITIONS - edition}.txt"  # nor on the names
        path.write_text(f"bromma 2020 vb\nedition {edition}\n")
        moment = clock(jump).now(UTC).timestamp()
        os.utime(path, (moment, moment))
        published.append(nursery.steps(workspace))
    return workspace, published


def test_builds_are_numbered_on_and_kept_by_number(
    history: tuple[Workspace, list[Publication]],
) -> None:
    workspace, published = history
    assert [build.build_number for build in published] == list(range(1, EDITIONS + 1))
    assert [build.build_id for build in builds.kept(workspace)] == [
        build.build_id for build in published
    ]
    assert published[-1].built_at < published[0].built_at
    assert publication.load(workspace) == published[-1]
    assert builds.rollback(workspace).build_id == published[-2].build_id


def test_the_later_edition_is_the_one_that_arrived_later(
    history: tuple[Workspace, list[Publication]],
) -> None:
    workspace, _ = history
    names = [entry.file_name for entry in ledger.read(workspace.ledger).values()]
    assert names == [f"{EDITIONS - edition}.txt" for edition in range(EDITIONS)]
    assert sorted(row.split(", ")[-2:] for row in marts_of(workspace.warehouse)["facts"]) == sorted(
        [f"'edition {edition}'", f"{edition + 1})"] for edition in range(EDITIONS)
    )


def test_a_build_of_the_future_is_no_fault() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    held = publication.Publication(
        "00001-a", 1, "2030-01-01T00:00:00+00:00", "f", "", 0, 0, (), {}, (), ()
    )
    found = status.Status(held, None, None, (), 0, ())
    assert status.as_json(found, now)["age_seconds"] == 0
