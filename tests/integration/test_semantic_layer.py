"""Metrics stand on public tables, name columns that exist, and MetricFlow gives what SQL gives."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stadsdel import project, query

if TYPE_CHECKING:
    from stadsdel.workspace import Workspace

PUBLIC = "marts"


@pytest.fixture(scope="module")
def manifest(sample: Workspace) -> dict[str, Any]:
    """Return what dbt has parsed; it refuses a semantic manifest that is not valid."""
    (path,) = sample.dbt.glob("project/*/manifest.json")
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_outcomes_gaps_and_targets_met_are_metrics(manifest: dict[str, Any]) -> None:
    metrics = {metric["name"] for metric in manifest["metrics"].values()}
    assert {"outcome", "gap", "kf_gap", "gender_gap", "share_of_targets_met"} <= metrics


def test_semantic_models_and_exposures_rest_on_public_tables_only(
    manifest: dict[str, Any],
) -> None:
    dependants = [*manifest["semantic_models"].values(), *manifest["exposures"].values()]
    schemas = {
        manifest["nodes"][model]["schema"]
        for dependant in dependants
        for model in dependant["depends_on"]["nodes"]
    }
    assert dependants
    assert schemas == {PUBLIC}


def test_exports_rest_on_every_public_table_of_dbt(manifest: dict[str, Any]) -> None:
    public = {
        key
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] == PUBLIC
    }
    (exports,) = (one for one in manifest["exposures"].values() if one["name"] == "exports")
    assert set(exports["depends_on"]["nodes"]) == public


def test_what_is_grouped_and_counted_are_columns_of_the_contract(manifest: dict[str, Any]) -> None:
    for model in manifest["semantic_models"].values():
        (table,) = model["depends_on"]["nodes"]
        columns = set(manifest["nodes"][table]["columns"])
        parts = [*model["entities"], *model["dimensions"], *model["measures"]]
        for part in parts:
            words = set(
                re.findall(r"[a-z_]+", re.sub(r"'[^']*'", "", part["expr"] or part["name"]))
            )
            assert words & columns, f"{model['name']}.{part['name']}"


def test_no_metric_adds_up_or_averages_figures(manifest: dict[str, Any]) -> None:
    for model in manifest["semantic_models"].values():
        assert {measure["agg"] for measure in model["measures"]} <= {"count", "max"}
    parts = {
        metric["name"]: metric["config"]["meta"].get("part_of")
        for metric in manifest["metrics"].values()
        if metric["config"]["meta"]
    }
    for metric in manifest["metrics"].values():
        if metric["type"] == "derived":
            assert re.fullmatch(r"case when \w+ = 1 then \w+ end", metric["type_params"]["expr"])
    measures_of_figures = {
        measure["name"]
        for model in manifest["semantic_models"].values()
        for measure in model["measures"]
        if measure["agg"] == "max"
    }
    bare = {
        metric["name"]
        for metric in manifest["metrics"].values()
        if (metric["type_params"]["measure"] or {}).get("name") in measures_of_figures
    }
    assert bare <= set(parts), "a largest figure is a part of a metric, never one by itself"


@pytest.fixture(scope="module")
def semantic_project(sample: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the dbt project, for `mf` reads the manifest from the project's own target/."""
    if importlib.util.find_spec("dbt_metricflow") is None:
        pytest.skip("the extra `semantic` is not installed (uv sync --extra semantic)")
    folder = tmp_path_factory.mktemp("semantic")
    for part in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(project.root() / part, folder)
    for part in ("models", "macros", "seeds", "tests/dbt"):
        shutil.copytree(project.root() / part, folder / part)
    run(sample, folder, "dbt", "parse", "--quiet")
    return folder


def run(sample: Workspace, folder: Path, command: str, *arguments: str) -> None:
    environment = {
        **os.environ,
        "DBT_PROFILES_DIR": str(folder),
        "DBT_PROJECT_DIR": str(folder),
        "STADSDEL_DBT_TARGET": "published",
        "STADSDEL_WAREHOUSE": str(sample.warehouse),
    }
    for name in ("DBT_TARGET_PATH", "DBT_LOG_PATH"):
        environment.pop(name, None)
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command)), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def ask(sample: Workspace, folder: Path, metrics: str, groups: str) -> list[dict[str, str]]:
    answer = folder / "answer.csv"
    arguments = ["--metrics", metrics, "--group-by", groups, "--csv", str(answer)]
    run(sample, folder, "mf", "query", *arguments)
    with answer.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sql(sample: Workspace, statement: str) -> list[tuple[Any, ...]]:
    with query.ask(sample.warehouse, statement) as result:
        return result.fetchall()


def test_metricflow_counts_statuses_as_sql_does_and_changes_nothing(
    sample: Workspace, semantic_project: Path
) -> None:
    before = sample.warehouse.read_bytes()
    metrics = "targets_met,targets_evaluable,targets_not_evaluable,share_of_targets_met"
    (row,) = ask(sample, semantic_project, metrics, "stadsdel__name")
    ((name, met, evaluable, not_evaluable),) = sql(
        sample,
        """
        select
            name,
            count(*) filter (status = 'met'),
            count(*) filter (status != 'not_evaluable'),
            count(*) filter (status = 'not_evaluable')
        from marts.fct_target_gaps inner join marts.dim_stadsdel using (stadsdel_id)
        where report_type = 'vb' and reporting_unit is null
        group by name
        """,
    )
    assert row["stadsdel__name"] == name
    assert [int(row[metric]) for metric in metrics.split(",")[:3]] == [
        met,
        evaluable,
        not_evaluable,
    ]
    assert float(row["share_of_targets_met"]) == pytest.approx(met / evaluable)
    assert sample.warehouse.read_bytes() == before


def test_the_page_on_metrics_shows_what_is_in_the_sample(sample: Workspace) -> None:
    ((year, name, met, evaluable, not_evaluable),) = sql(
        sample,
        """
        select
            year,
            name,
            count(*) filter (status = 'met'),
            count(*) filter (status != 'not_evaluable'),
            count(*) filter (status = 'not_evaluable')
        from marts.fct_target_gaps inner join marts.dim_stadsdel using (stadsdel_id)
        where report_type = 'vb' and reporting_unit is null
        group by year, name
        """,
    )
    row = f"| {year} | {name} | {met} | {evaluable} | {not_evaluable} | {met / evaluable} |"
    assert row in (project.root() / "docs" / "metrics.md").read_text("utf-8")


def test_a_figure_is_told_where_there_is_one_and_withheld_where_there_are_several(
    sample: Workspace, semantic_project: Path
) -> None:
    one = ask(sample, semantic_project, "outcome", "indicator,metric_time__year")
    told = {(row["indicator"], int(row["metric_time__year"][:4])): row["outcome"] for row in one}
    figures = sql(sample, "select indicator_id, year, value from marts.fct_indicator_trends")
    assert len(figures) == len(told)
    for indicator, year, value in figures:
        assert float(told[indicator, year]) == pytest.approx(value)
    (several,) = ask(sample, semantic_project, "outcome,outcomes", "stadsdel")
    assert several["outcome"] == ""
    assert int(several["outcomes"]) == len(figures)
