"""The order in which a page's running text is read, and what on it is only furniture.

Belongs here: running headers and footers, columns of prose, paragraphs. Does not belong here:
tables, and what a line means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import Printed, divided, overlapped
from stadsdel.reading.pdf.text import TextLine, gap, word_fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Furniture stands in this share of the page's height from its upper or lower edge.
_MARGIN = 0.14
# The same line (figures aside) on this many pages is furniture; on both of two pages, too.
_REPEATED = 3
# It stands at the same height on each, within this many points.
_SAME_HEIGHT = 4
# It stands this many line heights off the body; a table's repeated header stands nearer its rows.
_APART = 0.7
# A line at furniture's height on a page where it does not repeat must stand off further.
_FAR_APART = 1.5
# Words this many line heights apart are not one sentence: they are printed as lines of their own.
_PHRASE_GAP = 2.0
# Print that differs more than this in size is another paragraph.
_SAME_SIZE = 0.1
# A space between lines this much above the usual, in line heights, ends a paragraph.
_PARAGRAPH = 0.25
# Lines further apart than this many line heights are paragraphs, even in widely set print.
_WIDEST_LEADING = 0.7
# Lines of this many words are prose; where a file has none, lines are taken to be set this close.
_LONG_LINE = 6
_LEADING = 0.1
# The leading of a size is known from this many lines.
_KNOWN = 4
# Two columns of prose: at least this many lines in both, this many words on each side in the mean,
# and this many line heights between.
_COLUMN_GAP = 0.75
_COLUMN_LINES = 5
_COLUMN_WORDS = 4.0

# A table's header has its first row within this many lines.
_HEADED_LINES = 8

_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Margin:
    """A line in a page's margin that may be furniture.

    `apart` is its distance to the body in line heights; `heads` tells that it stands over columns.
    `whole` is the printed line that it is a piece of.
    """

    page: int
    line: TextLine
    upper: bool
    apart: float
    heads: bool
    whole: TextLine


def margins(
    page: int, height: float, rows: Sequence[Printed], tables: Iterable[tuple[float, float]]
) -> list[Margin]:
    """Return the pieces of lines in a page's upper and lower margin.

    Args:
        page: the page's number.
        height: the page's height in points.
        rows: its lines outside tables.
        tables: the upper and lower edges of its tables.
    """
    spans = sorted([*((row.line.top, row.line.bottom) for row in rows), *tables])
    heads = _over_columns(rows)
    found = []
    for row, over_columns in zip(rows, heads, strict=True):
        line = row.line
        upper = line.bottom < _MARGIN * height
        if upper:
            body = [top for top, _ in spans if top > line.bottom - 1.0]
            apart = min(body, default=height) - line.bottom
        elif line.top > (1 - _MARGIN) * height:
            body = [bottom for _, bottom in spans if bottom < line.top + 1.0]
            apart = line.top - max(body, default=0.0)
        else:
            continue
        apart /= line.height
        found += [Margin(page, piece, upper, apart, over_columns, line) for piece in row.pieces]
    return found


def _over_columns(rows: Sequence[Printed]) -> list[bool]:
    """Tell which lines stand over columns, or next to such a line: the lines of table headers."""
    heads = [
        len(row.pieces) > 1
        and any(_in_columns(row, below) for below in rows[i + 1 : i + _HEADED_LINES])
        for i, row in enumerate(rows)
    ]
    near = [gap(a.line, b.line) < _APART * b.line.height for a, b in pairwise(rows)]
    for i in range(1, len(rows)):
        heads[i] = heads[i] or (heads[i - 1] and near[i - 1])
    for i in range(len(rows) - 2, -1, -1):
        heads[i] = heads[i] or (heads[i + 1] and near[i])
    return heads


def _in_columns(row: Printed, below: Printed) -> bool:
    """Tell whether a line below has texts under at least two of a line's pieces."""
    bands = [(piece.x0, piece.x1) for piece in row.pieces]
    texts = below.parts if len(below.pieces) > 1 else below.pieces
    over = [overlapped(bands, text) for text in texts]
    return len({found[0] for found in over if len(found) == 1}) > 1


def furniture(
    candidates: Sequence[Margin], tables: Sequence[Sequence[tuple[float, float]]]
) -> tuple[list[Margin], list[Margin]]:
    """Return which margin lines are furniture, and of them those worth keeping once.

    Furniture repeats from page to page at one height and stands off the body, unless it is on every
    page; what stands beyond it or at its height elsewhere is furniture, too. The repeated header of
    a table has a table's columns below it, and where it stands the body of other pages does. A line
    that says the same on every page (the council's name, the report's) is kept once, at its first
    page; page numbers are not.

    Args:
        candidates: the pieces of lines in the margins.
        tables: for each page the upper and lower edges of its tables.
    """
    pages = len(tables)
    by_text: dict[str, list[Margin]] = defaultdict(list)
    for margin in candidates:
        by_text[_DIGITS.sub("0", margin.line.text).casefold()].append(margin)
    least = min(_REPEATED, max(pages, 2))
    repeated = [
        group
        for same in by_text.values()
        for group in _level(same)
        if _pages(group) >= least and not any(margin.heads for margin in group)
    ]
    # A value of a table's last row may repeat at one height on some pages, but its row does not.
    again = {id(margin) for group in repeated for margin in group}
    single = {id(margin.whole) for margin in candidates if id(margin) not in again}
    repeated = [
        group
        for group in repeated
        if 2 * _pages(group) >= pages
        or _pages([margin for margin in group if id(margin.whole) not in single]) >= least
    ]
    again = {id(margin) for group in repeated for margin in group}
    other = [margin for margin in candidates if id(margin) not in again]
    known = [
        margin
        for group in repeated
        if (_pages(group) == pages or median(margin.apart for margin in group) >= _APART)
        and not _in_body(group, other, tables)
        for margin in group
    ]
    innermost: dict[tuple[int, bool], float] = {}
    levels: set[tuple[bool, int]] = set()
    for margin in known:
        place = (margin.page, margin.upper)
        inner = max if margin.upper else min
        innermost[place] = inner(innermost.get(place, margin.line.base), margin.line.base)
        at = round(margin.line.base)
        levels.update((margin.upper, at + i) for i in range(-_SAME_HEIGHT, _SAME_HEIGHT + 1))
    found = [
        margin
        for margin in candidates
        if _is_beyond(margin, innermost.get((margin.page, margin.upper)))
        or (
            margin.apart >= _FAR_APART
            and not margin.heads
            and (margin.upper, round(margin.line.base)) in levels
        )
    ]
    gone = {id(margin) for margin in found}
    kept = []
    for group in repeated:
        same = [margin for margin in group if id(margin) in gone]
        if same and len({margin.line.text for margin in same}) == 1:
            kept.append(min(same, key=lambda margin: margin.page))
    return found, kept


def _in_body(
    group: Sequence[Margin],
    other: Iterable[Margin],
    tables: Sequence[Sequence[tuple[float, float]]],
) -> bool:
    """Tell whether on more pages than lines repeat at a height the body stands there.

    Args:
        group: the lines that repeat.
        other: lines in the margins that do not.
        tables: for each page the upper and lower edges of its tables.
    """
    line = group[0].line
    middle = (line.top + line.bottom) / 2
    body = {margin.page for margin in other if margin.line.top < middle < margin.line.bottom}
    body.update(
        page
        for page, edges in enumerate(tables)
        if any(top < middle < bottom for top, bottom in edges)
    )
    return len(body) > _pages(group)


def _pages(margins: Iterable[Margin]) -> int:
    """Return on how many pages lines stand."""
    return len({margin.page for margin in margins})


def _is_beyond(margin: Margin, innermost: float | None) -> bool:
    if innermost is None:
        return False
    return margin.line.base <= innermost if margin.upper else margin.line.base >= innermost


def _level(margins: list[Margin]) -> list[list[Margin]]:
    """Group lines of one text by the height at which they stand."""
    margins.sort(key=lambda margin: margin.line.base)
    levels: list[list[Margin]] = []
    for margin in margins:
        if levels and margin.line.base - levels[-1][-1].line.base <= _SAME_HEIGHT:
            levels[-1].append(margin)
        else:
            levels.append([margin])
    return levels


def phrases(line: TextLine) -> list[TextLine]:
    """Divide a line of running text where its words are too far apart to be one sentence."""
    return divided(line, _PHRASE_GAP)


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return running text in the order it is read: down each column of prose, else line by line."""
    ordered: list[TextLine] = []
    pieces = [divided(line, _COLUMN_GAP) for line in lines]
    at = 0
    while at < len(lines):
        end = _columns_end(pieces, at)
        if end > at:
            left, right = _by_side(pieces[at:end])
            ordered += left + right
            at = end
        else:
            ordered += phrases(lines[at])
            at += 1
    return ordered


def _columns_end(pieces: Sequence[list[TextLine]], start: int) -> int:
    """Return where two columns of prose that begin at line `start` end; `start` where none do."""
    if len(pieces[start]) != 2:
        return start
    left, right = pieces[start][0].x1, pieces[start][1].x0
    both = 0
    words = [0, 0]
    end = start
    for at in range(start, len(pieces)):
        row = pieces[at]
        if at > start and gap(pieces[at - 1][0], row[0]) > 3 * row[0].height:
            break
        if len(row) == 2:
            left, right = max(left, row[0].x1), min(right, row[1].x0)
            if left >= right:
                break
            both += 1
            words[0] += len(row[0].words)
            words[1] += len(row[1].words)
            end = at + 1
        elif len(row) == 1 and (row[0].x1 < right or row[0].x0 > left):
            end = at + 1
        else:
            break
    prose = both >= _COLUMN_LINES and min(words) / both >= _COLUMN_WORDS
    return end if prose else start


def _by_side(pieces: Sequence[list[TextLine]]) -> tuple[list[TextLine], list[TextLine]]:
    border = max(row[0].x1 for row in pieces if len(row) == 2)
    left = [piece for row in pieces for piece in row if piece.x0 < border]
    right = [piece for row in pieces for piece in row if piece.x0 >= border]
    return left, right


@dataclass(frozen=True, slots=True)
class Leading:
    """The usual space between two lines of a paragraph, in line heights.

    `usual` is that of the whole file, `of_size` that of each size of print it was seen in.
    """

    usual: float
    of_size: dict[int, float]

    def ends_paragraph(self, above: TextLine, below: TextLine, edge: float) -> bool:
        """Tell whether a paragraph ends between two consecutive lines of running text.

        In a size whose leading is not known, as that of headings, a line that has no room for the
        next one's first word goes on with it unless the space is wide. `edge` is how far to the
        right text reaches.
        """
        if not _same_size(above, below):
            return True
        space = gap(above, below) / below.height
        if space < -1.5:
            return True
        usual = self.of_size.get(_size(below))
        if usual is None and space <= _WIDEST_LEADING and not ends_page(above, below, edge):
            return False
        return space > (self.usual if usual is None else usual) + _PARAGRAPH


def _size(line: TextLine) -> int:
    """Return a line's size to tell sizes of print apart by, in half points."""
    return round(2 * line.height)


def usual_leading(pages: Iterable[Sequence[TextLine]]) -> Leading:
    """Return how far lines of a paragraph usually stand apart.

    The lower quartile of the spaces below long lines that have no room for the next one's first
    word: those between paragraphs are greater.
    """
    spaces = [
        (gap(above, below) / below.height, _size(below))
        for lines in pages
        for edge in [max((line.x1 for line in lines), default=0.0)]
        for above, below in pairwise(lines)
        if abs(above.x0 - below.x0) < 2.0
        and len(above.words) >= _LONG_LINE
        and not ends_page(above, below, edge)
    ]
    near = sorted(entry for entry in spaces if -0.3 < entry[0] < _WIDEST_LEADING)
    by_size: dict[int, list[float]] = defaultdict(list)
    for space, size in near:
        by_size[size].append(space)
    return Leading(
        near[len(near) // 4][0] if near else _LEADING,
        {size: found[len(found) // 4] for size, found in by_size.items() if len(found) >= _KNOWN},
    )


def ends_page(above: TextLine, below: TextLine, edge: float) -> bool:
    """Tell whether a paragraph ends with a page: its last line had room for the next one's word.

    `edge` is how far to the right text reaches.
    """
    if not _same_size(above, below):
        return True
    return word_fits(above, below, edge - above.x0)


def _same_size(above: TextLine, below: TextLine) -> bool:
    return abs(above.height - below.height) <= _SAME_SIZE * below.height
