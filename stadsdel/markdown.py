"""Tables in Markdown whose cells may hold anything that a report prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], width: int = 1000) -> str:
    """Return rows as a Markdown table; a cell longer than `width` characters is cut."""
    lines = [columns, ["---"] * len(columns), *([cell(v, width) for v in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object, width: int = 1000) -> str:
    """Return a value as a cell: what is printed in a report is data and starts no markup."""
    text = "" if value is None else str(value)
    text = text if len(text) <= width else f"{text[: width - 1]}…"
    for printed, shown in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " ")):
        text = text.replace(printed, shown)
    return text
