"""Layout A: dividing a row's text into the header's cells, by evidence.

The cells of a row are joined by single spaces and a blank cell is an empty string
(report-layouts.md A2), so a division is a choice of boundaries among the spaces. Where every cell
is just what its column prints and nothing else is as likely, that is it; otherwise the cheapest of
all divisions wins, and others nearly as cheap are handed back with it, so that nothing is guessed
silently.

Belongs here: one row's text -> cells, and the choice between `strict` and `search`. Does not
belong here: which lines make a row (`line_rows`), nor tables that keep their cells apart themselves
(`cell_rows`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.parsing import search, strict
from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.division import CUT, Division, nearly_as_good
from stadsdel.parsing.markup import fold
from stadsdel.parsing.prices import FIGURES, YEAR, splits_period

if TYPE_CHECKING:
    from stadsdel.parsing.division import Blocks, Cells, Kinds

_MOST_VARIANTS = 8

_HAS_DECIMALS = re.compile(r",\d+ ?%?$")
_ENDS_LIKE_CELL = re.compile(
    rf"(?:{words.NUMBER}|\d {words.UNIT_SIGN.pattern}|[Mm]ax|[Mm]in|\+/-)$"
)
_ENDS_IN_BOUND = re.compile(rf"{words.BOUND_WORD} {words.NUMBER}(?: {words.UNIT})?$")


@lru_cache(maxsize=1024)
def is_whole(blocks: Blocks, kinds: Kinds) -> bool:
    """Whether blocks are a name and then exactly the cells of a row, each of its column's type."""
    for name, rest in _joinings(blocks):
        cells = strict.cells_from(rest, 0, kinds) if rest else None
        ways = [cells] if cells else [way for _, way in strict.named_cells(name + rest, kinds)]
        for way in ways:
            split = any(a and b and splits_period(a, b) for a, b in pairwise(way))
            if any(way) and not split:
                return True
    return False


def are_cells(text: str, kinds: Kinds) -> bool:
    """Whether `text` is exactly the cells of a row without its name."""
    return strict.cells_from(text, 0, kinds) is not None


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
    divisions = [
        division for variant in _variants(blocks) for division in search.cheapest(variant, kinds)
    ]
    return nearly_as_good(divisions)


def _strictly(name: str, rest: str, kinds: Kinds) -> Division | None:
    """Divide into cells that are just what their columns print; None where not, or not uniquely."""
    if rest and name.strip():
        cells = strict.cells_from(rest, 0, kinds)
        if cells is not None:
            return Division(_cut_name(name), _folded(cells), 0.0)
    joined = name + rest
    if words.THOUSANDS.search(joined):
        return None
    ways = strict.named_cells(joined, kinds)
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
        if kind not in FIGURES or not cell:
            continue
        if YEAR.fullmatch(cell) or words.THOUSANDS.search(cell):
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
