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

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.headers import CellKind, Column
from stadsdel.parsing.markup import fold

Kinds = tuple[CellKind, ...]
Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide a row: its name, its cells, and how much speaks against it."""

    name: str
    cells: Cells
    cost: float


_PATTERNS: dict[CellKind, str] = {
    "value": words.VALUE,
    "target": words.TARGET,
    "period": words.PERIOD,
    "date": words.DATE,
    "text": r"\S.*?",
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
_NUMBER_GROUPED = 0.2  # "9 000": rarer than two cells, but far from odd
_NO_PERIOD = 1.0  # the period is blank nearly never
_ONE_SEX_ALONE = 1.5  # men's and women's rates are printed together or not at all
_UNITS_DIFFER = 0.15  # units come and go in a row (domain.md), yet mostly stay
_SIZES_DIFFER = 0.1  # per decimal power: the figures of a row are of one kind
_SPACE_IN_CELL = 0.3  # "90  %": a lone unit is never a cell
_SURPLUS_AT_BLOCK_END = 0.8  # padding: two spaces at the end of a wrapped cell
_SURPLUS_SPACE = 2.5
_MISSING_CELL = 3.0
_NAME_ENDS_IN_UNIT = 2.0
_NAME_ENDS_IN_NUMBER = 0.4
_NAME_WITHOUT_LETTERS = 9.0
_NAME_HAS_GAP = 0.8
_NAME_PAST_ITS_BLOCK = 2.5
_NAME_SHORT_OF_ITS_BLOCK = 1.2
_REST_LIKE_CELL = 1.0  # digits or a unit in what continues a name
_REST_INSIDE_BLOCK = 0.3  # a boundary between rests where no block ends
_AMBIGUOUS_WITHIN = 0.75
_LONGEST_CELL_IN_TOKENS = 9
_TOKENS_PER_COLUMN = 6
_KEPT = 6
_WORST_ACCEPTED = 9.0


def kinds_of(columns: tuple[Column, ...]) -> Kinds:
    """Return what each column's cells look like."""
    return tuple([column.kind for column in columns])


# --- the common case: every cell is just what its column prints ---------------------------------


@lru_cache(maxsize=256)
def _strict(kinds: Kinds) -> re.Pattern[str]:
    return re.compile("".join([f"({_PATTERNS[kind]})? " for kind in kinds]))


@lru_cache(maxsize=256)
def _strict_with_name(kinds: Kinds, greedy: bool) -> re.Pattern[str]:
    name = r"(\S.*\S|\S)" if greedy else r"(\S.*?\S|\S)"
    return re.compile(name + " " + "".join([f"({_PATTERNS[kind]})? " for kind in kinds]))


def fits_strictly(text: str, kinds: Kinds) -> bool:
    """Whether `text` is exactly the cells of a row without its name, each of its column's type."""
    return _strict(kinds).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def fits_with_name(text: str, kinds: Kinds) -> bool:
    """Whether `text` is a name and then exactly the cells of a row."""
    return _strict_with_name(kinds, False).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _divide(name_block: str, rest: str, kinds: Kinds) -> tuple[Division, ...]:
    if rest and name_block.strip():
        match = _strict(kinds).fullmatch(rest)
        if match:
            if not words.THOUSANDS.search(rest):
                return (Division(name_block.strip(), _folded(match.groups()), 0.0),)
            return _by_cost(name_block, rest, kinds)
    joined = name_block + rest
    match = _strict_with_name(kinds, False).fullmatch(joined)
    if match and not words.THOUSANDS.search(joined):
        greedy = _strict_with_name(kinds, True).fullmatch(joined)
        if greedy is not None and greedy.groups() == match.groups():
            name, *found = match.groups()
            return (Division(name, _folded(tuple(found)), 0.0),)
    if rest and not name_block.endswith(" "):
        # The block ended inside a word: of the name, or of a cell that goes on in the next block.
        apart = _by_cost(name_block + " ", rest, kinds)
        return _nearly_as_good(sorted([*_by_cost(name_block, rest, kinds), *apart], key=_cost))
    return _by_cost(name_block, rest, kinds)


def divide(name_block: str, rest: str, kinds: Kinds) -> list[Division]:
    """Divide a row's text, the cheapest division first; empty where nothing acceptable fits.

    `name_block` is the row's first block of lines joined (the name, and in short rows the cells
    too), `rest` the blocks after it. Both keep their spaces; the leading indent is already cut.
    Divisions after the first are those that fit nearly as well.
    """
    return list(_divide(name_block, rest, kinds))


def _folded(cells: tuple[str | None, ...]) -> Cells:
    return tuple([fold(cell) if cell else None for cell in cells])


def _cost(division: Division) -> float:
    return division.cost


def _nearly_as_good(divisions: list[Division]) -> tuple[Division, ...]:
    """Return the divisions nearly as cheap as the first, each once."""
    kept: dict[tuple[str, Cells], Division] = {}
    for division in divisions:
        if division.cost <= divisions[0].cost + _AMBIGUOUS_WITHIN:
            kept.setdefault((division.name, division.cells), division)
    return tuple(kept.values())


# --- the general case: the cheapest of all divisions --------------------------------------------

_Tail = tuple[float, Cells]


def _by_cost(name_block: str, rest: str, kinds: Kinds) -> tuple[Division, ...]:
    """Search all divisions from the right, keeping the cheapest few for each tail of tokens.

    Linear in the number of tokens: cells and their count are bounded.
    """
    tokens, in_first, block_ends = _tokens(name_block, rest)
    if not any(tokens):
        return ()
    first = max(1, len(tokens) - len(kinds) * _TOKENS_PER_COLUMN - 8)
    tails = _tails_without_columns(tokens, block_ends)
    for kind in reversed(kinds):
        tails = _tails(tokens, block_ends, kind, tails, first)
    divisions = []
    for start in range(first, len(tokens) + 1):
        if not tails[start] or tokens[start - 1] == "":
            continue
        against = _against_name(tokens[:start], start, in_first if rest else None)
        if against >= _WORST_ACCEPTED:
            continue
        name = " ".join([token for token in tokens[:start] if token])
        for cost, cells in tails[start]:
            total = cost + against + _against_row(kinds, cells)
            divisions.append(Division(name, cells, round(total, 3)))
    divisions.sort(key=_cost)
    if not divisions or divisions[0].cost > _WORST_ACCEPTED:
        return ()
    return _nearly_as_good(divisions)


def _tokens(name_block: str, rest: str) -> tuple[list[str], int, set[int]]:
    """Split at single spaces.

    Returns the tokens, how many of them the first block holds, and the indexes of the tokens that
    stand last on a line of their block (where a second space is padding).
    """
    joined = name_block + rest
    tokens = joined.split(" ")
    if tokens[-1] == "":
        tokens.pop()
    in_first = name_block.count(" ") if rest or name_block.endswith(" ") else len(tokens)
    ends = {in_first - 1, len(tokens) - 1}
    return tokens, min(in_first, len(tokens)), ends


def _tails_without_columns(tokens: list[str], block_ends: set[int]) -> list[list[_Tail]]:
    """Tails for no columns at all: the text's end, or surplus spaces before it."""
    count = len(tokens)
    tails: list[list[_Tail]] = [[] for _ in range(count + 1)]
    tails[count] = [(0.0, ())]
    for index in range(count - 1, -1, -1):
        if tokens[index] != "":
            break
        surplus = _SURPLUS_AT_BLOCK_END if index in block_ends else _SURPLUS_SPACE
        tails[index] = [(tails[index + 1][0][0] + surplus, ())]
    return tails


def _tails(
    tokens: list[str],
    block_ends: set[int],
    kind: CellKind,
    after: list[list[_Tail]],
    first: int,
) -> list[list[_Tail]]:
    """Return, per token, the cheapest tails that begin with a cell of `kind`.

    `after[i]` are the tails of the columns to the right that begin at token i.
    """
    count = len(tokens)
    here: list[list[_Tail]] = [[] for _ in range(count + 1)]
    here[count] = [(cost + _MISSING_CELL, (None, *cells)) for cost, cells in after[count]]
    for index in range(count - 1, first - 1, -1):
        found: list[_Tail] = []
        if tokens[index] == "":
            blank = _NO_PERIOD if kind == "period" else 0.0
            found += [(cost + blank, (None, *cells)) for cost, cells in after[index + 1]]
            surplus = _SURPLUS_AT_BLOCK_END if index in block_ends else _SURPLUS_SPACE
            found += [(cost + surplus, cells) for cost, cells in here[index + 1]]
        else:
            text = ""
            gap = 0.0
            for end in range(index + 1, min(count, index + _LONGEST_CELL_IN_TOKENS) + 1):
                token = tokens[end - 1]
                if token == "":
                    if end == count or not words.LONE_UNIT.fullmatch(tokens[end]):
                        break
                    gap += _SPACE_IN_CELL
                    continue
                text = f"{text} {token}" if text else token
                if not after[end]:
                    continue
                own = cell_cost(kind, text) + gap
                if own < _WORST_ACCEPTED:
                    found += [(cost + own, (text, *cells)) for cost, cells in after[end]]
        here[index] = _cheapest(found)
    return here


def _cheapest(found: list[_Tail]) -> list[_Tail]:
    if len(found) < 2:
        return found
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
_NUMBER_FIRST = re.compile(words.NUMBER + r"(?= |$)")
_UNIT_AT_END = re.compile(rf"({words.UNIT})$")
_ZEROS_FIRST = re.compile(r"0\d")
# The beginnings of target phrases: what a page break leaves of them.
_CUT_TARGET = re.compile(
    r"[Tt]as(?: fram(?: av(?: nämnd(?:en)?(?: ?/ ?(?:\w+)?)?)?)?)?|[Ff]astst\w*|Max(?: \d+(?: \w+)?)?|\+/-"
)
_CUT_PERIOD = re.compile(r"Tertial \d|V[BP]|Tert\w*")


@lru_cache(maxsize=65536)
def cell_cost(kind: CellKind, text: str) -> float:
    """Return what speaks against `text` being one cell of this kind."""
    if kind == "text":
        return 0.1
    if _FULL[kind].fullmatch(text):
        if kind == "date" or kind == "period":
            return 0.0
        if _ZEROS_FIRST.match(text):
            return _WORDS_AS_VALUE  # "000 st": the rest of a number
        return _NUMBER_GROUPED if words.THOUSANDS.search(text) else 0.0
    if kind == "date":
        return _TEXT_AS_DATE
    if kind == "period":
        return _CUT_CELL if _CUT_PERIOD.fullmatch(text) else _TEXT_AS_PERIOD
    if kind == "target" and _CUT_TARGET.fullmatch(text):
        return _CUT_CELL
    if words.LONE_UNIT.fullmatch(text):
        return _NEVER
    first = _NUMBER_FIRST.match(text)
    if first:
        tail = text[first.end() :].strip()
        if tail and not any(c.isdigit() for c in tail) and len(tail.split()) <= 4:
            return _ODD_VALUE
        return _SENTENCE_AS_VALUE
    if any(c.isdigit() for c in text):
        return _SENTENCE_AS_VALUE
    return _WORDS_AS_VALUE if kind == "value" else _WORDS_AS_TARGET


def _against_name(tokens: list[str], start: int, in_first: int | None) -> float:
    """Return what speaks against the first `start` tokens being the name.

    `in_first` is where the first block ends, None where the row is one block.
    """
    if start == in_first:
        return 0.0
    cost = _NAME_HAS_GAP * tokens.count("")
    if in_first is not None:
        cost += _NAME_PAST_ITS_BLOCK if start > in_first else _NAME_SHORT_OF_ITS_BLOCK
    last = tokens[-1]
    if len(tokens) > 1 and words.LONE_UNIT.fullmatch(last) and tokens[-2][-1:].isdigit():
        cost += _NAME_ENDS_IN_UNIT
    elif _NUMBER.fullmatch(last):
        cost += _NAME_ENDS_IN_NUMBER
    if not any([c.isalpha() for token in tokens for c in token]):
        cost += _NAME_WITHOUT_LETTERS
    return cost


def _against_row(kinds: Kinds, cells: Cells) -> float:
    """Return what speaks against these cells standing in one row."""
    units = set()
    sizes = []
    for kind, cell in zip(kinds, cells, strict=True):
        if cell and kind in ("value", "target"):
            unit = _UNIT_AT_END.search(cell)
            if unit:
                units.add(unit[1])
            size = _size(cell)
            if size is not None:
                sizes.append(size)
    cost = _UNITS_DIFFER * max(0, len(units) - 1)
    if len(sizes) > 1:
        cost += _SIZES_DIFFER * (max(sizes) - min(sizes))
    return cost


@lru_cache(maxsize=4096)
def _size(cell: str) -> int | None:
    """Return how many digits stand before the decimal comma of the cell's number."""
    match = _NUMBER.match(cell)
    if not match:
        return None
    return len(re.sub(r"\D", "", re.split(r"[.,]", match[0])[0]))


# --- rows that a page break cuts ----------------------------------------------------------------


def with_continuation(
    divisions: list[Division], blocks: list[str], kinds: Kinds, broken: bool
) -> list[Division]:
    """Join what stands after a repeated header to the row before it (report-layouts.md A6).

    The rest of the name comes first, then the rests of cells in column order, as blocks or on one
    line. `broken` says that the name stopped inside a word.
    """
    tokens: list[str] = []
    ends = {0}
    for block in blocks:
        tokens += block.split()
        ends.add(len(tokens))
    joined = []
    for division in divisions:
        for cost, name_tokens, cells in _continued(division.cells, tokens, ends, kinds):
            rest = _name_rest(blocks, name_tokens)
            name = division.name + ("" if broken or not rest else " ") + rest
            joined.append(Division(name, cells, round(division.cost + cost, 3)))
    joined.sort(key=_cost)
    return list(_nearly_as_good(joined))


def _name_rest(blocks: list[str], count: int) -> str:
    """Return the first `count` words of the blocks as they stand, words cut by lines joined."""
    return " ".join("".join(blocks).split()[:count]) if count else ""


def _continued(
    cells: Cells, tokens: list[str], ends: set[int], kinds: Kinds
) -> list[tuple[float, int, Cells]]:
    """Return the cheapest ways to give tokens to the name's rest and then to cells in order."""
    states: list[tuple[float, int, int, Cells]] = []
    for count in range(len(tokens) + 1):
        cost = 0.0 if count in ends else _REST_INSIDE_BLOCK
        cost += _REST_LIKE_CELL * sum(1 for token in tokens[:count] if _is_cell_like(token))
        states.append((cost, count, count, ()))
    for position, kind in enumerate(kinds):
        cell = cells[position]
        following: list[tuple[float, int, int, Cells]] = []
        for cost, count, at, done in states:
            own = cell_cost(kind, cell) if cell else 0.0
            following.append((cost + own, count, at, (*done, cell)))
            if not cell or kind == "text":
                continue
            text = cell
            for end in range(at + 1, min(len(tokens), at + _LONGEST_CELL_IN_TOKENS) + 1):
                token = tokens[end - 1]
                text = text + token if text.endswith("/") else f"{text} {token}"
                price = cell_cost(kind, text)
                if price < _WORST_ACCEPTED:
                    price += 0.0 if end in ends else _REST_INSIDE_BLOCK
                    following.append((cost + price, count, end, (*done, text)))
        following.sort(key=lambda state: state[0])
        states = following[: _KEPT * 4]
    return [(cost, count, done) for cost, count, at, done in states if at == len(tokens)][:_KEPT]


def _is_cell_like(token: str) -> bool:
    return bool(_NUMBER.fullmatch(token) or words.LONE_UNIT.fullmatch(token))
