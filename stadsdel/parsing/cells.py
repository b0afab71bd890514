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
from typing import TYPE_CHECKING

from stadsdel.parsing import search, strict
from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.division import CUT, WORST_ACCEPTED, Division, nearly_as_good
from stadsdel.parsing.markup import fold
from stadsdel.parsing.prices import FIGURES, MONEY, YEAR, ends_in_target
from stadsdel.parsing.row_text import later_lines

if TYPE_CHECKING:
    from stadsdel.parsing.division import Blocks, Cells, Kinds, Spans

_MOST_VARIANTS = 8
_LONGEST_END = 48  # of a name that ends in a bound: "Högst 10 000 kg CO2 per kg livsmedel"
# A reading that is the only strict one is sure while this much speaks against it: others are odder.
_SURE_WITHIN = 0.75

_HAS_DECIMALS = re.compile(r",[0-9]+ ?%?$")
_DIGIT = re.compile("[0-9]")
_ENDS_LIKE_CELL = re.compile(rf"[0-9](?: {words.UNIT_SIGN.pattern})?$")
_SPACE = re.compile(" ")
_ONE_VALUE = re.compile(rf"{words.VALUE} ?")
_HALF_CELLS = ("Max", "max", "Min", "min", "+/-")
_ENDS_IN_BOUND = re.compile(rf"{words.BOUND_WORD} {words.NUMBER}(?: {words.UNIT})?$")


@lru_cache(maxsize=1024)
def is_whole(blocks: Blocks, kinds: Kinds) -> bool:
    """Whether blocks are a name and then exactly the cells of a row, each of its column's type."""
    return any([_ways(*joining, kinds) for joining in _joinings(blocks, kinds)])


def strictly(blocks: Blocks, kinds: Kinds) -> tuple[str, Cells] | None:
    """Return name and cells of a whole row (`is_whole`), one reading of it; None where none is."""
    for joining in _joinings(blocks, kinds):
        for way in _ways(*joining, kinds):
            return way
    return None


def are_cells(blocks: Blocks, kinds: Kinds) -> bool:
    """Whether blocks are exactly the cells of a row without its name."""
    text = "".join(["".join(block) for block in blocks])
    return bool(strict.readings(text, 0, kinds, barred=_barred(blocks, text, kinds), most=1))


@lru_cache(maxsize=1024)
def divide(blocks: Blocks, kinds: Kinds, worst: float = WORST_ACCEPTED) -> tuple[Division, ...]:
    """Divide a row's text, the cheapest division first; empty where nothing acceptable fits.

    The first block is the name (in short rows with the cells, or the first of them), the blocks
    after it are cells. Lines keep their spaces, but for the indent of the first. Divisions after
    the first are those that fit nearly as well. None need be found against which more than `worst`
    speaks.
    """
    for name, rest, barred in _joinings(blocks, kinds):
        if rest and not name.strip():
            continue
        ways = _ways(name, rest, barred, kinds)
        if len(ways) != 1:
            continue
        called, cells = ways[0]
        is_block = len(blocks[0]) > 1 and called == _cut_name(name)
        if _is_doubtful(called, cells, kinds, is_block=is_block):
            continue
        cost = 0.0
        if _may_be_grouped(cells, kinds):
            cost = search.price(blocks, called, cells, kinds)
            if cost > _SURE_WITHIN:
                continue
        return (Division(called, tuple([fold(c) if c else None for c in cells]), cost),)
    return nearly_as_good(
        [
            division
            for variant in _variants(blocks)
            for division in search.cheapest(variant, kinds, worst)
        ]
    )


@lru_cache(maxsize=64)
def _ways(name: str, rest: str, barred: Spans, kinds: Kinds) -> tuple[tuple[str, Cells], ...]:
    """Return the names and cells that a row's first block and the others strictly are.

    The first block is the name where the rest is the cells, else holds it. No more than two ways:
    that tells that one is not the only one.
    """
    found: list[tuple[str, Cells]] = []
    if rest:
        ways = strict.readings(name + rest, len(name), kinds, barred=barred, most=2)
        if ways:
            called = _cut_name(name)
            found = [(called, cells) for cells in ways]
            if len(found) == 2 or not _DIGIT.search(name):
                return tuple(found)
    joined = name + rest
    most = 2 - len(found)
    named = strict.named_readings(joined, kinds, within=len(name) - 2, barred=barred, most=most)
    return (*found, *[(joined[:end], cells) for end, cells in named])


def _is_doubtful(name: str, cells: Cells, kinds: Kinds, *, is_block: bool) -> bool:
    """Whether another division may be as likely as the only strict one.

    So where a year stands for a value, and where the name beside its cells ends in what may be a
    cell; a name of several lines is a block of its own (`is_block`).
    """
    ending = name[-_LONGEST_END:]
    if ends_in_target(ending, kinds) or (not is_block and ending.endswith(_HALF_CELLS)):
        return True
    if _DIGIT.search(ending):
        if _ENDS_IN_BOUND.search(ending):
            return True
        if not is_block and _ENDS_LIKE_CELL.search(ending):
            return True
    for kind, cell in zip(kinds, cells, strict=True):
        if not cell:
            if kind == "period":
                return True
        elif kind in FIGURES and len(cell) == 4 and YEAR.fullmatch(cell):
            return True
    return False


def _may_be_grouped(cells: Cells, kinds: Kinds) -> bool:
    """Whether spaces between digits may stand within a number as well as between two."""
    filled = [cell for cell in cells if cell]
    if kinds[0] == "decimal" and all([_HAS_DECIMALS.search(cell) for cell in filled]):
        return False  # a number cut in two would leave one without decimals
    return words.THOUSANDS.search(" ".join(filled)) is not None


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


@lru_cache(maxsize=64)
def _joinings(blocks: Blocks, kinds: Kinds) -> list[tuple[str, str, Spans]]:
    """Return the first block joined, the others joined, and `_barred`, for each variant."""
    if len(blocks) == 1 or all([block[-1].endswith(" ") for block in blocks[:-1]]):
        variants = [blocks]
    else:
        variants = _variants(blocks)
    joinings = []
    for variant in variants:
        name = "".join(variant[0])
        text = name + "".join([line for block in variant[1:] for line in block])
        joinings.append((name, text[len(name) :], _barred(variant, text, kinds)))
    return joinings


def _barred(blocks: Blocks, text: str, kinds: Kinds) -> Spans:
    """Return the spans of the blocks' text in which no cell begins (`later_lines`).

    They tell whether "940" and "749 kr" on the next line are one figure, and that "48 timmar" that
    ends a name's block is the name's; else a cell may follow another's last line.
    """
    if kinds[0] in MONEY or all([len(block) == 1 for block in blocks]):
        return ()
    if words.THOUSANDS.search(text):
        return later_lines(blocks)
    first, end = len(blocks[0][0]), sum(map(len, blocks[0]))
    ending = text[first:end]
    if not _DIGIT.search(ending):
        return ()
    starts = [0, *[space.end() for space in _SPACE.finditer(ending)]]
    found = [first + at for at in starts if _ONE_VALUE.fullmatch(ending, at)]
    return tuple([(offset, offset + 1) for offset in found])
