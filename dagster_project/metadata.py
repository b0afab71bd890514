"""What Dagster shows of a table: its size and its first rows.

Belongs here: turning rows into Dagster's metadata. Does not belong here: reading the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

PREVIEW_ROWS = 5
_CELL_WIDTH = 60


def of_table(rows: int, columns: Sequence[str], first: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the metadata of a table of `rows` rows that begins with the rows `first`."""
    return {
        "dagster/row_count": rows,
        "preview": dg.MetadataValue.md(markdown(columns, first)),
    }


def markdown(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as a Markdown table; long cells are cut."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def of_counts(counts: Mapping[str, int]) -> dg.MarkdownMetadataValue:
    """Return counts by name as a Markdown table."""
    return dg.MetadataValue.md(markdown(["table", "rows"], list(counts.items())))


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    # What a report prints is data: it must not end the cell, the row or start markup.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _CELL_WIDTH else text[: _CELL_WIDTH - 1] + "…"
