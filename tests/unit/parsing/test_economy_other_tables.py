"""Tables of figures that are no money, and what tells them from money tables (A11, B7)."""

from __future__ import annotations

import pytest

from snippets import report

RISKS = ("Risk", "Sannolikhet", "Konsekvens", "Riskvärde")
STAFF = ("Yrkesgrupp", "Antal anställda", "Sjukfrånvaro %")
COUNTS = ("Kategori", "Antal 2022", "Antal 2023")
VOLUMES = ("Verksamhet (antal barn)", "VP 2024", "VP 2023")
COUNTED_MONEY = ("Verksamhet, tkr", "Antal", "Andel %")


def _figures(header: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [("Lokaler", *("12", "3,5", "4")[: len(header) - 1]), ("Övrigt", "24", "4,5", "8")]


def _printed(header: tuple[str, ...], layout: str) -> str:
    rows = [row[: len(header)] for row in _figures(header)]
    if layout == "a":
        return "".join([f"{' '.join(row)}·\n\n" for row in (header, *rows)])
    return "".join(["→".join(row) + "\n" for row in (header, *rows)]) + "\n"


@pytest.mark.parametrize("layout", ["a", "b"])
@pytest.mark.parametrize("header", [RISKS, STAFF, COUNTS])
def test_tables_of_something_else_are_listed(header: tuple[str, ...], layout: str) -> None:
    found = report("Uppföljning·\n\n", _printed(header, layout))
    assert found.economy == ()
    assert [line.text.split()[0] for line in found.unaccounted] == ["Lokaler", "Övrigt"]


@pytest.mark.parametrize("layout", ["a", "b"])
@pytest.mark.parametrize("header", [VOLUMES, COUNTED_MONEY])
def test_a_column_or_the_label_column_says_money(header: tuple[str, ...], layout: str) -> None:
    found = report("Uppföljning·\n\n", _printed(header, layout))
    assert [len(table.rows) for table in found.economy] == [2]
    assert found.unaccounted == ()


def test_the_heading_says_money() -> None:
    found = report("Budgetuppföljning·\n\n", _printed(COUNTS, "a"))
    assert [len(table.rows) for table in found.economy] == [2]


def test_b7_blank_cells_more_or_less_at_the_end_of_rows_below_a_page_break() -> None:
    found = report(
        "mnkr→Kostnader→Intäkter\nÄldre→1,0→2,0\n\nVuxna→4,0→7,0→\nUnga→8,0→2,0\nBarn→3,0\n\n"
    )
    assert [[row.label for row in table.rows] for table in found.economy] == [
        ["Äldre", "Vuxna", "Unga", "Barn"]
    ]
    assert found.unaccounted == ()


def test_a11_a_heading_right_above_a_header_is_no_label_column() -> None:
    found = report(
        "Ekonomi·\n\nDriftredovisning·\nResultatenhet Budget Utfall·\n\n",
        "Grupp 7 45,0 33,5·\n\nSolen 4 98,1 50,5·\n\n",
    )
    (table,) = found.economy
    assert (table.label_column, table.columns) == ("Resultatenhet", ("Budget", "Utfall"))
    assert [row.label for row in table.rows] == ["Grupp 7", "Solen 4"]
