"""Answers: below each query of a page, what it returns.

A page marks the place of an answer with a comment that names the warehouse to ask; everything up to
the closing comment is made here, so that the page cannot claim what the query does not return.

Belongs here: finding the queries and setting out their rows. Does not belong here: running them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = tuple["Sequence[str]", "Sequence[Sequence[object]]"]

_ANSWERED = re.compile(
    r"```sql\n(?P<sql>(?:(?!```).)*)\n```\n+<!-- answer from (?P<source>\w+) -->\n"
    r"(?P<answer>.*?)<!-- end of answer -->",
    re.DOTALL,
)


def sources(page: str) -> set[str]:
    """Return the names of the warehouses that the page asks."""
    return {found["source"] for found in _ANSWERED.finditer(page)}


def fill(page: str, ask: Callable[[str, str], Rows]) -> str:
    """Return the page with each answer made anew.

    Args:
        page: Markdown.
        ask: runs a query (first argument) on a warehouse (second) and returns column names and
            rows.
    """

    def answered(found: re.Match[str]) -> str:
        start, end = (place - found.start() for place in found.span("answer"))
        table = markdown(*ask(found["sql"], found["source"]))
        return f"{found[0][:start]}{table}\n{found[0][end:]}"

    return _ANSWERED.sub(answered, page)


def markdown(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows as a Markdown table; numbers stand to the right, null is blank."""
    right = [any(_is_number(row[place]) for row in rows) for place in range(len(names))]
    lines = [names, ["---:" if is_number else "---" for is_number in right]]
    lines += [[_text(value) for value in row] for row in rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return table if rows else f"{table}\n\n(no rows)"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).replace("|", "\\|")
