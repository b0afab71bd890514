"""From the reports folders to the raw tables.

Which stadsdel and year a file belongs to is found in its content, so a refresh cannot be told its
partitions beforehand: `landing` takes in whatever is new and reports, for each raw table, the
partitions it touched. The raw tables can also be materialised by partition (a backfill): that
verifies a partition's files and reads its reports again where they are damaged or missing.

Belongs here: the assets up to the lake. Does not belong here: how reports are read and stored
(`stadsdel.landing`, `stadsdel.lake`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import dagster as dg

from dagster_project import conditions, expected, metadata, partitions, retries
from dagster_project.resources import POOL, Lock, Places
from stadsdel import intake, lake, landing, markdown, parsing, publication
from stadsdel.errors import StadsdelError
from stadsdel.lake import Landed
from stadsdel.landing import Landing
from stadsdel.progress import Progress

_DESCRIPTIONS = {
    "reports": "One row per report file content: which report it is, and how much was read.",
    "indicators": "One row per indicator row, its cells as printed.",
    "goals": "One row per goal heading with its printed assessment.",
    "activities": "One row per activity row, its cells as printed.",
    "economy": "One row per money table row and value column, blank cells included.",
    "unaccounted": "One row per line of a table region that became part of no row.",
}

# What parsing must never do, whatever the report: what is read is stored, and in its place.
_INVARIANTS: Mapping[str, tuple[str, Callable[[Landed], bool]]] = {
    "rows_counted": (
        "Each table holds as many rows as the parser counted in the report.",
        lambda report: lake.is_counted(report),
    ),
    "cells_match_columns": (
        "Every row of a money table has one cell for every column of the table.",
        lambda report: lake.is_rectangular(report),
    ),
}

reports_folder = dg.AssetSpec(
    "reports_folder",
    group_name="reports",
    kinds={"file"},
    owners=metadata.OWNERS,
    tags=metadata.tags("reports"),
    description="The files that councils published: text, Markdown or PDF.",
)


def raw_key(table: str) -> dg.AssetKey:
    """Return the key of a raw table, which is also that of dbt's source."""
    return dg.AssetKey(["raw", table])


def _specs_of_invariants(asset_key: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(name, asset=asset_key, blocking=True, description=description)
        for name, (description, _) in _INVARIANTS.items()
    ]


@dg.multi_asset(
    name="landing",
    group_name="raw",
    pool=POOL,
    retry_policy=retries.POLICY,
    specs=[
        dg.AssetSpec(
            raw_key("ledger"),
            deps=[reports_folder],
            kinds={"parquet", "polars"},
            owners=metadata.OWNERS,
            tags=metadata.tags("raw"),
            code_version=str(parsing.PARSER_VERSION),
            automation_condition=conditions.after_a_new_parser(),
            description="One row per report content that counts, in order of first landing.",
        ),
        dg.AssetSpec(
            raw_key("set_aside"),
            deps=[reports_folder],
            kinds={"parquet", "polars"},
            owners=metadata.OWNERS,
            tags=metadata.tags("raw"),
            code_version=str(parsing.PARSER_VERSION),
            automation_condition=conditions.after_a_new_parser(),
            description="One row per file that could not be taken in as a report, with its reason.",
        ),
    ],
    check_specs=[
        *_specs_of_invariants(raw_key("ledger")),
        dg.AssetCheckSpec(
            "lines_accounted_for",
            asset=raw_key("ledger"),
            description="No line of a table region is left over, and no row has two readings.",
        ),
        dg.AssetCheckSpec(
            "files_taken_in",
            asset=raw_key("set_aside"),
            description="No file of the reports folders had to be set aside.",
        ),
    ],
)
def land_reports(
    context: dg.AssetExecutionContext,
    places: Places,
    lock: Lock,  # noqa: ARG001 -- held while the step runs
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Take in what is new in the reports folders."""
    with retries.of_what_passes():
        workspace = places.workspace
        last = publication.load(workspace)
        outcome = landing.land(
            workspace,
            intake.survey(workspace.reports),
            last.reports if last else (),
            progress,
            places.in_processes,
        )
        for (stadsdel_id, year), reports in _by_partition(outcome.parsed):
            for kind in lake.KINDS:
                context.log_event(
                    dg.AssetMaterialization(
                        raw_key(kind),
                        partition=partitions.key(stadsdel_id, year),
                        metadata=_of_rows(kind, reports),
                    )
                )
        yield dg.MaterializeResult(
            asset_key=raw_key("ledger"),
            metadata={
                "dagster/row_count": len(outcome.reports),
                "read_this_time": len(outcome.parsed),
                "withdrawn": len(outcome.withdrawn),
                "duplicates": len(outcome.duplicates),
            },
        )
        yield dg.MaterializeResult(
            asset_key=raw_key("set_aside"),
            metadata={
                "dagster/row_count": len(outcome.set_aside),
                "files": dg.MetadataValue.md(
                    markdown.table(
                        ["file", "reason"],
                        [(file.file_name, file.reason) for file in outcome.set_aside],
                    )
                ),
            },
        )
        yield from _checks(outcome)


@dg.multi_asset(
    name="raw_tables",
    group_name="raw",
    partitions_def=partitions.stadsdel_by_year,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
    retry_policy=retries.POLICY,
    specs=[
        dg.AssetSpec(
            raw_key(kind),
            deps=[raw_key("ledger")],
            kinds={"parquet", "polars"},
            owners=metadata.OWNERS,
            tags=metadata.tags("raw"),
            code_version=str(parsing.PARSER_VERSION),
            freshness_policy=expected.BY_DEADLINE if kind == "reports" else None,
            description=description,
        )
        for kind, description in _DESCRIPTIONS.items()
    ],
    check_specs=_specs_of_invariants(raw_key("reports")),
)
def raw_tables(
    context: dg.AssetExecutionContext,
    places: Places,
    lock: Lock,  # noqa: ARG001 -- held while the step runs
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Verify the reports of the run's partitions, and read again what is damaged or missing."""
    with retries.of_what_passes():
        workspace = places.workspace
        if not workspace.ledger.exists():
            raise StadsdelError(
                f"{workspace.ledger}: no report has landed, and only its content tells a report's "
                "partition. Materialize raw/ledger first."
            )
        wanted = sorted({partitions.parts(key) for key in context.partition_keys})
        for report in landing.mend(workspace, wanted, places.in_processes):
            context.log.info(f"read again: {report.folder}")
        landed = lake.landed(workspace.lake, parsing.PARSER_VERSION).values()
        by_partition = dict(_by_partition(landed))
        for kind in lake.KINDS:
            for stadsdel_id, year in wanted:
                context.add_asset_metadata(
                    _of_rows(kind, by_partition.get((stadsdel_id, year), [])),
                    asset_key=raw_key(kind),
                    partition_key=partitions.key(stadsdel_id, year),
                )
            yield dg.MaterializeResult(asset_key=raw_key(kind))
        reports = [report for place in wanted for report in by_partition.get(place, [])]
        yield from _invariants(reports, raw_key("reports"))


def _checks(outcome: Landing) -> Iterator[dg.AssetCheckResult]:
    reports = lake.read(outcome.reports, "reports")
    yield from _invariants(outcome.parsed, raw_key("ledger"))
    left_over = int(reports["n_unaccounted"].sum())
    ambiguous = int(reports["n_ambiguous"].sum())
    yield dg.AssetCheckResult(
        check_name="lines_accounted_for",
        asset_key=raw_key("ledger"),
        passed=not left_over and not ambiguous,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"lines_left_over": left_over, "rows_with_two_readings": ambiguous},
    )
    yield dg.AssetCheckResult(
        check_name="files_taken_in",
        asset_key=raw_key("set_aside"),
        passed=not outcome.set_aside,
        severity=dg.AssetCheckSeverity.WARN,
    )


def _invariants(
    reports: Collection[Landed], asset_key: dg.AssetKey
) -> Iterator[dg.AssetCheckResult]:
    for name, (_, holds) in _INVARIANTS.items():
        broken = [report.sha256 for report in reports if not holds(report)]
        yield dg.AssetCheckResult(
            check_name=name,
            asset_key=asset_key,
            passed=not broken,
            metadata={"reports": len(reports), "broken": broken},
        )


def _by_partition(
    reports: Iterable[Landed],
) -> Iterator[tuple[tuple[str, int], list[Landed]]]:
    for place, group in groupby(
        sorted(reports), key=lambda report: (report.stadsdel_id, report.year)
    ):
        yield place, list(group)


def _of_rows(kind: str, reports: Iterable[Landed]) -> dict[str, Any]:
    rows = lake.read(reports, kind)
    return metadata.of_table(rows.height, rows.columns, rows.head(metadata.PREVIEW_ROWS).rows())
