"""Where a document names kinds of report: fixed strings, found in all its text at once.

Belongs here: finding the words. Does not belong here: whether they are a title, of the council's
report (`identity`) or of a unit's (`units`), or stand in a sentence.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stadsdel.reading.model import Line

# The kinds of report after their first letter, as printed in running text and in capitals.
_KINDS = ("erksamhetsplan", "erksamhetsber", "ertialrapport", "ERKSAMHETS", "ERTIALRAPPORT")
_COUNCIL = "stadsdels"  # stadsdelsnämnd, stadsdelsförvaltning, stadsdelsområde


class Mentions(NamedTuple):
    """A document's lines as one text, and where in it a kind of report or a council is named.

    Both hold the offset of each word's first letter and the index of its line: `kinds` by kind.
    """

    text: str
    kinds: list[tuple[int, int]]
    councils: list[tuple[int, int]]


def mentions(lines: Sequence[Line]) -> Mentions:
    """Find the mentions in a document: fixed strings, much faster than by patterns."""
    text = "\n".join(map(attrgetter("text"), lines))
    kinds = [offset for stem in _KINDS for offset in _offsets(text, stem)]
    councils = list(_offsets(text, _COUNCIL))
    line_at: dict[int, int] = {}
    line = counted = 0
    for offset in sorted([*kinds, *councils]):
        line += text.count("\n", counted, offset)
        counted = offset
        line_at[offset] = line
    return Mentions(
        text,
        [(max(0, offset - 1), line_at[offset]) for offset in kinds],
        [(offset, line_at[offset]) for offset in councils],
    )


def _offsets(text: str, stem: str) -> Iterator[int]:
    found = text.find(stem)
    while found >= 0:
        yield found
        found = text.find(stem, found + 1)
