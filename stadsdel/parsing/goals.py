"""Goal headings: level, code, title and printed assessment, from running text.

Belongs here: recognising a labelled heading ("Nämndmål: 1.1.1 ..."), its wrapped lines and its
status line (report-layouts.md A9, B6). Does not belong here: summaries and tables of contents,
which repeat titles without the label and are no headings, nor which rows belong to which goal
(`parse`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel.parsing.markup import fold, heading_text, plain, squash, without_symbols
from stadsdel.parsing.vocabulary import GOAL_LABELS, STATUS
from stadsdel.reading.model import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.parsing.model import GoalLevel

_LABEL = re.compile(
    r"^[\s#*>_]*((?:KF\s*:?\s*s\s+)?(?:inriktningsmål|mål\s+för\s+verksamhetsområdet?)|verksamhetsområdesmål"
    r"|nämnd(?:ens\s+)?mål|enhets?(?:ens\s+)?mål|enhetens\s+mål)\s*:",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(\d{1,2}(?:\s?\.\s?\d{1,2}){0,4})\s?(\.?)(?=\s|[^\W\d]|$)\s*")
# "Nämndmål: 1.1" on one line and ".2 Title" or "2 Title" on the next: a code broken off.
_BROKEN_CODE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")
_LEADER = re.compile(r"\.{4,}|…{2,}|\t\s*\d+\s*$")
_LONGEST_HEADING_IN_LINES = 4
_LONGEST_LABEL = 45
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """A goal heading as printed in lines [first, last); `text` is code and title as printed."""

    level: GoalLevel
    code: str | None
    title: str
    text: str
    status: str | None
    first: int
    last: int


def may_be_heading(text: str) -> bool:
    """Whether a line may begin a goal heading: cheap, called for every line."""
    return ":" in text and "mål" in text[:_LONGEST_LABEL].casefold()


def is_label(texts: Sequence[str], index: int) -> bool:
    """Whether the line at `index` begins with the label of a goal heading."""
    return _LABEL.match(texts[index]) is not None


def heading_at(lines: Sequence[Line], first: int, widths: dict[str, int]) -> Heading | None:
    """Return the heading that begins at line index `first`, or None.

    `widths` is the longest first line of a heading per level in this document: a heading goes on
    where its lines are as long as headings get, and never past a blank line once it has a title.
    """
    label = _LABEL.match(_label_text(lines, first))
    if label is None:
        return None
    level = GOAL_LABELS.get(squash(label[1]).replace("enhetsens", "enhetens") + ":")
    text = lines[first].text
    if level is None or _LEADER.search(text) or lines[first].cells is not None:
        return None
    label_lines = 1 if ":" in text else 2
    title_lines, last = _title_lines(lines, first, label_lines, widths.get(level, 0))
    title_text = plain(_CONTINUED_MARK.sub(" ", "".join(title_lines))).strip("* ")
    if not title_text or len(title_text) > _LONGEST_TITLE:
        return None
    code_match = _CODE.match(title_text)
    code = re.sub(r"\s", "", code_match[1]) if code_match else None
    title = title_text[code_match.end() :].strip() if code_match else title_text
    if not title:
        return None
    status, last = _status(lines, last)
    return Heading(level, code, title, title_text, status, first, last)  # type: ignore[arg-type]


_CONTINUED_MARK = re.compile(r"(?<=\s)#{1,6}\s+")


def _label_text(lines: Sequence[Line], first: int) -> str:
    """Return the line, with the next one joined where the label itself is wrapped."""
    text = lines[first].text
    if ":" in text.replace("KF:s", "").replace("kf:s", "") or first + 1 >= len(lines):
        return text
    return text + lines[first + 1].text


def first_line_widths(lines: Sequence[Line], candidates: Sequence[int]) -> dict[str, int]:
    """Return per level the length of the longest first line among `candidates` (line indexes)."""
    widths: dict[str, int] = {}
    for index in candidates:
        label = _LABEL.match(lines[index].text)
        if label:
            level = GOAL_LABELS.get(squash(label[1]) + ":")
            if level:
                width = len(lines[index].text.strip())
                widths[level] = max(widths.get(level, 0), width)
    return widths


def _title_lines(
    lines: Sequence[Line], first: int, label_lines: int, width: int
) -> tuple[list[str], int]:
    """Collect the heading's text after its label; return it with the index after its last line."""
    index = first + label_lines
    own = lines[index - 1].text.split(":")
    head = lines[first].text
    if label_lines == 1:
        start = _LABEL.match(head)
        rest = head[start.end() :] if start else ""
    else:
        rest = own[-1]
    parts = [rest] if rest.strip(" *#") else []
    if not parts:
        # Layout B: the label stands alone, the heading on the next line that is not blank.
        while index < len(lines) and not lines[index].text.strip(" *"):
            index += 1
        if index >= len(lines) or index > first + label_lines + 4:
            return [], index
        if lines[index].cells is not None:
            return [], index
        parts = [heading_text(lines[index].text)]
        index += 1
        if _BROKEN_CODE.match(parts[0]):
            following = index
            while following < len(lines) and not lines[following].text.strip():
                following += 1
            if following < min(len(lines), index + 3) and lines[following].cells is None:
                parts.append(" " + heading_text(lines[following].text))
                index = following + 1
        return parts, index
    while (
        index < len(lines)
        and index - first < _LONGEST_HEADING_IN_LINES
        and _continues(parts, lines[index], lines[index - 1], width)
    ):
        parts.append(lines[index].text)
        index += 1
    return parts, index


def _continues(parts: list[str], line: Line, before: Line, width: int) -> bool:
    """Whether `line` is the next line of the heading that `parts` began."""
    text = line.text.strip()
    if not text:
        # Only a code that stands alone may have its title after a blank line.
        return bool(_BROKEN_CODE.match("".join(parts).strip()))
    if line.cells is not None or STATUS.fullmatch(without_symbols(text)) or _LABEL.match(text):
        return False
    if _BROKEN_CODE.match("".join(parts).strip()) or not before.text.endswith(" "):
        return True
    if len(text) > max(width, len(before.text.strip())) + 3:
        return False  # body text is set wider than headings
    if text[0].islower() or text[0] in "–-&(":
        return True
    # A capital may be a name within the heading: then the line before was full.
    first_word = text.split(None, 1)[0]
    return len(before.text.strip()) + 1 + len(first_word) > width


def _status(lines: Sequence[Line], index: int) -> tuple[str | None, int]:
    """Return the assessment on the next line that is not blank, and the index after it."""
    position = index
    while position < len(lines) and position < index + 12 and not lines[position].text.strip():
        position += 1
    if position < len(lines):
        text = without_symbols(plain(" ".join(lines[position].cells or (lines[position].text,))))
        if STATUS.fullmatch(text):
            return fold(text), position + 1
    return None, index
