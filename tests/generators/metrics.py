"""How wide text is, and where a word processor breaks it.

Belongs here: glyph widths and line breaking. Does not belong here: where the lines stand on a page
(`typeset`).

The real tables are set in Arial; Helvetica has the same widths, and with them `wrap` gives the very
lines of the real name column (tests/unit/generators/test_faithful.py).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics

SANS = "Helvetica"
SANS_BOLD = "Helvetica-Bold"
SERIF = "Times-Roman"
SERIF_BOLD = "Times-Bold"


class _Widths(dict[str, float]):
    """Width of each character at size 1, measured when first asked for."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, character: str) -> float:
        width = float(pdfmetrics.stringWidth(character, self.font, 1))
        self[character] = width
        return width


@cache
def _widths(font: str) -> _Widths:
    return _Widths(font)


@lru_cache(maxsize=65536)
def _unit_width(text: str, font: str) -> float:
    """Width of `text` at size 1; words come again, so they are measured once."""
    widths = _widths(font)
    return sum([widths[character] for character in text])


def width(text: str, font: str, size: float) -> float:
    """Return the width of `text` in points."""
    return _unit_width(text, font) * size


# A line may break after a hyphen inside a word, but not before a digit ("18-24", "+/-1").
_PIECE = re.compile(r".*?[^\W\d]-(?=[^\W\d])|.+$")


def pieces(text: str) -> list[str]:
    """Cut `text` into what cannot be broken unless it is wider than the line."""
    found: list[str] = []
    for word in _words(text):
        found.extend(_PIECE.findall(word))
    return found


def _words(text: str) -> list[str]:
    """Words with the spaces after them; after a lone hyphen the space goes to the next word."""
    words: list[str] = []
    carried = ""
    for word in re.findall(r"\S+ *| +", text):
        if word.rstrip() == "-" and word != "-":
            words.append(carried + "-")
            carried = word[1:]
        else:
            words.append(carried + word)
            carried = ""
    if carried:
        words.append(carried)
    return words


@lru_cache(maxsize=65536)
def wrap(text: str, measure: float, font: str, size: float) -> tuple[str, ...]:
    """Break `text` into lines no wider than `measure` points.

    The space at which a line is broken stays at its end and takes no room; a piece wider than the
    line is cut where the line is full, and nothing marks the cut.
    """
    room = measure / size
    lines: list[str] = []
    line, taken = "", 0.0
    for piece in pieces(text):
        bare = _unit_width(piece.rstrip(), font)
        if line and taken + bare > room:
            lines.append(line)
            line, taken = "", 0.0
        while bare > room:
            cut = len(piece)
            while cut > 1 and _unit_width(piece[:cut], font) > room:
                cut -= 1
            lines.append(piece[:cut])
            piece = piece[cut:]
            bare = _unit_width(piece.rstrip(), font)
        line += piece
        taken += _unit_width(piece, font)
    if line or not lines:
        lines.append(line)
    return tuple(lines)
