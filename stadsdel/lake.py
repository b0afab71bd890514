"""The lake: parsed reports as Parquet, one folder per report content, as printed.

Folders are `<lake>/<parser version>/<stadsdel>/<year>/<sha256>/`; each holds one file per kind of
row (with zero rows where there are none) and CHECKSUMS.json. They are written aside and renamed, so
a folder is whole or missing; the same report gives the same bytes.

Belongs here: the columns of the raw tables and how they lie on disk. Does not belong here: which
files are taken in (`stadsdel.landing`), what a cell means (dbt).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stadsdel import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

    from stadsdel.parsing.model import (
        ActivityRow,
        GoalRow,
        IndicatorRow,
        ParsedReport,
        Place,
        Reading,
        Unaccounted,
    )

    ParsedRow = IndicatorRow | GoalRow | ActivityRow | Unaccounted

KINDS = ("reports", "indicators", "goals", "activities", "economy", "unaccounted")
CHECKSUMS = "CHECKSUMS.json"

# Column names in order with their type: s text, i int, f list of float, l list of text.
_PLACE = {"line": "i", "page": "i", "bbox": "f"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "sha256": "s",
        "stadsdel_id": "s",
        "year": "i",
        "report_type": "s",
        "layout": "s",
        "units": "l",
        "lines": "i",
        "pages": "i",
        "n_indicators": "i",
        "n_goals": "i",
        "n_activities": "i",
        "n_economy_tables": "i",
        "n_economy_rows": "i",
        "n_unaccounted": "i",
        "n_ambiguous": "i",
        "parser_version": "i",
    },
    "indicators": {
        "sha256": "s",
        "row_number": "i",
        **_PLACE,
        "table_number": "i",
        "goal": "s",
        "goal_level": "s",
        "unit": "s",
        "indicator": "s",
        "outcome": "s",
        "outcome_men": "s",
        "outcome_women": "s",
        "outcome_prev": "s",
        "prev_label": "s",
        "forecast": "s",
        "target": "s",
        "kf_target": "s",
        "period": "s",
        "analysis": "s",
        "printed": "s",
        "alternatives": "s",
    },
    "goals": {
        "sha256": "s",
        "row_number": "i",
        **_PLACE,
        "level": "s",
        "code": "s",
        "title": "s",
        "status": "s",
        "unit": "s",
        "printed": "s",
    },
    "activities": {
        "sha256": "s",
        "row_number": "i",
        **_PLACE,
        "table_number": "i",
        "goal": "s",
        "goal_level": "s",
        "unit": "s",
        "activity": "s",
        "start_date": "s",
        "end_date": "s",
        "deviation": "s",
        "analysis": "s",
        "printed": "s",
    },
    "economy": {
        "sha256": "s",
        "table_number": "i",
        "row_number": "i",
        **_PLACE,
        "table_title": "s",
        "heading": "s",
        "label_column": "s",
        "money_unit": "s",
        "unit": "s",
        "label": "s",
        "column_number": "i",
        "column_name": "s",
        "value": "s",
        "printed": "s",
        "alternatives": "s",
    },
    "unaccounted": {
        "sha256": "s",
        "row_number": "i",
        "line": "i",
        "page": "i",
        "text": "s",
        "reason": "s",
    },
}

# Fields of the parsed rows that a raw column names more precisely.
_RENAMED = {"table": "table_number", "start": "start_date", "end": "end_date"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Landed:
    """A report in the lake: where it belongs, and its folder."""

    stadsdel_id: str
    year: int
    sha256: str
    folder: Path


def schema(kind: str) -> pl.Schema:
    """Return the polars schema of a raw table; `kind` is one of KINDS."""
    import polars as pl

    types: dict[str, pl.DataType] = {
        "s": pl.String(),
        "i": pl.Int64(),
        "f": pl.List(pl.Float64),
        "l": pl.List(pl.String),
    }
    return pl.Schema({name: types[code] for name, code in COLUMNS[kind].items()})


def rows(report: ParsedReport, parser_version: int) -> dict[str, list[Row]]:
    """Return a report's rows by kind, each row as column name -> value in document order."""
    return {
        "reports": [_report(report, parser_version)],
        "indicators": _numbered(report.sha256, report.indicators),
        "goals": _numbered(report.sha256, report.goals),
        "activities": _numbered(report.sha256, report.activities),
        "economy": list(_economy(report)),
        "unaccounted": _numbered(report.sha256, report.unaccounted),
    }


def land(lake: Path, scratch: Path, report: ParsedReport, parser_version: int) -> Landed:
    """Write a parsed report into the lake in one step, replacing a damaged folder if there is one.

    Args:
        lake: the lake's root, above the parser versions.
        scratch: a folder on the same file system to write in.
        report: the parsed report; its identity decides the folder.
        parser_version: the version of the parser that read it.
    """
    import polars as pl

    identity = report.identity
    place = Path(str(parser_version), identity.stadsdel_id, str(identity.year), report.sha256)
    with files.new_folder(lake / place, scratch) as folder:
        for kind, kind_rows in rows(report, parser_version).items():
            columns = schema(kind)
            values = [[row[name] for name in columns] for row in kind_rows]
            frame = pl.DataFrame(values, schema=columns, orient="row")
            frame.write_parquet(_file(folder, kind), compression="zstd")
        checksums = {kind: files.sha256_of(_file(folder, kind)) for kind in KINDS}
        text = json.dumps(checksums, indent=2) + "\n"
        (folder / CHECKSUMS).write_text(text, encoding="utf-8")
    return Landed(identity.stadsdel_id, identity.year, report.sha256, lake / place)


def landed(lake: Path, parser_version: int) -> dict[str, Landed]:
    """Return the reports that this parser version has landed, by sha256."""
    found = {}
    for folder in sorted((lake / str(parser_version)).glob("*/*/*")):
        stadsdel_id, year, sha256 = folder.parts[-3:]
        found[sha256] = Landed(stadsdel_id, int(year), sha256, folder)
    return found


def is_whole(report: Landed) -> bool:
    """Return whether every file of a landed report is there and has the bytes that were written."""
    try:
        checksums = json.loads((report.folder / CHECKSUMS).read_text(encoding="utf-8"))
        return all(files.sha256_of(_file(report.folder, kind)) == checksums[kind] for kind in KINDS)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def is_counted(report: Landed) -> bool:
    """Return whether the tables hold as many rows as the parser counted in the report."""
    counts = read([report], "reports").row(0, named=True)
    kinds = ("indicators", "goals", "activities", "unaccounted")
    return (
        all(read([report], kind).height == counts[f"n_{kind}"] for kind in kinds)
        and read([report], "economy")["row_number"].n_unique() == counts["n_economy_rows"]
    )


def is_rectangular(report: Landed) -> bool:
    """Return whether every row of a money table has one cell for every column of the table."""
    import polars as pl

    cells = read([report], "economy")
    tables = cells.group_by("table_number").agg(
        pl.len().alias("cells"),
        pl.struct("row_number", "column_number").n_unique().alias("places"),
        (pl.col("row_number").n_unique() * pl.col("column_number").n_unique()).alias("expected"),
    )
    whole = (pl.col("cells") == pl.col("expected")) & (pl.col("places") == pl.col("expected"))
    return bool(tables.select(whole.all()).item())


def remove(report: Landed) -> None:
    """Take a report's folder out of the lake."""
    shutil.rmtree(report.folder, ignore_errors=True)


def read(reports: Iterable[Landed], kind: str) -> pl.DataFrame:
    """Return the rows of one kind of these reports, in the order of the reports given."""
    import polars as pl

    frames = [pl.read_parquet(_file(report.folder, kind)) for report in reports]
    return pl.concat([pl.DataFrame(schema=schema(kind)), *frames])


def _file(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.parquet"


def _numbered(sha256: str, parsed: Iterable[ParsedRow]) -> list[Row]:
    return [
        {"sha256": sha256, "row_number": number, **_values(row)}
        for number, row in enumerate(parsed, start=1)
    ]


def _values(row: ParsedRow) -> Row:
    """Return a row's fields under the names of the raw columns."""
    values = row._asdict()
    readings: tuple[Reading, ...] = values.pop("ambiguous", ())
    return {
        **_place(values.pop("place")),
        **{_RENAMED.get(name, name): value for name, value in values.items()},
        "alternatives": _alternatives(readings),
    }


def _place(place: Place) -> Row:
    bbox = None if place.bbox is None else list(place.bbox)
    return {"line": place.line, "page": place.page, "bbox": bbox}


def _alternatives(readings: tuple[Reading, ...]) -> str | None:
    if not readings:
        return None
    return json.dumps([dict(reading.cells) for reading in readings], ensure_ascii=False)


def _report(report: ParsedReport, parser_version: int) -> Row:
    economy_rows = [row for table in report.economy for row in table.rows]
    n_ambiguous = sum(bool(row.ambiguous) for row in report.indicators)
    n_ambiguous += sum(bool(row.ambiguous) for row in economy_rows)
    return {
        "sha256": report.sha256,
        "stadsdel_id": report.identity.stadsdel_id,
        "year": report.identity.year,
        "report_type": report.identity.report_type,
        "layout": report.layout,
        "units": list(report.identity.units),
        "lines": report.lines,
        "pages": report.pages,
        "n_indicators": len(report.indicators),
        "n_goals": len(report.goals),
        "n_activities": len(report.activities),
        "n_economy_tables": len(report.economy),
        "n_economy_rows": len(economy_rows),
        "n_unaccounted": len(report.unaccounted),
        "n_ambiguous": n_ambiguous,
        "parser_version": parser_version,
    }


def _economy(report: ParsedReport) -> Iterator[Row]:
    labelled = ((table, row) for table in report.economy for row in table.rows)
    for row_number, (table, row) in enumerate(labelled, start=1):
        cells = zip(table.columns, row.cells, strict=True)
        for column_number, (column, value) in enumerate(cells, start=1):
            yield {
                "sha256": report.sha256,
                "table_number": table.table,
                "row_number": row_number,
                **_place(row.place),
                "table_title": table.title,
                "heading": table.heading,
                "label_column": table.label_column,
                "money_unit": table.money_unit,
                "unit": table.unit,
                "label": row.label,
                "column_number": column_number,
                "column_name": column,
                "value": value,
                "printed": row.printed,
                "alternatives": _alternatives(row.ambiguous),
            }
