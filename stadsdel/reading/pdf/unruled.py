"""Tables without vertical rules among a page's lines: tables and running text told apart.

Belongs here: the order in which the ways to such a table are tried. Does not belong here: the ways
themselves: rules of one width that enclose its rows (`between`), lines that alone stand in columns
(`extent`), and the table of the page before (`continued`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.between import between_rules
from stadsdel.reading.pdf.continued import goes_on, is_same, repeated, rest_of
from stadsdel.reading.pdf.extent import extent
from stadsdel.reading.pdf.fit import header_start, is_table
from stadsdel.reading.pdf.sheet import Region, columns_of, table_of
from stadsdel.reading.pdf.walls import walled_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.pdf.sheet import Sheet, UnruledTable
    from stadsdel.reading.pdf.text import TextLine


def unruled_tables(
    sheet: Sheet, before: UnruledTable | None = None, *, cut: bool = False
) -> tuple[list[UnruledTable], list[TextLine]]:
    """Divide a page's lines outside ruled tables into unruled tables and running text.

    Args:
        sheet: the lines from top to bottom, each over the whole width of the page, and the rules.
        before: the last table of the page before; a repeated header continues it, whatever of it
            is left on this page.
        cut: that table ends its page, so that this page may begin with the rest of it.

    Returns:
        The tables and the lines that belong to none, each from top to bottom.
    """
    tables: list[UnruledTable] = []
    running: list[TextLine] = []
    at = taken = 0  # lines above `taken` are a table's already
    below = len(sheet.rows)
    for start, end, heights in [*_enclosed(sheet), (below, below, [])]:
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
            region = Region(sheet, start, end, heights)
            if cut and start == 0 and before is not None and goes_on(sheet, end, before):
                before = table_of(region, before.bands, before)
            else:
                before = table_of(region, columns_of([region]))
            tables.append(before)
            at = taken = end
    return tables, running


def _enclosed(sheet: Sheet) -> list[tuple[int, int, list[float]]]:
    """Return the tables that stand between rules, as (first line, end, heights of rules)."""
    found = between_rules(sheet, sheet.rules)
    for start, end in walled_lines(sheet.rows, sheet.walls):
        rows = sheet.rows[start:end]
        if is_table(rows) and not any(a <= start and end <= b for a, b, _ in found):
            top, bottom = rows[0].line.top, rows[-1].line.bottom
            heights = [rule.at for rule in sheet.rules if top < rule.at < bottom]
            found = [entry for entry in found if entry[1] <= start or end <= entry[0]]
            found.append((start, end, heights))
    return sorted(found)


def _standing(
    sheet: Sheet, start: int, limit: int, free: int
) -> tuple[int, int, UnruledTable] | None:
    """Return the table whose first line in several pieces is line `start`, if there is one.

    `free` is how many lines just above `start` belong to no table; the result as for `repeated`.
    """
    end = extent(sheet, start, limit)
    if end == start or not is_table(sheet.rows[start:end]):
        return None
    bands = columns_of([Region(sheet, start, end)])
    first = header_start(sheet.rows, start, free, bands)
    return start - first, end, table_of(Region(sheet, first, end), bands)


def with_common_columns(tables: Sequence[UnruledTable]) -> list[UnruledTable]:
    """Return a file's tables with the columns that all tables of one header have in common.

    What is blank or stands at odds with its title in one of them may be plain in another.
    """
    groups: dict[int, list[UnruledTable]] = {}
    headed: dict[str, list[UnruledTable]] = defaultdict(list)
    keys: dict[int, int] = {}
    common: list[tuple[UnruledTable, int]] = []
    for found in tables:
        table = found
        if found.continues is not None:
            key = keys[id(found.continues)]
        else:
            alike = headed[found.header[0].text]
            table = _below_known_header(found, alike)
            same = next((other for other in alike if _has_header(table, other)), table)
            if same is table:
                alike.append(table)
            key = id(same)
        keys[id(found)] = key
        groups.setdefault(key, []).append(table)
        common.append((table, key))
    bands = {
        key: columns_of([table.region for table in group]) if len(group) > 1 else group[0].bands
        for key, group in groups.items()
    }
    return [table_of(table.region, bands[key]) for table, key in common]


def _below_known_header(table: UnruledTable, above: Sequence[UnruledTable]) -> UnruledTable:
    """Return a table whose header is no longer than that of a table before it with the same lines.

    What stands close below a header printed again is the rest of a row that the page cut.
    """
    for other in above:
        lines = len(other.header)
        if lines < len(table.header) and all(map(is_same, table.header, other.header)):
            region = replace(table.region, body=table.region.start + lines)
            return table_of(region, table.bands)
    return table


def _has_header(table: UnruledTable, other: UnruledTable) -> bool:
    """Tell whether two tables have the same header at the same place across the page."""
    return len(table.header) == len(other.header) and all(map(is_same, table.header, other.header))
