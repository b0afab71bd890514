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

Kinds = tuple[CellKind, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide a row: its name, its cells, and how much speaks against it."""

    name: str
    cells: tuple[str | None, ...]
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
_TEXT_AS_VALUE = 4.0
_TEXT_AS_PERIOD = 6.0
_TEXT_AS_DATE = 9.0
_NUMBER_GROUPED = 0.2  # "9 000": rarer than two cells, but far from odd
_NO_PERIOD = 1.0  # the period is blank nearly never
_ONE_SEX_ALONE = 1.5  # men's and women's rates are printed together or not at all
_UNITS_DIFFER = 0.15  # units come and go in a row (domain.md), yet mostly stay
_SPACE_IN_CELL = 0.3  # "90  %": a lone unit is never a cell
_PADDING_AT_LINE_END = 0.8  # two spaces before a block's end
_SURPLUS_SPACE = 2.5
_MISSING_CELL = 3.0
_NAME_ENDS_IN_UNIT = 2.0
_NAME_ENDS_IN_NUMBER = 0.4
_NAME_HAS_GAP = 0.8
_NAME_PAST_ITS_BLOCK = 2.5
_NAME_SHORT_OF_ITS_BLOCK = 1.2
_AMBIGUOUS_WITHIN = 0.75
_LONGEST_CELL_IN_TOKENS = 9
_KEPT_DIVISIONS = 6
_WORST_ACCEPTED = 9.0


@lru_cache(maxsize=256)
def _strict(kinds: Kinds) -> re.Pattern[str]:
    return re.compile("".join([f"({_PATTERNS[kind]})? " for kind in kinds]))


@lru_cache(maxsize=256)
def _strict_with_name(kinds: Kinds, greedy: bool) -> re.Pattern[str]:
    name = r"(\S.*\S|\S)" if greedy else r"(\S.*?\S|\S)"
    return re.compile(name + " " + "".join([f"({_PATTERNS[kind]})? " for kind in kinds]))


def kinds_of(columns: tuple[Column, ...]) -> Kinds:
    """Return what each column's cells look like."""
    return tuple([column.kind for column in columns])


def fits_strictly(text: str, kinds: Kinds) -> bool:
    """Whether `text` is exactly the cells of a row without its name, each of its column's type."""
    return _strict(kinds).fullmatch(text) is not None


def fits_with_name(text: str, kinds: Kinds) -> bool:
    """Whether `text` is a name and then exactly the cells of a row."""
    return _strict_with_name(kinds, False).fullmatch(text) is not None


def divide(name_block: str, rest: str, kinds: Kinds) -> list[Division]:
    """Divide a row's text, the cheapest division first; empty where nothing acceptable fits.

    `name_block` is the row's first block of lines joined (the name, and in short rows the cells
    too), `rest` the blocks after it. Both keep their spaces; the leading indent is already cut.
    """
    if rest and name_block.strip():
        match = _strict(kinds).fullmatch(rest)
        if match and not words.THOUSANDS.search(rest):
            return [Division(name_block.strip(), _blank_to_none(match.groups()), 0.0)]
        if match:
            return _near_best(_divide_by_cost(name_block, rest, kinds))
    joined = name_block + rest
    match = _strict_with_name(kinds, False).fullmatch(joined)
    if match and not words.THOUSANDS.search(joined):
        other = _strict_with_name(kinds, True).fullmatch(joined)
        if other is not None and other.groups() == match.groups():
            name, *found = match.groups()
            return [Division(name, _blank_to_none(tuple(found)), 0.0)]
    divisions = _divide_by_cost(name_block, rest, kinds)
    if rest and not name_block.endswith(" "):
        # The block ended inside a word: of the name, or of a cell that goes on in the next block.
        apart = _divide_by_cost(name_block + " ", rest, kinds)
        divisions = sorted([*divisions, *apart], key=lambda division: division.cost)
    return _near_best(divisions)


def _blank_to_none(cells: tuple[str | None, ...]) -> tuple[str | None, ...]:
    return tuple([cell or None for cell in cells])


def _near_best(divisions: list[Division]) -> list[Division]:
    """Return the divisions nearly as cheap as the first, each once."""
    kept: dict[tuple[str, tuple[str | None, ...]], Division] = {}
    for division in divisions:
        if division.cost <= divisions[0].cost + _AMBIGUOUS_WITHIN:
            kept.setdefault((division.name, division.cells), division)
    return list(kept.values())


# --- the general case ---------------------------------------------------------------------------


def _tokens(name_block: str, rest: str) -> tuple[list[str], int]:
    """Split at single spaces; return the tokens and how many of them the first block holds."""
    joined = name_block + rest
    tokens = joined.split(" ")
    if tokens[-1] == "":
        tokens.pop()
    in_first = name_block.count(" ") if name_block.endswith(" ") or rest else len(tokens)
    return tokens, min(in_first, len(tokens))


def _divide_by_cost(name_block: str, rest: str, kinds: Kinds) -> list[Division]:
    """Search all divisions from the right, keeping the cheapest few for each suffix of tokens."""
    texts, in_first = _tokens(name_block, rest)
    if not any(texts):
        return []
    # suffixes[c][i]: cheapest ways to make columns c.. out of tokens i.., as (cost, cells).
    count, columns = len(texts), len(kinds)
    empty: list[tuple[float, tuple[str | None, ...]]] = []
    after: list[list[tuple[float, tuple[str | None, ...]]]] = [
        list(empty) for _ in range(count + 1)
    ]
    after[count] = [(0.0, ())]
    for index in range(count - 1, -1, -1):
        if texts[index] != "":
            break
        cost = after[index + 1][0][0] + _SURPLUS_SPACE
        after[index] = [(cost, ())]
    longest_tail = count - _tail_limit(texts, columns)
    for column in range(columns - 1, -1, -1):
        kind = kinds[column]
        here: list[list[tuple[float, tuple[str | None, ...]]]] = [
            list(empty) for _ in range(count + 1)
        ]
        for index in range(count, longest_tail - 1, -1):
            found: list[tuple[float, tuple[str | None, ...]]] = []
            if index == count:
                found += [(cost + _MISSING_CELL, (None, *cells)) for cost, cells in after[count]]
            elif texts[index] == "":
                blank = _NO_PERIOD if kind == "period" else 0.0
                found += [(cost + blank, (None, *cells)) for cost, cells in after[index + 1]]
                found += [
                    (cost + _SURPLUS_SPACE, cells)
                    for cost, cells in here[index + 1]
                    if not (cells and cells[0] is None and cost >= _MISSING_CELL)
                ]
            else:
                limit = min(count, index + _LONGEST_CELL_IN_TOKENS)
                gap = 0.0
                for end in range(index + 1, limit + 1):
                    token = texts[end - 1]
                    if token == "":
                        if not (end < count and words.LONE_UNIT.fullmatch(texts[end])):
                            break
                        gap += _SPACE_IN_CELL
                        continue
                    nexts = after[end]
                    if not nexts:
                        continue
                    cell = " ".join([text for text in texts[index:end] if text])
                    own = cell_cost(kind, cell) + gap
                    if own >= _WORST_ACCEPTED:
                        continue
                    found += [(cost + own, (cell, *cells)) for cost, cells in nexts]
            found.sort(key=lambda entry: entry[0])
            here[index] = _distinct(found)
        after = here
    return _with_names(texts, in_first, bool(rest), after, longest_tail, kinds)


def _tail_limit(texts: list[str], columns: int) -> int:
    """How many tokens from the right the cells may take at most: names may be long."""
    return min(len(texts), columns * 5 + 8)


def _distinct(
    found: list[tuple[float, tuple[str | None, ...]]],
) -> list[tuple[float, tuple[str | None, ...]]]:
    seen: set[tuple[str | None, ...]] = set()
    kept = []
    for cost, cells in found:
        if cells not in seen:
            seen.add(cells)
            kept.append((cost, cells))
            if len(kept) == _KEPT_DIVISIONS:
                break
    return kept


def _with_names(
    texts: list[str],
    in_first: int,
    has_rest: bool,
    after: list[list[tuple[float, tuple[str | None, ...]]]],
    longest_tail: int,
    kinds: Kinds,
) -> list[Division]:
    divisions = []
    for start in range(max(1, longest_tail), len(texts) + 1):
        if not after[start]:
            continue
        name_tokens = texts[:start]
        while name_tokens and name_tokens[-1] == "":
            break
        if not name_tokens or name_tokens[-1] == "":
            continue
        name_cost = 0.0
        if not has_rest or start != in_first:
            name_cost = _name_cost(name_tokens)
        if has_rest and start != in_first:
            name_cost += _NAME_PAST_ITS_BLOCK if start > in_first else _NAME_SHORT_OF_ITS_BLOCK
        name = " ".join(text for text in name_tokens if text)
        for cost, cells in after[start]:
            total = cost + name_cost + _row_cost(kinds, cells)
            divisions.append(Division(name, cells, round(total, 3)))
    divisions.sort(key=lambda division: division.cost)
    if not divisions or divisions[0].cost > _WORST_ACCEPTED:
        return []
    return divisions


def _name_cost(tokens: list[str]) -> float:
    cost = _NAME_HAS_GAP * sum(token == "" for token in tokens)
    last = tokens[-1]
    if words.LONE_UNIT.fullmatch(last) and len(tokens) > 1 and tokens[-2][-1:].isdigit():
        cost += _NAME_ENDS_IN_UNIT
    elif _ENDS_IN_NUMBER.fullmatch(last):
        cost += _NAME_ENDS_IN_NUMBER
    if not any(character.isalpha() for token in tokens for character in token):
        cost += _TEXT_AS_DATE
    return cost


_ENDS_IN_NUMBER = re.compile(words.NUMBER)
_VALUE = re.compile(words.VALUE)
_TARGET = re.compile(words.TARGET)
_PERIOD = re.compile(words.PERIOD)
_DATE = re.compile(words.DATE)
_NUMBER_FIRST = re.compile(words.NUMBER + r"(?= |$)")
_GROUPED = re.compile(rf"{words.NUMBER}")
_UNIT_AT_END = re.compile(rf"({words.UNIT})$")
# The beginnings of target phrases: what a page break leaves of them.
_CUT_TARGET = re.compile(
    r"[Tt]as(?: fram(?: av(?: nämnd(?:/ ?(?:styrel)?)?)?)?)?|[Ff]astst\w*|Max(?: \d+)?"
)


@lru_cache(maxsize=65536)
def cell_cost(kind: CellKind, text: str) -> float:
    """Return what speaks against `text` being one cell of this kind."""
    if kind == "text":
        return 0.1
    if kind == "date":
        return 0.0 if _DATE.fullmatch(text) else _TEXT_AS_DATE
    if kind == "period":
        return 0.0 if _PERIOD.fullmatch(text) else _TEXT_AS_PERIOD
    pattern = _TARGET if kind == "target" else _VALUE
    if pattern.fullmatch(text):
        return _NUMBER_GROUPED if words.THOUSANDS.search(text) else 0.0
    if kind == "target" and _CUT_TARGET.fullmatch(text):
        return _ODD_VALUE
    if words.LONE_UNIT.fullmatch(text):
        return _WORST_ACCEPTED
    first = _NUMBER_FIRST.match(text)
    if first:
        tail = text[first.end() :].strip()
        if tail and not any(character.isdigit() for character in tail) and len(tail.split()) <= 4:
            return _ODD_VALUE
        return _TEXT_AS_VALUE
    if any(character.isdigit() for character in text):
        return _TEXT_AS_VALUE + 1.0
    return _TEXT_AS_VALUE if kind == "value" else 2.5


def _row_cost(kinds: Kinds, cells: tuple[str | None, ...]) -> float:
    """Return what speaks against these cells standing in one row."""
    units = set()
    sizes = []
    for kind, cell in zip(kinds, cells, strict=True):
        if cell and kind in {"value", "target"}:
            unit = _UNIT_AT_END.search(cell)
            if unit:
                units.add(unit[1])
            size = _size(cell)
            if size:
                sizes.append(size)
    cost = _UNITS_DIFFER * max(0, len(units) - 1)
    if len(sizes) > 1:
        # A row's figures are of one kind: "1 | 330 st" beside 11 000 is less likely than 1 330.
        cost += 0.1 * (max(sizes) - min(sizes))
    return cost


@lru_cache(maxsize=4096)
def _size(cell: str) -> float:
    """Return the decimal magnitude of the cell's number, 0 where it has none."""
    match = _GROUPED.match(cell)
    if not match:
        return 0.0
    digits = re.sub(r"[^\d,.]", "", match[0]).replace(",", ".")
    try:
        number = float(digits)
    except ValueError:
        return 0.0
    return max(0.0, len(str(int(number))) - 1.0) if number >= 1 else 0.0


# --- rows that a page break cuts ----------------------------------------------------------------


def with_continuation(
    name: str, cells: tuple[str | None, ...], blocks: list[str], kinds: Kinds, broken: bool
) -> tuple[str, tuple[str | None, ...]]:
    """Join what stands after a repeated header to the row before it (report-layouts.md A6).

    The rest of the name comes first, then the rests of cells in column order. A block is the rest
    of a cell where cell and block together are what the column prints; all else is name. `broken`
    says that the name stopped inside a word.
    """
    result = list(cells)
    pieces = list(blocks)
    rests: list[str] = []
    while pieces and _open_cell(result, pieces[-1], kinds, len(kinds)) is not None:
        rests.insert(0, pieces.pop())
    if not rests and pieces:
        head, tail = _split_rest(pieces[-1], result, kinds)
        if tail:
            pieces[-1] = head
            rests = [tail]
    limit = len(kinds)
    for rest in reversed(rests):
        position = _open_cell(result, rest, kinds, limit)
        if position is None:
            pieces.append(rest)
            continue
        result[position] = _joined(result[position] or "", rest)
        limit = position
    continued = name
    for piece in pieces:
        continued += piece if broken else f" {piece}"
        broken = not piece.endswith(" ")
    return continued, tuple(result)


def _joined(cell: str, rest: str) -> str:
    rest = rest.strip()
    return cell + rest if cell.endswith(("/", "-")) else f"{cell} {rest}"


def _open_cell(cells: list[str | None], rest: str, kinds: Kinds, limit: int) -> int | None:
    """Return the last column before `limit` whose cell `rest` completes."""
    for position in range(limit - 1, -1, -1):
        cell = cells[position]
        if not cell or kinds[position] == "text":
            continue
        joined = _joined(cell, rest)
        before, after = cell_cost(kinds[position], cell), cell_cost(kinds[position], joined)
        if after == 0.0 and (before > 0.0 or kinds[position] in {"target", "period"}):
            return position
    return None


def _split_rest(piece: str, cells: list[str | None], kinds: Kinds) -> tuple[str, str]:
    """Split a block into the rest of a name and the rest of a cell, where its end is one."""
    tokens = piece.split(" ")
    for start in range(1, len(tokens)):
        tail = " ".join(tokens[start:]).strip()
        if tail and _open_cell(cells, tail, kinds, len(kinds)) is not None:
            return " ".join(tokens[:start]), tail
    return piece, ""
