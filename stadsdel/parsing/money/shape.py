"""Layout A: what the rows of a money table look like, and dividing one by that.

Columns are padded or not: where they are, every filled cell is followed by one space more. A last
column of comments holds words of any length.

Belongs here: how many cells a row may hold, and its divisions into cells. Does not belong here:
which shape a table has (`lines`), dividing unpadded figures (`stadsdel.parsing.cells`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import cells
from stadsdel.parsing.division import WORST_ACCEPTED, Division, nearly_as_good
from stadsdel.parsing.markup import fold
from stadsdel.parsing.money.blocks import DECIMAL, FIGURE, UNITS, VALUES_ONLY, tail_of
from stadsdel.parsing.prices import YEAR, taste
from stadsdel.parsing.vocabulary import COMMENT_COLUMN, MONEY

if TYPE_CHECKING:
    from stadsdel.parsing.division import Cells, Kinds
    from stadsdel.parsing.money.blocks import Block
    from stadsdel.parsing.money.header import Header

_MONEY: Kinds = ("money",)
DECIMALS: Kinds = ("decimal",)
TEXT: Kinds = ("text",)
_PADDED = re.compile(rf"(?<!\S)({FIGURE})  ")
_GAP = re.compile(r" {2,}")
_CELL = re.compile(MONEY)
_AT_END = re.compile(rf"(.*?) ?{MONEY}")
_SURE_CELL = re.compile(r"(?<!\S)(?:[-–−+]\d|\d+,\d|\d+ \d)")
_GROUP = re.compile(r"\d{3}(?:,\d+)?%?")
_GROUP_FIRST = re.compile(r"[-–−+]?\d{1,3}")
_NUMBER_BEFORE_CELLS = re.compile(r"[^\W\d_]\S* (\d{1,4}(?: ?%)?)  (?=[ \d+–−-])")
_YEAR_ENDS_LABEL = 0.6  # of what otherwise speaks against a label that ends in a number
_NUMBERED = re.compile(r"(.*[^\W\d_]\S*) ([1-9]\d{0,2})")
_ENDS_IN_NUMBER = re.compile(r"(.*[^\W\d_]) \d{1,3}")
_GROUPED = re.compile(r"([1-9]\d{0,2}) ([1-9]\d\d(?:[ ,].+)?)")
_GROUPS_AFTER_FIRST = re.compile(r"[1-9]\d\d(?:[ ,].+)?")
# Sums, and what money is for or stands in a balance: no number goes on with these labels.
_NEVER_NUMBERED = re.compile(
    r"(?:summa|totalt?|netto|kostnad(?:er)?|intäkt(?:er)?|skuld(?:er)?|fordringar|tillgångar|medel"
    r"|bidrag|anslag|kapital|avskrivning(?:ar)?|ränt(?:a|or)|investering(?:ar)?|inventarier|hyror"
    r"|personal|verksamhet(?:er)?|omsorg|administration|bistånd|åtgärder|funktionsnedsättning"
    r"|utveckling|fritid|underhåll|drift|bank|ungdom(?:ar)?|unga|barn|vuxna|vuxen|äldre"
    r"|socialpsykiatri|nyanlända|övrigt|mm)$",
    re.IGNORECASE,
)
_ENDS_IN_CELL = re.compile(
    r" (?:[-–−+]\d[\d,]*|\d+,\d+|[-–−+]?[1-9]\d{0,2} \d{3})(?: ?%)?$|\d ?(?:mn|m|t)?kr$| [-–−]$"
)
_NUMBER_AND_FIGURE = 0.6  # against a label's number beside a figure, where both may be one figure
_DASHES = frozenset("-–−")
_ENDS_OF_NUMBER = frozenset("0123456789%")
_ENDS_OF_CELL = _ENDS_OF_NUMBER.union("r-–−")  # "12,4 tkr", a dash
_DASH_IS_CELL = re.compile(r" [-–−](?: *$| [-–−] |  )")
_ENDS_IN_SIGN = re.compile(r" [-–−](?: \d{1,3})?$")
_MINUS_APART = re.compile(r"(?<= [-–−]) (?=\d)")
_MINUS_BESIDE = re.compile(r" [-–−]\d")
_SIGN_APART = 0.4  # against a dash being a sign: sooner a cell
_COMMENT = re.compile(r"(?:(?<=[\d%–−r-] )|(?<=  ))(?=[A-ZÅÄÖ])(?!(?:Ja|Nej|JA|NEJ)\b)")
_SPACE_IN_FIGURE = "\u00a0"  # a group's space that is no cell's end
_NAMELESS = "Rad "  # stands for a label that is not among the blocks sampled
_GAPS_THAT_TELL = 3
_SHARE = re.compile(r"%|\b(?:andel|procent)", re.IGNORECASE)


class Shape(NamedTuple):
    """A table's header, and what its cells look like.

    They may be padded, and their signs may stand apart: "- 4,2".
    """

    header: Header
    kinds: Kinds
    padded: bool
    signs_apart: bool = False

    @property
    def begins_with_share(self) -> bool:
        """Whether the first column is one of shares: elsewhere a share before amounts is odd."""
        return _SHARE.search(self.header.columns[0]) is not None

    @property
    def quality(self) -> float:
        """How well the header names its columns, on average."""
        return self.header.score / (len(self.kinds) + 1)


def kinds_named(columns: tuple[str, ...]) -> Kinds:
    """Return what the cells of columns of these names look like: figures, or a last comment."""
    comment = COMMENT_COLUMN.fullmatch(columns[-1]) is not None
    return _MONEY * (len(columns) - comment) + TEXT * comment


def may_have_signs_apart(rows: list[Block]) -> bool:
    """Whether a dash before a figure may be its sign.

    Not where dashes are cells of their own, nor where signs stand right before their figures.
    """
    tails = [f" {tail_of(row)}" for row in rows]
    if not any(map(_MINUS_APART.search, tails)):
        return False
    return not any([_DASH_IS_CELL.search(tail) or _MINUS_BESIDE.search(tail) for tail in tails])


def paddings(rows: list[Block]) -> tuple[bool, ...]:
    """Return whether the rows may be padded.

    Where they are, more than one space parts any two cells; a single one stands within a figure,
    or before the first cell. It is sure where many cells, and the last of each row, end so; or in
    rows of many cells, for a blank would stand between any two of them.
    """
    gaps = ends = most = 0
    for row in rows:
        tail = tail_of(row)
        first, *others = _GAP.split(tail.strip(" "))
        ends += tail.endswith("  ")
        before = _AT_END.fullmatch(first)
        if (before and _SURE_CELL.search(before[1])) or not all(map(_CELL.fullmatch, others)):
            return (False,)
        gaps += len(others)
        most = max(most, len(others))
    if not gaps:
        # One column that is padded, or two of which the last is blank.
        return (False, True) if ends == len(rows) > 1 else (False,)
    if most > _GAPS_THAT_TELL or (ends == len(rows) and gaps + ends > _GAPS_THAT_TELL):
        return (True,)
    return (False, True)


@lru_cache(maxsize=64)
def count_range(tail: str, *, padded: bool) -> tuple[int, int]:
    """Return the least and most cells a row's tail may hold: groups of digits may be one number.

    A figure at the end of the label may be taken for a cell, so the least is one lower.
    """
    tokens = _tokens(tail, padded=padded)
    return max(1, _fewest_figures(tokens) - 1), len(tokens)


def labels_end_in_cells(rows: list[Block], columns: int, *, padded: bool) -> bool:
    """Whether with so many columns most labels would end in a figure that is no label's.

    A label may end in a number or a share ("Peng 80 %"), but not most of them in one that is large.
    """
    ends = [_end_of_label(tail_of(row), columns, padded=padded) for row in rows]
    cells = [end for end in ends if end and _is_cell(end, among=len(rows))]
    return len(cells) * 2 > len(rows)


def _end_of_label(tail: str, columns: int, *, padded: bool) -> str | None:
    """Return the figure that ends a label, where its row has more figures than columns."""
    tokens = _tokens(tail, padded=padded)
    while tokens and tokens[0] and not _CELL.fullmatch(tokens[0]):
        del tokens[0]  # "1-5", "2)": of the label
    if not tokens or not tokens[0] or _fewest_figures(tokens) <= columns:
        return None
    is_one = tokens[1] == "%" or _GROUP.fullmatch(tokens[1])
    return " ".join(tokens[: 1 + bool(is_one)])


def _is_cell(figure: str, *, among: int) -> bool:
    """Whether a figure before the cells of one of several rows is sooner a cell than a label's."""
    if "," in figure or figure[0] in "+-–−":
        return True
    is_large = len(figure) > 2 and not YEAR.fullmatch(figure)
    return among > 1 and (is_large or figure.endswith("%"))


def _tokens(tail: str, *, padded: bool) -> list[str]:
    tokens = (_unpadded(tail) if padded else tail).split(" ")
    if tokens[-1] == "":
        tokens.pop()
    return tokens


def _fewest_figures(tokens: list[str]) -> int:
    """Return how few cells tokens may be, if groups of digits are one number where they can be."""
    least = 0
    joins = is_sign = False
    for token in tokens:
        if token in UNITS:  # of the figure before it
            continue
        if joins and _GROUP.fullmatch(token):
            joins = token.isdigit()
            continue
        if is_sign and _GROUP_FIRST.match(token):
            joins, is_sign = _GROUP_FIRST.fullmatch(token) is not None, False
            continue
        least += 1
        joins = _GROUP_FIRST.fullmatch(token) is not None
        is_sign = token in _DASHES
    return least


def divisions_of(
    blocks: list[Block], shape: Shape, worst: float = WORST_ACCEPTED
) -> tuple[Division, ...]:
    """Divide the blocks of a row into label and cells, the likeliest division first.

    Empty where more than `worst` speaks against each.
    """
    if not shape.padded:
        lines = [block.lines for block in blocks]
        plain = _divisions(blocks, lines, shape, worst)
        if not shape.signs_apart or not any([_MINUS_APART.search(line) for line in lines[-1]]):
            return plain
        # A dash is a cell, or the sign of the figure after it.
        lines[-1] = tuple([_MINUS_APART.sub(_SPACE_IN_FIGURE, line) for line in lines[-1]])
        joined = map(_with_spaces, _divisions(blocks, lines, shape, worst))
        signed = [Division(name, row, cost + _SIGN_APART) for name, row, cost in joined]
        ways = [way for way in (*plain, *signed) if not _ENDS_IN_SIGN.search(way.name)]
        return _with_numbered(nearly_as_good(ways), ways)
    unpadded = [tuple([_unpadded(line) for line in block.lines]) for block in blocks]
    ways = [_with_spaces(way) for way in _divisions(blocks, unpadded, shape, worst)]
    *above, last = blocks[0].lines
    number = _NUMBER_BEFORE_CELLS.search(last)
    if number is not None:
        # It is the first cell; or it ends the label, and the first cell is blank.
        unpadded[0] = (*above, f"{last[: number.end()]}{_unpadded_cells(last[number.end() :])}")
        less = _YEAR_ENDS_LABEL if YEAR.fullmatch(number[1]) else 0.0
        numbered = [
            Division(way.name, way.cells, way.cost - less)
            for way in map(_with_spaces, _divisions(blocks, unpadded, shape, worst))
            if way.name.endswith(f" {number[1]}") and way.cost > less
        ]
        return _with_numbered(nearly_as_good(ways), numbered)
    return nearly_as_good(ways)


def _with_numbered(likely: tuple[Division, ...], ways: list[Division]) -> tuple[Division, ...]:
    """Add the first way whose label ends in a number, however unlikely by itself.

    The table tells whether its column holds such figures.
    """
    numbered = [
        way
        for way in ways
        if way not in likely and way.name[-1] in _ENDS_OF_NUMBER and not ends_in_cell(way.name)
    ]
    return tuple(sorted([*likely, *numbered[:1]], key=lambda way: way.cost))


def with_numbers_elsewhere(ways: tuple[Division, ...], kinds: Kinds) -> tuple[Division, ...]:
    """Add the readings in which a number ends the label and not begins the figure beside it.

    Or the other way round: "Kvarnen 3 933,6" does not tell. Each reading once, the likeliest first;
    none with a number that its label cannot end in, if there are others.
    """
    if len(ways) == 1 and not _may_begin_elsewhere(ways[0]):
        return ways
    found: dict[tuple[str, Cells], Division] = {}
    elsewhere = [way for way in map(_with_number_elsewhere, ways, repeat(kinds)) if way]
    for way in sorted([*ways, *elsewhere], key=lambda way: way.cost):
        found.setdefault((way.name, way.cells), way)
    likely = [way for way in found.values() if not ends_in_odd_number(way.name)]
    return tuple(likely or found.values())


def _may_begin_elsewhere(way: Division) -> bool:
    """Whether digits stand at the end of the label, or the first figure has groups: cheap."""
    return way.name[-1] in _ENDS_OF_NUMBER or (way.cells[0] is not None and " " in way.cells[0])


def ends_in_cell(label: str) -> bool:
    """Whether a label ends in a cell: a dash, or a figure with a sign, groups or decimals."""
    return label[-1] in _ENDS_OF_CELL and _ENDS_IN_CELL.search(label) is not None


def ends_in_odd_number(label: str) -> bool:
    """Whether a label ends in a number that cannot be its own."""
    numbered = _ENDS_IN_NUMBER.fullmatch(label)
    return numbered is not None and _NEVER_NUMBERED.search(numbered[1]) is not None


def _with_number_elsewhere(way: Division, kinds: Kinds) -> Division | None:
    """Return the other of two readings; None where only one is possible."""
    label, first = way.name, way.cells[0]
    if not first:
        return None
    numbered = _NUMBERED.fullmatch(label)
    if numbered is not None:
        if not _GROUPS_AFTER_FIRST.fullmatch(first):
            return None
        label, first, more = numbered[1], f"{numbered[2]} {first}", -_NUMBER_AND_FIGURE
    else:
        grouped = _GROUPED.fullmatch(first)
        if grouped is None or label[-1] in _ENDS_OF_NUMBER:
            return None
        label, first, more = f"{label} {grouped[1]}", grouped[2], _NUMBER_AND_FIGURE
    cells = (first, *way.cells[1:])
    cost = way.cost + more + taste(kinds, cells) - taste(kinds, way.cells)
    return Division(label, cells, max(0.0, cost))


def _divisions(
    blocks: list[Block], lines: list[tuple[str, ...]], shape: Shape, worst: float
) -> tuple[Division, ...]:
    """Divide a row's blocks by their lines, from which padding has been taken."""
    if VALUES_ONLY.fullmatch(blocks[0].text):
        lines = [(_NAMELESS,), *lines]
    kinds = shape.kinds
    if any(["," in line and DECIMAL.search(line) for line in lines[-1]]):
        kinds = tuple(["decimal" if kind == "money" else kind for kind in kinds])
    if kinds[-1] == "text":
        return _with_comment(lines, kinds, worst)
    return cells.divide(tuple(lines), kinds, worst)


def _with_comment(lines: list[tuple[str, ...]], kinds: Kinds, worst: float) -> tuple[Division, ...]:
    """Divide a row whose last cell is free text: label, figures, words of any length.

    The words begin with a capital, after a figure or a blank cell.
    """
    *above, block = lines
    text = "".join(block)
    ends: list[tuple[int, str | None]] = [
        (start.start(), fold(text[start.start() :])) for start in _COMMENT.finditer(text)
    ]
    ends.append((len(text) - 1 if text.endswith("  ") else len(text), None))
    ways = []
    for end, comment in ends:
        if not _may_end_in_cell(text[:end]):
            continue
        row = (*above, (text[:end],))
        for way in cells.divide(row, kinds[:-1], worst):
            figures = [cell for cell in way.cells if cell]
            are_figures = all(map(_CELL.fullmatch, figures))
            if are_figures and not all(map(YEAR.fullmatch, figures)):
                ways.append(Division(way.name, (*way.cells, comment), way.cost))
    return nearly_as_good(ways)


def _may_end_in_cell(text: str) -> bool:
    """Whether a figure or a blank cell ends a text: cheap, for words often end before a capital."""
    last = text.rstrip(" ").rpartition(" ")[2]
    return text.endswith("  ") or last in UNITS or _CELL.fullmatch(last) is not None


def _unpadded(text: str) -> str:
    """Take one space from after each filled cell of a padded table.

    The spaces within its figures then part no cells; but those of the first may stand between a
    number that ends the label and the first cell.
    """
    first = _PADDED.search(text)
    if first is None:
        return text
    return f"{text[: first.end() - 1]}{_unpadded_cells(text[first.end() :])}"


def _unpadded_cells(text: str) -> str:
    return _PADDED.sub(lambda cell: f"{cell[1].replace(' ', _SPACE_IN_FIGURE)} ", text)


def _with_spaces(way: Division) -> Division:
    """Return a division with the spaces within figures as printed."""
    figures = [cell.replace(_SPACE_IN_FIGURE, " ") if cell else cell for cell in way.cells]
    return Division(way.name.replace(_SPACE_IN_FIGURE, " "), tuple(figures), way.cost)
