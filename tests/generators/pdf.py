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
    return replace(look, ruling=random.choice(("grid", "grid", "rows", "none")), slips=0.0)


def render(
    report: Report, random: Random, look: Style | None = None
) -> tuple[bytes, dict[Key, int]]:
    """Print a report as a PDF.

    Returns:
        The file, and the 1-based page of each goal, table and row.
    """
    look = look or style(random)
    pages = compose.pages(report, look, random)
    return draw(pages, look.page_height, numbered=random.random() < 0.7), places(pages)


def places(pages: Sequence[Page]) -> dict[Key, int]:
    """Return the 1-based page on which each key first stands."""
    found: dict[Key, int] = {}
    for number, page in enumerate(pages, start=1):
        for run in page.runs:
            if run.key is not None and run.text.strip():
                found.setdefault(run.key, number)
    return found


def draw(pages: Sequence[Page], height: float, *, numbered: bool) -> bytes:
    """Draw pages of `height` points; `numbered` adds a running foot.

    The same pages give the same bytes.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, height), invariant=1, pageCompression=1)
    for number, page in enumerate(pages, start=1):
        for rule in page.rules:
            canvas.line(rule.x0, height - rule.y0, rule.x1, height - rule.y1)
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
