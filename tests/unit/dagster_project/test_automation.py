from __future__ import annotations

import importlib.util
import json
import os
from typing import TYPE_CHECKING

import dagster as dg
import pytest

from dagster_project import automation
from dagster_project.resources import Places
from stadsdel import fingerprint, intake, publication
from stadsdel.publication import Publication

if TYPE_CHECKING:
    from stadsdel.workspace import Workspace


def write(workspace: Workspace, name: str, text: str) -> None:
    (workspace.reports[0] / name).write_text(text)


def evaluate(
    workspace: Workspace, cursor: str | None
) -> tuple[list[dg.RunRequest], str | None, str | None]:
    """Return what one evaluation of the sensor asks for, its reason to skip, and its cursor."""
    context = dg.build_sensor_context(cursor=cursor)
    result = automation.reports_changed(context, places=Places.of(workspace))
    assert isinstance(result, dg.SensorResult)
    reason = result.skip_reason.skip_message if result.skip_reason else None
    return list(result.run_requests or []), reason, result.cursor


def test_the_sensor_waits_until_the_folder_stays_the_same(workspace: Workspace) -> None:
    write(workspace, "a.txt", "half")
    requests, reason, cursor = evaluate(workspace, None)
    assert requests == []
    assert reason is not None
    assert "changing" in reason
    write(workspace, "a.txt", "half and whole")
    requests, _, cursor = evaluate(workspace, cursor)
    assert requests == []
    requests, _, cursor = evaluate(workspace, cursor)
    assert len(requests) == 1
    requests, reason, _ = evaluate(workspace, cursor)
    assert requests == []
    assert reason == "no file is new, changed or gone"


@pytest.mark.parametrize("change", ["new", "changed", "gone"])
def test_the_sensor_asks_once_for_each_change(workspace: Workspace, change: str) -> None:
    write(workspace, "a.txt", "one")
    write(workspace, "b.txt", "two")
    cursor = None
    for _ in range(2):
        requests, _, cursor = evaluate(workspace, cursor)
    assert len(requests) == 1
    if change == "new":
        write(workspace, "c.txt", "three")
    elif change == "changed":
        write(workspace, "b.txt", "another")
    else:
        (workspace.reports[0] / "b.txt").unlink()
    asked = []
    for _ in range(4):
        requests, _, cursor = evaluate(workspace, cursor)
        asked += requests
    assert len(asked) == 1


def test_the_sensor_asks_again_when_a_change_is_taken_back(workspace: Workspace) -> None:
    write(workspace, "a.txt", "one")
    cursor = None
    asked = []
    for present in (False, True, False):
        path = workspace.reports[0] / "b.txt"
        if present:
            write(workspace, path.name, "two")
        else:
            path.unlink(missing_ok=True)
        for _ in range(3):
            requests, _, cursor = evaluate(workspace, cursor)
            asked += requests
    assert [request.run_key for request in asked] == [None] * 3


def test_the_sensor_looks_at_files_of_any_name(workspace: Workspace) -> None:
    write(workspace, os.fsdecode(b"b\xe4ttre.txt"), "one")
    _, _, cursor = evaluate(workspace, None)
    requests, _, _ = evaluate(workspace, cursor)
    assert len(requests) == 1


def test_the_sensor_passes_a_missing_folder(workspace: Workspace) -> None:
    workspace.reports[0].rmdir()
    requests, reason, _ = evaluate(workspace, None)
    assert requests == []
    assert reason is not None
    assert "no such folder" in reason


def test_the_cursor_is_plain_json(workspace: Workspace) -> None:
    write(workspace, "a.txt", "one")
    _, _, cursor = evaluate(workspace, None)
    assert cursor is not None
    assert set(json.loads(cursor)) == {"seen", "asked"}


def hold(workspace: Workspace) -> None:
    """Let readers hold what a refresh of the reports as they are would publish."""
    workspace.warehouse.write_text("published")
    status = workspace.warehouse.stat()
    held = Publication(
        build_id="00001-abc",
        build_number=1,
        built_at="2026-11-22",
        fingerprint=fingerprint.of_refresh(intake.survey(workspace.reports)),
        warehouse=str(workspace.warehouse),
        warehouse_size=status.st_size,
        warehouse_modified_ns=status.st_mtime_ns,
        reports=(),
        rows={},
        set_aside=(),
        warnings=(),
    )
    publication.save(workspace, held)


def test_the_sensor_passes_what_readers_hold_already(workspace: Workspace) -> None:
    write(workspace, "a.txt", "one")
    hold(workspace)
    cursor = None
    reasons = []
    for _ in range(3):
        requests, reason, cursor = evaluate(workspace, cursor)
        assert requests == []
        reasons.append(reason)
    assert "00001-abc" in str(reasons[1])
    assert reasons[2] == "no file is new, changed or gone"


@pytest.mark.parametrize("schedule", [automation.daily, automation.report_season])
def test_a_schedule_asks_for_a_refresh_unless_readers_hold_it(
    workspace: Workspace, schedule: dg.ScheduleDefinition
) -> None:
    write(workspace, "a.txt", "one")
    places = Places.of(workspace)
    assert isinstance(schedule(dg.build_schedule_context(), places=places), dg.RunRequest)
    hold(workspace)
    skipped = schedule(dg.build_schedule_context(), places=places)
    assert isinstance(skipped, dg.SkipReason)
    assert "00001-abc" in str(skipped.skip_message)
    write(workspace, "b.txt", "two")
    assert isinstance(schedule(dg.build_schedule_context(), places=places), dg.RunRequest)


def test_schedules_run_by_the_city_s_clock() -> None:
    for schedule in (automation.daily, automation.report_season):
        assert schedule.execution_timezone == "Europe/Stockholm"
    assert automation.daily.cron_schedule == "30 5 * * *"


@pytest.mark.parametrize(("unattended", "status"), [("yes", "RUNNING"), ("", "STOPPED")])
def test_only_a_server_that_says_so_starts_by_itself(
    monkeypatch: pytest.MonkeyPatch, unattended: str, status: str
) -> None:
    monkeypatch.setenv(automation.UNATTENDED, unattended)
    spec = importlib.util.spec_from_file_location("automation_again", automation.__file__)
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    triggers = (again.daily, again.report_season, again.reports_changed, again.after_backfills)
    assert {trigger.default_status.value for trigger in triggers} == {status}
