"""Tables without vertical rules among a page's lines: tables and running text told apart.

Belongs here: the order in which the ways to such a table are tried. Does not belong here: the ways
themselves: rules of one width that enclose its rows (`between`), lines that alone stand in columns
(`extent`), and the table of the page before (`continued`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadsdel.reading.pdf.bands import printed
from stadsdel.reading.pdf.between import between_rules
from stadsdel.reading.pdf.continued import goes_on, repeated, rest_of
from stadsdel.reading.pdf.extent import extent
from stadsdel.reading.pdf.fit import header_start, is_table
from stadsdel.reading.pdf.sheet import Sheet, UnruledTable, columns_of, row_spans, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.pdf.ink import Rule
    from stadsdel.reading.pdf.text import TextLine


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
    sheet = Sheet(printed(lines), leading, rules)
    tables: list[UnruledTable] = []
    running: list[TextLine] = []
    at = taken = 0  # lines above `taken` are a table's already
    for start, end, heights in [*between_rules(sheet, rules), (len(lines), len(lines), [])]:
        if start < at:
            continue
        while at < start:
            found = rest_of(sheet, start, before) if cut and at == 0 else None
            found = (
                found
                or repeated(sheet, at, start, before)
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
            continues = cut and start == 0 and before is not None and goes_on(sheet, end, before)
            bands = before.bands if before and continues else columns_of(sheet, start, end, heights)
            before = table_of(
                sheet, start, end, bands, row_spans(sheet, start, end, bands, heights)
            )
            tables.append(before)
            at = taken = end
    return tables, running


def _standing(
    sheet: Sheet, start: int, limit: int, free: int
) -> tuple[int, int, UnruledTable] | None:
    """Return the table whose first line in several pieces is line `start`, if there is one.

    `free` is how many lines just above `start` belong to no table; the result as for `repeated`.
    """
    end = extent(sheet, start, limit)
    if end == start or not is_table(sheet.rows[start:end]):
        return None
    bands = columns_of(sheet, start, end, [])
    first = header_start(sheet.rows, start, free, bands)
    spans = row_spans(sheet, first, end, bands, [])
    return start - first, end, table_of(sheet, first, end, bands, spans)
