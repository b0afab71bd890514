"""Layout C: the same typeset pages as a PDF, with ruling lines or without.

Belongs here: drawing runs and rules with reportlab. Does not belong here: where they stand.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from generators import compose
from generators.metrics import SANS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from generators.compose import Style
    from generators.model import Report
    from generators.typeset import Key, Page

_WIDTH = 595.0


def style(random: Random) -> Style:
    """Draw a template: as for text, with ruling lines all round, between rows only, or none."""
    look = compose.style(random)
    return replace(
        look,
        ruling=random.choice(("grid", "grid", "rows", "none")),
        shaded=random.random() < 0.4,
        marked=random.random() < 0.5,
        slips=0.0,
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
    numbered, stroked = random.random() < 0.7, random.random() < 0.6
    return draw(pages, look.page_height, numbered=numbered, stroked=stroked), places(pages)


def places(pages: Sequence[Page]) -> dict[Key, int]:
    """Return the 1-based page on which each key first stands."""
    found: dict[Key, int] = {}
    for number, page in enumerate(pages, start=1):
        for run in page.runs:
            if run.key is not None and run.text.strip():
                found.setdefault(run.key, number)
    return found


def draw(pages: Sequence[Page], height: float, *, numbered: bool, stroked: bool) -> bytes:
    """Draw pages; the same pages give the same bytes.

    Args:
        pages: what to draw.
        height: of the pages, points.
        numbered: whether a running foot gives the page's number.
        stroked: whether rules are stroked lines, or filled slivers as word processors draw them.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, height), invariant=1, pageCompression=1)
    for number, page in enumerate(pages, start=1):
        for shade in page.shades:
            canvas.setFillGray(0.88)
            top, wide, high = height - shade.y1, shade.x1 - shade.x0, shade.y1 - shade.y0
            canvas.rect(shade.x0, top, wide, high, stroke=0, fill=1)
            canvas.setFillGray(0)
        for rule in page.rules:
            if stroked:
                canvas.line(rule.x0, height - rule.y0, rule.x1, height - rule.y1)
            else:
                wide, high = rule.x1 - rule.x0 + 0.5, rule.y1 - rule.y0 + 0.5
                canvas.rect(rule.x0, height - rule.y1, wide, high, stroke=0, fill=1)
        for x, y in page.marks:
            canvas.circle(x, height - y, 2.5, stroke=0, fill=1)
        text = canvas.beginText()
        for run in page.runs:
            text.setFont(run.font, run.size)
            text.setTextOrigin(run.x, height - run.y)
            text.textOut(run.text)
        canvas.drawText(text)
        canvas.setFont(SANS, 8)
        if page.furniture:
            head = [line.strip() for line in page.furniture if line.strip()]
            for index, line in enumerate(head[:2]):
                canvas.drawString(_WIDTH - 150, height - 24 - 10 * index, line)
            for index, line in enumerate(head[2:]):
                canvas.drawString(71, 34 - 10 * index, line)
        elif numbered:
            canvas.drawRightString(_WIDTH - 71, 34, f"Sid {number} ({len(pages)})")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
