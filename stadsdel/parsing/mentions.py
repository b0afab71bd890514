"""Where a document names kinds of report: fixed strings, found in all its text at once.

Belongs here: finding the words. Does not belong here: whether they are a title, of the council's
report (`identity`) or of a unit's (`units`), or stand in a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stadsdel.reading.model import Line

# The kinds of report after their first letter, as printed in running text and in capitals.
_KINDS = ("erksamhetsplan", "erksamhetsber", "ertialrapport", "ERKSAMHETS", "ERTIALRAPPORT")


class Mentions(NamedTuple):
    """A document's lines as one text, and where in it a kind of report is named.

    `kinds` holds the offset of each word's first letter and the index of its line, by kind.
    """

    text: str
    kinds: list[tuple[int, int]]


def mentions(lines: Sequence[Line]) -> Mentions:
    """Find the mentions in a document."""
    text = "\n".join([line.text for line in lines])
    kinds = [(max(0, found - 1), line) for stem in _KINDS for found, line in places(text, stem)]
    return Mentions(text, kinds)


def places(text: str, stem: str) -> Iterator[tuple[int, int]]:
    """Yield where a fixed string stands, and in which line: much faster than by patterns."""
    line = counted = 0
    found = text.find(stem)
    while found >= 0:
        line += text.count("\n", counted, found)
        counted = found
        yield found, line
        found = text.find(stem, found + 1)
