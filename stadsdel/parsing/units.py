"""Reporting units (enheter): where each unit's report begins in a file, and what it is called.

Every unit reports in the same form as its council, so a file may hold several reports one after
another. A unit's report begins with a title that names it ("Verksamhetsplan 2024 för ...",
"Enhet: ...") and holds goals or tables of its own.

Belongs here: finding those titles and telling them from mentions. Does not belong here: the
council's own title (`identity`), goals or tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel.parsing import goals
from stadsdel.parsing.identity import is_district
from stadsdel.parsing.markup import heading_text
from stadsdel.parsing.scan import Mark

if TYPE_CHECKING:
    from stadsdel.parsing.scan import Scan

_REPORT = (
    r"(?:verksamhetsplan(?:ering)?|verksamhetsberättelse|tertialrapport(?: ?[12])?"
    r"|tertialuppföljning(?: ?[12])?)"
)
_TITLE = re.compile(
    rf"{_REPORT}(?: (?:VB|VP|T[12]))?(?:,? ?20\d\d)?(?:[,:–-]| för)? ?(?P<name>.*?)"
    r"(?:[,–-]? ?20\d\d)?"
    r"|(?:VP|VB|T[12]) 20\d\d(?: för|,| [–-]) (?P<short>.*)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"Enhet(?:ens namn)?\s*:\s*(?P<name>\S.*)|Resultatenhet\s*:\s*(?P<other>\S.*)")
_COUNCIL = re.compile(
    r"stadsdels(?:nämnd|förvaltning|område)|\bnämnden\b|\bstaden\b|förvaltningen\b", re.IGNORECASE
)
_UNIT_WORD = re.compile(
    r"förskol|enhet|hemtjänst|boende|servicehus|äldre|parklek|fritid|avdelning|skola|verksamhet"
    r"|mottagning|vård|omsorg|team|center|resurs|gruppbostad|träffpunkt",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\.{4,}")
_LONGEST_TITLE = 110
_LONGEST_NAME = 80
_WORDS_IN_NAME = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A unit's report from line index `first` on, up to the next section."""

    first: int
    name: str


def sections(scan: Scan) -> list[Section]:
    """Return the units' reports in document order; empty where the file is a council's own.

    A title counts where goals or tables follow it before the next title: a list of units, or a
    sentence that mentions a unit's plan, is none.
    """
    titles: list[Section] = []
    for index in scan.titles:
        if len(scan.texts[index]) <= _LONGEST_TITLE:
            name = _name(scan, index)
            if name is not None and (not titles or titles[-1].name != name):
                titles.append(Section(index, name))
    found: list[Section] = []
    for position, title in enumerate(titles):
        end = titles[position + 1].first if position + 1 < len(titles) else len(scan.marks)
        if _holds_report(scan, title.first, end) and (not found or found[-1].name != title.name):
            found.append(title)
    return found


def _name(scan: Scan, index: int) -> str | None:
    """Return the unit that the line at `index` titles a report of; None where it titles none."""
    text = heading_text(_title(scan, index))
    if _LEADERS.search(text):
        return None
    named = _NAMED.fullmatch(text)
    if named:
        return _checked(named["name"] or named["other"])
    match = _TITLE.fullmatch(text)
    if match is None or not _stands_alone(scan, index):
        return None
    name = (match["name"] or match["short"] or "").strip(" ,:–-")
    if name:
        return _checked(name)
    for other in (_neighbour(scan, index, 1), _neighbour(scan, index, -1)):
        if other and _UNIT_WORD.search(other) and (checked := _checked(other)):
            return checked
    return None


def _title(scan: Scan, index: int) -> str:
    """Return the line at `index`; of a PDF, whose lines tell paragraphs, all it wraps over."""
    last = index + 1
    if scan.lines[index].page is not None:
        while last < len(scan.marks) and scan.marks[last] == Mark.TEXT:
            last += 1
    wrapped = "".join(scan.texts[index:last])
    return wrapped if len(wrapped) <= _LONGEST_TITLE else scan.texts[index]


def _checked(name: str) -> str | None:
    """Return a unit's name; None for a council, a sentence, or words that name nothing."""
    if not (name[0].isupper() or name[0].isdigit()) or name.endswith((".", ",", ";", ":")):
        return None
    if len(name) > _LONGEST_NAME or len(name.split()) > _WORDS_IN_NAME:
        return None
    if "%" in name or sum(word[0].isdigit() for word in name.split()) > 1:
        return None
    if _COUNCIL.search(name) or is_district(name) or re.fullmatch(rf"{_REPORT}.*", name, re.I):
        return None
    return name


def _stands_alone(scan: Scan, index: int) -> bool:
    """Whether a line is a paragraph of its own: what follows on the next line is another."""
    following = scan.texts[index + 1 : index + 2]
    wraps = len(_title(scan, index)) > len(scan.texts[index])
    return wraps or not following or not following[0].strip() or not following[0][:1].islower()


def _neighbour(scan: Scan, index: int, step: int) -> str | None:
    """Return the text of the next line in a direction that is not blank, where it is short."""
    position = index + step
    while 0 <= position < len(scan.marks) and abs(position - index) <= 4:
        if scan.marks[position] == Mark.TEXT:
            text = heading_text(scan.texts[position])
            return text if len(text) <= _LONGEST_NAME else None
        if scan.marks[position] > Mark.TEXT:
            return None
        position += step
    return None


def _holds_report(scan: Scan, first: int, end: int) -> bool:
    for index in range(first, end):
        mark = scan.marks[index]
        if mark == Mark.GOAL and goals.is_label(scan, index):
            return True
        if mark == Mark.HEADER and scan.header_at(index) is not None:
            return True
        if mark == Mark.CELLS and len(scan.lines[index].cells or ()) > 2:
            return True
    return False
