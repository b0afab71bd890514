"""Page furniture: what a page prints around its text.

Belongs here: finding running heads, page numbers, the sender's address block. Does not belong
here: headings and tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE_NUMBER = re.compile(
    r"(?:Sid(?:a|an|nr)?\.? ?)?\d{1,4} ?\(\d{1,4}\)|Sid(?:a|an)?\.? \d{1,4}(?: av \d{1,4})?"
)
_PAGE_WORD = re.compile(
    r"(?:Tjänsteutlåtande|Bilaga \d+|start\.stockholm|www\.stockholm\.se|stockholm\.se)"
)
_TELEPHONE = re.compile(r"(?:Telefon:? ?)?0\d{1,3}[-– ]?[\d ]{6,12}|Växel 08[-– ][\d ]+")
# Furniture stands together: a lone telephone number this far from a page number is content.
_REACH = 14
LONGEST_FURNITURE = 30
_FIRST = "S0123456789TBswV"


def furniture(texts: Sequence[str], short: Sequence[int]) -> frozenset[int]:
    """Return the indexes of the lines that are page furniture, of those in `short`.

    `short` are the indexes of lines of running text no longer than `LONGEST_FURNITURE`. A page
    number anchors; the sender's words and telephone count as furniture only near one, for alone
    they may be content.
    """
    anchors: list[int] = []
    words: list[int] = []
    for index in short:
        text = texts[index].strip()
        if text[0] not in _FIRST:
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
