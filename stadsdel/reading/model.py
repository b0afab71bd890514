"""What reading hands to parsing: a document as a sequence of placed lines.

Belongs here: the types that every reader (text, tab-separated text, Markdown, PDF) returns.
Does not belong here: what a line means (`stadsdel.parsing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Layout = Literal["text-lines", "text-tabs", "pdf"]
BBox = tuple[float, float, float, float]


class Place(NamedTuple):
    """Where in the report something is printed.

    `line` is 1-based and set for text reports; `page` is 1-based and set for PDF, where `bbox` is
    (x0, top, x1, bottom) in points from the page's upper left corner.
    """

    line: int | None = None
    page: int | None = None
    bbox: BBox | None = None


class Line(NamedTuple):
    """One printed line, or one row of a table whose cells the file itself keeps apart.

    `text` is verbatim: leading and trailing spaces are kept, for in layout A they carry meaning.
    `cells` is None for running text; for a row of tab-separated text, of a Markdown table or of a
    PDF's table it holds the cells in column order, "" where blank, and `text` joins them by tabs.
    `number`, `page` and `bbox` are its place.
    """

    # A flat tuple, for a report has thousands of lines: few of them are asked for their place.
    text: str
    cells: tuple[str, ...] | None = None
    number: int | None = None
    page: int | None = None
    bbox: BBox | None = None

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return Place(self.number, self.page, self.bbox)


class Unread(NamedTuple):
    """What a file shows but no text of it tells: `text` names it, `reason` says why."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its content's key, its layout and its lines in reading order.

    `pages` is the number of pages of a PDF and None for text; `unread` is what they show beside it.
    """

    sha256: str
    layout: Layout
    lines: tuple[Line, ...]
    pages: int | None = None
    unread: tuple[Unread, ...] = ()
