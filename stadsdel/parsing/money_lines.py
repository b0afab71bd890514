"""Layout A: money tables, found from their rows up and read with the header they stand under.

A money table has no mark of its own and its header may be any words, but its rows are unlike
prose: a short label and figures, with empty lines round them (report-layouts.md A11). Columns are
padded or not: where they are, every filled cell is followed by one space more.

Belongs here: the extent of a table, its header's lines, its rows. Does not belong here: naming
columns (`money`), dividing a row's text (`cells`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel.parsing import cells, goals, money
from stadsdel.parsing.markup import fold, squash
from stadsdel.parsing.rows import RawMoney, RawMoneyRow
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import MONEY

if TYPE_CHECKING:
    from stadsdel.parsing.cells import Kinds
    from stadsdel.parsing.scan import Scan

_FIGURE = rf"{MONEY}(?![\w,.%])"
# Two figures, or a figure and blank cells, at the end of a line.
_ROW_END = re.compile(rf"(?:^|(?<= )){_FIGURE} +{_FIGURE} *$|(?:^ +|   +){_FIGURE} *$|{_FIGURE}  +$")
_VALUES_ONLY = re.compile(rf" *(?:{_FIGURE}| )+")
_PADDED = re.compile(rf"({_FIGURE})  ")
_FIGURES = re.compile(_FIGURE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEARS = re.compile(r"20\d\d")
_LONGEST_ROW = 150
_LONGEST_LABEL_LINE = 60
_LINES_OF_LABEL = 8
_LINES_OF_HEADER = 24
_MOST_COLUMNS = 12
_GOOD_PER_COLUMN = 0.2  # how good a header must be on average to be one
_ROW_SURE_WITHIN = 3.0


def may_be_row(text: str) -> bool:
    """Whether a line may be a row of figures: cheap, called for every line of running text."""
    tail = text[-24:]
    stripped = tail.rstrip()
    if not stripped or len(text) > _LONGEST_ROW:
        return False
    return (stripped[-1].isdigit() or stripped[-1] == "%") and _ROW_END.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines [first, last) with no empty line between them and no page's top inside."""

    first: int
    last: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


def read_table(scan: Scan, seed: int, floor: int) -> tuple[RawMoney | None, int]:
    """Read the money table that line `seed` may be a row of; lines before `floor` are taken.

    Returns None where it is none, with the index of the first line after what was looked at.
    """
    top = _block_start(scan, seed, floor)
    blocks = _blocks(scan, top)
    if not blocks:
        return None, seed + 1
    start = 0
    padded, count = _shape(scan, blocks[start:])
    found = None
    for number in count:
        header = _header(scan, top, floor, number)
        if header is not None and (found is None or header.score > found[0].score):
            found = (header, number)
    if found is None:
        return None, seed + 1
    header, number = found
    table = RawMoney(header.first, header.stub, header.columns)
    end = _read_rows(scan, table, header, blocks, ("money",) * number, padded)
    if not table.rows:
        return None, seed + 1
    return table, end


# --- blocks -------------------------------------------------------------------------------------


def _block_start(scan: Scan, seed: int, floor: int) -> int:
    """Return the first line of the row that `seed` belongs to: its label may be a block above."""
    first = seed
    while first > floor and _joins(scan, first):
        first -= 1
    if _VALUES_ONLY.fullmatch(scan.texts[seed]) and first == seed:
        above = seed - 1
        while above > floor and scan.marks[above] == Mark.EMPTY:
            above -= 1
        if above >= floor and scan.marks[above] == Mark.TEXT and seed - above <= 3:
            first = above
            while first > floor and _joins(scan, first):
                first -= 1
    return first


def _joins(scan: Scan, index: int) -> bool:
    """Whether line `index` goes on with the block of the line before it."""
    return (
        scan.marks[index] == Mark.TEXT
        and scan.marks[index - 1] == Mark.TEXT
        and not scan.is_page_top(index)
    )


def _blocks(scan: Scan, first: int) -> list[_Block]:
    """Return the blocks from line `first` on, up to what cannot belong to a money table."""
    blocks: list[_Block] = []
    index = first
    while index < len(scan.marks):
        mark = scan.marks[index]
        if mark in (Mark.EMPTY, Mark.SKIP, Mark.SPACE):
            index += 1
            continue
        if mark in (Mark.CELLS, Mark.LABEL) or (mark == Mark.GOAL and goals.is_label(scan, index)):
            break
        if mark == Mark.HEADER and scan.header_at(index) is not None:
            break
        last = index + 1
        while last < len(scan.marks) and _joins(scan, last):
            last += 1
        lines = (scan.texts[index].lstrip(), *scan.texts[index + 1 : last])
        if scan.texts[index][:1] == " " and _VALUES_ONLY.fullmatch("".join(lines)):
            lines = tuple(scan.texts[index:last])  # leading blank cells
        block = _Block(index, last, lines)
        if _is_prose(block):
            break
        blocks.append(block)
        index = last
    return blocks


def _is_prose(block: _Block) -> bool:
    if any(len(line) > _LONGEST_LABEL_LINE for line in block.lines):
        return not may_be_row(block.lines[-1]) and money.known_labels(block.text) < 2
    text = block.text.rstrip()
    return len(block.lines) > _LINES_OF_LABEL or (
        text.endswith((".", ":", ";")) and len(text) > _LONGEST_LABEL_LINE
    )


# --- the shape of a table -----------------------------------------------------------------------


def _shape(scan: Scan, blocks: list[_Block]) -> tuple[bool, list[int]]:
    """Return whether cells are padded, and the likely numbers of value columns, likeliest first."""
    plain: Counter[int] = Counter()
    padded: Counter[int] = Counter()
    rows = 0
    gaps = 0
    for block in blocks:
        line = block.lines[-1]
        if not may_be_row(line) or (len(block.lines) > 1 and not _VALUES_ONLY.fullmatch(line)):
            if rows and money.known_labels(block.text) > 1:
                break
            continue
        rows += 1
        tail = line[_tail_start(line) :]
        gaps += bool(_PADDED.search(tail.rstrip(" ") + " "))
        plain.update(_counts(tail))
        padded.update(_counts(_unpadded(tail)))
    best_plain = plain.most_common(1)[0] if plain else (0, 0)
    best_padded = padded.most_common(1)[0] if padded else (0, 0)
    is_padded = gaps > 0 and best_padded[1] > best_plain[1]
    chosen = padded if is_padded else plain
    likely = [number for number, _ in chosen.most_common(4) if 1 <= number <= _MOST_COLUMNS]
    return is_padded, likely


def _tail_start(line: str) -> int:
    """Return where the cells at the end of a line begin: after the last word."""
    position = 0
    for match in _WORD.finditer(line):
        if not re.fullmatch(r"Ja|Nej|JA|NEJ", match[0]):
            position = match.end()
    space = line.find(" ", position)
    return len(line) if space < 0 else space + 1 if position else 0


def _counts(tail: str) -> set[int]:
    """Return how many cells a row's tail may hold: number groups may be one figure or two."""
    tokens = tail.split(" ")
    if tokens and tokens[-1] == "":
        tokens.pop()
    low = 0
    previous_open = False
    for token in tokens:
        if previous_open and re.fullmatch(r"\d{3}(?:,\d+)?%?", token):
            previous_open = re.fullmatch(r"\d{3}", token) is not None
            continue
        low += 1
        previous_open = re.fullmatch(r"[-–−+]?\d{1,3}", token) is not None
    return {low, len(tokens)} if len(tokens) - low else {low}


def _unpadded(text: str) -> str:
    """Take one space from after each filled cell of a padded table."""
    return _PADDED.sub(r"\1 ", text)


# --- the header ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Header:
    """A header's lines [first, last) and what they name."""

    first: int
    last: int
    score: float
    stub: str
    columns: tuple[str, ...]
    words: str


def _header(scan: Scan, row: int, floor: int, count: int) -> _Header | None:
    """Return the header above line `row`: as few lines as name a label column and all columns.

    Lines are taken from the row upwards, over empty lines and page furniture.
    """
    taken: list[str] = []
    best: _Header | None = None
    index = row - 1
    while index >= floor and len(taken) < _LINES_OF_HEADER:
        mark = scan.marks[index]
        if mark in (Mark.EMPTY, Mark.SKIP, Mark.SPACE):
            index -= 1
            continue
        text = scan.texts[index]
        if mark != Mark.TEXT or text.rstrip().endswith((".", ":")) or len(text) > _LONGEST_ROW:
            break
        if may_be_row(text) and money.known_labels(text) < 2 and not _YEARS.search(text):
            break
        taken.insert(0, text.lstrip() if scan.is_page_top(index) else text)
        found = money.columns_of_text(fold("".join(taken)), count)
        if found is not None:
            score, stub, columns = found
            if score >= _GOOD_PER_COLUMN * count and (best is None or score > best.score):
                best = _Header(index, row, score, stub, columns, squash("".join(taken)))
        index -= 1
    return best


# --- rows ---------------------------------------------------------------------------------------


def _read_rows(
    scan: Scan,
    table: RawMoney,
    header: _Header,
    blocks: list[_Block],
    kinds: Kinds,
    padded: bool,
) -> int:
    """Add the rows of the blocks to the table; return the index after the last one used."""
    end = header.last
    position = 0
    while position < len(blocks):
        block = blocks[position]
        again = _repeated(blocks, position, header.words)
        if again:
            position += again
            end = blocks[position - 1].last
            continue
        row = _row([block], kinds, padded)
        used = 1
        if row is None and position + 1 < len(blocks):
            values = blocks[position + 1]
            if _VALUES_ONLY.fullmatch(values.text):
                row = _row([block, values], kinds, padded)
                used = 2
        if row is None:
            if not _heads_section(blocks, position, kinds, padded):
                break
            row = RawMoneyRow(
                fold(block.text), (None,) * len(kinds), list(range(block.first, block.last))
            )
            used = 1
        table.rows.append(row)
        position += used
        end = blocks[position - 1].last
    return end


def _row(blocks: list[_Block], kinds: Kinds, padded: bool) -> RawMoneyRow | None:
    """Divide a row; None where its blocks are none."""
    if not _WORD.search(blocks[0].text):
        return None
    if len(blocks) == 1 and not may_be_row(blocks[0].lines[-1]) and not _all_blank(blocks[0]):
        return None
    lines = tuple(
        [
            tuple([_unpadded(line) if padded else line for line in block.lines])
            for block in blocks
        ]
    )
    divisions = cells.divide(lines, kinds)
    if not divisions or divisions[0].cost > _ROW_SURE_WITHIN:
        return None
    best = divisions[0]
    indexes = [index for block in blocks for index in range(block.first, block.last)]
    return RawMoneyRow(best.name, best.cells, indexes, list(divisions[1:]))


def _all_blank(block: _Block) -> bool:
    """Whether a label is followed by blank cells alone."""
    return len(block.lines[-1]) - len(block.lines[-1].rstrip(" ")) > 1


def _heads_section(blocks: list[_Block], position: int, kinds: Kinds, padded: bool) -> bool:
    """Whether a label without cells heads rows that follow in the same table."""
    block = blocks[position]
    if money.known_labels(block.text) > 1 or len(block.text) > _LONGEST_LABEL_LINE:
        return False
    following = blocks[position + 1 : position + 3]
    if not following:
        return False
    if _row(following[:1], kinds, padded) is not None:
        return True
    return (
        len(following) == 2
        and _VALUES_ONLY.fullmatch(following[1].text) is not None
        and _row(following, kinds, padded) is not None
    )


def _repeated(blocks: list[_Block], position: int, words: str) -> int:
    """Return how many blocks from `position` on are the header printed again; 0 for none."""
    joined = ""
    for number, block in enumerate(blocks[position:], 1):
        joined += squash(block.text)
        if joined == words:
            return number
        if not words.startswith(joined):
            return 0
    return 0
