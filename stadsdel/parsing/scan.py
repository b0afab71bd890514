"""One pass over a document's lines: what each line may be, cheaply.

Belongs here: the marks by which the other modules find their way without looking at every line
again, and the text of each line in layout A's convention. Does not belong here: what a heading,
header or row says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from stadsdel.parsing import headers
from stadsdel.parsing.furniture import LONGEST_FURNITURE, furniture
from stadsdel.parsing.vocabulary import COMMENT_ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stadsdel.parsing.headers import Header
    from stadsdel.reading.model import Line


class Mark:
    """What a line may be. A mark above TEXT is a claim that its module still has to confirm.

    Plain numbers, for every line is asked for its mark many times: to look up the member of an
    enumeration takes ten times as long.
    """

    EMPTY = 0  # nothing at all: ends a block (layout A)
    SKIP = 1  # page furniture
    SPACE = 2  # spaces only: blank cells, or a lost symbol
    TEXT = 3
    GOAL = 4  # begins with the label of a goal heading
    HEADER = 5  # begins with "Indikator" or "Aktivitet"
    LABEL = 6  # "Analys" or "Kommentar" alone
    CELLS = 7  # a row of a table that keeps its cells apart
    TITLE = 8  # begins a unit's report: known when all lines are marked


# The longest words first; "KF:s" may have lost its colon or be spaced.
_CLAIM = re.compile(
    r"[\s#*>_]*(?:"
    r"(?P<goal>KF\s*:?\s*s\s+(?:inriktningsmål|mål)|inriktningsmål\s*:|verksamhetsområdesmål\s*:"
    r"|nämnd(?:ens\s+)?mål\s*:|enhets?mål\s*:|enhetens\s+mål\s*:)"
    r"|(?P<header>[Ii] ?n ?d ?i ?k ?a ?t ?o|[Ll]ndikato|[Aa] ?k ?t ?i ?v ?i ?t ?e ?t)"
    r"|(?P<label>(?:analys|kommentar(?:er)?)\s*:?\s*$)"
    r"|(?P<title>verksamhetspl|verksamhetsb|tertial(?:r|u)|enhet\s*:|enhetens\s+namn|resultatenhet\s*:|v[pb]\s+\d|t[12]\s+\d)"
    r")",
    re.IGNORECASE,
)
# What a claim may begin with after its dress, so that the pattern is tried on few lines.
_CLAIM_HEADS = frozenset(
    {"kf:", "kf ", "kfs", "inr", "ver", "näm", "enh", "ind", "lnd", "i n", "in "}
    | {"akt", "ak ", "a k", "ana", "kom", "ter", "res", "vp ", "vb ", "t1 ", "t2 "}
)
_CLAIM_DRESS = "#*>_ \t\u00a0"
_CLAIM_FIRST = frozenset(_CLAIM_DRESS).union(*[{head[0], head[0].upper()} for head in _CLAIM_HEADS])
# What a line of white space begins with.
_WHITE = frozenset(" \t\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
_FIGURE_ENDS = frozenset("0123456789% ")
_CELL_ENDS = _FIGURE_ENDS.union("-–−r")  # a dash, "12,4 tkr"
_COMMENTS = tuple([f"{word} " for word in COMMENT_ENDS])
_COMMENT_ENDS = frozenset([word[-1] for word in COMMENT_ENDS])
_LONGEST_HEADER_IN_LINES = 60
_HEADER_LINES_WITHOUT_PROGRESS = 5
_LONGEST_HEADER_LINE = 250
_LINES_OF_UNKNOWN_HEADER = 12
# A document without this share of lines that end in a space has lost layout A's line ends.
_LINE_ENDS_KEPT = 0.3
_TEXT_OF = attrgetter("text")


@dataclass(frozen=True, slots=True)
class Scan:
    """A document's lines with their texts and marks, by index.

    `texts` end in a space where layout A's lines do. `titles` are the indexes of lines that begin
    with the name of a kind of report, or of a unit; `claims` of those whose mark is above TEXT;
    `figures` of lines of running text that end as a figure or a blank cell does, `comments` of
    those that end as the label of a column of comments does. `headers`
    remembers which indexes begin a header in running text, and the index after its last line.
    """

    lines: Sequence[Line]
    texts: list[str]
    marks: bytearray
    titles: list[int]
    claims: list[int]
    figures: list[int]
    comments: list[int]
    headers: dict[int, tuple[Header, int] | None] = field(default_factory=dict)
    _indent: list[int] = field(default_factory=list)

    def header_at(self, index: int) -> tuple[Header, int] | None:
        """Return the header that begins at line `index` and the index after it, or None."""
        if self.marks[index] != Mark.HEADER:
            return None
        if index not in self.headers:
            self.headers[index] = _header_at(self.texts, self.marks, index)
        return self.headers[index]

    def is_unknown_header(self, index: int) -> bool:
        """Whether line `index`, no header, and those below it begin as one (layout A)."""
        below = [text for text in self.texts[index : index + _LINES_OF_UNKNOWN_HEADER] if text]
        return headers.begins_as_header(" ".join(below).split())

    def row_indent(self) -> int:
        """Return how many spaces a row of this document begins with (A4); 0 where none do.

        It is what most of the rows that stand right below a header begin with.
        """
        if not self._indent:
            indents: Counter[int] = Counter()
            for index in self.claims:
                if found := self.header_at(index):
                    below = found[1]
                    while below < len(self.marks) and self.marks[below] == Mark.EMPTY:
                        below += 1
                    if below < len(self.marks) and self.marks[below] == Mark.TEXT:
                        text = self.texts[below]
                        indents[len(text) - len(text.lstrip())] += 1
            del indents[0]  # the rest of a row that a page break cut
            self._indent.append(indents.most_common(1)[0][0] if indents else 0)
        return self._indent[0]

    def mark_below(self, index: int, passed: int) -> int | None:
        """Return the first mark below line `index` that is above `passed`; None where none is."""
        for below in range(index + 1, len(self.marks)):
            if self.marks[below] > passed:
                return self.marks[below]
        return None

    def is_page_top(self, index: int) -> bool:
        """Whether a line is the first of its page: one space more than the line before it asks.

        Pages have no form feed in layout A; their first line begins with a space and no empty line
        stands before it (A6). A line after a hyphen that broke a name also begins with a space.
        """
        if index == 0:
            return True
        if self.texts[index][:1] != " ":
            return False
        before = self.texts[index - 1]
        return before[-1:] == " " and not before.isspace()

    def goes_on_at(self, index: int) -> int | None:
        """Return the line that goes on with a sentence that furniture interrupts at `index`."""
        below = index
        while below < len(self.marks) and self.marks[below] < Mark.TEXT:
            below += 1
        if below == len(self.marks) or self.marks[below] != Mark.TEXT:
            return None
        is_rest = self.texts[below].lstrip()[0].islower()
        return below if is_rest and Mark.SKIP in self.marks[index:below] else None


def scan(lines: Sequence[Line]) -> Scan:
    """Mark every line of a document."""
    texts = list(map(_TEXT_OF, lines))
    marks = bytearray(len(texts))
    space, text_mark, cells = Mark.SPACE, Mark.TEXT, Mark.CELLS
    titles: list[int] = []
    claims: list[int] = []
    figures: list[int] = []
    comments: list[int] = []
    short: list[int] = []
    ending = filled = 0
    for index, text in enumerate(texts):
        if not text:
            continue
        first = text[0]
        if first in _WHITE and text.isspace():
            marks[index] = space
            continue
        if lines[index].cells is not None:
            marks[index] = cells
            claims.append(index)
            continue
        filled += 1
        marks[index] = text_mark
        if text[-1] == " ":
            ending += 1
            if text[-2] in _CELL_ENDS and (text[-2] != "r" or text[-3:-2] == "k"):
                figures.append(index)
            elif text[-2] in _COMMENT_ENDS and text.endswith(_COMMENTS):
                comments.append(index)
        elif text[-1] in _FIGURE_ENDS:
            figures.append(index)
        if len(text) <= LONGEST_FURNITURE:
            short.append(index)
        if first not in _CLAIM_FIRST:
            continue
        bare = text.lstrip(_CLAIM_DRESS) if first in _CLAIM_DRESS else text
        if bare[:3].casefold() in _CLAIM_HEADS:
            claim = _CLAIM.match(text)
            if claim and claim.lastgroup == "title":
                titles.append(index)
            elif claim:
                marks[index] = _CLAIMED[claim.lastgroup or ""]
                claims.append(index)
    for index in furniture(texts, short, lambda index: marks[index] == text_mark):
        marks[index] = Mark.SKIP
    if ending < _LINE_ENDS_KEPT * filled:
        texts = [text + " " if text and text[-1] != " " else text for text in texts]
    return Scan(lines, texts, marks, titles, claims, figures, comments)


_CLAIMED = {"goal": Mark.GOAL, "header": Mark.HEADER, "label": Mark.LABEL}


def _header_at(texts: Sequence[str], marks: bytearray, first: int) -> tuple[Header, int] | None:
    """The longest run of lines whose every word belongs to a known column is the header.

    Words that only resemble the end of a column are not the header's: they begin the row below,
    unless a column follows that is spelled right.
    """
    words: headers.HeaderWords | None = None
    best: tuple[Header, int] | None = None
    best_unlike = 0.0
    since = reached = 0
    for index in range(first, min(len(texts), first + _LONGEST_HEADER_IN_LINES)):
        text = texts[index]
        mark = marks[index]
        if mark < Mark.TEXT:
            continue
        if mark == Mark.CELLS or len(text) > _LONGEST_HEADER_LINE:
            break
        if mark == Mark.LABEL and marks[index + 1 : index + 2] > b"\x01":
            break  # the label of an analysis, whose text follows; not a column of that name
        words = headers.with_line(words, text)
        if words.header is not None and (
            best is None
            or words.unlike <= best_unlike
            or words.has_only_slips(best[0], best_unlike)
        ):
            best, best_unlike = (words.header, index + 1), words.unlike
        elif words.is_hopeless:
            break
        before, reached = reached, words.divided_within(best_unlike)
        since = 0 if reached > before else since + 1
        if since > _HEADER_LINES_WITHOUT_PROGRESS:
            break
    return best
