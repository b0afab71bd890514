"""A page's lines outside ruled tables, and the cells of the tables that some of them make.

Belongs here: columns and rows of lines that are known to be a table. Does not belong here: which
lines are one (`between`, `extent`), how columns (`bands`) and rows (`rows`) are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, by_column, never_together, printed, with_room
from stadsdel.reading.pdf.fit import SAME_END
from stadsdel.reading.pdf.ink import AT
from stadsdel.reading.pdf.rows import LEADING, rows_of
from stadsdel.reading.pdf.text import Cell, TextLine, gap, lines_of
from stadsdel.reading.pdf.walls import walled_bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.ink import Rule
    from stadsdel.reading.pdf.ruled import Page

# Spaces between lines of cells are alike within this many line heights.
_NEARLY = 0.14
# Rules divide the rows of their table where there are this many; fewer only set off header and sum.
ROW_RULES = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines and rules outside ruled tables.

    `leading` is the usual space between two lines of a paragraph, in line heights; `rules` are
    horizontal, `walls` vertical ones; `borders` are walls and seams between shaded cells.
    """

    rows: list[Printed]
    leading: float
    rules: Sequence[Rule]
    walls: Sequence[Rule]
    borders: Sequence[Rule]

    def has_rule(self, at: int) -> bool:
        """Tell whether a rule stands over line `at`, between it and the line above."""
        above, line = self.rows[at - 1].line, self.rows[at].line
        return any(
            above.middle < rule.at < line.middle
            and rule.start < line.x0 + SAME_END
            and rule.end > line.x1 - SAME_END
            for rule in self.rules
        )


@dataclass(frozen=True, slots=True)
class Region:
    """The lines `start`..`end` of a sheet, which are a table's.

    `heights` are those of the rules in it; `body` is where its rows begin under a header known from
    the page before.
    """

    sheet: Sheet
    start: int
    end: int
    heights: Sequence[float] = ()
    body: int | None = None

    @property
    def rows(self) -> list[Printed]:
        """The lines."""
        return self.sheet.rows[self.start : self.end]


@dataclass(slots=True)
class UnruledTable:
    """A table without vertical rules: its rows' cells, and each row's box.

    `header` are the printed lines of its first row, `bands` its columns; `continues` is the table
    that it is the rest of, where it has no header of its own.
    """

    rows: list[list[Cell]]
    boxes: list[BBox]
    box: BBox
    header: list[TextLine]
    bands: list[Band]
    region: Region
    continues: UnruledTable | None = None


def sheet_of(page: Page, leading: float) -> Sheet:
    """Return a page's lines outside ruled tables, divided into pieces."""
    borders = sorted((*page.walls, *page.seams), key=AT)
    return Sheet(printed(page.lines, borders), leading, page.rules, page.walls, borders)


def table_of(
    region: Region, bands: list[Band], continues: UnruledTable | None = None
) -> UnruledTable:
    """Divide a table's lines into cells."""
    spans = _row_spans(region, bands)
    rows = region.rows
    lines = [row.line for row in rows]
    ends = [*[band[0] for band in bands[1:]], max(line.x1 for line in lines)]
    cells: list[list[Cell]] = []
    for first, last in spans:
        pieces: list[list[TextLine]] = [[] for _ in bands]
        for row in rows[first:last]:
            for column, piece in by_column(row, bands).items():
                pieces[column].append(piece)
        found = []
        for column, inside in enumerate(pieces):
            text = lines_of(word for piece in inside for word in piece.words)
            spans_more = any(line.x1 > ends[column] for line in text)
            right = ends[-1] if spans_more else bands[column][1]
            found.append(Cell(text, bands[column][0], right))
        cells.append(found)
    printed_rows = [lines[first:last] for first, last in spans]
    boxes = [_around(inside) for inside in printed_rows]
    return UnruledTable(cells, boxes, _around(lines), printed_rows[0], bands, region, continues)


def columns_of(regions: Sequence[Region]) -> list[Band]:
    """Return the columns of a table, or those that several tables of one header have in common.

    Titles to the left and figures to the right or in the middle of a column are two bands: the rows
    that tell which bands are one are looked for with those joined that no printed line has both of.
    A header alone, whose titles may stand at heights of their own, does not tell them.
    """
    drawn = max((walled_bands(part.rows, part.sheet.borders) for part in regions), key=len)
    if drawn:
        return drawn
    bands = bands_of([row for part in regions for row in part.rows])
    filled = [[set(by_column(row, bands)) for row in part.rows] for part in regions]
    lines = [columns for part in filled for columns in part]
    has_rows = sum(0 in columns and len(columns) > 1 for columns in lines) > 1
    likely = never_together(bands, lines) if has_rows else bands
    together: list[set[int]] = [
        set().union(*part[first:last])
        for region, part in zip(regions, filled, strict=True)
        for first, last in _row_spans(region, likely)
    ]
    return with_room(never_together(bands, together), regions[0].rows[0])


def _row_spans(region: Region, bands: Sequence[Band]) -> list[tuple[int, int]]:
    """Return a table's rows as (first line, end), counted from the region's first line.

    They stand between rules; where these are few, they are told by space too.

    Beyond the outermost of many rules a header and one row may stand, with more space between them
    than lines of a cell have.
    """
    rows, rules = region.rows, region.heights
    head = (region.body or region.start) - region.start
    middles = [row.line.middle for row in rows]
    starts = [0]
    for i, (above, middle) in enumerate(pairwise(middles), 1):
        if i == head or (i > head and any(above < at < middle for at in rules)):
            starts.append(i)
    spans = list(pairwise([*starts, len(rows)]))
    # How far lines of a cell stand apart is known from the rows between rules.
    spaces = [
        gap(a.line, b.line)
        for first, last in spans
        if rules and rules[0] < middles[first] and middles[last - 1] < rules[-1]
        for a, b in pairwise(rows[first:last])
    ]
    height = rows[0].line.height
    leading = min(max(spaces, default=inf) + _NEARLY * height, LEADING * height)
    divided = []
    for first, last in spans:
        lines = [row.line for row in rows[first:last]]
        if last <= head:
            inside = [(0, last - first)]
        elif len(rules) < ROW_RULES:
            cells = [by_column(row, bands) for row in rows[first:last]]
            inside = rows_of(lines, cells, len(bands), region.sheet.leading)
        elif rules[0] < middles[first] and middles[last - 1] < rules[-1]:
            inside = [(0, last - first)]
        else:
            wide = [i for i, (a, b) in enumerate(pairwise(lines), 1) if gap(a, b) > leading]
            inside = list(pairwise([0, *wide, last - first]))
        divided += [(first + a, first + b) for a, b in inside]
    is_known = region.body is not None
    if (
        not is_known
        and len(divided) > 1
        and _is_rest_of_header(rows[: divided[1][1]], divided[1][0], bands)
    ):
        divided[:2] = [(0, divided[1][1])]
    return divided


def _is_rest_of_header(rows: Sequence[Printed], start: int, bands: Sequence[Band]) -> bool:
    """Tell whether lines from `start` on are titles' last lines: under titles, and no name.

    Where all rows have one line each, they stand as far from the header's first line as rows do. A
    second row of titles stands under the columns that a title above spans, too.
    """
    if gap(rows[start - 1].line, rows[start].line) >= LEADING * rows[0].line.height:
        return False
    above, below = (
        {column for row in part for column in by_column(row, bands)}
        for part in (rows[:start], rows[start:])
    )
    return 0 not in below and below <= above


def _around(lines: Sequence[TextLine]) -> BBox:
    return (
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
    )
