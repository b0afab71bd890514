"""The rest of a table that a page break cuts, with its header repeated or without.

Belongs here: telling that lines go on with the table before. Does not belong here: ruled tables
(`ruled`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import bands_of, overlapped
from stadsdel.reading.pdf.extent import extent
from stadsdel.reading.pdf.fit import SAME_END, SAME_SIZE, is_labelled, is_size
from stadsdel.reading.pdf.rows import LEADING
from stadsdel.reading.pdf.sheet import Region, table_of
from stadsdel.reading.pdf.text import gap
from stadsdel.reading.pdf.walls import walled_bands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stadsdel.reading.pdf.bands import Band, Printed
    from stadsdel.reading.pdf.sheet import Sheet, UnruledTable
    from stadsdel.reading.pdf.text import TextLine


# A header has so many titles.
_TITLES = 3
# How a table's columns are set is told by so many of its rows before the page break.
_LAST_ROWS = 4


def repeated(
    sheet: Sheet, start: int, limit: int, before: UnruledTable | None
) -> tuple[int, int, UnruledTable] | None:
    """Return the table that begins with the header of the one before, if line `start` does.

    The result is how many lines above `start` are its own (none), where it ends, and the table.
    """
    if before is None or start + len(before.header) > limit:
        return None
    body = start + len(before.header)
    if not all(
        is_same(row.line, line)
        for row, line in zip(sheet.rows[start:body], before.header, strict=True)
    ):
        return None
    end = extent(sheet, body - 1, limit, before.bands)
    return 0, end, table_of(Region(sheet, start, end, body=body), before.bands)


def rest_of(
    sheet: Sheet, limit: int, before: UnruledTable | None
) -> tuple[int, int, UnruledTable] | None:
    """Return the rest of the table before where a page begins with it, without its header.

    Its columns are those of the table before: some may be blank on this page. The result as for
    `repeated`.
    """
    if before is None or not limit:
        return None
    bands = before.bands
    end = extent(sheet, 0, limit, bands)
    if not goes_on(sheet, end, before):
        return None
    return 0, end, table_of(Region(sheet, 0, end), bands, before)


def lone_header(sheet: Sheet, rest: Sequence[TextLine]) -> UnruledTable | None:
    """Return the lines that end a page below its tables and may be the header of the next page's.

    Args:
        sheet: the page.
        rest: those of its lines that are in no table.
    """
    rows = sheet.rows
    if not rest or rest[-1] is not rows[-1].line or len(rows[-1].pieces) < _TITLES:
        return None
    start = len(rows) - 1
    while start and _is_same_cell(rows[start - 1].line, rows[start].line):
        start -= 1
    region = Region(sheet, start, len(rows), body=len(rows))
    return table_of(region, bands_of(region.rows))


def _is_same_cell(above: TextLine, below: TextLine) -> bool:
    """Tell whether two lines stand as near each other as those of a cell."""
    alike = abs(above.height - below.height) <= SAME_SIZE * below.height
    return alike and gap(above, below) < LEADING * below.height


def goes_on(sheet: Sheet, end: int, before: UnruledTable) -> bool:
    """Tell whether the lines down to `end` go on with the table before, without its header."""
    rows, bands = sheet.rows, before.bands
    if len(bands) < 3 or not is_size(rows[0], before.header[0].height):
        return False
    if _is_printed_again(rows[0], before):
        return False
    drawn = walled_bands(rows[:end], sheet.borders)
    if _is_walled_alike(drawn, bands):
        return True
    if drawn and walled_bands(before.region.rows, before.region.sheet.borders):
        return False
    whole = [row for row in rows[:end] if len(row.pieces) > 1 and not is_labelled(row, bands)]
    # Drawn columns begin left of their texts.
    left = min((line.x0 for row in before.rows for line in row[0].lines), default=bands[0][0])
    starts = abs(rows[0].line.x0 - left) < SAME_END
    return starts and bool(whole) and _are_set_alike(whole, before)


def _is_printed_again(row: Printed, before: UnruledTable) -> bool:
    """Tell whether a line is the header's of the table before, or of one above it on its page.

    Several words that stand there at the same places are titles; dates and figures are often alike.
    """
    return is_same(row.line, before.header[0]) or (
        len(row.pieces) >= _TITLES
        and all(piece.text[0].isalpha() for piece in row.pieces)
        and any(is_same(row.line, above.line) for above in before.region.sheet.rows)
    )


def _is_walled_alike(bands: Sequence[Band], before: Sequence[Band]) -> bool:
    """Tell whether drawn columns are those of the table before, as far as they reach."""
    if not bands:
        return False
    borders = [x0 for x0, _ in bands[1:]]
    known = [x0 for x0, _ in before[1:] if bands[0][0] + SAME_END < x0 < bands[-1][1] - SAME_END]
    return len(borders) == len(known) and all(
        abs(a - b) < SAME_END for a, b in zip(borders, known, strict=True)
    )


def _are_set_alike(rows: Iterable[Printed], before: UnruledTable) -> bool:
    """Tell whether each text of some lines stands in one column as that column's last texts stand.

    They begin, end or have their middle at one place. Of a column that has been blank so far only
    the title's place is known, but some value of each line stands in another one, unless the page
    before ended with the header.
    """
    last = before.rows[1:][-_LAST_ROWS:]
    bodies = [
        [line for row in last for line in row[column].lines if line.x1 <= band[1]]
        for column, band in enumerate(before.bands)
    ]
    kept = [_common_places(lines) for lines in bodies]
    for row in rows:
        known = not last
        overs = [overlapped(before.bands, part) for part in row.parts]
        for part, over in zip(row.parts, overs, strict=True):
            column = over[0] if over else _column_begun(before.bands, part)
            if len(over) > 1 or (not over and [column] in overs):
                return False
            if bodies[column]:
                places = _places(part)
                if not any(abs(places[i] - at) < SAME_END for i, at in kept[column]):
                    return False
                known = known or column > 0
        if not known:
            return False
    return True


def _column_begun(bands: Sequence[Band], part: TextLine) -> int:
    """Return the last column that begins left of a text that stands beside all columns' texts."""
    return max(sum(x0 < part.x0 + SAME_END for x0, _ in bands) - 1, 0)


def _common_places(lines: Sequence[TextLine]) -> list[tuple[int, float]]:
    """Return which of their places (see `_places`) half of some lines have in common, and where."""
    return [
        (i, at)
        for i, places in enumerate(zip(*map(_places, lines), strict=True))
        for at in places
        if 2 * sum(abs(other - at) < SAME_END for other in places) >= len(places)
    ]


def _places(line: TextLine) -> tuple[float, float, float]:
    """Return where a line begins, ends and has its middle."""
    return line.x0, line.x1, (line.x0 + line.x1) / 2


def is_same(line: TextLine, header: TextLine) -> bool:
    """Tell whether a line repeats a header's line: the same words at the same places."""
    return line.text == header.text and all(
        abs(a.x0 - b.x0) < SAME_END for a, b in zip(line.words, header.words, strict=False)
    )
