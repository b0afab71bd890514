"""A PDF to the same stream of lines and table rows that the text layouts give.

Belongs here: putting a document's pages together. Does not belong here: opening the file (`file`),
pdfium's pages (`page`), the geometry of tables (`grid`, `bands`), the text of cells (`text`),
running text (`flow`), or what any of it means (`stadsdel.parsing`).

Layout rule C (positions and ruling lines tell columns and blank cells; the text layer tells words).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from stadsdel.reading.model import Document, Line, Place, Unread
from stadsdel.reading.pdf.bands import printed
from stadsdel.reading.pdf.continued import is_same, lone_header
from stadsdel.reading.pdf.file import inks_of, require_text
from stadsdel.reading.pdf.flow import (
    Leading,
    Margin,
    ends_page,
    furniture,
    in_reading_order,
    margins,
    usual_leading,
)
from stadsdel.reading.pdf.ruled import PAGE_EDGE, Page, Table, page_of
from stadsdel.reading.pdf.sheet import sheet_of
from stadsdel.reading.pdf.text import TextLine, Wording, breaks_word
from stadsdel.reading.pdf.unruled import unruled_tables, with_common_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from stadsdel.reading.pdf.ink import PageInk
    from stadsdel.reading.pdf.sheet import UnruledTable
    from stadsdel.reading.pdf.text import Cell

# Running heads and feet are set no larger than this many times the size of tables.
_MARGIN_PRINT = 1.15


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
    inks = inks_of(path, data)
    require_text(path, inks)
    pages: list[Page] = []
    # A page without words, left blank or scanned, stands in no table's way.
    for ink in (ink for ink in inks if ink.words):
        pages.append(page_of(ink, pages[-1] if pages else None))
    heads = _without_furniture(pages)
    unread = list(_unread(inks, pages))
    leading = usual_leading(page.lines for page in pages)
    unruled = _unruled(pages, leading.usual)
    common = with_common_columns([table for _, table in unruled])
    for (page, _), table in zip(unruled, common, strict=True):
        page.tables.append(Table(table.rows, table.boxes, table.box))
    for page in pages:
        page.tables.sort(key=lambda table: table.box[1])
    _divide_header_from_rest(pages)
    heads += _without_insertions(pages)
    wording = _wording(pages)
    lines = [*heads, *_lines(pages, wording, leading)]
    return Document(hashlib.sha256(data).hexdigest(), "pdf", tuple(lines), len(inks), tuple(unread))


def _unruled(pages: Iterable[Page], leading: float) -> list[tuple[Page, UnruledTable]]:
    """Return the tables without vertical rules, and set each page's running text."""
    tables: list[tuple[Page, UnruledTable]] = []
    before: UnruledTable | None = None
    cut = False
    header: tuple[Page, UnruledTable] | None = None  # which alone ends the page before
    for page in pages:
        sheet = sheet_of(page, leading)
        if header and sheet.rows and not is_same(sheet.rows[0].line, header[1].header[0]):
            before, cut = header[1], True
        found, rest = unruled_tables(sheet, before, cut=cut)
        if header and found and found[0].continues is header[1]:
            tables.append(header)
            _leave_out(*header)
        page.running = in_reading_order(rest)
        before = found[-1] if found else None
        ends = max((line.bottom for line in rest), default=0.0)
        ends = max([ends, *(table.box[3] for table in page.tables)])
        cut = before is not None and before.box[3] > ends
        alone = None if cut else lone_header(sheet, rest)
        header = (page, alone) if alone and alone.box[3] >= ends else None
        tables += [(page, table) for table in found]
    return tables


def _leave_out(page: Page, table: UnruledTable) -> None:
    """Take a table's lines out of a page's running text."""
    gone = {id(word) for line in table.header for word in line.words}
    page.running = [line for line in page.running if id(line.words[0]) not in gone]


def _unread(inks: Iterable[PageInk], pages: Iterable[Page]) -> Iterator[Unread]:
    """Yield what pages show and no text tells: scanned pages, and print of unknown letters.

    A scanned page has no text but perhaps furniture.
    """
    printed_on = {page.ink.number for page in pages if page.lines or page.tables}
    for ink in inks:
        if ink.picture and ink.number not in printed_on:
            box = ink.shown((0.0, 0.0, ink.width, ink.height))
            yield Unread(Place(page=ink.number, bbox=box), "(bild)", "the page is a picture")
        if ink.lost is not None:
            place = Place(page=ink.number, bbox=ink.shown(ink.lost))
            yield Unread(place, "(oläsligt)", "the font does not tell which letters it prints")


def _without_furniture(pages: list[Page]) -> list[Line]:
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


def _divide_header_from_rest(pages: Iterable[Page]) -> None:
    """Make two rows of a header printed again and the rest of a row that the page cut.

    There may be no rule between them: the header is what the last table of the page before prints
    in its first row.
    """
    header: list[Cell] = []
    for page in pages:
        if page.tables and not _has_text_above(page, page.tables[0]):
            _divide_first_row(page.tables[0], header)
        header = page.tables[-1].rows[0] if page.tables else []


def _has_text_above(page: Page, table: Table) -> bool:
    """Tell whether more than the margin's text stands above a table: then it is no rest."""
    head = PAGE_EDGE * page.ink.height
    return any(head < line.bottom < table.box[1] for line in page.running)


def _divide_first_row(table: Table, header: Sequence[Cell]) -> None:
    rest = _below_header(table.rows[0], header)
    if not rest:
        return
    x0, top, x1, bottom = table.boxes[0]
    edge = min(line.top for cell in rest for line in cell.lines)
    titles = [
        replace(cell, lines=cell.lines[: len(cell.lines) - len(below.lines)])
        for cell, below in zip(table.rows[0], rest, strict=True)
    ]
    table.rows[:1] = [titles, rest]
    table.boxes[:1] = [(x0, top, x1, edge), (x0, edge, x1, bottom)]


def _below_header(row: Sequence[Cell], header: Sequence[Cell]) -> list[Cell]:
    """Return what a row's cells hold below a header that they all begin with; [] if they do not."""
    if len(row) != len(header):
        return []
    rest = []
    for cell, title in zip(row, header, strict=True):
        count = len(title.lines)
        if not 0 < count <= len(cell.lines) or not all(map(is_same, cell.lines, title.lines)):
            return []
        rest.append(replace(cell, lines=cell.lines[count:]))
    return rest if any(cell.lines for cell in rest) else []


def _without_insertions(pages: list[Page]) -> list[Line]:
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
        foot = (1 - PAGE_EDGE) * page.ink.height
        head = PAGE_EDGE * following.ink.height
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


def _top(page: Page) -> float:
    """Return where a page's text and tables begin."""
    return min([*(table.box[1] for table in page.tables), *(line.top for line in page.running)])


def _titles(table: Table) -> list[str]:
    """Return what a table's first row prints."""
    return [line.text for cell in table.rows[0] for line in cell.lines]


def _wording(pages: Iterable[Page]) -> Wording:
    wording = Wording()
    for page in pages:
        for table in page.tables:
            for row in table.rows:
                for cell in row:
                    if cell.lines:
                        wording.learn(cell.lines, cell.width - table.padding)
        wording.learn(page.running)
    return wording


def _lines(pages: list[Page], wording: Wording, leading: Leading) -> Iterator[Line]:
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
                ends = above is None or leading.ends_paragraph(above, line, edge)
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


def _rows(ink: PageInk, table: Table, wording: Wording) -> Iterator[Line]:
    for row, box in zip(table.rows, table.boxes, strict=True):
        cells = tuple([cell.text(wording, cell.width - table.padding) for cell in row])
        yield Line("\t".join(cells), cells, page=ink.number, bbox=ink.shown(box))
