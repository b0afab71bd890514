"""A page divided into its ruled tables, cell by cell, and the lines outside them.

Belongs here: which words stand in which cell of a grid. Does not belong here: the grids (`grid`),
tables without vertical rules (`unruled`), several pages together (`document`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from stadsdel.reading.pdf.grid import Grid, grids, merged
from stadsdel.reading.pdf.rows import stacked_rows
from stadsdel.reading.pdf.text import Cell, TextLine, lines_of, padding

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.ink import PageInk, Rule, Word

# The outer edges of a table's parts on two pages agree within this many points.
_SAME_EDGE = 4.0
# A table goes on over the page break where nothing but furniture stands in this share of the page
# between its part and the page's edge.
PAGE_EDGE = 0.15
# A ruled row this high in lines, in a grid of this few rows, may hold several rows of print.
_STACKED_LINES = 3
_STACKED_GRID = 3
# The space that lines of a cell have between them at most, in line heights, before a file's lines
# outside tables are known.
_CELL_LEADING = 0.3
_Key = TypeVar("_Key", bound="Hashable")


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
        if columns == 1 or not cells:
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
    few = len(grid.ys) - 1 <= _STACKED_GRID
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells = {key: lines_of(found) for key, found in words.items() if key[0] == row}
        if not cells:
            continue
        parts = [cells]
        if few and max(map(len, cells.values())) >= _STACKED_LINES:
            parts = _parts(grid, cells)
        for i, part in enumerate(parts):
            line: list[Cell] = []
            for column in range(columns):
                own = min(column, grid.columns - 1)
                left, end = grid.span((row, own))
                inside = part.get((row, column), [])
                line.append(Cell(inside, grid.xs[left], grid.xs[max(end, left + 1)]))
            rows.append(line)
            edges = (top, bottom)
            if len(parts) > 1:
                ink = [text for texts in part.values() for text in texts]
                edges = (
                    top if i == 0 else min(text.top for text in ink),
                    bottom if i + 1 == len(parts) else max(text.bottom for text in ink),
                )
            boxes.append((grid.xs[0], edges[0], grid.xs[-1], edges[1]))
    return Table(rows, boxes, grid.box)


def _parts(
    grid: Grid, cells: dict[tuple[int, int], list[TextLine]]
) -> list[dict[tuple[int, int], list[TextLine]]]:
    """Divide a ruled row that holds several rows of print, as under a header without row rules."""
    by_column = {key[1]: key for key in cells}
    starts = sorted(by_column)
    texts = lines_of(word for inside in cells.values() for line in inside for word in line.words)

    def column(x: float) -> int:
        return starts[max(bisect_right([grid.xs[c] for c in starts], x + 1.0) - 1, 0)]

    lines = [_by_key(line.words, lambda word: column(word.x0)) for line in texts]
    pieces = [{key: TextLine(found) for key, found in line.items()} for line in lines]
    return [
        {
            key: lines_of(found)
            for key, found in _by_key(
                (word for line in texts[begin:end] for word in line.words),
                lambda word: by_column[column(word.x0)],
            ).items()
        }
        for begin, end in stacked_rows(texts, pieces, len(starts), _CELL_LEADING)
    ]


def _by_key(words: Iterable[Word], key: Callable[[Word], _Key]) -> dict[_Key, list[Word]]:
    found: dict[_Key, list[Word]] = {}
    for word in words:
        found.setdefault(key(word), []).append(word)
    return found
