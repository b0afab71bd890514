"""What of a line fits a table: its size, its columns, and whether lines look like one at all.

Belongs here: judgements on single lines and on a set of them. Does not belong here: where a table
begins and ends (`between`, `extent`), columns themselves (`bands`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, overlapped
from stadsdel.reading.pdf.rows import LEADING
from stadsdel.reading.pdf.text import gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.pdf.bands import Band, Printed

# What begins, ends or stands at one place does so within this many points.
SAME_END = 3.0
# The lines of a table are of one size, within this share.
SAME_SIZE = 0.07
# The lines in which a header may have titles over several columns.
HEADER_LINES = 3
# A table of two columns needs this many rows and so wide a gap, in line heights: prose that happens
# to be in two pieces has neither.
_PAIR_ROWS = 3
_PAIR_GAP = 1.5
# Columns whose texts are longer than this many words in the mean are columns of prose.
_PROSE_WORDS = 4.0
_BULLET = re.compile(r"(?:\W{1,2}|o|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-z][.)])$")


def is_size(row: Printed, height: float) -> bool:
    """Tell whether a line is of a table's size, `height`."""
    return abs(row.line.height - height) <= SAME_SIZE * height


def fits(row: Printed, bands: Sequence[Band]) -> bool:
    """Tell whether a line of several pieces has a table's columns."""
    over = [overlapped(bands, part) for part in row.parts]
    return sum(len(found) > 1 for found in over) * 2 < len(over)


def belongs(row: Printed, bands: Sequence[Band], height: float) -> bool:
    """Tell whether a line beside a table stands in its columns, and not in the first alone."""
    return (
        len(bands) > 1
        and fits(row, bands)
        and (len(row.parts) > 1 or overlapped(bands, row.line) != [0])
        and is_size(row, height)
    )


def is_labelled(row: Printed, bands: Sequence[Band]) -> bool:
    """Tell whether a line is a label in the first column and a text beside it, over several."""
    if len(row.pieces) != 2 or len(bands) < 3:
        return False
    label, text = row.pieces
    return overlapped(bands, label) == [0] and len(overlapped(bands, text)) > 1


def is_table(rows: Sequence[Printed]) -> bool:
    """Tell whether lines form a table: enough columns, of texts too short for prose."""
    several = [row for row in rows if len(row.pieces) > 1]
    if len(several) < 2:
        return False
    bands = bands_of(rows)
    if len(bands) < 2 or all(_BULLET.match(row.pieces[0].text) for row in several):
        return False
    # A text over several columns is an analysis beside its label.
    lengths = [
        len(piece.words)
        for row in several
        for piece in row.pieces[1:]
        if len(overlapped(bands, piece)) < 2
    ]
    if sum(lengths) > _PROSE_WORDS * len(lengths):
        return False
    if len(bands) > 2:
        return any(len(row.pieces) > 2 for row in several) or len(several) > _PAIR_ROWS
    gutter = min(b.x0 - a.x1 for row in several for a, b in pairwise(row.pieces))
    return len(several) >= _PAIR_ROWS and gutter > _PAIR_GAP * several[0].line.height


def header_start(rows: Sequence[Printed], start: int, free: int, bands: Sequence[Band]) -> int:
    """Return where the header begins: its first lines may stand in one column only.

    `free` is how many lines just above belong to no other table; `bands` are the table's columns.
    """
    height = rows[start].line.height
    least = start - free
    while start > least and len(rows[start - 1].pieces) == 1:
        above = rows[start - 1].line
        if gap(above, rows[start].line) > LEADING * height or not belongs(
            rows[start - 1], bands, height
        ):
            break
        start -= 1
    return start
