"""Layout A: from the lines of a table region to rows (report-layouts.md A1-A10).

Belongs here: which lines belong to which row - row starts, wrapped cells in blocks of their own,
repeated headers after page breaks, analyses. Does not belong here: dividing a row's text into
cells (`cells`), or what the header's columns mean (`headers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stadsdel.parsing import cells as cell_rules
from stadsdel.parsing import goals, headers
from stadsdel.parsing.markup import fold, without_symbols
from stadsdel.parsing.vocabulary import ANALYSIS_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.parsing.headers import Header

_LONGEST_HEADER_IN_LINES = 60
_HEADER_LINES_WITHOUT_PROGRESS = 5
_LONGEST_HEADER_LINE = 130
_LONGEST_NAME = 400
# A block that carries no mark of a row's start is one only if its division has hardly an oddity.
_SURE_WITHIN = 1.0
# An indented one may be cut by the page's end, which leaves part of a cell.
_LIKELY_WITHIN = 3.5
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class RawRow:
    """A row as found: its cells by position, the lines it took, and the readings that also fit."""

    first: int
    name: str
    cells: tuple[str | None, ...]
    analysis: str | None
    lines: list[int]
    others: list[cell_rules.Division] = field(default_factory=list)
    header: Header | None = None


@dataclass(slots=True)
class RawTable:
    """The rows of one table, which a header printed again continues."""

    header: Header
    first: int
    rows: list[RawRow] = field(default_factory=list)
    unaccounted: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A row whose lines are still being collected.

    `name` is its first block joined, `rest` the blocks after it; `after` collects the blocks that
    stand after a repeated header, each joined.
    """

    first: int
    name: str = ""
    rest: str = ""
    after: list[str] = field(default_factory=list)
    analysis: list[str] | None = None
    lines: list[int] = field(default_factory=list)
    complete: bool = False


def header_at(texts: Sequence[str], skip: frozenset[int], first: int) -> tuple[Header, int] | None:
    """Return the header whose words begin at line `first` and the index after its last line.

    The longest run of lines whose every word belongs to a known column is the header.
    """
    if not headers.may_begin_header(texts[first]):
        return None
    joined = ""
    best: tuple[Header, int] | None = None
    since = 0
    for index in range(first, min(len(texts), first + _LONGEST_HEADER_IN_LINES)):
        text = texts[index]
        if index in skip or not text.strip():
            continue
        if len(text) > _LONGEST_HEADER_LINE:
            break
        joined += text
        header = headers.header_of_text(joined)
        if header is not None:
            best = (header, index + 1)
            since = 0
        else:
            since += 1
            if since > _HEADER_LINES_WITHOUT_PROGRESS:
                break
    return best


def read_table(
    texts: Sequence[str],
    skip: frozenset[int],
    lines: Sequence[goals.Line],
    first: int,
    body: int,
    header: Header,
) -> tuple[RawTable, int]:
    """Read the rows of the table whose header stands at `first` and ends before `body`.

    Returns the table and the index of the first line that is not its own.
    """
    table = RawTable(header, first)
    kinds = cell_rules.kinds_of(header.values)
    row: _Open | None = None
    icon: list[int] = []
    after_header = True
    index = body
    total = len(texts)
    while index < total:
        text = texts[index]
        if not text or index in skip:
            index += 1
            continue
        stripped = text.strip()
        if not stripped:
            if row is not None and not row.complete and row.analysis is None and len(text) > 2:
                _take(row, index, text)
                row.complete = _is_complete(row, kinds)
            else:
                icon.append(index)
            index += 1
            continue
        if goals.may_be_heading(text) and goals.is_label(texts, index):
            break
        if headers.may_begin_header(text):
            found = header_at(texts, skip, index)
            if found is not None:
                again, after = found
                if again.kind != header.kind or (
                    again.columns != header.columns and (row is None or row.complete)
                ):
                    break
                if row is not None and not row.complete:
                    # What the page break leaves of a row may end inside a cell.
                    row.complete = bool(cell_rules.divide(row.name, row.rest, kinds))
                index, after_header, icon = after, True, []
                continue
        block_end = _block_end(texts, skip, index)
        if row is not None and _is_analysis_label(texts, index, block_end, stripped):
            row.lines.append(index)
            row.analysis = []
            rest = stripped[_label_length(stripped) :].strip()
            if rest:
                row.analysis.append(rest + " ")
            index += 1
            after_header = False
            block_end = _block_end(texts, skip, index)
            index = _take_analysis(row, texts, skip, index, block_end)
            icon = []
            continue
        block = list(range(index, block_end))
        starts = _starts_row(texts, block, row, bool(icon), after_header, kinds, skip)
        if starts == "row":
            _finish(row, table, texts, kinds)
            row = _Open(index)
            _take_block(row, texts, block)
            row.complete = _is_complete(row, kinds)
            after_header = False
        elif starts == "end":
            break
        else:
            assert row is not None
            if row.analysis is not None:
                row.analysis.extend(texts[i] for i in block)
                row.lines.extend(block)
            elif after_header and row.complete:
                row.after.append("".join(texts[i] for i in block))
                row.lines.extend(block)
            else:
                for i in block:
                    _take(row, i, texts[i])
                row.complete = _is_complete(row, kinds)
        icon = []
        index = block_end
    _finish(row, table, texts, kinds)
    return table, index


def _block_end(texts: Sequence[str], skip: frozenset[int], index: int) -> int:
    """Return the index after the block of lines that begins at `index`.

    A block ends at an empty line, page furniture, a header, a goal heading or an analysis label.
    """
    end = index
    total = len(texts)
    while end < total and texts[end] and end not in skip:
        if end > index:
            text = texts[end]
            if headers.may_begin_header(text) and header_at(texts, skip, end):
                break
            if goals.may_be_heading(text) and goals.is_label(texts, end):
                break
            if ANALYSIS_LABEL.fullmatch(text.strip()):
                break
        end += 1
    return end


def _is_analysis_label(texts: Sequence[str], index: int, block_end: int, stripped: str) -> bool:
    """Whether the line labels the row's analysis: its text follows with no empty line between.

    "Analys" with an empty line after it is the heading of a section (A8).
    """
    if not ANALYSIS_LABEL.match(stripped):
        return False
    if not ANALYSIS_LABEL.fullmatch(stripped):
        return False
    return index + 1 < len(texts) and bool(texts[index + 1].strip())


def _label_length(stripped: str) -> int:
    match = ANALYSIS_LABEL.match(stripped)
    return match.end() if match else 0


def _take_analysis(
    row: _Open, texts: Sequence[str], skip: frozenset[int], index: int, block_end: int
) -> int:
    if (
        index < len(texts)
        and headers.may_begin_header(texts[index])
        and header_at(texts, skip, index)
    ):
        return index
    assert row.analysis is not None
    row.analysis.extend(texts[i] for i in range(index, block_end))
    row.lines.extend(range(index, block_end))
    return block_end


def _take_block(row: _Open, texts: Sequence[str], block: list[int]) -> None:
    for position, i in enumerate(block):
        row.name += texts[i].lstrip() if position == 0 else texts[i]
        row.lines.append(i)


def _take(row: _Open, index: int, text: str) -> None:
    row.rest += text
    row.lines.append(index)


def _is_complete(row: _Open, kinds: cell_rules.Kinds) -> bool:
    if row.rest and cell_rules.fits_strictly(row.rest, kinds):
        return True
    return cell_rules.fits_with_name(row.name + row.rest, kinds)


def _starts_row(
    texts: Sequence[str],
    block: list[int],
    row: _Open | None,
    icon: bool,
    after_header: bool,
    kinds: cell_rules.Kinds,
    skip: frozenset[int],
) -> str:
    """Decide what a block is: the start of a "row", "more" of the open one, or the "end"."""
    text = texts[block[0]]
    indent = len(text) - len(text.lstrip())
    if row is None:
        return "row" if icon or indent or _reads_as_row(texts, block, kinds, skip) else "end"
    open_row = not row.complete and row.analysis is None
    if open_row:
        if icon and _WORD.search(text) and not _looks_like_cells("".join(texts[i] for i in block)):
            return "row" if row.rest else "more"
        if row.rest and indent and _begins_like_name(text):
            return "row"
        return "more"
    if row.analysis is None and not after_header and not icon:
        more = "".join(texts[i] for i in block)
        if cell_rules.fits_strictly(row.rest + more, kinds) and row.rest:
            return "more"
    if icon or (indent and _begins_like_name(text)):
        if indent and not icon and not _reads_as_row(texts, block, kinds, skip, _LIKELY_WITHIN):
            return "more" if after_header else "end"
        return "row"
    if after_header:
        return "row" if _reads_as_row(texts, block, kinds, skip) else "more"
    if row.analysis is not None and len(text) > 100:
        return "more"
    return "row" if _reads_as_row(texts, block, kinds, skip) else "end"


# What a cell may begin with; a name begins with a capital and any other word.
_CELL_START = re.compile(
    r"\s*(?:[-+±–−<>]?\s?/?\s?-?\d|[a-zåäö%]|Tas\b|Fastställs|Tertial|T[123]\b|V[BP]\b|År\b|Helår|Halvår"
    r"|Kvartal|Månad|Max|Min|Ökning|Öka|Minsk|Oförändr|Bibeh|Avvikelse|Ja\b|Nej\b)"
)


def _looks_like_cells(text: str) -> bool:
    return bool(_CELL_START.match(text))


def _begins_like_name(text: str) -> bool:
    """Whether an indented line begins with a word that a name may begin with, not with a cell."""
    return not _CELL_START.match(text) and bool(_WORD.search(text))


def _reads_as_row(
    texts: Sequence[str],
    block: list[int],
    kinds: cell_rules.Kinds,
    skip: frozenset[int],
    within: float = _SURE_WITHIN,
) -> bool:
    """Whether the block, with at most four after it, is one row of this table.

    `within` is how much may speak against its division into cells.
    """
    name = "".join(texts[i] for i in block).lstrip()
    if cell_rules.fits_with_name(name, kinds):
        return True
    rest = ""
    index = block[-1] + 1
    blocks = 0
    while index < len(texts) and blocks < 5:
        if not texts[index] or index in skip:
            index += 1
            continue
        if not _looks_like_cells(texts[index]) and texts[index].strip():
            break
        end = _block_end(texts, skip, index)
        if end == index or not texts[index].strip():
            break
        rest += "".join(texts[index:end])
        if cell_rules.fits_strictly(rest, kinds):
            return True
        if len(rest) > 400:
            return False
        blocks += 1
        index = end
    if not rest or len(name) > _LONGEST_NAME:
        return False
    divisions = cell_rules.divide(name, rest, kinds)
    return bool(divisions) and divisions[0].cost <= within


def _finish(
    row: _Open | None, table: RawTable, texts: Sequence[str], kinds: cell_rules.Kinds
) -> None:
    """Divide a collected row and add it to the table, or list its lines as unaccounted."""
    if row is None:
        return
    divisions = cell_rules.divide(row.name, row.rest, kinds)
    if not divisions:
        table.unaccounted.extend(
            (i, "no division into the header's columns fits") for i in row.lines
        )
        return
    best = divisions[0]
    name, cells = best.name, best.cells
    if row.after:
        broken = bool(row.rest) and not row.name.endswith(" ")
        name, cells = cell_rules.with_continuation(name, cells, row.after, kinds, broken)
    analysis = fold("".join(row.analysis)) if row.analysis else None
    table.rows.append(
        RawRow(
            row.first,
            fold(without_symbols(name)),
            tuple([fold(cell) if cell else None for cell in cells]),
            analysis or None,
            row.lines,
            divisions[1:],
            table.header,
        )
    )
