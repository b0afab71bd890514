"""Pages drawn by hand: what word processors and other producers put into a PDF.

Belongs here: primitives for one page (texts, rules, cells). Does not belong here: random content
(`tables`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 595.0, 842.0
FONT, SIZE = "Helvetica", 9.0


def pdf(*pages: Callable[[Canvas], None], encrypt: str | None = None) -> bytes:
    """Return a PDF with one page per function."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(canvas: Canvas, x: float, y: float, texts: Sequence[str], leading: float = 11) -> None:
    """Draw lines of text downwards; `y` is the first base line, from the page's top."""
    for i, text in enumerate(texts):
        canvas.drawString(x, HEIGHT - y - i * leading, text)


def row(
    canvas: Canvas, top: float, height: float, edges: Sequence[float], cells: Sequence[str]
) -> None:
    """Draw a row of bordered cells; a cell's lines are divided by newlines."""
    for left, right, cell in zip(edges, edges[1:], cells, strict=False):
        canvas.rect(left, HEIGHT - top - height, right - left, height)
        lines(canvas, left + 3, top + 10, cell.split("\n"))


def table(
    canvas: Canvas, top: float, edges: Sequence[float], rows: Sequence[Sequence[str]]
) -> float:
    """Draw rows of bordered cells under each other; return the height below the last."""
    for cells in rows:
        height = 6 + 11 * max(cell.count("\n") + 1 for cell in cells)
        row(canvas, top, height, edges, cells)
        top += height
    return top
