"""Layout A: rows that a page break cuts (report-layouts.md A6).

What stands before the repeated header is divided as any row; what stands after it is the rest of
the name, then the rests of cells in column order, as blocks of their own or on one line.

Belongs here: giving the words after a repeated header to name and cells. Does not belong here:
which blocks continue a row (`line_rows`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.cells import divide
from stadsdel.parsing.division import (
    AMBIGUOUS_WITHIN,
    CUT,
    WORST_ACCEPTED,
    Cells,
    Division,
    nearly_as_good,
)
from stadsdel.parsing.prices import CUT_CELL, SENTENCE_AS_VALUE, cell_cost, is_cell_like

if TYPE_CHECKING:
    from stadsdel.parsing.division import Blocks, Kinds
    from stadsdel.parsing.headers import CellKind

_REST_LACKS = 3.0  # a cell cut inside a word without its rest
_REST_OF_WHOLE_CELL = 0.1  # what is whole without a rest needs none: a name's last word
_UNIT_LACKS = 0.5  # "Max 10" beside a unit that the page break may have cut from it
_REST_LIKE_CELL = 1.0  # digits or a unit in what continues a name
_REST_INSIDE_LINE = 0.3  # a boundary between rests where no block ends
_REST_INSIDE_BLOCK = 1.5  # a rest of several lines is a block of its own
_LONGEST_REST_IN_TOKENS = 9
_TOKENS_OF_RESTS = 24
_KEPT = 12
_ROUNDING = 1e-6

_HALF_TOLERANCE = re.compile(r"\+/- ?\d+$")  # "T2 +/-1" and then "%"
_BOUND_WITHOUT_UNIT = re.compile(rf"{words.BOUND_WORD} {words.NUMBER}")


def with_continuation(
    before: Blocks, blocks: list[tuple[str, ...]], kinds: Kinds
) -> tuple[Division, ...]:
    """Divide a row `before` a repeated header with the blocks after it (report-layouts.md A6).

    The rest of the name comes first, then the rests of cells in column order, as blocks of their
    own or on one line.
    """
    divisions = divide(before, kinds)
    if not before[-1][-1].endswith(" "):
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
    has_figure = any([is_cell_like(token) for token in tokens]) or _are_units(tokens)
    has_unit = any([words.LONE_UNIT.fullmatch(token) for token in tokens])
    for division in divisions:
        lacks_unit = has_unit and any(
            [cell and _BOUND_WITHOUT_UNIT.fullmatch(cell) for cell in division.cells]
        )
        if division.cost == 0.0 and not has_figure and not lacks_unit:
            # No cell was cut, and nothing looks like the rest of one.
            joined.append(Division(_joined(division.name, " ".join(tokens)), division.cells, 0.0))
            continue
        name_lacks = _REST_LACKS * _goes_on(division.name)
        limit = AMBIGUOUS_WITHIN + name_lacks + _ROUNDING
        for cost, name_tokens, cells in _continued(division.cells, tokens, ends, kinds, limit):
            name = _joined(division.name, " ".join(tokens[:name_tokens]))
            cost += name_lacks * _goes_on(name)
            uncut = sum([cell_cost(k, c) for k, c in zip(kinds, division.cells, strict=True) if c])
            joined.append(Division(name, cells, round(division.cost - uncut + cost, 3)))
    return nearly_as_good(joined)


def continues_cells(
    row: Blocks, blocks: list[tuple[str, ...]], block: tuple[str, ...], kinds: Kinds
) -> bool:
    """Whether a further block completes cells of a row, and is not more of its name."""
    before = with_continuation(row, blocks, kinds)
    after = with_continuation(row, [*blocks, block], kinds)
    tokens = "".join(block).split()
    # No name goes on with figures and units alone: they are the rests of cells, of one or more.
    rests_of = len(tokens) if all(map(is_cell_like, tokens)) else 0
    room = _REST_INSIDE_LINE + rests_of * (_REST_INSIDE_LINE + _REST_OF_WHOLE_CELL)
    if not before or not after or after[0].cost > before[0].cost + room:
        return False
    rests = " ".join(["".join(lines) for lines in blocks]).split()
    longest = _joined(divide(row, kinds)[0].name, " ".join(rests))
    return longest.startswith(after[0].name)


def _goes_on(name: str) -> bool:
    """Whether a name has a rest after the page break: it ends in the middle."""
    return name.endswith((CUT, ",", "(")) or _HALF_TOLERANCE.search(name) is not None


def _cut_at_end(division: Division) -> Division:
    """Return a division whose last cell goes on after the page break, in the middle of a word."""
    filled = [position for position, cell in enumerate(division.cells) if cell]
    if not filled:
        return division
    cells = list(division.cells)
    cells[filled[-1]] = f"{cells[filled[-1]]}{CUT}"
    return Division(division.name, tuple(cells), max(division.cost, CUT_CELL))


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
    cells: Cells, tokens: list[str], ends: dict[int, float], kinds: Kinds, limit: float
) -> list[tuple[float, int, Cells]]:
    """Return the cheapest ways to give tokens to the name's rest and then to cells in order.

    Each way is its cost, the number of tokens that go to the name, and the cells. Only the last
    tokens can be rests of cells, so the search is bounded however much text follows; nor is any
    way followed that costs more than giving all to the name by `limit`.
    """
    first = max(0, len(tokens) - _TOKENS_OF_RESTS)
    has_unit = any([words.LONE_UNIT.fullmatch(token) for token in tokens[first:]])
    # (tokens to the name, tokens given away) -> cheapest cost and cells
    states: dict[tuple[int, int], tuple[float, Cells]] = {}
    like_cells = 0
    for count in range(first, len(tokens) + 1):
        states[count, count] = (ends[count] + _REST_LIKE_CELL * like_cells, ())
        like_cells += count < len(tokens) and is_cell_like(tokens[count])
    uncut = [_uncut(cell, kind, has_unit=has_unit) for cell, kind in zip(cells, kinds, strict=True)]
    worst = states[len(tokens), len(tokens)][0] + sum(uncut) + limit
    for cell, kind, own in zip(cells, kinds, uncut, strict=True):
        following: dict[tuple[int, int], tuple[float, Cells]] = {}
        for (count, at), (cost, done) in states.items():
            if cost > worst:
                continue
            _keep(following, (count, at), (cost + own, (*done, cell)))
            if not cell or kind == "text":
                continue
            text = cell
            for end in range(at + 1, min(len(tokens), at + _LONGEST_REST_IN_TOKENS) + 1):
                text = _joined(text, tokens[end - 1])
                price = cell_cost(kind, text)
                if price < WORST_ACCEPTED and cost + price <= worst:
                    price += ends[end] + (_REST_OF_WHOLE_CELL if own < _UNIT_LACKS else 0.0)
                    _keep(following, (count, end), (cost + price, (*done, text)))
                if price >= SENTENCE_AS_VALUE and kind != "target":
                    break  # more words would not make it a cell
        states = following
    whole = [
        (cost, count, done) for (count, at), (cost, done) in states.items() if at == len(tokens)
    ]
    return sorted(whole, key=lambda way: way[0])[:_KEPT]


def _are_units(tokens: list[str]) -> bool:
    """Whether what follows a repeated header is units alone: a name's last word, or a cell's."""
    return bool(tokens) and all([words.LONE_UNIT.fullmatch(token) for token in tokens])


def _uncut(cell: str | None, kind: CellKind, *, has_unit: bool) -> float:
    """Return what speaks against a cell without a rest; `has_unit` tells of a unit among them."""
    if not cell:
        return 0.0
    if cell.endswith(CUT):
        return cell_cost(kind, cell) + _REST_LACKS
    lacks_unit = has_unit and _BOUND_WITHOUT_UNIT.fullmatch(cell)
    return cell_cost(kind, cell) + (_UNIT_LACKS if lacks_unit else 0.0)


def _keep(
    states: dict[tuple[int, int], tuple[float, Cells]],
    state: tuple[int, int],
    tail: tuple[float, Cells],
) -> None:
    if state not in states or tail[0] < states[state][0]:
        states[state] = tail
