"""Printed lines to rows, where no rule says where a row ends.

Belongs here: telling the space between two rows from the space between two lines of a cell. Does
not belong here: columns (`bands`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.text import gap, word_fits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from stadsdel.reading.pdf.text import TextLine

# Lines of one cell are nearer than this, in line heights.
LEADING = 0.6
# Spaces between lines that differ by more than this share of a line's height are of two kinds.
_KINDS_APART = 0.14
# Lines of one cell overlap by no more than this share of their height.
_OVERLAP = 0.35
# More space than the file's usual leading by this many line heights is not between two lines of a
# cell.
_MORE_THAN_LEADING = 0.3
# Rows of one line each are most of a table's lines: this share.
_SINGLE = 0.6
# A line with the first column and this share of all columns filled is likely a whole row.
_FULL = 0.7


def rows_of(
    lines: Sequence[TextLine], cells: Sequence[Mapping[int, TextLine]], columns: int, leading: float
) -> list[tuple[int, int]]:
    """Return the rows that printed lines form, each as (first line, line behind the last).

    Args:
        lines: a table's lines from top to bottom, over all its columns.
        cells: for each line what it has in which columns.
        columns: how many columns the table has.
        leading: the usual space between lines in the file, in line heights.
    """
    limit = _row_space(lines, cells, columns, leading)
    room = _widths(cells)
    starts = [0]
    foot = lines[0].base
    for i, line in enumerate(lines[1:], 1):
        space = line.base - line.height - foot
        foot = max(foot, line.base)
        if (
            space > limit
            if limit is not None
            else _starts_row(cells[i - 1], cells[i], room, columns)
        ):
            starts.append(i)
    return list(pairwise([*starts, len(lines)]))


def _row_space(
    lines: Sequence[TextLine], cells: Sequence[Mapping[int, TextLine]], columns: int, leading: float
) -> float | None:
    """Return the space above which a new row begins; None where space does not tell.

    The least space between two lines of one column is that between the lines of a cell, if lines so
    near each other are not mostly whole rows themselves, and not all lines are as near.
    """
    height = max(line.height for line in lines)
    last: dict[int, int] = {}
    spaces: list[tuple[float, int, int]] = []
    for i, line in enumerate(lines):
        for column in cells[i]:
            if column in last:
                spaces.append((gap(lines[last[column]], line), last[column], i))
            last[column] = i
    spaces = [entry for entry in spaces if entry[0] > -_OVERLAP * height]
    least = min(spaces, default=(0.0, 0, 0))[0]
    single = sum(0 in line and len(line) > 1 for line in cells)
    if least > (leading + _MORE_THAN_LEADING) * height and single >= _SINGLE * len(cells):
        return least - _KINDS_APART * height
    limit = least + _KINDS_APART * height
    room = _widths(cells)
    if all(gap(above, below) <= limit for above, below in pairwise(lines)) and any(
        len(below) > 1 and 0 in below and 0 in above and not _may_be_rest(above, below, 0, room)
        for above, below in pairwise(cells)
    ):
        return None
    near = {(above, below) for space, above, below in spaces if space <= limit}
    whole = sum(_is_full(cells[a], columns) and _is_full(cells[b], columns) for a, b in near)
    return None if whole * 2 >= len(near) else limit


def _is_full(filled: Set[int] | Mapping[int, TextLine], columns: int) -> bool:
    return 0 in filled and len(filled) >= _FULL * columns


def _widths(cells: Sequence[Mapping[int, TextLine]]) -> dict[int, float]:
    """Return how wide the widest line of each column is: a cell has at least so much room."""
    widths: dict[int, float] = {}
    for line in cells:
        for column, text in line.items():
            widths[column] = max(widths.get(column, 0.0), text.x1 - text.x0)
    return widths


def _starts_row(
    above: Mapping[int, TextLine],
    line: Mapping[int, TextLine],
    room: Mapping[int, float],
    columns: int,
) -> bool:
    """Tell a new row where space does not: it has a name, and something in it is no wrapped rest.

    Where all of it may be, a name that begins with a small letter is a rest, but not if there is
    text in most columns beside it: figures are not wrapped.
    """
    if 0 not in line:
        return False
    if len(line) > 1 and _is_full(line, columns):
        return True
    rests = all(_may_be_rest(above, line, column, room) for column in line)
    return not rests or not line[0].text[:1].islower()


def _may_be_rest(
    above: Mapping[int, TextLine],
    line: Mapping[int, TextLine],
    column: int,
    room: Mapping[int, float],
) -> bool:
    """Tell whether a line's text in a column may be the wrapped rest of the line above.

    Such a one stands under a line on which its first word had no room.
    """
    if column not in above:
        return False
    return not word_fits(above[column], line[column], room[column])
