"""Rows as found in a table's lines, before they become the model's rows.

Belongs here: the two types that every layout's row reader returns. Does not belong here: how rows
are found (`line_rows`, `cell_rows`), or goals, units and places (`parse`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.parsing.division import Division
    from stadsdel.parsing.headers import Header


@dataclass(slots=True)
class RawRow:
    """A row as found: its cells by position, the lines it took, and the readings that also fit."""

    first: int
    header: Header
    name: str
    cells: tuple[str | None, ...]
    lines: list[int]
    analysis: str | None = None
    others: list[Division] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """The rows of one table, which a header printed again continues.

    `unaccounted` holds the lines inside the table that became part of no row, with the reason.
    """

    header: Header
    first: int
    rows: list[RawRow] = field(default_factory=list)
    unaccounted: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class RawMoneyRow:
    """A labelled line of a money table; `cells` align with its columns.

    `cost` is what speaks against this reading, to be weighed against `others`.
    """

    label: str
    cells: tuple[str | None, ...]
    lines: list[int]
    others: list[Division] = field(default_factory=list)
    cost: float = 0.0


@dataclass(slots=True)
class RawMoney:
    """A money table: its label column, value columns and rows.

    `title` is set where the table itself prints one.
    """

    first: int
    stub: str
    columns: tuple[str, ...]
    title: str | None = None
    rows: list[RawMoneyRow] = field(default_factory=list)
    unaccounted: list[tuple[int, str]] = field(default_factory=list)
