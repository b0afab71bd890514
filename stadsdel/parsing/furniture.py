"""Page furniture: what a page prints around its text.

Belongs here: finding running heads, page numbers, the sender's address block. Does not belong
here: headings and tables.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stadsdel.parsing.vocabulary import CELL_START, DATE, STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
_LONGEST_HEAD = 60
_LONGEST_PAGE_NUMBER = 3
_PAGES_COUNTED = 2  # lone numbers count at least so many pages
_LINES_OF_HEADS = 8  # on either side of a page number, blank ones too
_PAGES_WITH_HEAD = 3
# What a page's head says beside the page number, on however few pages.
_HEAD = re.compile(
    rf"[A-ZÅÄÖ][^.,:;]{{2,40}} stadsdels(?:nämnd|förvaltning)|Dnr:? [\w ./-]{{3,30}}|{DATE}"
)
_FIRST = "S0123456789TBswV"

# A row of a table has figures, an assessment stands below many headings.
_NO_HEAD = re.compile(rf"\d|{STATUS.pattern}")


def furniture(
    texts: Sequence[str], short: Sequence[int], is_text: Callable[[int], bool]
) -> frozenset[int]:
    """Return the indexes of the lines that are page furniture.

    `short` are the indexes of lines of running text no longer than `LONGEST_FURNITURE`; `is_text`
    tells whether a line is running text. A page number anchors; the sender's words and telephone
    count as furniture only near one, for alone they may be content, and so do lines that stand
    beside most page numbers alike ("Farsta stadsdelsförvaltning").
    """
    anchors: list[int] = []
    words: list[int] = []
    numbers: list[int] = []
    for index in short:
        text = texts[index].strip()
        if text[0] not in _FIRST:
            continue
        if text.isdigit() and len(text) <= _LONGEST_PAGE_NUMBER:
            numbers.append(index)
        elif _PAGE_NUMBER.fullmatch(text):
            anchors.append(index)
        elif _PAGE_WORD.fullmatch(text) or _TELEPHONE.fullmatch(text):
            words.append(index)
    if not anchors:
        anchors = _counted(texts, numbers)
    found = set(anchors)
    position = 0
    for index in words:
        while position < len(anchors) and anchors[position] < index - _REACH:
            position += 1
        if position < len(anchors) and anchors[position] <= index + _REACH:
            found.add(index)
    found.update(_running_heads(texts, anchors, found, is_text))
    return frozenset(found)


def _counted(texts: Sequence[str], numbers: Sequence[int]) -> list[int]:
    """Return which lines of a lone number count the pages: each next to where a page begins.

    A page's first line begins with a space and no empty line stands before it (A6). The numbers go
    up by one, over most of the pages.
    """
    runs: dict[int, list[int]] = {}
    candidates = 0
    for index in numbers:
        text = texts[index]
        below = texts[index + 1] if index + 1 < len(texts) else " "
        at_foot = below[:1] == " " and not below.isspace()
        at_top = text[0] == " " and index > 0 and texts[index - 1].strip()
        if at_foot or at_top:
            candidates += 1
            number = int(text)
            runs[number] = [*runs.pop(number - 1, []), index]
    longest = max(runs.values(), key=len, default=[])
    return longest if len(longest) >= _PAGES_COUNTED and len(longest) * 2 > candidates else []


def _running_heads(
    texts: Sequence[str],
    anchors: Sequence[int],
    known: set[int],
    is_text: Callable[[int], bool],
) -> Iterator[int]:
    """Yield the indexes of the lines printed beside most page numbers, or that surely are heads."""
    beside = [_beside(texts, anchor, known, is_text) for anchor in anchors]
    pages = Counter([text for heads in beside for text in set(heads.values())])
    often = max(_PAGES_WITH_HEAD, len(anchors) / 2)
    most = {text for text, count in pages.items() if count >= often}
    for anchor, heads in zip(anchors, beside, strict=True):
        for index, text in heads.items():
            if text in most or (_HEAD.fullmatch(text) and _is_next_to(texts, index, anchor)):
                yield index


def _is_next_to(texts: Sequence[str], index: int, anchor: int) -> bool:
    """Whether no empty line stands between two lines."""
    first, last = sorted((index, anchor))
    return all([text.strip() for text in texts[first:last]])


def _beside(
    texts: Sequence[str], anchor: int, known: set[int], is_text: Callable[[int], bool]
) -> dict[int, str]:
    """Return the lines round a page number that may be running heads, and what they say."""
    heads: dict[int, str] = {}
    for step in (-1, 1):
        end = anchor + step * (_LINES_OF_HEADS + 1)
        for index in range(anchor + step, max(-1, min(end, len(texts))), step):
            text = texts[index].strip()
            if not text or index in known:
                continue
            if not is_text(index) or len(text) > _LONGEST_HEAD:
                break
            if not _HEAD.fullmatch(text) and (_NO_HEAD.search(text) or CELL_START.match(text)):
                break
            heads[index] = text
    return heads
