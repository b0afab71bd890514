"""Layout C: the same typeset pages as a PDF, with ruling lines or without.

Belongs here: drawing runs and rules with reportlab. Does not belong here: where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from reportlab.pdfgen.canvas import Canvas

from generators import compose
from generators.metrics import SANS, width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from generators.compose import Style
    from generators.model import Report
    from generators.typeset import Align, Key, Page, Ruling, Run

_WIDTH = 595.0


@dataclass(frozen=True, slots=True)
class Ink:
    """How one PDF producer or another draws the same page.

    Attributes:
        rules: stroked lines, filled slivers as word processors draw them, or each segment anew.
        pieces: whether text is drawn by lines, by words or by letters.
        spaces: whether the spaces that end lines and fill blank cells are drawn.
        ordered: whether the lines of text are drawn in reading order.
        numbered: whether a running foot gives the page's number.
    """

    rules: Literal["lines", "slivers", "segments"] = "lines"
    pieces: Literal["lines", "words", "letters"] = "lines"
    spaces: bool = True
    ordered: bool = True
    numbered: bool = True


def style(random: Random) -> Style:
    """Draw a template: as for text, with ruling lines all round, between rows only, or none."""
    look = compose.style(random)
    ruling: Ruling = random.choice(("grid", "grid", "rows", "none"))
    aligns: tuple[Align, ...] = ("left", "left", "left", "centre", "right")
    return replace(
        look,
        ruling=ruling,
        shaded=random.random() < 0.4,
        marked=random.random() < 0.5,
        # Without lines only cells that stand at the top of their row show where it begins.
        centred=ruling == "grid" and random.random() < 0.25,
        align=random.choice(aligns),
        slips=0.0,
    )


def ink(random: Random) -> Ink:
    """Draw a producer's ways."""
    return Ink(
        rules=random.choice(("lines", "slivers", "segments")),
        pieces=random.choice(("lines", "lines", "lines", "words", "words", "letters")),
        spaces=random.random() < 0.7,
        ordered=random.random() < 0.85,
        numbered=random.random() < 0.7,
    )


def render(
    report: Report, random: Random, look: Style | None = None
) -> tuple[bytes, dict[Key, int]]:
    """Print a report as a PDF.

    Returns:
        The file, and the 1-based page of each goal, table and row.
    """
    look = look or style(random)
    pages = compose.pages(report, look, random)
    return draw(pages, look.page_height, ink(random), random), places(pages)


def places(pages: Sequence[Page]) -> dict[Key, int]:
    """Return the 1-based page on which each key first stands."""
    found: dict[Key, int] = {}
    for number, page in enumerate(pages, start=1):
        for run in page.runs:
            if run.key is not None and run.text.strip():
                found.setdefault(run.key, number)
    return found


def draw(pages: Sequence[Page], height: float, ways: Ink, random: Random) -> bytes:
    """Draw pages; the same pages, ways and random source give the same bytes.

    Args:
        pages: what to draw.
        height: of the pages, points.
        ways: how to draw it.
        random: the order of what is drawn out of order.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, height), invariant=1, pageCompression=1)
    for number, page in enumerate(pages, start=1):
        _shades(canvas, page, height)
        _rules(canvas, page, height, ways)
        _text(canvas, page, height, ways, random)
        _margins(canvas, page, height, f"Sid {number} ({len(pages)})" if ways.numbered else "")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _shades(canvas: Canvas, page: Page, height: float) -> None:
    canvas.setFillGray(0.88)
    for shade in page.shades:
        top, wide, high = height - shade.y1, shade.x1 - shade.x0, shade.y1 - shade.y0
        canvas.rect(shade.x0, top, wide, high, stroke=0, fill=1)
    canvas.setFillGray(0)
    for x, y in page.marks:
        canvas.circle(x, height - y, 2.5, stroke=0, fill=1)


def _rules(canvas: Canvas, page: Page, height: float, ways: Ink) -> None:
    for rule in page.rules:
        if ways.rules == "slivers":
            wide, high = rule.x1 - rule.x0 + 0.5, rule.y1 - rule.y0 + 0.5
            canvas.rect(rule.x0, height - rule.y1, wide, high, stroke=0, fill=1)
        elif ways.rules == "segments" and rule.y0 == rule.y1:
            # Each cell draws its own border: a long rule comes in pieces that meet.
            middle = (rule.x0 + rule.x1) / 2
            canvas.line(rule.x0, height - rule.y0, middle, height - rule.y0)
            canvas.line(middle, height - rule.y0, rule.x1, height - rule.y0)
        else:
            canvas.line(rule.x0, height - rule.y0, rule.x1, height - rule.y1)


def _text(canvas: Canvas, page: Page, height: float, ways: Ink, random: Random) -> None:
    runs = list(page.runs)
    if not ways.ordered:
        random.shuffle(runs)
    text = canvas.beginText()
    font: tuple[str, float] | None = None
    for piece in [piece for run in runs for piece in _pieces(run, ways)]:
        if font != (piece.font, piece.size):
            font = (piece.font, piece.size)
            text.setFont(*font)
        text.setTextOrigin(piece.x, height - piece.y)
        text.textOut(piece.text)
    canvas.drawText(text)


def _pieces(run: Run, ways: Ink) -> list[Run]:
    """Cut a run into what is drawn at once."""
    text = run.text if ways.spaces else run.text.rstrip()
    if not text:
        return []
    if ways.pieces == "lines":
        return [replace(run, text=text)]
    pattern = r"\S+ ?|  ?" if ways.pieces == "words" else "."
    found = [(match.start(), match.group()) for match in re.finditer(pattern, text)]
    if not ways.spaces:
        found = [(at, piece.rstrip()) for at, piece in found if piece.strip()]
    return [
        replace(run, x=run.x + width(text[:at], run.font, run.size), text=piece)
        for at, piece in found
    ]


def _margins(canvas: Canvas, page: Page, height: float, foot: str) -> None:
    """Draw the running head that some pages have, or the foot."""
    canvas.setFont(SANS, 8)
    if not page.furniture:
        canvas.drawRightString(_WIDTH - 71, 34, foot)
        return
    head = [line.strip() for line in page.furniture if line.strip()]
    for index, line in enumerate(head[:2]):
        canvas.drawString(_WIDTH - 150, height - 24 - 10 * index, line)
    for index, line in enumerate(head[2:]):
        canvas.drawString(71, 34 - 10 * index, line)
