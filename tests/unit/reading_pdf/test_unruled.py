"""Tables without vertical rules: columns by their white bands, rows by rules or by space."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from printing import drawn, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from stadsdel.reading.model import Document

XS = (50, 200, 270, 340)
HEAD = ("Indikator", "Utfall", "Årsmål", "Period")
ANALYSIS = ("Analys Utfallet följer planen för året i alla delar av verksamheten", "och består.")
# Random tables: share of rows that must come back right, by what rules they have. Without any rule
# some tables leave it open what is a row; those with rules between rows do not.
SHARES = {"rows": 0.995, "header": 0.99, "none": 0.99, "box": 1.0}


def printed(
    canvas: Canvas, top: float, rows: Sequence[Sequence[str]], xs: Sequence[float] = XS
) -> float:
    """Draw rows of texts at columns, without rules; return the height below the last."""
    for cells in rows:
        for x, cell in zip(xs, cells, strict=False):
            if cell:
                drawn.lines(canvas, x, top, cell.split("\n"))
        top += 6 + 11 * max(cell.count("\n") + 1 for cell in cells)
    return top


def test_columns_by_position_and_rows_by_space(cells: Callable[[bytes], list]) -> None:
    rows = [
        HEAD,
        ("Andel barn i\nförskola", "2,7 %", "", "VB 2021"),
        ("Antal platser", "", "Tas fram\nav nämnd", "2022"),
        ("Index", "81", "80", "2022"),
    ]
    assert cells(drawn.pdf(lambda canvas: printed(canvas, 100, rows) and None)) == [
        HEAD,
        ("Andel barn i förskola", "2,7 %", "", "VB 2021"),
        ("Antal platser", "", "Tas fram av nämnd", "2022"),
        ("Index", "81", "80", "2022"),
    ]


def test_an_analysis_across_the_columns_is_one_cell(cells: Callable[[bytes], list]) -> None:
    def draw(canvas: Canvas) -> None:
        below = printed(canvas, 100, [HEAD, ("Andel barn", "2,7 %", "3 %", "VB 2021")])
        drawn.lines(canvas, XS[0], below, ANALYSIS)
        printed(canvas, below + 28, [("Antal platser", "7", "8", "2022"), ("Index", "1", "2", "3")])

    found = cells(drawn.pdf(draw))
    assert found[2] == (" ".join(ANALYSIS), "", "", "")
    assert found[3:] == [("Antal platser", "7", "8", "2022"), ("Index", "1", "2", "3")]


def test_figures_to_the_right_under_titles_to_the_left(cells: Callable[[bytes], list]) -> None:
    def draw(canvas: Canvas) -> None:
        printed(canvas, 100, [("Verksamhet", "Budget", "Utfall")], (50, 200, 300))
        for i, (label, a, b) in enumerate((("Vuxna", "1,0", "2"), ("Barn", "12,5", "3"))):
            y = 117 + 17 * i
            drawn.lines(canvas, 50, y, [label])
            canvas.drawRightString(280, drawn.HEIGHT - y, a)
            canvas.drawRightString(380, drawn.HEIGHT - y, b)

    assert cells(drawn.pdf(draw)) == [
        ("Verksamhet", "Budget", "Utfall"),
        ("Vuxna", "1,0", "2"),
        ("Barn", "12,5", "3"),
    ]


def test_a_label_without_figures_is_a_row(cells: Callable[[bytes], list]) -> None:
    rows = [
        ("Verksamhet, mnkr", "Budget", "Utfall"),
        ("Avskrivningar", "53,6", "60,0"),
        ("Investeringar", "", ""),
        ("Klimatinvesteringar", "124,8", "102,0"),
        ("Summa", "178,4", "162,0"),
    ]
    assert cells(drawn.pdf(lambda canvas: printed(canvas, 100, rows) and None)) == rows


def test_prose_and_lists_are_no_tables(read: Callable[[bytes], Document]) -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(4):
            drawn.lines(canvas, 50, 100 + 12 * i, ["•"])
            drawn.lines(canvas, 70, 100 + 12 * i, ["en punkt i en lista med text"])
        drawn.lines(canvas, 50, 200, ["Innehåll ............................ 4"] * 3)
        drawn.lines(canvas, 50, 300, ["Löpande text som fyller raden och går vidare på nästa."] * 5)

    assert not any(line.cells for line in read(drawn.pdf(draw)).lines)


def test_prose_after_a_table_is_not_its_row(read: Callable[[bytes], Document]) -> None:
    def draw(canvas: Canvas) -> None:
        below = printed(canvas, 100, [HEAD, ("Antal platser", "7", "8", "2022")])
        canvas.setFont(drawn.FONT, 11)
        drawn.lines(canvas, 50, below + 10, ["Texten efter tabellen handlar om något annat."])

    lines = read(drawn.pdf(draw)).lines
    assert [line.cells is None for line in lines if line.text] == [False, False, True]


def test_a_repeated_header_continues_the_table_of_the_page_before(
    cells: Callable[[bytes], list],
) -> None:
    rows = [HEAD, ("Andel barn", "2,7 %", "3 %", "VB 2021"), ("Antal", "1", "2", "2022")]

    def second(canvas: Canvas) -> None:
        below = printed(canvas, 60, [HEAD])
        drawn.lines(
            canvas, XS[0], below, ["Analys Utfallet följer planen för året och väntas bestå."]
        )

    def first(canvas: Canvas) -> None:
        printed(canvas, 700, rows)

    assert cells(drawn.pdf(first, second))[3:] == [
        HEAD,
        ("Analys Utfallet följer planen för året och väntas bestå.", "", "", ""),
    ]


def test_a_table_drawn_letter_by_letter_is_one(cells: Callable[[bytes], list]) -> None:
    """Pages of few letters that are placed one by one look to pdfium like upright writing."""
    rows = [
        ("Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto"),
        ("Förskola", "309,0", "30,2", "278,8"),
        ("Summa", "712,0", "70,7", "641,3"),
    ]

    def draw(canvas: Canvas) -> None:
        for i, row in enumerate(rows):
            for x, cell in zip(XS, row, strict=True):
                for j, letter in enumerate(cell):
                    left = x + canvas.stringWidth(cell[:j], drawn.FONT, drawn.SIZE)
                    if letter != " ":
                        drawn.lines(canvas, left, 100 + 17 * i, [letter])

    assert cells(drawn.pdf(draw)) == rows


@pytest.mark.parametrize("rules", SHARES)
def test_random_tables(rules: str, cells: Callable[[bytes], list]) -> None:
    right = total = 0
    for seed in range(24):
        random = Random(seed)
        look = tables.look(random, (rules,))
        # A spanned row cannot cross vertical rules: the boxed look has none.
        content = [tables.table(random, analyses=rules != "box") for _ in range(3)]
        found = [squash(row) for row in cells(tables.file_of(content, look, random))]
        for table in content:
            for row in table.wide():
                total += 1
                if squash(row) in found:
                    right += 1
    assert right >= total * SHARES[rules]


def squash(row: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(cell.split()) for cell in row)
