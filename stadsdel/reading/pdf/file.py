"""A PDF file to the ink of its pages, or an error that says why there is none.

Belongs here: opening the file and what makes it unreadable. Does not belong here: one page
(`page`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from stadsdel.errors import ReportError
from stadsdel.reading.pdf.page import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stadsdel.reading.pdf.ink import PageInk

# The longest reports known have some hundred pages.
MAX_PAGES = 5000
# A file whose pages hold fewer letters than this in the mean was scanned: stamps and page numbers
# alone are not its text.
_LETTERS_PER_PAGE = 10
# Every whole PDF ends with this mark; a producer may append a little behind it.
_END_MARK = b"%%EOF"
_END_SPAN = 2048


def inks_of(path: Path, data: bytes) -> list[PageInk]:
    """Return the ink of every page of a file.

    Raises:
        ReportError: encrypted, too_large or damaged.
    """
    if _END_MARK not in data[-_END_SPAN:]:
        raise _damaged(path, "its end is missing")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReportError(
                path,
                "encrypted",
                "the PDF is protected by a password",
                "Save it without protection and try again.",
            ) from error
        raise _damaged(path, "it has no readable structure") from error
    try:
        inks = []
        count = len(document)
        if count > MAX_PAGES:
            raise ReportError(
                path,
                "too_large",
                f"it has {count:,} pages, and reports have at most {MAX_PAGES:,}",
                "Check that it is one report.",
            )
        for index in range(count):
            ink = read_page(document.raw, index)
            if ink is None:
                raise _damaged(path, f"page {index + 1} of {count} cannot be loaded")
            inks.append(ink)
        return inks
    finally:
        document.close()


def _damaged(path: Path, what: str) -> ReportError:
    return ReportError(
        path,
        "damaged",
        f"the PDF is damaged: {what}",
        "Fetch the file again or print it to a new PDF.",
    )


def require_text(path: Path, inks: Sequence[PageInk]) -> None:
    """Raise a `ReportError` where pages hold next to no letters."""
    missing = _LETTERS_PER_PAGE * len(inks)
    for ink in inks:
        for word in ink.words:
            missing -= sum(char.isalpha() for char in word.text)
            if missing <= 0:
                return
    raise ReportError(
        path,
        "no_text_layer",
        "the PDF's fonts do not tell which letters they print"
        if any(ink.lost for ink in inks)
        else "the PDF holds pictures of pages, not text",
        "Use the original file, or add a text layer with OCR.",
    )
