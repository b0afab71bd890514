"""Headings in running text: what tells them from prose, and the nearest one above a table.

Belongs here: telling a heading from prose by its looks. Does not belong here: goal headings
(`goals`), which carry a label, and units' titles (`units`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stadsdel.parsing.markup import heading_text
from stadsdel.parsing.scan import Mark

if TYPE_CHECKING:
    from stadsdel.parsing.scan import Scan

_FIGURES = re.compile(r"\d[\d,]* +-?\d[\d,]*$")
# A sentence has verbs and small words that no title has; so has one that goes on.
_SENTENCE = re.compile(
    r"\b(?:är|har|ska|kan|som|att|hur|när|visar|beskriver|innehåller|anger|redovisar?s?)\b"
    r"|\b(?:och|i|för|med|av|på|till|samt)$|(?:[^\W\d_]{3}|\d\d)[.!?] [A-ZÅÄÖ]"
)
_LONGEST_HEADING = 75
_LINES_LOOKED_AT = 80


def reads_as_sentence(text: str) -> bool:
    """Whether a text that may be a title is a sentence, or the beginning of one."""
    return _SENTENCE.search(text) is not None


def heading_above(scan: Scan, index: int, floor: int) -> str | None:
    """Return the heading nearest above line `index`, not above line `floor`; None without one."""
    lowest = max(floor, index - _LINES_LOOKED_AT)
    for position in range(index - 1, lowest - 1, -1):
        if scan.marks[position] == Mark.TEXT and _is_heading(scan, position):
            return heading_text(scan.texts[position])
    return None


def _is_heading(scan: Scan, index: int) -> bool:
    text = scan.texts[index].strip()
    if text.startswith("#") or (text.startswith("**") and text.endswith("**")):
        return True
    if len(text) > _LONGEST_HEADING or not text[0].isupper() or text[-1] in ".,:;-–":
        return False
    if text[-1].isdigit() and _FIGURES.search(text):
        return False
    following = scan.texts[index + 1 : index + 2]
    if following and following[0][:1].islower():
        return False  # the first line of a paragraph
    if index == 0 or scan.marks[index - 1] < Mark.TEXT or _is_page_top(scan, index):
        return True
    # Directly under prose: a heading where the line above ends its paragraph.
    before = scan.texts[index - 1].rstrip()
    return before.endswith((".", ":")) and len(scan.texts[index]) < len(scan.texts[index - 1]) + 40


def _is_page_top(scan: Scan, index: int) -> bool:
    """Whether a line is the first of its page; lines of a PDF tell their page."""
    page = scan.lines[index].page
    return scan.is_page_top(index) or page != scan.lines[index - 1].page
