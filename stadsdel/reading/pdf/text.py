"""Words to text: lines of words, and the text of a cell whose lines were wrapped.

Belongs here: which words stand on one line, where a space is, and whether a line of a cell ends
between two words or inside one. Does not belong here: which words are in which cell.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.ink import Word

# Words whose middles are nearer than this share of the taller one's height stand on one line; a
# raised or lowered "2" in CO2 does, the line below (at least one height away) does not.
_SAME_LINE = 0.45
# A word of less than this share of its line's greatest size is a raised or lowered figure.
_SMALL = 0.85
# Words of one line further apart than this share of their height have a space between them, also
# where pdfium saw none.
_SPACE = 0.12
# A space is about this wide, in line heights.
_SPACE_WIDTH = 0.3
# A glyph fits where at least its width is left; boxes are exact to about a tenth of a point.
_EXACT = 0.3

_HYPHENS = frozenset("-\u2010\u2011\u2013")
_DIVIDING = "\u2010"  # what typesetting puts where it divides a word
_SIGNS = frozenset("+/\u00b1")  # before a hyphen, these make it a minus
_SLASH_END = re.compile(r"\w/$")
_SUSPENDED = frozenset({"och", "eller", "samt", "respektive", "resp", "resp.", "till", "och/eller"})
# Signs that no line begins with, unless the word before was broken.
_CLOSING = frozenset(".,;:!?)/")
# How rare broken words are among the line ends that could be one, as the logarithm of the odds.
_RARE = -4.5
# How much it adds that a piece is no word known in the file, and takes that it is, likewise.
_UNKNOWN = 1.5
_KNOWN = 2.0
# How much it adds that a piece has its line to itself, and takes that it has not.
_ALONE, _AMID = 1.0, 4.0
# A producer draws spaces that do not fit where it does so this many times as often as not, and more
# than a few times.
_SURELY = 4
_FEW = 2
# Letters are counted in groups of these sizes, if seen this often.
_GROUPS = (4, 3, 2, 1)
_SEEN = 4
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class TextLine:
    """Words that stand on one line, from left to right.

    `height` and `base` are those of its middlemost word, not of lowered figures: these and accents
    on capitals make a line's box higher, but not its print larger.
    """

    words: list[Word]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    height: float = 0.0
    base: float = 0.0

    def __post_init__(self) -> None:
        """Take the box from the words."""
        words = self.words
        if len(words) == 1:
            (word,) = words
            self.x0, self.top, self.x1, self.bottom = word.x0, word.top, word.x1, word.bottom
            self.height, self.base = word.size, word.base
            return
        self.x0 = words[0].x0
        self.x1 = max(word.x1 for word in words)
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)
        sizes = sorted([word.size for word in words])
        self.height = sizes[len(words) // 2]
        if sizes[0] < _SMALL * sizes[-1]:
            words = [word for word in words if word.size >= _SMALL * sizes[-1]]
        self.base = sorted([word.base for word in words])[len(words) // 2]

    @property
    def box(self) -> BBox:
        """The line's box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """The height of its box's middle."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """The line's text."""
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            if _spaced(before, word):
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)

    def edge_words(self) -> tuple[list[Word], list[Word]]:
        """Return the glyph runs of the line's first and of its last unbroken word."""
        first, last = [self.words[0]], [self.words[-1]]
        for before, word in pairwise(self.words):
            if _spaced(before, word):
                break
            first.append(word)
        for i in range(len(self.words) - 2, -1, -1):
            if _spaced(self.words[i], self.words[i + 1]):
                break
            last.insert(0, self.words[i])
        return first, last


def gap(above: TextLine, below: TextLine) -> float:
    """Return the white space between two lines, in points; negative where they overlap."""
    return below.base - above.base - below.height


def _spaced(before: Word, word: Word) -> bool:
    return before.spaced or word.x0 - before.x1 > _SPACE * (word.bottom - word.top)


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Return the lines that words form, from top to bottom."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=attrgetter("middle")):
        if groups:
            first = groups[-1][0]
            height = max(first.bottom - first.top, word.bottom - word.top)
            if word.middle - first.middle < _SAME_LINE * height:
                groups[-1].append(word)
                continue
        groups.append([word])
    lines = []
    for group in groups:
        group.sort(key=attrgetter("x0"))
        lines.append(TextLine(group))
    return lines


@dataclass
class Wording:
    """What a whole file tells about its words, to judge a line's end by.

    `known` counts the words that are surely whole: those inside a line. `full_lines` counts lines
    with no room left, by whether a space had any and whether one follows them.
    """

    known: Counter[str] = field(default_factory=Counter)
    full_lines: Counter[tuple[bool, bool]] = field(default_factory=Counter)

    def draws_spaces(self, *, fitting: bool) -> bool:
        """Tell whether the producer draws the space at which it wraps a line.

        Word processors do, some only where it fits; in their files a full line without a space ends
        inside a word.
        """
        drawn, missing = self.full_lines[fitting, True], self.full_lines[fitting, False]
        return drawn > missing if fitting else drawn > max(_SURELY * missing, _FEW)

    def learn(self, lines: Sequence[TextLine], room: float = 0.0) -> None:
        """Take in the lines of one cell or paragraph.

        The words at a line's end count only where the next glyph would have fitted in `room`: then
        the line was not broken for want of it.
        """
        whole_before = True
        for position, line in enumerate(lines):
            words = line.text.split(" ")
            last = position + 1 == len(lines)
            whole_after = last or _has_room(line, lines[position + 1], room)
            if not whole_after and room and line.words[-1].text[-1] not in _HYPHENS:
                self.full_lines[_fits_space(line, room), line.words[-1].spaced] += 1
            for word in words[not whole_before : None if whole_after else -1]:
                self.known.update(letters.lower() for letters in _LETTERS.findall(word))
            whole_before = whole_after

    @cached_property
    def letters(self) -> Counter[tuple[str, str]]:
        """How many known words groups of letters end, begin, go on within or lie inside.

        Asked for only when all has been learnt, and in files that need it.
        """
        counts: Counter[tuple[str, str]] = Counter()
        for word in self.known:
            for size in _GROUPS:
                if len(word) < size:
                    continue
                counts["ends", word[-size:]] += 1
                counts["starts", word[:size]] += 1
                for i in range(len(word) - size):
                    counts["goes on", word[i : i + size]] += 1
                    counts["inside", word[i + 1 : i + 1 + size]] += 1
        return counts

    @cached_property
    def ordered(self) -> list[str]:
        """The known words in alphabetical order."""
        return sorted(self.known)

    def begins_word(self, piece: str) -> bool:
        """Tell whether a known word begins with these letters."""
        at = bisect_left(self.ordered, piece)
        return at < len(self.ordered) and self.ordered[at].startswith(piece)

    def joined(self, text: str, rest: str) -> str:
        """Join a word's two parts; the hyphen that only divides it at a line's end goes.

        Typesetting prints such a hyphen as one of its own kind, or as any other: then the word is
        one that the file knows without it.
        """
        if text[-1:] in _HYPHENS and text[-2:-1].isalpha() and rest[:1].islower():
            left, right = _LETTERS.findall(text), _LETTERS.findall(rest)
            if text[-1] == _DIVIDING or (left[-1] + right[0]).lower() in self.known:
                return text[:-1] + rest
        return text + rest

    def is_broken(self, before: str, after: str, chance: float, *, cut: bool, alone: bool) -> bool:
        """Judge whether two pieces, as they stand at the edges of two lines, are one word.

        Words known elsewhere in the file decide; else the odds do: that an unknown piece is a word,
        that words end and begin in these letters rather than have them inside, and that a line
        between two words is full by chance.

        Args:
            before: the first line's last piece.
            after: the following line's first piece.
            chance: how likely a line that ends between two words is as full as this one.
            cut: the following piece may itself go on in the line after it.
            alone: the first piece has its line to itself. Most producers break a word only there.
        """
        left, right = _LETTERS.findall(before), _LETTERS.findall(after)
        if not (left and right and before.endswith(left[-1]) and after.startswith(right[0])):
            digits = before[-1:].isdigit() and after[:1].isdigit()
            return digits or after[:1] in _CLOSING
        end, start = left[-1].lower(), right[0].lower()
        if self.begins_word(end + start) if cut else end + start in self.known:
            return True
        is_word = self.begins_word(start) if cut and len(start) > 2 else start in self.known
        if is_word and end in self.known:
            return False
        if len(end) == 1 > self.known[end] or (not cut and len(start) == 1 > self.known[start]):
            return True
        odds = _RARE - math.log(chance) + (_ALONE if alone else -_AMID)
        odds += _UNKNOWN if end not in self.known else -_KNOWN
        if is_word:
            odds -= _KNOWN
        elif not cut:
            odds += _UNKNOWN
        odds += self._odds("goes on", "ends", [end[-size:] for size in _GROUPS])
        odds += self._odds("inside", "starts", [start[:size] for size in _GROUPS])
        return odds > 0.0

    def _odds(self, within: str, at_edge: str, groups: list[str]) -> float:
        """Return the logarithm of the odds that letters stand within a word, not at its edge.

        The longest group seen often enough counts.
        """
        for group in groups:
            inside, edge = self.letters[within, group], self.letters[at_edge, group]
            if inside + edge >= _SEEN:
                break
        return math.log((inside + 0.5) / (edge + 0.5))


@dataclass(slots=True)
class Cell:
    """The lines of one cell and where the cell's borders are."""

    lines: list[TextLine]
    left: float
    right: float

    @property
    def width(self) -> float:
        """The width between its borders."""
        return self.right - self.left

    def text(self, wording: Wording, room: float) -> str:
        """Return the cell's text on one line; `room` is the width that its text may take."""
        if not self.lines:
            return ""
        text = self.lines[0].text
        for i, (line, following) in enumerate(pairwise(self.lines), 2):
            word = text.rpartition(" ")[2]
            cut = (
                i < len(self.lines)
                and " " not in following.text
                and not _has_room(following, self.lines[i], room)
            )
            if _continues(line, following, word, room, wording, cut=cut):
                text = wording.joined(text, following.text)
            else:
                text += f" {following.text}"
        return text


def _continues(
    line: TextLine, following: TextLine, before: str, room: float, wording: Wording, *, cut: bool
) -> bool:
    """Tell whether a line ends inside a word that the following line continues.

    `before` is that word as far as it is known: it may have begun lines above; `cut` tells that the
    following line may end inside a word, too.
    """
    if line.words[-1].spaced:
        return False
    first, _ = following.edge_words()
    after = "".join(word.text for word in first)
    if before[-1:] in _HYPHENS:
        return len(before) > 1 and before[-2] not in _SIGNS and after.lower() not in _SUSPENDED
    if _SLASH_END.search(before):
        return after[:1].isalnum()
    if before[-1:].islower() and after[:1].isupper():
        return False
    if _has_room(line, following, room):
        return False
    if wording.draws_spaces(fitting=_fits_space(line, room)):
        return True
    _, last = line.edge_words()
    whole = (last[-1].x1 - last[0].x0) + (first[-1].x1 - first[0].x0)
    if whole <= room - _EXACT:
        return False
    glyph = following.words[0].first - first[0].x0
    chance = glyph / (first[-1].x1 - first[0].x0 + glyph)
    return wording.is_broken(before, after, chance, cut=cut, alone=last[0] is line.words[0])


def breaks_word(line: TextLine, following: TextLine) -> bool:
    """Tell whether a line of running text ends in a hyphen inside a word."""
    text, rest = line.text, following.text
    return (
        text[-1:] in _HYPHENS
        and text[-2:-1].isalpha()
        and rest[:1].isalpha()
        and rest.split(" ", 1)[0].lower() not in _SUSPENDED
    )


def _has_room(line: TextLine, following: TextLine, room: float) -> bool:
    """Tell whether the following line's first glyph would have fitted on a line."""
    glyph = following.words[0].first - following.words[0].x0
    return room - (line.x1 - line.x0) > glyph + _EXACT


def _fits_space(line: TextLine, room: float) -> bool:
    """Tell whether a space would fit behind a line."""
    return room - (line.x1 - line.x0) > _SPACE_WIDTH * line.height


def word_fits(line: TextLine, following: TextLine, room: float) -> bool:
    """Tell whether the following line's first word would have fitted on a line, behind a space."""
    first, _ = following.edge_words()
    return line.x1 - line.x0 + _SPACE_WIDTH * line.height + first[-1].x1 - first[0].x0 < room


def padding(cells: Iterable[Cell]) -> float:
    """Return how much narrower than its cell a table's text is: the paddings left and right.

    They are the least distances seen. Where no text comes near the right border, the right padding
    is taken to be no more than the left one.
    """
    left = right = math.inf
    for cell in cells:
        for line in cell.lines:
            left = min(left, line.x0 - cell.left)
            right = min(right, cell.right - line.x1)
    return max(left, 0.0) + max(min(right, left), 0.0) if math.isfinite(left) else 0.0
