"""Seeded reports with their truth, ready to be read.

Belongs here: one call from a seed to a printed report. Does not belong here: the steps themselves.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal

from generators import content, layout_a, layout_b, layout_rules, pdf
from generators.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from generators.content import Size
    from generators.model import Report
    from generators.typeset import Key

# Text out of a PDF (pages set and extracted; from the written rules alone), text with tabs, PDF.
Layout = Literal["a", "rules", "b", "pdf"]
LAYOUTS: tuple[Layout, ...] = ("a", "rules", "b", "pdf")
_TEXT: dict[Layout, Callable[[Report, Random], tuple[str, dict[Key, int]]]] = {
    "a": layout_a.render,
    "rules": layout_rules.render,
    "b": layout_b.render,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as a file's bytes, with what a reader should find in it.

    `text` is what the bytes encode, for the text layouts.
    """

    report: Report
    layout: Layout
    data: bytes
    truth: Truth
    text: str = ""

    @property
    def suffix(self) -> str:
        """The file name's ending."""
        return ".pdf" if self.layout == "pdf" else ".txt"


def generate(seed: int, layout: Layout = "a", size: Size | None = None) -> Printed:
    """Draw the report of a seed and print it in a layout.

    The content depends on the seed alone, so the same seed in another layout says the same.
    """
    return show(content.report(Random(seed), size), layout, Random(f"{layout}-{seed}"))


def show(report: Report, layout: Layout, random: Random) -> Printed:
    """Print a report in a layout; `random` draws what its looks leave open."""
    if layout == "pdf":
        data, pages = pdf.render(report, random)
        return Printed(report, layout, data, truth(report, pages, "page"))
    text, lines = _TEXT[layout](report, random)
    return Printed(report, layout, _encoded(text, random), truth(report, lines), text)


def _encoded(text: str, random: Random) -> bytes:
    """Encode text as one file or another does: mostly UTF-8, line feeds, composed letters."""
    form = random.random()
    if form < 0.04:
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    if form < 0.08:
        return text.encode("utf-16")
    if form < 0.12:
        return unicodedata.normalize("NFD", text).encode()
    return text.encode()
