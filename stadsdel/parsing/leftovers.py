"""What looks like a row of a table and became part of none (architecture.md, principle 2).

Belongs here: telling such lines from prose, lists and tables of contents, among the lines that no
table took. Does not belong here: finding tables (`line_rows`, `cell_rows`, `money`).

A PDF's reader hands the pieces of a line that stand apart as lines of their own, side by side.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from stadsdel.parsing.cells import strictly
from stadsdel.parsing.markup import fold, plain
from stadsdel.parsing.model import Unaccounted
from stadsdel.parsing.money import amount_below
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import (
    CELL_START,
    DATE,
    PERIOD,
    PERIOD_ENDS,
    PLAIN_NUMBER,
    TARGET,
    UNIT,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from stadsdel.parsing.division import Blocks, Kinds
    from stadsdel.parsing.scan import Scan
    from stadsdel.reading.model import Line

_SIGN = r"(?:\+ ?/ ?[-–−] ?|[-–−+±<>≤≥] ?)?"
# Numbers with a leading zero are parts of telephone numbers and codes.
_FIGURE = rf"(?:{DATE}|(?!0\d){_SIGN}(?:{PLAIN_NUMBER})(?: {{0,2}}{UNIT})?)"
_ONLY_FIGURE = re.compile(_FIGURE)
_FIGURES = re.compile(rf"(?:{_FIGURE})(?: (?:{_FIGURE}))*")
_FIGURES_AT_END = re.compile(rf"(?<= )(?:(?:{_FIGURE}) )*(?:{_FIGURE})$")
# A whole number alone may be a page's; with decimals, groups, a sign or a unit it is a value.
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_LAST_OF_ROW = re.compile(rf"{PERIOD}|[1-4]|år|{DATE}")  # "Kvartal 2", "Vartannat år"
_LAST_FIRST = frozenset("0123456789THhVvÅåKkMm")  # of what `_LAST_OF_ROW` matches
CELLS_AT_END = re.compile(rf"(?<= )(?:(?:(?:{_FIGURE}) ){{2,}}{PERIOD}|{DATE} {DATE})$")
_LABEL = re.compile(r"[^\W\d_]{2,}")
_ENDS_LIKE_ROW = re.compile(rf"(?: |^)(?:{TARGET}|{PERIOD})$")
_SENTENCE = re.compile(r"[^\W_]{4}[.!?](?: [A-ZÅÄÖ]|$)")
_LINES_OF_NAME_AND_HEADER = 40
# Lines whose boxes share this much of their height stand side by side.
_BESIDE = 0.5
# So many figures after a label in running words are a row; prose puts words between its figures.
_FIGURES_IN_WORDS = 3
# A row with one figure looks like a line of contents, or of a letterhead, until others follow.
_ROWS_OF_ONE_FIGURE = 3
_SAME_EDGE = 4.0
# Empty lines and a wrapped label may stand between two rows.
_LINES_BETWEEN_ROWS = 4
_DECIMALS = re.compile(r"\d,\d")
_BLOCKS_OF_A_ROW = 4
_TEXT = bytes([Mark.TEXT])
_FILLED_OF_A_ROW = 2
_LONGEST_NAME = 400
REASON = "looks like a row of a table, but no table was found here"
NO_HEADER = "a row of figures without a header"
NOT_MONEY = "a row of a table of risks, staff or counts, and not of money"
UNKNOWN_HEADER = "a table's header with words that name no known column"
BELOW_UNKNOWN_HEADER = "it stands below a table's header that is not known"


def rows_without_header(lines: Sequence[Line], indexes: Iterable[int]) -> Iterator[Unaccounted]:
    """Yield the rows of cells that print figures, of rows that no header could be found for."""
    for index in indexes:
        cells = [plain(cell) for cell in lines[index].cells or ()]
        filled = [cell for cell in cells if cell]
        figures = [cell for cell in filled[1:] if _ONLY_FIGURE.fullmatch(cell)]
        if len(figures) > 1 or any(map(_is_value, figures)):
            yield Unaccounted(lines[index].place, " ".join(filled), NO_HEADER)


def rows_in_no_table(lines: Sequence[Line], indexes: Iterable[int]) -> Iterator[Unaccounted]:
    """Yield the printed lines of a PDF that look like rows, of running text that no table took.

    Args:
        lines: the document's lines.
        indexes: which of them no table took, ascending.
    """
    single: list[tuple[Line, ...]] = []
    for printed in _printed([lines[index] for index in indexes]):
        figures = _figures(printed)
        if figures > 1:
            yield _unaccounted(printed)
        elif figures == 1:
            if single and not _are_one_column(single[-1], printed):
                yield from _several(single)
                single = []
            single.append(printed)
    yield from _several(single)


def rows_of_figures(
    scan: Scan, indexes: Iterable[int], passed: Container[int]
) -> Iterator[Unaccounted]:
    """Yield the lines that are a label and figures, by themselves (layout A).

    A single line of whole numbers is as likely a telephone number as a row: it takes decimals, or
    another such line nearby. A row of one figure takes another row of one below it.

    Args:
        scan: the document, scanned.
        indexes: the lines that may be rows of money and that no table took, ascending.
        passed: all lines that no table took.
    """
    found: set[int] = set()
    for index in indexes:
        if scan.lines[index].bbox is not None:
            continue
        below = amount_below(scan, index)
        if below is not None:
            found.update((index, below) if below in passed else (index,))
        elif _ends_in_figures(scan, index):
            found.add(index)
    rows = sorted(found)
    for number, index in enumerate(rows):
        text = scan.lines[index].text.strip()
        beside = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
        near = any(abs(other - index) <= _LINES_BETWEEN_ROWS for other in beside)
        if _has_label(scan, index) and (near or _DECIMALS.search(text)):
            yield Unaccounted(scan.lines[index].place, text, REASON)


def rows_of_cells(lines: Sequence[Line], indexes: Iterable[int]) -> Iterator[Unaccounted]:
    """Yield the lines that end as a row does: with figures and a period, or two dates (layout A).

    Args:
        lines: the document's lines.
        indexes: which of them no table took.
    """
    for index in indexes:
        line = lines[index]
        text = line.text.rstrip()
        if text[-1:] not in PERIOD_ENDS:
            continue
        last = text.rpartition(" ")[2]
        if last[0] not in _LAST_FIRST or line.cells is not None or line.bbox is not None:
            continue
        if _LAST_OF_ROW.fullmatch(last):
            text = text.lstrip()
            at_end = CELLS_AT_END.search(text)
            if at_end and _LABEL.search(text[: at_end.start()]):
                yield Unaccounted(line.place, text, REASON)


def unread_table(scan: Scan, first: int) -> tuple[list[int], int]:
    """Return the lines of a table (layout A) that cannot be read, and the index after them.

    Its header begins at line `first`. Below it stand lines of columns' names, rows, and analyses
    under their label; a heading or a sentence by itself ends it.
    """
    found: list[int] = []
    pending: list[int] = []  # may be the header's, or a row's name: what follows decides
    labelled = False
    index = end = first
    while index < len(scan.marks):
        mark = scan.marks[index]
        if mark < Mark.TEXT or mark == Mark.LABEL:
            labelled = labelled or mark == Mark.LABEL
            pending += [index] if mark == Mark.LABEL else []
            index += 1
            continue
        if mark > Mark.TEXT and index > first:
            break
        last = index + 1
        while last < len(scan.marks) and scan.marks[last] == Mark.TEXT:
            last += 1
        text = "".join(scan.texts[index:last]).rstrip()
        pending += range(index, last)
        if labelled or CELL_START.match(text) or _ENDS_LIKE_ROW.search(text):
            found += pending
            pending, end = [], last
        elif _SENTENCE.search(text) or len(pending) > _LINES_OF_NAME_AND_HEADER:
            break
        labelled, index = False, last
    return found, max(end, first + 1)


def _ends_in_figures(scan: Scan, index: int) -> bool:
    """Whether a line of text ends its block with two figures."""
    line = scan.lines[index]
    text = fold(line.text)  # blank cells may stand between its figures
    goes_on = scan.marks[index + 1 : index + 2] == _TEXT and not scan.is_page_top(index + 1)
    found = _FIGURES_AT_END.search(f" {text}")
    if goes_on or not found:
        return False
    return len(re.findall(_FIGURE, found[0])) >= _FILLED_OF_A_ROW


def _has_label(scan: Scan, index: int) -> bool:
    """Whether letters stand on a line of figures, or in the block above it."""
    if _LABEL.search(scan.texts[index]):
        return True
    above = index - 1
    while above > 0 and scan.marks[above] == Mark.EMPTY:
        above -= 1
    while above > 0 and scan.marks[above] == Mark.TEXT:
        if _LABEL.search(scan.texts[above]):
            return True
        above -= 1
    return False


def rows_below_table(scan: Scan, kinds: Kinds, first: int, last: int) -> Iterator[Unaccounted]:
    """Yield the lines of [first, last) that are rows of the table above them (layout A).

    A row is one as it stands, with a figure, target or date in two of its columns at least: prose
    never is. `kinds` are the table's.
    """
    blocks: list[tuple[int, tuple[str, ...]]] = []
    for block in _blocks(scan, first, last):
        blocks = [*blocks[1 - _BLOCKS_OF_A_ROW :], block]
        for count in range(1, len(blocks) + 1):
            row = blocks[-count:]
            if _is_row_of(kinds, tuple([lines for _, lines in row])):
                for start, lines in row:
                    for line in scan.lines[start : start + len(lines)]:
                        yield Unaccounted(line.place, line.text.strip(), REASON)
                blocks = []
                break


def _blocks(scan: Scan, first: int, last: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the lines of running text that no other line parts, with the first one's index."""
    start: int | None = None
    for index in range(first, last + 1):
        if index < last and scan.marks[index] == Mark.TEXT:
            start = index if start is None else start
        elif start is not None:
            yield start, (scan.texts[start].lstrip(), *scan.texts[start + 1 : index])
            start = None


def _is_row_of(kinds: Kinds, blocks: Blocks) -> bool:
    """Whether blocks are a row: a label in the first of them, and cells to their end."""
    first = "".join(blocks[0])
    if len(first) > _LONGEST_NAME or not blocks[-1][-1].endswith(" "):
        return False
    row = strictly(blocks, kinds)
    if row is None or len(row[0]) > len(first) or not _LABEL.search(row[0]):
        return False
    typed = [cell for cell, kind in zip(row[1], kinds, strict=True) if cell and kind != "text"]
    return len(typed) >= _FILLED_OF_A_ROW


def _several(rows: list[tuple[Line, ...]]) -> Iterator[Unaccounted]:
    if len(rows) >= _ROWS_OF_ONE_FIGURE:
        yield from (_unaccounted(row) for row in rows)


def _unaccounted(printed: tuple[Line, ...]) -> Unaccounted:
    return Unaccounted(printed[0].place, " ".join([line.text.strip() for line in printed]), REASON)


def _printed(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Group a PDF's lines of running text by the printed line that they are pieces of."""
    number = 0
    above: Line | None = None
    numbered = []
    for line in lines:
        if line.bbox is None:
            continue
        if above is not None and not _stand_side_by_side(above, line):
            number += 1
        numbered.append((number, line))
        above = line
    for _, group in groupby(numbered, key=lambda entry: entry[0]):
        yield tuple([line for _, line in group])


def _stand_side_by_side(left: Line, right: Line) -> bool:
    if left.page != right.page or not (left.bbox and right.bbox):
        return False
    _, top, x1, bottom = left.bbox
    x0, above, _, below = right.bbox
    common = min(bottom, below) - max(top, above)
    return x0 > x1 and common > _BESIDE * min(bottom - top, below - above)


def _figures(printed: tuple[Line, ...]) -> int:
    """Return how many figures a printed line has after its label; 0 where it is no row.

    A row is a label and figures that stand apart from it, or three figures that follow it in
    running words and end the line.
    """
    label, *pieces = [plain(line.text) for line in printed]
    if not _LABEL.search(label):
        return 0
    if pieces:
        values = [piece for piece in pieces if _FIGURES.fullmatch(piece)]
        if len(values) == 1 == len(pieces) and not _is_value(values[0]):
            return 0
        return len(values)
    at_end = _FIGURES_AT_END.search(label)
    if at_end is None:
        return 0
    found = len(re.findall(_FIGURE, at_end[0]))
    return found if found >= _FIGURES_IN_WORDS else 0


def _is_value(text: str) -> bool:
    return _ONLY_FIGURE.fullmatch(text) is not None and not _PAGE_NUMBER.fullmatch(text)


def _are_one_column(above: tuple[Line, ...], below: tuple[Line, ...]) -> bool:
    """Tell whether the last pieces of two printed lines stand under each other."""
    one, other = above[-1].bbox, below[-1].bbox
    if one is None or other is None or above[-1].page != below[-1].page:
        return False
    return abs(one[0] - other[0]) <= _SAME_EDGE or abs(one[2] - other[2]) <= _SAME_EDGE
