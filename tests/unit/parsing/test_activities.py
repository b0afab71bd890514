"""Activity tables in layout A (report-layouts.md A10)."""

from __future__ import annotations

import pytest

from snippets import ACTIVITIES, GOAL, activity_rows, report

ROW = "··Bjuda in till samråd om parken.·\n\n2022-01-01 2022-06-30··\n\n"
READ = ("Bjuda in till samråd om parken.", "2022-01-01", "2022-06-30", None)


def activities(*parts: str) -> list[tuple[str | None, ...]]:
    found = report(ACTIVITIES, *parts)
    assert found.unaccounted == ()
    return activity_rows(found)


def test_a10_text_over_several_lines_then_the_dates() -> None:
    row = """
        ··Nämnden ska tillsammans med föreningarna kartlägga vilka·
        lokaler som står tomma på kvällarna·

        2022-01-01 2022-06-30··

        """
    assert activities(row, ROW) == [
        (
            "Nämnden ska tillsammans med föreningarna kartlägga vilka lokaler som står tomma på "
            "kvällarna",
            *("2022-01-01", "2022-06-30", None),
        ),
        READ,
    ]


def test_a10_short_text_and_dates_on_one_line() -> None:
    assert activities("··Öva krisledning 2022-01-01 2022-12-31··\n\n", ROW) == [
        ("Öva krisledning", "2022-01-01", "2022-12-31", None),
        READ,
    ]


def test_a10_deviation_as_printed() -> None:
    assert activities("··Öva krisledning 2022-01-01 2022-12-31 Avvikelse·\n\n") == [
        ("Öva krisledning", "2022-01-01", "2022-12-31", "Avvikelse")
    ]


def test_a10_table_without_the_deviation_column() -> None:
    found = report(
        "··Aktivitet Startdatum Slutdatum·\n\n", "·Öva krisledning 2022-01-01 2022-12-31·\n\n"
    )
    assert activity_rows(found) == [("Öva krisledning", "2022-01-01", "2022-12-31", None)]


def test_a10_row_split_by_a_page_break() -> None:
    cut = """
        ··Nämnden ska i samarbete med trafiknämnden och i samråd med·
        de bolag som äger fastigheter i·

        2022-01-01 2022-12-31··
        """.rstrip(" ")
    rest = "stadsdelen kartlägga risken för skyfall·\n\n"
    again = ACTIVITIES.replace("\n··", "····")
    assert activities(cut, again, rest, ROW) == [
        (
            "Nämnden ska i samarbete med trafiknämnden och i samråd med de bolag som äger "
            "fastigheter i stadsdelen kartlägga risken för skyfall",
            *("2022-01-01", "2022-12-31", None),
        ),
        READ,
    ]


def test_a10_activity_that_ends_in_a_year() -> None:
    assert activities("··Ta fram en plan för 2023 2022-01-01 2022-12-31··\n\n") == [
        ("Ta fram en plan för 2023", "2022-01-01", "2022-12-31", None)
    ]


def test_a10_blank_lines_of_a_page_after_an_activity_that_ends_in_a_year() -> None:
    printed = "··Ta fram en plan och följa upp den under 2022 2022-01-01 2022-12-31·\n\n"
    two_columns = ACTIVITIES.replace(" Avvikelse", "")
    found = report(two_columns, printed, "·\n·\n\n", two_columns.replace("\n··", "···"), printed)
    assert (
        activity_rows(found)
        == [("Ta fram en plan och följa upp den under 2022", "2022-01-01", "2022-12-31", None)] * 2
    )


def test_a10_analysis_belongs_to_its_activity() -> None:
    found = report(ACTIVITIES, ROW, "Analys·\nSamrådet hålls i höst i stället.·\n\n", ROW)
    assert activity_rows(found) == [READ, READ]
    assert [row.analysis for row in found.activities] == ["Samrådet hålls i höst i stället.", None]


def test_a10_goal_heading_ends_the_table() -> None:
    found = report(ACTIVITIES, ROW, "Nämndmål: 1.1.2 Alla bor tryggt·\n\n", ACTIVITIES, ROW)
    assert [(row.table, row.goal) for row in found.activities] == [
        (1, "1.1.1 Alla får stöd i tid"),
        (2, "1.1.2 Alla bor tryggt"),
    ]


def test_a10_columns_of_dates_make_no_activity_table() -> None:
    balance = """
        Balansräkning·

        Tillgångar (mnkr) 2021-12-31 2022-08-31·

        Kundfordringar 22,8 37,5·

        Kassa och bank 0,3 0,4·

        Summa tillgångar 23,1 37,9·

        """
    found = report(balance)
    assert found.activities == ()
    assert [table.columns for table in found.economy] == [("2021-12-31", "2022-08-31")]


def test_prose_that_begins_with_the_word_is_no_table() -> None:
    found = report(GOAL, "Aktiviteten startade 2022-01-01 och slutade 2022-06-30.·\n\n")
    assert found.activities == ()


@pytest.mark.parametrize("deviation", [None, "Avvikelse"])
def test_text_that_ends_in_a_date(deviation: str | None) -> None:
    row = f"··Öva senast 2022-05-30 2022-01-01 2022-12-31 {deviation or ''}·\n\n"
    assert activities(ROW, row, "··\n·\n\n", ROW.lstrip("·")) == [
        READ,
        ("Öva senast 2022-05-30", "2022-01-01", "2022-12-31", deviation),
        READ,
    ]


def test_sentences_below_a_row_are_no_deviation() -> None:
    found = report(ACTIVITIES, ROW, "Tertial 2 2022 blev utfallet 12,5 %. Det var bra.·\n\n")
    assert activity_rows(found) == [READ]


def test_text_of_two_sentences() -> None:
    row = "··Kartlägga alla lokaler. Detta för att kunna·\nanvända dem·\n\n"
    assert activities(ROW, row, "2022-01-01 2022-12-31··\n\n") == [
        READ,
        (
            "Kartlägga alla lokaler. Detta för att kunna använda dem",
            *("2022-01-01", "2022-12-31", None),
        ),
    ]
