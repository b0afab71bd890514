"""The audit of the build, and the published warehouse.

Belongs here: the checks and the asset behind the marts. Does not belong here: the rules
(`expectations/`), running them and publishing (`stadsdel.audit`, `stadsdel.publish`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from dagster_project import conditions, expected, metadata, retries
from dagster_project.resources import POOL, Auditor, Lock, Places
from stadsdel import audit, building, builds, publish
from stadsdel.audit import SuiteResult
from stadsdel.progress import Progress
from stadsdel.publication import Publication
from stadsdel.workspace import Workspace

_SUITES = audit.suites()


def _check_name(suite: str) -> str:
    """Return "audit" for the suite named as its table, "audit_<more>" for further ones of it."""
    more = suite.removeprefix(_SUITES[suite]["meta"]["table"]).strip(".")
    return f"audit_{more}" if more else "audit"


def _asset(suite: str) -> dg.AssetKey:
    return dg.AssetKey(_SUITES[suite]["meta"]["table"].split("."))


@dg.multi_asset_check(
    name="audit",
    # Of part of them, too, the whole audit is run, for the publication asks for all of it.
    can_subset=True,
    pool=POOL,
    retry_policy=retries.POLICY,
    specs=[
        dg.AssetCheckSpec(
            name=_check_name(suite),
            asset=_asset(suite),
            # The raw tables lie before the marts and cannot wait for this step; what their audit
            # finds stops the publication all the same, which asks for the whole audit.
            blocking=_asset(suite).path[0] == "marts",
            description=content["meta"].get("description"),
            metadata={"suite": f"expectations/{suite}.json"},
        )
        for suite, content in _SUITES.items()
    ],
)
def audit_build(
    context: dg.AssetCheckExecutionContext,
    places: Places,
    lock: Lock,  # noqa: ARG001 -- held while the step runs
    auditor: dg.ResourceParam[Auditor],
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.AssetCheckResult]:
    """Run every expectation suite on the build and on the lake it was made from."""
    with retries.of_what_passes():
        workspace = places.workspace
        build = building.current(workspace)
        outcome = auditor(workspace, build, progress)
        audit.save(outcome, build)
        data_docs = metadata.link(workspace, workspace.data_docs / "index.html")
        for suite in outcome.suites:
            key = dg.AssetCheckKey(_asset(suite.suite), _check_name(suite.suite))
            if key in context.selected_asset_check_keys:
                yield _result(suite, data_docs)


def _result(suite: SuiteResult, data_docs: dg.UrlMetadataValue) -> dg.AssetCheckResult:
    critical = any(finding.severity == "critical" for finding in suite.findings)
    return dg.AssetCheckResult(
        check_name=_check_name(suite.suite),
        asset_key=_asset(suite.suite),
        passed=not suite.findings,
        severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
        description="\n".join(map(str, suite.findings)) or None,
        metadata={
            "rows": suite.rows,
            "expectations": suite.expectations,
            "not_met": len(suite.findings),
            "data_docs": data_docs,
        },
    )


def warehouse(manifest: Path) -> dg.AssetsDefinition:
    """Return the asset of the published file, which stands on every mart in the manifest."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    marts = [
        dg.AssetKey(["marts", node["name"]])
        for node in nodes
        if node["resource_type"] == "model" and node["schema"] == "marts"
    ]

    @dg.asset(
        name="warehouse",
        deps=marts,
        group_name="publication",
        kinds={"duckdb"},
        owners=metadata.OWNERS,
        tags=metadata.tags("publication"),
        pool=POOL,
        retry_policy=retries.POLICY,
        freshness_policy=expected.BY_DEADLINE,
        automation_condition=conditions.after_raw_tables(),
        description="What readers open: the marts of the last build that passed its audit.",
    )
    def published_warehouse(
        places: Places,
        lock: Lock,  # noqa: ARG001 -- held while the step runs
        progress: dg.ResourceParam[Progress],
    ) -> dg.MaterializeResult[Any]:
        with retries.of_what_passes():
            progress("publish", 0, 1)
            workspace = places.workspace
            record = publish.publish(workspace, building.current(workspace))
            progress("publish", 1, 1)
            return dg.MaterializeResult(metadata=_of_publication(workspace, record))

    return published_warehouse


def _of_publication(workspace: Workspace, record: Publication) -> dict[str, Any]:
    difference = builds.folder(workspace, record.build_id) / builds.DIFFERENCE
    return {
        "build_id": record.build_id,
        "reports": len(record.reports),
        "rows": metadata.of_counts(record.rows),
        "bytes": record.warehouse_size,
        "path": dg.MetadataValue.path(record.warehouse),
        "data_docs": metadata.link(workspace, workspace.data_docs / "index.html"),
        "difference_report": metadata.link(workspace, difference),
        "difference": metadata.of_text(difference.read_text(encoding="utf-8")),
        "warnings": metadata.of_list(record.warnings),
        "set_aside": metadata.of_list(record.set_aside),
    }
