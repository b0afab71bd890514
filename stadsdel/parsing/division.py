"""Layout A: what a row's text and a way to divide it are.

Belongs here: the types that dividing a row shares. Does not belong here: how divisions are found
(`strict`, `search`, `continuation`) or priced (`prices`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing.headers import CellKind

if TYPE_CHECKING:
    from stadsdel.parsing.headers import Column

Kinds = tuple[CellKind, ...]
Cells = tuple[str | None, ...]
# A row's text: blocks of lines, as `line_rows` collects them.
Blocks = tuple[tuple[str, ...], ...]
# Parts of a text, by the offsets of their first character and of the one after their last.
Spans = tuple[tuple[int, int], ...]
# Stands where a page break cut a word; its rest follows after the repeated header.
CUT = "\u2060"
# Above this much that speaks against it, no division is one; within this much of the best one,
# another fits nearly as well.
WORST_ACCEPTED = 9.0
AMBIGUOUS_WITHIN = 0.75


class Division(NamedTuple):
    """One way to divide a row: its name, its cells, and how much speaks against it."""

    name: str
    cells: Cells
    cost: float


def kinds_of(columns: tuple[Column, ...]) -> Kinds:
    """Return what each column's cells look like."""
    return tuple([column.kind for column in columns])


def nearly_as_good(divisions: list[Division]) -> tuple[Division, ...]:
    """Return, of any divisions, the cheapest and those nearly as cheap, each once, in order."""
    divisions = sorted(divisions, key=lambda division: division.cost)
    kept: dict[tuple[str, Cells], Division] = {}
    for division in divisions:
        if division.cost <= divisions[0].cost + AMBIGUOUS_WITHIN:
            kept.setdefault((division.name, division.cells), division)
    return tuple(kept.values())
