"""Layout A: the common case, where every cell is just what its column prints.

Belongs here: reading cells one after another from where the first begins, and finding where that
may be. Does not belong here: anything odd (`search`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stadsdel.parsing.prices import FIGURES, GROUP_GAPS, PATTERNS

if TYPE_CHECKING:
    from stadsdel.parsing.division import Cells, Kinds
    from stadsdel.parsing.headers import CellKind

_CELL = {kind: re.compile(f"(?:{pattern})(?= )") for kind, pattern in PATTERNS.items()}
_SPACE = re.compile(" ")
_MAY_BEGIN_CELL = re.compile(
    r" |$|[-–−±+<>≤≥\d]|[Tt]as |[Ff]ast|[Öö]k|[Mm]insk|[Oo]förän|[Bb]ibeh|[Mm]ax|[Mm]in|[Hh]ögst"
    r"|[Ll]ägst|[Öö]ver|[Uu]nder|[Cc]a|[Cc]irka|Tert|V[BP] |T[123] |År|[Hh]el|[Hh]alv|[Kk]vart"
    r"|[Mm]ån|[Vv]ar|Ja |Nej |JA |NEJ "
)


def cells_from(text: str, start: int, kinds: Kinds) -> Cells | None:
    """Read exactly one cell per column from `start` to the end of `text`; None where they differ.

    Each cell ends in a space, a blank one is that space alone. A figure takes all groups of digits
    it may, and fewer only where the rest would not be cells.
    """
    count = len(kinds)
    length = len(text)
    cells: list[str | None] = []
    # What to try where reading fails: a column, where its cell begins, and its shorter ends.
    others: list[tuple[int, int, list[int]]] = []
    column = 0
    while True:
        if column == count:
            if start == length:
                return tuple(cells)
        elif start < length:
            if text[start] == " ":
                cells.append(None)
                start += 1
                column += 1
                continue
            ends = _cell_ends(text, start, kinds[column], last=column + 1 == count)
            if ends:
                if len(ends) > 1:
                    others.append((column, start, ends))
                end = ends.pop(0)
                cells.append(text[start:end])
                start = end + 1
                column += 1
                continue
        while others and not others[-1][2]:
            others.pop()
        if not others:
            return None
        column, start, ends = others[-1]
        end = ends.pop(0)
        del cells[column:]
        cells.append(text[start:end])
        start = end + 1
        column += 1


def _cell_ends(text: str, start: int, kind: CellKind, *, last: bool) -> list[int]:
    """Return where a cell of `kind` that begins at `start` may end, the longest first."""
    if kind == "text":
        if last:
            return [len(text) - 1]
        return [match.start() for match in _SPACE.finditer(text, start)]
    match = _CELL[kind].match(text, start)
    if match is None:
        return []
    end = match.end()
    if kind not in FIGURES or text.find(" ", start, end) < 0:
        return [end]
    return [end, *[start + gap.start() for gap in GROUP_GAPS.finditer(match[0])][::-1]]


def named_cells(text: str, kinds: Kinds) -> list[tuple[int, Cells]]:
    """Return the ways to read `text` as a name and exactly one cell per column.

    Each is where the name ends, and the cells as `cells_from` reads them.
    """
    spaces = text.count(" ")
    found = []
    end = text.find(" ")
    while end >= 0 and spaces > len(kinds) - 1:
        spaces -= 1
        # Cells begin after a word, with a blank cell or with what a cell may begin with.
        if end and text[end - 1] != " " and _MAY_BEGIN_CELL.match(text, end + 1):
            cells = cells_from(text, end + 1, kinds)
            if cells is not None:
                found.append((end, cells))
        end = text.find(" ", end + 1)
    return found
