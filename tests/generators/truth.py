"""What a reader should find in a printed report: rows in the extraction contract's form.

Belongs here: the contract's fields for each goal, indicator, activity and money table, and writing
them as JSON Lines. Does not belong here: comparing (`scoring`) or printing (the renderers).

Contract: design/extract-format.md. `line` is given for text, `page` for PDF.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from generators.model import (
    FIELDS,
    ActivityTable,
    Analysis,
    EconomyTable,
    Goal,
    Heading,
    IndicatorTable,
    Part,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generators.typeset import Key

Truth = dict[str, list[dict[str, Any]]]
KINDS = ("indicators", "goals", "activities", "economy")


def truth(
    report: Report, places: Mapping[Key, int], unit_of_place: Literal["line", "page"] = "line"
) -> Truth:
    """Return the rows of a report by kind, in document order.

    Args:
        report: the content.
        places: where each goal, table and row was printed; a row that was not is left out.
        unit_of_place: whether `places` are lines or pages.
    """
    found: Truth = {kind: [] for kind in KINDS}
    for number, part in enumerate(report.parts):
        _part(part, number, places, unit_of_place, found)
    return found


def _part(part: Part, number: int, places: Mapping[Key, int], place: str, found: Truth) -> None:
    goal: Goal | None = None
    heading: str | None = None
    for index, block in enumerate(part.blocks):
        under = {
            "goal": goal.text if goal else None,
            "goal_level": goal.level if goal else None,
            "unit": part.unit,
        }
        if isinstance(block, Goal):
            goal = block
            found["goals"].append(
                {
                    place: places[number, index, -1],
                    "level": block.level,
                    "code": block.code.rstrip(".") if block.code else None,
                    "title": block.title,
                    "status": block.status,
                    "unit": part.unit,
                }
            )
        elif isinstance(block, Heading):
            heading = block.text
            if block.rank <= 2:
                goal = None
        elif isinstance(block, IndicatorTable):
            fields = [column.field for column in block.columns]
            label = next((c.prev_label for c in block.columns if c.prev_label), None)
            for position, row in enumerate(block.rows):
                cells = dict.fromkeys(FIELDS) | dict(zip(fields, row.cells, strict=True))
                found["indicators"].append(
                    {place: places[number, index, position]}
                    | under
                    | {"indicator": row.name}
                    | cells
                    | {"prev_label": label, "analysis": _text(row.analysis)}
                )
        elif isinstance(block, ActivityTable):
            for position, act in enumerate(block.rows):
                found["activities"].append(
                    {place: places[number, index, position]}
                    | under
                    | {
                        "activity": act.name,
                        "start": act.start,
                        "end": act.end,
                        "deviation": act.deviation,
                        "analysis": _text(act.analysis),
                    }
                )
        elif isinstance(block, EconomyTable):
            found["economy"].append(
                {
                    place: places[number, index, -1],
                    "table": block.heading,
                    "heading": heading,
                    "label_column": block.label_column,
                    "unit": block.money_unit,
                    "columns": [column.name for column in block.columns],
                    "rows": [
                        {
                            place: places[number, index, position],
                            "label": line.label,
                            "cells": list(line.cells),
                        }
                        for position, line in enumerate(block.rows)
                    ],
                }
            )


def _text(analysis: Analysis | None) -> str | None:
    return analysis.text if analysis else None


def write(found: Truth, folder: Path) -> None:
    """Write one JSON Lines file per kind into `folder`, as `stadsdel extract` names them."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in found.items():
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        path = folder / f"{kind}.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
