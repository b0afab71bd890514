"""The code location as a whole: what Dagster shows of it, and what it would do by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg
import duckdb
import pytest

from dagster_project import manifest
from dagster_project.definitions import definitions_for
from dagster_project.models import models
from dagster_project.reports import raw_key, raw_tables
from dagster_project.resources import Lock, Places, dbt
from stadsdel import building, project
from stadsdel.progress import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.workspace import Workspace

WAREHOUSE = dg.AssetKey("warehouse")


@pytest.fixture(scope="module")
def defs(sample: Workspace) -> dg.Definitions:
    return definitions_for(sample)


@pytest.fixture(scope="module")
def specs(defs: dg.Definitions) -> Sequence[dg.AssetSpec]:
    return defs.resolve_all_asset_specs()


def of_dbt(specs: Sequence[dg.AssetSpec]) -> set[dg.AssetKey]:
    return {spec.key for spec in specs if "dbt" in spec.kinds}


def test_dagster_finds_the_code_location_valid(sample: Workspace, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("dagster"), "definitions", "validate"],
        cwd=project.root(),
        env={
            **os.environ,
            "DAGSTER_HOME": str(tmp_path),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "STADSDEL_REPORTS": str(sample.reports[0]),
            "STADSDEL_STATE": str(sample.state),
            "STADSDEL_WAREHOUSE": str(sample.warehouse),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_asset_says_what_it_is_who_answers_for_it_and_who_may_read_it(
    specs: Sequence[dg.AssetSpec],
) -> None:
    assert len(specs) > 50
    for spec in specs:
        assert spec.description, spec.key
        assert list(spec.owners) == ["team:stadsdelslagret"], spec.key
        assert spec.kinds, spec.key
        assert {"layer", "contract"} <= spec.tags.keys(), spec.key
    public = {spec.key for spec in specs if spec.tags["contract"] == "public"}
    assert public == {key for key in of_dbt(specs) if key.path[0] == "marts"} | {WAREHOUSE}


def test_the_graph_leads_from_the_reports_to_the_warehouse(defs: dg.Definitions) -> None:
    graph = defs.get_repository_def().asset_graph
    for start in ("ledger", "reports", "indicators", "goals", "activities", "economy"):
        assert WAREHOUSE in dg.AssetSelection.assets(raw_key(start)).downstream().resolve(graph)
    assert graph.get(raw_key("ledger")).parent_keys == {dg.AssetKey("reports_folder")}


def test_the_refresh_makes_all_but_backfills_and_runs_the_whole_audit(
    defs: dg.Definitions, specs: Sequence[dg.AssetSpec]
) -> None:
    job = defs.resolve_job_def("refresh")
    assert {node.name for node in job.nodes} == {"landing", "dbt", "audit", "warehouse"}
    assert of_dbt(specs) <= job.asset_layer.executable_asset_keys
    checks = {key.to_user_string() for key in job.asset_layer.asset_graph.asset_check_keys}
    assert {"raw/indicators:audit", "marts/fct_observations:audit"} <= checks
    assert "warehouse:expected_reports_are_in" not in checks


def test_every_step_that_writes_is_in_the_pool_and_tries_again_what_passes(
    defs: dg.Definitions,
) -> None:
    steps = [node.definition for node in defs.resolve_job_def("refresh").nodes]
    backfill = raw_tables.op
    for step in (*steps, backfill):
        assert isinstance(step, dg.OpDefinition)
        assert step.pool == "warehouse", step.name
        assert step.retry_policy is not None, step.name
        assert step.retry_policy.backoff == dg.Backoff.EXPONENTIAL


def test_what_is_expected_by_a_day_has_a_freshness_policy(
    specs: Sequence[dg.AssetSpec],
) -> None:
    watched = {spec.key for spec in specs if spec.freshness_policy is not None}
    assert watched == {raw_key("reports"), WAREHOUSE}


def test_a_backfill_asks_for_all_of_the_build_and_its_publication(
    defs: dg.Definitions, specs: Sequence[dg.AssetSpec]
) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        cursor = dg.evaluate_automation_conditions(defs, instance).cursor
        for kind in ("reports", "indicators"):
            event = dg.AssetMaterialization(raw_key(kind), partition="bromma|2022")
            instance.report_runless_asset_event(event)
        result = dg.evaluate_automation_conditions(defs, instance, cursor=cursor)
    asked = {each.key for each in result.results if result.get_num_requested(each.key)}
    assert asked == of_dbt(specs) | {WAREHOUSE}


def run_one_model(sample: Workspace, workspace: Workspace) -> str:
    """Ask for one table of the build of a workspace, and return why that failed."""
    result = dg.materialize(
        [models(manifest.prepare(sample))],
        selection=[dg.AssetKey(["marts", "dim_stadsdel"])],
        resources={
            "places": Places.of(workspace),
            "lock": Lock(path=str(workspace.lock)),
            "dbt": dbt(),
            "progress": silent,
        },
        raise_on_error=False,
    )
    (failure,) = result.get_step_failure_events()
    data: Any = failure.step_failure_data
    return str(data.user_failure_data.description)


def test_a_part_of_a_build_is_made_anew_only_on_the_build_of_these_reports(
    sample: Workspace, tmp_path: Path
) -> None:
    workspace = replace(sample, state=tmp_path, warehouse=tmp_path / "warehouse.duckdb")
    assert "nothing is built" in run_one_model(sample, workspace)
    building.save_inputs(workspace, building.Inputs("f" * 64, ("a" * 64,), ()))
    duckdb.connect(building.start(workspace)).close()
    building.save_inputs(workspace, building.Inputs("e" * 64, ("b" * 64,), ()))
    assert "reports have landed since" in run_one_model(sample, workspace)
