"""What a PDF shows and no text of it tells is named, never passed over (principle 2)."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing import drawn
from stadsdel.errors import ReportError
from stadsdel.parsing import parse
from stadsdel.reading.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from stadsdel.reading.model import Document

PATH = Path("report.pdf")
TITLE = ["Verksamhetsberättelse 2022 för Kungsholmens stadsdelsnämnd"]
HEAD = ("Indikator", "Utfall VB", "Period")
ROWS = (("Andel barn i förskola", "81 %", "2022"), ("Antal platser", "7 st", "2022"))
EDGES = (50, 200, 260, 320)


def furniture(canvas: Canvas, page: int) -> None:
    drawn.lines(canvas, 50, 30, ["Tjänsteutlåtande"])
    drawn.lines(canvas, 50, 800, [f"Sid {page} (3)"])


def text_page(page: int) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        furniture(canvas, page)
        drawn.lines(canvas, 50, 80, TITLE)
        drawn.table(canvas, 120, EDGES, [HEAD, *ROWS])

    return draw


def picture(canvas: Canvas, share: float = 0.9) -> None:
    noise = Image.frombytes("L", (64, 64), Random(1).randbytes(64 * 64))
    width, height = share * drawn.WIDTH, share * drawn.HEIGHT
    canvas.drawImage(ImageReader(noise), 20, 20, width, height)


def scanned(canvas: Canvas) -> None:
    picture(canvas)
    furniture(canvas, 2)


def test_a_scanned_page_among_others_is_listed(read: Callable[[bytes], Document]) -> None:
    document = read(drawn.pdf(text_page(1), scanned, text_page(3)))
    assert [entry.place.page for entry in document.unread] == [2]
    assert document.pages == 3
    report = parse(document, PATH)
    assert [(line.place.page, line.text) for line in report.unaccounted] == [(2, "(bild)")]


def test_a_picture_in_a_form_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("scan")
        picture(canvas)
        canvas.endForm()
        canvas.doForm("scan")

    document = read_pdf(PATH, drawn.pdf(text_page(1), draw, text_page(3)))
    assert [entry.place.page for entry in document.unread] == [2]


def test_a_picture_beside_text_and_a_blank_page_are_not_listed(
    read: Callable[[bytes], Document],
) -> None:
    def pictured(canvas: Canvas) -> None:
        text_page(1)(canvas)
        picture(canvas, 0.3)

    def covered(canvas: Canvas) -> None:
        picture(canvas)
        text_page(2)(canvas)

    assert read(drawn.pdf(pictured, covered, lambda _: None)).unread == ()


def test_a_blank_page_does_not_cut_a_table(cells: Callable[[bytes], list]) -> None:
    def head(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 80, TITLE)
        drawn.lines(canvas, 50, 700, [HEAD[0], *[name for name, *_ in ROWS]], leading=16)
        for x, column in ((200, 1), (260, 2)):
            texts = [HEAD[column], *[row[column] for row in ROWS]]
            drawn.lines(canvas, x, 700, texts, leading=16)

    def rest(canvas: Canvas) -> None:
        for x, column in ((50, 0), (200, 1), (260, 2)):
            drawn.lines(canvas, x, 60, [row[column] for row in ROWS], leading=16)

    assert cells(drawn.pdf(head, lambda _: None, rest)) == [HEAD, *ROWS, *ROWS]


def in_vera(draw: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw in a font whose codes are numbers of its glyphs."""

    def drawing(canvas: Canvas) -> None:
        pdfmetrics.registerFont(TTFont("VeraIt", "VeraIt.ttf", asciiReadable=False))
        canvas.setFont("VeraIt", 9)
        draw(canvas)

    return drawing


def unmapped(*pages: Callable[[Canvas], None]) -> bytes:
    """Return a PDF whose fonts do not tell which letters such codes are."""
    return drawn.pdf(*pages).replace(b"/ToUnicode", b"/ToUnknown")


@pytest.mark.parametrize("rows", [1, 3])
def test_words_of_unknown_letters_are_listed_and_not_read(rows: int) -> None:
    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 300, ["Utfallet blev 45,6 %"] * rows)

    document = read_pdf(PATH, unmapped(text_page(1), in_vera(draw)))
    assert not [line for line in document.lines if line.page == 2 and line.text.strip()]
    ((place, *_),) = document.unread
    assert place.page == 2
    assert place.bbox is not None
    x0, top, _, bottom = place.bbox
    assert x0 == pytest.approx(50, abs=1)
    assert top < 300 < bottom + 3


def test_codes_that_are_letters_though_the_font_does_not_say_so_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf", asciiReadable=True))
        canvas.setFont("VeraBd", 9)
        drawn.lines(canvas, 50, 300, ["Utfallet visar att fler trivs"])

    document = read_pdf(PATH, unmapped(text_page(1), draw))
    assert document.unread == ()
    assert "Utfallet visar att fler trivs " in [line.text for line in document.lines]


def test_a_single_glyph_of_no_letter_is_an_icon() -> None:
    draw = in_vera(lambda canvas: drawn.lines(canvas, 50, 300, ["x"]))
    document = read_pdf(PATH, unmapped(text_page(1), draw))
    assert document.unread == ()


def test_a_file_of_unknown_letters_has_no_text_layer() -> None:
    draw = in_vera(lambda canvas: drawn.lines(canvas, 50, 100, TITLE * 5))
    with pytest.raises(ReportError) as caught:
        read_pdf(PATH, unmapped(draw))
    assert caught.value.code == "no_text_layer"
    assert "letters" in caught.value.reason
