from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stadsdel import journal
from stadsdel.journal import Step
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace.at([tmp_path], tmp_path / "state", tmp_path / "warehouse.duckdb")
    journal.begin(workspace, "00003-abcdefgh")
    return workspace


def lines(workspace: Workspace) -> list[dict[str, Any]]:
    return [json.loads(line) for line in workspace.log.read_text(encoding="utf-8").splitlines()]


def test_every_event_is_a_line_with_its_time_and_build(workspace: Workspace) -> None:
    journal.tell(workspace, "file_set_aside", "WARNING", file="å\n\udce5.txt", code="empty_file")
    journal.tell(workspace, "published")
    first, second = lines(workspace)
    assert first.pop("time") < second.pop("time")
    assert first == {
        "level": "WARNING",
        "build": "00003-abcdefgh",
        "event": "file_set_aside",
        "file": "å\n\udce5.txt",
        "code": "empty_file",
    }
    assert second["event"] == "published"


def test_a_step_is_logged_and_kept_with_its_time_and_rows(workspace: Workspace) -> None:
    with journal.step(workspace, "landing") as step:
        step.rows = 5
    begun, ended = lines(workspace)
    assert (begun["event"], begun["step"]) == ("step_started", "landing")
    assert (ended["event"], ended["step"], ended["rows"]) == ("step_ended", "landing", 5)
    assert journal.steps(workspace) == (Step("landing", ended["seconds"], 5),)


def test_a_step_that_fails_says_why_and_is_not_kept(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="no such"), journal.step(workspace, "landing"):
        raise ValueError("no such report")
    failed = lines(workspace)[-1]
    assert (failed["event"], failed["level"]) == ("step_failed", "ERROR")
    assert failed["message"] == "no such report"
    assert journal.steps(workspace) == ()


def test_a_run_begins_with_no_steps(workspace: Workspace) -> None:
    journal.add_steps(workspace, [Step("landing", 1.0, 1)])
    journal.begin(workspace, "00004-x")
    assert journal.steps(workspace) == ()
    assert journal.build_of_run(workspace) == "00004-x"


def test_how_the_last_run_came_out_is_found_around_a_line_cut_short(workspace: Workspace) -> None:
    def state() -> str | None:
        run = journal.last_run(workspace)
        return run and run.state

    assert state() is None
    journal.tell(workspace, "refresh_started")
    assert state() == "interrupted"
    with workspace.log.open("a") as log:
        log.write('{"time": "2026-11-2')
    journal.tell(workspace, "refresh_failed", "ERROR", message="no space")
    journal.tell(workspace, "step_started", step="landing")
    run = journal.last_run(workspace)
    assert run is not None
    assert (run.state, run.build, run.message) == ("failed", "00003-abcdefgh", "no space")
    journal.tell(workspace, "refresh_started")
    journal.tell(workspace, "refresh_succeeded")
    assert state() == "succeeded"


def test_a_large_log_makes_way_for_a_new_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_LARGEST", 100)
    for _ in range(5):
        journal.tell(workspace, "published", message="x" * 60)
    assert len(lines(workspace)) == 1
    assert workspace.log.with_name("log.jsonl.1").exists()


def test_a_log_that_cannot_be_written_stops_nothing(workspace: Workspace) -> None:
    workspace.log.mkdir()
    with journal.step(workspace, "landing"):
        pass
    assert [step.step for step in journal.steps(workspace)] == ["landing"]
