"""What Dagster shows of an asset: its size and first rows, who answers for it, who may read it.

Belongs here: turning rows and texts into Dagster's metadata. Does not belong here: reading them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dagster as dg

from stadsdel import markdown
from stadsdel.workspace import Workspace

PAGES_URL = "STADSDEL_PAGES_URL"
"""Environment variable with the address at which the working folder's pages are served, if any."""

OWNERS = ("team:stadsdelslagret",)
PREVIEW_ROWS = 5
_CELL_WIDTH = 60
_PUBLIC = ("marts", "publication")
# A page of the user interface; the file has the rest.
_TEXT_CHARACTERS = 20_000


def tags(layer: str) -> dict[str, str]:
    """Return the tags of an asset of a layer: the layer, and whether others may rely on it."""
    return {"layer": layer, "contract": "public" if layer in _PUBLIC else "private"}


def of_table(rows: int, columns: Sequence[str], first: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the metadata of a table of `rows` rows that begins with the rows `first`."""
    return {
        "dagster/row_count": rows,
        "preview": dg.MetadataValue.md(markdown.table(columns, first, _CELL_WIDTH)),
    }


def of_counts(counts: Mapping[str, int]) -> dg.MarkdownMetadataValue:
    """Return counts by name as a Markdown table."""
    return dg.MetadataValue.md(markdown.table(["table", "rows"], list(counts.items())))


def link(workspace: Workspace, page: Path) -> dg.UrlMetadataValue:
    """Return a link to a page in the working folder: at its address, else on this machine."""
    address = os.environ.get(PAGES_URL)
    if not address:
        return dg.MetadataValue.url(page.as_uri())
    place = quote(page.relative_to(workspace.state).as_posix())
    return dg.MetadataValue.url(f"{address.rstrip('/')}/{place}")


def of_text(markdown_text: str) -> dg.MarkdownMetadataValue:
    """Return the beginning of a Markdown text, cut between lines."""
    if len(markdown_text) > _TEXT_CHARACTERS:
        shown = markdown_text[:_TEXT_CHARACTERS].rpartition("\n")[0]
        markdown_text = f"{shown}\n\n…"
    return dg.MetadataValue.md(markdown_text)


def of_list(lines: Sequence[str]) -> dg.MarkdownMetadataValue:
    """Return lines as a Markdown list."""
    return dg.MetadataValue.md("\n".join(f"- {line}" for line in lines))
