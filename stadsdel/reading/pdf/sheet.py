"""A page's lines outside ruled tables, and the cells of the tables that some of them make.

Belongs here: columns and rows of lines that are known to be a table. Does not belong here: which
lines are one (`between`, `extent`), how columns (`bands`) and rows (`rows`) are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, by_column, never_together, with_room
from stadsdel.reading.pdf.fit import SAME_END
from stadsdel.reading.pdf.rows import rows_of
from stadsdel.reading.pdf.text import Cell, TextLine, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.ink import Rule

# Rules divide the rows of their table where there are this many; fewer only set off header and sum.
ROW_RULES = 4


@dataclass(slots=True)
class UnruledTable:
    """A table without vertical rules: its rows' cells, and each row's box.

    `header` are the printed lines of its first row, `bands` its columns.
    """

    rows: list[list[Cell]]
    boxes: list[BBox]
    box: BBox
    header: list[TextLine]
    bands: list[Band]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines and rules outside ruled tables.

    `leading` is the usual space between two lines of a paragraph, in line heights.
    """

    rows: list[Printed]
    leading: float
    rules: Sequence[Rule] = ()

    def has_rule(self, at: int) -> bool:
        """Tell whether a rule stands over line `at`, between it and the line above."""
        above, line = self.rows[at - 1].line, self.rows[at].line
        return any(
            above.middle < rule.at < line.middle
            and rule.start < line.x0 + SAME_END
            and rule.end > line.x1 - SAME_END
            for rule in self.rules
        )


def table_of(
    sheet: Sheet, start: int, end: int, bands: list[Band], spans: Sequence[tuple[int, int]]
) -> UnruledTable:
    """Divide the lines `start`..`end` into cells: by columns and by rows of lines, the `spans`."""
    lines = [row.line for row in sheet.rows[start:end]]
    ends = [*[band[0] for band in bands[1:]], max(line.x1 for line in lines)]
    cells: list[list[Cell]] = []
    for first, last in spans:
        pieces: list[list[TextLine]] = [[] for _ in bands]
        for row in sheet.rows[first:last]:
            for column, piece in by_column(row, bands).items():
                pieces[column].append(piece)
        found = []
        for column, inside in enumerate(pieces):
            text = lines_of(word for piece in inside for word in piece.words)
            spans_more = any(line.x1 > ends[column] for line in text)
            right = ends[-1] if spans_more else bands[column][1]
            found.append(Cell(text, bands[column][0], right))
        cells.append(found)
    printed_rows = [[row.line for row in sheet.rows[first:last]] for first, last in spans]
    boxes = [_around(inside) for inside in printed_rows]
    return UnruledTable(cells, boxes, _around(lines), printed_rows[0], bands)


def columns_of(sheet: Sheet, start: int, end: int, rules: Sequence[float]) -> list[Band]:
    """Return the columns of the lines `start`..`end`; `rules` are the heights of rules there.

    Titles to the left and figures to the right or in the middle of a column are two bands: the rows
    that tell which bands are one are looked for with those joined that no printed line has both of.
    A header alone, whose titles may stand at heights of their own, does not tell them.
    """
    rows = sheet.rows[start:end]
    bands = bands_of(rows)
    filled: list[set[int]] = [set(by_column(row, bands)) for row in rows]
    has_rows = sum(0 in columns and len(columns) > 1 for columns in filled) > 1
    likely = never_together(bands, filled) if has_rows else bands
    spans = row_spans(sheet, start, end, likely, rules)
    together = [set().union(*filled[first - start : last - start]) for first, last in spans]
    return with_room(never_together(bands, together), rows[0])


def row_spans(
    sheet: Sheet, start: int, end: int, bands: Sequence[Band], rules: Sequence[float]
) -> list[tuple[int, int]]:
    """Return the rows as (first line, end): between rules; where these are few, by space too."""
    rows = sheet.rows[start:end]
    middles = [row.line.middle for row in rows]
    starts = [0]
    for i, (above, middle) in enumerate(pairwise(middles), 1):
        if any(above < at < middle for at in rules):
            starts.append(i)
    spans = list(pairwise([*starts, len(rows)]))
    if len(rules) < ROW_RULES:
        by_space = []
        for first, last in spans:
            cells = [by_column(row, bands) for row in rows[first:last]]
            lines = [row.line for row in rows[first:last]]
            inside = rows_of(lines, cells, len(bands), sheet.leading)
            by_space += [(first + a, first + b) for a, b in inside]
        spans = by_space
    return [(start + first, start + last) for first, last in spans]


def _around(lines: Sequence[TextLine]) -> BBox:
    return (
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
    )
