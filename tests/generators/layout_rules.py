"""Layout A once more, from its written rules alone: no page geometry, widths in characters.

Belongs here: a second, plainer way to the same kind of text, so that the parser is not measured by
one idea of the layout only (`layout_a` sets real pages and extracts them). Page breaks fall
anywhere: between rows, inside a name, a cell or an analysis, between a row and its analysis.
Does not belong here: the content.

Source: design/report-layouts.md, A.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generators.compose import LABELS
from generators.metrics import pieces
from generators.model import (
    ActivityTable,
    Analysis,
    EconomyTable,
    Goal,
    Heading,
    IndicatorTable,
    Prose,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from generators.typeset import Key

Lines = list[str]


def render(report: Report, random: Random) -> tuple[str, dict[Key, int]]:
    """Print a report in layout A.

    Returns:
        The text, and the 1-based line of each goal, table and row.
    """
    out = _Writer(random, indent=random.choice((1, 2)), breaks=random.choice((0.0, 0.1, 0.3)))
    for number, part in enumerate(report.parts):
        for index, block in enumerate(part.blocks):
            key = (number, index, -1)
            if isinstance(block, Goal):
                out.paragraph(f"{LABELS[block.level]} {block.text} ", 80, key)
                if block.status:
                    out.block([f" {block.status} "])
            elif isinstance(block, Heading):
                out.paragraph(f"{block.text} ", 80)
            elif isinstance(block, Prose):
                out.paragraph(f"{block.text} ", random.choice((88, 92)))
            elif isinstance(block, IndicatorTable):
                _indicators(out, block, key)
            elif isinstance(block, ActivityTable):
                _activities(out, block, key)
            else:
                assert isinstance(block, EconomyTable)
                _economy(out, block, key)
    return "\n".join(out.lines) + "\n", out.places


@dataclass(slots=True)
class _Writer:
    """The lines so far, and where each key first stands.

    `indent` is what symbols leave before a name; `breaks` the share of rows that a page cuts.
    """

    random: Random
    indent: int
    breaks: float
    lines: Lines = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)

    def block(self, lines: Sequence[str], key: Key | None = None) -> None:
        """Write lines after a blank one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")
        self.directly(lines, key)

    def directly(self, lines: Sequence[str], key: Key | None = None) -> None:
        """Write lines under the last one."""
        if key is not None:
            self.places.setdefault(key, len(self.lines) + 1)
        self.lines.extend(lines)

    def paragraph(self, text: str, width: int, key: Key | None = None) -> None:
        self.block(_wrap(text, width), key)


def _wrap(text: str, width: int) -> Lines:
    """Lines of at most `width` characters; a longer word is cut where the line is full."""
    lines, line = [], ""
    for piece in pieces(text):
        if line and len((line + piece).rstrip()) > width:
            lines.append(line)
            line = ""
        while len(piece.rstrip()) > width:
            lines.append(piece[:width])
            piece = piece[width:]
        line += piece
    return [*lines, line]


def _blocks(cells: Sequence[Lines]) -> list[Lines]:
    """Join a row's cells: on one line until a cell wraps; after a wrapped cell a new block."""
    blocks: list[Lines] = [[""]]
    for cell in cells:
        if len(blocks[-1]) > 1:
            blocks.append([""])
        blocks[-1][-1] += cell[0]
        blocks[-1].extend(cell[1:])
    return blocks


@dataclass(frozen=True, slots=True)
class _Table:
    """The room of each column in characters, the name's first, and the header as printed."""

    widths: tuple[int, ...]
    titles: tuple[str, ...]
    indent: int

    def header(self) -> list[Lines]:
        cells = [_wrap(f"{title} ", width) for title, width in zip(*self._both, strict=True)]
        first, *rest = _blocks(cells)
        return [[" " * self.indent + first[0], *first[1:]], *rest]

    @property
    def _both(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        return self.titles, self.widths


def _print_header(out: _Writer, table: _Table, key: Key | None = None) -> None:
    for number, lines in enumerate(table.header()):
        out.block(lines, None if number else key)


def _turn(out: _Writer, table: _Table) -> None:
    """Begin a page inside a table: its header again, one more space before it."""
    header = table.header()
    header[0][0] = f" {header[0][0]}"
    out.directly(header[0])
    for lines in header[1:]:
        out.block(lines)


def _row(
    out: _Writer, table: _Table, name: str, cells: Sequence[str | None], key: Key, *, raised: bool
) -> None:
    """Print a row: its name, then its values; now and then a page cuts the name or a cell."""
    random = out.random
    lines = _wrap(f"{name} ", table.widths[0])
    texts = [
        _wrap(f"{text or ''} ", width) for text, width in zip(cells, table.widths[1:], strict=True)
    ]
    indent = " " * out.indent
    if raised and max(map(len, (lines, *texts))) > 1:
        out.block([indent, " "])
    else:
        lines[0] = indent + lines[0]
    if len(lines) == 1:
        first, *rest = _blocks([lines, *texts])
        out.block(first, key)
        for block in rest:
            out.block(block)
        return
    if random.random() >= out.breaks:
        out.block(lines, key)
        for block in _blocks(texts):
            out.block(block)
        return
    # The page holds `cut` lines; what each cell has beyond them comes on the next.
    cut = random.randint(2, max(2, len(lines) - 1))
    out.block(lines[:cut], key)
    for block in _blocks([text[:cut] for text in texts]):
        out.block(block)
    left = [part[cut:] for part in (lines, *texts) if part[cut:]]
    if left:
        _turn(out, table)
        for block in _blocks(left) if len(left) > 1 and len(left[0]) == 1 else left:
            out.block(block)


def _analysis(out: _Writer, analysis: Analysis | None, table: _Table) -> None:
    if analysis is None:
        return
    lines = [f"{analysis.label} "]
    for paragraph in analysis.paragraphs:
        lines.extend(_wrap(f"{paragraph} ", 125) if paragraph else [" "])
    if out.random.random() < out.breaks:
        cut = out.random.randint(0, len(lines) - 1)
        if cut:
            out.block(lines[:cut])
        _turn(out, table)
        out.block(lines[cut:])
    else:
        out.block(lines)


def _indicators(out: _Writer, block: IndicatorTable, key: Key) -> None:
    random = out.random
    count = len(block.columns)
    values = [random.randint(7, 11) if count > 5 else random.randint(8, 16) for _ in range(count)]
    room = random.randint(13, 20) if count > 5 else random.randint(24, 70)
    titles = ("Indikator", *(column.title for column in block.columns))
    widths = [max(width, _longest(title)) for width, title in zip(values, titles[1:], strict=True)]
    table = _Table((room, *widths), titles, out.indent + 1)
    _print_header(out, table, key)
    for index, row in enumerate(block.rows):
        _row(out, table, row.name, row.cells, (*key[:2], index), raised=row.split)
        _analysis(out, row.analysis, table)


def _longest(title: str) -> int:
    return max(map(len, title.split()))


def _activities(out: _Writer, block: ActivityTable, key: Key) -> None:
    titles = ["Aktivitet", "Startdatum", "Slutdatum", *["Avvikelse"] * block.has_deviation]
    room = (out.random.randint(50, 75), *(10 for _ in titles[1:]))
    table = _Table(room, tuple(titles), out.indent + 1)
    _print_header(out, table, key)
    for index, row in enumerate(block.rows):
        cells = [row.start, row.end, *[row.deviation] * block.has_deviation]
        _row(out, table, row.name, cells, (*key[:2], index), raised=False)
        _analysis(out, row.analysis, table)


def _economy(out: _Writer, block: EconomyTable, key: Key) -> None:
    random = out.random
    titles = (block.label_column, *(column.name for column in block.columns))
    values = (max(random.randint(12, 24), _longest(title)) for title in titles[1:])
    table = _Table((random.randint(20, 40), *values), titles, 0)
    _print_header(out, table, key)
    for index, row in enumerate(block.rows):
        lines = _wrap(f"{row.label} ", table.widths[0])
        pad = " " if block.padded else ""
        cells = [[f"{text}{pad} "] if text else [" "] for text in row.cells]
        place = (*key[:2], index)
        if len(lines) == 1:
            out.block(_blocks([lines, *cells])[0], place)
        else:
            out.block(lines, place)
            out.block(_blocks(cells)[0])
        if random.random() < out.breaks / 3 and index + 1 < len(block.rows):
            _turn(out, table)
