"""PDF to the same stream of lines and table rows that the text layouts give.

Belongs here: opening the file, what makes a file unreadable, and putting a document's pages
together. Does not belong here: pdfium's pages (`pdf_page`), the geometry of tables (`pdf_grid`,
`pdf_bands`), the text of cells (`pdf_text`), running text (`pdf_flow`), or what any of it means
(`stadsdel.parsing`).

Layout rule C (positions and ruling lines tell columns and blank cells; the text layer tells words).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from stadsdel.errors import ReportError
from stadsdel.reading.model import Document, Line
from stadsdel.reading.pdf_bands import printed
from stadsdel.reading.pdf_flow import (
    Margin,
    ends_page,
    ends_paragraph,
    furniture,
    in_reading_order,
    margins,
    usual_gap,
)
from stadsdel.reading.pdf_grid import Grid, grids, merged
from stadsdel.reading.pdf_page import PageInk, Rule, Word, read_page
from stadsdel.reading.pdf_rows import stacked_rows
from stadsdel.reading.pdf_text import Cell, TextLine, Wording, breaks_word, lines_of, padding
from stadsdel.reading.pdf_unruled import UnruledTable, unruled_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from stadsdel.reading.model import BBox

# The longest reports known have some hundred pages.
MAX_PAGES = 5000
# A file whose pages hold fewer letters than this in the mean was scanned: stamps and page numbers
# alone are not its text.
_LETTERS_PER_PAGE = 10
# Every whole PDF ends with this mark; a producer may append a little behind it.
_END_MARK = b"%%EOF"
_END_SPAN = 2048
# The outer edges of a table's parts on two pages agree within this many points.
_SAME_EDGE = 4.0
# A table goes on over the page break where nothing but furniture stands in this share of the page
# between its part and the page's edge.
_PAGE_EDGE = 0.15
# Running heads and feet are set no larger than this many times the size of tables.
_MARGIN_PRINT = 1.15
# A ruled row this high in lines, in a grid of this few rows, may hold several rows of print.
_STACKED_LINES = 3
_STACKED_GRID = 3
# The space that lines of a cell have between them at most, in line heights, before a file's lines
# outside tables are known.
_CELL_LEADING = 0.3


_Key = TypeVar("_Key", bound="Hashable")


@dataclass(slots=True)
class _Table:
    """A table's part on one page: its rows' cells, and each row's box."""

    rows: list[list[Cell]]
    boxes: list[BBox]
    box: BBox
    padding: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure how far its texts stay from the cells' borders, and how high its print is."""
        self.padding = padding(cell for row in self.rows for cell in row)
        heights = [line.height for row in self.rows for cell in row for line in cell.lines]
        self.size = median(heights) if heights else 0.0


@dataclass(slots=True)
class _Page:
    """A page taken apart: tables, and the lines outside them."""

    ink: PageInk
    tables: list[_Table]
    lines: list[TextLine]
    rules: list[Rule]
    running: list[TextLine] = field(default_factory=list)


def read_pdf(path: Path, data: bytes) -> Document:
    """Read a PDF's bytes.

    Args:
        path: the file's name, for messages only.
        data: the file's content.

    Returns:
        The document: a line for each printed line of running text (ending in a space, as in layout
        A, unless it ends inside a word), a blank line where a paragraph ends, and a line with
        `cells` for each row of a table. Places hold page and box.

    Raises:
        ReportError: encrypted, too_large, no_text_layer or damaged.
    """
    inks = _inks(path, data)
    _require_text(path, inks)
    pages: list[_Page] = []
    for ink in inks:
        pages.append(_page(ink, pages[-1] if pages else None))
    heads = _without_furniture(pages)
    leading = usual_gap(page.lines for page in pages)
    before: UnruledTable | None = None
    cut = False
    for page in pages:
        found, rest = unruled_tables(page.lines, page.rules, leading, before, cut=cut)
        before = found[-1] if found else None
        ends = max((line.bottom for line in rest), default=0.0)
        ends = max([ends, *(table.box[3] for table in page.tables)])
        cut = before is not None and before.box[3] > ends
        page.tables += [_Table(table.rows, table.boxes, table.box) for table in found]
        page.tables.sort(key=lambda table: table.box[1])
        page.running = in_reading_order(rest)
    heads += _without_insertions(pages)
    wording = _wording(pages)
    lines = [*heads, *_lines(pages, wording, leading)]
    return Document(hashlib.sha256(data).hexdigest(), "pdf", tuple(lines), len(pages))


def _inks(path: Path, data: bytes) -> list[PageInk]:
    """Return the ink of every page of a file."""
    if _END_MARK not in data[-_END_SPAN:]:
        raise _damaged(path, "its end is missing")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReportError(
                path,
                "encrypted",
                "the PDF is protected by a password",
                "Save it without protection and try again.",
            ) from error
        raise _damaged(path, "it has no readable structure") from error
    try:
        inks = []
        count = len(document)
        if count > MAX_PAGES:
            raise ReportError(
                path,
                "too_large",
                f"it has {count:,} pages, and reports have at most {MAX_PAGES:,}",
                "Check that it is one report.",
            )
        for index in range(count):
            ink = read_page(document.raw, index)
            if ink is None:
                raise _damaged(path, f"page {index + 1} of {count} cannot be loaded")
            inks.append(ink)
        return inks
    finally:
        document.close()


def _damaged(path: Path, what: str) -> ReportError:
    return ReportError(
        path,
        "damaged",
        f"the PDF is damaged: {what}",
        "Fetch the file again or print it to a new PDF.",
    )


def _require_text(path: Path, inks: Sequence[PageInk]) -> None:
    missing = _LETTERS_PER_PAGE * len(inks)
    for ink in inks:
        for word in ink.words:
            missing -= sum(char.isalpha() for char in word.text)
            if missing <= 0:
                return
    raise ReportError(
        path,
        "no_text_layer",
        "the PDF holds pictures of pages, not text",
        "Use the original file, or add a text layer with OCR.",
    )


def _page(ink: PageInk, before: _Page | None) -> _Page:
    """Divide a page into its ruled tables and the lines outside them."""
    found = grids(ink.horizontal, ink.vertical, ink.grounds)
    words, outside = _by_cell(ink.words, found)
    tables: list[_Table] = []
    for grid, cells in zip(found, words, strict=True):
        columns = grid.columns
        if columns == 1:
            columns = _continued_columns(grid, ink, before) if grid is found[0] else 1
        if columns == 1 or not cells:
            outside += [word for inside in cells.values() for word in inside]
        else:
            tables.append(_ruled(grid, cells, columns))
    # A frame without columns may stand round a table whose columns have no rules.
    free = [
        rule
        for rule in merged(sorted((*ink.horizontal, *ink.shades), key=attrgetter("at")))
        if not any(table.box[1] - 1 <= rule.at <= table.box[3] + 1 for table in tables)
    ]
    return _Page(ink, tables, lines_of(outside), free)


def _by_cell(
    words: Iterable[Word], found: list[Grid]
) -> tuple[list[dict[tuple[int, int], list[Word]]], list[Word]]:
    """Return for each grid the words of its cells, and the words in none.

    A word in a table inside another one's cell belongs to the inner table.
    """
    inside: list[dict[tuple[int, int], list[Word]]] = [{} for _ in found]
    outside: list[Word] = []
    by_size = [(found[i].box, i) for i in sorted(range(len(found)), key=lambda i: found[i].area)]
    for word in words:
        # A text too long for its cell runs over the next one's border, but begins in its own.
        x = min((word.x0 + word.x1) / 2, word.x0 + word.bottom - word.top)
        y = word.middle
        for (x0, top, x1, bottom), i in by_size:
            if x0 <= x <= x1 and top <= y <= bottom:
                inside[i].setdefault(found[i].cell_at(x, y), []).append(word)
                break
        else:
            outside.append(word)
    return inside, outside


def _continued_columns(grid: Grid, ink: PageInk, before: _Page | None) -> int:
    """Return how many columns a box at a page's top has as the rest of the table before it.

    An analysis that a page break cuts stands alone in a box as wide as its table: no rule of its
    own tells the columns. 1 where the box continues no table.
    """
    if before is None or not before.tables:
        return 1
    last = before.tables[-1]
    x0, top, x1, _ = grid.box
    edge = _PAGE_EDGE * ink.height
    foot = before.ink.height * (1 - _PAGE_EDGE)
    goes_on = (
        abs(last.box[0] - x0) <= _SAME_EDGE
        and abs(last.box[2] - x1) <= _SAME_EDGE
        and not any(line.top > last.box[3] and line.bottom < foot for line in before.lines)
        and not any(edge < word.top and word.bottom < top for word in ink.words)
    )
    return len(last.rows[0]) if goes_on else 1


def _ruled(grid: Grid, words: dict[tuple[int, int], list[Word]], columns: int) -> _Table:
    """Return a ruled table's rows; blank rows are left out."""
    rows: list[list[Cell]] = []
    boxes: list[BBox] = []
    few = len(grid.ys) - 1 <= _STACKED_GRID
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells = {key: lines_of(found) for key, found in words.items() if key[0] == row}
        if not cells:
            continue
        parts = [cells]
        if few and max(map(len, cells.values())) >= _STACKED_LINES:
            parts = _parts(grid, cells)
        for i, part in enumerate(parts):
            line: list[Cell] = []
            for column in range(columns):
                own = min(column, grid.columns - 1)
                left, end = grid.span((row, own))
                inside = part.get((row, column), [])
                line.append(Cell(inside, grid.xs[left], grid.xs[max(end, left + 1)]))
            rows.append(line)
            edges = (top, bottom)
            if len(parts) > 1:
                ink = [text for texts in part.values() for text in texts]
                edges = (
                    top if i == 0 else min(text.top for text in ink),
                    bottom if i + 1 == len(parts) else max(text.bottom for text in ink),
                )
            boxes.append((grid.xs[0], edges[0], grid.xs[-1], edges[1]))
    return _Table(rows, boxes, grid.box)


def _parts(
    grid: Grid, cells: dict[tuple[int, int], list[TextLine]]
) -> list[dict[tuple[int, int], list[TextLine]]]:
    """Divide a ruled row that holds several rows of print, as under a header without row rules."""
    by_column = {key[1]: key for key in cells}
    starts = sorted(by_column)
    texts = lines_of(word for inside in cells.values() for line in inside for word in line.words)

    def column(x: float) -> int:
        return starts[max(bisect_right([grid.xs[c] for c in starts], x + 1.0) - 1, 0)]

    lines = [_by_key(line.words, lambda word: column(word.x0)) for line in texts]
    pieces = [{key: TextLine(found) for key, found in line.items()} for line in lines]
    return [
        {
            key: lines_of(found)
            for key, found in _by_key(
                (word for line in texts[begin:end] for word in line.words),
                lambda word: by_column[column(word.x0)],
            ).items()
        }
        for begin, end in stacked_rows(texts, pieces, len(starts), _CELL_LEADING)
    ]


def _by_key(words: Iterable[Word], key: Callable[[Word], _Key]) -> dict[_Key, list[Word]]:
    found: dict[_Key, list[Word]] = {}
    for word in words:
        found.setdefault(key(word), []).append(word)
    return found


def _without_furniture(pages: list[_Page]) -> list[Line]:
    """Take the running headers and footers out of the pages; return what to keep of them."""
    candidates: list[Margin] = []
    tables = [[(table.box[1], table.box[3]) for table in page.tables] for page in pages]
    for index, (page, edges) in enumerate(zip(pages, tables, strict=True)):
        candidates += margins(index, page.ink.height, printed(page.lines), edges)
    found, kept = furniture(candidates, tables)
    gone: list[set[int]] = [set() for _ in pages]
    for margin in found:
        gone[margin.page].update(id(word) for word in margin.line.words)
    for page, words in zip(pages, gone, strict=True):
        if words:
            rest = [[word for word in line.words if id(word) not in words] for line in page.lines]
            page.lines = [TextLine(left) for left in rest if left]
    kept.sort(key=lambda margin: (margin.page, margin.line.top, margin.line.x0))
    return [_running(pages[margin.page].ink, margin.line) for margin in kept]


def _without_insertions(pages: list[_Page]) -> list[Line]:
    """Take out what stands in the margins between two parts of one table, and return it.

    Furniture that does not repeat would cut the table in two.
    """
    taken: list[Line] = []
    tops = [_top(page) for page in pages if page.tables or page.running]
    body = median(tops) if tops else 0.0
    for page, following in pairwise(pages):
        if not page.tables or not following.tables:
            continue
        last, first = page.tables[-1], following.tables[0]
        if _titles(last) != _titles(first):
            continue
        foot = (1 - _PAGE_EDGE) * page.ink.height
        head = _PAGE_EDGE * following.ink.height
        below = [line for line in page.running if line.top > last.box[3]]
        above = [line for line in following.running if line.bottom < first.box[1]]
        # Headings between two tables of one header are set larger than tables, furniture is not.
        largest = _MARGIN_PRINT * max(last.size, first.size)
        if (
            all(line.top > foot for line in below)
            and all(line.bottom < min(head, body) for line in above)
            and all(line.height <= largest for line in (*below, *above))
        ):
            taken += [_running(page.ink, line) for line in below]
            taken += [_running(following.ink, line) for line in above]
            page.running = page.running[: len(page.running) - len(below)]
            following.running = following.running[len(above) :]
    return taken


def _top(page: _Page) -> float:
    """Return where a page's text and tables begin."""
    return min([*(table.box[1] for table in page.tables), *(line.top for line in page.running)])


def _titles(table: _Table) -> list[str]:
    """Return what a table's first row prints."""
    return [line.text for cell in table.rows[0] for line in cell.lines]


def _wording(pages: Iterable[_Page]) -> Wording:
    wording = Wording()
    for page in pages:
        for table in page.tables:
            for row in table.rows:
                for cell in row:
                    if cell.lines:
                        wording.learn(cell.lines, cell.width - table.padding)
        wording.learn(page.running)
    return wording


def _lines(pages: list[_Page], wording: Wording, leading: float) -> Iterator[Line]:
    above: TextLine | None = None
    edge = max((line.x1 for page in pages for line in page.running), default=0.0)
    for page in pages:
        number = page.ink.number
        tables = iter(page.tables)
        table = next(tables, None)
        first = True
        for at, line in enumerate(page.running):
            while table is not None and table.box[1] < line.top:
                if not first:
                    yield _blank(number)
                yield from _rows(page.ink, table, wording)
                table = next(tables, None)
                above, first = None, False
            if first:
                ends = above is not None and ends_page(above, line, edge)
            else:
                ends = above is None or ends_paragraph(above, line, leading)
            if ends:
                yield _blank(number)
            following = page.running[at + 1 : at + 2]
            if following and breaks_word(line, *following):
                text = wording.joined(line.text, following[0].text)
                yield _running(page.ink, line, text[: len(text) - len(following[0].text)])
            else:
                yield _running(page.ink, line)
            above, first = line, False
        while table is not None:
            if not first:
                yield _blank(number)
            yield from _rows(page.ink, table, wording)
            table = next(tables, None)
            above, first = None, False


def _running(ink: PageInk, line: TextLine, text: str | None = None) -> Line:
    """Return a line of running text; `text` is what it prints where it ends inside a word."""
    printed = f"{line.text} " if text is None else text
    return Line(printed, page=ink.number, bbox=ink.shown(line.box))


def _blank(page: int) -> Line:
    return Line("", page=page)


def _rows(ink: PageInk, table: _Table, wording: Wording) -> Iterator[Line]:
    for row, box in zip(table.rows, table.boxes, strict=True):
        cells = tuple([cell.text(wording, cell.width - table.padding) for cell in row])
        yield Line("\t".join(cells), cells, page=ink.number, bbox=ink.shown(box))
