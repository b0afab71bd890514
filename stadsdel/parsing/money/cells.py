"""Layouts B and C: money tables whose cells the file keeps apart.

Belongs here: which rows of cells make a money table, its header rows, totals, "varav" rows and
repeated headers (report-layouts.md B7). Does not belong here: layout A (`lines`), column
names (`naming`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stadsdel.parsing.cell_rows import is_rule
from stadsdel.parsing.headers import header_of_cells, heads_names
from stadsdel.parsing.markup import is_symbol, plain, squash, without_symbols
from stadsdel.parsing.money import naming
from stadsdel.parsing.rows import RawMoney, RawMoneyRow
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import MONEY

if TYPE_CHECKING:
    from stadsdel.parsing.scan import Scan

_AMOUNT = re.compile(rf"{MONEY}(?: ?(?:mnkr|tkr|kr|st|%))?")
_YEAR_OR_DATE = re.compile(r"(?:år )?20\d\d|\d{4}-\d{2}-\d{2}", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}")
_MOST_HEADER_ROWS = 4
# Blank lines a table may skip before a header printed again: a page break.
_LINES_OF_PAGE_BREAK = 12
_PAGE_NUMBER = re.compile(r" *\d{1,3} *")
_TOTAL = re.compile(r"summa|total", re.IGNORECASE)


def read_table(scan: Scan, first: int) -> tuple[RawMoney | None, int]:
    """Read the money table whose first row is line index `first`.

    Returns None where the rows are no money table, with the index after them in either case.
    """
    rows, end = _chunk(scan, first)
    head = _header_rows(rows)
    if head is None or _heads_names(rows[0][1]):
        return None, end
    stub, columns = naming.columns_of_rows([cells for _, cells in rows[:head]])
    table = RawMoney(first, stub, columns)
    if head > 1 and not any(rows[0][1][1:]):
        table.title = rows[0][1][0]
        table.stub, table.columns = naming.columns_of_rows([cells for _, cells in rows[1:head]])
    header = [squash("|".join(cells)) for _, cells in rows[:head]]
    _add(table, rows[head:], header)
    while True:
        more, after = _continuation(scan, end, table, header)
        if more is None:
            return (table if table.rows else None), end
        _add(table, more, header, below_break=True)
        end = after


def _chunk(scan: Scan, first: int) -> tuple[list[tuple[int, tuple[str, ...]]], int]:
    """Return the rows of cells from `first` on that no other line interrupts."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    index = first
    has_figures = False
    while index < len(scan.marks) and scan.marks[index] == Mark.CELLS:
        printed = scan.lines[index].cells or ()
        if not is_rule(printed):
            if index > first and header_of_cells(printed) is not None:
                break
            cells = tuple([plain(cell) for cell in printed])
            if has_figures and _names_columns(cells):
                break
            has_figures = has_figures or bool(_figures(cells))
            rows.append((index, cells))
        index += 1
    return rows, index


def _figures(cells: tuple[str, ...]) -> list[str]:
    """Return the value cells that hold an amount; a year or date may head a column."""
    return [
        cell for cell in cells[1:] if _AMOUNT.fullmatch(cell) and not _YEAR_OR_DATE.fullmatch(cell)
    ]


def _names_columns(cells: tuple[str, ...]) -> bool:
    """Whether a row below figures is a header: this table's printed again, or another table's."""
    return not _figures(cells) and sum(naming.known_labels(cell) > 0 for cell in cells[1:]) > 1


def _header_rows(rows: list[tuple[int, tuple[str, ...]]]) -> int | None:
    """Return how many rows are the header; None where the rows are no table of figures."""
    if not rows or max(len(cells) for _, cells in rows) < 2:
        return None
    if any(_LEADERS.search(cells[0]) for _, cells in rows[:3]):
        return None  # a table of contents
    for number, (_, cells) in enumerate(rows):
        if number > _MOST_HEADER_ROWS:
            return None
        if _figures(cells):
            named = number and any(rows[number - 1][1][1:])
            return number if named or number > 1 else None
        alone = not any(cells[1:]) and any(c for _, r in rows[:number] for c in r[1:])
        # A label alone: of a unit below the header, or of a section that the rows begin with.
        if alone and not naming.money_unit(cells[0]) and not _heads_more(rows, number):
            return number
    return None


def _heads_names(cells: tuple[str, ...]) -> bool:
    """Whether a header is one of indicators or activities, though its other columns are unknown."""
    return any(heads_names(cell) for cell in cells[:2] if not is_symbol(cell))


def _heads_more(rows: list[tuple[int, tuple[str, ...]]], number: int) -> bool:
    """Whether header words still follow row `number`."""
    for _, cells in rows[number + 1 : number + 3]:
        if any(_AMOUNT.fullmatch(cell) for cell in cells[1:]):
            return False
        if any(cells[1:]):
            return True
    return False


def _continuation(
    scan: Scan, index: int, table: RawMoney, header: list[str]
) -> tuple[list[tuple[int, tuple[str, ...]]] | None, int]:
    """Return the rows of this table below a page break, or None.

    Its header is printed again above them; or they have as many cells and no header, and the rows
    above have not come to their total.
    """
    limit = index + _LINES_OF_PAGE_BREAK
    while index < len(scan.marks) and (
        scan.marks[index] < Mark.TEXT or _PAGE_NUMBER.fullmatch(scan.texts[index])
    ):
        limit += scan.marks[index] == Mark.SKIP
        index += 1
        if index > limit:
            return None, index
    if index >= len(scan.marks) or scan.marks[index] != Mark.CELLS:
        return None, index
    rows, end = _chunk(scan, index)
    goes_on = _printed_again(rows, 0, header) or (
        rows
        and _are_as_wide([cells for _, cells in rows], len(table.columns) + 1)
        and _header_rows(rows) is None
        and not (table.rows and _TOTAL.match(table.rows[-1].label))
    )
    return (rows, end) if goes_on else (None, index)


def _are_as_wide(rows: list[tuple[str, ...]], width: int) -> bool:
    """Whether rows have so many cells; a conversion may add or leave out blank ones at the end."""
    return any([len(row) == width for row in rows]) and not any([any(row[width:]) for row in rows])


def _printed_again(
    rows: list[tuple[int, tuple[str, ...]]], position: int, header: list[str]
) -> int:
    """Return how many rows from `position` on are this header's, printed again; 0 for none.

    A new page may leave out the first of them: a title.
    """
    below = [squash("|".join(cells)) for _, cells in rows[position : position + len(header)]]
    for first in range(len(header)):
        if below[:1] == header[first : first + 1]:
            same = [a == b for a, b in zip(header[first:], below, strict=False)]
            if first == 0 or (all(same) and len(same) == len(header) - first):
                return (*same, False).index(False)
    return 0


def _add(
    table: RawMoney,
    rows: list[tuple[int, tuple[str, ...]]],
    header: list[str],
    *,
    below_break: bool = False,
) -> None:
    """Add rows to a table; its header among them, printed again on a new page, is none."""
    width = len(table.columns)
    after_header = below_break
    body = 0
    for position, (index, cells) in enumerate(rows):
        if position >= body and (again := _printed_again(rows, position, header)):
            body, after_header = position + again, True
        if position < body or not any(cells):
            continue
        label = without_symbols(cells[0])
        values = tuple([cell or None for cell in cells[1:]])
        if after_header and table.rows and not any(values) and label[:1].islower():
            last = table.rows[-1]
            last.label = f"{last.label} {label}"
            last.lines.append(index)
            after_header = False
            continue
        after_header = False
        if any(values[width:]):
            table.unaccounted.append((index, "more cells than the header has columns"))
            continue
        values = (*values[:width], *[None] * (width - len(values)))
        table.rows.append(RawMoneyRow(label, values, [index]))
