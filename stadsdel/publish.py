"""Publication: from an audited build to the file that readers open, in one step.

The published file is written anew and holds only the schema `marts`: private tables would be read
against the contract, and views on the lake would break elsewhere. It is renamed over the last one,
so that a reader holds the old build or the new, whole; earlier builds are kept beside the lake.

Belongs here: making, checking, placing and keeping published files. Does not belong here: what is
in the marts (dbt), what makes an audit fail (`stadsdel.audit`).
"""

from __future__ import annotations

import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from stadsdel import (
    audit,
    building,
    builds,
    dbt_steps,
    difference,
    files,
    fingerprint,
    journal,
    publication,
    sql,
)
from stadsdel.errors import StadsdelError
from stadsdel.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stadsdel.workspace import Workspace

# The file format of DuckDB 1.0, which every later client opens; newer formats shut older ones out.
STORAGE_VERSION = "v1.0.0"
# The smallest that DuckDB has: the marts are many small tables, and a block is the least that a
# column takes. The file is a third of what the default of 262,144 bytes makes of it.
BLOCK_SIZE = 16_384
KEPT_BUILDS = 5

_SCHEMA = "marts"
DIM_BUILD_COMMENT = "One row per build in this file: the one that readers hold."
DIM_BUILD: Mapping[str, tuple[str, str]] = {
    "build_id": (
        "varchar primary key",
        "Key of the build: its number and the beginning of its fingerprint.",
    ),
    "build_number": (
        "bigint not null",
        "Number of the build, counted from 1; does not hang on a clock.",
    ),
    "built_at": ("timestamp not null", "When the build was published, in UTC."),
    "fingerprint": (
        "varchar not null",
        "Digest of all that the build was made from: reports, code, seeds, suites and engines.",
    ),
    "n_reports": ("bigint not null", "Number of report contents in the build."),
    "n_set_aside": ("bigint not null", "Number of files that could not be taken in as reports."),
    "n_warnings": ("bigint not null", "Number of audit findings of severity warning."),
    "reports": ("varchar[] not null", "SHA-256 of each report content, in order of landing."),
    "row_counts": (
        "map(varchar, bigint) not null",
        "Number of rows of each other table of the schema, by its name.",
    ),
    "versions": (
        "map(varchar, varchar) not null",
        "Version of this package, of its parser and of each engine, by name.",
    ),
    "steps": (
        "struct(step varchar, seconds double, rows bigint)[] not null",
        "Steps of the refresh up to the publication: name, run time in seconds, and the rows that "
        "the step read, made or looked at.",
    ),
}


def publish(workspace: Workspace, build: Path) -> Publication:
    """Publish an audited build as `workspace.warehouse` and return its record.

    Raises:
        StadsdelError: the build was not audited or failed its audit; what readers open is
            unchanged.
    """
    with journal.step(workspace, "publish") as step:
        published = _publish(workspace, build)
        step.rows = sum(published.rows.values())
    journal.tell(workspace, "published", message=f"readers hold build {published.build_id}")
    return published


def _publish(workspace: Workspace, build: Path) -> Publication:
    outcome = audit.load(build)
    if outcome is None:
        raise StadsdelError(
            f"{build}: the build has not been audited as it is, so nothing is published."
        )
    if outcome.critical:
        raise StadsdelError(audit.refusal(outcome))
    inputs = building.inputs_of(build)
    number = builds.next_number(workspace)
    build_id = builds.coming(workspace, inputs.fingerprint)
    ended = (*journal.steps(workspace), *dbt_steps.of_last_run(workspace, build))
    steps = tuple(sorted(ended, key=lambda step: step.step.startswith("audit")))
    built_at = datetime.now(UTC).replace(microsecond=0)
    row_counts = _row_counts(build)
    dim_build = {
        "build_id": build_id,
        "build_number": number,
        "built_at": built_at.replace(tzinfo=None),
        "fingerprint": inputs.fingerprint,
        "n_reports": len(inputs.reports),
        "n_set_aside": len(inputs.set_aside),
        "n_warnings": len(outcome.warnings),
        "reports": list(inputs.reports),
        "row_counts": row_counts,
        "versions": fingerprint.versions(),
        "steps": [asdict(step) for step in steps],
    }
    last = publication.load(workspace)
    with files.new_folder(builds.folder(workspace, build_id), workspace.scratch) as new:
        warehouse = new / builds.WAREHOUSE
        _write_warehouse(build, warehouse, dim_build)
        older = builds.file(workspace, last.build_id) if last else None
        text = difference.report(older if older and older.exists() else None, warehouse)
        (new / builds.DIFFERENCE).write_text(text, encoding="utf-8")
        record = Publication(
            build_id=build_id,
            build_number=number,
            built_at=built_at.isoformat(),
            fingerprint=inputs.fingerprint,
            warehouse="",
            warehouse_size=0,
            warehouse_modified_ns=0,
            reports=inputs.reports,
            rows=row_counts,
            set_aside=inputs.set_aside,
            warnings=tuple(str(finding) for finding in outcome.warnings),
            steps=steps,
        )
        builds.save_record(new, record)
    published = builds.put_in_place(workspace, record)
    docs = building.docs_of(build)
    if docs.exists():  # a build of a few tables by themselves has none
        files.replace(workspace.dbt_docs, lambda new: new.write_bytes(docs.read_bytes()))
    builds.keep_last(workspace, KEPT_BUILDS)
    return published


def _row_counts(build: Path) -> dict[str, int]:
    """Return the number of rows of each table of the schema, by name in alphabetical order."""
    with duckdb.connect(build, read_only=True) as database:
        tables = database.execute(
            "select table_name from information_schema.tables "
            "where table_schema = ? and table_name <> 'dim_build' order by table_name",
            [_SCHEMA],
        ).fetchall()
        return {
            table: database.sql(f'from {_SCHEMA}."{table}"').count("*").fetchall()[0][0]
            for (table,) in tables
        }


def _write_warehouse(build: Path, warehouse: Path, dim_build: Mapping[str, object]) -> None:
    """Write the build's public schema, with its keys and comments, to a new database file."""
    copy = warehouse.with_name("private.duckdb")
    shutil.copyfile(build, copy)
    with duckdb.connect(copy) as database:
        private = database.execute(
            "select schema_name from information_schema.schemata "
            "where catalog_name = 'private' and schema_name not in ('main', ?)",
            [_SCHEMA],
        ).fetchall()
        for (schema,) in private:
            database.execute(f'drop schema "{schema}" cascade')
        _add_dim_build(database, dim_build)
        form = f"storage_version '{STORAGE_VERSION}', block_size {BLOCK_SIZE}"
        database.execute(f"attach {sql.text(warehouse)} as published ({form})")
        database.execute("copy from database private to published")
        database.execute("detach published")
    copy.unlink()


def _add_dim_build(database: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
    table = f"{_SCHEMA}.dim_build"
    columns = ", ".join(f"{name} {kind}" for name, (kind, _) in DIM_BUILD.items())
    places = ", ".join("?" for _ in DIM_BUILD)
    database.execute(f"create or replace table {table} ({columns})")
    database.execute(f"insert into {table} values ({places})", [values[name] for name in DIM_BUILD])
    database.execute(f"comment on table {table} is '{DIM_BUILD_COMMENT}'")
    for name, (_, comment) in DIM_BUILD.items():
        database.execute(f"comment on column {table}.{name} is '{comment}'")
