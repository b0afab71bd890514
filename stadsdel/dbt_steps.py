"""What dbt says of its last run, as steps of a refresh: the whole, then each table that it made.

Belongs here: reading dbt's results. Does not belong here: running dbt (`dagster_project`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb

from stadsdel.journal import Step

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace

_TABLES = (
    "select schema_name, table_name from duckdb_tables() "
    "where schema_name in ('seeds', 'intermediate', 'marts')"
)


def of_last_run(workspace: Workspace, build: Path) -> tuple[Step, ...]:
    """Return the steps of the dbt run that made `build`, none where it left no results."""
    try:
        text = (workspace.dbt / "run" / "run_results.json").read_text(encoding="utf-8")
        run = json.loads(text)
        results = [
            (kind, name, round(result["execution_time"], 3))
            for result in run["results"]
            for kind, _, name in [result["unique_id"].split(".", 2)]
        ]
        whole = round(run["elapsed_time"], 3)
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    with duckdb.connect(build, read_only=True) as database:
        rows = {
            table: int(database.table(f'"{schema}"."{table}"').count("*").fetchall()[0][0])
            for schema, table in database.execute(_TABLES).fetchall()
        }
    tests = sum(seconds for kind, _, seconds in results if kind not in ("model", "seed"))
    return (
        Step("tables", whole, sum(rows.values())),
        *(
            Step(f"tables: {name}", seconds, rows.get(name))
            for kind, name, seconds in results
            if kind in ("model", "seed")
        ),
        Step("tables: tests", round(tests, 3)),
    )
