"""Page furniture: what a page prints around its text.

Belongs here: finding running heads, page numbers, the sender's address block. Does not belong
here: headings and tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.reading.model import Line

_PAGE_NUMBER = re.compile(
    r"(?:Sid(?:a|an|nr)?\.? ?)?\d{1,4} ?\(\d{1,4}\)|Sid(?:a|an)?\.? \d{1,4}(?: av \d{1,4})?"
)
_PAGE_WORD = re.compile(
    r"(?:Tjänsteutlåtande|Bilaga \d+|start\.stockholm|www\.stockholm\.se|stockholm\.se)"
)
_TELEPHONE = re.compile(r"(?:Telefon:? ?)?0\d{1,3}[-– ]?[\d ]{6,12}|Växel 08[-– ][\d ]+")
# Furniture stands together: a lone telephone number this far from a page number is content.
_REACH = 14
_LONGEST = 30
_FIRST = "S0123456789TBswV"


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that are page furniture.

    A page number anchors; the sender's words and telephone count as furniture only near one, for
    alone they may be content.
    """
    anchors: list[int] = []
    words: list[int] = []
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST or line.cells is not None:
            continue
        text = text.strip()
        first = text[:1]
        if first not in _FIRST or not first:
            continue
        if _PAGE_NUMBER.fullmatch(text):
            anchors.append(index)
        elif _PAGE_WORD.fullmatch(text) or _TELEPHONE.fullmatch(text):
            words.append(index)
    found = set(anchors)
    position = 0
    for index in words:
        while position < len(anchors) and anchors[position] < index - _REACH:
            position += 1
        if position < len(anchors) and anchors[position] <= index + _REACH:
            found.add(index)
    return frozenset(found)
