"""Layout A: dividing a row's text into the header's cells, by evidence.

The cells of a row are joined by single spaces and a blank cell is an empty string
(report-layouts.md A2), so a division is a choice of boundaries among the spaces. Typed columns
price each candidate cell; the cheapest division wins, and others nearly as cheap are handed back
with it, so that nothing is guessed silently.

Belongs here: one row's text -> cells. Does not belong here: which lines make a row (`line_rows`),
nor tables that keep their cells apart themselves (`cell_rows`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log10

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.headers import CellKind, Column
from stadsdel.parsing.markup import fold

Kinds = tuple[CellKind, ...]
Cells = tuple[str | None, ...]
# A row's text: blocks of lines, as `line_rows` collects them.
Blocks = tuple[tuple[str, ...], ...]
# Stands where a page break cut a word; its rest follows after the repeated header.
CUT = "\u2060"


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide a row: its name, its cells, and how much speaks against it."""

    name: str
    cells: Cells
    cost: float


_MONEY = frozenset({"money", "decimal"})
_FIGURES = frozenset({"value", "target", "money", "decimal"})
_PATTERNS: dict[CellKind, str] = {
    "value": words.VALUE,
    "target": words.TARGET,
    "period": words.PERIOD,
    "date": words.DATE,
    "text": r"\S.*?",
    "money": words.MONEY,
    "decimal": words.MONEY,
}
# What speaks against a cell, in units where 1 is a clear but not decisive oddity.
_ODD_VALUE = 1.5  # a number with words that are no known unit
_CUT_CELL = 1.5  # a phrase that a page break cut
_WORDS_AS_TARGET = 2.5
_WORDS_AS_VALUE = 4.0
_SENTENCE_AS_VALUE = 5.0  # words and digits together
_TEXT_AS_PERIOD = 6.0
_TEXT_AS_DATE = 9.0
_NEVER = 99.0
_NUMBER_GROUPED = 0.2  # per gap in "9 000": rarer than two cells, but far from odd
_NO_CELLS = 4.0  # a row of blanks is no row
_PHRASE_SPLIT = 3.0  # "Tertial" | "1"
_NO_PERIOD = 1.0  # the period is blank nearly never
_ONE_SEX_ALONE = 1.5  # men's and women's rates are printed together or not at all
_UNITS_DIFFER = 0.15  # units come and go in a row (domain.md), yet mostly stay
_SIZES_DIFFER = 0.25  # per decimal power from the middle: the figures of a row are of one kind
_DECIMALS_DIFFER = 0.2  # a money table prints the same decimals throughout
_DECIMALS_LACK = 0.25  # a whole number in a row of a money table that has decimals
_UNIT_LACKS = 0.05  # a figure without the unit that others of its row print
_YEAR_AS_VALUE = 0.3  # 2022 is a period sooner than an outcome
_SPACE_IN_CELL = 0.3  # "90  %": a lone unit is never a cell
_SURPLUS_AT_BLOCK_END = 0.8  # padding: two spaces at the end of a wrapped cell
_SURPLUS_SPACE = 2.5
_MISSING_CELL = 3.0
_NAME_ENDS_IN_UNIT = 2.0
_NAME_ENDS_IN_NUMBER = 0.4
_NAME_ENDS_IN_NUMBERS = 1.5  # for each more
_LABEL_ENDS_IN_NUMBER = 0.6  # more in a money table, whose labels seldom do
_NAME_WITHOUT_LETTERS = 9.0
_NAME_HAS_GAP = 0.8
_NAME_IN_ITS_BLOCK = 0.15  # a name that fills its block may end as it likes
_NAME_PAST_ITS_BLOCK = 2.5
_NAME_SHORT_OF_ITS_BLOCK = 1.2
_NAME_ALONE_ON_ITS_LINE = 0.4
_CELL_OVER_BLOCKS = 1.0  # a block begins with a cell
_REST_LACKS = 3.0  # a cell cut inside a word without its rest
_REST_LIKE_CELL = 1.0  # digits or a unit in what continues a name
_REST_INSIDE_LINE = 0.3  # a boundary between rests where no block ends
_REST_INSIDE_BLOCK = 1.5  # a rest of several lines is a block of its own
_AMBIGUOUS_WITHIN = 0.75
_LONGEST_CELL_IN_TOKENS = 9
_LONGEST_CELL: dict[CellKind, int] = {
    "value": 8,
    "target": 9,
    "period": 4,
    "date": 1,
    "text": 9,
    "money": 4,
    "decimal": 4,
}
_TOKENS_PER_COLUMN = 6
_TOKENS_OF_RESTS = 24
_KEPT = 12
_MOST_VARIANTS = 8
_WORST_ACCEPTED = 9.0


def kinds_of(columns: tuple[Column, ...]) -> Kinds:
    """Return what each column's cells look like."""
    return tuple([column.kind for column in columns])


# --- the common case: every cell is just what its column prints ---------------------------------


def _cells_from(text: str, start: int, kinds: Kinds) -> Cells | None:
    """Read exactly one cell per column from `start` to the end of `text`; None where they differ.

    Each cell ends in a space, a blank one is that space alone. A figure takes all groups of digits
    it may, and fewer only where the rest would not be cells.
    """
    if not kinds:
        return () if start == len(text) else None
    if start >= len(text):
        return None
    kind, following = kinds[0], kinds[1:]
    if text[start] == " ":
        rest = _cells_from(text, start + 1, following)
        return None if rest is None else (None, *rest)
    for end in _cell_ends(text, start, kind, last=not following):
        rest = _cells_from(text, end + 1, following)
        if rest is not None:
            return (text[start:end], *rest)
    return None


def _cell_ends(text: str, start: int, kind: CellKind, *, last: bool) -> list[int]:
    """Return where a cell of `kind` that begins at `start` may end, the longest first."""
    if kind == "text":
        if last:
            return [len(text) - 1]
        return [match.start() for match in _SPACE.finditer(text, start)]
    match = _CELL[kind].match(text, start)
    if match is None:
        return []
    end = match.end()
    if kind not in _FIGURES or text.find(" ", start, end) < 0:
        return [end]
    return [end, *[start + gap.start() for gap in _GROUP_GAPS.finditer(match[0])][::-1]]


def _named_cells(text: str, kinds: Kinds) -> list[tuple[int, Cells]]:
    """Return every way to read `text` as a name and exactly one cell per column.

    Each is where the name ends, and the cells.
    """
    spaces = text.count(" ")
    found = []
    end = text.find(" ")
    while end >= 0 and spaces > len(kinds) - 1:
        spaces -= 1
        # Cells begin after a word, with a blank cell or with what a cell may begin with.
        if end and text[end - 1] != " " and _MAY_BEGIN_CELL.match(text, end + 1):
            cells = _cells_from(text, end + 1, kinds)
            if cells is not None:
                found.append((end, cells))
        end = text.find(" ", end + 1)
    return found


@lru_cache(maxsize=1024)
def is_whole(blocks: Blocks, kinds: Kinds) -> bool:
    """Whether blocks are a name and then exactly the cells of a row, each of its column's type."""
    for name, rest in _joinings(blocks):
        cells = _cells_from(rest, 0, kinds) if rest else None
        ways = [cells] if cells else [way for _, way in _named_cells(name + rest, kinds)]
        for way in ways:
            split = any(a and b and _splits_period(a, b) for a, b in pairwise(way))
            if any(way) and not split:
                return True
    return False


def are_cells(text: str, kinds: Kinds) -> bool:
    """Whether `text` is exactly the cells of a row without its name."""
    return _cells_from(text, 0, kinds) is not None


@lru_cache(maxsize=1024)
def divide(blocks: Blocks, kinds: Kinds) -> tuple[Division, ...]:
    """Divide a row's text, the cheapest division first; empty where nothing acceptable fits.

    The first block is the name (in short rows with the cells, or the first of them), the blocks
    after it are cells. Lines keep their spaces, but for the indent of the first. Divisions after
    the first are those that fit nearly as well.
    """
    for name, rest in _joinings(blocks):
        found = _strictly(name, rest, kinds)
        if found is None:
            continue
        named_apart = len(blocks[0]) > 1 and found.name == _cut_name(name)
        if not _is_doubtful(found, kinds, named_apart=named_apart):
            return (found,)
    divisions = [division for variant in _variants(blocks) for division in _by_cost(variant, kinds)]
    return nearly_as_good(sorted(divisions, key=_cost))


def _strictly(name: str, rest: str, kinds: Kinds) -> Division | None:
    """Divide into cells that are just what their columns print; None where not, or not uniquely."""
    if rest and name.strip():
        cells = _cells_from(rest, 0, kinds)
        if cells is not None:
            return Division(_cut_name(name), _folded(cells), 0.0)
    joined = name + rest
    if words.THOUSANDS.search(joined):
        return None
    ways = _named_cells(joined, kinds)
    if len(ways) != 1:
        return None
    end, cells = ways[0]
    return Division(joined[:end], _folded(cells), 0.0)


def _is_doubtful(division: Division, kinds: Kinds, *, named_apart: bool) -> bool:
    """Whether another division may be as likely as a strict one.

    So where spaces may be within a number or between two, where a year stands for a value, and
    where the name beside its cells ends in what may be a cell.
    """
    if not any(division.cells):
        return True
    if not named_apart and _ENDS_LIKE_CELL.search(division.name):
        return True
    if _ENDS_IN_BOUND.search(division.name):
        return True
    if any(
        [not cell and kind == "period" for kind, cell in zip(kinds, division.cells, strict=True)]
    ):
        return True
    filled = [cell for cell in division.cells if cell]
    if kinds[0] == "decimal" and all([_HAS_DECIMALS.search(cell) for cell in filled]):
        return False  # a number cut in two would leave one without decimals
    for kind, cell in zip(kinds, division.cells, strict=True):
        if kind not in _FIGURES or not cell:
            continue
        if _YEAR.fullmatch(cell) or words.THOUSANDS.search(cell):
            return True
    return any(words.THOUSANDS.search(f"{a} {b}") for a, b in pairwise(filled))


def _cut_name(block: str) -> str:
    """Return a name that fills its block; a page break cut it where no space ends the block."""
    return block.strip() if block.endswith(" ") or CUT in block else block.lstrip() + CUT


def _variants(blocks: Blocks) -> list[Blocks]:
    """Return the ways to read blocks that end inside a word.

    The word goes on in the next block; or a page break cut it, and the next block is the next cell
    (`CUT` then marks the place).
    """
    variants: list[Blocks] = [()]
    for position, block in enumerate(blocks):
        whole = position == len(blocks) - 1 or block[-1].endswith(" ")
        if whole or len(variants) > _MOST_VARIANTS:
            variants = [(*variant, block) for variant in variants]
            continue
        cut = (*block[:-1], f"{block[-1]}{CUT} ")
        variants = [(*variant, end) for variant in variants for end in (block, cut)]
    return variants


def _joinings(blocks: Blocks) -> list[tuple[str, str]]:
    """Return the first block joined and the others joined, for each variant."""
    if len(blocks) == 1:
        return [("".join(blocks[0]), "")]
    return [
        ("".join(variant[0]), "".join(["".join(block) for block in variant[1:]]))
        for variant in _variants(blocks)
    ]


def _folded(cells: tuple[str | None, ...]) -> Cells:
    return tuple([fold(cell) if cell else None for cell in cells])


def _cost(division: Division) -> float:
    return division.cost


def nearly_as_good(divisions: list[Division]) -> tuple[Division, ...]:
    """Return the divisions nearly as cheap as the first, each once."""
    kept: dict[tuple[str, Cells], Division] = {}
    for division in divisions:
        if division.cost <= divisions[0].cost + _AMBIGUOUS_WITHIN:
            kept.setdefault((division.name, division.cells), division)
    return tuple(kept.values())


# --- the general case: the cheapest of all divisions --------------------------------------------

_Tail = tuple[float, Cells]


@dataclass(frozen=True, slots=True)
class _Text:
    """A row's text at its single spaces.

    `block_starts` are the indexes of tokens that begin a block; `padding` of those that end one;
    `first_line` and `first_block` tell how many tokens the first line and block hold.
    """

    tokens: list[str]
    block_starts: frozenset[int]
    padding: frozenset[int]
    first_line: int
    first_block: int
    blocks: int


def _text(blocks: Blocks) -> _Text:
    joined = ""
    block_offsets = []
    for block in blocks:
        block_offsets.append(len(joined))
        joined += "".join(block)
    block_offsets.append(len(joined))
    line_end = len(blocks[0][0])
    if line_end == len(joined) and not joined.endswith(" "):
        joined += " "
        block_offsets[-1] = line_end = len(joined)
    tokens = joined.split(" ")
    if tokens[-1] == "":
        tokens.pop()
    at: dict[int, int] = {}
    offset = 0
    for index, token in enumerate(tokens):
        at[offset] = index
        offset += len(token) + 1
    at[offset] = len(tokens)
    starts = [at[o] for o in block_offsets if o in at]
    return _Text(
        tokens,
        frozenset(starts[:-1] if starts and starts[-1] == len(tokens) else starts),
        frozenset([index - 1 for index in starts]),
        _tokens_begun(joined, line_end),
        _tokens_begun(joined, block_offsets[1]),
        len(blocks),
    )


def _tokens_begun(text: str, end: int) -> int:
    """Return how many tokens begin before an offset that ends a line."""
    return text.count(" ", 0, end) + (text[end - 1 : end] != " ")


def _by_cost(blocks: Blocks, kinds: Kinds) -> list[Division]:
    """Search all divisions from the right, keeping the cheapest few for each tail of tokens.

    Linear in the number of tokens: cells and their count are bounded.
    """
    text = _text(blocks)
    tokens = text.tokens
    if not any(tokens):
        return []
    first = _earliest_cell(text, len(kinds))
    tails = _tails_without_columns(text)
    for column in range(len(kinds) - 1, -1, -1):
        # Each column to the left takes a token at least.
        tails = _tails(text, kinds[column:], tails, first + column)
    divisions: list[Division] = []
    limit = _WORST_ACCEPTED
    for start in range(first, len(tokens) + 1):
        if not tails[start] or tokens[start - 1] == "":
            continue
        against = _against_name(text, start)
        if kinds[0] in _MONEY and text.blocks == 1 and _NUMBER.fullmatch(tokens[start - 1]):
            against += _LABEL_ENDS_IN_NUMBER
        name = " ".join([token for token in tokens[:start] if token])
        for cost, cells in tails[start]:
            if cost + against > limit:
                break
            total = cost + against + _against_row(kinds, cells)
            if total <= limit:
                divisions.append(Division(name, cells, round(total, 3)))
                limit = min(limit, total + _AMBIGUOUS_WITHIN)
    return divisions


def _earliest_cell(text: _Text, columns: int) -> int:
    """Return the first token that may begin a cell: the words before it are the name's."""
    tokens = text.tokens
    least = max(1, len(tokens) - columns * _TOKENS_PER_COLUMN - 8)
    if text.blocks > 1 and text.first_line < text.first_block:
        first_line = tokens[: text.first_line]
        if not any([_BEGINS_CELL.match(token) for token in first_line[1:]]):
            return max(least, text.first_block)
    for index in range(1, len(tokens)):
        if tokens[index] == "" or _BEGINS_CELL.match(tokens[index]):
            return max(least, index)
    return max(least, min(len(tokens), 1))


def _tails_without_columns(text: _Text) -> list[list[_Tail]]:
    """Tails for no columns at all: the text's end, or surplus spaces before it."""
    count = len(text.tokens)
    tails: list[list[_Tail]] = [[] for _ in range(count + 1)]
    tails[count] = [(0.0, ())]
    for index in range(count - 1, -1, -1):
        if text.tokens[index] != "":
            break
        surplus = _SURPLUS_AT_BLOCK_END if index in text.padding else _SURPLUS_SPACE
        tails[index] = [(tails[index + 1][0][0] + surplus, ())]
    return tails


def _tails(text: _Text, kinds: Kinds, after: list[list[_Tail]], first: int) -> list[list[_Tail]]:
    """Return, per token, the cheapest tails that hold cells of these kinds.

    `after[i]` are the tails of the columns to the right that begin at token i.
    """
    kind = kinds[0]
    tokens = text.tokens
    count = len(tokens)
    longest = _LONGEST_CELL[kind]
    here: list[list[_Tail]] = [[] for _ in range(count + 1)]
    here[count] = [(cost + _MISSING_CELL, (None, *cells)) for cost, cells in after[count]]
    for index in range(count - 1, first - 1, -1):
        found: list[_Tail] = []
        if tokens[index] == "":
            blank = _NO_PERIOD if kind == "period" else 0.0
            found += [(cost + blank, (None, *cells)) for cost, cells in after[index + 1]]
            surplus = _SURPLUS_AT_BLOCK_END if index in text.padding else _SURPLUS_SPACE
            found += [(cost + surplus, cells) for cost, cells in here[index + 1]]
        else:
            cell = ""
            oddities = 0.0
            for end in range(index + 1, min(count, index + longest) + 1):
                token = tokens[end - 1]
                if token == "":
                    if end == count or not words.LONE_UNIT.fullmatch(tokens[end]):
                        break
                    oddities += _SPACE_IN_CELL
                    continue
                if end - 1 > index and end - 1 in text.block_starts:
                    oddities += _CELL_OVER_BLOCKS
                cell = f"{cell} {token}" if cell else token
                own = cell_cost(kind, cell) + oddities
                if own >= _SENTENCE_AS_VALUE:
                    if kind != "target":
                        break  # more words would not make it a figure
                    if own >= _WORST_ACCEPTED:
                        continue
                if after[end]:
                    found += [(cost + own, (cell, *cells)) for cost, cells in after[end]]
        here[index] = _cheapest(found, kinds)
    return here


def _cheapest(found: list[_Tail], kinds: Kinds) -> list[_Tail]:
    if len(found) < 2:
        return found
    if len(found) > _KEPT:
        # Groups of digits join in many ways at one price: like figures are the likelier.
        found.sort(key=lambda tail: tail[0] + taste(kinds, tail[1]))
        found = found[: 2 * _KEPT]
    found.sort(key=lambda tail: tail[0])
    seen: set[Cells] = set()
    kept = []
    for cost, cells in found:
        if cells not in seen:
            seen.add(cells)
            kept.append((cost, cells))
            if len(kept) == _KEPT:
                break
    return kept


# --- evidence -----------------------------------------------------------------------------------

_NUMBER = re.compile(words.NUMBER)
_FULL = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_CELL = {kind: re.compile(f"(?:{pattern})(?= )") for kind, pattern in _PATTERNS.items()}
_NUMBER_FIRST = re.compile(words.NUMBER + r"(?= |$)")
_HAS_DECIMALS = re.compile(r",\d+ ?%?$")
_UNIT_AT_END = re.compile(rf"({words.UNIT})$")
_SPACE = re.compile(" ")
_BEGINS_CELL = re.compile(
    r"\+/|[-–−±+<>≤≥]?\d|[-–−]$|[Tt]as$|[Ff]ast|[Öö]k|[Mm]insk|[Oo]förän|[Bb]ibeh|[Mm]ax"
    r"|[Mm]in(?:st)?$|[Hh]ögst$|[Ll]ägst$|Tert|V[BP]$|T[123]$|År|Hel|Halv|Kvart|Mån|Ja$|Nej$|JA$|NEJ$|Avv"
)
_MAY_BEGIN_CELL = re.compile(
    r" |$|[-–−±+<>≤≥\d]|[Tt]as |[Ff]ast|[Öö]k|[Mm]insk|[Oo]förän|[Bb]ibeh|[Mm]ax|[Mm]in|[Hh]ögst"
    r"|[Ll]ägst|[Öö]ver|[Uu]nder|[Cc]a|[Cc]irka|Tert|V[BP] |T[123] |År|[Hh]el|[Hh]alv|[Kk]vart"
    r"|[Mm]ån|[Vv]ar|Ja |Nej |JA |NEJ "
)
_HALF_A_CELL = re.compile(r"[Mm]ax|[Mm]in(?:st)?|[Hh]ögst|\+/-|[-–<>≤≥]|Tertial|VB|VP")
_ENDS_LIKE_CELL = re.compile(
    rf"(?:{words.NUMBER}|\d {words.UNIT_SIGN.pattern}|[Mm]ax|[Mm]in|\+/-)$"
)
_ENDS_IN_BOUND = re.compile(rf"{words.BOUND_WORD} {words.NUMBER}(?: {words.UNIT})?$")
_GROUP_GAPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_YEAR = re.compile(r"20[0-4]\d")
_ZEROS_FIRST = re.compile(r"0\d")


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


@lru_cache(maxsize=65536)
def cell_cost(kind: CellKind, text: str) -> float:
    """Return what speaks against `text` being one cell of this kind."""
    if CUT in text:
        return max(_CUT_CELL, cell_cost(kind, text.replace(CUT, "")))
    if kind == "text":
        return 0.1
    if _FULL[kind].fullmatch(text):
        if kind == "date" or kind == "period":
            return 0.0
        if _ZEROS_FIRST.match(text):
            return _WORDS_AS_VALUE  # "000 st": the rest of a number
        if _YEAR.fullmatch(text):
            return _YEAR_AS_VALUE
        cost = _NUMBER_GROUPED * len(_GROUP_GAPS.findall(text))
        if kind == "decimal" and "," not in text and text.isdigit() and text != "0":
            cost += _DECIMALS_LACK
        return cost
    if kind == "date":
        return _TEXT_AS_DATE
    if kind == "period":
        return _CUT_CELL if _CUT_PERIOD.fullmatch(text) else _TEXT_AS_PERIOD
    if kind == "target" and _CUT_TARGET.fullmatch(text):
        return _CUT_CELL
    if words.LONE_UNIT.fullmatch(text):
        return _NEVER
    if kind not in _MONEY and _CUT_VALUE.fullmatch(text):
        return _CUT_CELL
    first = _NUMBER_FIRST.match(text)
    if first:
        tail = text[first.end() :].strip()
        if tail and not any(c.isdigit() for c in tail) and len(tail.split()) <= 4:
            return _ODD_VALUE
        return _SENTENCE_AS_VALUE
    if any(c.isdigit() for c in text):
        return _SENTENCE_AS_VALUE
    return _WORDS_AS_VALUE if kind == "value" else _WORDS_AS_TARGET


def _against_name(text: _Text, start: int) -> float:
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
    if _HALF_A_CELL.fullmatch(tokens[-1]):
        cost += _NAME_ENDS_IN_UNIT
    numbers = units = 0
    for token in reversed(tokens):
        if token == "":
            continue
        if _NUMBER.fullmatch(token):
            numbers += 1
        elif words.UNIT_SIGN.fullmatch(token):
            units += 1
        else:
            break
    if numbers:
        cost += weight * (_NAME_ENDS_IN_NUMBER + _NAME_ENDS_IN_NUMBERS * (numbers - 1))
        cost += weight * _NAME_ENDS_IN_UNIT * bool(units)
    if not any([c.isalpha() for token in tokens for c in token]):
        cost += _NAME_WITHOUT_LETTERS
    return cost


def _against_row(kinds: Kinds, cells: Cells) -> float:
    """Return what speaks against these cells standing in one row."""
    cost = taste(kinds, cells)
    if not any(cells):
        cost += _NO_CELLS
    return cost + sum(
        [_PHRASE_SPLIT for a, b in pairwise(cells) if a and b and _splits_period(a, b)]
    )


def taste(kinds: Kinds, cells: Cells) -> float:
    """Return how unlike the figures of a row are: it ranks readings, and makes none unlikely.

    The figures of a row are mostly of one kind: of like size, with the same unit and decimals.
    """
    units = set()
    figures = with_unit = with_decimals = without = 0
    sizes = []
    for kind, cell in zip(kinds, cells, strict=True):
        if not cell or kind not in _FIGURES:
            continue
        figure = size(cell)
        if figure is None:
            continue
        figures += 1
        sizes.append(figure)
        if kind in _MONEY:
            decimals = "," in cell or "%" in cell
            with_decimals += decimals
            without += not decimals
        unit = _UNIT_AT_END.search(cell)
        if unit:
            units.add(unit[1])
            with_unit += 1
    cost = _UNITS_DIFFER * max(0, len(units) - 1)
    cost += _DECIMALS_DIFFER * min(with_decimals, without)
    if with_unit:
        cost += _UNIT_LACKS * (figures - with_unit)
    if len(sizes) > 1:
        middle = sorted(sizes)[len(sizes) // 2]
        cost += _SIZES_DIFFER * sum([min(4.0, abs(figure - middle)) for figure in sizes])
    return cost


def oddity(division: Division, kinds: Kinds) -> float:
    """Return what speaks against a division but the size and look of its figures."""
    gaps = sum([len(_GROUP_GAPS.findall(cell)) for cell in division.cells if cell])
    return division.cost - taste(kinds, division.cells) - _NUMBER_GROUPED * gaps


def _splits_period(cell: str, following: str) -> bool:
    """Whether "Tertial" and "1", or "Tertial 1" and "2022", stand in two cells."""
    if cell == "Tertial":
        return following in ("1", "2", "3")
    return bool(_YEAR.fullmatch(following) and _CUT_PERIOD.fullmatch(cell))


@lru_cache(maxsize=4096)
def size(cell: str) -> float | None:
    """Return the decimal magnitude of the cell's number; None where it has none, or it is 0."""
    match = _NUMBER.match(cell)
    if not match:
        return None
    digits = re.sub(r"[^\d.,]", "", match[0]).replace(",", ".")
    number = float(digits) if digits.count(".") < 2 else 0.0
    return log10(number) if number else None


# --- rows that a page break cuts ----------------------------------------------------------------


def with_continuation(
    before: Blocks, blocks: list[tuple[str, ...]], kinds: Kinds
) -> tuple[Division, ...]:
    """Divide a row `before` a repeated header with the blocks after it (report-layouts.md A6).

    The rest of the name comes first, then the rests of cells in column order, as blocks of their
    own or on one line.
    """
    divisions = divide(before, kinds)
    if len(before) > 1 and not before[-1][-1].endswith(" "):
        divisions = tuple([_cut_at_end(division) for division in divisions])
    tokens: list[str] = []
    ends: dict[int, float] = {0: 0.0}
    for block in blocks:
        on_first_line = len(block[0].split())
        begin = len(tokens)
        tokens += "".join(block).split()
        for end in range(begin + 1, len(tokens)):
            inside = _REST_INSIDE_LINE if end - begin <= on_first_line else _REST_INSIDE_BLOCK
            ends[end] = inside
        ends[len(tokens)] = 0.0
    joined = []
    for division in divisions:
        if division.cost == 0.0 and not any([_is_cell_like(token) for token in tokens]):
            # No cell was cut, and nothing looks like the rest of one.
            joined.append(Division(_joined(division.name, " ".join(tokens)), division.cells, 0.0))
            continue
        for cost, name_tokens, cells in _continued(division.cells, tokens, ends, kinds):
            name = _joined(division.name, " ".join(tokens[:name_tokens]))
            cost += _REST_LACKS * name.endswith(CUT)
            uncut = sum([cell_cost(k, c) for k, c in zip(kinds, division.cells, strict=True) if c])
            joined.append(Division(name, cells, round(division.cost - uncut + cost, 3)))
    return nearly_as_good(sorted(joined, key=_cost))


def continues_cells(
    row: Blocks, blocks: list[tuple[str, ...]], block: tuple[str, ...], kinds: Kinds
) -> bool:
    """Whether a further block completes cells of a row, and is not more of its name."""
    before = with_continuation(row, blocks, kinds)
    after = with_continuation(row, [*blocks, block], kinds)
    if not before or not after or after[0].cost > before[0].cost + _REST_INSIDE_LINE:
        return False
    rests = " ".join(["".join(lines) for lines in blocks]).split()
    longest = _joined(divide(row, kinds)[0].name, " ".join(rests))
    return longest.startswith(after[0].name)


def _cut_at_end(division: Division) -> Division:
    """Return a division whose last cell goes on after the page break, in the middle of a word."""
    filled = [position for position, cell in enumerate(division.cells) if cell]
    if not filled:
        return division
    cells = list(division.cells)
    cells[filled[-1]] = f"{cells[filled[-1]]}{CUT}"
    return Division(division.name, tuple(cells), max(division.cost, _CUT_CELL))


def _joined(before: str, rest: str) -> str:
    """Join the parts of a name or cell that a page break cut, maybe inside a word."""
    if not rest:
        return before
    if before.endswith(CUT):
        # After a lone hyphen the space went to the next line.
        gap = " " if before.endswith(f" -{CUT}") else ""
        return before[: -len(CUT)] + gap + rest
    return before + rest if before.endswith("/") else f"{before} {rest}"


def _continued(
    cells: Cells, tokens: list[str], ends: dict[int, float], kinds: Kinds
) -> list[tuple[float, int, Cells]]:
    """Return the cheapest ways to give tokens to the name's rest and then to cells in order.

    Each way is its cost, the number of tokens that go to the name, and the cells. Only the last
    tokens can be rests of cells, so the search is bounded however much text follows.
    """
    first = max(0, len(tokens) - _TOKENS_OF_RESTS)
    # (tokens to the name, tokens given away) -> cheapest cost and cells
    states: dict[tuple[int, int], _Tail] = {}
    for count in range(first, len(tokens) + 1):
        cost = ends[count]
        cost += _REST_LIKE_CELL * sum(1 for token in tokens[first:count] if _is_cell_like(token))
        states[count, count] = (cost, ())
    for cell, kind in zip(cells, kinds, strict=True):
        own = cell_cost(kind, cell) if cell else 0.0
        following: dict[tuple[int, int], _Tail] = {}
        for (count, at), (cost, done) in states.items():
            uncut = own + _REST_LACKS if cell and cell.endswith(CUT) else own
            _keep(following, (count, at), (cost + uncut, (*done, cell)))
            if not cell or kind == "text":
                continue
            text = cell
            for end in range(at + 1, min(len(tokens), at + _LONGEST_CELL_IN_TOKENS) + 1):
                text = _joined(text, tokens[end - 1])
                price = cell_cost(kind, text)
                if price < _WORST_ACCEPTED:
                    price += ends[end]
                    _keep(following, (count, end), (cost + price, (*done, text)))
                elif kind != "target":
                    break  # more words would not make it a cell
        states = following
    whole = [
        (cost, count, done) for (count, at), (cost, done) in states.items() if at == len(tokens)
    ]
    return sorted(whole, key=lambda way: way[0])[:_KEPT]


def _keep(states: dict[tuple[int, int], _Tail], state: tuple[int, int], tail: _Tail) -> None:
    if state not in states or tail[0] < states[state][0]:
        states[state] = tail


def _is_cell_like(token: str) -> bool:
    return bool(_NUMBER.fullmatch(token) or words.UNIT_SIGN.fullmatch(token))
