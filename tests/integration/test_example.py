"""warehouse.duckdb.example is what a fresh build of the sample reports publishes.

Make it anew after a change of the reports, the models or the seeds (see CONTRIBUTING.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stadsdel.workspace import Workspace

EXAMPLE = project.root() / "warehouse.duckdb.example"
# What a build says of itself: its number, its time and the versions that made it.
OF_THE_BUILD = "dim_build"
# When a report first landed in the lake.
OF_THE_CLOCK = "landed_at"
SHAPE = (
    "select table_name, column_name, data_type, comment from duckdb_columns() "
    "where database_name = ? and schema_name = 'marts' and not internal "
    "order by table_name, column_index"
)


@pytest.fixture(scope="module")
def both(sample: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The example and a fresh build, attached read-only as `example` and `fresh`."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{EXAMPLE}' as example (read_only)")
        connection.execute(f"attach '{sample.warehouse}' as fresh (read_only)")
        yield connection


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'fresh' "
        "and schema_name = 'marts' and table_name <> ? order by table_name",
        [OF_THE_BUILD],
    ).fetchall()
    return [name for (name,) in found]


def test_it_has_the_tables_columns_and_comments_of_a_fresh_build(
    both: duckdb.DuckDBPyConnection,
) -> None:
    fresh = both.execute(SHAPE, ["fresh"]).fetchall()
    assert both.execute(SHAPE, ["example"]).fetchall() == fresh
    assert len(fresh) > 100


def test_it_has_the_rows_of_a_fresh_build(both: duckdb.DuckDBPyConnection) -> None:
    different = {}
    for table in tables(both):
        one, other = (
            f'select columns(c -> c <> {OF_THE_CLOCK!r}) from {build}.marts."{table}"'
            for build in ("example", "fresh")
        )
        rows = both.execute(
            f"select count(*) from (({one} except all {other}) "
            f"union all ({other} except all {one}))"
        ).fetchone()
        if rows != (0,):
            different[table] = rows
    assert different == {}


def test_it_is_small() -> None:
    assert EXAMPLE.stat().st_size < 5_000_000
