"""One page of an open pdfium document to its ink.

Belongs here: loading a page and putting together what it carries. Does not belong here: words
(`glyphs`), rules (`strokes`), or the file's own errors (`file`).

All coordinates that leave this module are points from the upper left corner of the page turned so
that its text reads from left to right; `PageInk.shown` turns a box back to the page as displayed.
"""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from stadsdel.reading.pdf.glyphs import box_of, direction_of, mapped, text_of, tokens_of, words_of
from stadsdel.reading.pdf.ink import AT, Frame, PageInk
from stadsdel.reading.pdf.strokes import has_large_picture, rules_of, shaded_bands

# A scanned page has no more words than a running head and foot.
_FEW_WORDS = 40


def read_page(document: Any, index: int) -> PageInk | None:
    """Return what page `index` (from 0) of an open pdfium document carries.

    None where pdfium cannot load the page: the file is damaged.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _read(page, text_page, index)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: Any, text_page: Any, index: int) -> PageInk:
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    text = text_of(text_page)
    tokens, lost = mapped(text_page, tokens_of(text))
    quarter = direction_of(text_page, tokens)
    frame = Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, quarter)
    horizontal, vertical, areas = rules_of(page, frame)
    grounds, seams = shaded_bands(areas)
    walls = sorted([*vertical, *seams], key=AT)
    width, height = frame.size()
    return PageInk(
        number=index + 1,
        width=width,
        height=height,
        words=words_of(text_page, text, tokens, frame, walls),
        horizontal=horizontal,
        vertical=vertical,
        grounds=grounds,
        seams=seams,
        lost=box_of(text_page, lost, frame) if lost else None,
        picture=len(tokens) <= _FEW_WORDS and has_large_picture(page, width * height),
        turn=(quarter - pdfium.FPDFPage_GetRotation(page)) % 4 * 90,
    )
