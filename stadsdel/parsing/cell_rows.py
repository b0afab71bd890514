"""Layouts B and C: from rows of cells to rows of a table (report-layouts.md B1-B5).

Belongs here: which cells belong to which column where a row is shifted, which rows are analyses or
rests of the row before, repeated headers. Does not belong here: splitting running text into cells
(`cells`, `line_rows`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.parsing import headers
from stadsdel.parsing.division import AMBIGUOUS_WITHIN, Division, kinds_of
from stadsdel.parsing.markup import fold, is_symbol, plain, without_symbols
from stadsdel.parsing.prices import cell_cost
from stadsdel.parsing.rows import RawRow, RawTable
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import ANALYSIS_LABEL

if TYPE_CHECKING:
    from stadsdel.parsing.headers import CellKind, Header
    from stadsdel.parsing.scan import Scan

_LABELLED = re.compile(
    r"^\s*(?:(?:Analys|Kommentar(?:er)?)\s*:|\*{0,2}(?:<[a-z]+>)*\s*(?:Analys|Kommentar(?:er)?)\s*:?\s*"
    r"(?:</[a-z]+>|\*\*)+)\s*",
    re.IGNORECASE,
)
# In a PDF the label stands over its text in one cell, without any mark (report-layouts.md C).
_LABEL_BEFORE_TEXT = re.compile(r"^\s*(?:Analys|Kommentar(?:er)?)(?:\s+(?=[^\W_a-zåäö])|\s*$)")
_RULE = re.compile(r":?-{2,}:?")
_COMPLETES = 1.0  # what may speak against a cell joined from both sides of a page break
# What speaks against an alignment, and the name and values.
_Aligned = tuple[float, tuple[str, ...]]
_SEX_COLUMNS = ("outcome_men", "outcome_women")


def is_rule(cells: tuple[str, ...]) -> bool:
    """Whether the row is the rule under a Markdown table's header."""
    return "-" in cells[0] and all([_RULE.fullmatch(cell.strip()) for cell in cells])


def read_table(scan: Scan, first: int, header: Header) -> tuple[RawTable, int]:
    """Read the rows of the table whose header is line index `first`.

    Returns the table and the index of the first line that is not its own.
    """
    lines = scan.lines
    table = RawTable(header, first)
    current = header
    row: RawRow | None = None
    analysis: list[str] | None = None
    after_header = True
    index = first + 1
    end = index
    while index < len(lines):
        line = lines[index]
        if scan.marks[index] < Mark.TEXT:
            index += 1
            continue
        if line.cells is None:
            printed = _analysis_amid_rows(scan, index, current) if row else None
            if row and printed:
                analysis, below = printed
                row.lines.extend(range(index, below))
                index = end = below
                continue
            is_next = index == end and line.page is None
            is_rest = is_next and after_header
            label = _LABELLED.match(line.text)
            if is_next and not label:
                label = _LABEL_BEFORE_TEXT.match(line.text)
            if row is None or not (is_rest or label or analysis == []):
                break
            if label and index > end and _heads_section(scan, index, label.end()):
                break
            # The one cell of a row that has lost the tabs of its blank cells.
            cells: tuple[str, ...] = (line.text,)
        else:
            cells = line.cells
        if is_rule(cells):
            index += 1
            end = index
            continue
        again = headers.header_of_cells(cells)
        if again is not None:
            if again.kind != header.kind:
                break
            current, after_header = again, True
            index += 1
            end = index
            continue
        if _heads_other(cells, header):
            break
        filled = [position for position, cell in enumerate(cells) if not is_symbol(plain(cell))]
        if not filled:
            index += 1
            continue
        cut = after_header or (row is not None and line.page != lines[row.lines[-1]].page)
        kind, text = _role(cells, filled, current, row, analysis is not None, cut, after_header)
        if kind == "analysis" and row is not None:
            _close(row, analysis)
            analysis = [text] if text else []
            row.lines.append(index)
        elif kind == "more-analysis" and analysis is not None and row is not None:
            analysis.append(text)
            row.lines.append(index)
        elif kind == "more-name" and row is not None:
            row.name = f"{row.name} {text}"
            row.lines.append(index)
        elif kind == "more-cells" and row is not None:
            _continue(row, cells, current)
            row.lines.append(index)
        elif kind == "row":
            _close(row, analysis)
            analysis = None
            row = _row(cells, filled, current, index, printed=line.bbox is not None)
            if row is None:
                table.unaccounted.append((index, "the cells fit no alignment with the header"))
            else:
                table.rows.append(row)
        else:
            table.unaccounted.append((index, "belongs to no row of the table"))
        after_header = False
        index += 1
        end = index
    _close(row, analysis)
    nameless = [row for row in table.rows if not row.name]
    table.unaccounted += [(row.first, "cells of a row without its name") for row in nameless]
    table.rows = [row for row in table.rows if row.name]
    return table, end


def _heads_section(scan: Scan, index: int, label_ends: int) -> bool:
    """Whether the label of an analysis stands between empty lines: then it heads a section (A8)."""
    below = scan.marks[index + 1 : index + 2]
    return not plain(scan.texts[index][label_ends:]) and below == b"\x00"


def _analysis_amid_rows(scan: Scan, index: int, header: Header) -> tuple[list[str], int] | None:
    """Return the analysis that a PDF prints as running text amid rows, and the index below it.

    An analysis with an empty line may be drawn as no cell. With no row below it, the label may as
    well be the heading of a section (A8).
    """
    marks = scan.marks
    if marks[index] != Mark.LABEL or scan.lines[index].page is None:
        return None
    below = index + 1
    while below < len(marks) and marks[below] <= Mark.TEXT:
        below += 1
    if below == len(marks) or not _is_row_of(scan.lines[below].cells or (), header):
        return None
    return [fold("".join(scan.texts[index + 1 : below]))], below


def _heads_other(cells: tuple[str, ...], header: Header) -> bool:
    """Whether a row prints another kind of table's header, in columns that are not its own."""
    filled = [text for cell in cells if (text := plain(cell))]
    first = next((text for text in filled if not is_symbol(text)), "")
    if not headers.may_head_names(first):
        return False
    found = headers.header_of_cells(tuple(filled)) or headers.header_of_cells(
        tuple(" ".join(filled).split())
    )
    return found is not None and found.kind != header.kind


def _close(row: RawRow | None, analysis: list[str] | None) -> None:
    if row is not None and analysis:
        text = fold(" ".join(analysis))
        row.analysis = f"{row.analysis} {text}" if row.analysis else (text or None)


def _role(
    cells: tuple[str, ...],
    filled: list[int],
    header: Header,
    row: RawRow | None,
    in_analysis: bool,
    cut: bool,
    after_header: bool,
) -> tuple[str, str]:
    """Decide what a row of cells is, and return its text where it is not a row of the table.

    One of "row", "analysis", "more-analysis", "more-name", "more-cells", "none". A row with one
    filled cell is an analysis, a cut analysis or the rest of a cut name: what stands before
    decides (B2, B3). `cut`: a page may end above it, as it surely does `after_header`.
    """
    first = cells[filled[0]]
    text = plain(first)
    label = ANALYSIS_LABEL.fullmatch(text)
    if label and len(filled) <= 2 and row is not None:
        return "analysis", plain(cells[filled[1]]) if len(filled) == 2 else ""
    labelled = _LABELLED.match(first) or _LABEL_BEFORE_TEXT.match(first)
    if labelled and len(filled) == 1:
        return "analysis", plain(first[labelled.end() :])
    if len(filled) > 1:
        if row is not None and cut and _continues_row(cells, header, row):
            return "more-cells", ""
        return "row", ""
    if not in_analysis and _is_nameless(cells, header) and not cut:
        return "row", ""
    if row is None:
        return "none", text
    if cut and filled[0] > header.name and _continues_row(cells, header, row):
        return "more-cells", ""
    if in_analysis:
        return "more-analysis", text
    if after_header or text[:1].islower():
        return "more-name", text
    return "none", text


def _continues_row(cells: tuple[str, ...], header: Header, row: RawRow) -> bool:
    """Whether a row after a repeated header is the rest of the row that the page break cut.

    Its name goes on in lower case or is blank, and each rest completes a cell that was begun; under
    a blank name it may be a whole cell, for no row is without a name. So is the row above: then
    this one names it.
    """
    if len(cells) != len(header.columns) or len(row.cells) != len(header.values):
        return False
    name = plain(cells[header.name])
    if name and row.name and not name[0].islower():
        return False
    for column, before, cell in zip(
        header.values, row.cells, cells[header.name + 1 :], strict=True
    ):
        rest = plain(cell)
        if not rest:
            continue
        if before:
            rest = _joined(before, rest, column.kind)
        elif name and row.name:
            return False
        if cell_cost(column.kind, rest) >= _COMPLETES:
            return False
    return True


def _joined(before: str, rest: str, kind: CellKind) -> str:
    """Join a cell's two parts: with a space, unless only without one they are what it prints."""
    apart, together = f"{before} {rest}", before + rest
    if before.endswith(("/", "-")) or cell_cost(kind, together) < cell_cost(kind, apart):
        return together
    return apart


def _continue(row: RawRow, cells: tuple[str, ...], header: Header) -> None:
    name = plain(cells[header.name])
    if name:
        row.name = f"{row.name} {name}" if row.name else without_symbols(name)
    merged: list[str | None] = []
    for column, before, rest in zip(
        header.values, row.cells, cells[header.name + 1 :], strict=False
    ):
        rest = plain(rest)
        if rest and before:
            merged.append(_joined(before, rest, column.kind))
        else:
            merged.append(before or rest or None)
    row.cells = tuple(merged)


def _row(
    cells: tuple[str, ...], filled: list[int], header: Header, index: int, *, printed: bool
) -> RawRow | None:
    """Return the row of a line of cells; `printed` where a page's ruling lines made the cells."""
    ways = _align(tuple([plain(cell) for cell in cells]), filled, header, printed=printed)
    if not ways:
        return None
    best, *others = [
        Division(without_symbols(name), tuple([cell or None for cell in values]), cost)
        for cost, (name, *values) in ways
    ]
    return RawRow(index, header, best.name, best.cells, [index], others=others)


def _is_row_of(cells: tuple[str, ...], header: Header) -> bool:
    """Whether cells are a row of the table as they stand: a name, and what its columns print."""
    if len(cells) != len(header.columns) or not plain(cells[header.name]):
        return False
    return _is_nameless((*[""] * (header.name + 1), *cells[header.name + 1 :]), header)


def _is_nameless(cells: tuple[str, ...], header: Header) -> bool:
    """Whether a row is whole but for its blank name, which a page break left for overleaf."""
    if len(cells) != len(header.columns) or any(cells[: header.name + 1]):
        return False
    values = [plain(cell) for cell in cells[header.name + 1 :]]
    return any(values) and all(
        not cell or cell_cost(column.kind, cell) < _COMPLETES
        for column, cell in zip(header.values, values, strict=True)
    )


def _align(
    cells: tuple[str, ...], filled: list[int], header: Header, *, printed: bool
) -> list[_Aligned]:
    """Return name and values in header order, "" where blank, and what else fits nearly as well.

    As many cells as columns: as they stand, unless the name's column holds nothing but a symbol
    and the name follows it (B4): then the symbol's cell is dropped and a blank that came out once
    for two is put back where the cells' types fit best.
    """
    width = len(header.columns) - header.name
    own = cells[header.name :]
    if filled[0] != header.name and not _is_nameless(cells, header):
        own = cells[filled[0] :]
    if len(own) > width:
        surplus = own[width:]
        if any(surplus):
            return []
        own = own[:width]
    if len(own) < width:
        if filled[0] <= header.name and len(cells) < len(header.columns):
            missing = width - len(own)
            if missing and filled[0] == header.name:
                ways = _widened(own, width, header, at_end=True)
                trimmed = ways[0][1][: len(own)] == own and not printed
                return ways[:1] if trimmed else ways
        return _widened(own, width, header, at_end=False)
    return [(0.0, own)]


def _widened(own: tuple[str, ...], width: int, header: Header, at_end: bool) -> list[_Aligned]:
    """Insert blanks until the row is as wide as its header, where the cells' types fit best.

    Text may have lost the blanks at a line's end; a printed table has not.
    """
    kinds = kinds_of(header.values)
    fields = [column.field for column in header.values]
    candidates = {own}
    for _ in range(width - len(own)):
        wider = set()
        for candidate in candidates:
            for position in range(1, len(candidate) + 1):
                wider.add((*candidate[:position], "", *candidate[position:]))
        candidates = wider

    paired = None if at_end else _with_sexes_apart(own, fields)

    def price(candidate: tuple[str, ...]) -> tuple[float, bool, int, int]:
        cost = 0.0
        values = candidate[1:]
        for kind, cell in zip(kinds, values, strict=True):
            if cell:
                cost += cell_cost(kind, cell)
            elif kind == "period":
                cost += 1.0
        by_field = dict(zip(fields, values, strict=True))
        men, women = (bool(by_field.get(name)) for name in _SEX_COLUMNS)
        cost += 2.0 if men != women else 0.0
        added_beside_blank = sum(1 for a, b in pairwise(values) if not a and not b)
        trailing = 0
        while trailing < len(values) and not values[-1 - trailing]:
            trailing += 1
        return cost, candidate != paired, -(trailing if at_end else 0), -added_beside_blank

    ways = sorted([(*price(candidate), candidate) for candidate in candidates])
    best = dict(zip(fields, ways[0][-1][1:], strict=True))
    if (
        not at_end
        and len(own) == width - 1
        and [best.get(name) for name in _SEX_COLUMNS] == ["", ""]
    ):
        return [(ways[0][0], ways[0][-1])]  # the blank that came out once for two (B4)
    return [
        (cost, candidate) for cost, *_, candidate in ways if cost <= ways[0][0] + AMBIGUOUS_WITHIN
    ]


def _with_sexes_apart(own: tuple[str, ...], fields: list[str]) -> tuple[str, ...] | None:
    """Return the cells with the one blank for both sexes' columns doubled, if there is one (B4)."""
    at = [fields.index(name) for name in _SEX_COLUMNS if name in fields]
    if len(at) < len(_SEX_COLUMNS) or abs(at[0] - at[1]) != 1:
        return None
    first = min(at) + 1  # the name stands before them
    return (*own[:first], "", *own[first:]) if own[first : first + 1] == ("",) else None
