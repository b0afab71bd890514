"""Rows of money tables that can be read in two ways, and what tells which (layout A)."""

from __future__ import annotations

import pytest

from snippets import report
from stadsdel.parsing.money.shape import ends_in_cell

HEADER = "Enhet, tkr Budget 2022 Utfall 2022 Avvikelse·\n\n"
Row = tuple[str | None, ...]


def rows(*parts: str) -> dict[str, tuple[Row, list[Row]]]:
    """Return the cells of each row by its label, and the other readings, label first."""
    found = report("Ekonomi·\n", *parts)
    assert found.unaccounted == ()
    (table,) = found.economy
    return {
        row.label: (row.cells, [tuple([cell for _, cell in way.cells]) for way in row.ambiguous])
        for row in table.rows
    }


@pytest.mark.parametrize(
    ("row", "label", "cells"),
    [
        ("Kvarnen 3 933,6 912,0 21,6", "Kvarnen 3", ("933,6", "912,0", "21,6")),
        ("Kvarnen 3 933,6 3 912,0 21,6", "Kvarnen", ("3 933,6", "3 912,0", "21,6")),
        ("Kvarnen 3 933,6 612,0 3 321,6", "Kvarnen", ("3 933,6", "612,0", "3 321,6")),
    ],
)
def test_what_the_figures_of_a_row_add_up_to_tells_where_its_label_ends(
    row: str, label: str, cells: Row
) -> None:
    found = rows(HEADER, f"Ängen 540,0 510,5 29,5·\n\n{row}·\n\nLinden 740,0 710,5 29,5·\n\n")
    assert found[label] == (cells, [])


@pytest.mark.parametrize(
    ("total", "label", "first"),
    [("1 873,6", "Kvarnen 3", "933,6"), ("4 873,6", "Kvarnen", "3 933,6")],
)
def test_a_total_tells_where_the_labels_above_it_end(total: str, label: str, first: str) -> None:
    found = rows(
        "Enhet, tkr Budget 2022 Hyra·\n\n",
        f"Ängen 540,0 51,5·\n\nKvarnen 3 933,6 61,0·\n\nvarav lokaler 33,0 61,0·\n\n"
        f"Linden 400,0 50,0·\n\nSumma {total} 162,5·\n\n",
    )
    assert found[label] == ((first, "61,0"), [])


def test_a_total_whose_own_label_may_end_in_a_number_tells_too() -> None:
    found = rows(
        "Enhet, tkr Budget 2022 Prognos Avvikelse·\n\n",
        "302 Ängens förskolor 44 560,0 -560,0 -70,0·\n\nLinden 15 430,0 -2 100,0 -5,0·\n\n",
        "Viken 35 740,0 -3 760,0 150,0·\n\nSumma resultatenheter 95 730,0 -6 420,0 75,0·\n\n",
    )
    assert found["302 Ängens förskolor"] == (("44 560,0", "-560,0", "-70,0"), [])


def test_labels_that_surely_end_in_numbers_tell_of_others() -> None:
    found = rows(
        "Enhet, tkr Budget 2022 Hyra·\n\n",
        "Kvarnen 1 45,0 33,5·\n\nKvarnen 2 98,1 50,5·\n\nKvarnen 3 236,1 50,5·\n\n",
    )
    assert list(found) == ["Kvarnen 1", "Kvarnen 2", "Kvarnen 3"]
    assert found["Kvarnen 3"] == (("236,1", "50,5"), [])


def test_where_nothing_tells_both_readings_are_kept() -> None:
    found = rows(
        "Enhet, tkr Budget 2022 Hyra·\n\n",
        "Ängen 1 540,0 51,5·\n\nKvarnen 3 933,6 61,0·\n\nLinden 900,0 60,0·\n\n",
    )
    assert found["Kvarnen"] == (("3 933,6", "61,0"), [("Kvarnen 3", "933,6", "61,0")])


@pytest.mark.parametrize("label", ["Personalkostnader", "Summa", "Övrig verksamhet"])
def test_a_label_that_is_never_counted_leaves_no_doubt(label: str) -> None:
    found = rows(
        "Mnkr Budget 2022 Hyra·\n\n",
        f"Ängen 940,0 51,5·\n\n{label} 3 933,6 61,0·\n\n",
    )
    assert found[label] == (("3 933,6", "61,0"), [])


def test_a_number_before_a_blank_cell_of_a_padded_row_ends_the_label() -> None:
    found = rows(
        HEADER,
        "Ängen 940,5··51,5··12,1··\n\nEnhet 14···9,5··0,3··\n\nSjuklön dag 1-14···7,5··0,2··\n\n"
        "Linden 910,5··41,5··11,1··\n\n".replace("14···", "14··"),
    )
    assert found["Enhet 14"][0] == (None, "9,5", "0,3")
    assert found["Sjuklön dag 1-14"] == ((None, "7,5", "0,2"), [])


def test_one_row_may_be_of_many_times_as_much_as_the_others() -> None:
    found = rows(
        HEADER,
        "Ängen 54,0 51,5 2,1·\n\nKvarnen 6 799,0 6 276,0 300,4·\n\nLinden 74,0 70,5 3,9·\n\n",
    )
    assert found["Kvarnen"] == (("6 799,0", "6 276,0", "300,4"), [])


@pytest.mark.parametrize(
    "figures", [("819 935", "707 732", "813 867"), ("8,1 9,5", "7,7 7,2", "8,3 8,6")]
)
def test_labels_that_count_on_end_in_their_numbers(figures: tuple[str, ...]) -> None:
    lines = [f"Kvarnen {n} {row}·\n\n" for n, row in enumerate(figures, 1)]
    found = rows("Enhet Budget 2022 Prognos 2022·\n\n", *lines)
    assert list(found) == ["Kvarnen 1", "Kvarnen 2", "Kvarnen 3"]
    assert not any(others for _, others in found.values())


def test_one_column_may_be_padded() -> None:
    found = rows("Projekt Belopp·\n\n", "Parken 122,69··\n\nIT 142,43··\n\nGatan 137,93··\n\n")
    assert [cells for cells, _ in found.values()] == [("122,69",), ("142,43",), ("137,93",)]


def test_a_header_below_one_column_of_shares_is_no_row() -> None:
    found = report(
        "Ekonomi·\n\nEnhet Avvikelse i %·\n\nSolen 10%·\n\nLinden 92%·\n\n",
        "Äldreomsorg Avvikelse Avvikelse %·\n\nÄngen 1,5 75 %·\n\nEken 2,5 65 %·\n\n",
    )
    cells = [cell for table in found.economy for row in table.rows for cell in row.cells]
    assert "Avvikelse Avvikelse %" not in cells


@pytest.mark.parametrize(
    ("label", "does"),
    [
        *[("Kollo -", True), ("Kollo 12,5", True), ("Kollo 1 200", True), ("Kollo -4", True)],
        *[("Peng - tillägg", False), ("Kollo 4", False), ("Peng 80 %", False)],
    ],
)
def test_what_ends_a_label_is_a_cell(label: str, *, does: bool) -> None:
    assert ends_in_cell(label) is does
