"""Money tables in layout A and B (report-layouts.md A11, B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from snippets import PATH, report
from stadsdel.parsing import parse
from stadsdel.parsing.money.blocks import Block
from stadsdel.parsing.money.header import Header
from stadsdel.parsing.money.shape import Shape, divisions_of
from stadsdel.reading.model import Document, Line

if TYPE_CHECKING:
    from stadsdel.parsing.model import EconomyTable

HEADING = "Stadsmiljö·\n"
FORECAST = """
Stadsmiljö Budget 2022 Begärda·
budgetjusteringar Prognos 2022 Avvikelse·

"""
COLUMNS = ("Budget 2022", "Begärda budgetjusteringar", "Prognos 2022", "Avvikelse")


def table(*parts: str) -> EconomyTable:
    found = report(*parts)
    assert found.unaccounted == ()
    assert len(found.economy) == 1
    return found.economy[0]


def cells(found: EconomyTable) -> list[tuple[str | None, ...]]:
    return [(row.label, *row.cells) for row in found.rows]


def test_a11_columns_heading_and_label_column() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Drift av parker 26,4 1,1 29,0 -1,5·\n\nNetto totalt 41,6 -0,8 42,3 -1,5·\n\n",
    )
    assert found.columns == COLUMNS
    assert (found.label_column, found.heading) == ("Stadsmiljö", "Stadsmiljö")
    assert cells(found) == [
        ("Drift av parker", "26,4", "1,1", "29,0", "-1,5"),
        ("Netto totalt", "41,6", "-0,8", "42,3", "-1,5"),
    ]


def test_a11_blank_cell_is_one_more_space() -> None:
    found = table(HEADING, FORECAST, "Ränta 0,6··0,6 0,0·\n\nNetto totalt 41,6 -0,8 42,3 -1,5·\n\n")
    assert cells(found)[0] == ("Ränta", "0,6", None, "0,6", "0,0")


def test_a11_label_column_broken_before_its_comma() -> None:
    found = table("Verksamhetsområden\n, mnkr Kostnader Intäkter Netto·\n\nÖvrigt 9,3 2,8 6,5·\n\n")
    assert found.label_column == "Verksamhetsområden, mnkr"


def test_a11_padded_cells_tell_their_groups_of_digits() -> None:
    found = table(
        "Tkr Budget 2013 Utfall 2013 Prognos 2013 Avvikelse 2013 Avvikelse 2012·\n\n",
        "Investeringar 132  -40 132  132  -3 644  -4 051··\n\n",
        "Avskrivningar 45 118  -45 118   3 297  -1 606··\n\n",
    )
    assert cells(found) == [
        ("Investeringar", "132", "-40 132", "132", "-3 644", "-4 051"),
        ("Avskrivningar", "45 118", "-45 118", None, "3 297", "-1 606"),
    ]


def test_a11_padded_cells_have_two_spaces_and_a_blank_three() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Vuxna 54,1··1,1··55,2··-1,1··\n\nUnga 174,7···182,7··-8,0··\n\n"
        "Totalt 2 091,0··-0,1··2 079,0··7,4··\n\n",
    )
    assert cells(found) == [
        ("Vuxna", "54,1", "1,1", "55,2", "-1,1"),
        ("Unga", "174,7", None, "182,7", "-8,0"),
        ("Totalt", "2 091,0", "-0,1", "2 079,0", "7,4"),
    ]


def test_a11_varav_rows_are_rows() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Personal 26,4 1,1 29,0 -1,5·\n\nvarav handläggare 2,4 0,1 2,0 0,5·\n\n"
        "Netto totalt 41,6 -0,8 42,3 -1,5·\n\n",
    )
    assert [row.label for row in found.rows] == ["Personal", "varav handläggare", "Netto totalt"]


def test_a11_label_row_has_no_cells() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Drift av parker 26,4 1,1 29,0 -1,5·\n\nInvesteringar·\n\nLekplatser 1,4 0,1 2,0 -0,5·\n\n"
        "Netto totalt 41,6 -0,8 42,3 -1,5·\n\n",
    )
    assert cells(found)[1] == ("Investeringar", None, None, None, None)


def test_a11_wrapped_label_and_cells_of_their_own_block() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Netto totalt 41,6 -0,8 42,3 -1,5·\n\nResultatöverföring till·\n2023·\n\n···-38,0·\n\n"
        "Netto efter 41,6 -0,8 42,3 -39,5·\n\n",
    )
    assert cells(found)[1] == ("Resultatöverföring till 2023", None, None, None, "-38,0")


def test_a11_header_word_broken_in_the_middle() -> None:
    found = table(
        "Förskola·\n",
        """
Förskola Budget 2022·

Begärda·
budgetjusteringar/pr
estationsförändringa

r·
Prognos 2022 Avvikelse·

""",
        "Lokaler 28,7 -2,0 26,8 -0,1·\n\nNetto totalt 428,7 -20,0 412,8 -4,1·\n\n",
    )
    assert found.columns == (
        "Budget 2022",
        "Begärda budgetjusteringar/prestationsförändringar",
        "Prognos 2022",
        "Avvikelse",
    )


@pytest.mark.parametrize("unit", ["mnkr", "tkr"])
def test_a11_money_unit_as_printed(unit: str) -> None:
    header = f"Verksamhet,·\n{unit} Kostnader Intäkter Netto VP 2022·\n\n"
    found = table(HEADING, header, "Vuxna 87,6 26,9 60,7·\n\nSumma 87,6 26,9 60,7·\n\n")
    assert found.money_unit == unit
    assert found.columns == ("Kostnader", "Intäkter", "Netto VP 2022")


def test_a11_no_unit_printed_is_none() -> None:
    found = table(HEADING, FORECAST, "Vuxna 54,1 1,1 55,2 -1,1·\n\nSumma 54,1 1,1 55,2 -1,1·\n\n")
    assert found.money_unit is None


def test_a11_label_ends_in_a_number() -> None:
    header = "Enhet, mnkr Anslag 2022 Anslag 2021·\n\n"
    found = table(
        HEADING,
        header,
        "Snöängens förskolor 2,7 1,0·\n\nÅrsta 2 förskolor 0,6··\n\nSumma 3,3 1,0·\n\n",
    )
    assert cells(found) == [
        ("Snöängens förskolor", "2,7", "1,0"),
        ("Årsta 2 förskolor", "0,6", None),
        ("Summa", "3,3", "1,0"),
    ]


def test_a11_header_printed_again_after_a_page_break() -> None:
    header = "Enhet, mnkr Anslag 2022 Anslag 2021·\n"
    found = table(
        HEADING,
        f"{header}\nSnöängens förskolor 2,7 1,0·\n\nTallens förskolor 1,7 1,1·\n",
        f"·{header}\nBjörkens förskolor 0,6··\n\nSumma 5,0 2,1·\n\n",
    )
    assert [row.label for row in found.rows] == [
        *("Snöängens förskolor", "Tallens förskolor", "Björkens förskolor", "Summa")
    ]


@pytest.mark.parametrize(
    ("begun", "rest", "label"),
    [
        ("Stöd till personer·\nmed·\n\n", "funktionsnedsättning·", "funktionsnedsättning"),
        ("Stöd till personer·\nmed funktions\n\n", "nedsättning·", "funktionsnedsättning"),
    ],
)
def test_a11_label_that_a_page_break_cuts(begun: str, rest: str, label: str) -> None:
    found = table(
        HEADING,
        FORECAST,
        f"{begun}26,4 1,1 29,0 -1,5·\n",
        f"·{FORECAST.lstrip()}",
        f"{rest}\n\nNetto totalt 41,6 -0,8 42,3 -1,5·\n\n",
    )
    assert [row.label for row in found.rows] == [f"Stöd till personer med {label}", "Netto totalt"]


@pytest.mark.parametrize(
    ("page_top", "last", "first"),
    [("", "Teknik", "Ränta"), ("·", "Summa", "Drift av parker")],
)
def test_a11_header_printed_again_for_another_table(page_top: str, last: str, first: str) -> None:
    found = report(
        HEADING,
        FORECAST,
        f"Drift av parker 26,4 1,1 29,0 -1,5·\n\n{last} 41,6 -0,8 42,3 -1,5·\n",
        f"{page_top or chr(10)}{FORECAST.lstrip()}",
        f"{first} 0,6 0,1 0,6 0,0·\n\nSumma 0,6 0,1 0,6 0,0·\n\n",
    )
    assert found.unaccounted == ()
    assert [[row.label for row in each.rows] for each in found.economy] == [
        ["Drift av parker", last],
        [first, "Summa"],
    ]
    assert {each.columns for each in found.economy} == {COLUMNS}


def test_a11_row_of_blank_cells_right_below_the_header() -> None:
    found = table(HEADING, FORECAST, "Ränta·····\n\n", "Netto totalt 41,6 -0,8 42,3 -1,5·\n\n")
    assert found.columns == COLUMNS
    assert cells(found)[0] == ("Ränta", None, None, None, None)


def test_a11_printed_sum_that_differs_is_kept() -> None:
    found = table(HEADING, FORECAST, "Vuxna 54,1 1,1 55,2 -1,1·\n\nSumma 54,2 1,1 55,2 -1,1·\n\n")
    assert found.rows[-1].cells[0] == "54,2"


def test_a11_prose_with_figures_is_no_table() -> None:
    found = report(
        "Stadsmiljö visar ett underskott om 1,5 mnkr, mot 2,1 mnkr året innan.·\n"
        "Kostnaderna för 2022 har ökat med 0,8 mnkr.·\n\n"
    )
    assert found.economy == ()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Vuxna - 1,1 - -·", ("Vuxna", "-", "1,1", "-", "-")),
        ("Vuxna –3,0 1,1 – –·", ("Vuxna", "–3,0", "1,1", "–", "–")),
        (
            "Vuxna 54 mnkr 1 mnkr 55 mnkr 1 mnkr·",
            ("Vuxna", *("54 mnkr", "1 mnkr", "55 mnkr"), "1 mnkr"),
        ),
        ("Vuxna··1,1··-1,5·", ("Vuxna", None, "1,1", None, "-1,5")),
        ("Vuxna····-1,5·", ("Vuxna", None, None, None, "-1,5")),
        ("Vuxna 26,4····", ("Vuxna", "26,4", None, None, None)),
        ("Enhet 14·····", ("Enhet 14", None, None, None, None)),
        ("Peng 80 %·····", ("Peng 80 %", None, None, None, None)),
    ],
)
def test_a11_rows_of_dashes_units_and_blanks(row: str, found: tuple[str | None, ...]) -> None:
    rows = (f"{row}\n\n", "Drift 2,4 0,1 2,0 -0,5·\n\n", "Netto totalt 41,6 -0,8 42,3 -1,5·\n\n")
    for position in range(3):
        ordered = (*rows[1 : position + 1], rows[0], *rows[position + 1 :])
        assert cells(table(HEADING, FORECAST, *ordered))[position] == found


def test_a11_amounts_with_groups_two_decimals_and_a_unit() -> None:
    found = table(
        "Tkr Budget 2022 Utfall 2022 Prognos 2022·\n\n",
        "Vuxna 12 740,53 tkr 8 199,28 tkr 999,10 tkr·\n\n",
        "Unga 740,53 tkr 1 199,28 tkr 14 928,87 tkr·\n\n",
    )
    assert cells(found) == [
        ("Vuxna", "12 740,53 tkr", "8 199,28 tkr", "999,10 tkr"),
        ("Unga", "740,53 tkr", "1 199,28 tkr", "14 928,87 tkr"),
    ]


def test_a11_padded_shares() -> None:
    found = table(
        "Mnkr Budget Utfall Avvikelse i %·\n\n",
        "Vuxna 54,1··53,0··-2,0 %··\n\nUnga 10,0···1,5 %··\n\n",
    )
    assert cells(found) == [("Vuxna", "54,1", "53,0", "-2,0 %"), ("Unga", "10,0", None, "1,5 %")]


@pytest.mark.parametrize("section", ["Driftverksamhet", "Kostnader"])
def test_a11_section_right_below_the_header(section: str) -> None:
    rows = "Vuxna 54,1 1,1 55,2 -1,1·\n\nSumma 54,1 1,1 55,2 -1,1·\n\n"
    found = table(HEADING, FORECAST, f"{section}·\n\n", rows)
    assert found.columns == COLUMNS
    assert [row.label for row in found.rows] == [section, "Vuxna", "Summa"]


def test_a11_section_at_the_foot_of_a_page() -> None:
    header = FORECAST.lstrip()
    found = table(
        HEADING,
        FORECAST,
        f"Vuxna 54,1 1,1 55,2 -1,1·\n\nInvesteringar·\n·{header}",
        "Parker 26,4 1,1 29,0 -1,5·\n\n",
    )
    assert [row.label for row in found.rows] == ["Vuxna", "Investeringar", "Parker"]


def test_a11_blank_cells_in_a_block_below_their_label() -> None:
    found = table(
        HEADING,
        FORECAST,
        "Vuxna 54,1 1,1 55,2 -1,1·\n\nInvesteringar·\n\nStöd till·\nunga·\n\n····\n\n",
        "Parker 26,4 1,1 29,0 -1,5·\n\n",
    )
    assert [row.label for row in found.rows] == [
        "Vuxna",
        "Investeringar",
        "Stöd till unga",
        "Parker",
    ]


def test_a11_header_with_a_blank_first_cell() -> None:
    found = table("\n·Kostnader Intäkter Netto·\n\n", "Vuxna 87,6 26,9 60,7·\n\n")
    assert (found.label_column, found.columns) == (None, ("Kostnader", "Intäkter", "Netto"))
    assert cells(found) == [("Vuxna", "87,6", "26,9", "60,7")]


def test_a11_year_is_of_the_label_before_it() -> None:
    found = table(
        "Verksamhet Årsbudget 2021 Prognos 2021 Avvikelse·\n\n", "Peng 3 % 246,9 262,3··\n\n"
    )
    assert found.columns == ("Årsbudget 2021", "Prognos 2021", "Avvikelse")
    assert cells(found) == [("Peng 3 %", "246,9", "262,3", None)]


def test_a11_label_column_of_many_words() -> None:
    found = table(
        "Barn, kultur och fritid·\n\nJusterad·\nbudget·\n2024·\n\nUtfall 2024 Avvikelse·\n\n",
        "Vuxna 87,6 26,9 60,7·\n\nUnga 7,6 6,9 0,7·\n\n",
    )
    assert found.label_column == "Barn, kultur och fritid"
    assert found.columns == ("Justerad budget 2024", "Utfall 2024", "Avvikelse")


def test_a11_header_that_ends_in_an_abbreviation() -> None:
    found = table(
        "Barn, kultur och fritid Utfall 2022 Ack.·\nutfall 2023 Avvikelse·\n\n",
        "Vuxna 54,1 53,0 1,1·\n\nUnga 4,1 3,0 1,2·\n\n",
    )
    assert found.columns == ("Utfall 2022", "Ack. utfall 2023", "Avvikelse")


def test_a11_months_head_columns() -> None:
    found = table(
        "Kostnader per månad, tkr·\n\nJan Feb Mars April Maj Juni Juli Aug·\n\n",
        "Vuxna 339 306 917 609 78 199 -329 817·\n\nUnga 903 536 169 613 979 813 -240 632·\n\n",
    )
    assert len(found.columns) == 8


def test_a11_column_of_one_amount() -> None:
    found = table("Enhet, mnkr Budget 2022·\n\n", "Vuxna 54,1·\n\nStöd till·\nunga·\n\n53,0·\n\n")
    assert (found.columns, cells(found)) == (
        ("Budget 2022",),
        [("Vuxna", "54,1"), ("Stöd till unga", "53,0")],
    )


def test_a11_row_that_fits_no_columns_is_listed_and_ends_no_table() -> None:
    found = report(
        HEADING,
        FORECAST,
        "Vuxna 54,1 1,1 55,2 -1,1·\n\nUnga 1,1 2,2 3,3 4,4 5,5 6,6·\n\n",
        "Äldre 26,4 1,1 29,0 -1,5·\n\n",
    )
    assert [row.label for row in found.economy[0].rows] == ["Vuxna", "Äldre"]
    assert [line.text for line in found.unaccounted] == ["Unga 1,1 2,2 3,3 4,4 5,5 6,6"]


def test_a11_paragraph_above_a_header_of_years_is_no_label() -> None:
    prose = "Kostnaderna har ökat under året och de blir högre även under det kommande"
    found = report(
        "Mnkr Budget Utfall·\n\nVuxna 54,1 53,0·\n\n",
        f"{prose} året med·\n{prose} året och 4,5 mnkr·\nKostnader, tkr·\n2020 2021·\n\n",
        "Unga 120 360 79 000·\n\nÄldre 60 000 34 000·\n\n",
    )
    assert [row.label for each in found.economy for row in each.rows] == ["Vuxna", "Unga", "Äldre"]


@pytest.mark.parametrize(
    "rows",
    [
        "Vuxna·\n\n54,1 53,0·\n\nUnga·\n\n4,1 3,0·\n\n",
        "Vuxna 54,1·\n\nStöd till unga·\n\n4,1·\n\n",
    ],
)
def test_figures_below_a_heading_that_is_no_header_are_listed(rows: str) -> None:
    found = report("Här följer det som är känt.·\n\n", rows)
    assert found.economy == ()
    assert len(found.unaccounted) == 2


TWO_ROWS = """
## Individ- och familjeomsorg

Verksamhet→Justerad budget 2020→→Utfall 2020→→Avvikelse 2020
→Kostnader→Intäkter→Kostnader→Intäkter→Netto
Mnkr→→→→→
Barn och ungdom→189,8→-25,2→166,1→-19,9→18,4
<b>Summa</b>→<b>189,8</b>→<b>-25,2</b>→<b>166,1</b>→<b>-19,9</b>→<b>18,4</b>
Avvikelse i %→→→→→9,3%

"""


def test_b7_two_header_rows_make_one_name_per_column() -> None:
    found = table(TWO_ROWS)
    assert found.columns == (
        "Justerad budget 2020 Kostnader",
        "Justerad budget 2020 Intäkter",
        "Utfall 2020 Kostnader",
        "Utfall 2020 Intäkter",
        "Avvikelse 2020 Netto",
    )
    assert found.money_unit == "mnkr"
    assert found.heading == "Individ- och familjeomsorg"


def test_b7_rows_totals_and_blanks() -> None:
    assert cells(table(TWO_ROWS)) == [
        ("Barn och ungdom", "189,8", "-25,2", "166,1", "-19,9", "18,4"),
        ("Summa", "189,8", "-25,2", "166,1", "-19,9", "18,4"),
        ("Avvikelse i %", None, None, None, None, "9,3%"),
    ]


@pytest.mark.parametrize("head", [1, 2])
def test_b7_header_printed_again_among_the_rows_is_no_row(head: int) -> None:
    header = "\tBudget\t\n\tKostnader\tIntäkter\n" if head == 2 else "mnkr\tKostnader\tIntäkter\n"
    found = table(
        f"{header}Äldre\t1,0\t2,0\n{header}omsorg\t\t\nBarn\t3,0\t\n{header}Summa\t4,0\t2,0\n"
    )
    assert cells(found) == [
        ("Äldre omsorg", "1,0", "2,0"),
        ("Barn", "3,0", None),
        ("Summa", "4,0", "2,0"),
    ]


def test_b7_another_tables_header_begins_another_table() -> None:
    found = report(
        "mnkr\tKostnader\tIntäkter\nÄldre\t1,0\t2,0\ntkr\tBudget 2020\tUtfall 2020\nBarn\t3\t4\n"
    )
    assert [(table.columns, cells(table)) for table in found.economy] == [
        (("Kostnader", "Intäkter"), [("Äldre", "1,0", "2,0")]),
        (("Budget 2020", "Utfall 2020"), [("Barn", "3", "4")]),
    ]


def test_b7_title_that_is_not_printed_again() -> None:
    header = "\tKostnader\tIntäkter\n"
    found = table(f"Driftbudget\t\t\n{header}Äldre\t1,0\t2,0\n{header}Barn\t3,0\t\n")
    assert cells(found) == [("Äldre", "1,0", "2,0"), ("Barn", "3,0", None)]


def test_b7_balance_sheet_has_columns_of_dates() -> None:
    found = report(
        "Tillgångar (mnkr)→2019-12-31→2020-12-31\nKonto 15xx Kundfordringar→22,8→37,5\n"
        "Kassa och bank→0,3→0,4\n<b>Summa tillgångar</b>→<b>23,1</b>→<b>37,9</b>\n"
    )
    assert found.activities == ()
    (sheet,) = found.economy
    assert (sheet.columns, sheet.money_unit) == (("2019-12-31", "2020-12-31"), "mnkr")
    assert cells(sheet)[-1] == ("Summa tillgångar", "23,1", "37,9")


def test_table_of_contents_with_tabs_is_no_money_table() -> None:
    found = report("Ekonomi ............→→12\nNämnd ............→→14\nBilagor ............→→20\n")
    assert found.economy == ()


def test_a11_label_that_ends_in_a_share() -> None:
    found = table(
        HEADING,
        "Verksamhet,·\nmnkr Kostnader Intäkter Netto VP 2022 VP 2021 Omslutningsförändring·\n\n",
        "Peng 80 % 483,2 44,9 438,3 421,5··\n\nPeng - tillägg 3 % 18,1··18,1 17,4··\n\n"
        "Stöd 39,9··39,9 39,9··\n\nÖppna hus 11,0 1,1 9,9 8,6 1,1·\n\n"
        "Summa 552,2 46,0 506,2 487,4 1,1·\n\n",
    )
    assert cells(found)[:2] == [
        ("Peng 80 %", "483,2", "44,9", "438,3", "421,5", None),
        ("Peng - tillägg 3 %", "18,1", None, "18,1", "17,4", None),
    ]


def test_a11_rows_that_end_in_a_comment_with_the_first_label_in_a_block_of_its_own() -> None:
    found = table(
        HEADING,
        "Verksamheter, mnkr Omslutning (mnkr) Kommentar·\n\n",
        "Nämnd- och·\nadministration·\n\n1,6 Lönebidrag och·\nförsäljning av bilar·\n\n"
        "Omsorg 82,3··\n\nvarav vuxna 24,7 Hyror från·\nandra nämnder·\n\nRänta 0,0··\n\n",
    )
    assert found.columns == ("Omslutning (mnkr)", "Kommentar")
    assert cells(found) == [
        ("Nämnd- och administration", "1,6", "Lönebidrag och försäljning av bilar"),
        ("Omsorg", "82,3", None),
        ("varav vuxna", "24,7", "Hyror från andra nämnder"),
        ("Ränta", "0,0", None),
    ]


def test_b7_third_header_row_names_columns_that_have_their_own_group() -> None:
    found = table(
        "Verksamhet→Budget 2020→→Avvikelse 2020→Avvikelse 2019\n→Kostnader→Intäkter→→\n"
        "Mnkr→→→Netto→Netto\nVuxen→50,7→-10,0→1,2→-2,5\nSumma→50,7→-10,0→1,2→-2,5\n"
    )
    assert found.columns == (
        "Budget 2020 Kostnader",
        "Budget 2020 Intäkter",
        "Avvikelse 2020 Netto",
        "Avvikelse 2019 Netto",
    )


def test_c_the_heading_at_the_top_of_a_page_of_a_pdf_is_found() -> None:
    rows = [
        (1, ("Verksamhetsberättelse 2020 för Farsta stadsdelsnämnd",)),
        (1, ("Aktivitet", "Startdatum", "Slutdatum")),
        (1, ("Bjuda in till möten", "2020-01-01", "2020-12-31")),
        (2, ("Uppföljning av ekonomi",)),
        (2, ("Verksamhet, mnkr", "Budget", "Utfall")),
        (2, ("Äldreomsorg", "40,0", "41,0")),
    ]
    lines = tuple(
        Line("\t".join(cells), cells if len(cells) > 1 else None, page=page) for page, cells in rows
    )
    (found,) = parse(Document("0" * 64, "pdf", lines, pages=2), PATH).economy
    assert (found.title, found.heading) == ("Uppföljning av ekonomi", "Uppföljning av ekonomi")


@pytest.mark.parametrize("between", ["\n", "\n37\n\n", "\n\n\n"])
@pytest.mark.parametrize("header", ["", "mnkr→Kostnader→Intäkter\n"])
def test_b7_rows_below_a_page_break(between: str, header: str) -> None:
    found = table(
        f"mnkr→Kostnader→Intäkter\nÄldre→1,0→2,0\nBarn och→3,0→\n{between}",
        f"{header}ungdom→→\nVuxna→4→\nSumma→8,0→2,0\n",
    )
    assert cells(found) == [
        ("Äldre", "1,0", "2,0"),
        ("Barn och ungdom", "3,0", None),
        ("Vuxna", "4", None),
        ("Summa", "8,0", "2,0"),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Summa→1,0→2,0\n\n", "Vuxna→4→7\nUnga→8→2\n"),  # below a total
        ("Äldre→1,0→2,0\n\n", "Vuxna→4→7→1\nUnga→8→2→2\n"),  # of another width
        ("Äldre→1,0→2,0\n\nOm något annat.\n\n", "Vuxna→4→7\nUnga→8→2\n"),
    ],
)
def test_b7_rows_that_may_be_of_another_table_are_listed(above: str, below: str) -> None:
    found = report(f"mnkr→Kostnader→Intäkter\n{above}{below}")
    assert [len(each.rows) for each in found.economy] == [1]
    assert [line.text for line in found.unaccounted] == [
        row.replace("→", " ") for row in below.splitlines()
    ]


def test_a11_netto_and_plan_head_one_column() -> None:
    found = table(
        "Enhet, mnkr Kostnader Intäkter Netto VP 2022 VP 2021 Omslutningsförändring·\n\n",
        "Gruppbostad 2 29,8 12,1 71,9 57,3 7,5·\n\n",
    )
    assert len(found.columns) == 5
    assert cells(found) == [("Gruppbostad 2", "29,8", "12,1", "71,9", "57,3", "7,5")]


def test_a11_two_header_rows_are_not_more_columns() -> None:
    found = table(
        "Enhet Budget 2021 Budget 2020·\n\nKostnader Intäkter Kostnader Intäkter·\n\n",
        "689 Enhet 14 3 413 764 3 331 -854·\n\n467 Solen 10 400 1 719 9 758 1 959·\n\n",
    )
    assert [name.split()[0] for name in found.columns] == ["Budget"] * 4
    assert cells(found)[1] == ("467 Solen", "10 400", "1 719", "9 758", "1 959")


def test_row_right_above_a_page_break_is_listed() -> None:
    found = report("Det är känt.·\n\nVuxna 54,1 53,0·\n·Det fortsätter.·\n\n")
    assert [line.text for line in found.unaccounted] == ["Vuxna 54,1 53,0"]


def test_a11_first_column_of_shares() -> None:
    found = table(
        "Mnkr, netto Andel % Budget helår Bokslut 2022·\n(utfall)·\nPrognos 2022·\n\n",
        "Justerad·\nbudget·\n\nVuxna -71% 117 +96 137 133·\n\n",
        "Unga -86% 70 +74 85 82·\n\nTotalt 55% 2266 -2503 1905 2091·\n\n",
    )
    assert [row.label for row in found.rows] == ["Vuxna", "Unga", "Totalt"]
    assert [row.cells[0] for row in found.rows] == ["-71%", "-86%", "55%"]


def test_a11_padded_year_at_the_end_of_a_label_before_a_blank_cell() -> None:
    found = table(
        "Parker, mnkr Årsbudget 2023 Prognos 2023 Avvikelse·\n\n",
        "Resultat från 2021··26,3···\n\nLoket 7,3··0,0···\n\nVuxna -7,4··8,0··-0,2··\n\n",
        "Inventarier 5,8··6,7··0,1··\n\n",
    )
    (found_row, *_) = found.rows
    assert (found_row.label, *found_row.cells) == ("Resultat från 2021", None, "26,3", None)


def test_a11_minus_apart_from_its_figure() -> None:
    found = table(
        "Tkr Budget 2022 Utfall 2022 Avvikelse·\n\n",
        "Vuxna 26 447,21 29 085,47 - 1 413,64·\n\nUnga 32 731,13 31 175,66 - 0,27·\n\n",
        "Äldre - 3 516,63 3 871,69 170,89·\n\n",
    )
    assert cells(found) == [
        ("Vuxna", "26 447,21", "29 085,47", "- 1 413,64"),
        ("Unga", "32 731,13", "31 175,66", "- 0,27"),
        ("Äldre", "- 3 516,63", "3 871,69", "170,89"),
    ]


def test_a11_minus_apart_in_a_line_of_cells_alone() -> None:
    header = Header(0, 1, 3.0, "Tkr", ("Budget", "Utfall", "Avvikelse"), "")
    text = "41,0 - 3,5 8,2 "
    shape = Shape(header, ("money",) * 3, padded=False, signs_apart=True)
    (found, *others) = divisions_of([Block(0, 1, (text,), text)], shape)
    assert (found.cells, others) == (("41,0", "- 3,5", "8,2"), [])


def test_a11_dashes_that_are_cells_are_no_signs() -> None:
    found = table(
        "Tkr Budget 2022 Utfall 2022 Avvikelse·\n\n",
        "Vuxna 26,4 29,4 - ·\n\nUnga - 31,7 1,3·\n\nÄldre 3,5 - 17,8·\n\n".replace(" ·", "·"),
    )
    assert cells(found) == [
        ("Vuxna", "26,4", "29,4", "-"),
        ("Unga", "-", "31,7", "1,3"),
        ("Äldre", "3,5", "-", "17,8"),
    ]


def test_figures_below_a_label_that_ends_in_a_line_of_digits_are_listed() -> None:
    found = report("Det är känt.·\n\nIT-kostnader 5·\n294·\n\n50 347 -819,5·\n\n")
    assert [line.text for line in found.unaccounted] == ["50 347 -819,5"]


def test_a11_label_of_a_row_is_printed() -> None:
    found = report(
        "Mnkr Budget 2022 Utfall 2022·\n\nVuxna 54,1 mnkr 53,0 mnkr·\n\n",
        "12,1 mnkr 11,0 mnkr·\n\nUnga 4,1 mnkr 3,0 mnkr·\n\n",
    )
    labels = [row.label for each in found.economy for row in each.rows]
    assert labels[0] == "Vuxna"
    assert set(labels) <= {"Vuxna", "Unga"}


def test_a11_long_header_of_few_capitals_printed_again() -> None:
    header = (
        "Barn, kultur och fritid Ack. utfall Omslutningsförändring Avvikelse mot·\nbudget·\n\n"
        "Prognos T2 Personalkostnader Avvikelse·\n\n"
    )
    found = table(
        f"Ekonomi·\n\n{header}",
        f"Vuxna 2,88 1,31 2,46 3,31 2,59 3,24·\n·{header}",
        "Unga 3,45 3,31 3,97 3,11 3,88 3,23·\n\n",
    )
    assert [row.label for row in found.rows] == ["Vuxna", "Unga"]


def test_a11_section_of_blank_cells_in_a_block_right_below_the_header() -> None:
    found = table(
        "Mnkr Personalkostnader Prognos 2023 Kostnader·\n\nDriftverksamhe\nt·\n\n···\n\n",
        "Vuxna 2,1 2,4 2,3·\n\nUnga 4,1 4,4 4,3·\n\n",
    )
    assert found.columns == ("Personalkostnader", "Prognos 2023", "Kostnader")
    assert cells(found)[0] == ("Driftverksamhet", None, None, None)


def test_a11_dash_before_a_number_of_groups_is_a_cell() -> None:
    found = table(
        "Tkr Budget 2022 Utfall 2022 Prognos 2022 Differens Kostnader Intäkter·\n\n",
        "Vuxna 2 867,1 - 2 516,4 - 2 364,6 2 144,1·\n\nUnga 867,1 9,1 - 16,4 364,6 144,1·\n\n",
    )
    assert cells(found)[0] == ("Vuxna", "2 867,1", "-", "2 516,4", "-", "2 364,6", "2 144,1")


def test_a11_label_that_goes_on_with_a_known_one_is_one_column() -> None:
    found = table(
        "Ekonomi·\n\nDrift, mnkr Justerad budget 2021 Utfall 2021 Avvikelse Avvikelse i %·\n\n",
        "Resultatöverföring från 2021 7 051,4 5 605,4 -287,4 68,5%·\n\n",
    )
    assert found.columns == ("Justerad budget 2021", "Utfall 2021", "Avvikelse", "Avvikelse i %")
    assert cells(found) == [
        ("Resultatöverföring från 2021", "7 051,4", "5 605,4", "-287,4", "68,5%")
    ]


def test_prose_that_begins_with_the_word_of_a_header_ends_no_header_below_it() -> None:
    found = report(
        "Aktivitet och gemenskap efterfrågas av unga vuxna.·\n\n",
        "Verksamhet, tkr Budget Utfall·\n\n",
        "Äldreomsorg 40,0 41,0·\n\nFörskola 12,5 13,0·\n\n",
    )
    assert [row.label for table in found.economy for row in table.rows] == [
        "Äldreomsorg",
        "Förskola",
    ]


def test_a_long_table_is_read_whole() -> None:
    rows = [
        f"Verksamhet {chr(65 + n % 26)}{chr(97 + n // 26)} 40,0 41,{n % 10}·\n\n"
        for n in range(250)
    ]
    (table,) = report("Verksamhet, tkr Budget Utfall·\n\n", *rows, "Slut.·\n").economy
    assert len(table.rows) == 250
