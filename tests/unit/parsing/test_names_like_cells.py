"""A name may begin as a cell does; it is a row of its own where it reads as one (A4, A5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from stadsdel import parsing
from stadsdel.reading.text import read_text

TITLE = "Verksamhetsplan 2024 för Farsta stadsdelsnämnd \n\n"
GOAL = "Nämndmål: 1.1.1 Alla får stöd i tid \n\n"


def report(table: str) -> parsing.ParsedReport:
    path = Path("report.txt")
    return parsing.parse(read_text(path, (TITLE + GOAL + table).encode()), path)


def test_lower_case_name_after_a_whole_row() -> None:
    rows = report(
        "  Indikator Årsmål KF:s årsmål \når 2024 Periodicitet \n\n"
        " Antal personer i kontakt med \ncentrumet \n\n20  År \n\n"
        " iStöd används i utredningar 60 %  År \n\n"
    ).indicators
    assert [(row.indicator, row.target, row.kf_target, row.period) for row in rows] == [
        ("Antal personer i kontakt med centrumet", "20", None, "År"),
        ("iStöd används i utredningar", "60 %", None, "År"),
    ]


def test_name_that_begins_with_a_direction() -> None:
    rows = report(
        "  Aktivitet Startdatum Slutdatum \n\n"
        " Kuratorn stödjer arbetet. 2024-01-01 2024-12-31 \n\n"
        " Öka samverkan med föreningar. 2024-02-01 2024-11-30 \n\n"
    ).activities
    assert [(row.activity, row.start, row.end) for row in rows] == [
        ("Kuratorn stödjer arbetet.", "2024-01-01", "2024-12-31"),
        ("Öka samverkan med föreningar.", "2024-02-01", "2024-11-30"),
    ]


PLAN = "  Indikator Årsmål KF:s årsmål \når 2024 Periodicitet \n\n"


def plan_rows(table: str) -> list[tuple[str | None, ...]]:
    found = report(table)
    assert found.unaccounted == ()
    return [(row.indicator, row.target, row.kf_target, row.period) for row in found.indicators]


def test_no_name_swallows_the_cells_before_it() -> None:
    assert plan_rows(
        f"{PLAN}  Köpt energi högst 25 % 7 st 8 st År \n\n  iStöd används 60 % 70 % År \n\n"
    ) == [("Köpt energi högst 25 %", "7 st", "8 st", "År"), ("iStöd används", "60 %", "70 %", "År")]


@pytest.mark.parametrize("name", ["Minska svinnet", "Öka andelen trygga", "Max antal barn", "iRad"])
def test_name_like_a_cell_after_a_repeated_header(name: str) -> None:
    table = f"{PLAN}  Andel nöjda 60 % 70 % År \n {PLAN}  \n \n\n{name} \ni hela staden \n\n"
    assert plan_rows(f"{table}80 % 90 % År \n\n") == [
        ("Andel nöjda", "60 %", "70 %", "År"),
        (f"{name} i hela staden", "80 %", "90 %", "År"),
    ]


def test_name_like_a_cell_is_no_reason_to_end_the_table() -> None:
    rows = "".join(
        f" {name} \ni hela staden \n\nMinst \n80 % \n\nTas \nfram av \nnämnd \n\nÅr \n\n"
        for name in ("Andel nöjda", "Minska svinnet", "Öka andelen", "Max antal")
    )
    assert [row[0] for row in plan_rows(PLAN.replace("  Ind", " Ind") + rows)] == [
        f"{name} i hela staden"
        for name in ("Andel nöjda", "Minska svinnet", "Öka andelen", "Max antal")
    ]


def test_lower_case_name_that_a_page_break_cuts() -> None:
    assert plan_rows(
        f"{PLAN} Andel nöjda 60 % 70 % År \n\n e-tjänster Tas fram av Max 10 År \n {PLAN}"
        " för barn nämnd personer \n\n Andel glada 1 % 2 % År \n\n"
    ) == [
        ("Andel nöjda", "60 %", "70 %", "År"),
        ("e-tjänster för barn", "Tas fram av nämnd", "Max 10 personer", "År"),
        ("Andel glada", "1 %", "2 %", "År"),
    ]


@pytest.mark.parametrize("printed", ["Uppgift \nsaknas \n\n85 % År ", "Ökning i.u. År "])
def test_cells_that_begin_with_other_words_than_their_last(printed: str) -> None:
    rows = "".join(f" Andel {name} \nbarn \n\n{printed}\n\n" for name in ("nöjda", "glada"))
    assert [row[0] for row in plan_rows(PLAN.replace("  Ind", " Ind") + rows)] == [
        "Andel nöjda barn",
        "Andel glada barn",
    ]
