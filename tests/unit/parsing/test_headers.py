"""Column headers: any subset and order, through slips of spelling and broken words."""

from __future__ import annotations

import pytest

from snippets import PATH
from stadsdel.parsing import headers
from stadsdel.parsing.scan import scan
from stadsdel.reading.text import read_text


def fields(found: headers.Header | None) -> list[str]:
    assert found is not None
    return [column.field for column in found.columns]


def of_text(text: str) -> headers.Header | None:
    found = scan(read_text(PATH, f"{text} \n\n".encode()).lines).header_at(0)
    return found[0] if found else None


FOLLOW_UP = (
    "Indikator Periodens utfall Utfall män/ pojkar Utfall kvinnor/ flickor \n"
    "Periodens utfall VB 2021 Prognos helår Årsmål KF:s årsmål Period"
)


def test_follow_up_header_in_running_text() -> None:
    found = of_text(FOLLOW_UP)
    assert fields(found) == [
        *("name", "outcome", "outcome_men", "outcome_women", "outcome_prev"),
        *("forecast", "target", "kf_target", "period"),
    ]
    assert found is not None
    assert [column.suffix for column in found.columns if column.suffix] == ["VB 2021"]


def test_plan_header_in_running_text() -> None:
    found = of_text("Indikator Årsmål KF:s årsmål år 2024 Periodicitet")
    assert fields(found) == ["name", "target", "kf_target", "period"]
    assert found is not None
    assert found.columns[2].suffix == "2024"


def test_activity_header_in_running_text() -> None:
    found = of_text("Aktivitet Startdatum Slutdatum Avvikelse")
    assert found is not None
    assert found.kind == "activity"
    assert fields(found) == ["name", "start", "end", "deviation"]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator",
        "Indikatorn visar årsmål",
        "Indikator och årsmål",
        "Indikatorn Årsmål",
        "Aktiviteten Startdatum Slutdatum",
        "Årsmål Period",
        "Indikator Budget 2022 Kostnader",
    ],
)
def test_running_text_that_is_no_header(text: str) -> None:
    assert of_text(text) is None


@pytest.mark.parametrize("slip", ["Arsmål", "Årsmal", "Års mål", "ÅRSMÅL", "Årsmåll"])
def test_slips_in_a_cell(slip: str) -> None:
    assert fields(headers.header_of_cells(("Indikator", slip, "Period"))) == [
        *("name", "target", "period")
    ]


def test_columns_in_any_order_and_unknown_ones() -> None:
    found = headers.header_of_cells(("Indikator", "Period", "Färg", "Årsmål", "Periodens utfall"))
    assert fields(found) == ["name", "period", "other", "target", "outcome"]


def test_column_of_symbols_before_the_name() -> None:
    found = headers.header_of_cells(("", "Aktivitet", "Startdatum", "Slutdatum"))
    assert fields(found) == ["symbol", "name", "start", "end"]
    assert found is not None
    assert [column.field for column in found.values] == ["start", "end"]


def test_latest_of_the_dated_outcomes_is_the_outcome() -> None:
    found = headers.header_of_cells(("Indikator", "Utfall 2019", "Utfall 2020", "Årsmål"))
    assert fields(found) == ["name", "outcome_prev", "outcome", "target"]


def test_targets_of_several_years_are_columns_and_the_first_is_the_target() -> None:
    found = of_text("Indikator Årsmål 2021 Årsmål 2022 KF:s årsmål 2021 Periodicitet")
    assert fields(found) == ["name", "target", "other", "kf_target", "period"]
    assert of_text("Indikator Årsmål Årsmål KF:s årsmål Periodicitet") is None


def test_repeated_column_is_taken_once() -> None:
    found = headers.header_of_cells(("Indikator", "Årsmål", "Årsmål", "Period"))
    assert fields(found) == ["name", "target", "other", "period"]


@pytest.mark.parametrize(
    "cells",
    [
        ("Indikator", "", ""),
        ("Andel nöjda", "72 %", "75 %"),
        ("Verksamhet", "Budget 2020", "Utfall 2020"),
        ("Indikator", "Färg", "Form"),
    ],
)
def test_cells_that_are_no_header(cells: tuple[str, ...]) -> None:
    assert headers.header_of_cells(cells) is None


def test_a_capital_within_a_label_begins_the_next_column() -> None:
    found = of_text("Indikator Periodens utfall Män/pojkar Kvinnor/flickor Årsmål Period")
    assert fields(found) == [
        *("name", "outcome", "outcome_men", "outcome_women", "target", "period")
    ]


def test_capitals_throughout_part_no_column_in_two() -> None:
    found = of_text("Indikator Utfall Män/Pojkar Utfall Kvinnor/Flickor Årsmål Period")
    assert fields(found) == ["name", "outcome_men", "outcome_women", "target", "period"]


def test_header_goes_on_over_lines_that_end_within_labels() -> None:
    found = of_text(
        "Indikator Periodens \nutfall \n\nUtfall \nkvinnor/ \nflickor Periodens \nutfall VB \n"
        "2023 Helårsprogno\ns KF:s årsmål Periodicite\nt"
    )
    assert fields(found) == [
        *("name", "outcome", "outcome_women", "outcome_prev", "forecast", "kf_target", "period")
    ]


@pytest.mark.parametrize("label", ["Utfall helår", "Helårsutfall", "Utfall tertial"])
def test_outcome_by_the_time_it_covers(label: str) -> None:
    assert fields(of_text(f"Indikator {label} Årsmål Period"))[1] == "outcome"


def test_header_on_one_long_line_in_running_text() -> None:
    one_line = (
        FOLLOW_UP.replace(" \n", " ")
        .replace("VB 2021", "VB 2021")
        .replace("KF:s årsmål", "Kommunfullmäktiges årsmål år 2022")
    )
    assert len(one_line) > 150
    assert len(fields(of_text(one_line))) == 9


def test_slip_in_running_text_before_a_column_that_is_spelled_right() -> None:
    found = of_text("Indikator Periodens utfall \nPrognoss \nhelår \n\nÅrsmål KF:s \nårsmål")
    assert fields(found) == ["name", "outcome", "forecast", "target", "kf_target"]


@pytest.mark.parametrize("name", ["Andel kvinnor \nmed stöd", "- kvinnor"])
def test_row_that_begins_with_a_columns_word_is_no_part_of_the_header(name: str) -> None:
    found = of_text(f"Indikator Periodicitet Årsmål KF:s årsmål \n\n{name}")
    assert fields(found) == ["name", "period", "target", "kf_target"]


def test_label_of_an_analysis_is_no_column_beside_a_names_last_word() -> None:
    assert of_text("aktiviteter. \n\nKommentar \nFler deltar i år.") is None
