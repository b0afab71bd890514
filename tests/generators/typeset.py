"""From blocks to pages: where each line of each cell is drawn.

Belongs here: paragraphs, tables with repeated headers, rows that break over pages. One typesetting
serves the text that an extraction tool takes out of a page (`pdfbox`) and the page itself (`pdf`),
so both print the same content.
Does not belong here: what a report says (`content`) or which tables it has (`compose`).

Lengths are points; y grows downwards and is the baseline of a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generators.metrics import width, wrap

Align = Literal["left", "centre", "right"]
# Lines round every cell, between rows only, or none.
Ruling = Literal["grid", "rows", "none"]

# (part, block, row) of the content; row -1 is the block itself.
Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Text drawn in one go: a paragraph's line, or a line of one cell."""

    x: float
    y: float
    text: str
    font: str
    size: float
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """One page in drawing order.

    `furniture` is what its running head prints, if it prints; `marks` are the centres of symbols,
    `shades` the diagonals of shaded cells. Only a PDF shows marks, shades and rules.
    """

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    marks: list[tuple[float, float]] = field(default_factory=list)
    shades: list[Rule] = field(default_factory=list)
    furniture: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, already broken; `align` places each line in the column.

    A `mark` is a symbol drawn in the cell, which text extraction loses.
    """

    lines: tuple[str, ...]
    align: Align = "left"
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One table row. A row of a single cell in a table of several columns spans them all.

    Attributes:
        cells: one per column.
        key: what the row prints.
        header: whether it is a header row, whose cells stand in the middle of its height.
        splittable: whether it may break over pages.
        joined: columns whose cell is one with the cell before; theirs has no lines.
    """

    cells: tuple[Cell, ...]
    key: Key | None = None
    header: bool = False
    splittable: bool = True
    joined: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's geometry: the room for text in each column, and the type it is set in.

    `shaded` greys the header; `centred` sets the cells of body rows in the middle of their height.
    """

    widths: tuple[float, ...]
    font: str
    size: float
    padding: float
    ruling: Ruling = "grid"
    shaded: bool = False
    centred: bool = False

    @property
    def pitch(self) -> float:
        """Distance from line to line."""
        return self.size * 1.15

    @property
    def lefts(self) -> tuple[float, ...]:
        """Where each column begins, its left padding included, relative to the table."""
        lefts, x = [], 0.0
        for room in self.widths:
            lefts.append(x)
            x += room + 2 * self.padding
        return (*lefts, x)

    def cell(self, text: str, column: int) -> tuple[str, ...]:
        """Break `text` to the width of `column`."""
        return wrap(text, self.widths[column], self.font, self.size)


class Typesetter:
    """Fills pages from top to bottom."""

    def __init__(self, page_width: float, page_height: float, margin: float) -> None:
        """Start with one empty page.

        Args:
            page_width: points.
            page_height: points.
            margin: points, on all four sides.
        """
        self.page_width = page_width
        self.page_height = page_height
        self.margin = margin
        self.pages = [Page()]
        self.y = margin

    @property
    def measure(self) -> float:
        """Width of the text area."""
        return self.page_width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """Lowest baseline."""
        return self.page_height - self.margin

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return not self.pages[-1].runs

    def new_page(self) -> None:
        """Turn the page."""
        self.pages.append(Page())
        self.y = self.margin

    def room(self, height: float) -> None:
        """Turn the page unless `height` points are left on it."""
        if not self.fresh and self.y + height > self.bottom:
            self.new_page()

    def paragraph(
        self,
        text: str,
        font: str,
        size: float,
        *,
        before: float = 0,
        after: float = 0,
        keep: float = 0,
        key: Key | None = None,
    ) -> None:
        """Set running text over the full measure.

        It may break over pages, unless it is to be kept with what follows: then it turns the page
        where fewer than `keep` points would be left under it, as headings do.
        """
        pitch = size * 1.15
        lines = wrap(text, self.measure, font, size)
        if keep:
            self.room(before + len(lines) * pitch + after + keep)
        if not self.fresh:
            self.y += before
        for line in lines:
            self.room(pitch)
            self.y += pitch
            self.pages[-1].runs.append(Run(self.margin, self.y, line, font, size, key))
        self.y += after

    def table(self, grid: Grid, header: tuple[Row, ...], rows: list[Row], min_split: int) -> None:
        """Set a table; its header is printed again on each page it reaches.

        Args:
            grid: the table's geometry.
            header: header rows.
            rows: body rows in order.
            min_split: a row is broken over pages only if this many of its lines fit.
        """
        head = sum(self._height(grid, row) for row in header)
        first = grid.pitch * min_split + 2 * grid.padding
        self.room(head + first)
        self._whole(grid, header)
        for row in rows:
            done, total = 0, max(len(cell.lines) for cell in row.cells)
            while True:
                fits = int((self.bottom - self.y - 2 * grid.padding) / grid.pitch)
                if total - done <= fits:
                    self._part(grid, row, done, total)
                    break
                least = 1 if len(row.cells) == 1 else min_split
                if fits >= least and (row.splittable or done):
                    self._part(grid, row, done, done + fits)
                    done += fits
                self.new_page()
                self._whole(grid, header)

    def _height(self, grid: Grid, row: Row) -> float:
        return max(len(cell.lines) for cell in row.cells) * grid.pitch + 2 * grid.padding

    def _whole(self, grid: Grid, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self._part(grid, row, 0, max(len(cell.lines) for cell in row.cells))

    def _part(self, grid: Grid, row: Row, start: int, stop: int) -> None:
        """Draw the lines `start` to `stop` of each cell of a row, in cell order."""
        page, lefts = self.pages[-1], grid.lefts
        height = (stop - start) * grid.pitch + 2 * grid.padding
        middle = row.header or grid.centred
        for column, cell in enumerate(row.cells):
            lines = cell.lines[start:stop]
            sink = (stop - start - len(lines)) / 2 if middle else 0
            left = self.margin + lefts[column] + grid.padding
            end = column + 1
            while end in row.joined:
                end += 1
            room = lefts[end] - lefts[column] - 2 * grid.padding
            if cell.mark and start == 0:
                page.marks.append((left + 3, self.y + grid.padding + grid.pitch * 0.75))
            for index, line in enumerate(lines):
                if not line:
                    continue
                slack = room - width(line.rstrip(), grid.font, grid.size)
                shift = {"left": 0, "centre": slack / 2, "right": slack}[cell.align]
                y = self.y + grid.padding + (index + 1 + sink) * grid.pitch
                page.runs.append(Run(left + shift, y, line, grid.font, grid.size, row.key))
        if row.header and grid.shaded:
            edge = self.margin + lefts[-1]
            page.shades.append(Rule(self.margin, self.y, edge, self.y + height))
        if grid.ruling != "none":
            self._rules(grid, page, height, row)
        self.y += height

    def _rules(self, grid: Grid, page: Page, height: float, row: Row) -> None:
        # A descender hangs below its baseline: the rule stands clear of it.
        drop = grid.size * 0.25
        top, end = self.y + drop, self.y + height + drop
        edges = [self.margin + left for left in grid.lefts]
        inner = [x for column, x in enumerate(edges) if column not in row.joined]
        if len(row.cells) == 1:
            inner = [edges[0], edges[-1]]
        page.rules.append(Rule(edges[0], top, edges[-1], top))
        page.rules.append(Rule(edges[0], end, edges[-1], end))
        if grid.ruling == "grid":
            page.rules.extend(Rule(x, top, x, end) for x in inner)
