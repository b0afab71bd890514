"""A page divided into its ruled tables, cell by cell, and the lines outside them.

Belongs here: which words stand in which cell of a grid. Does not belong here: the grids (`grid`),
tables without vertical rules (`unruled`), several pages together (`document`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.grid import Grid, grids, merged
from stadsdel.reading.pdf.rows import LEADING
from stadsdel.reading.pdf.text import Cell, TextLine, gap, lines_of, padding, word_fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.ink import PageInk, Rule, Word

# The outer edges of a table's parts on two pages agree within this many points.
_SAME_EDGE = 4.0
# A table goes on over the page break where nothing but furniture stands in this share of the page
# between its part and the page's edge.
PAGE_EDGE = 0.15
# A row in a grid of this few may hold several rows of print.
_STACKED_GRID = 3
# Texts stand beside each other where their base lines are this near, in line heights.
_BESIDE = 0.3


@dataclass(slots=True)
class Table:
    """A table's part on one page: its rows' cells, and each row's box."""

    rows: list[list[Cell]]
    boxes: list[BBox]
    box: BBox
    padding: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure how far its texts stay from the cells' borders, and how high its print is."""
        self.padding = padding(cell for row in self.rows for cell in row)
        heights = [line.height for row in self.rows for cell in row for line in cell.lines]
        self.size = median(heights) if heights else 0.0


@dataclass(slots=True)
class Page:
    """A page taken apart: tables, and the lines outside them."""

    ink: PageInk
    tables: list[Table]
    lines: list[TextLine]
    rules: list[Rule]
    walls: list[Rule]
    seams: list[Rule]
    running: list[TextLine] = field(default_factory=list)


def page_of(ink: PageInk, before: Page | None) -> Page:
    """Divide a page into its ruled tables and the lines outside them."""
    found = grids(ink.horizontal, ink.vertical, ink.grounds)
    words, outside = _by_cell(ink.words, found)
    tables: list[Table] = []
    for grid, cells in zip(found, words, strict=True):
        columns = grid.columns
        if columns == 1:
            columns = _continued_columns(grid, ink, before) if grid is found[0] else 1
        stacked = columns > 1 and len(grid.drawn) - 1 <= _STACKED_GRID and _is_stacked(grid, cells)
        if columns == 1 or not cells or stacked:
            outside += [word for inside in cells.values() for word in inside]
        else:
            tables.append(_ruled(grid, cells, columns))
    # A frame without columns may stand round a table whose columns have no rules.
    rules = [
        rule
        for rule in merged(sorted((*ink.horizontal, *ink.shades), key=attrgetter("at")))
        if not any(table.box[1] - 1 <= rule.at <= table.box[3] + 1 for table in tables)
    ]
    walls, seams = (
        [wall for wall in found if not any(_runs_through(wall, table.box) for table in tables)]
        for found in (ink.vertical, ink.seams)
    )
    return Page(ink, tables, lines_of(outside), rules, walls, seams)


def _runs_through(wall: Rule, box: BBox) -> bool:
    """Tell whether a vertical rule stands in a table, or at its side."""
    beside = box[0] - _SAME_EDGE <= wall.at <= box[2] + _SAME_EDGE
    return beside and box[1] < (wall.start + wall.end) / 2 < box[3]


def _by_cell(
    words: Iterable[Word], found: list[Grid]
) -> tuple[list[dict[tuple[int, int], list[Word]]], list[Word]]:
    """Return for each grid the words of its cells, and the words in none.

    A word in a table inside another one's cell belongs to the inner table.
    """
    inside: list[dict[tuple[int, int], list[Word]]] = [{} for _ in found]
    outside: list[Word] = []
    by_size = [(found[i].box, i) for i in sorted(range(len(found)), key=lambda i: found[i].area)]
    for word in words:
        # A text too long for its cell runs over the next one's border, but begins in its own.
        x = min((word.x0 + word.x1) / 2, word.x0 + word.bottom - word.top)
        y = word.middle
        for (x0, top, x1, bottom), i in by_size:
            if x0 <= x <= x1 and top <= y <= bottom:
                inside[i].setdefault(found[i].cell_at(x, y), []).append(word)
                break
        else:
            outside.append(word)
    return inside, outside


def _continued_columns(grid: Grid, ink: PageInk, before: Page | None) -> int:
    """Return how many columns a box at a page's top has as the rest of the table before it.

    An analysis that a page break cuts stands alone in a box as wide as its table: no rule of its
    own tells the columns. 1 where the box continues no table.
    """
    if before is None or not before.tables:
        return 1
    last = before.tables[-1]
    x0, top, x1, _ = grid.box
    edge = PAGE_EDGE * ink.height
    foot = before.ink.height * (1 - PAGE_EDGE)
    goes_on = (
        abs(last.box[0] - x0) <= _SAME_EDGE
        and abs(last.box[2] - x1) <= _SAME_EDGE
        and not any(line.top > last.box[3] and line.bottom < foot for line in before.lines)
        and not any(edge < word.top and word.bottom < top for word in ink.words)
    )
    return len(last.rows[0]) if goes_on else 1


def _ruled(grid: Grid, words: dict[tuple[int, int], list[Word]], columns: int) -> Table:
    """Return a ruled table's rows; blank rows are left out."""
    rows: list[list[Cell]] = []
    boxes: list[BBox] = []
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells = {key: lines_of(found) for key, found in words.items() if key[0] == row}
        if not cells:
            continue
        line: list[Cell] = []
        for column in range(columns):
            own = min(column, grid.columns - 1)
            left, end = grid.span((row, own))
            inside = cells.get((row, column), [])
            line.append(Cell(inside, grid.xs[left], grid.xs[max(end, left + 1)]))
        rows.append(line)
        boxes.append((grid.xs[0], top, grid.xs[-1], bottom))
    return Table(rows, boxes, grid.box)


def _is_stacked(grid: Grid, words: dict[tuple[int, int], list[Word]]) -> bool:
    """Tell whether one of a grid's rows holds several rows of print.

    Some tables have rules round the header and the whole, but none between the rows. A value
    that would have had room on the line above, and stands off it or beside a name, is a new row's;
    and so are values that stand off those above them in several columns.
    """
    cells = {key: lines_of(found) for key, found in words.items()}
    margin = padding(
        Cell(lines, grid.xs[column], grid.xs[grid.span((row, column))[1]])
        for (row, column), lines in cells.items()
    )
    for (row, column), names in cells.items():
        if column or len(names) < 2:
            continue
        loose = 0
        for (other, at), values in cells.items():
            if other != row or not at:
                continue
            left, end = grid.span((row, at))
            room = grid.xs[end] - grid.xs[left] - margin
            apart = [gap(a, b) > LEADING * b.height for a, b in pairwise(values)]
            loose += any(apart)
            for off, (above, value) in zip(apart, pairwise(values), strict=True):
                beside = any(
                    abs(name.base - value.base) < _BESIDE * value.height for name in names[1:]
                )
                if loose > 1 or ((off or beside) and word_fits(above, value, room)):
                    return True
    return False
