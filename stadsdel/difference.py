"""What a new build changes for readers: rows and figures added, changed and gone, as Markdown.

Written beside each build for a person to read; never a gate.

Belongs here: comparing two published files. Does not belong here: judging the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from stadsdel import markdown, sql

if TYPE_CHECKING:
    from pathlib import Path

# A change of definition can touch every figure; a person reads some hundred lines at most.
_LISTED = 200

_TABLES = """
select table_name
from information_schema.tables
where table_catalog = ? and table_schema = 'marts' and table_name <> 'dim_build'
order by table_name
"""
# A figure is what a report says of an indicator, a sex and a year. Where the report says it twice,
# the printed lines tell the two apart.
_FIGURES = """
with figures as (
    select
        report_id,
        reporting_unit,
        indicator_name,
        measure,
        sex,
        year,
        row_number() over (
            partition by report_id, reporting_unit, indicator_name, measure, sex, year
            order by line, page, observation_id
        ) as printing,
        value,
        value_printed
    from {database}.marts.fct_observations
)
select * from figures where value_printed is not null
"""
_CHANGES = f"""
with older as ({_FIGURES.format(database="older")}),
newer as ({_FIGURES.format(database="newer")})
select
    case
        when older.report_id is null then 'added'
        when newer.report_id is null then 'gone'
        else 'changed'
    end as kind,
    coalesce(newer.report_id, older.report_id) as report,
    coalesce(newer.indicator_name, older.indicator_name) as indicator,
    coalesce(newer.measure, older.measure) as measure,
    coalesce(newer.sex, older.sex) as sex,
    coalesce(newer.year, older.year) as year,
    older.value_printed as before,
    newer.value_printed as after
from older
full outer join newer
    on newer.report_id = older.report_id
    and newer.reporting_unit is not distinct from older.reporting_unit
    and newer.indicator_name = older.indicator_name
    and newer.measure = older.measure
    and newer.sex = older.sex
    and newer.year = older.year
    and newer.printing = older.printing
where
    older.value is distinct from newer.value
    or older.value_printed is distinct from newer.value_printed
order by all
"""


def report(older: Path | None, newer: Path) -> str:
    """Return the difference between two published files; `older` is None for the first build."""
    with duckdb.connect() as database:
        database.execute(f"attach {sql.text(newer)} as newer (read_only)")
        build = _build(database, "newer")
        if older is None:
            return f"# Build {build}\n\nThe first build: there is none to compare it with.\n"
        database.execute(f"attach {sql.text(older)} as older (read_only)")
        parts = [
            f"# Build {build} against {_build(database, 'older')}",
            "## Rows",
            _listed(["table", "before", "after", "added", "gone"], _rows(database)),
        ]
        if all("fct_observations" in _tables(database, name) for name in ("older", "newer")):
            parts += ["## Figures", *_figures(database)]
    return "\n\n".join(parts) + "\n"


def _build(database: duckdb.DuckDBPyConnection, name: str) -> str:
    ((build,),) = database.execute(f"select build_id from {name}.marts.dim_build").fetchall()
    return str(build)


def _tables(database: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    return [table for (table,) in database.execute(_TABLES, [name]).fetchall()]


def _rows(database: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return name, rows before and after, rows added and gone, for each table that changed."""
    older, newer = _tables(database, "older"), _tables(database, "newer")
    rows: list[tuple[object, ...]] = []
    for table in sorted({*older, *newer}):
        before = _count(database, f'older.marts."{table}"') if table in older else None
        after = _count(database, f'newer.marts."{table}"') if table in newer else None
        added = gone = None
        if before is not None and after is not None:
            try:
                added = _count(
                    database, f'(from newer.marts."{table}" except all from older.marts."{table}")'
                )
                gone = _count(
                    database, f'(from older.marts."{table}" except all from newer.marts."{table}")'
                )
            except duckdb.BinderException:  # other columns than before
                pass
        if before != after or added != 0 or gone != 0:
            rows.append((table, before, after, added, gone))
    return rows


def _count(database: duckdb.DuckDBPyConnection, relation: str) -> int:
    ((count,),) = database.execute(f"select count(*) from {relation}").fetchall()
    return int(count)


def _listed(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    return markdown.table(columns, rows) if rows else "None."


def _figures(database: duckdb.DuckDBPyConnection) -> list[str]:
    changes = database.execute(_CHANGES).fetchall()
    counts = {kind: sum(row[0] == kind for row in changes) for kind in ("added", "changed", "gone")}
    parts = [", ".join(f"{count} {kind}" for kind, count in counts.items()) + "."]
    # what is new follows from the reports; what changed or went is what a person must look at
    told = [row for row in changes if row[0] != "added"]
    if told:
        columns = ["", "report", "indicator", "measure", "sex", "year", "before", "after"]
        parts.append(markdown.table(columns, told[:_LISTED]))
    if len(told) > _LISTED:
        parts.append(f"And {len(told) - _LISTED} more.")
    return parts
