"""Layout A: money tables, found from their rows up and read with the header they stand under.

A money table has no mark of its own and its header may be any words, but its rows are unlike
prose: a short label and figures, with empty lines round them (report-layouts.md A11). Columns are
padded or not: where they are, every filled cell is followed by one space more.

Belongs here: the extent of a table, its header's lines, its rows. Does not belong here: naming
columns (`money`), dividing a row's text (`cells`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import cells, goals, money, prices
from stadsdel.parsing.division import CUT, WORST_ACCEPTED, Division, nearly_as_good
from stadsdel.parsing.markup import fold, squash
from stadsdel.parsing.rows import RawMoney, RawMoneyRow
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stadsdel.parsing.division import Cells, Kinds
    from stadsdel.parsing.scan import Scan

_FIGURE = rf"{MONEY}(?![\w,.%])"
_FULL_FIGURE = re.compile(MONEY)
_PROSE_ENDS = frozenset({". ", ", ", ": ", ") "})
_ROW_ENDS = frozenset("0123456789%")
_SPACES_OF_BLANKS = 2  # more of them before a figure are blank cells
_VALUES_ONLY = re.compile(rf" *(?:{_FIGURE}| )+")
_PADDED = re.compile(rf"({_FIGURE})  ")
_FIGURES = re.compile(_FIGURE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = re.compile(r"(?<!\S)[A-ZÅÄÖ\d]")
_YEARS = re.compile(r"20\d\d")
_DECIMAL = re.compile(r"(?<![\w.])-?\d+,\d(?!\w)")
_TOTAL = re.compile(r"\b(?:summa|totalt?|netto)\b", re.IGNORECASE)
_GROUP = re.compile(r"\d{3}(?:,\d+)?%?")
_GROUP_FIRST = re.compile(r"[-–−+]?\d{1,3}")
_WORDS_OF_CELLS = frozenset({"Ja", "Nej", "JA", "NEJ"})
_SPACE_IN_FIGURE = "\u00a0"  # a group's space that is no cell's end
_NAMELESS = "Rad "  # stands for a label that is not among the blocks sampled
_MONEY: Kinds = ("money",)
_DECIMALS: Kinds = ("decimal",)
_TEXT: Kinds = ("text",)
_ROWS_SAMPLED = 6
_FIGURES_THAT_TELL = 3
_BLOCKS_SAMPLED = 24
_UNLIKE_COLUMN = 0.4  # per decimal power from the middle of the column
_WORST_ROW = 6.0
_WORST_SHAPE = 2.0
_LONGEST_ROW = 150
_LONGEST_ABBREVIATED = 24
_LONGEST_LABEL_LINE = 60
_LINES_OF_LABEL = 8
_LINES_OF_HEADER = 24
_MOST_COLUMNS = 12
_GOOD_PER_COLUMN = 0.2  # how good a header must be on average to be one
_ROW_SURE_WITHIN = 2.0


def may_be_row(text: str) -> bool:
    """Whether a line may be a row of figures: cheap, called for every line of running text."""
    if text[-2:] in _PROSE_ENDS or text[-2:-1].isalpha() or len(text) > _LONGEST_ROW:
        return False
    figures = text.rstrip(" ")
    if figures[-1:] not in _ROW_ENDS:
        return False
    last, before = _last_figure(figures)
    if not _FULL_FIGURE.fullmatch(last):
        return False
    rest = before.rstrip(" ")
    if len(text) - len(figures) > 1 or len(before) - len(rest) > _SPACES_OF_BLANKS:
        return True  # beside blank cells
    if not rest:
        return bool(before)
    return _FULL_FIGURE.fullmatch(_last_figure(rest)[0]) is not None


def _last_figure(text: str) -> tuple[str, str]:
    """Return the last word, with the figure before a lone per cent sign, and what is before."""
    start = text.rfind(" ") + 1
    if text[start:] == "%":
        start = text.rfind(" ", 0, start - 1) + 1
    return text[start:], text[:start]


class _Block(NamedTuple):
    """Lines [first, last) with no empty line between them and no page's top inside."""

    first: int
    last: int
    lines: tuple[str, ...]
    text: str


def read_table(scan: Scan, seed: int, floor: int) -> tuple[RawMoney | None, int]:
    """Read the money table that line `seed` may be a row of; lines before `floor` are taken.

    Returns None where it is none, with the index of the first line after what was looked at.
    """
    top = _block_start(scan, seed, floor)
    rows = _sample(islice(_blocks(scan, top), _BLOCKS_SAMPLED))
    shape = _shape(scan, rows, top, floor) if rows else None
    if shape is None:
        return None, seed + 1
    header = shape.header
    table = RawMoney(header.first, header.stub, header.columns)
    blocks = list(_blocks(scan, header.last, wide=shape.kinds[-1] == "text"))
    end = _read_rows(scan, table, shape, blocks)
    if not table.rows:
        return None, seed + 1
    _settle(table)
    for row in table.rows:
        _without_cuts(row)
    return table, end


# --- blocks -------------------------------------------------------------------------------------


def _block_start(scan: Scan, seed: int, floor: int) -> int:
    """Return the first line of the row that `seed` belongs to: its label may be a block above."""
    first = seed
    while first > floor and _joins(scan, first):
        first -= 1
    text = scan.texts[first]
    # cells alone, or the cells of a row that ends in a comment: no label begins with a decimal
    if (first == seed and _VALUES_ONLY.fullmatch(text)) or _DECIMAL.match(text.lstrip()):
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


def _blocks(scan: Scan, first: int, *, wide: bool = False) -> Iterator[_Block]:
    """Yield the blocks from line `first` on, up to what cannot belong to a money table.

    `wide` rows end in a comment, and are as long as prose.
    """
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
        text = "".join(lines)
        if scan.texts[index][0] == " " and _VALUES_ONLY.fullmatch(text):
            lines = tuple(scan.texts[index:last])  # leading blank cells
            text = "".join(lines)
        block = _Block(index, last, lines, text)
        if _is_prose(block) and not (wide and _DECIMAL.search(text)):
            break
        yield block
        index = last


def _is_prose(block: _Block) -> bool:
    text = block.text.rstrip()
    if max(map(len, block.lines)) > _LONGEST_LABEL_LINE:
        if may_be_row(block.lines[-1]):
            return False
        return not _is_mostly_names(text) or money.known_labels(text) < 2
    return len(block.lines) > _LINES_OF_LABEL or (
        text.endswith((".", ":", ";")) and len(text) > _LONGEST_LABEL_LINE
    )


def _is_mostly_names(text: str) -> bool:
    """Whether half of the words begin with a capital or a digit, as in a header."""
    return len(_NAMES.findall(text)) * 2 >= len(text.split())


# --- the shape of a table -----------------------------------------------------------------------


class _Shape(NamedTuple):
    """A table's header, what its cells look like, and whether they are padded."""

    header: _Header
    kinds: Kinds
    padded: bool

    @property
    def quality(self) -> float:
        """How well the header names its columns, on average."""
        return self.header.score / (len(self.kinds) + 1)


def _shape(scan: Scan, rows: list[_Block], top: int, floor: int) -> _Shape | None:
    """Return the shape in which header and sampled rows agree best, or None where none is good.

    The number of columns is what rows may hold and the header can name.
    """
    counts = {padded: _possible_counts(rows, padded) for padded in _paddings(rows)}
    wanted = sorted(set().union(*counts.values()))
    headers = _headers(scan, top, floor, wanted) if wanted else {}
    shapes = [
        _Shape(headers[count], _kinds(headers[count].columns), padded)
        for padded, possible in counts.items()
        for count in possible
        if count in headers and _kinds(headers[count].columns) != _TEXT
    ]
    best: tuple[float, _Shape] | None = None
    for shape in sorted(shapes, key=lambda shape: -shape.quality):
        if best is not None and -shape.quality >= best[0]:
            break  # even rows that fit perfectly would not make it better
        most = (best[0] + shape.quality) * len(rows) if best else math.inf
        against = 0.0
        for block in rows:
            against += _against(block, shape, most - against)
            if against >= most:
                break
        else:
            best = (against / len(rows) - shape.quality, shape)
    return best[1] if best and best[0] < _WORST_SHAPE else None


def _paddings(rows: list[_Block]) -> tuple[bool, ...]:
    """Return whether the rows may be padded: surely, where a space more ends all their figures."""
    tails = [_tail(row) for row in rows]
    if not any(["  " in tail for tail in tails]):
        return (False,)
    padded = [
        tail.startswith("  ", figure.end()) for tail in tails for figure in _FIGURES.finditer(tail)
    ]
    if len(padded) > _FIGURES_THAT_TELL and all(padded):
        return (True,)
    return (False, True) if any(padded) else (False,)


def _kinds(columns: tuple[str, ...]) -> Kinds:
    comment = columns[-1].casefold().startswith(("kommentar", "anmärkning"))
    return _MONEY * (len(columns) - comment) + _TEXT * comment


def _sample(blocks: Iterable[_Block]) -> list[_Block]:
    """Return the first blocks that hold figures, up to what may be another table's header."""
    rows: list[_Block] = []
    for block in blocks:
        line = block.lines[-1]
        if may_be_row(line):
            rows.append(block)
            if len(rows) == _ROWS_SAMPLED:
                break
        elif rows and money.known_labels(block.text) > 1:
            break
    return rows


def _possible_counts(rows: list[_Block], padded: bool) -> list[int]:
    """Return the numbers of cells that most sampled rows may hold."""
    held: Counter[int] = Counter()
    for block in rows:
        least, most = _count_range(_tail(block), padded=padded)
        held.update(range(least, min(most, _MOST_COLUMNS) + 1))
    return sorted([number for number, times in held.items() if times * 2 > len(rows)])


def _against(block: _Block, shape: _Shape, most: float) -> float:
    """Return what speaks against a block being a row of this shape; beyond `most`, any more."""
    if shape.kinds[-1] == "money":
        fewest, tokens = _count_range(_tail(block), padded=shape.padded)
        if not fewest <= len(shape.kinds) <= tokens:
            return _WORST_ROW
    divisions = _divisions([block], shape, min(most, WORST_ACCEPTED))
    return min(_WORST_ROW, divisions[0].cost) if divisions else _WORST_ROW


def _divisions(
    blocks: list[_Block], shape: _Shape, worst: float = WORST_ACCEPTED
) -> tuple[Division, ...]:
    lines = [block.lines for block in blocks]
    if shape.padded:
        lines = [tuple([_unpadded(line) for line in block]) for block in lines]
    if _VALUES_ONLY.fullmatch(blocks[0].text):
        lines.insert(0, (_NAMELESS,))
    if shape.kinds[-1] == "text":
        return _with_comment(lines, shape.kinds)
    kinds = shape.kinds
    if any([_DECIMAL.search(line) for line in lines[-1]]):
        kinds = _DECIMALS * len(kinds)
    divisions = cells.divide(tuple(lines), kinds, worst)
    return tuple([_with_spaces(way) for way in divisions]) if shape.padded else divisions


def _with_comment(lines: list[tuple[str, ...]], kinds: Kinds) -> tuple[Division, ...]:
    """Divide a row whose last cell is free text: label, figures, words of any length."""
    text = "".join(["".join(block) for block in lines])
    figures = " ".join([f"({_FIGURE})?"] * (len(kinds) - 1))
    match = re.fullmatch(rf"(\S.*?) {figures} (\S.*?)? *", text)
    if match is None:
        return ()
    name, *found = match.groups()
    values = tuple([fold(cell) if cell else None for cell in found])
    comment = values[-1]
    if comment and not comment[0].isupper():
        return ()  # a sentence with a figure in it
    return (Division(fold(name or ""), values, 0.0),)


def _tail(block: _Block) -> str:
    """Return the cells at the end of a block's last line, without the label before them."""
    return _after_words(block.lines[-1])


@lru_cache(maxsize=64)
def _after_words(line: str) -> str:
    """Return what stands after the last word of a line."""
    position = 0
    for match in _WORD.finditer(line):
        if match[0] not in _WORDS_OF_CELLS:
            position = match.end()
    space = line.find(" ", position)
    return "" if space < 0 else line[space + 1 :] if position else line


@lru_cache(maxsize=64)
def _count_range(tail: str, *, padded: bool) -> tuple[int, int]:
    """Return the least and most cells a row's tail may hold: groups of digits may be one number.

    A figure at the end of the label may be taken for a cell, so the least is one lower.
    """
    tokens = (_unpadded(tail) if padded else tail).split(" ")
    if tokens[-1] == "":
        tokens.pop()
    least = 0
    joins = False
    for token in tokens:
        if token == "%":  # of the figure before it
            continue
        if joins and _GROUP.fullmatch(token):
            joins = token.isdigit()
            continue
        least += 1
        joins = _GROUP_FIRST.fullmatch(token) is not None
    return max(1, least - 1), len(tokens)


def _unpadded(text: str) -> str:
    """Take one space from after each filled cell of a padded table.

    The spaces within its figures then part no cells; but those of the first may stand between a
    number that ends the label and the first cell.
    """
    first = _PADDED.search(text)
    if first is None:
        return text
    rest = _PADDED.sub(
        lambda cell: f"{cell[1].replace(' ', _SPACE_IN_FIGURE)} ", text[first.end() :]
    )
    return f"{text[: first.end() - 1]}{rest}"


def _with_spaces(way: Division) -> Division:
    """Return a division with the spaces within figures as printed."""
    figures = [cell.replace(_SPACE_IN_FIGURE, " ") if cell else cell for cell in way.cells]
    return Division(way.name.replace(_SPACE_IN_FIGURE, " "), tuple(figures), way.cost)


# --- the header ---------------------------------------------------------------------------------


class _Header(NamedTuple):
    """A header's lines [first, last) and what they name."""

    first: int
    last: int
    score: float
    stub: str
    columns: tuple[str, ...]
    words: str


def _headers(scan: Scan, row: int, floor: int, counts: list[int]) -> dict[int, _Header]:
    """Return the headers above line `row` with these numbers of columns, those there are.

    Each is as few lines as name a label column and all columns. Lines are taken from the row
    upwards, over empty lines and page furniture.
    """
    best: dict[int, _Header] = {}
    taken = money.HeaderLines(max(counts))
    last = row
    index = row - 1
    lines = 0
    while index >= floor and lines < _LINES_OF_HEADER:
        mark = scan.marks[index]
        if mark in (Mark.EMPTY, Mark.SKIP, Mark.SPACE):
            index -= 1
            continue
        text = scan.texts[index]
        if mark != Mark.TEXT or len(text) > _LONGEST_ROW or _ends_sentence(scan, index):
            break
        of_figures = _DECIMAL.search(text) is not None and money.known_labels(text) < 2
        if of_figures or _blanks_at_end(text) in counts:
            if best:
                break
            # A row above: the header stands higher up.
            taken, lines = money.HeaderLines(max(counts)), 0
            index = last = _block_start(scan, index, floor)
            index -= 1
            continue
        if may_be_row(text) and money.known_labels(text) < 2 and not _YEARS.search(text):
            break
        taken.add(text.lstrip() if scan.is_page_top(index) else text)
        lines += 1
        for count in counts:
            found = taken.columns(count)
            if found is None:
                continue
            score, stub, columns = found
            good = score >= _GOOD_PER_COLUMN * count and not stub[0].islower()
            if good and (count not in best or score > best[count].score + 0.01):
                best[count] = _Header(index, last, score, stub, columns, squash(taken.text))
        index -= 1
    return best


def _blanks_at_end(text: str) -> int:
    """Return how many blank cells end a line, if more than one: a header's cells are filled."""
    blanks = len(text) - len(text.rstrip(" ")) - 1
    return blanks if blanks > 1 else 0


def _ends_sentence(scan: Scan, index: int) -> bool:
    """Whether a line ends a sentence, and not an abbreviation in a header's narrow cell."""
    text = scan.texts[index].strip()
    if not text.endswith((".", ":")) or text.rfind("(") > text.rfind(")"):
        return False
    return len(text) > _LONGEST_ABBREVIATED or len(scan.texts[index - 1]) > _LONGEST_LABEL_LINE


# --- rows ---------------------------------------------------------------------------------------


def _read_rows(scan: Scan, table: RawMoney, shape: _Shape, blocks: list[_Block]) -> int:
    """Add the rows of the blocks to the table; return the index after the last one used."""
    end = shape.header.last
    position = 0
    after_header = False
    while position < len(blocks):
        again = _repeated(blocks, position, shape.header.words)
        if again:
            if _begins_another(scan, table, shape, blocks, position, again):
                break
            position += again
            end = blocks[position - 1].last
            after_header = True
            continue
        row, used = _row_at(blocks, position, shape)
        if row is None and after_header and table.rows and _ends_label(blocks[position]):
            _lengthen(table.rows[-1], blocks[position])
            position += 1
            end = blocks[position - 1].last
            after_header = False
            continue
        after_header = False
        if row is None:
            if not _heads_section(blocks, position, shape):
                break
            block = blocks[position]
            row = RawMoneyRow(
                fold(block.text), (None,) * len(shape.kinds), list(range(block.first, block.last))
            )
            used = 1
        table.rows.append(row)
        position += used
        end = blocks[position - 1].last
    return end


def _begins_another(
    scan: Scan, table: RawMoney, shape: _Shape, blocks: list[_Block], position: int, lines: int
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
    if not _TOTAL.search(table.rows[-1].label):
        return False
    first, _ = _row_at(blocks, position + lines, shape)
    return first is not None and fold(first.label) == fold(table.rows[0].label)


def _ends_label(block: _Block) -> bool:
    """Whether a block below a header printed again is the rest of a label that the page cut."""
    text = block.text.rstrip()
    return text[0].islower() and len(text) <= _LONGEST_LABEL_LINE and not text.endswith(".")


def _lengthen(row: RawMoneyRow, rest: _Block) -> None:
    """Add a block to the end of a row's label."""
    gap = "" if row.label.endswith(CUT) else " "
    row.label = f"{row.label.removesuffix(CUT)}{gap}{fold(rest.text)}"
    row.lines.extend(range(rest.first, rest.last))


def _without_cuts(row: RawMoneyRow) -> None:
    """Take the marks of words that a page cut out of a row."""
    row.label = row.label.replace(CUT, "")
    row.cells = tuple([cell.replace(CUT, "") if cell else cell for cell in row.cells])


def _row_at(blocks: list[_Block], position: int, shape: _Shape) -> tuple[RawMoneyRow | None, int]:
    """Return the row that begins at a block and how many blocks it takes; None where none does."""
    row = _row(blocks[position : position + 1], shape)
    if row is not None:
        return row, 1
    following = blocks[position + 1 : position + 2]
    if following and _begins_with_figures(following[0], shape):
        return _row(blocks[position : position + 2], shape), 2
    return None, 0


def _begins_with_figures(block: _Block, shape: _Shape) -> bool:
    if shape.kinds[-1] == "text":
        return _FIGURES.match(block.text.lstrip()) is not None
    return _VALUES_ONLY.fullmatch(block.text) is not None


def _row(blocks: list[_Block], shape: _Shape) -> RawMoneyRow | None:
    """Divide a row; None where its blocks are none."""
    if not blocks or not _WORD.search(blocks[0].text):
        return None
    if len(blocks) == 1 and shape.kinds[-1] == "money":
        line = blocks[0].lines[-1]
        if not may_be_row(line) and not _all_blank(blocks[0]):
            return None
    indexes = [index for block in blocks for index in range(block.first, block.last)]
    if len(blocks) == 1 and _all_blank(blocks[0]) and not _FIGURES.search(_tail(blocks[0])):
        return RawMoneyRow(fold(blocks[0].text), (None,) * len(shape.kinds), indexes)
    divisions = _divisions(blocks, shape)
    if not divisions:
        return None
    best = divisions[0]
    if best.cost > _ROW_SURE_WITHIN < prices.oddity(best, _DECIMALS * len(shape.kinds)):
        return None
    return RawMoneyRow(fold(best.name), best.cells, indexes, list(divisions[1:]), best.cost)


def _settle(table: RawMoney) -> None:
    """Weigh the readings of doubtful rows against the sizes of the figures in their columns."""
    if not any([row.others for row in table.rows]):
        return
    sizes: list[list[float]] = [[] for _ in table.columns]
    for row in table.rows:
        if not row.others and not _TOTAL.search(row.label):
            for column, cell in enumerate(row.cells):
                size = prices.size(cell) if cell else None
                if size is not None:
                    sizes[column].append(size)
    middles = [median(column) if column else None for column in sizes]
    for row in table.rows:
        if not row.others or _TOTAL.search(row.label):
            continue
        readings = [Division(row.label, row.cells, row.cost), *row.others]
        weighed = sorted(
            [
                Division(d.name, d.cells, d.cost + _unlike_columns(d.cells, middles))
                for d in readings
            ],
            key=lambda division: division.cost,
        )
        best, *others = nearly_as_good(weighed)
        row.label, row.cells, row.others = best.name, best.cells, others


def _unlike_columns(row: Cells, middles: list[float | None]) -> float:
    unlike = 0.0
    for cell, middle in zip(row, middles, strict=True):
        size = prices.size(cell) if cell else None
        if size is not None and middle is not None:
            unlike += _UNLIKE_COLUMN * min(3.0, abs(size - middle))
    return unlike


def _all_blank(block: _Block) -> bool:
    """Whether a label is followed by blank cells alone."""
    return len(block.lines[-1]) - len(block.lines[-1].rstrip(" ")) > 1


def _heads_section(blocks: list[_Block], position: int, shape: _Shape) -> bool:
    """Whether a label without cells heads rows that follow in the same table."""
    block = blocks[position]
    if money.known_labels(block.text) > 1 or len(block.text) > _LONGEST_LABEL_LINE:
        return False
    row, _ = _row_at(blocks, position + 1, shape)
    return row is not None


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
