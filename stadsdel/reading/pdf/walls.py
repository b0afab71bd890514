"""Columns that are drawn: vertical rules that no grid uses, and seams between shaded cells.

Belongs here: which borders such walls give the columns of some lines, and which lines stand between
walls. Does not belong here: rules that form a grid (`grid`), columns by white bands (`bands`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.grid import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.ink import Rule

# Walls this near each other are one: no column of text is narrower.
_SAME_COLUMN = 5.0
# A text reaches over a wall where it does so by this many points on both sides.
_REACHES = 1.0
# Walls of one table run beside each other along this share of the shorter one.
_BESIDE = 0.5


def walled_bands(rows: Sequence[Printed], walls: Iterable[Rule]) -> list[Band]:
    """Return the columns that walls divide lines into; none where they divide nothing.

    A wall may stand beside one of the lines only, as the seams of a shaded header do. Such as most
    lines in several pieces reach over are none of these lines'.
    """
    top, bottom = min(row.line.top for row in rows), max(row.line.bottom for row in rows)
    left, right = min(row.line.x0 for row in rows), max(row.line.x1 for row in rows)
    several = [row for row in rows if len(row.pieces) > 1]
    beside = [wall.at for wall in walls if wall.start < bottom and top < wall.end]
    edges: list[float] = []
    for at in beside:
        if (
            left < at < right
            and not (edges and at - edges[-1] <= _SAME_COLUMN)
            and 2 * sum(_is_under(row, at) for row in several) <= len(several)
        ):
            edges.append(at)
    if not edges:
        return []
    outer = (
        max((at for at in beside if at <= left), default=left),
        min((at for at in beside if at >= right), default=right),
    )
    return list(pairwise([outer[0], *edges, outer[1]]))


def _is_under(row: Printed, at: float) -> bool:
    return any(word.x0 + _REACHES < at < word.x1 - _REACHES for word in row.line.words)


def walled_lines(rows: Sequence[Printed], walls: Sequence[Rule]) -> list[tuple[int, int]]:
    """Return which lines stand between walls that run beside each other, as (first line, end)."""
    groups: list[list[Rule]] = []
    for wall in sorted(merged(walls, _SAME_COLUMN), key=lambda wall: wall.start - wall.end):
        for group in groups:
            longest = group[0]
            beside = min(longest.end, wall.end) - max(longest.start, wall.start)
            if beside >= _BESIDE * (wall.end - wall.start):
                group.append(wall)
                break
        else:
            groups.append([wall])
    found = []
    for group in groups:
        top, bottom = min(wall.start for wall in group), max(wall.end for wall in group)
        inside = [i for i, row in enumerate(rows) if top < row.line.middle < bottom]
        if len(group) > 1 and inside:
            found.append((inside[0], inside[-1] + 1))
    return sorted(found)
