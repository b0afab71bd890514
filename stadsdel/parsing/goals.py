"""Goal headings: level, code, title and printed assessment, from running text.

Belongs here: recognising a labelled heading ("Nämndmål: 1.1.1 ..."), its wrapped lines and its
status line (report-layouts.md A9, B6). Does not belong here: summaries and tables of contents,
which repeat titles without the label and are no headings, nor which rows belong to which goal
(`parse`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stadsdel.parsing.markup import heading_text, plain, squash, without_symbols
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.vocabulary import GOAL_LABELS, STATUS

if TYPE_CHECKING:
    from stadsdel.parsing.model import GoalLevel
    from stadsdel.parsing.scan import Scan

_LABEL = re.compile(
    r"[\s#*>_]*((?:KF\s*:?\s*s\s+)?(?:inriktningsmål|mål\s+för\s+verksamhetsområdet?)"
    r"|verksamhetsområdesmål|nämnd(?:ens\s+)?mål|enhets?mål|enhetens\s+mål)\s*:[\s*_]*",
    re.IGNORECASE,
)
_LABEL_BEGUN = re.compile(
    r"[\s#*>_]*KF\s*:?\s*s\s+(?:mål(?:\s+för(?:\s+verksamhets?-?)?)?\s*)$", re.IGNORECASE
)
_CODE = re.compile(r"(\d{1,2}(?:\s?\.\s?\d{1,2}){0,4})\s?\.?(?=\s|[^\W\d]|$)\s*")
# "Nämndmål: 1.1" on one line and ".2 Title" or "2 Title" on the next: a code broken off.
_ONLY_CODE = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?")
# A line of a table of contents: leaders and a page number.
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?: \.){4,}")
_LINES_OF_A_HEADING = 4
_LETTERS_OF_A_HEADING = 160  # that many may stand on more lines, where the page is narrow
_LONGEST_TITLE = 300
_TEXT = bytes([Mark.TEXT])
_LINES_TO_TITLE = 5  # between a label that stands alone (B) and its heading
_LINES_TO_STATUS = 12  # spaces only may fill them


@dataclass(frozen=True, slots=True)
class Heading:
    """A goal heading as printed in lines [first, last).

    `text` is code and title as printed, `title_line` the line on which they begin.
    """

    level: GoalLevel
    code: str | None
    title: str
    text: str
    status: str | None
    first: int
    last: int
    title_line: int


def is_label(scan: Scan, index: int) -> bool:
    """Whether the line at `index` begins with the label of a goal heading."""
    return _label(scan, index) is not None


def level(scan: Scan, index: int) -> GoalLevel | None:
    """Return the level of the goal whose label line `index` begins with; None without a label."""
    label = _label(scan, index)
    return label[0] if label else None


def _label(scan: Scan, index: int) -> tuple[GoalLevel, str, int] | None:
    """Return a label's level, the text after it and the index after its last line."""
    if scan.marks[index] != Mark.GOAL:
        return None
    below = scan.texts[index + 1] if index + 1 < len(scan.texts) else ""
    found = _label_in(scan.texts[index], below)
    return (found[0], found[1], index + found[2]) if found else None


@lru_cache(maxsize=512)
def _label_in(text: str, below: str) -> tuple[GoalLevel, str, int] | None:
    """Return the level of the label that `text` begins with, what follows it, and its lines."""
    lines = 1
    if below and _LABEL_BEGUN.fullmatch(text):
        text += below.lstrip()
        lines = 2
    match = _LABEL.match(text)
    if match is None or _LEADERS.search(text):
        return None
    return GOAL_LABELS[squash(match[1])], text[match.end() :], lines


def first_line_widths(scan: Scan) -> dict[GoalLevel, int]:
    """Return, per level, the length of the longest first line of a heading in the document."""
    widths: dict[GoalLevel, int] = {}
    for index in scan.claims:
        if label := _label(scan, index):
            width = len(scan.texts[index].strip())
            widths[label[0]] = max(widths.get(label[0], 0), width)
    return widths


def heading_at(scan: Scan, first: int, widths: dict[GoalLevel, int]) -> Heading | None:
    """Return the heading that begins at line `first`, or None.

    `widths` tells how long a heading's lines get (`first_line_widths`): a heading goes on while
    its lines are as long as that, and never past an empty line once it has a title.
    """
    label = _label(scan, first)
    if label is None:
        return None
    level, rest, index = label
    if rest.strip(" *_"):
        parts, last = _wrapped_title(scan, rest, index, widths[level])
        title_line = first
    elif scan.marks[index : index + 1] == _TEXT and not scan.texts[index].startswith("#"):
        # The label fills the first of the lines that the heading wraps over.
        parts, last = _wrapped_title(scan, scan.texts[index], index + 1, widths[level])
        title_line = index
    else:
        parts, title_line, last = _title_below(scan, index)
    text = plain("".join(parts)).strip("*_ ")
    code_match = _CODE.match(text)
    code = re.sub(r"\s", "", code_match[1]) if code_match else None
    title = text[code_match.end() :].strip() if code_match else text
    if not title or len(text) > _LONGEST_TITLE:
        return None
    status, last = _status(scan, last)
    return Heading(level, code, title, text, status, first, last, title_line)


def _title_below(scan: Scan, index: int) -> tuple[list[str], int, int]:
    """Layout B: the label stands alone, the heading on the next line that is not blank."""
    first = _next_filled(scan, index, index + _LINES_TO_TITLE)
    if first is None:
        return [], index, index
    parts = [heading_text(scan.texts[first])]
    last = first + 1
    if _ONLY_CODE.fullmatch(parts[0]):
        rest = _next_filled(scan, last, last + 3)
        if rest is not None:
            following = heading_text(scan.texts[rest])
            parts.append(following if following[:1] == "." else f" {following}")
            last = rest + 1
    return parts, first, last


def _next_filled(scan: Scan, index: int, limit: int) -> int | None:
    """Return the next line of running text before `limit`, or None."""
    while index < min(limit, len(scan.texts)):
        if scan.marks[index] >= Mark.TEXT:
            is_text = scan.marks[index] in (Mark.TEXT, Mark.LABEL) or _is_header_word(scan, index)
            return index if is_text else None
        index += 1
    return None


def _wrapped_title(scan: Scan, rest: str, index: int, width: int) -> tuple[list[str], int]:
    """Collect the lines of a heading that begins after its label."""
    parts = [rest]
    lines = 1
    while index < len(scan.texts) and (
        lines < _LINES_OF_A_HEADING or sum(map(len, parts)) < _LETTERS_OF_A_HEADING
    ):
        only_code = bool(_ONLY_CODE.fullmatch("".join(parts).strip(" *_")))
        # "aktiviteter" may begin a heading's second line, and is no table's header.
        if scan.marks[index] != Mark.TEXT and not _is_header_word(scan, index):
            if only_code and scan.marks[index] < Mark.TEXT and lines == 1:
                following = _next_filled(scan, index, index + 3)
            else:
                following = scan.goes_on_at(index)
            if following is None:
                break
            index = following
        elif not only_code and not _goes_on(scan, index, width):
            break
        parts.append(scan.texts[index])
        index += 1
        lines += 1
    return parts, index


def _is_header_word(scan: Scan, index: int) -> bool:
    return scan.marks[index] == Mark.HEADER and scan.header_at(index) is None


def _goes_on(scan: Scan, index: int, width: int) -> bool:
    """Whether line `index` belongs to the heading that the line before it began or continued."""
    text, before = scan.texts[index].strip(), scan.texts[index - 1]
    if STATUS.fullmatch(without_symbols(text)):
        return False
    if before[-1:] != " ":
        return True
    if text[0].islower() or text[0] in "–-&(":
        return True
    if scan.is_page_top(index):
        return False  # body text sooner than a name within the heading
    longest = max(width, len(before.strip()))
    # The line before had no room for this one's first word: that is how wide headings may be set.
    room = len(before.strip()) + len(text.split(None, 1)[0])
    if len(text) > max(longest, room):
        return False  # body text is set wider than headings
    # A capital may be a name within the heading: then the line before was full.
    return len(before.strip()) + 1 + len(text.split(None, 1)[0]) > longest


def _status(scan: Scan, index: int) -> tuple[str | None, int]:
    """Return the assessment printed below a heading, and the index after it."""
    position = index
    while position < min(len(scan.texts), index + _LINES_TO_STATUS):
        if scan.marks[position] in (Mark.TEXT, Mark.CELLS):
            text = without_symbols(plain(scan.texts[position]))
            if STATUS.fullmatch(text):
                return text, position + 1
            break
        if scan.marks[position] > Mark.TEXT:
            break
        position += 1
    return None, index
