"""Money tables whose last column is words, and cells that wrap (layout A)."""

from __future__ import annotations

import pytest

from snippets import report

COMMENTED = "Verksamhet, mnkr Budget Utfall Avvikelse Kommentar·\n\n"
Row = tuple[str | None, ...]


def rows(*parts: str) -> list[Row]:
    found = report("Ekonomi·\n", *parts)
    assert found.unaccounted == ()
    (table,) = found.economy
    return [(row.label, *row.cells) for row in table.rows]


def test_every_row_ends_in_a_comment() -> None:
    assert rows(
        COMMENTED,
        "Stadsmiljö -765,5 154,9 964,3 Hyresintäkter,·\nstatsbidrag och lönebidrag·\n\n"
        "Peng 80 % 76,2 14,4 61,3 Statsbidrag·\n\nNämnd- och·\nadministration·\n\n"
        "1,6··-0,1 Försäljning av·\nbilar·\n\n",
        "Kostnaderna har ökat med 1,5 mnkr under året.·\n\n",
    ) == [
        ("Stadsmiljö", "-765,5", "154,9", "964,3", "Hyresintäkter, statsbidrag och lönebidrag"),
        ("Peng 80 %", "76,2", "14,4", "61,3", "Statsbidrag"),
        ("Nämnd- och administration", "1,6", None, "-0,1", "Försäljning av bilar"),
    ]


def test_the_header_wraps_and_its_last_word_stands_alone() -> None:
    assert rows(
        "Projekt Budget 2023·\ntkr·\n\nPrognos·\ntkr·\nKommentar·\n\n",
        "Tallparken 1 400 1 380 Klart·\n\nLekplatsen 13 400 12 380 Pågår enligt plan·\n\n",
        "Därefter följer mer text.·\n\n",
    ) == [
        ("Tallparken", "1 400", "1 380", "Klart"),
        ("Lekplatsen", "13 400", "12 380", "Pågår enligt plan"),
    ]


def test_rows_whose_columns_cannot_be_told_are_listed() -> None:
    found = report(
        "Ekonomi·\n\nVerksamhet, mnkr Budget Kommentar·\n\n",
        "Vuxna 8,2 9,1 9,9 Hyror·\n\nUnga 4,2 3,1 2,9 Statsbidrag·\n\n",
        "Kostnaderna har ökat under året.·\n\n",
    )
    assert found.economy == ()
    assert [line.text for line in found.unaccounted] == [
        "Vuxna 8,2 9,1 9,9 Hyror",
        "Unga 4,2 3,1 2,9 Statsbidrag",
    ]


def test_prose_that_ends_in_the_word_is_no_header() -> None:
    found = report(
        "Nämnden lämnar följande·\nKommentar·\n\nVuxna får 8,2 mnkr. Det är mer än förra året.·\n\n"
    )
    assert (found.economy, found.unaccounted) == ((), ())


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Vuxna 8,0 12·\n740,5·\n\n3,0·\n\n", ("Vuxna", "8,0", "12 740,5", "3,0")),
        ("Vuxna 8,0 12·\n740,5·\n\n·\n\n", ("Vuxna", "8,0", "12 740,5", None)),
        ("Vuxna 8,0·\nmnkr·\n\n12·\n740,5·\n\n3,0·\n\n", ("Vuxna", "8,0 mnkr", "12 740,5", "3,0")),
        ("Stöd till·\nvuxna 2·\n\n8,0 9,5 3,0·\n\n", ("Stöd till vuxna 2", "8,0", "9,5", "3,0")),
    ],
)
def test_cells_that_wrap(row: str, cells: Row) -> None:
    found = rows(
        "Mnkr Budget Utfall Prognos·\n\n",
        f"Unga 17,1 16,2 3,2·\n\n{row}Äldre 17,5 16,1 3,1·\n\n",
    )
    assert found[1] == cells


def test_the_only_figure_stands_below_a_label_that_ends_in_a_number() -> None:
    assert rows(
        "Enhet, mnkr Budget 2022·\n\n",
        "Ängen 40,1·\n\nCentral·\nbuffert 1 %·\n\n81,8·\n\nÖverskott·\ntill 2023·\n\n12,1·\n\n",
    ) == [("Ängen", "40,1"), ("Central buffert 1 %", "81,8"), ("Överskott till 2023", "12,1")]


def test_a_column_of_shares_comes_first() -> None:
    assert rows(
        "Enhet Förbrukat % Intäkter Prognos Differens·\n\n",
        "Kvarnen 3 8,6 % 2 230,4 -2 232,8 2 231,1·\n\nÄngen 86,6 % 230,4 -232,8 231,1·\n\n",
    )[0] == ("Kvarnen 3", "8,6 %", "2 230,4", "-2 232,8", "2 231,1")


def test_a_dash_apart_is_no_sign_where_signs_stand_beside_their_figures() -> None:
    assert rows(
        "Tkr Budget Prognos Bokslut Hyra·\n\n",
        "Kvarnen 3 –1,4 1,5 - 1,6·\n\nÄngen 97,6 98,1 78,4 105,8·\n\n",
    )[0] == ("Kvarnen 3", "–1,4", "1,5", "-", "1,6")


def test_a_row_of_two_decimals_is_no_part_of_the_header() -> None:
    assert rows(
        "Enhet Justerad·\nbudget 2010 Prognos helår·\n\n",
        "Avskrivningar··209,91·\n\nÄngen 97,60 98,10·\n\n",
    ) == [("Avskrivningar", None, "209,91"), ("Ängen", "97,60", "98,10")]


def test_a_label_that_begins_with_a_number_is_no_rest_of_the_row_above() -> None:
    found = rows(
        COMMENTED,
        "Solgården 23,5 20,1 3,4··\n\n951 Stinsens förskola 15,8 16,9 -1,1 Fler barn·\n\n",
    )
    assert [row[0] for row in found] == ["Solgården", "951 Stinsens förskola"]


@pytest.mark.parametrize(
    "header",
    [
        "Verksamhet Budget tkr Utfall tkr Förklaring till·\navvikelse·\n\n",
        "Verksamhet Budget tkr Utfall tkr Förklaring till avvikelse·\n\n",
        "Verksamhet Budget·\ntkr·\n\nUtfall·\ntkr·\n\nAnmärkning·\n\n",
    ],
)
def test_comments_by_other_names_on_long_lines_of_whole_figures(header: str) -> None:
    found = rows(
        header,
        "Nämndens administration och stab 6 373 5 704 Rutinerna har införts under året·\n\n"
        "Fritid 812 1 072 Stöd i hemmet enligt nya regler från och med våren i hela·\nområdet·\n\n"
        "Park 7 464 6 915··\n\nKostnaderna har ökat.·\n\n",
    )
    assert [row[:3] for row in found] == [
        ("Nämndens administration och stab", "6 373", "5 704"),
        ("Fritid", "812", "1 072"),
        ("Park", "7 464", "6 915"),
    ]


def test_a_row_of_one_figure_above_a_header_printed_again() -> None:
    assert rows(
        "Nämnd, tkr Budget·\n\nÄldreomsorg 4,1·\n\nPark- och·\nlekplatser·\n\n15,7·\n",
        "·Nämnd, tkr Budget·\n\nBistånd 8,3·\n\n",
    ) == [("Äldreomsorg", "4,1"), ("Park- och lekplatser", "15,7"), ("Bistånd", "8,3")]


def test_the_header_of_indicators_may_end_in_a_comment() -> None:
    found = report(
        "Nämndmål: 1.1.1 Alla barn når målen·\nUppfylls helt·\n\n",
        "Indikator Periodens utfall Årsmål Kommentar·\n\n",
        "  Andel nöjda 50 % 60 % Högre än förra året·\n\n",
    )
    assert [(row.indicator, row.outcome, row.target) for row in found.indicators][-1] == (
        *("Andel nöjda", "50 %", "60 %"),
    )
    assert found.economy == ()


def test_prose_that_ends_as_the_label_of_comments_heads_no_table() -> None:
    found = report(
        "Ekonomi·\n\nAvsnittet Äldre Omsorg ger en Förklaring till avvikelse·\n\n",
        "Vuxna 8,2 Mer än förra året·\n\n",
    )
    assert found.economy == ()
