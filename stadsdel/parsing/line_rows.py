"""Layout A: from the lines of a table region to rows (report-layouts.md A1-A10).

A row prints its name's lines as one block (lines with no empty line between them) and each wrapped
cell as another; cells of one line share a line. A row begins with the spaces that its lost symbols
leave, or after lines of nothing but spaces. A page break prints the header again, wherever the row
stands at that moment.

Belongs here: which lines belong to which row. Does not belong here: dividing a row's text into
cells (`cells`), or what the header's columns mean (`headers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from stadsdel.parsing import cells, continuation, goals, leftovers
from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.division import CUT, kinds_of, nearly_as_good
from stadsdel.parsing.markup import fold, without_symbols
from stadsdel.parsing.prices import CUT_CELL, cell_cost, is_cell_like
from stadsdel.parsing.rows import RawRow, RawTable
from stadsdel.parsing.scan import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stadsdel.parsing.division import Division, Kinds
    from stadsdel.parsing.headers import Header
    from stadsdel.parsing.scan import Scan

_Verdict = Literal["row", "more", "end"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_ONE_CELL = re.compile(rf"(?:{words.TARGET}|{words.PERIOD})\s*")
_SENTENCE_END = re.compile(r"[.!?:)\"”]\s*$")
# An indicator's name is no sentence, and surely not two; short words are abbreviations, and a cell
# may follow a name's full stop ("Tas fram av nämnd").
_STOP = r"[.!?] (?:(?<=[^\W_]{4}[.!?] )|(?<=%[.!?] ))"
_SENTENCES = re.compile(rf"{_STOP}(?!{words.CELL_START.pattern})[A-ZÅÄÖ]")
_SENTENCE = re.compile(rf"{_SENTENCES.pattern}|{_STOP}$")
_NO_NAME = frozenset("(),;:/&")  # what goes on with a name, and begins none
_LONGEST_NAME = 400
# A block that carries no mark of a row's start is one only if its division has hardly an oddity.
_SURE_WITHIN = 1.0
# A marked one may be cut by the page's end, which leaves part of a cell.
_LIKELY_WITHIN = 6.0


@dataclass(slots=True)
class _Open:
    """A row whose lines are still being collected.

    `blocks` are its blocks of lines, the name's first; `after` are the blocks that stand after a
    repeated header. `complete` says that the blocks make all cells of the header.
    """

    first: int
    blocks: list[tuple[str, ...]]
    lines: list[int]
    after: list[tuple[str, ...]] = field(default_factory=list)
    analysis: list[str] | None = None
    complete: bool = False


class _Block(NamedTuple):
    """Lines [first, last) with no empty line between them, and what stands before them."""

    first: int
    last: int
    lines: tuple[str, ...]
    indent: int
    icon: bool
    after_header: bool
    page_top: bool


def read_table(scan: Scan, first: int, body: int, header: Header) -> tuple[RawTable, int]:
    """Read the rows of the table whose header stands in lines [first, body).

    Returns the table and the index of the first line that is not its own.
    """
    table = RawTable(header, first)
    reader = _Reader(scan, table, kinds_of(header.values), scan.row_indent())
    end = reader.read(body)
    is_empty = not table.rows and not table.unaccounted
    if is_empty and scan.mark_below(end - 1, Mark.SPACE) == Mark.TEXT:
        table.unaccounted.append((first, "a table's header without rows"))
    return table, end


class _Reader:
    """Walks a table's lines once; its state is the row being collected."""

    def __init__(self, scan: Scan, table: RawTable, kinds: Kinds, indent: int) -> None:
        self.scan = scan
        self.table = table
        self.kinds = kinds
        self.indent = indent
        self.row: _Open | None = None
        self.icon = False
        self.after_header = True
        self.bare = True  # nothing has been read since a header
        self.new_page = False
        self.in_paragraphs = False

    def read(self, index: int) -> int:
        marks = self.scan.marks
        end = index
        while index < len(marks):
            mark = marks[index]
            if mark == Mark.EMPTY:
                index += 1
                continue
            if mark == Mark.SKIP:
                self.icon, self.new_page = False, True
                index += 1
                continue
            if mark == Mark.SPACE:
                self._spaces(index)
                index += 1
                continue
            is_goal = mark == Mark.GOAL and goals.is_label(self.scan, index)
            if is_goal or mark in (Mark.CELLS, Mark.TITLE):
                break
            if mark == Mark.HEADER:
                found = self.scan.header_at(index)
                if found is not None:
                    if not self._same_table(found[0]):
                        break
                    index = end = self._below_header(*found)
                    continue
                if self.scan.is_unknown_header(index):
                    break
            if mark == Mark.LABEL and self._labels_analysis(index):
                if self.row is not None:
                    index = end = self._analysis(index)
                    continue
                if self.bare:
                    index = end = self._list_analysis(index)
                    continue
            if mark == Mark.LABEL:
                break
            block = self._block(index)
            verdict = self._judge(block)
            if verdict == "end":
                if self.bare:
                    end = self._list_unread(block)
                elif self._are_stray_cells(block):
                    end = self._list(block)
                break
            self._take(block, verdict)
            index = end = block.last
        self._close()
        return end

    # -- what stands between blocks ---------------------------------------------------------

    def _spaces(self, index: int) -> None:
        """A line of spaces holds blank cells of the open row, or a symbol that was lost.

        Blank cells after a cell of one line stand on that line.
        """
        row = self.row
        is_cell = self._is_no_icon(index)
        if (
            row is not None
            and row.analysis is None
            and not self.after_header
            and len(row.blocks[-1]) > 1
            and (is_cell or not (row.complete and self._is_certain(row)))
        ):
            longer = (*row.blocks, (self.scan.texts[index],))
            if cells.is_whole(longer, self.kinds) and (
                is_cell or self._is_better(longer, row.blocks)
            ):
                row.blocks = list(longer)
                row.lines.append(index)
                row.complete = True
                return
        if row is not None and row.analysis is not None and self._is_empty_paragraph(index):
            self.in_paragraphs = True
            return
        self.icon = not self.new_page

    def _is_no_icon(self, index: int) -> bool:
        """Whether a line of spaces is a blank cell: an analysis, or an indented name, stands below.

        An icon stands before a row, and its name is not indented then (A4).
        """
        marks, texts = self.scan.marks, self.scan.texts
        below = next((i for i in range(index + 1, len(marks)) if marks[i] > Mark.SKIP), index)
        return marks[below] == Mark.LABEL or (marks[below] == Mark.TEXT and texts[below][0] == " ")

    def _is_empty_paragraph(self, index: int) -> bool:
        """Whether a line of spaces stands between lines of one text, with no empty line."""
        texts = self.scan.texts
        return (
            0 < index < len(texts) - 1
            and self._is_text(index - 1)
            and self._is_text(index + 1)
            and texts[index + 1][0] != " "
        )

    def _is_certain(self, row: _Open) -> bool:
        """Whether nothing at all speaks against dividing the row as it stands."""
        divisions = cells.divide(tuple(row.blocks), self.kinds)
        return bool(divisions) and divisions[0].cost == 0.0

    def _is_better(self, blocks: tuple[tuple[str, ...], ...], than: list[tuple[str, ...]]) -> bool:
        """Whether less speaks against dividing `blocks` than against dividing `than`."""
        better = cells.divide(blocks, self.kinds)
        worse = cells.divide(tuple(than), self.kinds)
        return bool(better) and (not worse or better[0].cost < worse[0].cost)

    def _same_table(self, header: Header) -> bool:
        """Take a header of this table printed again; False where it begins another table."""
        if not self._has_own_columns(header):
            return False
        row = self.row
        if row is not None and not row.complete:
            # What the page break leaves of a row may end inside a cell.
            row.complete = bool(cells.divide(tuple(row.blocks), self.kinds))
        self.after_header, self.icon, self.new_page = True, False, False
        self.bare = True
        return True

    def _below_header(self, header: Header, below: int) -> int:
        """Return the line below a header printed again: what its own header lacks is not it.

        Where a target ends the columns, "2024" below them may be the rest of "Fastställs", and
        "nämnd" that of "Tas fram av".
        """
        own, again = self.table.header.columns[-1].label, header.columns[-1].label
        last = self.scan.texts[below - 1].strip()
        if len(again) > len(own) and again == f"{own} {last}":
            return below - 1
        return below

    def _has_own_columns(self, header: Header) -> bool:
        """Whether a header names what this table's header names."""
        own = self.table.header
        fields = [column.field for column in own.columns]
        return header.kind == own.kind and [c.field for c in header.columns] == fields

    def _labels_analysis(self, index: int) -> bool:
        """Whether "Analys" labels the row's analysis: its text follows with no empty line between.

        With an empty line after it, it is the heading of a section (A8), unless a page ends there
        and the next one prints the table's header again.
        """
        marks = self.scan.marks
        below = index + 1
        while below < len(marks) and marks[below] < Mark.TEXT:
            below += 1
        if below == len(marks):
            return False
        if marks[index + 1] != Mark.EMPTY:
            return True
        cut = Mark.SKIP in marks[index + 1 : below]
        found = self.scan.header_at(below) if cut else None
        return found is not None and self._has_own_columns(found[0])

    def _analysis(self, index: int) -> int:
        """Collect the row's analysis, the label's line and the block after it."""
        row = self.row
        assert row is not None
        row.lines.append(index)
        row.analysis = []
        self.after_header = self.icon = self.bare = False
        index += 1
        while self.scan.marks[index] < Mark.TEXT:
            index += 1
        if self.scan.header_at(index) is not None:
            return index
        block = self._block(index)
        self._add_analysis(row, block)
        return block.last

    def _list_analysis(self, label: int) -> int:
        """List an analysis below a header that continues no table, and return the line after it."""
        self.bare = False
        below = self._block(label + 1).last
        self._note(range(label, below), "the analysis of a row that does not stand in the table")
        return below

    def _add_analysis(self, row: _Open, block: _Block) -> None:
        assert row.analysis is not None
        row.analysis.extend(block.lines)
        row.lines.extend(range(block.first, block.last))

    # -- blocks -----------------------------------------------------------------------------

    def _block(self, first: int) -> _Block:
        """Return the block that begins at line `first`."""
        scan = self.scan
        texts = scan.texts
        last = first + 1
        while last < len(texts) and texts[last] and self._goes_on(last):
            last += 1
        return _Block(
            first,
            last,
            tuple(texts[first:last]),
            len(texts[first]) - len(texts[first].lstrip()),
            self.icon,
            self.after_header,
            self.new_page or scan.is_page_top(first),
        )

    def _goes_on(self, index: int) -> bool:
        """Whether a line that is not empty goes on with the block of the line before it."""
        return self._is_text(index) and not self.scan.is_page_top(index)

    def _is_text(self, index: int) -> bool:
        """Whether a line is running text, though it may begin as a header or a heading does."""
        mark = self.scan.marks[index]
        if mark == Mark.HEADER:
            return self.scan.header_at(index) is None
        if mark == Mark.GOAL:
            return not goals.is_label(self.scan, index)
        return mark == Mark.TEXT

    def _judge(self, block: _Block) -> _Verdict:
        """Decide what a block is: the start of a row, more of the open one, or not the table's."""
        row = self.row
        if self.in_paragraphs:
            return "more"
        indent = block.indent - (block.page_top and not self.new_page)
        # Where all rows seen begin with a lost icon, it is not known how others do.
        marked = block.icon or (indent > 0 and self.indent in (0, indent))
        if (
            row is not None
            and block.after_header
            and not row.after
            and row.blocks[0][-1].endswith("-")
        ):
            marked = block.icon  # the space after the hyphen went to the next line
        text = block.lines[0]
        like_name = (
            marked
            and text.lstrip()[:1] not in _NO_NAME
            and not words.CELL_START.match(text)
            and bool(_WORD.search(text))
            and not self._goes_on_in_prose(row, block)
        )
        if row is None:
            if marked:
                return "row"
            return "row" if self._reads_as_row(block, _SURE_WITHIN) else "end"
        if not row.complete and row.analysis is None:
            if like_name and (len(row.blocks) > 1 or self._is_likely(row.blocks)):
                return "row"
            is_name = not words.CELL_START.match(text)
            if marked and is_name and self._reads_as_row(block, _SURE_WITHIN):
                return "row"
            if _SENTENCE.search("".join(block.lines)) and self._is_likely(row.blocks):
                return "end"
            return "end" if block.page_top and not block.after_header else "more"
        if row.analysis is None and not block.after_header and self._extends(row, block):
            return "more"
        if like_name and not (block.page_top and not block.after_header):
            certain = block.icon or block.after_header or self.indent > 1
            if certain or self._reads_as_row(block, _LIKELY_WITHIN) or self._is_cut(block):
                return "row"
        if marked and block.after_header and self._reads_as_row(block, _SURE_WITHIN):
            return "row"  # its name begins as a cell may ("Minska matsvinnet")
        if self.new_page and self._is_cut_analysis(row):
            return "more"
        if block.after_header and self.indent:
            return "more" if self._continues(row, block) else "end"
        if self._reads_as_row(block, _SURE_WITHIN):
            return "row"
        return "more" if block.after_header and self._continues(row, block) else "end"

    def _is_prose(self, block: _Block, pattern: re.Pattern[str]) -> bool:
        """Whether a block is sentences, by a pattern; what an activity is called may be some."""
        is_activity = self.table.header.kind == "activity"
        return not is_activity and pattern.search("".join(block.lines)) is not None

    def _goes_on_in_prose(self, row: _Open | None, block: _Block) -> bool:
        """Whether a block is sentences: after a repeated header one is more of an analysis."""
        if row is not None and row.analysis is not None and block.after_header:
            text = "".join(block.lines)
            return text.rstrip().endswith((".", "!", "?")) or bool(_SENTENCES.search(text))
        return self._is_prose(block, _SENTENCES)

    def _is_cut_analysis(self, row: _Open) -> bool:
        """Whether page furniture stands inside the row's analysis: no sentence has ended (A7)."""
        return bool(row.analysis) and not _SENTENCE_END.search((row.analysis or [""])[-1])

    def _is_likely(self, blocks: list[tuple[str, ...]]) -> bool:
        """Whether blocks hold a row's name and cells, if oddly printed."""
        divisions = cells.divide(tuple(blocks), self.kinds)
        return bool(divisions) and divisions[0].cost <= _LIKELY_WITHIN

    def _extends(self, row: _Open, block: _Block) -> bool:
        """Whether a row that was complete is so again with this block: "Fastställs" + "2024".

        Or with this block and those after it: "9" and "450 st", or "9 450 st" and more cells; and
        nearly so with one cell more: "Tas fram av nämnd", "2024", or of that year, and "År".
        """
        if not words.CELL_START.match(block.lines[0]) or _SENTENCE.search("".join(block.lines)):
            return False
        longer = (*row.blocks, block.lines)
        after = self._blocks_of_cells(block.last)
        while not cells.is_whole(longer, self.kinds):
            more = next(after, None)
            if more is None or len(longer) > len(row.blocks) + len(self.kinds):
                is_cell = _ONE_CELL.fullmatch("".join(block.lines)) is not None
                return is_cell and self._is_likely([*row.blocks, block.lines])
            longer = (*longer, more)
        # A name may begin as a cell does ("iRisk", "Öka samverkan"): then it is a row of its own.
        return self._is_better(longer, row.blocks) or not self._reads_as_row(block, _SURE_WITHIN)

    def _blocks_of_cells(self, index: int) -> Iterator[tuple[str, ...]]:
        """Yield the blocks from line `index` on, up to one that begins as no cell does."""
        while index < len(self.scan.marks):
            mark = self.scan.marks[index]
            if mark < Mark.SPACE:
                index += 1
                continue
            is_cells = mark == Mark.TEXT and words.CELL_START.match(self.scan.texts[index])
            if mark != Mark.SPACE and not is_cells:
                return
            last = index + 1
            while is_cells and last < len(self.scan.texts) and self._goes_on(last):
                last += 1
            yield tuple(self.scan.texts[index:last])
            index = last

    def _continues(self, row: _Open, block: _Block) -> bool:
        """Whether a block after a repeated header is the rest of what the page break cut.

        The name's rest is one block, the first; others must complete a cell.
        """
        if row.analysis is not None:
            return True
        if not row.after:
            # The rest of a name ends in no cells of its own.
            has_cells = leftovers.CELLS_AT_END.search("".join(block.lines).rstrip())
            return not has_cells and not self._is_prose(block, _SENTENCES)
        return continuation.continues_cells(tuple(row.blocks), row.after, block.lines, self.kinds)

    def _reads_as_row(self, block: _Block, within: float) -> bool:
        """Whether the block, with the cells after it, is one row of this table."""
        name = _without_indent(block.lines)
        joined = "".join(name)
        if len(joined) > _LONGEST_NAME or self._is_prose(block, _SENTENCES):
            return False
        if _ONE_CELL.fullmatch(joined):
            return False
        blocks = [name]
        if cells.is_whole((name,), self.kinds):
            return True
        blocks += self._cells_after(name, block.last)
        if len(blocks) > 1 and cells.is_whole(tuple(blocks), self.kinds):
            return True
        divisions = cells.divide(tuple(blocks), self.kinds)
        return bool(divisions) and divisions[0].cost <= within

    def _is_cut(self, block: _Block) -> bool:
        """Whether only cells stand between a block and the header again: a page cuts the row."""
        scan = self.scan
        index, blocks = block.last, 0
        while index < len(scan.texts) and blocks <= len(self.kinds):
            found = scan.header_at(index)
            if found is not None:
                return blocks > 0 and self._has_own_columns(found[0])
            if scan.marks[index] == Mark.TEXT:
                if not words.CELL_START.match(scan.texts[index]):
                    return False
                index, blocks = self._block(index).last, blocks + 1
            elif scan.marks[index] < Mark.TEXT:
                index += 1
            else:
                return False
        return False

    def _cells_after(self, name: tuple[str, ...], index: int) -> list[tuple[str, ...]]:
        """Return the blocks from `index` on that look like a named row's cells, up to all."""
        blocks: list[tuple[str, ...]] = []
        for block in self._blocks_of_cells(index):
            if block[0].isspace():
                if cells.is_whole((name, *blocks, block), self.kinds):
                    blocks.append(block)
                break
            blocks.append(block)
            if len(blocks) == len(self.kinds) or cells.are_cells(tuple(blocks), self.kinds):
                break
        return blocks

    # -- rows -------------------------------------------------------------------------------

    def _take(self, block: _Block, verdict: _Verdict) -> None:
        self.icon = self.new_page = self.in_paragraphs = self.bare = False
        if verdict == "row":
            self._close()
            blocks = [_without_indent(block.lines)]
            self.row = _Open(block.first, blocks, list(range(block.first, block.last)))
            self.row.complete = cells.is_whole(tuple(blocks), self.kinds)
            self.after_header = False
            return
        row = self.row
        assert row is not None
        if row.analysis is not None:
            self._add_analysis(row, block)
            self.after_header = False
            return
        row.lines.extend(range(block.first, block.last))
        if row.complete and block.after_header:
            row.after.append(_without_indent(block.lines))
            return
        row.blocks.append(block.lines)
        row.complete = cells.is_whole(tuple(row.blocks), self.kinds)
        self.after_header = False

    def _are_stray_cells(self, block: _Block) -> bool:
        """Whether a block after a row is figures alone: cells, though the row is complete."""
        row = self.row
        if row is None or row.analysis is not None:
            return False
        return all(map(is_cell_like, block.lines[0].split()))

    def _list(self, block: _Block) -> int:
        """List a block that no row takes, and return the index after it."""
        self._note(range(block.first, block.last))
        return block.last

    def _list_unread(self, block: _Block) -> int:
        """List what stands below a header, where it begins with no row of it; return its end."""
        unread, end = leftovers.unread_table(self.scan, block.first)
        self._note(unread)
        return end if unread else block.first

    def _note(
        self, indexes: Iterable[int], reason: str = "it stands in a table and is no row of it"
    ) -> None:
        texts = self.scan.texts
        self.table.unaccounted.extend((i, reason) for i in indexes if texts[i].strip())

    def _close(self) -> None:
        """Divide the collected row and add it to the table, or list its lines as unaccounted."""
        row, self.row = self.row, None
        if row is None:
            return
        divisions = cells.divide(tuple(row.blocks), self.kinds)
        if not divisions or self._is_prose_as_row(row, divisions[0]):
            reason = "its row cannot be divided into the header's columns"
            self.table.unaccounted.extend((index, reason) for index in row.lines)
            return
        if row.after:
            divisions = continuation.with_continuation(tuple(row.blocks), row.after, self.kinds)
            if len(row.blocks) > 1 and row.blocks[-1][0].isspace():
                # The spaces before the page break need not have been blank cells.
                shorter = continuation.with_continuation(
                    tuple(row.blocks[:-1]), row.after, self.kinds
                )
                divisions = tuple(sorted([*divisions, *shorter], key=lambda way: way.cost))
                divisions = nearly_as_good(list(divisions))
        best = divisions[0]
        analysis = fold("".join(row.analysis)) if row.analysis else ""
        self.table.rows.append(
            RawRow(
                row.first,
                self.table.header,
                fold(without_symbols(best.name)).replace(CUT, ""),
                tuple([cell.replace(CUT, "") if cell else cell for cell in best.cells]),
                row.lines,
                analysis or None,
                list(divisions[1:]),
            )
        )

    def _is_prose_as_row(self, row: _Open, division: Division) -> bool:
        """Whether a row would be words of prose: none of its cells, or not the last, is likely."""
        is_indicator = self.table.header.kind == "indicator"
        if not is_indicator or division.cost <= _SURE_WITHIN or row.after:
            return False
        costs = [
            cell_cost(kind, cell)
            for kind, cell in zip(self.kinds, division.cells, strict=True)
            if cell
        ]
        if not costs:
            return False
        ends_in_stop = row.blocks[-1][-1].rstrip().endswith(".")
        return min(costs) > CUT_CELL or (ends_in_stop and costs[-1] >= CUT_CELL)


def _without_indent(lines: tuple[str, ...]) -> tuple[str, ...]:
    return (lines[0].lstrip(), *lines[1:])
