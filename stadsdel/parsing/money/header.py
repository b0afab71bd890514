"""Layout A: the header above a money table's rows.

It may be any words: lines are taken from the row upwards, until they name a label column and all
value columns.

Belongs here: which lines are the header, and where it is printed again. Does not belong here:
naming columns (`naming`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing.markup import squash
from stadsdel.parsing.money import naming
from stadsdel.parsing.money.blocks import (
    DECIMAL,
    LONGEST_LABEL_LINE,
    LONGEST_ROW,
    block_start,
    may_be_row,
)
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import THOUSANDS

if TYPE_CHECKING:
    from stadsdel.parsing.money.blocks import Block
    from stadsdel.parsing.scan import Scan

_YEARS = re.compile(r"20\d\d")
_LONGEST_ABBREVIATED = 24
_ABBREVIATED = re.compile(r"\b(?:ack|just|in?kl|exkl|o\. ?m|adm)\.$", re.IGNORECASE)
_LINES_OF_HEADER = 24
_ROWS_ABOVE = 24  # that may have been taken for none, between a header and the row looked at
_GOOD_PER_COLUMN = 0.2  # how good a header must be on average to be one


class Header(NamedTuple):
    """A header's lines [first, last) and what they name."""

    first: int
    last: int
    score: float
    stub: str
    columns: tuple[str, ...]
    words: str

    @property
    def tells_money(self) -> bool:
        """Whether a column is a known one of money tables, or a unit is printed."""
        known = any(map(naming.known_labels, self.columns))
        return known or naming.money_unit(self.stub, *self.columns) is not None


def headers_above(scan: Scan, row: int, floor: int, counts: list[int]) -> dict[int, Header]:
    """Return the headers above line `row` with these numbers of columns, those there are.

    A label that heads a section may stand between header and row: where the words above it name
    the columns better without it, it is none of the header's.
    """
    best = _headers_from(scan, row, floor, counts)
    section = _section_above(scan, row, floor)
    if section is not None:
        for count, header in _headers_from(scan, section, floor, counts).items():
            if count not in best or header.score > best[count].score:
                best[count] = header
    return {count: each for count, each in best.items() if not _begins_in_title(each, best)}


def _begins_in_title(header: Header, others: dict[int, Header]) -> bool:
    """Whether a header takes the words above another for its label column's, and that for a column.

    "Investeringar" above "Projekt Budget Utfall": the other is the header, the words are a title.
    """
    other = others.get(len(header.columns) - 1)
    if other is None or header.first >= other.first or header.columns[1:] != other.columns:
        return False
    return header.columns[0] == other.stub and not naming.is_known(other.stub)


def _section_above(scan: Scan, row: int, floor: int) -> int | None:
    """Return the first line of what may head a section above line `row`: a short label."""
    last = row
    while last > floor and scan.marks[last - 1] in (Mark.EMPTY, Mark.SPACE):
        last -= 1
    if last in (row, floor) or scan.marks[last - 1] != Mark.TEXT:
        return None
    first = block_start(scan, last - 1, floor)
    text = "".join(scan.texts[first:last])
    is_label = text.lstrip()[0].isupper() and len(text) <= LONGEST_LABEL_LINE
    return first if is_label and naming.known_labels(text) < 2 else None


def _headers_from(scan: Scan, row: int, floor: int, counts: list[int]) -> dict[int, Header]:
    """Return the headers that end above line `row`.

    Each is as few lines as name a label column and all columns. Lines are taken from the row
    upwards, over empty lines and page furniture.
    """
    best: dict[int, Header] = {}
    taken = naming.HeaderLines(max(counts))
    last = row
    index = row - 1
    lines = rows_above = 0
    while index >= floor and lines < _LINES_OF_HEADER:
        mark = scan.marks[index]
        if mark < Mark.TEXT:
            index -= 1
            continue
        text = scan.texts[index]
        if mark == Mark.HEADER and scan.is_unknown_header(index):
            return {}  # the lines below it are of a header with unknown columns
        is_text = mark == Mark.TEXT or (mark == Mark.LABEL and index >= row - 2)
        if not is_text or len(text) > LONGEST_ROW or _ends_sentence(scan, index):
            break
        if _is_row(text) or _blanks_at_end(text) in counts:
            rows_above += 1
            if best or rows_above > _ROWS_ABOVE:
                break
            # A row above: the header stands higher up.
            taken, lines = naming.HeaderLines(max(counts)), 0
            index = last = block_start(scan, index, floor)
            index -= 1
            continue
        taken.add(text.lstrip() if scan.is_page_top(index) else text)
        lines += 1
        for count in counts:
            found = taken.columns(count)
            if found is None:
                continue
            score, stub, columns = found
            good = score >= _GOOD_PER_COLUMN * count and not stub[:1].islower()
            if good and (count not in best or score > best[count].score + 0.01):
                best[count] = Header(index, last, score, stub, columns, squash(taken.text))
        index -= 1
    return best


def _is_row(text: str) -> bool:
    """Whether a line is a row and not part of a header, which may hold years."""
    figures = DECIMAL.search(text) or THOUSANDS.search(text)
    if not figures and (not may_be_row(text) or _YEARS.search(text)):
        return False
    return naming.known_labels(text) < 2


def _blanks_at_end(text: str) -> int:
    """Return how many blank cells end a line, if more than one: a header's cells are filled."""
    blanks = len(text) - len(text.rstrip(" ")) - 1
    return blanks if blanks > 1 else 0


def _ends_sentence(scan: Scan, index: int) -> bool:
    """Whether a line ends a sentence, and not an abbreviation in a header's narrow cell."""
    text = scan.texts[index].strip()
    if not text.endswith((".", ":")) or text.rfind("(") > text.rfind(")"):
        return False
    if _ABBREVIATED.search(text):
        return False
    above = scan.texts[index - 1]
    below_prose = len(above) > LONGEST_LABEL_LINE and naming.known_labels(above) < 2
    return len(text) > _LONGEST_ABBREVIATED or below_prose


def blocks_printed_again(blocks: list[Block], position: int, words: str) -> int:
    """Return how many blocks from `position` on are the header printed again; 0 for none."""
    joined = ""
    for number in range(1, len(blocks) - position + 1):
        joined += squash(blocks[position + number - 1].text)
        if joined == words:
            return number
        if not words.startswith(joined):
            return 0
    return 0
