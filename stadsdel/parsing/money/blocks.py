"""Layout A: the blocks of lines that money tables are made of.

A row of figures is unlike prose: a short label and figures, with empty lines round them
(report-layouts.md A11).

Belongs here: telling blocks apart, and what a line or block looks like by itself. Does not belong
here: headers (`header`), columns and cells (`shape`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import goals
from stadsdel.parsing.money import naming
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stadsdel.parsing.scan import Scan

FIGURE = rf"{MONEY}(?![\w,.%])"
FIGURES = re.compile(FIGURE)
VALUES_ONLY = re.compile(rf"(?=[-–−+±<>≤≥0-9JN ]) *(?:{FIGURE}| )+")
WORD = re.compile(r"[^\W\d_]{2,}")
DECIMAL = re.compile(r"[-\d](?<![\w.][-\d])\d*(?<=\d),\d+(?!\w)")
ENDS_OF_LABEL = re.compile(r"\d{1,4}(?: ?%)? ?")  # "Konto 1710", "Peng 80 %"
LONGEST_ROW = 220
LONGEST_LABEL_LINE = 60
# A row that ends in a comment; prose puts small letters after its figures.
COMMENTED = re.compile(rf"\S.*? {FIGURE}(?: +{FIGURE})* *(?: [A-ZÅÄÖ]|$)")
_FULL_FIGURE = re.compile(MONEY)
_EMPTY = bytes([Mark.EMPTY])
_TEXT = bytes([Mark.TEXT])
_PROSE_ENDS = frozenset({". ", ", ", ": ", ") "})
_ROW_ENDS = frozenset("0123456789%-–−r")
UNITS = frozenset({"%", "kr", "tkr", "mkr", "mnkr"})
_SPACES_OF_BLANKS = 2  # more of them before a figure are blank cells
_NAMES = re.compile(r"[A-ZÅÄÖ\d](?<!\S.)")
_WORDS_OF_CELLS = UNITS | {"Ja", "Nej", "JA", "NEJ"}
# An amount alone: a whole number may be a page's, or a year.
_ENDS_IN_AMOUNT = re.compile(
    r"(?:^ ?|[^\d\s.,:;] )[-–−+]?"
    r"(?:(?:\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+,\d+)(?: ?(?:%|(?:mn|m|t)?kr))?"
    r"|\d+ ?(?:%|(?:mn|m|t)?kr)) *$"
)
_YEAR = re.compile(r"20[0-4]\d")
_ENDS_IN_YEARS = re.compile(r"(?:^ ?|[^\d\s]\S* )20[0-4]\d(?: 20[0-4]\d)+ *$")
_BLOCKS_OF_ROW = 2  # a label and its cells
_LONGEST_HEADER = 400
_SURELY_A_HEADER = 3  # known labels of columns
_LINES_OF_LABEL = 8


def may_be_row(text: str) -> bool:
    """Whether a line may be a row of figures: cheap, called for every line of running text."""
    if (
        text[-2:] in _PROSE_ENDS
        or (text[-2:-1].isalpha() and not text.endswith("kr "))
        or len(text) > LONGEST_ROW
    ):
        return False
    figures = text.rstrip(" ")
    if figures[-1:] not in _ROW_ENDS:
        return False
    last, before = _last_figure(figures)
    if not _FULL_FIGURE.fullmatch(last):
        return False
    rest = before.rstrip(" ")
    if _YEAR.fullmatch(last) and _ENDS_IN_YEARS.search(text):
        return False  # a header
    if len(text) - len(figures) > 1 or len(before) - len(rest) > _SPACES_OF_BLANKS:
        return True  # beside blank cells
    if not rest:
        return bool(before)
    return _FULL_FIGURE.fullmatch(_last_figure(rest)[0]) is not None


def ends_in_amount(text: str) -> bool:
    """Whether a line ends in a single figure that is no page's number and no year."""
    return _ENDS_IN_AMOUNT.search(text) is not None


def may_be_row_at(scan: Scan, index: int) -> bool:
    """Whether line `index` may be a row: of several figures, or of one as the row below it."""
    return may_be_row(scan.texts[index]) or amount_below(scan, index) is not None


def amount_below(scan: Scan, index: int) -> int | None:
    """Return the line that ends the row below in an amount, if line `index` ends one so.

    Both may then be rows of one figure, of which there is seldom only one.
    """
    if not _ends_block_in_amount(scan, index):
        return None
    for _ in range(_BLOCKS_OF_ROW):
        index += 1
        while index < len(scan.marks) and scan.marks[index] == Mark.EMPTY:
            index += 1
        while index + 1 < len(scan.marks) and _joins(scan, index + 1):
            index += 1
        if index < len(scan.marks) and _ends_block_in_amount(scan, index):
            return index
    return None


def _ends_block_in_amount(scan: Scan, index: int) -> bool:
    below = scan.marks[index + 1 : index + 2]
    if below == _TEXT and scan.is_page_top(index + 1):
        # a header printed again at the top of the next page
        return naming.known_labels(scan.texts[index + 1]) > 0 and ends_in_amount(scan.texts[index])
    return below == _EMPTY and ends_in_amount(scan.texts[index])


def _last_figure(text: str) -> tuple[str, str]:
    """Return the last word, with the figure before a lone unit, and what is before."""
    start = text.rfind(" ") + 1
    if text[start:] in UNITS:
        start = text.rfind(" ", 0, start - 1) + 1
    return text[start:], text[:start]


class Block(NamedTuple):
    """Lines [first, last) with no empty line between them and no page's top inside."""

    first: int
    last: int
    lines: tuple[str, ...]
    text: str


def block_start(scan: Scan, seed: int, floor: int) -> int:
    """Return the first line of the row that `seed` belongs to: its label may be a block above."""
    first = seed
    while first > floor and _joins(scan, first):
        first -= 1
    text = scan.texts[first]
    # cells alone, or the cells of a row that ends in a comment: no label begins with a decimal
    if (first == seed and VALUES_ONLY.fullmatch(text)) or DECIMAL.match(text.lstrip()):
        above = first - 1
        while above > floor and scan.marks[above] == Mark.EMPTY:
            above -= 1
        if above >= floor and scan.marks[above] == Mark.TEXT and first - above <= 3:
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


def blocks_from(scan: Scan, first: int, *, wide: bool = False) -> Iterator[Block]:
    """Yield the blocks from line `first` on, up to what cannot belong to a money table.

    `wide` rows end in a comment, and are as long as prose.
    """
    index = first
    while index < len(scan.marks):
        mark = scan.marks[index]
        if mark < Mark.TEXT:
            index += 1
            continue
        if mark >= Mark.LABEL or (mark == Mark.GOAL and goals.is_label(scan, index)):
            break
        if mark == Mark.HEADER and scan.header_at(index) is not None:
            break
        last = index + 1
        while last < len(scan.marks) and _joins(scan, last):
            last += 1
        lines = (scan.texts[index].lstrip(), *scan.texts[index + 1 : last])
        text = "".join(lines)
        if scan.texts[index][0] == " " and VALUES_ONLY.fullmatch(text):
            lines = tuple(scan.texts[index:last])  # leading blank cells
            text = "".join(lines)
        block = Block(index, last, lines, text)
        if _is_prose(block) and not (wide and COMMENTED.match(text)):
            break
        yield block
        index = last


def _is_prose(block: Block) -> bool:
    text = block.text.rstrip()
    if max(map(len, block.lines)) > LONGEST_LABEL_LINE:
        is_label = max(map(len, block.lines[:-1]), default=0) <= LONGEST_LABEL_LINE
        if is_label and may_be_row(block.lines[-1]):
            return False
        if len(text) > _LONGEST_HEADER:
            return True
        known = naming.known_labels(text)
        return known < _SURELY_A_HEADER and (known < 2 or not _is_mostly_names(text))
    is_long = len(block.lines) > _LINES_OF_LABEL and naming.known_labels(text) < 2
    return is_long or (text.endswith((".", ":", ";")) and len(text) > LONGEST_LABEL_LINE)


def _is_mostly_names(text: str) -> bool:
    """Whether half of the words begin with a capital or a digit, as in a header."""
    return len(_NAMES.findall(text)) * 2 >= len(text.split())


def ends_in_blanks(block: Block) -> bool:
    """Whether a label is followed by blank cells alone."""
    return len(block.lines[-1]) - len(block.lines[-1].rstrip(" ")) > 1


def names_years(block: Block) -> bool:
    """Whether a block holds years and no other figures, and names columns."""
    if " 20" not in block.text:
        return False
    if _ENDS_IN_YEARS.search(block.lines[-1]):
        return True
    figures = FIGURES.findall(block.text)
    return naming.known_labels(block.text) > 1 and all(map(_YEAR.fullmatch, figures))


def holds_figures(block: Block) -> bool:
    """Whether a label is followed by cells: by more than a number or share that may end it."""
    tail = tail_of(block)
    return not ENDS_OF_LABEL.fullmatch(tail) and FIGURES.search(tail) is not None


def tail_of(block: Block) -> str:
    """Return the cells at the end of a block's last line, without the label before them."""
    return _after_words(block.lines[-1])


@lru_cache(maxsize=64)
def _after_words(line: str) -> str:
    """Return what stands after the last word of a line."""
    position = 0
    for match in WORD.finditer(line):
        if match[0] not in _WORDS_OF_CELLS:
            position = match.end()
    space = line.find(" ", position)
    return "" if space < 0 else line[space + 1 :] if position else line
