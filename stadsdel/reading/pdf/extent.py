"""How far a table reaches that no rules enclose: its lines alone stand in columns.

Belongs here: where such a table ends, from its first line on. Does not belong here: its cells
(`sheet`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, grown, overlapped
from stadsdel.reading.pdf.fit import HEADER_LINES, SAME_END, SAME_SIZE, fits, is_labelled
from stadsdel.reading.pdf.rows import LEADING
from stadsdel.reading.pdf.sheet import Region, columns_of
from stadsdel.reading.pdf.text import gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.sheet import Sheet
    from stadsdel.reading.pdf.text import TextLine

# Lines further apart than this many line heights do not belong to one table; nor do lines whose
# distance is this many times the greatest one before.
_TABLE_GAP = 3.2
_GAP_GROWTH = 2.2
_ROW_SPACE = 0.3  # what is between rows at least, in line heights, to compare with
# Lines that overlap by this share of their height stand beside each other in one row.
_BESIDE = 0.3
# An analysis may begin this many line heights left of the names: before the symbols' columns.
_INDENT = 6.0
_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|_{4,}|…{2,}")


def extent(sheet: Sheet, start: int, limit: int, known: list[Band] | None = None) -> int:
    """Return where the table that may start at line `start` ends; `start` where none can.

    With `known` bands line `start` is the last of a repeated header.
    """
    rows = sheet.rows
    first = rows[start]
    if known is None and (len(first.pieces) < 2 or _LEADER.search(first.line.text)):
        return start
    bands = known or grown([], first.parts)
    height = first.line.height
    end = start + 1
    widest = 0.0
    ruled, whole, named = known is not None, 0, 1
    beside_label: float | None = None  # where the text beside the last row's label begins
    for at in range(start + 1, limit):
        row = rows[at]
        space = gap(rows[at - 1].line, row.line)
        # Several lines with names so near each other are a table without space between its rows.
        spaced = widest > _ROW_SPACE * height or named >= HEADER_LINES
        if known is not None and _begins_other_columns(sheet, at, bands):
            break
        if sheet.has_rule(at):
            # The first sets off the header; a later one ends the table or begins the next.
            if whole > 1 and ruled:
                break
            ruled, whole = True, 0
        if (
            space > _TABLE_GAP * height
            or (spaced and space > max(_GAP_GROWTH * widest, 1.2 * height))
            or abs(row.line.height - height) > SAME_SIZE * height
            or _LEADER.search(row.line.text)
        ):
            break
        header = known is None and at - start <= HEADER_LINES
        if len(row.pieces) > 1:
            whole += 1
            named += overlapped(bands, row.pieces[0])[:1] == [0]
            if row.line.text == first.line.text:
                break
            labelled = not header and is_labelled(row, bands)
            if not (header or labelled or fits(row, bands)):
                bands = bands if known else columns_of([Region(sheet, start, end)])
                labelled = is_labelled(row, bands)
                if not (labelled or fits(row, bands)):
                    break
            beside_label = row.pieces[1].x0 if labelled else None
            bands = bands_of(rows[start : at + 1]) if header else grown(bands, row.parts)
            end = at + 1
        else:
            over = overlapped(bands, row.line)
            beside = space < -_BESIDE * height  # of the same row as the line above
            near = at == end and space < LEADING * height
            alone = known is not None and _begins_in(row.line, bands)
            indented = 0 < bands[0][0] - row.line.x0 < _INDENT * height
            within = bands[0][0] <= row.line.x0 < bands[-1][1]
            title = near and header and row.line.x0 >= bands[0][0]
            goes_on = near and beside_label is not None
            goes_on = goes_on and abs(row.line.x0 - (beside_label or 0.0)) < SAME_END
            if not (beside or indented or title or goes_on or (within and (over or near))):
                break
            under = near and _is_under(row.line, rows[at - 1])
            if beside or alone or goes_on or under or (near and len(over) < 2):
                end = at + 1
                if over[:1] != [0] and not goes_on:
                    bands = grown(bands, row.pieces)
        if not header or overlapped(bands, row.line)[:1] == [0]:  # else within the header's row
            widest = max(widest, space)
    return _with_tail(rows, start, end, limit, bands)


def _begins_other_columns(sheet: Sheet, at: int, bands: Sequence[Band]) -> bool:
    """Tell whether columns are drawn from line `at` on, and one border stands amid a known one.

    They are another table's: those of its shaded header.
    """
    above, line = sheet.rows[at - 1].line, sheet.rows[at].line
    return any(
        above.middle < wall.start < line.middle < wall.end
        and any(x0 + SAME_END < wall.at < x1 - SAME_END for x0, x1 in bands)
        for wall in sheet.borders
    )


def _is_under(line: TextLine, above: Printed) -> bool:
    """Tell whether a line stands under one text of the line above, or goes on with a value there.

    Values end or have their middle at one place; they reach no further than to the text before.
    """
    left = -inf
    for piece in above.pieces:
        if piece.x0 - SAME_END < line.x0 and line.x1 < piece.x1 + SAME_END:
            return True
        middles = abs(line.x0 + line.x1 - piece.x0 - piece.x1) / 2
        if left < line.x0 and piece.x0 > above.pieces[0].x1:
            ends = abs(line.x1 - piece.x1)
            if min(ends, middles) < SAME_END:
                return True
        left = piece.x1
    return False


def _begins_in(line: TextLine, bands: Sequence[Band]) -> bool:
    """Tell whether a line begins where a column does, and ends within it."""
    return any(
        abs(line.x0 - x0) < SAME_END and line.x1 < following
        for (x0, _), following in zip(bands, [x0 for x0, _ in bands[1:]] + [inf], strict=True)
    )


def _with_tail(
    rows: Sequence[Printed], start: int, end: int, limit: int, bands: Sequence[Band]
) -> int:
    """Extend a table by lines across all columns that follow its last row as rows follow rows.

    They are the last row's analysis; prose begins further off, elsewhere or in another size.
    """
    spaces = [gap(a.line, b.line) for a, b in pairwise(rows[start:end])]
    widest = max([*spaces, LEADING * rows[start].line.height])
    # Drawn columns begin left of their texts; the last line of a header may have no first title.
    names = (row.line.x0 for row in rows[start:end] if row.line.x0 < bands[0][1])
    left = max(bands[0][0], min(names, default=bands[0][0]))
    for at in range(end, limit):
        row = rows[at]
        if (
            gap(rows[at - 1].line, row.line) > widest + 0.5 * row.line.height
            or abs(row.line.height - rows[start].line.height) > SAME_SIZE * row.line.height
            or not -_INDENT * row.line.height < row.line.x0 - left < 1.5
            or len(row.pieces) > 1
        ):
            return at
    return limit
