"""The audit and the publication as Dagster runs them, on a toy build with a toy manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import dagster as dg
import duckdb
import pytest

from dagster_project import metadata
from dagster_project.resources import Lock, Places
from dagster_project.warehouse import audit_build, warehouse
from stadsdel import audit, building, builds, publication
from stadsdel.audit import Audit, Finding, SuiteResult
from stadsdel.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.progress import Progress
    from stadsdel.workspace import Workspace

TABLES = sorted({suite["meta"]["table"] for suite in audit.suites().values()})
MARTS = [table for table in TABLES if table.startswith("marts.")]


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    nodes = {
        table: {"resource_type": "model", "schema": "marts", "name": table.partition(".")[2]}
        for table in MARTS
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"nodes": nodes}))
    return path


def table(name: str) -> dg.AssetsDefinition:
    """Return an asset that stands for what dbt or the landing makes."""

    @dg.asset(key=name.split("."))
    def make() -> None:
        pass

    return make


def build(workspace: Workspace) -> None:
    building.save_inputs(workspace, building.Inputs("f" * 64, ("a" * 64,), ("x.txt: empty.",)))
    with duckdb.connect(building.start(workspace)) as database:
        database.execute("create schema marts; create table marts.facts as select 1 as id")


def auditor(findings: dict[str, str]) -> object:
    """Return an auditor that finds one thing in each suite named, of the severity given."""

    def run(_workspace: Workspace, build: Path, _tell: Progress) -> Audit:
        suites = []
        for name, suite in audit.suites().items():
            found = ()
            if name in findings:
                found = (Finding(name, findings[name], "a rule", 1, 2, ({"id": 450},)),)  # type: ignore[arg-type]
            suites.append(SuiteResult(name, suite["meta"]["table"], 2, 1, found))
        return Audit(building.state_of(build), tuple(suites))

    return run


def run(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    manifest: Path,
    findings: dict[str, str],
    selection: dg.AssetSelection | None = None,
) -> dg.ExecuteInProcessResult:
    defs = dg.Definitions(
        assets=[*map(table, TABLES), warehouse(manifest)],
        asset_checks=[audit_build],
        jobs=[dg.define_asset_job("job", selection=selection or dg.AssetSelection.all())],
        resources={
            "places": Places.of(workspace, in_processes=False),
            "lock": Lock(path=str(workspace.lock)),
            "auditor": auditor(findings),
            "progress": silent,
        },
    )
    job = defs.resolve_job_def("job")
    return job.execute_in_process(instance=instance, raise_on_error=False)


def test_an_audit_that_finds_nothing_lets_the_build_through(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    result = run(workspace, instance, manifest, {})
    assert result.success
    assert all(check.passed for check in result.get_asset_check_evaluations())
    held = publication.load(workspace)
    assert held is not None
    assert workspace.warehouse.exists()


def test_a_critical_finding_stops_the_publication(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    result = run(workspace, instance, manifest, {"marts.fct_observations": "critical"})
    assert not result.success
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert [(check.asset_key.path[-1], check.severity) for check in failed] == [
        ("fct_observations", dg.AssetCheckSeverity.ERROR)
    ]
    assert "450" in str(failed[0].description)
    assert not workspace.warehouse.exists()


def test_a_critical_finding_in_a_raw_table_stops_it_too(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    result = run(workspace, instance, manifest, {"raw.indicators": "critical"})
    assert not result.success
    assert not workspace.warehouse.exists()


def test_a_warning_is_shown_and_published(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    result = run(workspace, instance, manifest, {"marts.fct_observations": "warning"})
    assert result.success
    (failed,) = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert failed.severity == dg.AssetCheckSeverity.WARN
    (event,) = result.asset_materializations_for_node("warehouse")
    assert "a rule" in str(event.metadata["warnings"].value)


def test_the_publication_links_what_changed_and_the_data_docs(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    result = run(workspace, instance, manifest, {})
    (event,) = result.asset_materializations_for_node("warehouse")
    held = publication.load(workspace)
    assert held is not None
    report = builds.folder(workspace, held.build_id) / builds.DIFFERENCE
    assert event.metadata["difference_report"].value == report.as_uri()
    assert event.metadata["difference"].value == report.read_text(encoding="utf-8")
    assert str(event.metadata["data_docs"].value).endswith("data_docs/index.html")
    assert "| facts | 1 |" in str(event.metadata["rows"].value)
    assert "x.txt" in str(event.metadata["set_aside"].value)


def test_links_lead_to_where_the_pages_are_served(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    manifest: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(metadata.PAGES_URL, "https://warehouse.example/pages/")
    build(workspace)
    result = run(workspace, instance, manifest, {})
    (event,) = result.asset_materializations_for_node("warehouse")
    (check, *_) = result.get_asset_check_evaluations()
    data_docs = "https://warehouse.example/pages/data_docs/index.html"
    assert event.metadata["data_docs"].value == check.metadata["data_docs"].value == data_docs
    difference = "https://warehouse.example/pages/builds/00001-ffffffff/difference.md"
    assert event.metadata["difference_report"].value == difference


def test_checks_of_some_tables_alone_run_the_whole_audit(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    build(workspace)
    key = dg.AssetCheckKey(dg.AssetKey(["marts", "dim_report"]), "audit")
    selection = dg.AssetSelection.checks(key)
    result = run(workspace, instance, manifest, {}, selection)
    assert [check.asset_check_key for check in result.get_asset_check_evaluations()] == [key]
    outcome = audit.load(building.current(workspace))
    assert outcome is not None
    assert len(outcome.suites) == len(audit.suites())


def test_nothing_is_audited_or_published_before_there_is_a_build(
    workspace: Workspace, instance: dg.DagsterInstance, manifest: Path
) -> None:
    result = run(workspace, instance, manifest, {})
    (failure,) = result.get_step_failure_events()
    assert failure.step_key == "audit"
    assert "nothing is built" in str(failure.step_failure_data.user_failure_data.description)
