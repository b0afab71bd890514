"""Layout A: a row's text at its single spaces.

Belongs here: tokens, and where lines and blocks begin among them. Does not belong here: what a
token may be part of (`prices`, `search`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.parsing.division import Blocks, Spans


@dataclass(frozen=True, slots=True, eq=False)
class RowText:
    """A row's text as tokens between single spaces: an empty one is a blank cell, or a surplus.

    One row's text is one object: equal only to itself.

    `block_starts` are the indexes of tokens that begin a block; `padding` of those that end one of
    several lines; `wrapped` of those on a block's later lines, which are its last cell's;
    `first_line` and `first_block` tell how many tokens the first line and block hold.
    """

    tokens: list[str]
    block_starts: frozenset[int]
    padding: frozenset[int]
    wrapped: frozenset[int]
    first_line: int
    first_block: int
    blocks: int


@lru_cache(maxsize=64)
def row_text(blocks: Blocks) -> RowText:
    """Return the text of a row's blocks."""
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
    return RowText(
        tokens,
        frozenset(starts[:-1] if starts and starts[-1] == len(tokens) else starts),
        frozenset(
            [
                at[offset] - 1
                for block, offset in zip(blocks, block_offsets[1:], strict=True)
                if len(block) > 1 and offset in at
            ]
        ),
        frozenset(
            [
                index
                for first, end in later_lines(blocks)
                for offset, index in at.items()
                if first <= offset < end
            ]
        ),
        _tokens_begun(joined, line_end),
        _tokens_begun(joined, block_offsets[1]),
        len(blocks),
    )


def later_lines(blocks: Blocks) -> Spans:
    """Return where in a row's text the lines after the first of each block begin and end.

    A block ends with the cell that wraps (report-layouts.md A3): no cell begins on its later lines.
    """
    spans = []
    end = 0
    for block in blocks:
        first = end + len(block[0])
        end += sum(map(len, block))
        if len(block) > 1:
            spans.append((first, end))
    return tuple(spans)


def _tokens_begun(text: str, end: int) -> int:
    """Return how many tokens begin before an offset that ends a line."""
    return text.count(" ", 0, end) + (text[end - 1 : end] != " ")
