"""Columns without vertical rules: the bands that texts cover, and what of a line is in each.

Belongs here: columns from the white bands between words, and which column a piece of a line stands
in. Does not belong here: where a table begins and ends (`unruled`), rows (`rows`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.text import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stadsdel.reading.pdf.ink import Rule

# Words further apart than this share of their height may stand in different columns; a plain space
# is a quarter. A justified line rarely stretches a space this far, and then the bands of other
# lines do not fit it.
_COLUMN_GAP = 0.75
# In a line that has columns a gap this wide divides two more of them.
_BORDER_GAP = 0.31
# In wide-spaced print both gaps are these multiples of the usual space, but never above a limit:
# where a page is all columns, most spaces are those between them.
_COLUMN_SPACES = (3.0, 1.5)
_BORDER_SPACES = (1.3, 0.75)
# A title stands over this many columns at most.
_SPANNED = 2
# Spaces between words of one line are alike within this many points.
_SAME_SPACE = 0.2
# Two boxes overlap where they share more than this many points: borders are not exact.
_GRAZE = 1.0

# Among words of names no more than this share are figures or signs.
_FIGURES = 0.25
_WORDS = re.compile(r"\D*[^\W\d_]{2}\D*")

Band = tuple[float, float]


@dataclass(slots=True)
class Printed:
    """One printed line across the page, in the pieces that gaps divide it into.

    `pieces` are coarse; `parts` divide the line further, at every gap that is wider than a space.
    """

    line: TextLine
    pieces: list[TextLine]
    parts: list[TextLine]


def divided(line: TextLine, space: float, walls: Sequence[float] = ()) -> list[TextLine]:
    """Divide a line where two words are further apart than `space` line heights, or at walls."""
    cuts = [
        i
        for i, (a, b) in enumerate(pairwise(line.words), 1)
        if b.x0 - a.x1 > space * (b.bottom - b.top)
        or (walls and any(a.x1 - _GRAZE < at < b.x0 + _GRAZE for at in walls))
    ]
    if not cuts:
        return [line]
    return [TextLine(line.words[a:b]) for a, b in pairwise([0, *cuts, len(line.words)])]


def printed(lines: Sequence[TextLine], walls: Sequence[Rule] = ()) -> list[Printed]:
    """Divide a page's lines into pieces: at wide gaps and at `walls`, sorted by position."""
    spaces = [
        (b.x0 - a.x1) / (b.bottom - b.top)
        for line in lines
        for a, b in pairwise(line.words)
        if b.bottom > b.top
    ]
    usual = median(spaces) if spaces else 0.0
    coarse = max(_COLUMN_GAP, min(_COLUMN_SPACES[0] * usual, _COLUMN_SPACES[1]))
    fine = max(_BORDER_GAP, min(_BORDER_SPACES[0] * usual, _BORDER_SPACES[1]))
    found = []
    for line in lines:
        beside = [wall.at for wall in walls if wall.start < line.middle < wall.end]
        found.append(Printed(line, divided(line, coarse, beside), divided(line, fine, beside)))
    return found


def overlapped(bands: Sequence[Band], piece: TextLine) -> list[int]:
    """Return which bands a piece stands in."""
    return [
        i
        for i, (x0, x1) in enumerate(bands)
        if min(x1, piece.x1) - max(x0, piece.x0) > min(_GRAZE, 0.4 * (piece.x1 - piece.x0))
    ]


def grown(bands: Sequence[Band], pieces: Iterable[TextLine]) -> list[Band]:
    """Return the bands with a line's pieces added; a piece across several bands changes none."""
    found = list(bands)
    for piece in pieces:
        over = overlapped(found, piece)
        if not over:
            found.append((piece.x0, piece.x1))
            found.sort()
        elif len(over) == 1:
            x0, x1 = found[over[0]]
            found[over[0]] = (min(x0, piece.x0), max(x1, piece.x1))
    return found


def bands_of(rows: Sequence[Printed]) -> list[Band]:
    """Return the bands that a table's lines cover.

    The lines with most parts come first; a part of another line that stands across several bands
    spans them (a title over two columns), unless most lines say that they are one.
    """
    several = [row for row in rows if len(row.pieces) > 1]
    bands: list[Band] = []
    for row in sorted(several, key=lambda row: -len(row.parts)):
        bands = grown(bands, row.parts)
    for row in rows:
        # A line that begins in the first column may as well be an analysis across all of them.
        if len(row.pieces) == 1 and bands and row.line.x0 > bands[0][1]:
            bands = grown(bands, row.pieces)
    bands = _joined(bands, [row for row in rows if bands and row.line.x1 > bands[0][1]])
    return _with_names_whole(bands, rows)


def _with_names_whole(bands: list[Band], rows: Sequence[Printed]) -> list[Band]:
    """Join bands without a title to the names left of them, if some line stands across both.

    They are the last words of names whose lines are spread over their column's width: few figures.
    The header goes down to the first line that stands in the names' column.
    """
    while len(bands) > 2:
        lines = [[(overlapped(bands, part), part) for part in row.parts] for row in rows]
        named = (i for i, line in enumerate(lines) if any(over[:1] == [0] for over, _ in line))
        header = next(named, 0) + 1
        own = [part for line in lines for over, part in line if over == [1]]
        figures = sum(not _WORDS.fullmatch(part.text) for part in own)
        if (
            any(over[:1] == [1] for line in lines[:header] for over, _ in line)
            or not any(over == [0, 1] for line in lines for over, _ in line)
            or figures > _FIGURES * len(own)
        ):
            break
        bands = [(bands[0][0], bands[1][1]), *bands[2:]]
    return bands


def _joined(bands: list[Band], rows: Sequence[Printed]) -> list[Band]:
    """Join neighbouring bands that more lines stand across than stand in side by side.

    Wide gaps count double: a title over two columns is no match for the titles below it.
    """
    across: Counter[int] = Counter()
    beside: Counter[int] = Counter()
    for row in rows:
        if len(row.pieces) == 1 and row.line.x0 <= bands[0][1]:
            continue
        ends = {piece.x1 for piece in row.pieces}
        taken: dict[int, int] = {}
        for part in row.parts:
            over = overlapped(bands, part)
            # What begins beside the names and reaches over more than a title's columns is a text
            # that spans them, as an analysis beside its label.
            if len(over) <= _SPANNED or over[0] == 0:
                across.update(over[:-1])
            for i in over:
                beside[i] += taken.get(i - 1, 0)
            taken.update(dict.fromkeys(over, 2 if part.x1 in ends else 1))
    found = bands[:1]
    for i, band in enumerate(bands[1:]):
        if across[i] and across[i] >= beside[i + 1]:
            found[-1] = (found[-1][0], band[1])
        else:
            found.append(band)
    return found


def never_together(bands: list[Band], rows: Iterable[set[int]]) -> list[Band]:
    """Join neighbouring bands that no row fills both of: a title left and figures right in one.

    Args:
        bands: the bands.
        rows: for each row the bands it fills.
    """
    sets = list(rows)
    found = bands[:1]
    joined = {0}
    for i, band in enumerate(bands[1:], 1):
        if any(i in filled and filled & joined for filled in sets):
            found.append(band)
            joined = {i}
        else:
            found[-1] = (found[-1][0], band[1])
            joined.add(i)
    return found


def with_room(bands: list[Band], header: Printed) -> list[Band]:
    """Return the bands up to where the next one begins, if all begin with their titles.

    Then titles stand at their columns' left borders, and what stands to the right of one is in its
    column, also where that has been blank so far. Some text must end to the right of its title: all
    titles that are wider than the texts below them tell nothing.
    """
    wider = 0
    for title in header.parts:
        over = overlapped(bands, title)
        if len(over) != 1 or abs(title.x0 - bands[over[0]][0]) > _GRAZE:
            return bands
        wider += over[0] > 0 and bands[over[0]][1] > title.x1 + _GRAZE
    if not wider or len(header.parts) < len(bands):
        return bands
    found = [(x0, max(x1, following - _GRAZE)) for (x0, x1), (following, _) in pairwise(bands[1:])]
    return [bands[0], *found, bands[-1]]


def by_column(row: Printed, bands: Sequence[Band]) -> dict[int, TextLine]:
    """Return a line's pieces by column; a piece across columns stands in its first."""
    placed: dict[int, TextLine] = {}
    parts = row.parts
    if len(row.pieces) == 1 < len(parts):
        # A line in one piece is divided only where each part then has a column to itself.
        own = [over[0] for part in parts if len(over := overlapped(bands, part)) == 1]
        if len(set(own)) < len(parts):
            parts = row.pieces
    elif len(row.pieces) > 1:
        parts = [piece for part in parts for piece in _at_borders(part, bands)]
    columns = [overlapped(bands, part) for part in parts]
    taken = {
        _first_covered(bands, over, part) for over, part in zip(columns, parts, strict=True) if over
    }
    for piece, over in zip(parts, columns, strict=True):
        column = _first_covered(bands, over, piece) if over else _nearest(bands, piece, taken)
        if column in placed:
            placed[column] = TextLine([*placed[column].words, *piece.words])
        else:
            placed[column] = piece
    return placed


def _at_borders(part: TextLine, bands: Sequence[Band]) -> list[TextLine]:
    """Divide a part across columns where a word begins exactly with each of them.

    A full cell leaves no more white before the next column than a space is wide. Where columns are
    drawn, their border stands before the word.
    """
    over = overlapped(bands, part)
    cuts = [
        i
        for i, (before, word) in enumerate(pairwise(part.words), 1)
        if any(
            abs(word.x0 - bands[column][0]) < _GRAZE
            or before.x1 - _GRAZE < bands[column][0] == bands[column - 1][1] < word.x0
            for column in over[1:]
        )
    ]
    if not cuts or len(cuts) != len(over) - 1:
        return [part]
    spaces = [b.x0 - a.x1 for a, b in pairwise(part.words)]
    usual = median(spaces)
    if all(abs(spaces[i - 1] - usual) < _SAME_SPACE for i in cuts) and len(spaces) > 2 * len(cuts):
        return [part]  # one text, in which words begin there by chance
    return [TextLine(part.words[a:b]) for a, b in pairwise([0, *cuts, len(part.words)])]


def _first_covered(bands: Sequence[Band], over: Sequence[int], piece: TextLine) -> int:
    """Return the first of some columns that a piece covers half of, or that covers half of it."""
    for i in over:
        x0, x1 = bands[i]
        common = min(x1, piece.x1) - max(x0, piece.x0)
        if 2 * common >= min(x1 - x0, piece.x1 - piece.x0):
            return i
    return over[0]


def _nearest(bands: Sequence[Band], piece: TextLine, taken: set[int]) -> int:
    """Return the column beside a piece that stands in none: one that is free, then the nearer."""
    after = bisect_left([band[0] for band in bands], piece.x0)
    beside = [i for i in (after - 1, after) if 0 <= i < len(bands)]
    return min(
        beside,
        key=lambda i: (i in taken, max(bands[i][0] - piece.x1, piece.x0 - bands[i][1])),
    )
