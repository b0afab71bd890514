"""Tables whose rows stand between horizontal rules of one width, one under another.

Belongs here: which rules are one table's, and what stands beyond them. Does not belong here: tables
with vertical rules too (`grid`), or without any (`extent`).
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, by_column, overlapped
from stadsdel.reading.pdf.fit import (
    HEADER_LINES,
    SAME_END,
    SAME_SIZE,
    belongs,
    header_start,
    is_size,
    is_table,
)
from stadsdel.reading.pdf.rows import LEADING, rows_of
from stadsdel.reading.pdf.sheet import ROW_RULES, Region, columns_of
from stadsdel.reading.pdf.text import gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.ink import Rule
    from stadsdel.reading.pdf.sheet import Sheet
    from stadsdel.reading.pdf.text import TextLine

# Next to a rule a row stands this many line heights off; lines that only stand between rules, this
# far apart, are paragraphs.
_ROW_APART = 1.6
_PARAGRAPHS_APART = 0.9
_TABLE_RULES = 3
# What stands as near a rule as a row does differs from it by this many line heights at most.
_AS_NEAR = 0.25
# Rows have this many line heights more white above or below than the first row at most.
_WHITE = 0.7


def between_rules(sheet: Sheet, rules: Sequence[Rule]) -> list[tuple[int, int, list[float]]]:
    """Return the tables whose rows stand between rules, as (first line, end, heights of rules)."""
    sets: list[list[Rule]] = []
    for rule in rules:
        for alike in sets:
            if (
                abs(alike[-1].start - rule.start) <= SAME_END
                and abs(alike[-1].end - rule.end) <= SAME_END
            ):
                alike.append(rule)
                break
        else:
            sets.append([rule])
    found = []
    for alike in sets:
        for block in _headed(sheet, _runs(alike, sheet.rows)):
            start, end = _lines_between(sheet.rows, block)
            heights = [rule.at for rule in block]
            following = (rule.at for rule in alike if rule.at > heights[-1] + SAME_END)
            start, end = _beyond_rules(sheet, start, end, heights, next(following, inf))
            if len(heights) < ROW_RULES and _goes_on_below(sheet, start, end):
                continue
            if end > start and is_table(sheet.rows[start:end]):
                found.append((start, end, heights))
    return sorted(found)


def _headed(sheet: Sheet, runs: Iterable[list[Rule]]) -> Iterator[list[Rule]]:
    """Divide rules that only set off headers: each table ends where its body does.

    Their table's rows stand together in one space between two rules, the one below the header.
    """
    for run in runs:
        cuts = [i for i, edges in enumerate(pairwise(run), 1) if _is_stacked(sheet, *edges)]
        if cuts and cuts[0] <= HEADER_LINES and len(cuts) * HEADER_LINES >= len(run) - 1:
            starts = [0, *cuts]
            parts = [run[a : b + 1] for a, b in zip(starts, [*cuts, len(run)], strict=True)]
            yield from (part for part in parts if len(part) >= _TABLE_RULES)
        else:
            yield run


def _is_stacked(sheet: Sheet, above: Rule, below: Rule) -> bool:
    """Tell whether several rows of a table stand between two rules."""
    start, end = _lines_between(sheet.rows, [above, below])
    rows = sheet.rows[start:end]
    bands = bands_of(rows)
    if len(bands) < 2:
        return False
    cells = [by_column(row, bands) for row in rows]
    spans = rows_of([row.line for row in rows], cells, len(bands), sheet.leading)
    together: list[set[int]] = [set().union(*cells[first:last]) for first, last in spans]
    return sum(0 in columns and len(columns) > 1 for columns in together) > 1


def _runs(alike: list[Rule], rows: Sequence[Printed]) -> list[list[Rule]]:
    """Divide rules of one width where what stands between two of them is no row of their table.

    That is nothing at all, or lines of another size or out of the rules' width.
    """
    runs: list[list[Rule]] = [alike[:1]]
    size: float | None = None
    for rule in alike[1:]:
        above = runs[-1][-1]
        if rule.at - above.at < SAME_END:
            continue
        inside = [row for row in rows if above.at < row.line.middle < rule.at]
        if _are_rows(inside, above, size) and _fill(inside, above, rule, runs[-1], rows):
            runs[-1].append(rule)
            size = inside[0].line.height
        else:
            runs.append([rule])
            size = None
    return [run for run in runs if len(run) >= _TABLE_RULES]


def _fill(
    inside: list[Printed], above: Rule, below: Rule, run: list[Rule], rows: Sequence[Printed]
) -> bool:
    """Tell whether lines fill the space between two rules as a table's first row fills its own.

    A row's highest cell fills it, so that all rows are as near the rules above and below them. More
    white above is that between two tables of which the next one has no rule over its header; more
    white below, that after a table with no rule under its last row; more white between two lines
    than rows without a rule between them have, both.
    """
    lines = [row.line for row in inside]
    most = _WHITE * lines[0].height

    def white(lines: list[TextLine], above: Rule, below: Rule) -> tuple[float, float]:
        return (
            min(line.base - line.height for line in lines) - above.at,
            below.at - max(line.base for line in lines),
        )

    here = white(lines, above, below)
    if len(run) > 1:
        first = [row.line for row in rows if run[0].at < row.line.middle < run[1].at]
        usual = white(first, run[0], run[1])
    else:  # the header's, if it stands over the first rule
        header = max((row.line.base for row in rows if row.line.middle < above.at), default=-inf)
        usual = (max(above.at - header, *here),) * 2
    widest = max((gap(a, b) for a, b in pairwise(lines)), default=0.0)
    return all(b - a < most for a, b in zip(usual, here, strict=True)) and (
        widest < sum(usual) + LEADING * lines[0].height
    )


def _are_rows(inside: list[Printed], rule: Rule, size: float | None) -> bool:
    """Tell whether the lines between two rules may be rows of a table whose lines have a size."""
    if not inside:
        return False
    lines = [row.line for row in inside]
    height = size or lines[0].height
    if any(
        line.x0 < rule.start - SAME_END
        or line.x1 > rule.end + SAME_END
        or abs(line.height - height) > SAME_SIZE * height
        for line in lines
    ):
        return False
    return any(len(row.pieces) > 1 for row in inside) or all(
        gap(a, b) < _PARAGRAPHS_APART * height for a, b in pairwise(lines)
    )


def _lines_between(rows: Sequence[Printed], block: list[Rule]) -> tuple[int, int]:
    inside = [i for i, row in enumerate(rows) if block[0].at < row.line.middle < block[-1].at]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _beyond_rules(
    sheet: Sheet, start: int, end: int, heights: Sequence[float], limit: float
) -> tuple[int, int]:
    """Add a header above the first rule, and a last row below the last one, if there are such.

    The rule at the height `limit` is another table's.
    """
    rows = sheet.rows
    if not any(len(row.pieces) > 1 for row in rows[start:end]):
        return start, start
    height = rows[start].line.height
    first, last = start, end
    white = rows[start].line.top - heights[0]
    space = heights[0] - rows[start - 1].line.bottom if start else inf
    near = _ROW_APART
    bands = columns_of([Region(sheet, start, end, heights)])
    left = min(row.line.x0 for row in rows[start:end])
    if bands[0][0] > left + SAME_END and space <= near * height and len(rows[start - 1].pieces) > 1:
        # Where values stand in the middle of their rows the header alone may have all columns.
        bands = columns_of([Region(sheet, start - 1, end, heights)])
    # Where only every other row is shaded one more may stand between the header and the first rule.
    between_rows = 2 * white / height + LEADING
    for at in range(start - 1, -1, -1):
        row = rows[at]
        # The last line of a header may be the rest of its first title alone.
        rest = len(bands) > 1 and row.line.x1 < bands[1][0] and is_size(row, height)
        if space > near * height:
            if space > between_rows * height or first == start:
                break
            between_rows = 0.0
        if not (rest or belongs(row, bands, height)):
            break
        space = gap(rows[at - 1].line, row.line) if at else inf
        near = LEADING
        if len(row.pieces) > 1 or (len(row.parts) > 1 and not rest):
            first = at
    space = rows[end].line.top - heights[-1] if end < len(rows) else inf
    # As near the last rule as rows are, a text is a row, though it spans columns: an analysis.
    across = abs(space - white) < _AS_NEAR * height
    near = min(_ROW_APART, white / height + _WHITE)
    for at in range(end, len(rows)):
        row = rows[at]
        goes_on = at == last > end and _is_below(row, rows[end:at], bands)
        begins = [left] if at == end else [piece.x0 for piece in rows[at - 1].pieces]
        spans = across and at == last and any(abs(row.line.x0 - x0) < SAME_END for x0 in begins)
        if space > near * height or row.line.bottom > limit + SAME_END:
            break
        if not (goes_on or (spans and is_size(row, height)) or belongs(row, bands, height)):
            break
        space = gap(row.line, rows[at + 1].line) if at + 1 < len(rows) else inf
        near = LEADING
        if goes_on or spans or len(row.pieces) > 1:
            last = at + 1
    return header_start(rows, first, first, bands), last


def _goes_on_below(sheet: Sheet, start: int, end: int) -> bool:
    """Tell whether a table has more rows below those that its rules seem to enclose: its body."""
    if not 0 < end < len(sheet.rows) or end == start:
        return False
    row, height = sheet.rows[end], sheet.rows[start].line.height
    spaces = [gap(a.line, b.line) for a, b in pairwise(sheet.rows[start : end + 1])]
    apart = max([_ROW_APART * height, *(space + _AS_NEAR * height for space in spaces[:-1])])
    bands = bands_of(sheet.rows[start:end])
    return len(row.pieces) > 1 and spaces[-1] <= apart and belongs(row, bands, height)


def _is_below(row: Printed, above: Sequence[Printed], bands: Sequence[Band]) -> bool:
    """Tell whether a line goes on with a cell of its row's lines above, and keeps to its column."""
    over = overlapped(bands, row.line)
    if len(over) != 1 or not is_size(row, above[-1].line.height):
        return False
    ends = [x0 for x0, _ in bands[over[0] + 1 :]] or [inf]
    return row.line.x1 < ends[0] and any(
        over == overlapped(bands, piece) for line in above for piece in (*line.pieces, *line.parts)
    )
