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
ROWS = [
    HEAD,
    ("Andel barn i\nförskola", "2,7 %", "", "VB 2021"),
    ("Antal platser", "", "Tas fram\nav nämnd", "2022"),
    ("Index", "81", "80", "2022"),
    ("Andel äldre som\när nöjda", "1", "Minskning", "År"),
]
READ = [tuple(cell.replace("\n", " ") for cell in row) for row in ROWS]
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


def test_a_label_and_a_text_beside_it_across_the_columns_are_a_row(
    cells: Callable[[bytes], list],
) -> None:
    """Blank cells above and below keep their columns: the table does not end at the analysis."""

    def draw(canvas: Canvas) -> None:
        below = printed(canvas, 100, [HEAD, ("Andel barn", "2,7 %", "3 %", "VB 2021")])
        drawn.lines(canvas, XS[0], below, ["Analys"])
        drawn.lines(canvas, XS[1], below, ["Utfallet följer planen i alla delar av", "året."])
        below = printed(canvas, below + 28, [("Antal platser", "", "8", "2022")])
        drawn.lines(canvas, XS[0], below, ["Analys"])
        drawn.lines(
            canvas, XS[1], below, ["Platserna är färre än planen för året,", "men fler nu."]
        )

    found = cells(drawn.pdf(draw))
    assert found[2:] == [
        ("Analys", "Utfallet följer planen i alla delar av året.", "", ""),
        ("Antal platser", "", "8", "2022"),
        ("Analys", "Platserna är färre än planen för året, men fler nu.", "", ""),
    ]


def test_the_lines_before_a_table_are_kept_where_another_follows_it(
    read: Callable[[bytes], Document],
) -> None:
    """What ends the first table, and stands as near the second as a header's lines do, is its."""
    intro = ["Före tabellerna står en mening.", "Efter den kommer de."]
    first = [HEAD, ("Index", "1", "2", "3"), ("Andel barn", "2,7 %", "3 %", "T2\n2021")]

    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 60, intro)
        below = printed(canvas, 100, first)
        printed(canvas, below - 2, [("Aktivitet", *HEAD[1:]), ("Kurs", "1", "2", "3")])
        for y in (105, below - 11):
            canvas.line(50, drawn.HEIGHT - y, 400, drawn.HEIGHT - y)

    found = read(drawn.pdf(draw)).lines
    assert [line.text.strip() for line in found if line.text and line.cells is None] == intro
    assert [line.cells for line in found if line.cells][2][3] == "T2 2021"


def test_figures_in_the_middle_under_titles_to_the_left(cells: Callable[[bytes], list]) -> None:
    """Neither a title nor a row so near the next one as these makes two columns or one row."""
    rows = [("Andel barn i förskola", "95 %", "90 %"), ("Antal platser", "7", "Tas fram")]

    def draw(canvas: Canvas) -> None:
        printed(canvas, 100, [("Indikator", "Utfall", "Årsmål")], (50, 200, 360))
        for i, (name, *values) in enumerate([*rows, *rows]):
            drawn.lines(canvas, 50, 113 + 13 * i, [name])
            for x, value in zip((275, 435), values, strict=True):
                canvas.drawCentredString(x, drawn.HEIGHT - 113 - 13 * i, value)

    assert cells(drawn.pdf(draw))[1:] == [*rows, *rows]


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


def test_a_table_goes_on_over_the_page_in_its_columns_without_a_header(
    cells: Callable[[bytes], list],
) -> None:
    """A column that is blank on the next page is still one."""
    first = [HEAD, ("Andel barn", "2,7 %", "3 %", "VB 2021"), ("Antal", "1", "2", "2022")]
    rest = [("Index", "", "81", "2022"), ("Antal platser", "", "7", "2022")]
    other = [("Aktivitet", "Start"), ("Kurs", "2020-01-01"), ("Möte", "2020-02-01")]

    def first_page(canvas: Canvas) -> None:
        printed(canvas, 700, first)

    def second_page(canvas: Canvas) -> None:
        printed(canvas, 60, rest)

    def third_page(canvas: Canvas) -> None:
        printed(canvas, 60, [*other, *other[1:]], (50, 250))

    found = cells(drawn.pdf(first_page, second_page, third_page))
    assert found == [*first, *rest, *other, *other[1:]]


def test_a_header_printed_again_is_no_rest_of_the_table_above_it(
    cells: Callable[[bytes], list],
) -> None:
    """The second table ends its page as rows of the first one's columns."""
    other = ("Aktivitet", "Startdatum", "", "Slutdatum")
    dates = ("Öppna en mötesplats", "2020-01-01", "", "2020-12-31")
    above = [HEAD, ("Andel barn", "2,7 %", "3 %", "VB 2021"), ("Antal", "1", "2", "2022")]

    def first_page(canvas: Canvas) -> None:
        printed(canvas, 600, [*above, other, dates, dates])

    def second_page(canvas: Canvas) -> None:
        printed(canvas, 60, [other, dates, dates])

    found = cells(drawn.pdf(first_page, second_page))
    assert found[-3:] == [tuple(cell for cell in row if cell) for row in (other, dates, dates)]


def test_titles_beside_the_columns_before_are_no_rest(cells: Callable[[bytes], list]) -> None:
    """Two titles of one row cannot stand in one column."""
    head = ("Indikator", "Utfall", "Årsmål", "Period")

    def first_page(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 100, ["En mening som står för sig själv på sidan."])
        printed(canvas, 700, [("Andel barn", "", "100", "2022")])

    def second_page(canvas: Canvas) -> None:
        printed(canvas, 60, [head, ("Antal", "1", "2", "2022"), ("Index", "3", "4", "2022")])

    found = cells(drawn.pdf(first_page, second_page))
    assert found == [head, ("Antal", "1", "2", "2022"), ("Index", "3", "4", "2022")]


def test_an_analysis_below_a_header_whose_last_line_has_no_first_title(
    cells: Callable[[bytes], list],
) -> None:
    head = ("Indikator", "Utfall\nhelår", "Årsmål\n2022", "Period")
    analysis = "Analys Utfallet följer planen för året i alla delar av verksamheten."

    def first(canvas: Canvas) -> None:
        printed(canvas, 700, [head, ("Andel barn", "2,7 %", "3 %", "VB 2021")])

    def second(canvas: Canvas) -> None:
        drawn.lines(canvas, XS[0], printed(canvas, 60, [head]), [analysis])

    assert cells(drawn.pdf(first, second))[-1] == (analysis, "", "", "")


@pytest.mark.parametrize("rows", [0, 1, 6])
def test_a_table_goes_on_over_the_page_below_what_was_blank_or_is_set_otherwise(
    rows: int, cells: Callable[[bytes], list]
) -> None:
    """Of its last column the title alone is known; an old row's value stands out of its place."""
    known = [("Andel barn", "2,7 %", "3 %", ""), *[("Antal", "1", "2", "")] * 5][:rows]

    def first_page(canvas: Canvas) -> None:
        printed(canvas, 650, [HEAD, *known[:1]])
        printed(canvas, 650 + 17 * (1 + len(known[:1])), known[1:], (50, 204, 274, 340))

    def second_page(canvas: Canvas) -> None:
        rest = [("Index", "", "81", ""), ("Antal platser", "", "7", "")]
        printed(canvas, 60, rest, (50, 204, 274, 340))
        for i in range(2):
            canvas.drawRightString(470, drawn.HEIGHT - 60 - 17 * i, "2022")

    assert cells(drawn.pdf(first_page, second_page))[-2:] == [
        ("Index", "", "81", "2022"),
        ("Antal platser", "", "7", "2022"),
    ]


def test_a_header_of_two_lines_alone_at_a_pages_end_heads_the_next_page(
    cells: Callable[[bytes], list],
) -> None:
    head = ("Indikator", "Utfall\nhelår", "Årsmål\n2022", "Period")
    rows = [("Andel barn", "2,7 %", "3 %", "VB 2021"), ("Antal", "1", "2", "2022")]

    def prose(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 100, ["En mening som står för sig själv på sidan."])
        printed(canvas, 700, [head])

    found = cells(drawn.pdf(prose, lambda canvas: printed(canvas, 60, rows) and None))
    assert found == [tuple(title.replace("\n", " ") for title in head), *rows]


def test_rows_as_near_as_lines_of_a_cell_are_told_by_what_had_room(
    cells: Callable[[bytes], list],
) -> None:
    rows = [
        ("Indikator", "Utfall", "Årsmål", "Period"),
        ("Andel barn i förskola som\ntrivs", "2,7 %", "Tas fram av\nnämnd", "VB 2021"),
        ("Antal platser", "1", "2", "2022"),
        ("andel barn", "", "3", "2022"),
        ("Index", "81", "", "2022"),
    ]

    def draw(canvas: Canvas) -> None:
        top = 100.0
        for row in rows:
            printed(canvas, top, [row])
            top += 11 * max(cell.count("\n") + 1 for cell in row)

    assert cells(drawn.pdf(draw)) == [tuple(c.replace("\n", " ") for c in row) for row in rows]


def spread(
    canvas: Canvas, top: float, rows: Sequence[Sequence[str]], leading: float, between: float
) -> float:
    """Draw rows of texts whose lines stand `leading` apart, with so much more between rows."""
    for cells in rows:
        for x, cell in zip(XS, cells, strict=True):
            drawn.lines(canvas, x, top, cell.split("\n"), leading)
        top += leading * max(cell.count("\n") + 1 for cell in cells) + between
    return top


def test_the_last_line_of_a_title_is_no_row_though_titles_are_set_more_loosely(
    cells: Callable[[bytes], list],
) -> None:
    head = ("Indikator", "Utfall VB\n2019", "Årsmål", "Period")

    def draw(canvas: Canvas) -> None:
        below = spread(canvas, 100, [head], 13, 6)
        spread(canvas, below, ROWS[1:], 10, 6)

    assert cells(drawn.pdf(draw)) == [("Indikator", "Utfall VB 2019", *head[2:]), *READ[1:]]


def test_the_rest_of_a_cut_row_below_a_header_printed_again_is_none_of_its_titles(
    cells: Callable[[bytes], list],
) -> None:
    cut = ("Antal platser", "12", "Tas fram av nämnd/", "2022")

    def first(canvas: Canvas) -> None:
        spread(canvas, 100, [HEAD, ROWS[3], cut], 10, 4)

    def second(canvas: Canvas) -> None:
        spread(canvas, 100, [HEAD, ("", "", "styrelse", ""), ROWS[3], ROWS[3]], 10, 4)

    assert cells(drawn.pdf(first, second)) == [
        *(HEAD, READ[3], cut),
        *(HEAD, ("", "", "styrelse", ""), READ[3], READ[3]),
    ]


def test_the_lines_of_a_title_do_not_tell_how_far_rows_stand_apart(
    cells: Callable[[bytes], list],
) -> None:
    rows = [("Indikator", "Utfall", "Årsmål\n2022", "Period"), *ROWS[1:]]

    def draw(canvas: Canvas) -> None:
        spread(canvas, 100, rows, 14, 20)

    head = ("Indikator", "Utfall", "Årsmål 2022", "Period")
    assert cells(drawn.pdf(draw)) == [head, *READ[1:]]


def test_a_lowered_figure_at_a_cells_end_makes_no_new_row(cells: Callable[[bytes], list]) -> None:
    def draw(canvas: Canvas) -> None:
        below = printed(canvas, 100, [HEAD, ("Klimat", "1,85 kg", "2 kg", "VB 2021")])
        canvas.drawString(XS[1], drawn.HEIGHT - below + 6, "CO")
        canvas.setFont(drawn.FONT, 6)
        canvas.drawString(XS[1] + 13.5, drawn.HEIGHT - below + 3, "2")
        canvas.setFont(drawn.FONT, drawn.SIZE)
        printed(
            canvas, below + 8, [("Antal barn\ni kö", "7", "8", "2022"), ("Index", "1", "2", "3")]
        )

    assert cells(drawn.pdf(draw))[1][1] == "1,85 kg CO2"


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


def shaded(canvas: Canvas, top: float, rows: Sequence[Sequence[str]]) -> float:
    """Draw rows in bands, every other of them shaded, the header first."""
    for i, cells in enumerate(rows):
        height = 8 + 11 * max(cell.count("\n") + 1 for cell in cells)
        if i % 2 == 0:
            canvas.setFillGray(0.85)
            canvas.rect(47, drawn.HEIGHT - top - height, 360, height, stroke=0, fill=1)
            canvas.setFillGray(0)
        printed(canvas, top + 11, [cells])
        top += height
    return top


def ruled(canvas: Canvas, top: float, rows: Sequence[Sequence[str]]) -> float:
    """Draw rows with a rule below each; return the height of the last."""
    for cells in rows:
        printed(canvas, top + 11, [cells])
        top += 8 + 11 * max(cell.count("\n") + 1 for cell in cells)
        canvas.line(47, drawn.HEIGHT - top, 407, drawn.HEIGHT - top)
    return top


def test_shaded_bands_are_rows_and_the_last_needs_no_shade(
    cells: Callable[[bytes], list],
) -> None:
    for count in (4, 5):
        assert (
            cells(drawn.pdf(lambda canvas, n=count: shaded(canvas, 100, ROWS[:n]) and None))
            == (READ[:count])
        )


def test_a_frame_round_rows_with_rules_is_no_cell(cells: Callable[[bytes], list]) -> None:
    def draw(canvas: Canvas) -> None:
        below = ruled(canvas, 100, ROWS)
        canvas.rect(47, drawn.HEIGHT - below, 360, below - 100)

    assert cells(drawn.pdf(draw)) == READ


def test_an_analysis_beside_its_label_joins_no_columns(cells: Callable[[bytes], list]) -> None:
    text = "Utfallet följer planen för året i alla delar av verksamheten här."
    rows = [*ROWS[:2], ("Analys", text, "", ""), ROWS[2], ("Analys", text, "", ""), ROWS[3]]
    found = cells(drawn.pdf(lambda canvas: ruled(canvas, 100, rows) and None))
    assert found == [*READ[:2], rows[2], READ[2], rows[2], READ[3]]


def test_tables_next_to_each_other_are_two(cells: Callable[[bytes], list]) -> None:
    other = [("Aktivitet", "Start", "Slut"), *[("Kurs", "2020-01-01", "2020-12-31")] * 3]
    for draw_table in (shaded, ruled):

        def draw(
            canvas: Canvas, table: Callable[[Canvas, float, list], float] = draw_table
        ) -> None:
            table(canvas, table(canvas, 100, ROWS[:4]) + 14, other)

        assert cells(drawn.pdf(draw)) == [*READ[:4], *other]


def test_rules_round_the_header_alone_set_off_each_table(cells: Callable[[bytes], list]) -> None:
    def table(canvas: Canvas, top: float) -> float:
        below = printed(canvas, top + 11, ROWS[:1]) - 8
        for height in (top, below):
            canvas.line(47, drawn.HEIGHT - height, 407, drawn.HEIGHT - height)
        return printed(canvas, below + 11, ROWS[1:])

    assert cells(drawn.pdf(lambda canvas: table(canvas, table(canvas, 100)) and None)) == READ * 2


def test_what_one_table_leaves_open_another_of_the_same_header_tells(
    cells: Callable[[bytes], list],
) -> None:
    """Two titles nearly touch, and in one table no row fills both of their columns."""
    xs = (50, 200, 240, 300)
    head = ("Indikator", "Utfall VB", "Prognos", "Period")
    first = [head, ("Antal platser", "7", "", "2022"), ("Antal barn", "", "9", "2022")]
    second = [head, ("Andel barn", "2,7 %", "3 %", "2022"), ("Index", "1", "2", "2022")]

    def draw(canvas: Canvas) -> None:
        below = printed(canvas, 100, first, xs)
        drawn.lines(canvas, 50, below + 30, ["En mening mellan de båda tabellerna."])
        printed(canvas, below + 60, second, xs)

    assert cells(drawn.pdf(draw)) == [*first, *second]


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


def test_names_spread_over_their_columns_width_make_no_columns(
    cells: Callable[[bytes], list],
) -> None:
    names = [
        ("Prognos", "före"),
        ("resultatdispositioner", ""),
        ("Intäkter", ""),
        ("Enheternas", "resultat"),
        ("från förra året", ""),
        ("Utfall", "efter"),
        ("resultatdispositioner", ""),
    ]
    figures = [("6,0", "5,0"), None, ("1,0", "2,0"), ("42,8", "41,0"), None, ("7,4", "7,0"), None]

    def draw(canvas: Canvas) -> None:
        printed(canvas, 100, [("Mnkr", "Budget", "Utfall")], (50, 200, 270))
        for i, ((left, right), values) in enumerate(zip(names, figures, strict=True)):
            top = 117 + 11 * i + 6 * sum(value is not None for value in figures[: i + 1])
            drawn.lines(canvas, 50, top, [left])
            canvas.drawRightString(150, drawn.HEIGHT - top, right)
            for x, value in zip((200, 270), values or (), strict=False):
                drawn.lines(canvas, x, top, [value])

    assert cells(drawn.pdf(draw)) == [
        ("Mnkr", "Budget", "Utfall"),
        ("Prognos före resultatdispositioner", "6,0", "5,0"),
        ("Intäkter", "1,0", "2,0"),
        ("Enheternas resultat från förra året", "42,8", "41,0"),
        ("Utfall efter resultatdispositioner", "7,4", "7,0"),
    ]


def test_figures_without_a_title_are_a_column_though_a_name_reaches_into_it(
    cells: Callable[[bytes], list],
) -> None:
    rows = [
        ("", "", "Utfall", "Årsmål"),
        ("Äldreomsorg", "10,5", "11,0", "1"),
        ("Förskola och annat", "", "12,0", "2"),
        ("Stadsmiljö", "11,7", "13,0", "3"),
        ("Kultur", "12,1", "14,0", "4"),
    ]
    found = cells(
        drawn.pdf(lambda canvas: printed(canvas, 100, rows, (50, 110, 200, 270)) and None)
    )
    assert ("Äldreomsorg", "10,5", "11,0", "1") in found


def test_a_title_in_the_headers_second_line_keeps_a_blank_column_apart_from_names(
    cells: Callable[[bytes], list],
) -> None:
    names = ("Andel barn", "Andel barn i stadens egna förskolor", "Antal", "Andel", "Index")

    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 260, 93, ["Utfall"])
        printed(canvas, 103, [("Indikator", "Utfall", "2021", "Årsmål")], (50, 170, 260, 330))
        for y in range(108, 228, 20):
            canvas.line(46, drawn.HEIGHT - y, 380, drawn.HEIGHT - y)
        for i, name in enumerate(names):
            drawn.lines(canvas, 50, 123 + 20 * i, [name])
            for x, value in ((260, f"1{i} %"), (330, "15 %")):
                drawn.lines(canvas, x, 123 + 20 * i, [value])

    assert cells(drawn.pdf(draw))[0] == ("Indikator", "Utfall", "Utfall 2021", "Årsmål")
