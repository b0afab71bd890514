"""Layout A: what speaks against a cell, a name and a row of cells.

Columns are typed, so every candidate cell has a price: nothing where it is just what its column
prints, more the odder it is. The unit is a clear but not decisive oddity.

Belongs here: prices. Does not belong here: which divisions there are (`strict`, `search`,
`continuation`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.division import CUT

if TYPE_CHECKING:
    from stadsdel.parsing.division import Cells, Division, Kinds
    from stadsdel.parsing.headers import CellKind
    from stadsdel.parsing.row_text import RowText

MONEY = frozenset({"money", "decimal"})
FIGURES = frozenset({"value", "target", "money", "decimal"})
PATTERNS: dict[CellKind, str] = {
    "value": words.VALUE,
    "target": words.TARGET,
    "period": words.PERIOD,
    "date": words.DATE,
    "text": r"\S.*?",
    "money": words.MONEY,
    "decimal": words.MONEY,
}

CUT_CELL = 1.5  # a phrase that a page break cut
NO_PERIOD = 1.0  # the period is blank nearly never
_ODD_VALUE = 1.5  # a number with words that are no known unit
_WORDS_AS_TARGET = 2.5
_WORDS_AS_VALUE = 4.0
SENTENCE_AS_VALUE = 5.0  # words and digits together
_TEXT_AS_PERIOD = 6.0
_TEXT_AS_DATE = 9.0
_ANY_TEXT = 0.1
_DATE_AS_TEXT = 3.0  # a date belongs in a column of dates
_NEVER = 99.0
_NUMBER_GROUPED = 0.2  # per gap in "9 000": rarer than two cells, but far from odd
_NO_CELLS = 4.0  # a row of blanks is no row
_PHRASE_SPLIT = 3.0  # "Tertial" | "1"
_UNITS_DIFFER = 0.15  # units come and go in a row (domain.md), yet mostly stay
_SIZES_DIFFER = 0.25  # per decimal power from the middle: the figures of a row are of one kind
_MOST_SIZES_DIFFER = 4.0  # powers
_DECIMALS_DIFFER = 0.2  # a money table prints the same decimals throughout
_DECIMALS_LACK = 0.25  # a whole number in a row of a money table that has decimals
SHARE_BEFORE_AMOUNTS = 1.5  # a share alone before amounts: the end of a label ("Peng 80 %")
_NUMBER_SPLIT = 1.0  # "8" | "199,28": a number with decimals, cut in two
_UNIT_LACKS = 0.05  # a figure without the unit that others of its row print
_YEAR_AFTER_TARGET = 0.9  # "Tas fram av nämnd 2024": mostly the year is the period beside it
_YEAR_AS_VALUE = 0.3  # 2022 is a period sooner than an outcome
_NAME_ENDS_IN_UNIT = 2.0
_NAME_ENDS_IN_NUMBER = 0.4
_NAME_ENDS_IN_NUMBERS = 1.5  # for each more
_LABEL_ENDS_IN_SHARE = 0.8  # "Peng 80 %": in a money table a label may say how much of it
_LABEL_ENDS_IN_NUMBER = 0.6  # more in a money table, whose labels seldom do
_NAME_ENDS_IN_DATE = 2.0  # before columns of dates
_NAME_WITHOUT_LETTERS = 9.0
_NAME_HAS_GAP = 0.8
_NAME_IN_ITS_BLOCK = 0.15  # a name that fills its block may end as it likes
_NAME_PAST_ITS_BLOCK = 2.5
_NAME_SHORT_OF_ITS_BLOCK = 1.2
_NAME_ALONE_ON_ITS_LINE = 0.4

NUMBER = re.compile(words.NUMBER)
GROUP_GAPS = re.compile(r" (?<=[0-9] )(?=[0-9]{3}(?![0-9]))")
_GROUPS_FIRST = re.compile(r"[-–−+]?\u00a0?[1-9][0-9]{0,2}")
_WHOLE = re.compile(r"[-–−+]?\u00a0?[1-9][0-9]*")
_GROUPS_LAST = re.compile(r"[0-9]{3},[0-9]")
YEAR = re.compile(r"20[0-4][0-9]")
_FULL = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}
_NUMBER_FIRST = re.compile(words.NUMBER + r"(?= |$)")
_DATE_FIRST = re.compile(rf"{words.DATE}(?: |$)")
_DELEGATED_FOR_YEAR = re.compile(rf"{words.DELEGATED} 20[0-9][0-9]")
_TARGET_PHRASE = rf"(?:{words.DELEGATED}|{words.TO_BE_DECIDED}|{words.DIRECTION})"
_THEN_CELL = re.compile(rf"(?:{words.UNIT} )?(?:{_TARGET_PHRASE}|{words.PERIOD})")
_PHRASE_THEN_PERIOD = re.compile(rf"{_TARGET_PHRASE} {words.PERIOD}")
_UNIT_AT_END = re.compile(rf"({words.UNIT})$")
_HALF_A_CELL = re.compile(r"[Mm]ax|[Mm]in(?:st)?|[Hh]ögst|\+/-|[-–<>≤≥]|Tertial|VB|VP")
# A target's words at the end of a name, where they begin with a capital as a cell does.
_NAME_ENDS_IN_PHRASE = re.compile(
    rf" (?=[FT])(?:Fastställs|{words.TO_BE_DECIDED}|{words.DELEGATED})$"
)
_WORDS_OF_TARGET = 8  # the longest phrase, and the word before it
_NAME_ENDS_IN_DIRECTION = re.compile(rf" {words.DIRECTION}$")
_DASH = re.compile(r"[-–−]")
_RANGE = re.compile(rf"({words.PLAIN_NUMBER})(?: ?%)? ?[-–−] ?({words.PLAIN_NUMBER})(?![0-9.,])")
_ZEROS_FIRST = re.compile(r"0[0-9]")
_DIGIT = re.compile("[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_TOLERANCE = re.compile(r"\+ ?/|±")  # of a size of its own
_NOT_OF_NUMBER = re.compile(r"[^0-9.,]")


def _beginnings(phrase: str, least: int = 3) -> str:
    """Return a pattern of every beginning of `phrase` of at least so many letters."""
    pattern = ""
    for character in reversed(phrase[least:]):
        pattern = f"(?:{re.escape(character)}{pattern})?"
    return f"[{phrase[0].upper()}{phrase[0].lower()}]{re.escape(phrase[1:least])}{pattern}"


# What a page break leaves of a target's phrase.
_CUT_TARGET = re.compile(
    "|".join(
        [
            _beginnings("tas fram av nämnd/styrelse"),
            _beginnings("fastställs"),
            _beginnings("minskning"),
            _beginnings("ökning"),
            r"Max(?: \d+)?|Min(?:st)?(?: \d+)?|\+/-",
        ]
    )
)
_LONG_UNITS = "|".join(
    [_beginnings(unit, 1) for unit in ("kg CO2 per kg livsmedel", "personer", "barn/avd.")]
)
_CUT_VALUE = re.compile(rf"(?:{words.BOUND_WORD} )?{words.NUMBER} (?:{_LONG_UNITS})")
_CUT_PERIOD = re.compile(r"Tertial \d|V[BP]|Tert\w*")


# --- a cell -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def cell_cost(kind: CellKind, text: str) -> float:
    """Return what speaks against `text` being one cell of this kind."""
    if CUT in text:
        return max(CUT_CELL, cell_cost(kind, text.replace(CUT, "")))
    if kind == "text":
        return _DATE_AS_TEXT if _DATE_FIRST.match(text) else _ANY_TEXT
    if _FULL[kind].fullmatch(text):
        if kind == "date" or kind == "period":
            return 0.0
        if _ZEROS_FIRST.match(text):
            return _WORDS_AS_VALUE  # "000 st": the rest of a number
        if YEAR.fullmatch(text):
            return _YEAR_AS_VALUE
        if _DASH.search(text, 1) and _descends(text):
            return _ODD_VALUE
        if kind == "value" and _TOLERANCE.match(text):
            return _ODD_VALUE  # a tolerance is a target, no outcome
        cost = _NUMBER_GROUPED * len(GROUP_GAPS.findall(text)) if " " in text else 0.0
        if kind == "decimal" and "," not in text and text.isdigit() and text != "0":
            cost += _DECIMALS_LACK
        return cost
    if kind == "date":
        return _TEXT_AS_DATE
    if kind == "period":
        return CUT_CELL if _CUT_PERIOD.fullmatch(text) else _TEXT_AS_PERIOD
    if kind == "target" and _DELEGATED_FOR_YEAR.fullmatch(text):
        return _YEAR_AFTER_TARGET
    if kind == "target" and _CUT_TARGET.fullmatch(text):
        return CUT_CELL
    if words.LONE_UNIT.fullmatch(text):
        return _NEVER
    if kind not in MONEY and _CUT_VALUE.fullmatch(text):
        return CUT_CELL
    first = _NUMBER_FIRST.match(text)
    if first:
        tail = text[first.end() :].strip()
        if _THEN_CELL.fullmatch(tail):
            return SENTENCE_AS_VALUE  # "49 %" and "minska" are two cells
        if kind in MONEY and not _LETTER.search(tail):
            return _WORDS_AS_VALUE  # "29,4 -"
        if tail and not _DIGIT.search(tail) and len(tail.split()) <= 4:
            return _ODD_VALUE
        return SENTENCE_AS_VALUE
    if _DIGIT.search(text) or _PHRASE_THEN_PERIOD.fullmatch(text):
        return SENTENCE_AS_VALUE
    return _WORDS_AS_VALUE if kind == "value" else _WORDS_AS_TARGET


def _descends(text: str) -> bool:
    """Whether a value is a range whose second number is the less: sooner three cells."""
    found = _RANGE.match(text)
    if found is None:
        return False
    first, last = [float(re.sub(r"\s", "", number).replace(",", ".")) for number in found.groups()]
    return last < first


class _Figure(NamedTuple):
    """What a figure looks like beside others: its decimal magnitude, unit and decimals."""

    size: float
    unit: str | None
    with_decimals: bool


@lru_cache(maxsize=4096)
def _figure(cell: str) -> _Figure | None:
    """Return what a cell's figure looks like; None where it has none, or is 0 or a tolerance."""
    match = NUMBER.match(cell)
    if not match or _TOLERANCE.match(cell):
        return None
    digits = _NOT_OF_NUMBER.sub("", match[0]).replace(",", ".")
    number = float(digits) if digits.count(".") < 2 else 0.0
    if not number:
        return None
    unit = None if cell[-1].isdigit() and cell[-1] != "2" else _UNIT_AT_END.search(cell)
    return _Figure(log10(number), unit[1] if unit else None, "," in cell or "%" in cell)


def size(cell: str) -> float | None:
    """Return the decimal magnitude of the cell's number; None where it has none, or it is 0."""
    figure = _figure(cell)
    return figure.size if figure else None


def is_cell_like(token: str) -> bool:
    """Whether a word alone is a number or a unit."""
    return bool(NUMBER.fullmatch(token) or words.UNIT_SIGN.fullmatch(token))


# --- a row --------------------------------------------------------------------------------------


def against_row(kinds: Kinds, cells: Cells) -> float:
    """Return what speaks against these cells standing in one row."""
    cost = taste(kinds, cells)
    if not any(cells):
        cost += _NO_CELLS
    elif kinds[0] in MONEY and cells[0] and cells[0].endswith("%"):
        others = [cell for cell in cells[1:] if cell]
        if others and not any([cell.endswith("%") for cell in others]):
            cost += SHARE_BEFORE_AMOUNTS
    if kinds[0] == "decimal":
        cost += _NUMBER_SPLIT * _numbers_split(cells)
    return cost + sum(
        [_PHRASE_SPLIT for a, b in pairwise(cells) if a and b and splits_period(a, b)]
    )


def taste(kinds: Kinds, cells: Cells) -> float:
    """Return how unlike the figures of a row are: it ranks readings, and makes none unlikely.

    The figures of a row are mostly of one kind: of like size, with the same unit and decimals.
    """
    units = set()
    with_unit = with_decimals = without = 0
    sizes = []
    for kind, cell in zip(kinds, cells, strict=True):
        if not cell or kind not in FIGURES:
            continue
        figure = _figure(cell)
        if figure is None:
            continue
        sizes.append(figure.size)
        if kind in MONEY:
            with_decimals += figure.with_decimals
            without += not figure.with_decimals
        if figure.unit is not None:
            units.add(figure.unit)
            with_unit += 1
    cost = _DECIMALS_DIFFER * min(with_decimals, without)
    if with_unit:
        cost += _UNITS_DIFFER * (len(units) - 1) + _UNIT_LACKS * (len(sizes) - with_unit)
    if len(sizes) > 1:
        middle = sorted(sizes)[len(sizes) // 2]
        cost += _SIZES_DIFFER * sum([min(_MOST_SIZES_DIFFER, abs(s - middle)) for s in sizes])
    return cost


def oddity(division: Division, kinds: Kinds) -> float:
    """Return what speaks against a division but the size and look of its figures."""
    gaps = sum([len(GROUP_GAPS.findall(cell)) for cell in division.cells if cell])
    return division.cost - taste(kinds, division.cells) - _NUMBER_GROUPED * gaps


def _numbers_split(cells: Cells) -> int:
    """Return how many numbers with decimals are cut at a space, if all whole numbers are of them.

    Where others are whole, so may these be.
    """
    whole = sum([cell is not None and _WHOLE.fullmatch(cell) is not None for cell in cells])
    split = sum(
        [
            bool(a and b and _GROUPS_FIRST.fullmatch(a) and _GROUPS_LAST.match(b))
            for a, b in pairwise(cells)
        ]
    )
    return split if split >= whole else 0


def splits_period(cell: str, following: str) -> bool:
    """Whether "Tertial" and "1", or "Tertial 1" and "2022", stand in two cells."""
    if cell == "Tertial":
        return following in ("1", "2", "3")
    return len(following) == 4 and bool(YEAR.match(following) and _CUT_PERIOD.fullmatch(cell))


# --- a name -------------------------------------------------------------------------------------


def ends_in_target(name: str, kinds: Kinds) -> bool:
    """Whether a name ends in words that are a target's, and likelier a cell's than the name's."""
    if _NAME_ENDS_IN_PHRASE.search(name):
        return True
    return kinds[0] == "target" and _NAME_ENDS_IN_DIRECTION.search(name) is not None


def against_name(text: RowText, start: int, kinds: Kinds) -> float:
    """Return what speaks against the first `start` tokens being the name.

    A name of one line has its first cells beside it; a longer one is a block of its own.
    """
    cost = 0.0
    weight = 1.0
    if start == text.first_block and text.blocks > 1:
        if text.first_line == text.first_block:
            cost += _NAME_ALONE_ON_ITS_LINE
        else:
            weight = _NAME_IN_ITS_BLOCK
    elif start > text.first_block:
        cost += _NAME_PAST_ITS_BLOCK
    elif start >= text.first_line and text.first_line != text.first_block:
        cost += _NAME_SHORT_OF_ITS_BLOCK
    tokens = text.tokens[:start]
    cost += weight * _NAME_HAS_GAP * tokens.count("")
    if _HALF_A_CELL.fullmatch(tokens[-1]) or ends_in_target(
        " ".join(tokens[-_WORDS_OF_TARGET:]), kinds
    ):
        cost += _NAME_ENDS_IN_UNIT
    numbers = units = 0
    for token in reversed(tokens):
        if token == "":
            continue
        if NUMBER.fullmatch(token):
            numbers += 1
        elif words.UNIT_SIGN.fullmatch(token):
            units += 1
        else:
            break
    if numbers:
        cost += weight * (_NAME_ENDS_IN_NUMBER + _NAME_ENDS_IN_NUMBERS * (numbers - 1))
        if units:
            is_share = kinds[0] in MONEY and tokens[-1] == "%"
            cost += weight * (_LABEL_ENDS_IN_SHARE if is_share else _NAME_ENDS_IN_UNIT)
    if kinds[0] == "date" and _FULL["date"].fullmatch(tokens[-1]):
        cost += _NAME_ENDS_IN_DATE
    if not any(map(_LETTER.search, tokens)):
        cost += _NAME_WITHOUT_LETTERS
    if kinds[0] in MONEY and text.blocks == 1 and NUMBER.fullmatch(tokens[-1]):
        cost += _LABEL_ENDS_IN_NUMBER
    return cost
