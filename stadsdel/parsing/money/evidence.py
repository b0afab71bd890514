"""Layout A: which reading of a doubtful row its table bears out.

A row of figures has often two readings: "Kvarnen 3 933,6" is a label and a grouped figure, or a
label that ends in a number; "12 345 678" is two cells or three. The table tells more than the row:
how large the figures of a column are, whether they are shares or have decimals, whether other
labels end in numbers, what the columns of other rows add up to, and what the rows above a total do.

Belongs here: weighing readings of one table's rows against each other. Does not belong here: which
readings a row has by itself (`shape`).
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise, product, zip_longest
from math import prod
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import prices
from stadsdel.parsing.division import AMBIGUOUS_WITHIN, Division, nearly_as_good

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stadsdel.parsing.division import Cells
    from stadsdel.parsing.rows import RawMoney, RawMoneyRow

# Columns, with the sign each has in a sum that is nothing: budget - outcome - deviation.
_Sum = tuple[tuple[int, int], ...]

TOTAL = re.compile(r"\b(?:summa|totalt?|netto)\b", re.IGNORECASE)
_PART = re.compile(r"\W*(?:varav|därav)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"([-–−+]?)[ \u00a0]?(\d[\d \u00a0\u202f]*)(?:,(\d+))?(?: ?(?:mn|m|t)?kr)?")
_NUMBERED = re.compile(r"(.*\D) \d{1,4}(?: ?%)?")
# What is counted: a number goes on with it sooner than it begins the figure beside it.
_COUNTED = re.compile(
    r"(?:\b(?:(?:[a-zåäö]*(?:enhet|avdelning|grupp|område|distrikt)|gruppbostad|etapp|hus|plan|lag|steg"
    r"|fas|del|kvartal|tertial|period|våning|team) \d{1,2}|konto \d{1,4}))$",
    re.IGNORECASE,
)
_UNLIKE_ROW = 0.8  # per decimal power from where the row's other figures are in their columns
_UNLIKE_COLUMN = 0.4  # per decimal power from the middle of the column, where there are no others
_UNLIKE_TABLE = 0.15  # per decimal power that a row is from the other rows
_MOST_UNLIKE = 3.0  # powers
_BLANK = 0.3  # rather a figure that is a little unlike the others
_FIRST_BLANK = 0.8  # in a table without others
_UNLIKE_LOOK = 0.8  # no decimals, or a share, where the column's other figures are otherwise
_FEW_ROWS = 8  # of which each weighs in the middles
_NO_SUM = 1.0  # where the figures of another reading add up
_NO_SUM_OF_TABLE = 2.0  # where they do as those of other rows
_NO_NUMBER = 0.8  # at the end of a label, where the table or the label's words ask for one
_NO_NUMBER_OF_SERIES = 1.6  # where the labels of rows below each other count on
_BY_CHANCE = 0.05  # how likely a sum may be one, to be none
_MOST_TERMS = 4
_MOST_COLUMNS_OF_LONG_SUMS = 6
_MOST_COMBINED = 64


def settle(table: RawMoney) -> None:
    """Weigh the readings of doubtful rows, and keep the likeliest and those nearly as likely."""
    if not any([row.others for row in table.rows]):
        return
    _settle_by_totals(table.rows)
    doubtful = [(row, _readings(row)) for row in table.rows if row.others]
    if not doubtful or not _settled(table.rows, doubtful):
        return
    _settled(table.rows, doubtful)  # what is known of one row now tells of the next


def _settled(
    rows: Sequence[RawMoneyRow], doubtful: Sequence[tuple[RawMoneyRow, list[Division]]]
) -> bool:
    """Weigh the readings of rows; return whether to weigh them again may tell more."""
    weigher = _Weigher(rows)
    more = False
    for row, readings in doubtful:
        best, *others = nearly_as_good(weigher.weighed(row, readings))
        more = more or bool(others) or best.name != row.label
        row.label, row.cells, row.others, row.cost = best.name, best.cells, others, best.cost
    return more


def _readings(row: RawMoneyRow) -> list[Division]:
    return [Division(row.label, row.cells, row.cost), *row.others]


class _Weigher:
    """What the rows of a table say of each other, before any doubt is settled."""

    def __init__(self, rows: Sequence[RawMoneyRow]) -> None:
        self.parts = [row for row in rows if not TOTAL.search(row.label)]
        self.columns = _columns(self.parts)
        sure = [row for row in rows if not row.others]
        self.sure = sure
        self.amounts: list[list[int | None]] | None = None  # of `sure`, when asked for
        self.blank = (
            _BLANK if any([any(row.cells) and not all(row.cells) for row in sure]) else _FIRST_BLANK
        )
        self.series = _series(rows)
        self.numbered = {stem for row in sure if (stem := _stem(row.label)) is not None}

    def weighed(self, row: RawMoneyRow, readings: list[Division]) -> list[Division]:
        """Return readings with all that speaks against each."""
        columns = self.columns
        if len(self.parts) <= _FEW_ROWS:
            columns = _columns([part for part in self.parts if part is not row])
        against = [
            way.cost
            + self._against_label(way.name)
            + self.blank * way.cells.count(None)
            + _against_cells(way.cells, columns)
            for way in readings
        ]
        likeliest, second = sorted(against)[:2]
        if second - likeliest < _NO_SUM_OF_TABLE + AMBIGUOUS_WITHIN:
            sums = self._against_sums([way.cells for way in readings])
            against = [one + other for one, other in zip(against, sums, strict=True)]
        return [
            Division(way.name, way.cells, round(cost, 3))
            for way, cost in zip(readings, against, strict=True)
        ]

    def _against_sums(self, readings: list[Cells]) -> list[float]:
        """Return what speaks against readings whose figures do not add up, where others' do."""
        asked = {n for n, cells in enumerate(zip(*readings, strict=True)) if len(set(cells)) > 1}
        sums = [_sums(_amounts(cells), asked) for cells in readings]
        of_table = [any([self._adds_up(each) for each in found]) for found, _ in sums]
        if any(of_table):
            return [0.0 if each else _NO_SUM_OF_TABLE for each in of_table]
        by_itself = [bool(found) and not by_chance for found, by_chance in sums]
        return [0.0 if each or not any(by_itself) else _NO_SUM for each in by_itself]

    def _adds_up(self, terms: _Sum) -> bool:
        """Whether these columns of another row, not all of them blank, add up to nothing too."""
        if self.amounts is None:
            self.amounts = [_amounts(row.cells) for row in self.sure]
        for amounts in self.amounts:
            found = [sign * (amounts[column] or 0) for column, sign in terms]
            if len(found) - found.count(0) > 1 and abs(sum(found)) <= (len(found) > 2):
                return True
        return False

    def _against_label(self, label: str) -> float:
        """Return what speaks against a label that ends in a number, or for it if less than 0."""
        numbered = _NUMBERED.fullmatch(label)
        if numbered is None:
            return 0.0
        if numbered[1].casefold() in self.series:
            return -_NO_NUMBER_OF_SERIES
        return -_NO_NUMBER if _stem(label) in self.numbered or _COUNTED.search(label) else 0.0


def _series(rows: Sequence[RawMoneyRow]) -> set[str]:
    """Return the labels, without their numbers, that count on from row to row: 1, 2, 3."""
    numbers: dict[str, list[int]] = {}
    for row in rows:
        for way in _readings(row):
            numbered = _NUMBERED.fullmatch(way.name)
            if numbered is not None:
                number = int(way.name.split()[-1].rstrip("%") or 0)
                numbers.setdefault(numbered[1].casefold(), []).append(number)
    return {
        label
        for label, found in numbers.items()
        if len(found) > 1 and all([after - before == 1 for before, after in pairwise(found)])
    }


class _Column(NamedTuple):
    """The decimal magnitude in the middle of a column's figures, and what they look like."""

    middle: float
    looks: frozenset[str]


def _columns(rows: Sequence[RawMoneyRow]) -> list[_Column | None]:
    """Return what the columns of rows look like; None for one without figures."""
    columns: list[_Column | None] = []
    for cells in zip(*[row.cells for row in rows], strict=True):
        figures = [cell for cell in cells if cell and prices.size(cell) is not None]
        if not figures:
            columns.append(None)
            continue
        looks = frozenset(map(_look, figures)) if len(figures) > 1 else frozenset()
        columns.append(_Column(median([prices.size(cell) or 0.0 for cell in figures]), looks))
    return columns


def _against_cells(cells: Cells, columns: Sequence[_Column | None]) -> float:
    """Return how unlike its columns' a row's figures are: in size and look.

    A row may be of ten times as much as the others, but is so in all its columns.
    """
    against = 0.0
    offsets: list[float] = []
    for cell, column in zip_longest(cells, columns):
        size = prices.size(cell) if cell else None
        if cell and size is not None and (column or not columns):
            if not cell.endswith("%"):
                offsets.append(size - (column.middle if column else 0.0))
            if column and column.looks and _look(cell) not in column.looks:
                against += _UNLIKE_LOOK
    if len(offsets) == 1 and columns:
        return against + _UNLIKE_COLUMN * min(_MOST_UNLIKE, abs(offsets[0]))
    if offsets:
        middle = median(offsets)
        apart = sum([abs(offset - middle) for offset in offsets])
        against += _UNLIKE_ROW * min(_MOST_UNLIKE, apart)
        against += _UNLIKE_TABLE * min(_MOST_UNLIKE, abs(middle)) if columns else 0.0
    return against


def _look(cell: str) -> str:
    return "%" if cell.endswith("%") else "," if "," in cell else ""


def _stem(label: str) -> str | None:
    """Return the first word of a label that ends in a number and not in a year."""
    numbered = _NUMBERED.fullmatch(label)
    if numbered is None or prices.YEAR.fullmatch(label[-4:]):
        return None
    return numbered[1].split(" ")[0].casefold()


# --- sums ---------------------------------------------------------------------------------------


def _amounts(cells: Cells) -> list[int | None]:
    """Return cells as whole numbers of their row's smallest decimal place; None for no amount."""
    found = [_AMOUNT.fullmatch(cell) if cell else None for cell in cells]
    places = max([len(match[3] or "") for match in found if match], default=0)
    amounts: list[int | None] = []
    for match in found:
        if match is None:
            amounts.append(None)
            continue
        digits = re.sub(r"\D", "", match[2]) + (match[3] or "").ljust(places, "0")
        amounts.append(-int(digits) if match[1] in ("-", "–", "−") and match[1] else int(digits))
    return amounts


def _sums(amounts: list[int | None], asked: set[int]) -> tuple[list[_Sum], bool]:
    """Return the ways in which two to four figures add up to nothing, with rounding.

    One of them is of the columns `asked`. The second value tells whether it may be by chance.
    """
    filled = [(column, amount) for column, amount in enumerate(amounts) if amount]
    most = _MOST_TERMS if len(filled) <= _MOST_COLUMNS_OF_LONG_SUMS else 3
    found: list[_Sum] = []
    tried = 0
    for terms in range(2, most + 1):
        rounding = int(terms > 2)
        for (first, amount), *rest in combinations(filled, terms):
            if first not in asked and all([column not in asked for column, _ in rest]):
                continue
            for signs in product((1, -1), repeat=terms - 1):
                tried += 2 * rounding + 1
                total = sum([s * a for s, (_, a) in zip(signs, rest, strict=True)], amount)
                if abs(total) <= rounding:
                    others = [(column, s) for s, (column, _) in zip(signs, rest, strict=True)]
                    found.append(((first, 1), *others))
    largest = max([abs(amount) for _, amount in filled], default=0)
    return found, tried >= _BY_CHANCE * largest


def _settle_by_totals(rows: Sequence[RawMoneyRow]) -> None:
    """Settle rows by the totals below them, where one way to read them all adds up to those."""
    for above, total in _totalled(rows):
        doubtful = [row for row in (*above, total) if row.others]
        readings = [_readings(row) for row in doubtful]
        ways = prod(map(len, readings))
        if not doubtful or ways > _MOST_COMBINED:
            continue
        sure = [row.cells for row in above if not row.others]
        columns = [
            column
            for column in range(len(total.cells))
            if any([len({way.cells[column] for way in each}) > 1 for each in readings])
        ]
        fitting = []
        for chosen in product(*readings):
            *parts, last = [way.cells for way in chosen]
            if not total.others:
                parts, last = [*parts, last], total.cells
            if _adds_up([*sure, *parts], last, columns, ways):
                fitting.append(chosen)
        if len(fitting) == 1:
            for row, way in zip(doubtful, fitting[0], strict=True):
                row.label, row.cells, row.others, row.cost = way.name, way.cells, [], way.cost


def _totalled(
    rows: Sequence[RawMoneyRow],
) -> Iterator[tuple[list[RawMoneyRow], RawMoneyRow]]:
    """Yield each total with the rows it may add up: those since the total or section above."""
    above: list[RawMoneyRow] = []
    for row in rows:
        if TOTAL.search(row.label):
            if above:
                yield above, row
            above = []
        elif not any(row.cells):
            above = []
        elif not _PART.match(row.label):
            above.append(row)


def _adds_up(rows: Sequence[Cells], total: Cells, columns: Iterable[int], ways: int) -> bool:
    """Whether the figures of rows add up to the total's, as far as rounding allows.

    One of so many `ways` to read them may do so by chance, where the total is a small number.
    """
    most_of_whole = 0.0
    for column in columns:
        whole, *parts = _amounts((total[column], *[row[column] for row in rows]))
        if not whole:
            continue
        if abs(whole - sum([part or 0 for part in parts])) > len(rows) / 2:
            return False
        most_of_whole = max(most_of_whole, abs(whole))
    return ways * len(rows) < _BY_CHANCE * most_of_whole
