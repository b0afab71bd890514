"""What a PDF page carries, as plain values: words with boxes, ruling lines, shaded bands.

Belongs here: the types, and turning boxes between a page as displayed and as read. Does not belong
here: asking pdfium for them (`page`, `glyphs`, `strokes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.reading.model import BBox


@dataclass(slots=True)
class Word:
    """A run of glyphs without a space.

    `first` is the right edge of its first glyph, `middle` the height of its own middle, `size` how
    high its print is: an accent may make the box of one glyph higher; `base` where its full-sized
    glyphs stand, not a lowered or raised figure.

    `spaced`: a space follows in the file's own text, which at a line's end tells a new word from a
    broken one in files whose producer draws such spaces.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    first: float
    spaced: bool
    middle: float
    size: float
    base: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: its position across (y of a horizontal one) and where it starts and ends."""

    at: float
    start: float
    end: float


AT = attrgetter("at")


@dataclass(frozen=True, slots=True)
class PageInk:
    """One page's words and rules.

    `grounds` are the boxes of shaded bands, `shades` their upper and lower edges, `seams` stand
    beside the shaded cells of a band that has several; `turn` is how the page as displayed stands
    to the text.

    `lost` is the box round words whose letters their font does not tell; `picture` tells that a
    picture takes up most of the page, as where it was scanned.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    grounds: list[BBox]
    seams: list[Rule]
    turn: int = 0
    lost: BBox | None = None
    picture: bool = False

    @property
    def shades(self) -> list[Rule]:
        """The upper and lower edges of shaded bands, from top to bottom."""
        edges = [Rule(at, x0, x1) for x0, top, x1, bottom in self.grounds for at in (top, bottom)]
        return sorted(edges, key=AT)

    def shown(self, box: BBox) -> BBox:
        """Return a box of this page in points of the page as displayed."""
        x0, top, x1, bottom = box
        if self.turn == 90:  # the text runs upwards on the displayed page
            box = (top, self.width - x1, bottom, self.width - x0)
        elif self.turn == 180:
            box = (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        elif self.turn == 270:  # the text runs downwards
            box = (self.height - bottom, x0, self.height - top, x1)
        a, b, c, d = box
        return (round(a, 1), round(b, 1), round(c, 1), round(d, 1))


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns pdfium's page coordinates (y upwards, before rotation) into reading coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int  # 0, 1, 2, 3: the text's direction, in quarter turns to the left

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """Return a box in reading coordinates: (x0, top, x1, bottom)."""
        if self.quarter == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.quarter == 1:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.quarter == 2:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)

    def size(self) -> tuple[float, float]:
        """Return the page's width and height as read."""
        size = (self.right - self.left, self.top - self.bottom)
        return size if self.quarter % 2 == 0 else (size[1], size[0])
