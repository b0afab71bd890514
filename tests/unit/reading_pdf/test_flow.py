"""Running text: its order, its paragraphs, and what is only furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from stadsdel.reading.model import Document

PROSE = [f"Rad nummer {word} i en löpande text om verksamheten." for word in ("ett", "två", "tre")]


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def test_a_printed_line_is_a_line_that_ends_in_a_space(read: Callable[[bytes], Document]) -> None:
    data = drawn.pdf(lambda canvas: drawn.lines(canvas, 50, 100, PROSE))
    assert texts(read(data)) == [text + " " for text in PROSE]


def test_a_blank_line_ends_a_paragraph(read: Callable[[bytes], Document]) -> None:
    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 100, PROSE)
        drawn.lines(canvas, 50, 150, PROSE)

    assert [text.strip() for text in texts(read(drawn.pdf(draw)))] == [*PROSE, "", *PROSE]


def test_a_hyphen_that_only_divides_a_known_word_goes(read: Callable[[bytes], Document]) -> None:
    lines = ["Verksamheten i parkleken utgår från Hässelby-", "Vällingby, och park-", "leken"]
    data = drawn.pdf(lambda canvas: drawn.lines(canvas, 50, 100, lines))
    assert texts(read(data)) == [
        "Verksamheten i parkleken utgår från Hässelby-",
        "Vällingby, och park",
        "leken ",
    ]


def test_a_paragraph_ends_with_its_page_where_the_next_word_had_room(
    read: Callable[[bytes], Document],
) -> None:
    long = "Nämnden har under året arbetat för att alla ska få del av det som erbjuds."

    def page(*lines: str) -> Callable[[Canvas], None]:
        return lambda canvas: drawn.lines(canvas, 50, 100, lines)

    found = texts(read(drawn.pdf(page(long, "Nämndmål: 1.1 Barn"), page("Analys", long))))
    assert [text.strip() for text in found] == [long, "Nämndmål: 1.1 Barn", "", "Analys", long]
    found = texts(read(drawn.pdf(page("Analys", long), page("Därför fortsätter arbetet."))))
    assert [text.strip() for text in found] == ["Analys", long, "Därför fortsätter arbetet."]


def test_a_heading_in_larger_print_is_a_paragraph(read: Callable[[bytes], Document]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(drawn.FONT, 13)
        drawn.lines(canvas, 50, 86, ["Nämndmål: 1.1 En rubrik"])
        canvas.setFont(drawn.FONT, drawn.SIZE)
        drawn.lines(canvas, 50, 100, PROSE)

    assert [text.strip() for text in texts(read(drawn.pdf(draw)))] == [
        "Nämndmål: 1.1 En rubrik",
        "",
        *PROSE,
    ]


def test_a_wrapped_heading_is_one_where_its_leading_is_wider_than_the_proses(
    read: Callable[[bytes], Document],
) -> None:
    """How far lines of its size stand apart is not known; that the first one is full tells."""
    heading = ["Nämndmål: 1.1.1 Barn och unga har goda och jämlika uppväxtvillkor och", "mår väl"]
    prose = ["En lång mening som fyller hela raden från den ena kanten till den andra, och mer"] * 6

    def draw(canvas: Canvas) -> None:
        canvas.setFont(drawn.FONT, 12)
        drawn.lines(canvas, 50, 100, heading, leading=18)
        canvas.setFont(drawn.FONT, 11)
        drawn.lines(canvas, 50, 150, prose, leading=11)

    lines = [line.text.strip() for line in read(drawn.pdf(draw)).lines]
    assert lines[:3] == [*heading, ""]


def test_print_of_a_font_that_tells_too_low_a_height_is_of_one_size(
    read: Callable[[bytes], Document],
) -> None:
    """Then pdfium's boxes are higher for each glyph that reaches beyond."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    prose = ["Hav Hus Hem av en om", "ÅKÅ ÄKÄ ÖKÖ Hav Hus", "Hem Hur en mus"]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        drawn.lines(canvas, 50, 200, prose, leading=12)

    data = drawn.pdf(draw)
    told = re.sub(
        rb"/Ascent [0-9.]+", b"/Ascent 500", re.sub(rb"/Descent -[0-9.]+", b"/Descent 0", data)
    )
    assert told != data
    assert [line.text.strip() for line in read(told).lines] == prose


def test_tables_and_text_come_in_the_order_they_are_printed(
    read: Callable[[bytes], Document],
) -> None:
    def draw(canvas: Canvas) -> None:
        drawn.table(canvas, 300, (50, 150, 250), [("Aktivitet", "Slut"), ("Kurs", "2020-12-31")])
        drawn.lines(canvas, 50, 400, ["Efter tabellen."])
        drawn.lines(canvas, 50, 100, ["Före tabellen."])

    found = [text.strip() for text in texts(read(drawn.pdf(draw))) if text]
    assert found == ["Före tabellen.", "Aktivitet\tSlut", "Kurs\t2020-12-31", "Efter tabellen."]


def test_columns_of_prose_are_read_one_after_the_other(read: Callable[[bytes], Document]) -> None:
    left = [f"Vänster spalt rad {i} med några ord" for i in range(8)]
    right = [f"Höger spalt rad {i} med några ord" for i in range(8)]

    def draw(canvas: Canvas) -> None:
        for i, (a, b) in enumerate(zip(left, right, strict=True)):
            drawn.lines(canvas, 50, 100 + 12 * i, [a])
            drawn.lines(canvas, 310, 100 + 12 * i, [b])

    found = [text.strip() for text in texts(read(drawn.pdf(draw))) if text]
    assert found == left + right


def page(number: int, body: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Return a page with a running head and foot round its body."""

    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 480, 30, ["Tjänsteutlåtande", f"Sid {number} (4)"])
        drawn.lines(canvas, 50, 810, ["start.stockholm", f"0850{number}"])
        body(canvas)

    return draw


def test_furniture_is_said_once_and_page_numbers_not_at_all(
    read: Callable[[bytes], Document],
) -> None:
    pages = [
        page(
            n, lambda canvas, n=n: drawn.lines(canvas, 50, 100, [f"Sidan har stycke {'abcd'[n]}."])
        )
        for n in range(4)
    ]
    found = [text.strip() for text in texts(read(drawn.pdf(*pages))) if text]
    assert found == [
        "Tjänsteutlåtande",
        "start.stockholm",
        *[f"Sidan har stycke {letter}." for letter in "abcd"],
    ]


def test_furniture_does_not_cut_a_table_in_two(read: Callable[[bytes], Document]) -> None:
    head = ("Indikator", "Utfall")

    def body(canvas: Canvas) -> None:
        drawn.table(canvas, 60, (50, 200, 300), [head] + [("Andel barn", "1 %")] * 40)

    lines = read(drawn.pdf(*[page(n, body) for n in range(3)])).lines
    first = next(i for i, line in enumerate(lines) if line.cells)
    assert all(line.cells for line in lines[first:])
    assert len(lines) - first == 3 * 41


def test_a_repeated_table_header_is_no_furniture(read: Callable[[bytes], Document]) -> None:
    def body(canvas: Canvas) -> None:
        for i, row in enumerate([("Indikator", "Utfall", "Mål"), *[("Andel", "1", "2")] * 20]):
            for x, cell in zip((50, 200, 300), row, strict=True):
                drawn.lines(canvas, x, 70 + 17 * i, [cell])

    document = read(drawn.pdf(*[body] * 4))
    assert sum(line.cells == ("Indikator", "Utfall", "Mål") for line in document.lines) == 4


def test_a_value_that_repeats_at_one_height_makes_no_furniture(
    read: Callable[[bytes], Document],
) -> None:
    """What would stand beyond it would be lost with it."""

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            drawn.lines(canvas, 50, 100, PROSE)
            if number < 3:
                drawn.lines(canvas, 50, 790, [f"Antal {'abc'[number]}"])
                drawn.lines(canvas, 300, 790, ["2024"])
            elif number < 6:
                drawn.lines(
                    canvas,
                    50,
                    800,
                    [f"Nämndmål: 1.{number} {['barn', 'äldre', 'unga'][number - 3]}"],
                )

        return draw

    found = " ".join(texts(read(drawn.pdf(*[page(n) for n in range(9)]))))
    assert all(f"Nämndmål: 1.{n}" in found for n in range(3, 6))
    assert found.count("2024") == 3


def test_a_heading_between_two_tables_of_one_header_stays(
    read: Callable[[bytes], Document],
) -> None:
    rows = [("Aktivitet", "Start", "Slut"), ("Kurs", "2020-01-01", "2020-12-31")]

    def second(canvas: Canvas) -> None:
        canvas.setFont(drawn.FONT, 12)
        drawn.lines(canvas, 50, 60, ["Nämndmål: 1.2 Föräldrar"])
        canvas.setFont(drawn.FONT, drawn.SIZE)
        drawn.table(canvas, 80, (50, 200, 300, 400), rows)

    data = drawn.pdf(
        lambda canvas: drawn.table(canvas, 100, (50, 200, 300, 400), rows) and None, second
    )
    found = [text.strip() for text in texts(read(data)) if text.strip()]
    assert found.index("Nämndmål: 1.2 Föräldrar") == 2


def test_a_page_on_its_side_is_read_upright(read: Callable[[bytes], Document]) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -drawn.WIDTH)
        for edge in (50, 200, 300):
            canvas.line(edge, drawn.WIDTH - 100, edge, drawn.WIDTH - 140)
        for edge in (100, 120, 140):
            canvas.line(50, drawn.WIDTH - edge, 300, drawn.WIDTH - edge)
        for top, cells in ((112, ("Indikator", "Utfall")), (132, ("Andel barn", "1 %"))):
            for x, cell in zip((53, 203), cells, strict=True):
                canvas.drawString(x, drawn.WIDTH - top, cell)

    lines = read(drawn.pdf(turned)).lines
    assert [line.cells for line in lines] == [("Indikator", "Utfall"), ("Andel barn", "1 %")]
    # The table's left edge stands at the foot of the page as displayed.
    assert lines[0].place.bbox is not None
    assert lines[0].place.bbox[3] > lines[0].place.bbox[1] > 500


def test_a_turned_page_is_read_in_its_own_direction(read: Callable[[bytes], Document]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        drawn.table(canvas, 100, (50, 200, 300), [("Indikator", "Utfall"), ("Andel barn", "1 %")])

    assert [line.cells for line in read(drawn.pdf(draw)).lines] == [
        ("Indikator", "Utfall"),
        ("Andel barn", "1 %"),
    ]


def test_a_head_on_every_page_is_furniture_however_near_the_body_stands(
    read: Callable[[bytes], Document],
) -> None:
    head = ("Indikator", "Utfall", "Period")
    rows = [(f"Andel barn {i}", f"{i} %", "2022") for i in range(40)]

    def body(part: list[tuple[str, ...]], top: float) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            drawn.lines(canvas, 50, 60, ["Tjänsteutlåtande"])
            drawn.table(canvas, top, (50, 250, 320, 390), part)

        return draw

    document = read(
        drawn.pdf(body([head, *rows[:10]], 120), body(rows[10:20], 64), body(rows[20:], 64))
    )
    assert [line.cells for line in document.lines if line.text.strip()] == [None, head, *rows]
