"""Nothing that looks like a row is lost without a word (architecture.md, principle 2)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from printing import drawn
from snippets import ACTIVITIES, FOLLOW_UP, GOAL, PLAN, report
from stadsdel.parsing import leftovers, parse
from stadsdel.reading.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from stadsdel.parsing.model import Unaccounted

TITLE = "Verksamhetsberättelse 2022 för Kungsholmens stadsdelsnämnd"
HEADING = "Nämndmål: 1.1.1 Barn växer upp under goda villkor"
PROSE = "Utfallet var 4,5 % under 2022, jämfört med 4,7 % 2021 och 5,0 % 2020."


def left_over(rows: Sequence[Sequence[str]], xs: Sequence[float]) -> tuple[Unaccounted, ...]:
    """Parse a page of pieces of text at columns, in the middle of running text."""

    def draw(canvas: Canvas) -> None:
        drawn.lines(canvas, 50, 60, [TITLE])
        drawn.lines(canvas, 50, 90, [HEADING])
        for i, row in enumerate(rows):
            for x, text in zip(xs, row, strict=True):
                # So far apart that the lines make no table of their own.
                drawn.lines(canvas, x, 130 + 60 * i, [text])

    path = Path("report.pdf")
    return parse(read_pdf(path, drawn.pdf(draw)), path).unaccounted


@pytest.mark.parametrize(
    "row",
    [
        ("Förskoleverksamhet", "309,0", "30,2", "278,8"),
        ("Andel barn i förskola", "81 %", "", "80 %"),
        ("Starta en kurs", "2022-01-01", "2022-12-31", ""),
        ("Antal platser", "1 234 st", "Tas fram av nämnd", "2022"),
        ("Sjukfrånvaro", "7,9 %", "+/-1 %", "2022"),
    ],
)
def test_label_and_figures_that_stand_apart_are_listed(row: tuple[str, ...]) -> None:
    (found,) = left_over([row], (50, 250, 330, 450))
    assert found.text == " ".join(text for text in row if text)
    assert found.place.page == 1


def test_figures_in_a_row_after_their_label_are_listed() -> None:
    (found,) = left_over([("Förskoleverksamhet 309,0 30,2 278,8",)], (50,))
    assert found.text == "Förskoleverksamhet 309,0 30,2 278,8"


def test_rows_of_one_figure_are_listed_where_there_are_several() -> None:
    rows = [("Äldreomsorg", "403,0"), ("Förskola", "309,5"), ("Summa", "712,5")]
    assert [line.text for line in left_over(rows, (50, 300))] == [" ".join(row) for row in rows]
    assert left_over(rows[:2], (50, 300)) == ()


@pytest.mark.parametrize(
    "rows",
    [
        [(PROSE, "")] * 3,
        [("Inledning", "3"), ("Uppföljning av ekonomi", "14"), ("Bilagor", "27")],
        [("Stadsdelsförvaltningen", "Dnr 1.1-123/2022")],
        [("Handläggare", "2022-02-17"), ("Telefon", "08-508 08 000")],
        [("Telefon 08 508 08 000", "Sida 3 (96)")],
        [("2019", "2020"), ("0 %", "20 %"), ("10", "40")],
        [("1.", "Nämnden godkänner förslaget"), ("2.", "Nämnden ansöker om 2,5 mnkr")],
    ],
    ids=["prose", "contents", "letterhead", "date", "telephone", "chart", "list"],
)
def test_other_text_is_not_listed(rows: list[tuple[str, str]]) -> None:
    assert left_over(rows, (50, 330)) == ()


def test_rows_under_another_tables_header_are_no_rows_of_this_one() -> None:
    found = report(
        "Indikator\tPeriodens utfall\tÅrsmål\tKF:s årsmål\tPeriod\nAntal barn\t1\t2\t3\t2020\n"
        "Aktivitet\t\tStartdatum Slutdatum\t\t\nStarta en kurs\t\t2020-01-01\t\t2020-12-31\n"
    )
    assert [row.indicator for row in found.indicators] == ["Antal barn"]
    assert [line.text for line in found.unaccounted] == ["Starta en kurs 2020-01-01 2020-12-31"]


def test_rows_of_cells_without_a_header_are_listed() -> None:
    found = report("Äldreomsorg\t403,0\t40,5\nFörskola\t309,0\t30,2\n\nEn\trad\tutan siffror\n")
    assert [line.text for line in found.unaccounted] == [
        "Äldreomsorg 403,0 40,5",
        "Förskola 309,0 30,2",
    ]


LOST = """

Mer om barnen·

Förvaltningen har följt 12 förskolor under 2023 och jämfört dem med 2022.·

"""


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (PLAN, "·Andel barn som trivs 81 % 80 % År·"),
        (PLAN, "·Andel barn·\nsom trivs·\n\n81 % Tas fram·\nav nämnd År·"),
        (FOLLOW_UP, "·Antal platser 12 st  12 st 13 st 14 st 15 st 9 000 st Tertial·\n2 2022·"),
        (ACTIVITIES, "·Starta en kurs 2022-01-01 2022-12-31··"),
    ],
)
def test_rows_after_a_table_that_ended_are_listed(header: str, row: str) -> None:
    found = report(header, row, LOST, row, "\n\nOch mer text om 14 barn.·\n")
    assert len(found.indicators) + len(found.activities) == 1
    want = [line.strip("·") for line in row.split("\n") if line]
    assert [line.text.replace(" ", "·") for line in found.unaccounted] == [
        text.replace(" ", "·") for text in want
    ]


def test_prose_with_figures_after_a_table_is_not_listed() -> None:
    prose = "Andelen var 81 % 2023, 80 % 2022 och 79 % år\n2021. Målet för 2024 är 82 %.·\n"
    assert report(PLAN, "·Andel barn som trivs 81 % 80 % År·", LOST, prose).unaccounted == ()


def test_rows_of_money_without_a_header_are_listed() -> None:
    rows = ("Vuxna 54,1 1,1 55,2 -1,1", "Unga 174 2 182 -8", "Gamla 14 2 12 -8")
    found = report("Stadsmiljö·\n\nIngen rubrik över talen.\n\n", *(f"{row}·\n\n" for row in rows))
    assert found.economy == ()
    assert [line.text for line in found.unaccounted] == list(rows)


def test_rows_of_whole_money_with_blanks_are_listed_and_so_are_rows_whose_label_wraps() -> None:
    rows = ("Stöd till·\npersoner·\n\n1 811···1 700··", "Netto totalt 34 920 0··1 700··")
    found = report("Stadsmiljö·\n\nIngen rubrik över talen.\n\n", *(f"{row}\n\n" for row in rows))
    assert found.economy == ()
    assert [line.text for line in found.unaccounted] == [
        "1 811   1 700",
        "Netto totalt 34 920 0  1 700",
    ]


def test_a_telephone_number_is_no_row_of_money() -> None:
    assert report("Kontakt·\n\nTelefon: 08- 508 042 45·\n\n").unaccounted == ()


ROW = "··Andel nöjda 80 % 85 % 82 % År·\n"


def test_rows_that_end_with_a_period_are_listed_where_there_is_no_table() -> None:
    found = report(GOAL, f"Tidigare.·\n\n{ROW}\nSlut.·\n")
    assert [line.text for line in found.unaccounted] == ["Andel nöjda 80 % 85 % 82 % År"]


@pytest.mark.parametrize(
    "header",
    [
        "Indikator Ansvarig Årsmål 2020 KF:s årsmål 2020 Periodicitet·\n",
        "Indikator Ansvarig·\nenhet Årsmål·\n2020·\n\nKF:s·\nårsmål 2020 Periodicitet·\n",
        "Aktivitet Ansvarig Startdatum Slutdatum·\n",
    ],
)
def test_a_header_with_an_unknown_column_is_listed_with_its_rows(header: str) -> None:
    row = "··Andel glada i hela·\nstadsdelen·\n\nSDN 80 % 85 % År·\n\n"
    analysis = "Analys·\nFler är glada.·\n\n"
    found = report(GOAL, "Text.·\n\n", header, "\n", row, analysis, row, "Efteråt är det så.·\n")
    assert found.unaccounted[0].reason == leftovers.UNKNOWN_HEADER
    texts = "".join([header, row, analysis, row]).replace("·", "").split("\n")
    assert [line.text for line in found.unaccounted] == [text for text in texts if text]


def test_figures_below_an_unknown_header_are_no_money_table() -> None:
    rows = "".join([f"··Andel {name} Ja 80,5 85,5 82,0·\n\n" for name in ("a b", "c d", "e f")])
    found = report(GOAL, "Indikator Ansvarig Utfall Årsmål KF:s årsmål·\n\n", rows, "Slut.·\n")
    assert found.economy == ()
    assert len(found.unaccounted) == 4


def test_a_header_with_an_unknown_column_ends_the_table_above() -> None:
    found = report(
        PLAN,
        "··Andel glada 81 % 80 % År·\n\n··Aktivitet Ansvarig Startdatum Slutdatum·\n\n",
        "··Starta en kurs SDN 2022-01-01 2022-12-31·\n\n",
        "··Öva SDN 2022-02-01 2022-11-30·\n\nSlut.·\n",
    )
    assert [row.indicator for row in found.indicators] == ["Andel glada"]
    assert [line.text for line in found.unaccounted] == [
        "Aktivitet Ansvarig Startdatum Slutdatum",
        "Starta en kurs SDN 2022-01-01 2022-12-31",
        "Öva SDN 2022-02-01 2022-11-30",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Indikatorer och årsmål för nämnden följs varje tertial.",
        "Indikatorer för män och kvinnor redovisas var för sig.",
        "Indikatorn Periodens utfall har ett Årsmål.",
        "Aktiviteter Vi har följt upp Start och Slut.",
        "Utfallet blev bättre 2019 2020 2021.",
        "Mätningen gjordes 2022-01-01 och 2022-12-31",
        "Vi ringer 08-508 04 000 varje år",
    ],
)
def test_prose_about_columns_and_years_is_not_listed(prose: str) -> None:
    assert report(GOAL, f"{prose}·\n\nSlut.·\n").unaccounted == ()


def test_what_stands_below_a_repeated_header_and_is_no_row_is_listed() -> None:
    row = "··Andel nöjda 80 % 85 % År·\n"
    found = report(PLAN, row, PLAN.replace("\n··", "···"), "okänd kolumn 3 % 4 % 5 % 6 % År·\n\n")
    assert len(found.indicators) == 1
    assert [line.text for line in found.unaccounted] == ["okänd kolumn 3 % 4 % 5 % 6 % År"]


def test_a_header_without_rows_is_listed() -> None:
    found = report("··Indikator Årsmål Period·\n\nDet här är löpande text utan rader.·\n\n")
    assert [line.text for line in found.unaccounted] == ["Indikator Årsmål Period"]


def test_a_header_over_a_header_is_not_listed() -> None:
    assert report("··Indikator Årsmål Period·\n\n", PLAN, ROW).unaccounted == ()


def test_cells_below_a_whole_row_are_listed() -> None:
    found = report(PLAN, "··Andel nöjda·\nbarn·\n\n80 % 85 % År·\n\n14 % 15 %·\n\nSlut.·\n")
    assert [line.text for line in found.unaccounted] == ["14 % 15 %"]


@pytest.mark.parametrize(
    "header",
    [
        "Indikator Ansvarig Årsmål 2020 KF:s årsmål 2020 Periodicitet·\n\n",
        "Indikator Ansvarig·\nenhet Årsmål·\n2020·\n\nKF:s·\nårsmål 2020 Periodicitet·\n\n",
        "Indikator Ansvarig·\nnämnd Utfall·\n2020·\n\nBudget 2020 Prognos·\n\n",
    ],
)
def test_rows_below_a_header_with_an_unknown_column_are_listed_once(header: str) -> None:
    rows = ("Andel nöjda barn 81 % 80 % 2020", "Andel nöjda äldre 71 % 82 % 2020")
    found = report(GOAL, header, *(f"{row}·\n\n" for row in rows))
    assert found.economy == ()
    listed = [line.text for line in found.unaccounted]
    assert [listed.count(row) for row in rows] == [1, 1]


def test_rows_of_cells_below_indicators_unknown_columns_are_no_money() -> None:
    found = report(GOAL, "Indikator→Värde 2020→Värde 2021\nAndel nöjda barn→81 %→80 %\n")
    assert (found.indicators, found.economy) == ((), ())
    assert [line.text for line in found.unaccounted] == ["Andel nöjda barn 81 % 80 %"]
