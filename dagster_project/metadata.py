"""What Dagster shows of a table: its size and its first rows.

Belongs here: turning rows into Dagster's metadata. Does not belong here: reading the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from stadsdel import markdown

PREVIEW_ROWS = 5
_CELL_WIDTH = 60


def of_table(rows: int, columns: Sequence[str], first: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the metadata of a table of `rows` rows that begins with the rows `first`."""
    return {
        "dagster/row_count": rows,
        "preview": dg.MetadataValue.md(markdown.table(columns, first, _CELL_WIDTH)),
    }


def of_counts(counts: Mapping[str, int]) -> dg.MarkdownMetadataValue:
    """Return counts by name as a Markdown table."""
    return dg.MetadataValue.md(markdown.table(["table", "rows"], list(counts.items())))
