from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg
import pytest

from dagster_project import partitions
from dagster_project.reports import land_reports, raw_key, raw_tables, reports_folder
from dagster_project.resources import Lock, Places
from stadsdel import lake
from stadsdel.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stadsdel.workspace import Workspace

pytestmark = pytest.mark.usefixtures("parsed_paths")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def run(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    selection: list[Any],
    partition_key: str | None = None,
) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        [reports_folder, land_reports, raw_tables],
        instance=instance,
        selection=selection,
        partition_key=partition_key,
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
        "lines_accounted_for": True,
        "files_taken_in": False,
    }


def test_landing_fails_when_no_report_is_left(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace, "empty.txt", "")
    assert not run(workspace, instance, [land_reports]).success


def test_rows_that_do_not_add_up_stop_the_run(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    monkeypatch.setattr(lake, "is_counted", lambda _: False)
    result = run(workspace, instance, [land_reports])
    assert checks(result)["rows_counted"] is False
    (blocking,) = [spec for spec in land_reports.check_specs if spec.name == "rows_counted"]
    assert blocking.blocking


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


def test_partitions_are_every_district_by_every_year_up_to_the_next() -> None:
    keys = partitions.stadsdel_by_year.get_partition_keys()
    assert "bromma|2007" in keys
    assert "jarva|2024" in keys
    assert partitions.parts("hasselby-vallingby|2022") == ("hasselby-vallingby", 2022)
    assert partitions.key("hasselby-vallingby", 2022) == "hasselby-vallingby|2022"
