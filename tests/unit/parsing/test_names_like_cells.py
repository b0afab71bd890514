"""A name may begin as a cell does; it is a row of its own where it reads as one (A4, A5)."""

from __future__ import annotations

from pathlib import Path

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
