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
from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing import goals
from stadsdel.parsing.identity import is_district
from stadsdel.parsing.markup import heading_text
from stadsdel.parsing.prices import is_cell_like
from stadsdel.parsing.scan import Mark
from stadsdel.parsing.titles import reads_as_sentence
from stadsdel.parsing.vocabulary import DATE, PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stadsdel.parsing.mentions import Mentions
    from stadsdel.parsing.scan import Scan

_REPORT = (
    r"(?:(?:verksamhetsplan(?:ering)?|verksamhetsberättelse|tertialrapport(?: ?[12])?"
    r"|tertialuppföljning(?: ?[12])?)"
    r"(?: (?:och|med) (?:budget|(?:(?:del)?års)?bokslut|delårsrapport))?)"
)
_YEAR = r"20\d\d"
_CODE = r"(?: (?:VB|VP|T[12]))?"
_BETWEEN = r"(?: ?[,:–-] ?| )"
# What may stand before a title: a number, the appendix it is.
_BEFORE = r"(?:bilaga \d+[a-z]?[.:,]? ?(?:[–-] )?|\d+(?:\.\d+)*\.? |enhetens )?"
# The kind and then the unit: "Verksamhetsplan 2024 för X", "VP 2024 X".
_KIND_FIRST = re.compile(
    rf"{_BEFORE}(?:(?P<kind>{_REPORT}){_CODE}(?:,? ?{_YEAR})?|(?:VP|VB|T[12]) {_YEAR})"
    rf"(?:{_BETWEEN}för\b)?(?:{_BETWEEN}(?P<name>.*?))?(?:{_BETWEEN}{_YEAR})?",
    re.IGNORECASE,
)
# The unit and then the kind: "X Verksamhetsplan 2024", "X - verksamhetsplan för 2024".
_NAME_FIRST = re.compile(
    rf"{_BEFORE}(?P<name>\S.*?){_BETWEEN}{_REPORT}{_CODE}(?: för)? {_YEAR}", re.IGNORECASE
)
_NAMED = re.compile(r"(?:Enhet\s*:|Enhetens namn\s*:?|Resultatenhet\s*:)\s*(?P<name>.*)")
_SURELY_NAMED = re.compile(rf"{_REPORT}\b.*(?: för |[,:–-])", re.IGNORECASE)
# "enheten Solen" is called Solen.
_THE_UNIT = re.compile(r"enheten (?=[A-ZÅÄÖ])")
_GENITIVE = re.compile(r"(?<!u)s$")  # no "servicehus"
_SURE_GENITIVE = re.compile(r"\w{4}(?:ens|ets|nas)$")  # "enhetens", "boendets", "skolornas"
# What a title's next line begins with.
_WITHIN_TITLE = re.compile(rf"[a-zåäö]|(?:[12] )?{_YEAR}\b")
_COUNCIL = re.compile(
    r"stadsdels(?:nämnd|förvaltning|område)|\bnämnden\b|\bstaden\b|förvaltningen\b", re.IGNORECASE
)
_COUNCIL_ALONE = re.compile(r"[A-ZÅÄÖ][^.,:;]{2,40} stadsdels(?:nämnd|förvaltning)")
_UNIT_WORD = re.compile(
    r"förskol|enhet|hemtjänst|boende|servicehus|äldre|parklek|fritid|avdelning|skola|verksamhet"
    r"|mottagning|vård|omsorg|team|center|resurs|gruppbost|träffpunkt|assistans",
    re.IGNORECASE,
)
# "förskolan Solen" is a name, "förskolan är" is not.
_LOWER_UNIT = re.compile(rf"\w*(?:{_UNIT_WORD.pattern})\w* [A-ZÅÄÖ]")
_PERIOD = re.compile(PERIOD)
_DATE = re.compile(DATE)
_SENTENCES = re.compile(r"(?:[^\W_]{4}|\b\d)[.!?] [A-ZÅÄÖ]")
_LEADERS = re.compile(r"\.{4,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_TITLE = 110
_LONGEST_NAME = 80
_WORDS_IN_NAME = 10
_LINES_NEAR = 150
_LINES_BETWEEN = 4  # from a title to the name beside it


@dataclass(frozen=True, slots=True)
class Section:
    """A unit's report from line index `first` on, up to the next section."""

    first: int
    name: str


class _Title(NamedTuple):
    """A line that may title a unit's report.

    `likely` is False where only a goal of a unit's own tells that it is no title of the council's.
    """

    first: int
    name: str
    likely: bool = True


def sections(scan: Scan, mentions: Mentions) -> list[Section]:
    """Return the units' reports in document order; empty where the file is a council's own.

    A title counts where goals or tables follow it before the next title: a list of units, or a
    sentence that mentions a unit's plan, is none.
    """
    titles: list[_Title] = []
    for index in sorted({*scan.titles, *[line for _, line in mentions.kinds]}):
        if len(scan.texts[index]) <= _LONGEST_TITLE and scan.marks[index] == Mark.TEXT:
            last = _title_ends(scan, index)
            title = _title_at(scan, index, last, mentions)
            if title is None or _stands_over_cells(scan, last - 1):
                continue
            if not titles or not _is_same(titles[-1].name, title.name):
                titles.append(title)
    found: list[Section] = []
    for position, title in enumerate(titles):
        end = titles[position + 1].first if position + 1 < len(titles) else len(scan.marks)
        holds = _holds_report if title.likely else _holds_unit_goal
        is_new = not found or not _is_same(found[-1].name, title.name)
        if is_new and holds(scan, title.first, end):
            found.append(Section(title.first, title.name))
    return found


def _is_same(name: str, other: str) -> bool:
    """Whether two names are one unit's: a page's head may print it in capitals."""
    return name.casefold() == other.casefold()


def _title_at(scan: Scan, index: int, last: int, mentions: Mentions) -> _Title | None:
    """Return the title of a unit's report that lines [index, last) are, or None."""
    parts = [f"{text} " if text.endswith(" för") else text for text in scan.texts[index:last]]
    text = heading_text("".join(parts))
    if _LEADERS.search(text):
        return None
    named = _NAMED.fullmatch(text)
    if named:
        name = _checked(named["name"] or next(_neighbours(scan, index, 1), ""))
        return _Title(index, name) if name else None
    if text[:1].islower() or not _stands_alone(scan, index, last):
        return None
    match = _KIND_FIRST.fullmatch(text)
    if match and match["name"]:
        name = _checked(match["name"].strip(" ,:–-"))
        is_unit = bool(name and _UNIT_WORD.search(name))
        if name is None or not (is_unit or match["kind"]):
            return None  # "VB 2024 Årsmål" stands in a table's header
        return _Title(index, name, is_unit or bool(_SURELY_NAMED.match(text)))
    if match and not _PERIOD.fullmatch(text):  # "VB 2020" alone is a cell
        return _named_beside(scan, index, last)
    match = _NAME_FIRST.fullmatch(text)
    if match and _begins_paragraph(scan, index) and _UNIT_WORD.search(match["name"]):
        name = _checked(_without_genitive(match["name"].strip(" ,:–-"), mentions.text))
        return _Title(index, name) if name else None
    return None


def _named_beside(scan: Scan, first: int, last: int) -> _Title | None:
    """Return the title that a kind of report, lines [first, last), and a unit's name beside are."""
    for index, step in ((last - 1, 1), (first, -1)):
        likely = True
        for other in _neighbours(scan, index, step):
            named = _NAMED.fullmatch(other)
            if _COUNCIL.search(other):
                likely = False  # the unit stands below its council, or the council has no unit
            elif named or _UNIT_WORD.search(other):
                name = _checked(
                    named["name"] if named else _without_genitive(other, _near(scan, first))
                )
                if name is None:
                    break
                return _Title(first, name, likely)
            else:
                break
    return None


def _stands_over_cells(scan: Scan, index: int) -> bool:
    """Whether figures or dates alone stand below a line: then it is the name of a table's row."""
    below = next((i for i in range(index + 1, len(scan.marks)) if scan.marks[i] > Mark.SPACE), None)
    if below is None or scan.marks[below] != Mark.TEXT:
        return False
    return all(is_cell_like(word) or _DATE.fullmatch(word) for word in scan.texts[below].split())


def _without_genitive(name: str, text: str) -> str:
    """Return the name in "Solens förskolors verksamhetsplan", if the text has it without its s.

    Some words end so only in the genitive.
    """
    if _SURE_GENITIVE.search(name):
        return name[:-1]
    bare = _GENITIVE.sub("", name)
    return bare if re.search(rf"{re.escape(bare)}(?!\w)", text) else name


def _title_ends(scan: Scan, index: int) -> int:
    """Return the index after the last line that a title beginning at `index` wraps over.

    Lines of a PDF tell paragraphs. In text a title goes on where a line is broken inside a word or
    after "för", and in a line that begins in lower case or with a year, or that with the word
    before it is a name found near by.
    """
    last = index + 1
    length = len(scan.texts[index])
    is_pdf = scan.lines[index].page is not None
    while last < len(scan.marks) and scan.marks[last] == Mark.TEXT:
        text = scan.texts[last]
        before = scan.texts[last - 1]
        if not is_pdf and before[-1:] == " " and not _WITHIN_TITLE.match(text.lstrip()):
            *_, word = before.split()
            if word != "för" and f"{word} {text.strip()}" not in _near(scan, index):
                break
        length += len(text)
        if length > _LONGEST_TITLE:
            return index + 1
        last += 1
    return last


def _near(scan: Scan, index: int) -> str:
    """Return the text round a line, in which a unit that it may name is named again."""
    return "\n".join(scan.texts[max(0, index - _LINES_NEAR) : index + _LINES_NEAR])


def _checked(name: str) -> str | None:
    """Return a unit's name; None for a council, a sentence, or words that name nothing."""
    name = _THE_UNIT.sub("", name)
    begins = name[:1].isupper() or name[:1].isdigit() or _LOWER_UNIT.match(name)
    if not begins or not _WORD.search(name) or name.endswith((".", ",", ";", ":")):
        return None
    if len(name) > _LONGEST_NAME or len(name.split()) > _WORDS_IN_NAME:
        return None
    if (
        _SENTENCES.search(name)
        or reads_as_sentence(name)
        or "%" in name
        or sum(word[0].isdigit() for word in name.split()) > 1
    ):
        return None
    if _COUNCIL.search(name) or is_district(name) or re.fullmatch(rf"{_REPORT}.*", name, re.I):
        return None
    return name


def _stands_alone(scan: Scan, first: int, last: int) -> bool:
    """Whether lines [first, last) are a paragraph of their own: another begins on the next line."""
    if last > first + 1:
        return True
    following = "".join(scan.texts[last : last + 1]).lstrip()
    return not following[:1].islower() and scan.goes_on_at(last) is None


def _begins_paragraph(scan: Scan, index: int) -> bool:
    """Whether no running text stands on the line before, but maybe the council's name."""
    if index == 0 or scan.marks[index - 1] < Mark.TEXT or scan.is_page_top(index):
        return True
    return _COUNCIL_ALONE.fullmatch(scan.texts[index - 1].strip()) is not None


def _neighbours(scan: Scan, index: int, step: int) -> Iterator[str]:
    """Yield the texts of the next lines in a direction that are not blank, while they are short."""
    position = index + step
    reach = _LINES_BETWEEN
    while 0 <= position < len(scan.marks) and reach:
        reach -= 1
        if scan.marks[position] > Mark.TEXT:
            return
        if scan.marks[position] == Mark.TEXT:
            text = heading_text(scan.texts[position])
            if len(text) > _LONGEST_NAME:
                return
            yield text
            reach = _LINES_BETWEEN
        position += step


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


def _holds_unit_goal(scan: Scan, first: int, end: int) -> bool:
    return any(
        scan.marks[index] == Mark.GOAL and goals.level(scan, index) == "enhetsmål"
        for index in range(first, end)
    )
