"""Layout A: money tables, found from their rows up and read with the header they stand under.

A money table has no mark of its own and its header may be any words. So the first rows tell how
many columns there may be, the words above them what each is called, and the shape in which both
agree best is the table's.

Belongs here: whether a table stands somewhere, and its shape. Does not belong here: its lines
(`blocks`, `header`), its rows (`rows`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from stadsdel.parsing.division import WORST_ACCEPTED
from stadsdel.parsing.money import naming
from stadsdel.parsing.money.blocks import (
    COMMENTED,
    VALUES_ONLY,
    WORD,
    Block,
    block_start,
    blocks_from,
    ends_in_amount,
    may_be_row,
    tail_of,
)
from stadsdel.parsing.money.header import headers_above
from stadsdel.parsing.money.rows import read_rows
from stadsdel.parsing.money.shape import (
    TEXT,
    Shape,
    count_range,
    divisions_of,
    kinds_named,
    labels_end_in_cells,
    may_have_signs_apart,
    paddings,
)
from stadsdel.parsing.rows import RawMoney
from stadsdel.parsing.scan import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from stadsdel.parsing.money.header import Header
    from stadsdel.parsing.scan import Scan

_TEXT = bytes([Mark.TEXT])
_ROWS_SAMPLED = 6
_BLOCKS_OF_TABLE = 100
_BLOCKS_SAMPLED = 24
_WORST_ROW = 6.0
_WORST_SHAPE = 2.0
_MOST_COLUMNS = 12
_FEWEST_THAT_COUNT = 3
_NUMBER_COUNTS = 0.5  # for a number at the end of a label, where those of the rows count on


def read_table(scan: Scan, seed: int, floor: int) -> tuple[RawMoney | None, int]:
    """Read the money table that line `seed` may be a row of; lines before `floor` are taken.

    Returns None where it is none, with the index of the first line after what was looked at.
    """
    top = block_start(scan, seed, floor)
    is_row = may_be_row if may_be_row(scan.texts[seed]) else ends_in_amount
    rows = _sample(islice(blocks_from(scan, top), _BLOCKS_SAMPLED), is_row)
    shape = _shape(scan, rows, top, floor) if rows else None
    if shape is None:
        return None, seed + 1
    header = shape.header
    table, end = _read_whole(scan, shape, header.last)
    return (table, end) if table.rows else (None, seed + 1)


def _read_whole(scan: Scan, shape: Shape, below: int) -> tuple[RawMoney, int]:
    """Return the table of this shape whose rows begin at line `below`, and the index after them."""
    header = shape.header
    # Few tables are longer; to go through all that may be rows of each would take quadratic time.
    for most in (_BLOCKS_OF_TABLE, None):
        table = RawMoney(header.first, header.stub, header.columns)
        wide = shape.kinds[-1] == "text"
        blocks = list(islice(blocks_from(scan, below, wide=wide), most))
        end = read_rows(scan, table, shape, blocks)
        if len(blocks) != most or end <= blocks[-1].first:
            break
    return table, end


def read_commented(scan: Scan, last: int, floor: int) -> tuple[RawMoney | None, Sequence[int], int]:
    """Read the table whose header may end in a column of comments, at the end of line `last`.

    Its rows end in words, so that nothing else tells them from prose. Returns the table, or None
    and the lines of its rows where the columns cannot be told, with the index after them.
    """
    # A header has one such column: it begins below the line that ends another.
    above = bisect_left(scan.comments, last)
    floor = max(floor, scan.comments[above - 1] + 1) if above else floor
    below = last + 1
    while scan.marks[below : below + 1] == _TEXT and scan.texts[below].lstrip()[0].islower():
        below += 1  # "till avvikelse"
    headers = headers_above(scan, below, floor, list(range(2, _MOST_COLUMNS)))
    shapes = [Shape(h, kinds_named(h.columns), padded=False) for h in headers.values()]
    shapes = [s for s in shapes if s.kinds[-1] == "text" and _names_money(s.header)]
    sample = list(islice(blocks_from(scan, below, wide=True), _BLOCKS_SAMPLED)) if shapes else []
    best: tuple[tuple[int, float, float], Shape] | None = None
    for shape in shapes:
        table = RawMoney(shape.header.first, shape.header.stub, shape.header.columns)
        read_rows(scan, table, shape, sample)
        found = (*_rows_read(table), shape.quality)
        if table.rows and (best is None or found > best[0]):
            best = found, shape
    if best is not None:
        table, end = _read_whole(scan, best[1], below)
        return table, (), end
    rows = [block for block in sample if COMMENTED.match(block.text)]
    return None, [n for block in rows for n in range(block.first, block.last)], below


def _names_money(header: Header) -> bool:
    """Whether a column beside that of comments is a known one, or a unit is printed."""
    *figures, _ = header.columns
    known = any(map(naming.known_labels, figures))
    return known or naming.money_unit(header.stub, *figures) is not None


def _rows_read(table: RawMoney) -> tuple[int, float]:
    """Return how many rows are read, and how well."""
    rows = [row for row in table.rows if any(row.cells)]
    return len(rows), -sum([row.cost for row in rows])


def _shape(scan: Scan, rows: list[Block], top: int, floor: int) -> Shape | None:
    """Return the shape in which header and sampled rows agree best, or None where none is good.

    The number of columns is what rows may hold and the header can name.
    """
    counts = {padded: _possible_counts(rows, padded) for padded in paddings(rows)}
    wanted = sorted(set().union(*counts.values()))
    headers = headers_above(scan, top, floor, wanted) if wanted else {}
    signs_apart = may_have_signs_apart(rows)
    shapes = [
        Shape(headers[count], kinds_named(headers[count].columns), padded, signs_apart)
        for padded, possible in counts.items()
        for count in possible
        if count in headers and kinds_named(headers[count].columns) != TEXT
        if not labels_end_in_cells(rows, count, padded=padded)
        if count > 1 or headers[count].tells_money
    ]
    counting = _count_on(rows)
    best: tuple[float, Shape] | None = None
    for shape in sorted(shapes, key=lambda shape: -shape.quality):
        if best is not None and -shape.quality >= best[0]:
            break  # even rows that fit perfectly would not make it better
        most = (best[0] + shape.quality) * len(rows) if best else math.inf
        against = 0.0
        for block in rows:
            against += _against(block, shape, most - against, counting=counting)
            if against >= most:
                break
        else:
            best = (against / len(rows) - shape.quality, shape)
    return best[1] if best and best[0] < _WORST_SHAPE else None


def _sample(blocks: Iterable[Block], is_row: Callable[[str], bool]) -> list[Block]:
    """Return the first blocks whose last line is a row, up to what may be another table's header.

    Between two rows stand no more than a section's label and that of the second.
    """
    rows: list[Block] = []
    labels = others = 0  # since the last row
    last = 0
    for block in blocks:
        is_rest = VALUES_ONLY.fullmatch(block.text) is not None
        if is_rest and rows and rows[-1].last == last and WORD.search(rows[-1].text):
            # the cells after one that wraps
            text = rows[-1].text + block.text
            rows[-1] = Block(rows[-1].first, block.last, (text,), text)
            last = block.last
            continue
        last = block.last
        if is_row(block.lines[-1]):
            others -= is_rest
            if rows and others > 1:
                break
            rows.append(block)
            labels = others = 0
            if len(rows) == _ROWS_SAMPLED:
                break
            continue
        labels += naming.known_labels(block.text)
        others += 1
        if rows and labels > 1:
            break
    return rows


def _possible_counts(rows: list[Block], padded: bool) -> list[int]:
    """Return the numbers of cells that most sampled rows may hold."""
    held: Counter[int] = Counter()
    for block in rows:
        least, most = count_range(tail_of(block), padded=padded)
        held.update(range(least, min(most, _MOST_COLUMNS) + 1))
    return sorted([number for number, times in held.items() if times * 2 > len(rows)])


def _count_on(rows: list[Block]) -> bool:
    """Whether the first numbers of rows are 1, 2, 3: they end labels, and are no cells."""
    first = [tail_of(block).split(" ", 1)[0] for block in rows]
    if len(first) < _FEWEST_THAT_COUNT or not all(map(str.isdigit, first)):
        return False
    return all([int(after) - int(before) == 1 for before, after in pairwise(first)])


def _against(block: Block, shape: Shape, most: float, *, counting: bool) -> float:
    """Return what speaks against a block being a row of this shape; beyond `most`, any more."""
    if shape.kinds[-1] == "money":
        fewest, tokens = count_range(tail_of(block), padded=shape.padded)
        if not fewest <= len(shape.kinds) <= tokens:
            return _WORST_ROW
    divisions = divisions_of([block], shape, min(most, WORST_ACCEPTED))
    if not divisions:
        return _WORST_ROW
    name, _, cost = divisions[0]
    if counting:
        cost += -_NUMBER_COUNTS if name[-1:].isdigit() else _NUMBER_COUNTS
    return min(_WORST_ROW, cost)
