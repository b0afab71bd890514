"""Answers: below each query of a page, what it returns.

A page marks the place of an answer with a comment; everything up to the closing comment is made
here, so that the page cannot claim what the query does not return.

Belongs here: finding the queries and setting out their rows. Does not belong here: running them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = tuple["Sequence[str]", "Sequence[Sequence[object]]"]

_ANSWERED = re.compile(
    r"(?P<query>```sql\n(?P<sql>(?:(?!```).)*)\n```\n+)<!-- answer -->\n.*?<!-- end of answer -->",
    re.DOTALL,
)


def queries(page: str) -> list[str]:
    """Return the answered queries of a page, in order."""
    return [found["sql"] for found in _ANSWERED.finditer(page)]


def fill(page: str, ask: Callable[[str], Rows]) -> str:
    """Return the page with each answer as `ask` gives it: column names and rows."""

    def answer(found: re.Match[str]) -> str:
        table = markdown(*ask(found["sql"]))
        return f"{found['query']}<!-- answer -->\n{table}\n<!-- end of answer -->"

    return _ANSWERED.sub(answer, page)


def markdown(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows as a Markdown table; numbers stand to the right, null is blank."""
    right = [
        any(isinstance(row[place], int | float) for row in rows) for place in range(len(names))
    ]
    lines = [names, ["---:" if is_number else "---" for is_number in right]]
    lines += [[_text(value) for value in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|")
