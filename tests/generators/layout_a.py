"""Layout A: a report as text taken out of its PDF, lines and blank lines as PDFBox leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators import compose, pdfbox

if TYPE_CHECKING:
    from random import Random

    from generators.compose import Style
    from generators.model import Report
    from generators.typeset import Key


def render(report: Report, random: Random, look: Style | None = None) -> tuple[str, dict[Key, int]]:
    """Print a report in layout A.

    Returns:
        The text, and the 1-based line of each goal, table and row.
    """
    look = look or compose.style(random)
    return pdfbox.text(compose.pages(report, look, random))
