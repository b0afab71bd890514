"""A report set in type: which fonts, columns and spacing each block gets.

Belongs here: the look of the real reports (symbol columns, raised symbols, header cells centred in
their row, page furniture) and the choices that vary between them (`Style`).
Does not belong here: where lines break and pages turn (`metrics`, `typeset`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.metrics import SANS, SERIF, SERIF_BOLD, width, wrap
from generators.model import (
    ActivityTable,
    Analysis,
    Block,
    EconomyTable,
    Goal,
    GoalLevel,
    Heading,
    IndicatorTable,
    Prose,
    Report,
)
from generators.typeset import Align, Cell, Grid, Key, Page, Row, Ruling, Typesetter

if TYPE_CHECKING:
    from random import Random

# What a goal's heading prints before its code.
LABELS: dict[GoalLevel, str] = {
    "inriktningsmål": "KF:s inriktningsmål:",
    "verksamhetsområdesmål": "KF:s mål för verksamhetsområdet:",
    "nämndmål": "Nämndmål:",
    "enhetsmål": "Enhetsmål:",
}


# Room for the first lines of what a heading is kept with.
_KEPT = 30


@dataclass(frozen=True, slots=True)
class Style:
    """What differs from one report's template to the next.

    Attributes:
        symbols: symbol columns before an indicator's name (their symbols are lost: spaces).
        table_size: type size of tables, points.
        page_height: points; low pages break more tables.
        min_split: lines of a row that must fit for the row to break over pages.
        furniture: share of pages whose running head prints.
        slips: share of cells typed with a stray space.
        ruling: which ruling lines tables have; it shows in a PDF only, as the next two do.
        shaded: whether header rows are shaded.
        marked: whether symbols are drawn in the symbol columns.
        centred: whether cells stand in the middle of their row's height.
        align: how values stand in their columns.
    """

    symbols: int = 2
    table_size: float = 9
    page_height: float = 842
    min_split: int = 2
    furniture: float = 0.02
    slips: float = 0.01
    ruling: Ruling = "grid"
    shaded: bool = False
    marked: bool = False
    centred: bool = False
    align: Align = "left"


def style(random: Random) -> Style:
    """Draw a template."""
    return Style(
        symbols=random.choice((1, 2)),
        table_size=random.choice((8, 9, 9, 10)),
        page_height=random.choice((420, 560, 842, 842)),
        min_split=random.choice((1, 2, 2, 2, 3)),
        furniture=random.choice((0, 0, 0.1)),
        slips=random.choice((0, 0.01)),
    )


def pages(report: Report, look: Style, random: Random) -> list[Page]:
    """Set a report in type.

    Args:
        report: what to print.
        look: the template.
        random: draws what varies from table to table (column widths, spacing).
    """
    compositor = _Compositor(look, random)
    for number, part in enumerate(report.parts):
        if number:
            compositor.setter.new_page()
        for index, block in enumerate(part.blocks):
            compositor.set(block, (number, index, -1))
    turned = compositor.setter.pages
    for number, page in enumerate(turned[1:], start=2):
        if random.random() < look.furniture:
            page.furniture = _furniture(number, len(turned), random)
    return turned


def _furniture(number: int, count: int, random: Random) -> tuple[str, ...]:
    phone = random.choice(("0850804245 ", " "))
    return (
        *("", "", "", " ", " ", "", " ", " ", ""),
        *("Tjänsteutlåtande ", f"Sid {number} ({count}) ", "", " ", " start.stockholm ", phone),
        "",
    )


class _Compositor:
    """Sets block after block, and remembers whether the last one was a table."""

    def __init__(self, look: Style, random: Random) -> None:
        self.look = look
        self.random = random
        self.setter = Typesetter(595, look.page_height, 71)
        self.after_table = False
        self.cramped = random.random() < 0.04

    def set(self, block: Block, key: Key) -> None:
        if isinstance(block, IndicatorTable | ActivityTable | EconomyTable):
            self._before_table()
            if isinstance(block, IndicatorTable):
                self._indicators(block, key)
            elif isinstance(block, ActivityTable):
                self._activities(block, key)
            else:
                self._economy(block, key)
            self.after_table = True
            return
        if isinstance(block, Goal):
            text = f"{LABELS[block.level]} {block.text} "
            # A section heading mostly follows, and is kept in its turn.
            room = _KEPT + 40 + (32 if block.status else 0)
            self.setter.paragraph(text, SERIF_BOLD, 12, before=18, after=12, keep=room, key=key)
            if block.status:
                status = f" {block.status} "
                self.setter.paragraph(status, SERIF, 12, before=6, after=12, keep=_KEPT + 40)
        elif isinstance(block, Heading):
            before = {1: 24, 2: 24, 3: 14, 4: self.random.choice((0, 10))}[block.rank]
            after = {1: 12, 2: 12, 3: 12, 4: 0}[block.rank]
            before = max(before, 14 if self.after_table else 0)
            font = SERIF if block.rank == 4 else SERIF_BOLD
            text, keep = f"{block.text} ", _KEPT * (2 if block.rank <= 2 else 1)
            self.setter.paragraph(text, font, 12, before=before, after=after, keep=keep)
        else:
            assert isinstance(block, Prose)
            before = 14 if self.after_table else 0
            self.setter.paragraph(f"{block.text} ", SERIF, 12, before=before)
        self.after_table = False

    def _before_table(self) -> None:
        if self.after_table:
            self.setter.paragraph(" ", SANS, 10, before=8)
        elif self.random.random() < 0.3:
            self.setter.paragraph("  ", SANS, 10)
            self.setter.y += 14
        else:
            self.setter.y += self.random.choice((2, 10, 14))

    # -- the three kinds of table -----------------------------------------------------------

    def _indicators(self, table: IndicatorTable, key: Key) -> None:
        random, count, symbols = self.random, len(table.columns), self.look.symbols
        size = 8.0 if count >= 7 else float(self.look.table_size)
        padding = random.choice((3.0, 5.0))
        value = size * (random.uniform(3.9, 4.8) if count >= 6 else random.uniform(4.4, 8.0))
        values = tuple(
            max(value * random.uniform(0.95, 1.1), self._longest(column.title, size))
            for column in table.columns
        )
        taken = sum(values) + 2 * padding * (count + 1) + symbols * (6 + 2 * padding)
        name = max(self.setter.measure - taken, 7 * size)
        grid = self._grid((6.0,) * symbols + (name, *values), size, padding)

        blank = Cell((" ",))
        titles = ("Indikator", *(column.title for column in table.columns))
        head = [grid.cell(f"{title} ", symbols + i) for i, title in enumerate(titles)]
        # The header's symbol cells hold one space more than the rows' do.
        first = Cell(("  ",))
        header = Row((first, *(blank,) * (symbols - 1), *map(Cell, head)), header=True)

        rows: list[Row] = []
        for index, row in enumerate(table.rows):
            texts = (row.name, *row.cells)
            lines = [grid.cell(self._text(text), symbols + i) for i, text in enumerate(texts)]
            signs = [Cell((" ",), mark=self.look.marked)] * symbols
            if row.split and max(map(len, lines)) > 1:
                signs[-1] = Cell((" ", " "), mark=self.look.marked)
            aligned = [Cell(line, self.look.align) for line in lines[1:]]
            cells = (*signs, Cell(lines[0]), *aligned)
            rows.append(self._row(cells, (*key[:2], index)))
            rows.extend(self._analysis(row.analysis, grid))
        self.setter.table(grid, (header,), rows, self.look.min_split)

    def _grid(self, widths: tuple[float, ...], size: float, padding: float) -> Grid:
        look = self.look
        return Grid(widths, SANS, size, padding, look.ruling, look.shaded, look.centred)

    def _longest(self, title: str, size: float) -> float:
        """Room for a header's longest word; templates with less of it break the word."""
        if self.cramped:
            return 0
        return max(width(word, SANS, size) for word in title.split()) + 0.01

    def _activities(self, table: ActivityTable, key: Key) -> None:
        symbols, size, padding = self.look.symbols, float(self.look.table_size), 3.0
        titles = ["Aktivitet", "Startdatum", "Slutdatum"]
        values = [6.2 * size, 6.2 * size]
        if table.has_deviation:
            titles.append("Avvikelse")
            values.append(5.5 * size)
        taken = sum(values) + 2 * padding * len(titles) + symbols * (6 + 2 * padding)
        name = self.setter.measure - taken
        grid = self._grid((6.0,) * symbols + (name, *values), size, padding)
        blank = Cell((" ",))
        head = [grid.cell(f"{title} ", symbols + i) for i, title in enumerate(titles)]
        header = Row((Cell(("  ",)), *(blank,) * (symbols - 1), *map(Cell, head)), header=True)
        rows: list[Row] = []
        for index, row in enumerate(table.rows):
            texts = [row.name, row.start, row.end]
            if table.has_deviation:
                texts.append(row.deviation)
            lines = [grid.cell(f"{text or ''} ", symbols + i) for i, text in enumerate(texts)]
            signs = (Cell((" ",), mark=self.look.marked),) * symbols
            rows.append(self._row((*signs, *map(Cell, lines)), (*key[:2], index)))
            rows.extend(self._analysis(row.analysis, grid))
        self.setter.table(grid, (header,), rows, self.look.min_split)

    def _economy(self, table: EconomyTable, key: Key) -> None:
        random, size, padding = self.random, 9.0, 3.0
        count = len(table.columns)
        # Some real headers break inside a word; most columns hold their longest.
        tight = random.random() < 0.15
        values = tuple(
            max(
                size * random.uniform(4.5, 7.5),
                0 if tight else self._longest(column.title, size),
            )
            for column in table.columns
        )
        label = max(self.setter.measure - sum(values) - 2 * padding * (count + 1), 7 * size)
        grid = self._grid((label, *values), size, padding)
        aligns: tuple[Align, ...] = ("left", "centre", "right")
        align = random.choice(aligns)
        header = self._money_header(table, grid, key, "left" if align == "left" else "centre")
        rows = []
        for index, row in enumerate(table.rows):
            cells = [Cell(grid.cell(f"{row.label} ", 0))]
            for column, text in enumerate(row.cells, start=1):
                end = "  " if table.padded and text else " "
                cells.append(Cell(grid.cell(f"{text or ''}{end}", column), align))
            rows.append(self._row(tuple(cells), (*key[:2], index)))
        self.setter.table(grid, header, rows, self.look.min_split)

    def _money_header(
        self, table: EconomyTable, grid: Grid, key: Key, align: Align
    ) -> tuple[Row, ...]:
        """One header row, or two where columns stand in groups, each group over its columns."""
        titles = (table.label_column, *(column.title for column in table.columns))
        cells = tuple(
            Cell(grid.cell(f"{title} ", i), align if i else "left")
            for i, title in enumerate(titles)
        )
        groups = ("", *(column.group for column in table.columns))
        if not any(groups):
            return (Row(cells, key, header=True),)
        joined = frozenset(i for i in range(2, len(groups)) if groups[i] == groups[i - 1])
        over = [cells[0]]
        for i, group in enumerate(groups[1:], start=1):
            members = [column for column in range(i, len(groups)) if groups[column] == group]
            room = sum(grid.widths[column] for column in members)
            lines = () if i in joined else wrap(f"{group} ", room, grid.font, grid.size)
            over.append(Cell(lines, align))
        under = (Cell((" ",)), *cells[1:])
        return (Row(tuple(over), key, header=True, joined=joined), Row(under, header=True))

    # -- rows -------------------------------------------------------------------------------

    def _row(self, cells: tuple[Cell, ...], key: Key) -> Row:
        """A row; one with a word cut on its first line does not break right there."""
        firsts = (cell.lines[0] for cell in cells)
        whole = self.look.min_split > 1 or all(line.endswith(" ") for line in firsts)
        return Row(cells, key, splittable=whole)

    def _analysis(self, analysis: Analysis | None, grid: Grid) -> list[Row]:
        if analysis is None:
            return []
        room = grid.lefts[-1] - 2 * grid.padding
        lines: list[str] = [f"{analysis.label} "]
        for paragraph in analysis.paragraphs:
            lines.extend(wrap(f"{paragraph} ", room, grid.font, grid.size) or [" "])
        return [Row((Cell(tuple(lines)),))]

    def _text(self, text: str | None) -> str:
        """A cell's text as typed: a space ends it, and now and then one slips in."""
        if text is None:
            return " "
        if self.random.random() < self.look.slips:
            text = re.sub(r" (?=%$)", "  ", text)
        return f"{text} "
