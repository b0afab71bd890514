"""Tables without vertical rules among a page's lines: where they begin and end, and their cells.

Belongs here: telling such a table from prose, from lists and from the table after it. Does not
belong here: ruled tables (`pdf_grid`), columns (`pdf_bands`) and rows (`pdf_rows`) themselves.

Two ways lead to one: horizontal rules of the same width, one under another, enclose its rows; or
its lines alone stand in columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from stadsdel.reading.pdf_bands import (
    Band,
    Printed,
    bands_of,
    by_column,
    grown,
    never_together,
    overlapped,
    printed,
    with_room,
)
from stadsdel.reading.pdf_rows import LEADING, rows_of
from stadsdel.reading.pdf_text import Cell, TextLine, gap, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf_page import Rule

# Lines further apart than this many line heights do not belong to one table; nor do lines whose
# distance is this many times the greatest one before.
_TABLE_GAP = 3.2
_GAP_GROWTH = 2.2
_ROW_SPACE = 0.3  # what is between rows at least, in line heights, to compare with
# Lines that overlap by this share of their height stand beside each other in one row.
_BESIDE = 0.3
# The lines of a table are of one size, within this share.
_SAME_SIZE = 0.1
# An analysis may begin this many line heights left of the names: before the symbols' columns.
_INDENT = 6.0
# The lines in which a header may have titles over several columns.
_HEADER_LINES = 3
# A table of two columns needs this many rows and so wide a gap, in line heights: prose that happens
# to be in two pieces has neither.
_PAIR_ROWS = 3
_PAIR_GAP = 1.5
# Columns whose texts are longer than this many words in the mean are columns of prose.
_PROSE_WORDS = 4.0
# Rules under each other belong to one table where their ends agree within this many points, and
# divide its rows where there are this many; fewer only set off header and sum.
_SAME_END = 3.0
_ROW_RULES = 4
# Next to a rule a row stands this many line heights off; lines that only stand between rules, this
# far apart, are paragraphs.
_ROW_APART = 1.6
_PARAGRAPHS_APART = 0.9
_TABLE_RULES = 3
# What stands as near a rule as a row does differs from it by this many line heights at most.
_AS_NEAR = 0.25
# Rows have this many line heights more white above or below than the first row at most.
_WHITE = 0.9

_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|_{4,}|…{2,}")
_BULLET = re.compile(r"(?:\W{1,2}|o|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-z][.)])$")


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
class _Sheet:
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
            _middle(above) < rule.at < _middle(line)
            and rule.start < line.x0 + _SAME_END
            and rule.end > line.x1 - _SAME_END
            for rule in self.rules
        )


def unruled_tables(
    lines: Sequence[TextLine],
    rules: Sequence[Rule],
    leading: float,
    before: UnruledTable | None = None,
    *,
    cut: bool = False,
) -> tuple[list[UnruledTable], list[TextLine]]:
    """Divide a page's lines outside ruled tables into unruled tables and running text.

    Args:
        lines: lines from top to bottom, each over the whole width of the page.
        rules: horizontal rules outside ruled tables, from top to bottom.
        leading: the usual space between two lines of a paragraph, in line heights.
        before: the last table of the page before; a repeated header continues it, whatever of it
            is left on this page.
        cut: that table ends its page, so that this page may begin with the rest of it.

    Returns:
        The tables and the lines that belong to none, each from top to bottom.
    """
    sheet = _Sheet(printed(lines), leading, rules)
    tables: list[UnruledTable] = []
    running: list[TextLine] = []
    at = taken = 0  # lines above `taken` are a table's already
    for start, end, heights in [*_between_rules(sheet, rules), (len(lines), len(lines), [])]:
        if start < at:
            continue
        while at < start:
            found = _rest(sheet, start, before) if cut and at == 0 else None
            found = (
                found
                or _repeated(sheet, at, start, before)
                or _standing(sheet, at, start, at - taken)
            )
            if found is None:
                running.append(sheet.rows[at].line)
                at += 1
                continue
            first, at, before = found
            taken = at
            del running[len(running) - first :]
            tables.append(before)
        if end > start:
            goes_on = cut and start == 0 and before is not None and _goes_on(sheet, end, before)
            bands = before.bands if before and goes_on else _columns(sheet, start, end, heights)
            before = _table(sheet, start, end, bands, _row_spans(sheet, start, end, bands, heights))
            tables.append(before)
            at = taken = end
    return tables, running


def _repeated(
    sheet: _Sheet, start: int, limit: int, before: UnruledTable | None
) -> tuple[int, int, UnruledTable] | None:
    """Return the table that begins with the header of the one before, if line `start` does.

    The result is how many lines above `start` are its own (none), where it ends, and the table.
    """
    if before is None or start + len(before.header) > limit:
        return None
    body = start + len(before.header)
    if not all(
        _is_same(row.line, line)
        for row, line in zip(sheet.rows[start:body], before.header, strict=True)
    ):
        return None
    end = _extent(sheet, body - 1, limit, before.bands)
    spans = [(start, body)]
    if end > body:
        spans += _row_spans(sheet, body, end, before.bands, [])
    return 0, end, _table(sheet, start, end, before.bands, spans)


def _rest(
    sheet: _Sheet, limit: int, before: UnruledTable | None
) -> tuple[int, int, UnruledTable] | None:
    """Return the rest of the table before where a page begins with it, without its header.

    Its columns are those of the table before: some may be blank on this page. The result as for
    `_repeated`.
    """
    if before is None or not limit:
        return None
    bands = before.bands
    end = _extent(sheet, 0, limit, bands)
    if not _goes_on(sheet, end, before):
        return None
    return 0, end, _table(sheet, 0, end, bands, _row_spans(sheet, 0, end, bands, []))


def _goes_on(sheet: _Sheet, end: int, before: UnruledTable) -> bool:
    """Tell whether the lines down to `end` go on with the table before, without its header."""
    rows, bands = sheet.rows, before.bands
    if len(bands) < 3 or not _is_size(rows[0], before.header[0].height):
        return False
    if _is_same(rows[0].line, before.header[0]):
        return False
    whole = [row for row in rows[:end] if len(row.pieces) > 1 and not _is_labelled(row, bands)]
    starts = abs(rows[0].line.x0 - bands[0][0]) < _SAME_END
    return starts and bool(whole) and _are_set_alike(whole, before)


def _are_set_alike(rows: Iterable[Printed], before: UnruledTable) -> bool:
    """Tell whether each text of some lines stands in one column as that column's texts stand.

    They begin, end or have their middle at one place. Of a column that has been blank so far only
    the title's place is known, but some value of each line stands in another one.
    """
    bodies = [
        [line for row in before.rows[1:] for line in row[column].lines if line.x1 <= band[1]]
        for column, band in enumerate(before.bands)
    ]
    kept = [_common_places(lines) for lines in bodies]
    for row in rows:
        known = False
        for part in row.parts:
            over = overlapped(before.bands, part)
            if len(over) != 1:
                return False
            column = over[0]
            if bodies[column]:
                places = _places(part)
                if not any(abs(places[i] - at) < _SAME_END for i, at in kept[column]):
                    return False
                known = known or column > 0
        if not known:
            return False
    return True


def _common_places(lines: Sequence[TextLine]) -> list[tuple[int, float]]:
    """Return which of their places (see `_places`) lines have in common, and where."""
    places = zip(*map(_places, lines), strict=True)
    return [(i, at[0]) for i, at in enumerate(places) if max(at) - min(at) < _SAME_END]


def _places(line: TextLine) -> tuple[float, float, float]:
    """Return where a line begins, ends and has its middle."""
    return line.x0, line.x1, (line.x0 + line.x1) / 2


def _standing(
    sheet: _Sheet, start: int, limit: int, free: int
) -> tuple[int, int, UnruledTable] | None:
    """Return the table whose first line in several pieces is line `start`, if there is one.

    `free` is how many lines just above `start` belong to no table; the result as for `_repeated`.
    """
    end = _extent(sheet, start, limit)
    if end == start or not _is_table(sheet.rows[start:end]):
        return None
    bands = _columns(sheet, start, end, [])
    first = _header_start(sheet.rows, start, free, bands)
    spans = _row_spans(sheet, first, end, bands, [])
    return start - first, end, _table(sheet, first, end, bands, spans)


def _is_same(line: TextLine, header: TextLine) -> bool:
    """Tell whether a line repeats a header's line: the same words at the same places."""
    return line.text == header.text and all(
        abs(a.x0 - b.x0) < _SAME_END for a, b in zip(line.words, header.words, strict=False)
    )


# --- tables between rules -------------------------------------------------------------------------


def _between_rules(sheet: _Sheet, rules: Sequence[Rule]) -> list[tuple[int, int, list[float]]]:
    """Return the tables whose rows stand between rules, as (first line, end, heights of rules)."""
    sets: list[list[Rule]] = []
    for rule in rules:
        for alike in sets:
            if (
                abs(alike[-1].start - rule.start) <= _SAME_END
                and abs(alike[-1].end - rule.end) <= _SAME_END
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
            following = (rule.at for rule in alike if rule.at > heights[-1] + _SAME_END)
            start, end = _beyond_rules(sheet, start, end, heights, next(following, inf))
            if len(heights) < _ROW_RULES and _goes_on_below(sheet, start, end):
                continue
            if end > start and _is_table(sheet.rows[start:end]):
                found.append((start, end, heights))
    return sorted(found)


def _headed(sheet: _Sheet, runs: Iterable[list[Rule]]) -> Iterator[list[Rule]]:
    """Divide rules that only set off headers: each table ends where its body does.

    Their table's rows stand together in one space between two rules, the one below the header.
    """
    for run in runs:
        cuts = [i for i, edges in enumerate(pairwise(run), 1) if _is_stacked(sheet, *edges)]
        if cuts and cuts[0] <= _HEADER_LINES and len(cuts) * _HEADER_LINES >= len(run) - 1:
            starts = [0, *cuts]
            parts = [run[a : b + 1] for a, b in zip(starts, [*cuts, len(run)], strict=True)]
            yield from (part for part in parts if len(part) >= _TABLE_RULES)
        else:
            yield run


def _is_stacked(sheet: _Sheet, above: Rule, below: Rule) -> bool:
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
        if rule.at - above.at < _SAME_END:
            continue
        inside = [row for row in rows if above.at < _middle(row.line) < rule.at]
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
    white below, that after a table with no rule under its last row.
    """
    if len(run) < 2:
        return True
    first = [row.line for row in rows if run[0].at < _middle(row.line) < run[1].at]
    lines = [row.line for row in inside]
    most = _WHITE * lines[0].height

    def white(lines: list[TextLine], above: Rule, below: Rule) -> tuple[float, float]:
        return (
            min(line.base - line.height for line in lines) - above.at,
            below.at - max(line.base for line in lines),
        )

    usual, here = white(first, run[0], run[1]), white(lines, above, below)
    return all(b - a < most for a, b in zip(usual, here, strict=True))


def _are_rows(inside: list[Printed], rule: Rule, size: float | None) -> bool:
    """Tell whether the lines between two rules may be rows of a table whose lines have a size."""
    if not inside:
        return False
    lines = [row.line for row in inside]
    height = size or lines[0].height
    if any(
        line.x0 < rule.start - _SAME_END
        or line.x1 > rule.end + _SAME_END
        or abs(line.height - height) > _SAME_SIZE * height
        for line in lines
    ):
        return False
    return any(len(row.pieces) > 1 for row in inside) or all(
        gap(a, b) < _PARAGRAPHS_APART * height for a, b in pairwise(lines)
    )


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def _lines_between(rows: Sequence[Printed], block: list[Rule]) -> tuple[int, int]:
    inside = [i for i, row in enumerate(rows) if block[0].at < _middle(row.line) < block[-1].at]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _beyond_rules(
    sheet: _Sheet, start: int, end: int, heights: Sequence[float], limit: float
) -> tuple[int, int]:
    """Add a header above the first rule, and a last row below the last one, if there are such.

    The rule at the height `limit` is another table's.
    """
    rows = sheet.rows
    if not any(len(row.pieces) > 1 for row in rows[start:end]):
        return start, start
    bands = _columns(sheet, start, end, heights)
    height = rows[start].line.height
    first, last = start, end
    space = heights[0] - rows[start - 1].line.bottom if start else inf
    near = _ROW_APART
    for at in range(start - 1, -1, -1):
        row = rows[at]
        # The last line of a header may be the rest of its first title alone.
        rest = len(bands) > 1 and row.line.x1 < bands[1][0] and _is_size(row, height)
        if space > near * height or not (rest or _belongs(row, bands, height)):
            break
        space = gap(rows[at - 1].line, row.line) if at else inf
        near = LEADING
        if len(row.pieces) > 1 or (len(row.parts) > 1 and not rest):
            first = at
    space = rows[end].line.top - heights[-1] if end < len(rows) else inf
    white = rows[start].line.top - heights[0]
    # As near the last rule as rows are, a text is a row, though it spans columns: an analysis.
    across = abs(space - white) < _AS_NEAR * height
    near = min(_ROW_APART, white / height + _WHITE)
    for at in range(end, len(rows)):
        row = rows[at]
        goes_on = at == last > end and _is_below(row, rows[at - 1], bands)
        begins = [bands[0][0]] if at == end else [piece.x0 for piece in rows[at - 1].pieces]
        spans = across and at == last and any(abs(row.line.x0 - x0) < _SAME_END for x0 in begins)
        if space > near * height or row.line.bottom > limit + _SAME_END:
            break
        if not (goes_on or (spans and _is_size(row, height)) or _belongs(row, bands, height)):
            break
        space = gap(row.line, rows[at + 1].line) if at + 1 < len(rows) else inf
        near = LEADING
        if goes_on or spans or len(row.pieces) > 1:
            last = at + 1
    return _header_start(rows, first, first, bands), last


def _goes_on_below(sheet: _Sheet, start: int, end: int) -> bool:
    """Tell whether a table has more rows below those that its rules seem to enclose: its body."""
    if not 0 < end < len(sheet.rows) or end == start:
        return False
    row, height = sheet.rows[end], sheet.rows[start].line.height
    spaces = [gap(a.line, b.line) for a, b in pairwise(sheet.rows[start : end + 1])]
    apart = max([_ROW_APART * height, *(space + _AS_NEAR * height for space in spaces[:-1])])
    bands = bands_of(sheet.rows[start:end])
    return len(row.pieces) > 1 and spaces[-1] <= apart and _belongs(row, bands, height)


def _is_below(row: Printed, above: Printed, bands: Sequence[Band]) -> bool:
    """Tell whether a line goes on with a cell of the line above it, and keeps to its column."""
    over = overlapped(bands, row.line)
    if len(over) != 1 or not _is_size(row, above.line.height):
        return False
    ends = [x0 for x0, _ in bands[over[0] + 1 :]] or [inf]
    return row.line.x1 < ends[0] and any(
        over == overlapped(bands, piece) for piece in (*above.pieces, *above.parts)
    )


def _is_size(row: Printed, height: float) -> bool:
    return abs(row.line.height - height) <= _SAME_SIZE * height


def _belongs(row: Printed, bands: Sequence[Band], height: float) -> bool:
    """Tell whether a line beside a table stands in its columns, and not in the first alone."""
    return (
        len(bands) > 1
        and _fits(row, bands)
        and (len(row.parts) > 1 or overlapped(bands, row.line) != [0])
        and _is_size(row, height)
    )


# --- tables by their lines alone ------------------------------------------------------------------


def _extent(sheet: _Sheet, start: int, limit: int, known: list[Band] | None = None) -> int:
    """Return where the table that may start at line `start` ends; `start` where none can.

    With `known` bands line `start` is the last of a repeated header.
    """
    rows = sheet.rows
    first = rows[start]
    if known is None and (len(first.pieces) < 2 or _LEADER.search(first.line.text)):
        return start
    bands = known or grown([], first.parts)
    height = first.line.height
    end = start + 1
    widest = 0.0
    ruled, whole, named = known is not None, 0, 1
    beside_label: float | None = None  # where the text beside the last row's label begins
    for at in range(start + 1, limit):
        row = rows[at]
        space = gap(rows[at - 1].line, row.line)
        # Several lines with names so near each other are a table without space between its rows.
        spaced = widest > _ROW_SPACE * height or named >= _HEADER_LINES
        if sheet.has_rule(at):
            # The first sets off the header; a later one ends the table or begins the next.
            if whole > 1 and ruled:
                break
            ruled, whole = True, 0
        if (
            space > _TABLE_GAP * height
            or (spaced and space > max(_GAP_GROWTH * widest, 1.2 * height))
            or abs(row.line.height - height) > _SAME_SIZE * height
            or _LEADER.search(row.line.text)
        ):
            break
        header = known is None and at - start <= _HEADER_LINES
        if len(row.pieces) > 1:
            whole += 1
            named += overlapped(bands, row.pieces[0])[:1] == [0]
            if row.line.text == first.line.text:
                break
            labelled = not header and _is_labelled(row, bands)
            if not (header or labelled or _fits(row, bands)):
                bands = bands if known else _columns(sheet, start, end, [])
                labelled = _is_labelled(row, bands)
                if not (labelled or _fits(row, bands)):
                    break
            beside_label = row.pieces[1].x0 if labelled else None
            bands = bands_of(rows[start : at + 1]) if header else grown(bands, row.parts)
            end = at + 1
        else:
            over = overlapped(bands, row.line)
            beside = space < -_BESIDE * height  # of the same row as the line above
            near = at == end and space < LEADING * height
            alone = known is not None and _begins_in(row.line, bands)
            indented = 0 < bands[0][0] - row.line.x0 < _INDENT * height
            within = bands[0][0] <= row.line.x0 < bands[-1][1]
            title = near and header and row.line.x0 >= bands[0][0]
            goes_on = near and beside_label is not None
            goes_on = goes_on and abs(row.line.x0 - (beside_label or 0.0)) < _SAME_END
            if not (beside or indented or title or goes_on or (within and (over or near))):
                break
            under = near and any(
                piece.x0 - _SAME_END < row.line.x0 and row.line.x1 < piece.x1 + _SAME_END
                for piece in rows[at - 1].pieces
            )
            if beside or alone or goes_on or under or (near and len(over) < 2):
                end = at + 1
                if over[:1] != [0] and not goes_on:
                    bands = grown(bands, row.pieces)
        widest = max(widest, space)
    return _with_tail(rows, start, end, limit, bands)


def _begins_in(line: TextLine, bands: Sequence[Band]) -> bool:
    """Tell whether a line begins where a column does, and ends within it."""
    return any(
        abs(line.x0 - x0) < _SAME_END and line.x1 < following
        for (x0, _), following in zip(bands, [x0 for x0, _ in bands[1:]] + [inf], strict=True)
    )


def _is_labelled(row: Printed, bands: Sequence[Band]) -> bool:
    """Tell whether a line is a label in the first column and a text beside it, over several."""
    if len(row.pieces) != 2 or len(bands) < 3:
        return False
    label, text = row.pieces
    return overlapped(bands, label) == [0] and len(overlapped(bands, text)) > 1


def _fits(row: Printed, bands: Sequence[Band]) -> bool:
    """Tell whether a line of several pieces has a table's columns."""
    over = [overlapped(bands, part) for part in row.parts]
    return sum(len(found) > 1 for found in over) * 2 < len(over)


def _with_tail(
    rows: Sequence[Printed], start: int, end: int, limit: int, bands: Sequence[Band]
) -> int:
    """Extend a table by lines across all columns that follow its last row as rows follow rows.

    They are the last row's analysis; prose begins further off, elsewhere or in another size.
    """
    spaces = [gap(a.line, b.line) for a, b in pairwise(rows[start:end])]
    widest = max([*spaces, LEADING * rows[start].line.height])
    for at in range(end, limit):
        row = rows[at]
        if (
            gap(rows[at - 1].line, row.line) > widest + 0.5 * row.line.height
            or abs(row.line.height - rows[start].line.height) > _SAME_SIZE * row.line.height
            or not -_INDENT * row.line.height < row.line.x0 - bands[0][0] < 1.5
            or len(row.pieces) > 1
        ):
            return at
    return limit


def _header_start(rows: Sequence[Printed], start: int, free: int, bands: Sequence[Band]) -> int:
    """Return where the header begins: its first lines may stand in one column only.

    `free` is how many lines just above belong to no other table; `bands` are the table's columns.
    """
    height = rows[start].line.height
    least = start - free
    while start > least and len(rows[start - 1].pieces) == 1:
        above = rows[start - 1].line
        if gap(above, rows[start].line) > LEADING * height or not _belongs(
            rows[start - 1], bands, height
        ):
            break
        start -= 1
    return start


def _is_table(rows: Sequence[Printed]) -> bool:
    several = [row for row in rows if len(row.pieces) > 1]
    if len(several) < 2:
        return False
    bands = bands_of(rows)
    if len(bands) < 2 or all(_BULLET.match(row.pieces[0].text) for row in several):
        return False
    # A text over several columns is an analysis beside its label.
    lengths = [
        len(piece.words)
        for row in several
        for piece in row.pieces[1:]
        if len(overlapped(bands, piece)) < 2
    ]
    if sum(lengths) > _PROSE_WORDS * len(lengths):
        return False
    if len(bands) > 2:
        return any(len(row.pieces) > 2 for row in several) or len(several) > _PAIR_ROWS
    gutter = min(b.x0 - a.x1 for row in several for a, b in pairwise(row.pieces))
    return len(several) >= _PAIR_ROWS and gutter > _PAIR_GAP * several[0].line.height


# --- cells ----------------------------------------------------------------------------------------


def _table(
    sheet: _Sheet, start: int, end: int, bands: list[Band], spans: Sequence[tuple[int, int]]
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


def _columns(sheet: _Sheet, start: int, end: int, rules: Sequence[float]) -> list[Band]:
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
    spans = _row_spans(sheet, start, end, likely, rules)
    together = [set().union(*filled[first - start : last - start]) for first, last in spans]
    return with_room(never_together(bands, together), rows[0])


def _row_spans(
    sheet: _Sheet, start: int, end: int, bands: Sequence[Band], rules: Sequence[float]
) -> list[tuple[int, int]]:
    """Return the rows as (first line, end): between rules; where these are few, by space too."""
    rows = sheet.rows[start:end]
    middles = [_middle(row.line) for row in rows]
    starts = [0]
    for i, (above, middle) in enumerate(pairwise(middles), 1):
        if any(above < at < middle for at in rules):
            starts.append(i)
    spans = list(pairwise([*starts, len(rows)]))
    if len(rules) < _ROW_RULES:
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
