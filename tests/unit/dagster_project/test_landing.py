from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import dagster as dg
import pytest

from dagster_project import partitions
from dagster_project.reports import land_reports, raw_key, raw_tables, reports_folder
from dagster_project.resources import Lock, Places
from stadsdel import lake
from stadsdel.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace

pytestmark = pytest.mark.usefixtures("parsed_paths")


def run(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    selection: list[Any],
    partition_key: str | None = None,
    more: tuple[dg.AssetsDefinition, ...] = (),
    **options: Any,
) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        [reports_folder, land_reports, raw_tables, *more],
        instance=instance,
        selection=selection,
        partition_key=partition_key,
        **options,
        resources={
            "places": Places.of(workspace, in_processes=False),
            "lock": Lock(path=str(workspace.lock)),
            "progress": silent,
        },
        raise_on_error=False,
    )


def write(workspace: Workspace, name: str, text: str) -> Path:
    path = workspace.reports[0] / name
    path.write_text(text)
    return path


def checks(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    return {
        evaluation.check_name: evaluation.passed
        for evaluation in result.get_asset_check_evaluations()
    }


def test_landing_reports_the_partitions_that_it_touched(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx\ny")
    write(workspace, "b.txt", "farsta 2021 t1\nx")
    assert run(workspace, instance, [land_reports]).success
    touched = {"bromma|2022", "farsta|2021"}
    for kind in lake.KINDS:
        assert instance.get_materialized_partitions(raw_key(kind)) == touched
    write(workspace, "c.txt", "bromma 2020 vb\nx")
    result = run(workspace, instance, [land_reports])
    events = result.get_asset_materialization_events()
    again = {event.partition for event in events if event.asset_key == raw_key("indicators")}
    assert again == {"bromma|2020"}


def test_a_partition_shows_its_rows_and_its_beginning(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nAndel | <b>x</b>\ny")
    run(workspace, instance, [land_reports])
    event = instance.get_latest_materialization_event(raw_key("indicators"))
    assert event is not None
    assert event.asset_materialization is not None
    metadata = event.asset_materialization.metadata
    assert metadata["dagster/row_count"].value == 2
    assert r"Andel \| &lt;b>x&lt;/b>" in str(metadata["preview"].value)


def test_a_file_set_aside_is_a_warning_and_does_not_stop_the_others(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    write(workspace, "empty.txt", "")
    result = run(workspace, instance, [land_reports])
    assert result.success
    assert checks(result) == {
        "rows_counted": True,
        "cells_match_columns": True,
        "lines_accounted_for": True,
        "files_taken_in": False,
    }


def test_landing_fails_when_no_report_is_left(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "empty.txt", "")
    assert not run(workspace, instance, [land_reports]).success


@pytest.mark.parametrize(
    ("invariant", "check"),
    [("is_counted", "rows_counted"), ("is_rectangular", "cells_match_columns")],
)
def test_a_broken_invariant_stops_the_run(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
    invariant: str,
    check: str,
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    monkeypatch.setattr(lake, invariant, lambda _: False)
    made = []

    @dg.asset(deps=[raw_key("ledger")])
    def stands_on_the_ledger() -> None:
        made.append("table")

    selection = [land_reports, stands_on_the_ledger]
    result = run(workspace, instance, selection, more=(stands_on_the_ledger,))
    assert checks(result)[check] is False
    assert not result.success
    assert made == []


def test_a_broken_invariant_stops_a_backfill(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    run(workspace, instance, [land_reports])
    assert run(workspace, instance, [raw_tables], partition_key="bromma|2022").success
    monkeypatch.setattr(lake, "is_counted", lambda _: False)
    made = []

    @dg.asset(
        deps=[raw_key("reports")],
        partitions_def=partitions.stadsdel_by_year,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def stands_on_the_reports() -> None:
        made.append("table")

    selection = [raw_tables, stands_on_the_reports]
    more = (stands_on_the_reports,)
    result = run(workspace, instance, selection, partition_key="bromma|2022", more=more)
    assert checks(result) == {"rows_counted": False, "cells_match_columns": True}
    assert not result.success
    assert made == []


def test_a_backfill_of_a_partition_mends_its_files_and_no_other(
    workspace: Workspace, instance: dg.DagsterInstance, parsed_paths: list[Path]
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    write(workspace, "b.txt", "farsta 2021 t1\nx")
    run(workspace, instance, [land_reports])
    parsed_paths.clear()
    reports = lake.landed(workspace.lake, 1).values()
    for report in reports:
        (report.folder / "goals.parquet").write_bytes(b"damaged")
    result = run(workspace, instance, [raw_tables], partition_key="bromma|2022")
    assert result.success
    assert [path.name for path in parsed_paths] == ["a.txt"]
    whole = {report.stadsdel_id: lake.is_whole(report) for report in reports}
    assert whole == {"bromma": True, "farsta": False}


def test_a_backfill_brings_back_a_report_whose_folder_is_gone(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    run(workspace, instance, [land_reports])
    (report,) = lake.landed(workspace.lake, 1).values()
    lake.remove(report)
    run(workspace, instance, [raw_tables], partition_key="bromma|2022")
    assert lake.is_whole(report)


def test_a_backfill_fails_when_the_report_s_file_is_gone_too(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    path = write(workspace, "a.txt", "bromma 2022 vb\nx")
    run(workspace, instance, [land_reports])
    (report,) = lake.landed(workspace.lake, 1).values()
    lake.remove(report)
    path.unlink()
    assert not run(workspace, instance, [raw_tables], partition_key="bromma|2022").success


def test_a_backfill_fails_when_the_report_s_file_says_something_else_now(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    path = write(workspace, "a.txt", "bromma 2022 vb\nx")
    run(workspace, instance, [land_reports])
    (report,) = lake.landed(workspace.lake, 1).values()
    lake.remove(report)
    path.write_text("bromma 2022 vb\nanother")
    result = run(workspace, instance, [raw_tables], partition_key="bromma|2022")
    assert not result.success
    (failure,) = result.get_step_failure_events()
    assert "changed" in str(failure.step_failure_data.user_failure_data.description)


def test_a_backfill_before_the_first_landing_says_what_to_do(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    result = run(workspace, instance, [raw_tables], partition_key="bromma|2022")
    (failure,) = result.get_step_failure_events()
    assert "raw/ledger" in str(failure.step_failure_data.user_failure_data.description)


def test_a_backfill_of_a_range_materialises_each_partition_with_its_rows(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "a.txt", "bromma 2021 vb\nx\ny")
    write(workspace, "b.txt", "bromma 2022 vb\nx")
    run(workspace, instance, [land_reports])
    for report in lake.landed(workspace.lake, 1).values():
        lake.remove(report)
    of_backfill = {
        "dagster/asset_partition_range_start": "bromma|2020",
        "dagster/asset_partition_range_end": "bromma|2022",
    }
    result = run(workspace, instance, [raw_tables], tags=of_backfill)
    assert result.success
    rows = {
        event.partition: event.materialization.metadata["dagster/row_count"].value
        for event in result.get_asset_materialization_events()
        if event.asset_key == raw_key("indicators")
    }
    assert rows == {"bromma|2020": 0, "bromma|2021": 2, "bromma|2022": 1}
    assert all(lake.is_whole(report) for report in lake.landed(workspace.lake, 1).values())


def failing_first(errors: list[Exception]) -> Any:
    """Return a step of the lake's that raises each error in turn, then works."""
    land = lake.land

    def flaky(*arguments: Any) -> Any:
        if errors:
            raise errors.pop(0)
        return land(*arguments)

    return flaky


@pytest.mark.usefixtures("no_delay")
def test_what_passes_by_itself_is_tried_again(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    stale = OSError(errno.ESTALE, "stale file handle")
    monkeypatch.setattr(lake, "land", failing_first([stale, stale]))
    result = run(workspace, instance, [land_reports])
    assert result.success
    assert len(retries_of(result)) == 2


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "no space left"), PermissionError(errno.EACCES, "permission denied")],
    ids=["full disk", "no permission"],
)
def test_what_waits_for_a_person_is_not_tried_again(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    monkeypatch.setattr(lake, "land", failing_first([error]))
    result = run(workspace, instance, [land_reports])
    assert not result.success
    assert retries_of(result) == []


def test_what_would_fail_again_is_not_tried_again(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "empty.txt", "")
    result = run(workspace, instance, [land_reports])
    assert not result.success
    assert retries_of(result) == []


def retries_of(result: dg.ExecuteInProcessResult) -> list[dg.DagsterEvent]:
    return [event for event in result.all_events if event.event_type_value == "STEP_UP_FOR_RETRY"]


def test_partitions_are_every_district_by_every_year_up_to_the_next() -> None:
    keys = partitions.stadsdel_by_year.get_partition_keys()
    assert "bromma|2007" in keys
    assert "jarva|2024" in keys
    assert partitions.parts("hasselby-vallingby|2022") == ("hasselby-vallingby", 2022)
    assert partitions.key("hasselby-vallingby", 2022) == "hasselby-vallingby|2022"
