"""`stadsdel extract`: what the program reads in each report, as JSON Lines.

Belongs here: the extraction contract (one folder per report, report.json and one JSON Lines file
per kind). Does not belong here: reading and parsing, or the lake.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stadsdel import apart
from stadsdel.errors import ReportError
from stadsdel.parsing import PARSER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stadsdel.parsing.model import ParsedReport, Place, Reading


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of one file: the folder written and the report, or the error."""

    path: Path
    folder: Path | None
    report: ParsedReport | None
    error: ReportError | None


def extract(paths: Sequence[Path], out: Path, in_process: bool = False) -> Iterator[Extraction]:
    """Read each report and write DIR/<file stem>/; a file that fails does not stop the others.

    Each file is read when its result is asked for, so that a folder takes the memory of one report.

    A folder is written aside and renamed, so that a reader never sees half of one; an earlier
    extraction of the same file is replaced. Files of one stem from different folders get a
    number after the stem.

    Args:
        paths: the files, in the order of the results.
        out: where the folders are written.
        in_process: read in a process of its own, within the limits of `stadsdel.apart`.
    """
    taken: set[str] = set()
    for path, outcome in apart.reports(paths, in_process):
        if isinstance(outcome, ReportError):
            yield Extraction(path, None, None, outcome)
            continue
        # the stem of "...txt" is "..", which as a folder is another place
        name = _free_name(path.name if path.stem in ("", ".", "..") else path.stem, taken)
        taken.add(name)
        yield Extraction(path, write(outcome, out / name), outcome, None)


def write(report: ParsedReport, folder: Path) -> Path:
    """Write one report's extraction to `folder`, atomically, and return the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        aside.chmod(0o755)
        (aside / "report.json").write_text(
            json.dumps(summary(report), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        for kind, rows in tables(report).items():
            with (aside / f"{kind}.jsonl").open("w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        if folder.exists():
            shutil.rmtree(folder)
        aside.replace(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder


def summary(report: ParsedReport) -> dict[str, Any]:
    """Return report.json's object."""
    identity = report.identity
    size: dict[str, Any] = (
        {"lines": report.lines} if report.pages is None else {"pages": report.pages}
    )
    return {
        "stadsdel": identity.stadsdel_id,
        "year": identity.year,
        "report_type": identity.report_type,
        "units": list(identity.units),
        "sha256": report.sha256,
        "layout": report.layout,
        **size,
        "counts": {
            "indicators": len(report.indicators),
            "goals": len(report.goals),
            "activities": len(report.activities),
            "economy_tables": len(report.economy),
            "economy_rows": sum(len(table.rows) for table in report.economy),
            "unaccounted": len(report.unaccounted),
            "ambiguous": sum(bool(row.ambiguous) for row in report.indicators)
            + sum(bool(row.ambiguous) for table in report.economy for row in table.rows),
        },
        "unaccounted": [
            {**_place(line.place), "text": line.text, "reason": line.reason}
            for line in report.unaccounted
        ],
        "evidence": [
            {"of": of, **_place(place), "text": text} for of, place, text in identity.evidence
        ],
        "notes": list(report.notes),
        "parser_version": PARSER_VERSION,
    }


def tables(report: ParsedReport) -> dict[str, Iterable[dict[str, Any]]]:
    """Return the rows of each JSON Lines file."""
    return {
        "indicators": [
            {
                **_place(row.place),
                "goal": row.goal,
                "goal_level": row.goal_level,
                "unit": row.unit,
                "indicator": row.indicator,
                "outcome": row.outcome,
                "outcome_men": row.outcome_men,
                "outcome_women": row.outcome_women,
                "outcome_prev": row.outcome_prev,
                "prev_label": row.prev_label,
                "forecast": row.forecast,
                "target": row.target,
                "kf_target": row.kf_target,
                "period": row.period,
                "analysis": row.analysis,
                "table": row.table,
                "printed": row.printed,
                "alternatives": _alternatives(row.ambiguous),
            }
            for row in report.indicators
        ],
        "goals": [
            {
                **_place(row.place),
                "level": row.level,
                "code": row.code,
                "title": row.title,
                "status": row.status,
                "unit": row.unit,
                "printed": row.printed,
            }
            for row in report.goals
        ],
        "activities": [
            {
                **_place(row.place),
                "goal": row.goal,
                "goal_level": row.goal_level,
                "unit": row.unit,
                "activity": row.activity,
                "start": row.start,
                "end": row.end,
                "deviation": row.deviation,
                "analysis": row.analysis,
                "table": row.table,
                "printed": row.printed,
            }
            for row in report.activities
        ],
        "economy": [
            {
                **_place(table.place),
                "table": table.title,
                "heading": table.heading,
                "label_column": table.label_column,
                "unit": table.money_unit,
                "unit_of_org": table.unit,
                "columns": list(table.columns),
                "rows": [
                    {
                        **_place(row.place),
                        "label": row.label,
                        "cells": list(row.cells),
                        "printed": row.printed,
                        "alternatives": _alternatives(row.ambiguous),
                    }
                    for row in table.rows
                ],
            }
            for table in report.economy
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    if place.page is None:
        return {"line": place.line}
    box = None if place.bbox is None else [round(value, 2) for value in place.bbox]
    return {"page": place.page, "bbox": box}


def _alternatives(readings: tuple[Reading, ...]) -> list[dict[str, str | None]]:
    return [dict(reading.cells) for reading in readings]


def _free_name(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
