"""Layout A: the cheapest of all divisions of a row's text.

The cells of a row are joined by single spaces and a blank cell is an empty string
(report-layouts.md A2), so a division is a path through the row's tokens: the name, then one step
per column. Two passes over the steps give each the least that any path through it costs; only the
steps that are part of a path as cheap as asked for are then followed with their cells. All is
linear in the number of tokens, for cells and columns are bounded.

Belongs here: finding divisions. Does not belong here: prices (`prices`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.division import AMBIGUOUS_WITHIN, WORST_ACCEPTED, Cells, Division
from stadsdel.parsing.prices import (
    MONEY,
    NO_PERIOD,
    SENTENCE_AS_VALUE,
    against_name,
    against_row,
    cell_cost,
    taste,
)
from stadsdel.parsing.row_text import row_text

if TYPE_CHECKING:
    from stadsdel.parsing.division import Blocks, Kinds
    from stadsdel.parsing.headers import CellKind
    from stadsdel.parsing.row_text import RowText

_SPACE_IN_CELL = 0.3  # "90  %": a lone unit is never a cell
_SURPLUS_AT_BLOCK_END = 0.8  # padding: two spaces at the end of a wrapped cell
_SURPLUS_SPACE = 2.5
_MISSING_CELL = 3.0
_CELL_OVER_BLOCKS = 1.0  # a block begins with a cell
_CELL_ON_LATER_LINE = 1.2  # and its later lines are its last cell's
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
_KEPT = 12
_ROUNDING = 1e-6

_BEGINS_CELL = re.compile(
    r"\+/|[-–−±+<>≤≥]?\u00a0?[0-9]|[-–−]$|[Tt]as$|[Ff]ast|[Öö]k|[Mm]insk|[Oo]förän|[Bb]ibeh|[Mm]ax"
    r"|[Mm]in(?:st)?$|[Hh]ögst$|[Ll]ägst$|Tert|V[BP]$|T[123]$|År|Hel|Halv|Kvart|Mån|Ja$|Nej$|JA$|NEJ$|Vart|Avv"
    r"|\.\.$|[Ii]\.u|[Uu]ppgift$|[Ss]aknas$|[Ss]ekretess$|[Ii]ngen$|[Rr]edovisas$|[Mm]äts$|[Ee]j$|[Ii]nte$"
)

# A cell that may begin at a token: the token after it, its price, the cell.
_Step = tuple[int, float, str | None]
_Tail = tuple[float, Cells]


def cheapest(blocks: Blocks, kinds: Kinds, worst: float = WORST_ACCEPTED) -> list[Division]:
    """Return the cheapest division of a row and all that are nearly as cheap, in no order.

    Empty where more than `worst` speaks against each.
    """
    text = row_text(blocks)
    if not any(text.tokens):
        return []
    return _Search(text, kinds).divisions(worst)


def price(blocks: Blocks, name: str, cells: Cells, kinds: Kinds) -> float:
    """Return what speaks against a division into cells that are just what their columns print."""
    text = row_text(blocks)
    cost = against_name(text, name.count(" ") + 1, kinds) + against_row(kinds, cells)
    for kind, cell in zip(kinds, cells, strict=True):
        if cell:
            cost += cell_cost(kind, cell)
        elif kind == "period":
            cost += NO_PERIOD
    return round(cost, 3)


class _Search:
    """The steps of one row's text, and the least that a path costs from and to each of them.

    Tables are by column, then token: `steps[column][i]` are the cells that may begin at token i,
    `right[column][i]` is the least that columns from `column` on cost where they begin there.
    """

    def __init__(self, text: RowText, kinds: Kinds) -> None:
        self.text = text
        self.kinds = kinds
        self.first = _earliest_cell(text, len(kinds))
        self.surplus = _surplus(text)
        by_kind = {kind: _steps(text, kind, self.first) for kind in set(kinds)}
        self.steps = [by_kind[kind] for kind in kinds]
        self.right = self._least_to_the_right()

    def divisions(self, worst: float) -> list[Division]:
        """Return the divisions whose cost is near the least; none if that is above `worst`."""
        tokens, right = self.text.tokens, self.right[0]
        starts = [
            start
            for start in range(self.first, len(tokens) + 1)
            if right[start] < WORST_ACCEPTED and tokens[start - 1] != ""
        ]
        starts.sort(key=right.__getitem__)
        names: dict[int, float] = {}
        least, best = worst, None
        for start in starts:
            if right[start] > least:
                break
            names[start] = against_name(self.text, start, self.kinds)
            if names[start] + right[start] <= least:
                least, best = names[start] + right[start], start
        if best is None:
            return []
        total = least + against_row(self.kinds, self._cheapest_cells(best))
        limit = min(WORST_ACCEPTED, total + AMBIGUOUS_WITHIN) + _ROUNDING
        for start in starts[len(names) :]:
            if right[start] > limit:
                break
            names[start] = against_name(self.text, start, self.kinds)
        tails = self._tails(names, limit)
        found: list[Division] = []
        for start, against in names.items():
            name = " ".join([token for token in tokens[:start] if token])
            for cost, cells in tails[start]:
                total = cost + against
                if total > limit:
                    break
                total += against_row(self.kinds, cells)
                if total <= limit:
                    found.append(Division(name, cells, round(total, 3)))
        return found

    def _least_to_the_right(self) -> list[list[float]]:
        count = len(self.text.tokens)
        surplus = self.surplus
        after = [inf] * count + [0.0]
        for index in range(count - 1, -1, -1):
            after[index] = after[index + 1] + surplus[index]
        table = [after]
        for column in range(len(self.kinds) - 1, -1, -1):
            steps = self.steps[column]
            here = [inf] * (count + 1)
            here[count] = after[count] + _MISSING_CELL
            # Each column to the left takes a token at least.
            for index in range(count - 1, self.first + column - 1, -1):
                least = here[index + 1] + surplus[index]
                for end, price, _ in steps[index]:
                    if after[end] + price < least:
                        least = after[end] + price
                here[index] = least
            table.append(here)
            after = here
        table.reverse()
        return table

    def _cheapest_cells(self, index: int) -> Cells:
        """Return the cells of one of the cheapest paths from token `index` on."""
        count = len(self.text.tokens)
        cells: list[str | None] = []
        for column, steps in enumerate(self.steps):
            here, after = self.right[column], self.right[column + 1]
            while index < count and not any(
                after[end] + price <= here[index] for end, price, _ in steps[index]
            ):
                index += 1
            if index == count:
                return (*cells, *[None] * (len(self.kinds) - column))
            index, _, cell = min(steps[index], key=lambda step: after[step[0]] + step[1])
            cells.append(cell)
        return tuple(cells)

    def _least_to_the_left(self, names: dict[int, float], limit: float) -> list[list[float]]:
        """Return the least that name and cells cost up to each token, per column; else infinite."""
        count = len(self.text.tokens)
        surplus = self.surplus
        here = [names.get(start, inf) for start in range(count + 1)]
        table = [here]
        for column, steps in enumerate(self.steps):
            right = self.right[column]
            after = [inf] * (count + 1)
            for index in range(self.first + column, count):
                cost = here[index]
                if cost + right[index] > limit:
                    continue
                if cost + surplus[index] < here[index + 1]:
                    here[index + 1] = cost + surplus[index]
                for end, price, _ in steps[index]:
                    if cost + price < after[end]:
                        after[end] = cost + price
            after[count] = min(after[count], here[count] + _MISSING_CELL)
            table.append(after)
            here = after
        return table

    def _tails(self, names: dict[int, float], limit: float) -> list[list[_Tail]]:
        """Return, per token, the cheapest cells of all columns that may begin there.

        Only what is part of a path within the limit is followed.
        """
        count = len(self.text.tokens)
        surplus = self.surplus
        left = self._least_to_the_left(names, limit)
        after: list[list[_Tail]] = [[(cost, ())] if cost < inf else [] for cost in self.right[-1]]
        for column in range(len(self.kinds) - 1, -1, -1):
            reached, right, steps = left[column], self.right[column + 1], self.steps[column]
            kinds = self.kinds[column:]
            here: list[list[_Tail]] = [[] for _ in range(count + 1)]
            if reached[count] + _MISSING_CELL + right[count] <= limit:
                here[count] = [(cost + _MISSING_CELL, (None, *done)) for cost, done in after[count]]
            for index in range(count - 1, self.first + column - 1, -1):
                room = limit - reached[index]
                if self.right[column][index] > room:
                    continue
                found: list[_Tail] = []
                for end, price, cell in steps[index]:
                    if price + right[end] <= room:
                        found += [(cost + price, (cell, *done)) for cost, done in after[end]]
                if surplus[index] < inf:
                    found += [(cost + surplus[index], done) for cost, done in here[index + 1]]
                here[index] = _cheapest_tails(found, kinds)
            after = here
        return after


def _earliest_cell(text: RowText, columns: int) -> int:
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


def _surplus(text: RowText) -> list[float]:
    """Return, per token, the price of a space that is no blank cell; infinite for a word."""
    return [
        inf if token else _SURPLUS_AT_BLOCK_END if index in text.padding else _SURPLUS_SPACE
        for index, token in enumerate(text.tokens)
    ]


@lru_cache(maxsize=64)
def _steps(text: RowText, kind: CellKind, first: int) -> list[list[_Step]]:
    """Return, per token, the cells of a kind that may begin there."""
    tokens = text.tokens
    count = len(tokens)
    longest = _LONGEST_CELL[kind]
    blank = NO_PERIOD if kind == "period" else 0.0
    steps: list[list[_Step]] = [[] for _ in range(count)]
    for index in range(first, count):
        here = steps[index]
        on_later_line = kind not in MONEY and index in text.wrapped
        oddities = _CELL_ON_LATER_LINE if on_later_line else 0.0
        if tokens[index] == "":
            here.append((index + 1, blank + oddities, None))
            continue
        cell = ""
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
            price = cell_cost(kind, cell) + oddities
            if price >= SENTENCE_AS_VALUE:
                if kind != "target":
                    break  # more words would not make it a figure
                if price >= WORST_ACCEPTED:
                    continue
            here.append((end, price, cell))
    return steps


def _cheapest_tails(found: list[_Tail], kinds: Kinds) -> list[_Tail]:
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
