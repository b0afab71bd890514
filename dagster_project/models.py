"""dbt's seeds, models and tests as assets and asset checks.

Belongs here: running dbt and showing what it built. Does not belong here: the models themselves
(`models/`), their manifest (`dagster_project.manifest`).
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from dagster_project import conditions, metadata, retries
from dagster_project.manifest import PARTIAL_PARSE
from dagster_project.resources import POOL, Lock, Places
from stadsdel import building
from stadsdel.dbt_command import DOCUMENT, DOCUMENTATION, PARENT
from stadsdel.errors import StadsdelError
from stadsdel.progress import Progress
from stadsdel.workspace import Workspace

# As much as fits on a screen; run_results.json has it all.
_TOLD = 10
_CHARACTERS = 400


class Translator(DagsterDbtTranslator):
    """Groups and tags models by dbt's folders, says who answers for them and when they are made."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Return the schema: staging, intermediate, marts, seeds, or raw for sources."""
        schema: str = dbt_resource_props["schema"]
        return schema

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:  # noqa: ARG002
        """Return the team of the project."""
        return list(metadata.OWNERS)

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, str]:
        """Return dbt's tags and those of the layer."""
        return {
            **super().get_tags(dbt_resource_props),
            **metadata.tags(dbt_resource_props["schema"]),
        }

    def get_automation_condition(
        self, dbt_resource_props: Mapping[str, Any]
    ) -> dg.AutomationCondition[Any] | None:
        """Return when the model or seed is asked for by itself; sources are not dbt's to make."""
        made = dbt_resource_props["resource_type"] in ("model", "seed")
        return conditions.after_raw_tables() if made else None


def models(manifest: Path) -> dg.AssetsDefinition:
    """Return an asset for every seed and model in the manifest, with the tests as its checks."""

    @dbt_assets(
        manifest=manifest,
        dagster_dbt_translator=Translator(),
        name="dbt",
        pool=POOL,
        retry_policy=retries.POLICY,
    )
    def dbt_models(
        context: dg.AssetExecutionContext,
        places: Places,
        lock: Lock,  # noqa: ARG001 -- held while the step runs
        dbt: DbtCliResource,
        progress: dg.ResourceParam[Progress],
    ) -> Iterator[Any]:
        with retries.of_what_passes():
            workspace = places.workspace
            is_whole = context.selected_asset_keys == dbt_models.keys
            build = building.start(workspace) if is_whole else _to_be_continued(workspace)
            total = len(context.selected_asset_keys) + len(context.selected_asset_check_keys)
            progress("tables", 0, total)
            events: list[Any] = []
            failure = None
            invocation = _invoke(context, workspace, dbt, manifest)
            try:
                for event in invocation.stream():
                    events.append(event)
                    progress("tables", min(len(events), total), total)
                progress("tables", total, total)
            except DagsterDbtCliRuntimeError as error:
                failure = dg.Failure(_what_failed(invocation) or str(error), allow_retries=False)
            if failure is None:
                (invocation.target_path / DOCUMENTATION).replace(building.docs_of(build))
            # The build can be looked into only now that dbt has let go of it.
            with duckdb.connect(build, read_only=True) as database:
                for event in events:
                    is_table = isinstance(event, dg.Output)
                    yield _with_rows(context, database, event) if is_table else event
            if failure is not None:
                raise failure

    return dbt_models


def _to_be_continued(workspace: Workspace) -> Path:
    """Return the last build, for making some of its tables anew.

    Raises:
        StadsdelError: there is none, or the lake has changed since it was begun: the build would
            mix tables from before and after, and be published as what it is not.
    """
    build = building.current(workspace)
    if building.inputs_of(build).fingerprint != building.recorded(workspace):
        raise StadsdelError(
            f"{build}: reports have landed since this build was begun. Materialize all of dbt's "
            "assets together, or run the job `refresh`."
        )
    return build


def _invoke(
    context: dg.AssetExecutionContext, workspace: Workspace, dbt: DbtCliResource, manifest: Path
) -> DbtCliInvocation:
    """Start dbt on the project as the manifest knows it, all it writes in the working folder."""
    target = workspace.dbt / "run"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    # dbt's documentation asks for the manifest even where dbt has it in memory
    for parsed in (manifest, manifest.with_name(PARTIAL_PARSE)):
        shutil.copyfile(parsed, target / parsed.name)
    ours = {PARENT: str(os.getpid()), DOCUMENT: "yes"}
    with _environment({**building.dbt_environment(workspace), **ours}):
        return dbt.cli(["build"], context=context, target_path=target)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables while dbt, which takes over this process's, is being started."""
    before = os.environ.copy()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _what_failed(invocation: DbtCliInvocation) -> str | None:
    """Return a line per failed model or test, None where dbt failed before it ran any."""
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except (OSError, ValueError):
        return None
    failed = [result for result in results if result["status"] in ("error", "fail")]
    lines = [
        f"- {result['unique_id']}: {_beginning(result['message'])}" for result in failed[:_TOLD]
    ]
    if len(failed) > _TOLD:
        lines.append(f"- and {len(failed) - _TOLD} more, in {invocation.target_path}")
    return "\n".join(["dbt build failed, so nothing is published.", *lines]) if lines else None


def _beginning(message: str) -> str:
    """Return what went wrong without the list of macros it went through."""
    lines = [line.strip() for line in message.splitlines()]
    return " ".join(line for line in lines if line and not line.startswith(">"))[:_CHARACTERS]


def _with_rows(
    context: dg.AssetExecutionContext,
    database: duckdb.DuckDBPyConnection,
    event: dg.Output[Any],
) -> dg.Output[Any]:
    """Add the relation's number of rows and its first rows to what dbt tells of it."""
    schema, table = context.asset_key_for_output(event.output_name).path
    relation = database.sql(f'from "{schema}"."{table}"')
    (rows,) = relation.count("*").fetchall()[0]
    first = relation.limit(metadata.PREVIEW_ROWS).fetchall()
    return event.with_metadata(
        {**event.metadata, **metadata.of_table(rows, relation.columns, first)}
    )
