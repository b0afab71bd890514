"""Tables whose columns are drawn, by vertical rules or shaded cells, but not all of their rows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from printing import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

EDGES = (50, 200, 270, 340, 410)
HEAD = ("Indikator", "Utfall", "Årsmål", "Period")
ROWS = [
    ("Andel barn i\nförskola", "2,7 %", "", "VB 2021"),
    ("Antal platser", "", "Tas fram\nav nämnd", "2022"),
    ("Index", "81", "80", "2022"),
]
READ = [tuple(cell.replace("\n", " ") for cell in row) for row in ROWS]
ANALYSIS = "Analys Utfallet följer planen för året i alla delar av verksamheten."


def height(cells: Sequence[str]) -> float:
    return 8 + 11 * max(cell.count("\n") + 1 for cell in cells)


def texts(canvas: Canvas, top: float, cells: Sequence[str], *, right: bool = False) -> float:
    """Draw a row's texts, values at their right borders if wanted; return the row's lower edge."""
    for column, cell in enumerate(cells):
        for i, text in enumerate(cell.split("\n")):
            y = drawn.HEIGHT - top - 11 - 11 * i
            if right and column:
                canvas.drawRightString(EDGES[column + 1] - 3, y, text)
            else:
                canvas.drawString(EDGES[column] + 3, y, text)
    return top + height(cells)


def shade(canvas: Canvas, top: float, bottom: float, edges: Sequence[float] = EDGES) -> None:
    """Shade the cells of a row, each for itself."""
    canvas.setFillGray(0.9)
    for left, end in pairwise(edges):
        canvas.rect(left, drawn.HEIGHT - bottom, end - left, bottom - top, stroke=0, fill=1)
    canvas.setFillGray(0)


def across(canvas: Canvas, y: float) -> None:
    canvas.line(EDGES[0], drawn.HEIGHT - y, EDGES[-1], drawn.HEIGHT - y)


def down(canvas: Canvas, top: float, bottom: float, edges: Sequence[float] = EDGES) -> None:
    for x in edges:
        canvas.line(x, drawn.HEIGHT - top, x, drawn.HEIGHT - bottom)


def striped(canvas: Canvas, top: float, first: int, rows: Sequence[Sequence[str]] = ROWS) -> float:
    """Draw a table with figures to the right and every other row shaded, from row `first` on."""
    top = texts(canvas, top, HEAD)
    for i, cells in enumerate(rows):
        if i % 2 == first:
            shade(canvas, top, top + height(cells))
        top = texts(canvas, top, cells, right=True)
    return top


@pytest.mark.parametrize("first", [0, 1])
def test_striped_tables_of_one_width_are_two(first: int, cells: Callable[[bytes], list]) -> None:
    """The space between them is no row, and the end of a value to the right no prose."""

    def draw(canvas: Canvas) -> None:
        striped(canvas, striped(canvas, 100, first, ROWS[:2]) + 10, first)

    assert cells(drawn.pdf(draw)) == [HEAD, *READ[:2], HEAD, *READ]


def test_a_shaded_header_tells_the_columns_below_it(cells: Callable[[bytes], list]) -> None:
    """Though values on both sides of a border stand no further apart than words."""

    def draw(canvas: Canvas) -> None:
        shade(canvas, 100, 100 + height(HEAD))
        top = texts(canvas, 100, HEAD)
        for _ in range(3):
            y = drawn.HEIGHT - top - 11
            drawn.lines(canvas, EDGES[0] + 3, top + 11, ["Antal platser"])
            canvas.drawRightString(EDGES[2] - 1, y, "9 000 st")
            drawn.lines(canvas, EDGES[2] + 1, top + 11, ["Tas fram av"])
            top += 19

    assert cells(drawn.pdf(draw)) == [HEAD, *[("Antal platser", "9 000 st", "Tas fram av", "")] * 3]


def test_white_rules_that_reach_beyond_their_ground_divide_it(
    cells: Callable[[bytes], list],
) -> None:
    def draw(canvas: Canvas) -> None:
        top = 100.0
        borders = [top]
        for row in (HEAD, *ROWS):
            borders.append(top + height(row))
            shade(canvas, top, borders[-1])
            top = borders[-1]
        canvas.setStrokeGray(1)
        canvas.setLineWidth(2.5)
        for y in borders:
            canvas.line(EDGES[0] - 4, drawn.HEIGHT - y, EDGES[-1] + 4, drawn.HEIGHT - y)
        for x in EDGES:
            canvas.line(x, drawn.HEIGHT - borders[0] + 4, x, drawn.HEIGHT - borders[-1] - 4)
        top = 100.0
        for row in (HEAD, *ROWS):
            top = texts(canvas, top, row)

    assert cells(drawn.pdf(draw)) == [HEAD, *READ]


def columns(canvas: Canvas, top: float, rows: Sequence[Sequence[str]]) -> float:
    """Draw rows between vertical rules; one of a single cell interrupts the inner ones."""
    for row in rows:
        bottom = texts(canvas, top, row)
        down(canvas, top, bottom, EDGES if len(row) > 1 else (EDGES[0], EDGES[-1]))
        top = bottom
    return top


def test_columns_with_rules_go_on_over_the_page_without_rows(
    cells: Callable[[bytes], list],
) -> None:
    def first(canvas: Canvas) -> None:
        across(canvas, 720)
        top = columns(canvas, 720, [HEAD])
        across(canvas, top)
        columns(canvas, top, ROWS[:2])

    def second(canvas: Canvas) -> None:
        columns(canvas, 60, [("Index", "", "80", ""), *ROWS])

    assert cells(drawn.pdf(first, second)) == [HEAD, *READ[:2], ("Index", "", "80", ""), *READ]


def test_another_table_at_the_top_of_a_page_does_not_go_on_with_the_last(
    cells: Callable[[bytes], list],
) -> None:
    """Some of its borders are the same, but not all of the last table's are its."""
    other = [("Aktivitet", "Start"), ("Kurs", "2020-01-01"), ("Möte", "2020-02-01")]

    def first(canvas: Canvas) -> None:
        columns(canvas, 720, [HEAD, *ROWS[:2]])

    def second(canvas: Canvas) -> None:
        top = 60.0
        for row in other:
            for x, text in zip((EDGES[0], EDGES[2]), row, strict=True):
                drawn.lines(canvas, x + 3, top + 11, [text])
            down(canvas, top, top + 19, (EDGES[0], EDGES[2], EDGES[-1]))
            top += 19

    assert cells(drawn.pdf(first, second)) == [HEAD, *READ[:2], *other]


def test_rows_in_a_frame_with_columns_and_analyses_between_them(
    cells: Callable[[bytes], list],
) -> None:
    """No rule is over or under an analysis, and a run of rows between two touches none."""
    body = [ROWS[0], (ANALYSIS,), *ROWS, (ANALYSIS,), ROWS[2]]

    def draw(canvas: Canvas) -> None:
        across(canvas, 100)
        top = columns(canvas, 100, [HEAD])
        across(canvas, top)
        across(canvas, columns(canvas, top, body))

    wide = (ANALYSIS, "", "", "")
    assert cells(drawn.pdf(draw)) == [HEAD, READ[0], wide, *READ, wide, READ[2]]


def test_one_row_in_the_middle_of_its_cells_stays_one(cells: Callable[[bytes], list]) -> None:
    """Its cells begin at heights of their own, and wrap where the next word has no room."""
    name = ["Antal tillhandahållna platser", "för Stockholmsjobb"]
    edges = (50, 200, 245, 285, 315)

    def draw(canvas: Canvas) -> None:
        drawn.row(canvas, 100, 20, edges, ("Indikator", "Utfall", "Årsmål", "Period"))
        drawn.row(canvas, 120, 46, edges, ("", "", "Tas fram\nav\nnämnd", ""))
        drawn.lines(canvas, 53, 141, name)
        drawn.lines(canvas, 203, 152, ["20 st"])
        drawn.lines(canvas, 288, 141, ["VB", "2020"])

    assert cells(drawn.pdf(draw))[1:] == [(" ".join(name), "20 st", "Tas fram av nämnd", "VB 2020")]


def test_two_low_rows_without_a_rule_between_them_are_two(cells: Callable[[bytes], list]) -> None:
    rows = [("Verksamhet", "Budget", "Utfall", "Bokslut"), ("Räntor", "0,6", "0,4", "0,5")]
    rows.append(("Summa", "15,2", "8,8", "13,3"))

    def draw(canvas: Canvas) -> None:
        across(canvas, 100)
        top = columns(canvas, 100, rows[:1])
        across(canvas, top)
        across(canvas, columns(canvas, top, rows[1:]))

    assert cells(drawn.pdf(draw)) == rows


def test_the_rest_of_an_analysis_under_a_repeated_header_is_no_title(
    cells: Callable[[bytes], list],
) -> None:
    """The rule under the header is missing where a page break cuts the row below it."""

    def draw(canvas: Canvas) -> None:
        across(canvas, 100)
        top = columns(canvas, 100, [HEAD, (ANALYSIS,)])
        across(canvas, top)
        across(canvas, columns(canvas, top, ROWS[2:]))

    assert cells(drawn.pdf(draw)) == [HEAD, (ANALYSIS, "", "", ""), READ[2]]


def between_rows(
    canvas: Canvas, top: float, rows: Sequence[Sequence[str]], *, shaded: bool = False
) -> float:
    """Draw a table with a rule under each row but its last; return its lower edge."""
    for number, cells in enumerate(rows):
        bottom = top + height(cells)
        if shaded and number == 0:
            shade(canvas, top, bottom)
        texts(canvas, top, cells)
        if number + 1 < len(rows):
            across(canvas, bottom)
        top = bottom
    return top


def test_the_row_below_the_last_rule_is_whole_though_its_values_stand_in_its_middle(
    cells: Callable[[bytes], list],
) -> None:
    last = ("Andel äldre som\när nöjda", "", "", "")

    def draw(canvas: Canvas) -> None:
        bottom = between_rows(canvas, 100, [HEAD, *ROWS, last])
        texts(canvas, bottom - height(last) + 5.5, ("", "1", "Minskning", "2022"))

    assert cells(drawn.pdf(draw)) == [
        HEAD,
        *READ,
        ("Andel äldre som är nöjda", "1", "Minskning", "2022"),
    ]


@pytest.mark.parametrize("lines", [1, 3])
def test_an_analysis_below_the_last_rule_of_drawn_columns_is_a_row(
    lines: int, cells: Callable[[bytes], list]
) -> None:
    text = ["Analys", *["Utfallet följer planen för året i alla delar."] * 2][:lines]

    def draw(canvas: Canvas) -> None:
        bottom = between_rows(canvas, 100, [HEAD, *ROWS], shaded=True)
        across(canvas, bottom)
        drawn.lines(canvas, EDGES[0] + 3, bottom + 11, text)

    assert cells(drawn.pdf(draw)) == [HEAD, *READ, (" ".join(text), "", "", "")]


def test_a_row_and_the_next_tables_header_between_two_rules_are_two_tables(
    cells: Callable[[bytes], list],
) -> None:
    head = ("Aktivitet", "Startdatum", "Slutdatum", "")
    names = [f"{name}\ni stadsdelen" for name in ("Öppna", "Rusta", "Städa", "Måla", "Stänga")]
    dates = ("", "2022-01-01", "2022-12-31", "")

    def draw(canvas: Canvas) -> None:
        top = 100.0
        for title, rows, values in (
            (HEAD, ["Andel barn i\nförskola"], ("", "2,7 %", "3 %", "2022")),
            (head, names, dates),
        ):
            bottom = between_rows(canvas, top, [title, *[(name, "", "", "") for name in rows]])
            for i in range(len(rows)):
                texts(canvas, top + height(title) + 30 * i + 5.5, values)
            top = bottom + 10

    assert [[cell for cell in row if cell] for row in cells(drawn.pdf(draw))] == [
        list(HEAD),
        ["Andel barn i förskola", "2,7 %", "3 %", "2022"],
        ["Aktivitet", "Startdatum", "Slutdatum"],
        *[[name.replace("\n", " "), *dates[1:3]] for name in names],
    ]


def test_the_shaded_header_of_another_table_ends_the_rest_of_one(
    cells: Callable[[bytes], list],
) -> None:
    edges = (50, 200, 305, 410)
    head = ("Aktivitet", "Startdatum", "Slutdatum")
    rows = [("Starta en kurs", "2022-01-01", "2022-12-31"), ("Måla", "2022-02-01", "2022-11-30")]

    def first(canvas: Canvas) -> None:
        shade(canvas, 700, 700 + height(HEAD))
        top = texts(canvas, 700, HEAD)
        for row in ROWS[:2]:
            top = texts(canvas, top, row, right=True)

    def second(canvas: Canvas) -> None:
        top = texts(canvas, 60, ("Index", "81", "", "2022"), right=True)
        shade(canvas, top, top + 19, edges)
        for i, row in enumerate([head, *rows]):
            for x, text in zip(edges, row, strict=False):
                drawn.lines(canvas, x + 3, top + 11 + 19 * i, [text])

    assert cells(drawn.pdf(first, second)) == [
        HEAD,
        *READ[:2],
        ("Index", "81", "", "2022"),
        head,
        *rows,
    ]
