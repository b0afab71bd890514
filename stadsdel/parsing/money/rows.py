"""Layout A: the rows of a money table, read by its shape.

Belongs here: which blocks below the header are rows, labels that head a section, the header
printed again. Does not belong here: the shape (`lines`), dividing a row's text (`shape`), which
reading of a doubtful row is right (`evidence`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stadsdel.parsing import prices
from stadsdel.parsing.division import CUT, Division
from stadsdel.parsing.markup import fold
from stadsdel.parsing.money import naming
from stadsdel.parsing.money.blocks import (
    ENDS_OF_LABEL,
    FIGURES,
    LONGEST_LABEL_LINE,
    VALUES_ONLY,
    WORD,
    Block,
    ends_in_blanks,
    holds_figures,
    names_years,
    tail_of,
)
from stadsdel.parsing.money.evidence import TOTAL, settle
from stadsdel.parsing.money.header import blocks_printed_again
from stadsdel.parsing.money.shape import (
    DECIMALS,
    divisions_of,
    ends_in_cell,
    with_numbers_elsewhere,
)
from stadsdel.parsing.rows import RawMoneyRow
from stadsdel.parsing.scan import Mark

if TYPE_CHECKING:
    from stadsdel.parsing.money.shape import Shape
    from stadsdel.parsing.rows import RawMoney
    from stadsdel.parsing.scan import Scan

_ROW_SURE_WITHIN = 2.0
_SPACES_FOR_NOTHING = 0.3  # below a wrapped cell: sooner blank cells
_WORDS_OF_SENTENCE = 2
_SENTENCES = re.compile(r"[^\W\d_]{4}\. [A-ZÅÄÖ]")
_ONLY_WORDS = re.compile(r"(?!(?:Ja|Nej)$)\D*[^\W\d_]\D*", re.IGNORECASE)
_NOT_DIVIDED = "among the rows of a table, but its figures fit no columns"


def read_rows(scan: Scan, table: RawMoney, shape: Shape, blocks: list[Block]) -> int:
    """Add the rows of the blocks to the table; return the index after the last one used."""
    end = shape.header.last
    position = 0
    after_header = False
    while position < len(blocks):
        again = blocks_printed_again(blocks, position, shape.header.words)
        if again:
            if _begins_another(scan, table, shape, blocks, position, again):
                break
            position += again
            end = blocks[position - 1].last
            after_header = True
            continue
        row, used = _row_at(blocks, position, shape)
        if row is not None:
            row = _with_blanks_below(scan, blocks[position : position + used], row, shape)
        else:
            row = _row_of_blanks(scan, blocks[position], shape)
            used = 1
        if row is None and after_header and table.rows and _ends_label(blocks[position]):
            _lengthen(table.rows[-1], blocks[position])
            position += 1
            end = blocks[position - 1].last
            after_header = False
            continue
        after_header = False
        block = blocks[position]
        if row is None and _is_unlike_its_table(blocks, position, shape):
            table.unaccounted += [(index, _NOT_DIVIDED) for index in range(block.first, block.last)]
            position += 1
            continue
        if row is None:
            if not _heads_section(scan, blocks, position, shape):
                break
            row = RawMoneyRow(
                fold(block.text), (None,) * len(shape.kinds), list(range(block.first, block.last))
            )
            used = 1
        table.rows.append(row)
        position += used
        end = blocks[position - 1].last
    settle(table)
    for row in table.rows:
        _without_cuts(row)
    return end


def _begins_another(
    scan: Scan, table: RawMoney, shape: Shape, blocks: list[Block], position: int, lines: int
) -> bool:
    """Whether a header printed again begins another table: one not at the top of a page does.

    So does one below a total and above the label that this table begins with.
    """
    if not table.rows:
        return False
    header = blocks[position]
    above = blocks[position - 1].last
    if not scan.is_page_top(header.first) and Mark.SKIP not in scan.marks[above : header.first]:
        return True
    if not TOTAL.search(table.rows[-1].label):
        return False
    first, _ = _row_at(blocks, position + lines, shape)
    return first is not None and fold(first.label) == fold(table.rows[0].label)


def _ends_label(block: Block) -> bool:
    """Whether a block below a header printed again is the rest of a label that the page cut."""
    text = block.text.rstrip()
    return text[0].islower() and len(text) <= LONGEST_LABEL_LINE and not text.endswith(".")


def _lengthen(row: RawMoneyRow, rest: Block) -> None:
    """Add a block to the end of a row's label."""
    gap = "" if row.label.endswith(CUT) else " "
    row.label = f"{row.label.removesuffix(CUT)}{gap}{fold(rest.text)}"
    row.lines.extend(range(rest.first, rest.last))


def _row_at(blocks: list[Block], position: int, shape: Shape) -> tuple[RawMoneyRow | None, int]:
    """Return the row that begins at a block and how many blocks it takes; None where none does.

    Figures without a label are a row's whose label, or first cells, stand in the block above.
    """
    most = 1
    while most <= len(shape.kinds) and _begins_with_figures(blocks, position + most, shape):
        most += 1
    # Figures below a row of comments may begin the label of the next: "301 Kvarnens förskolor".
    counts = range(1, most + 1) if shape.kinds[-1] == "text" else range(most, 0, -1)
    for count in counts:
        row = _row(blocks[position : position + count], shape)
        if row is not None:
            return row, count
    return None, 0


def _begins_with_figures(blocks: list[Block], position: int, shape: Shape) -> bool:
    if position >= len(blocks):
        return False
    text = blocks[position].text
    if shape.kinds[-1] == "text":
        return FIGURES.match(text.lstrip()) is not None
    return VALUES_ONLY.fullmatch(text) is not None


def _row_of_blanks(scan: Scan, label: Block, shape: Shape) -> RawMoneyRow | None:
    """Return the row of a label above a line of as many spaces as there are columns."""
    below = _spaces_below(scan, label.last)
    if below is None:
        return None
    if len(scan.texts[below]) != len(shape.kinds) or not _may_be_label(label):
        return None
    lines = [*range(label.first, label.last), below]
    return RawMoneyRow(fold(label.text), (None,) * len(shape.kinds), lines)


def _with_blanks_below(
    scan: Scan, blocks: list[Block], row: RawMoneyRow, shape: Shape
) -> RawMoneyRow:
    """Return a row that ends in a wrapped cell with the blank cells alone on the line below it.

    Spaces may stand there for another reason, so the row as it is remains a reading.
    """
    last = blocks[-1]
    if not VALUES_ONLY.fullmatch(last.lines[-1]) or shape.kinds[-1] == "text":
        return row
    below = _spaces_below(scan, last.last)
    if below is None:
        return row
    text = scan.texts[below]
    with_blanks = _row([*blocks, Block(below, below + 1, (text,), text)], shape)
    if with_blanks is None or with_blanks.cells[-1] is not None:
        return row
    with_blanks.others += [Division(row.label, row.cells, row.cost + _SPACES_FOR_NOTHING)]
    with_blanks.others += row.others
    return with_blanks


def _spaces_below(scan: Scan, index: int) -> int | None:
    """Return the first line from `index` on that is not empty, if it is spaces alone."""
    while scan.marks[index : index + 1] == bytes([Mark.EMPTY]):
        index += 1
    return index if scan.marks[index : index + 1] == bytes([Mark.SPACE]) else None


def _row(blocks: list[Block], shape: Shape) -> RawMoneyRow | None:
    """Divide a row; None where its blocks are none."""
    if not blocks or VALUES_ONLY.fullmatch(blocks[0].text) or not WORD.search(blocks[0].text):
        return None
    is_alone = len(blocks) == 1 and shape.kinds[-1] == "money"
    if is_alone and (not tail_of(blocks[0]) or names_years(blocks[0])):
        return None
    indexes = [index for block in blocks for index in range(block.first, block.last)]
    if len(blocks) == 1 and _is_blank(blocks[0], shape):
        return RawMoneyRow(fold(blocks[0].text), (None,) * len(shape.kinds), indexes)
    divisions = tuple([d for d in divisions_of(blocks, shape) if _is_likely(d, shape)])
    if not divisions:
        return None
    best = divisions[0]
    if best.cost > _ROW_SURE_WITHIN and not _is_sure(best, shape):
        return None
    if len(blocks) == 1:
        divisions = with_numbers_elsewhere(divisions, shape.kinds)
    best, *others = divisions
    return RawMoneyRow(fold(best.name), best.cells, indexes, others, best.cost)


def _is_sure(way: Division, shape: Shape) -> bool:
    """Whether little speaks against a reading but the size and look of its figures."""
    surely = _ROW_SURE_WITHIN + prices.SHARE_BEFORE_AMOUNTS * shape.begins_with_share
    return way.cost <= surely or prices.oddity(way, DECIMALS * len(shape.kinds)) <= surely


def _is_likely(way: Division, shape: Shape) -> bool:
    """Whether a label holds no cell and no sentences, and a cell for figures more than words."""
    if ends_in_cell(way.name) or (". " in way.name and _SENTENCES.search(way.name)):
        return False
    for kind, cell in zip(shape.kinds, way.cells, strict=True):
        if cell and not cell[-1].isdigit() and kind != "text" and _ONLY_WORDS.fullmatch(cell):
            return False
    return True


def _is_blank(block: Block, shape: Shape) -> bool:
    """Whether blank cells alone follow a label, which may end in a number before all of them."""
    if not ends_in_blanks(block) or ends_in_cell(fold(block.text)):
        return False
    tail = tail_of(block)
    blanks = len(tail) - len(tail.rstrip(" ")) - 1
    if not FIGURES.search(tail):
        return True
    all_follow = blanks == len(shape.kinds) > 1 and not shape.padded
    return all_follow and ENDS_OF_LABEL.fullmatch(tail.rstrip(" ")) is not None


def _heads_section(scan: Scan, blocks: list[Block], position: int, shape: Shape) -> bool:
    """Whether a label without cells heads rows that follow in the same table."""
    block = blocks[position]
    following = position + 1 + blocks_printed_again(blocks, position + 1, shape.header.words)
    if not _may_be_label(block) or following >= len(blocks):
        return False
    if _row_of_blanks(scan, blocks[following], shape) is not None:
        return True
    return _is_row_at(blocks, following, shape)


def _may_be_label(block: Block) -> bool:
    """Whether a block is short, no sentence, and neither holds figures nor names columns."""
    if block.text.count(" ") > _WORDS_OF_SENTENCE and block.text.rstrip().endswith("."):
        return False
    if naming.known_labels(block.text) > 1 or len(block.text) > LONGEST_LABEL_LINE:
        return False
    return not holds_figures(block)


def _is_unlike_its_table(blocks: list[Block], position: int, shape: Shape) -> bool:
    """Whether a block holds figures that fit no columns, and rows of the table go on below it."""
    block = blocks[position]
    if not holds_figures(block) or naming.known_labels(block.text) > 1:
        return False
    return _is_row_at(blocks, position + 1, shape)


def _is_row_at(blocks: list[Block], position: int, shape: Shape) -> bool:
    return _row_at(blocks, position, shape)[0] is not None


def _without_cuts(row: RawMoneyRow) -> None:
    """Take the marks of words that a page cut out of a row."""
    row.label = row.label.replace(CUT, "")
    row.cells = tuple([cell.replace(CUT, "") if cell else cell for cell in row.cells])
