"""Indicator tables in text taken out of a PDF (report-layouts.md A1-A8)."""

from __future__ import annotations

import pytest

from snippets import (
    ACTIVITIES,
    FOLLOW_UP,
    GOAL,
    PLAN,
    T2,
    VP,
    indicator_rows,
    parse,
    plan_rows,
    report,
)

SHARE = (
    "Andel vuxna med långvarigt ekonomiskt bistånd jämfört med samtliga vuxna invånare",
    *("1,44 %", "1,38 %", "1,51 %", "1,49 %", "1,44 %", "1,5 %", "1,0 %", "Tertial 2 2022"),
)
SHARE_PRINTED = """
··
·

Andel vuxna·
med långvarigt·
ekonomiskt·
bistånd jämfört·
med samtliga·
vuxna invånare·

1,44 % 1,38 % 1,51 % 1,49 % 1,44 % 1,5 % 1,0 % Tertial·
2 2022·

"""


def plan(*parts: str) -> list[tuple[str | None, ...]]:
    found = report(PLAN, *parts, title=VP)
    assert found.unaccounted == ()
    return plan_rows(found)


def follow_up(*parts: str) -> list[tuple[str | None, ...]]:
    found = report(FOLLOW_UP, *parts)
    assert found.unaccounted == ()
    return indicator_rows(found)


# A1: joining lines


def test_a1_line_without_trailing_space_breaks_a_word() -> None:
    rows = follow_up(
        """
        ··Andel som·
        upplever stöd av·
        insatsen/insats
        erna från·
        kommunen·

        80 % 79 % 81 % 78 % 80 % 82 % 82 % 2022·

        """
    )
    assert [row[0] for row in rows] == [
        "Andel som upplever stöd av insatsen/insatserna från kommunen"
    ]


def test_a1_line_with_trailing_space_begins_a_new_word() -> None:
    rows = plan(
        """
        ·
        ·

        Andel barn som är nöjda med·
        maten·

        80 % 85 % År·

        """
    )
    assert rows == [("Andel barn som är nöjda med maten", "80 %", "85 %", "År")]


def test_a1_file_that_has_lost_its_trailing_spaces_still_parts_words() -> None:
    text = T2.strip("·\n") + "\n\nNämndmål: 1.1.1 Alla får stöd i tid\n\n"
    found = parse(
        f"{text}  Indikator Periodens\nutfall Prognos\nhelår Årsmål Period\n\n"
        "  Andel personer\nsom är nöjda\n\n70 % 72 % 75 % 2022\n\n"
    )
    assert [(r.indicator, r.outcome, r.forecast, r.target) for r in found.indicators] == [
        ("Andel personer som är nöjda", "70 %", "72 %", "75 %")
    ]


# A2: blank cells


def test_a2_blank_cells_stand_between_single_spaces() -> None:
    rows = follow_up(
        """
        ··Andel barn som·
        lever i familjer·
        som har·
        ekonomiskt·
        bistånd·

        2,7 %···2,7 % 2,7 % 3 % 2,7 % Tertial·
        2 2022·

        """
    )
    assert rows == [
        (
            "Andel barn som lever i familjer som har ekonomiskt bistånd",
            *("2,7 %", None, None, "2,7 %", "2,7 %", "3 %", "2,7 %", "Tertial 2 2022"),
        )
    ]


def test_a2_blank_before_the_period() -> None:
    rows = follow_up(
        "··Antal·\nplatser för·\nferiejobb·\n\n969···979 969 850 st··Tertial·\n2 2022·\n\n"
    )
    assert rows == [
        (
            "Antal platser för feriejobb",
            *("969", None, None, "979", "969", "850 st", None, "Tertial 2 2022"),
        )
    ]


def test_a2_double_space_before_a_unit_is_no_blank_cell() -> None:
    assert plan("·Inskrivningsgrad i förskola 95,5··% 96 % År·\n\n") == [
        ("Inskrivningsgrad i förskola", "95,5 %", "96 %", "År")
    ]


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        ("3 % 2,7 % Tertial·", ("3 %", "2,7 %", "Tertial")),
        ("3 %··Tertial·", ("3 %", None, "Tertial")),
        ("·2,7 % Tertial·", (None, "2,7 %", "Tertial")),
        ("··Tertial·", (None, None, "Tertial")),
    ],
)
def test_a2_any_cell_may_be_blank(printed: str, cells: tuple[str | None, ...]) -> None:
    name = "·\n·\n\nAndel personer som får hjälp i·\ntid·\n\n"
    assert plan(name, printed, "\n\n") == [("Andel personer som får hjälp i tid", *cells)]


# A3: wrapped cells


def test_a3_wrapped_cell_splits_the_values_into_blocks() -> None:
    rows = follow_up(
        """
        ··Antal·
        platser för·
        praktik·

        64···107 75 75 Tas·
        fram av·
        nämnd·

        Tertial·
        2 2022·

        """
    )
    assert rows == [
        (
            "Antal platser för praktik",
            *("64", None, None, "107", "75", "75", "Tas fram av nämnd", "Tertial 2 2022"),
        )
    ]


def test_a3_leading_spaces_of_a_later_block_are_blank_cells() -> None:
    rows = plan(
        """
        ·
        ·

        Andel barn och unga som är nöjda med utbudet av·
        fritidsaktiviteter·

        ·Fastställs·
        2024·

        År·

        """
    )
    assert rows == [
        (
            "Andel barn och unga som är nöjda med utbudet av fritidsaktiviteter",
            *(None, "Fastställs 2024", "År"),
        )
    ]


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ("nämnd/styrel\nse·", "Tas fram av nämnd/styrelse"),
        ("nämnd/·\nstyrelse·", "Tas fram av nämnd/ styrelse"),
    ],
)
def test_a3_cell_broken_after_and_within_a_word(printed: str, cell: str) -> None:
    rows = follow_up(
        "··Antal unga·\nmed jobb·\n\n", "70···71 72 75 Tas·\nfram av·\n", printed, "\n\n2022·\n\n"
    )
    assert [row[-2:] for row in rows] == [(cell, "2022")]


def test_a3_number_and_unit_on_two_lines() -> None:
    rows = follow_up(
        "··Andel nöjda·\nmed lokalerna·\n\n47,66·\n%·\n\n··45 % 47 % 50 % 55 % 2022·\n\n"
    )
    assert [row[1] for row in rows] == ["47,66 %"]
    assert [row[4:] for row in rows] == [("45 %", "47 %", "50 %", "55 %", "2022")]


# A4: row start


@pytest.mark.parametrize("start", ["··", "··\n·\n\n", "·\n·\n\n"])
def test_a4_row_starts_by_indent_or_by_the_spaces_of_a_lost_symbol(start: str) -> None:
    rows = follow_up(
        start,
        "Andel personer·\nsom får hjälp·\n\n80 % 79 % 81 % 78 % 80 % 82 % 82 % 2022·\n\n",
        SHARE_PRINTED,
    )
    assert rows == [
        (
            "Andel personer som får hjälp",
            *("80 %", "79 %", "81 %", "78 %", "80 %", "82 %", "82 %", "2022"),
        ),
        SHARE,
    ]


# A5: name and values on one line


def test_a5_short_name_and_values_on_one_line() -> None:
    assert plan("·Antal barn per grupp 15 16 Tertial·\n\n") == [
        ("Antal barn per grupp", "15", "16", "Tertial")
    ]


def test_a5_name_ends_in_digits() -> None:
    assert plan("·Sjukfrånvaro dag 1-14 2,7 % 2,5 % Tertial·\n\n") == [
        ("Sjukfrånvaro dag 1-14", "2,7 %", "2,5 %", "Tertial")
    ]


def test_a5_name_ends_in_a_report_code_before_a_tolerance() -> None:
    assert plan("·Nämndens prognossäkerhet T2 +/-1 % +/- 1 % År·\n\n") == [
        ("Nämndens prognossäkerhet T2", "+/-1 %", "+/- 1 %", "År")
    ]


def test_a5_name_and_thousands_before_a_tolerance() -> None:
    found = report("··Indikator Årsmål KF:s årsmål·\n\n", "·Uttag ur fonder 11 407 +/- 1 %·\n\n")
    assert [(row.indicator, row.target, row.kf_target) for row in found.indicators] == [
        ("Uttag ur fonder", "11 407", "+/- 1 %")
    ]


def test_a5_thousands_are_one_cell() -> None:
    assert plan("·Antal unga som fått feriejobb 950 st 9 000 st År·\n\n") == [
        ("Antal unga som fått feriejobb", "950 st", "9 000 st", "År")
    ]


# A6: page breaks


def test_a6_break_inside_a_name_and_a_cell() -> None:
    rows = follow_up(
        """
        ··Antal·
        tillhandahållna·

        51···72 70 70 st Tas·
        fram av·

        Tertial·
        2 2022·
        """.rstrip(" "),
        FOLLOW_UP.replace("\n··Indikator", "···Indikator"),
        """
        platser för·
        Stockholmsjobb·

        nämnd/
        styrelse·

        """,
        SHARE_PRINTED,
    )
    assert rows == [
        (
            "Antal tillhandahållna platser för Stockholmsjobb",
            *("51", None, None, "72", "70", "70 st", "Tas fram av nämnd/styrelse"),
            "Tertial 2 2022",
        ),
        SHARE,
    ]


def test_a6_break_leaves_a_target_without_its_year() -> None:
    header = "··Indikator Utfall Årsmål·\n\n"
    rows = plan(
        header,
        "·Antal vräkningar 661 st Fastställs·\n",
        header.replace("··Ind", "···Ind"),
        "·2024·\n\n·Antal barn per lärare 12 13·\n\n",
    )
    assert rows == [
        ("Antal vräkningar", "Fastställs 2024", None, None),
        ("Antal barn per lärare", "13", None, None),
    ]


def test_a6_break_leaves_a_bound_without_its_unit() -> None:
    rows = plan(
        "·Antal personal som en kund möter 10,7 Max 10 År·\n",
        PLAN.replace("\n··", "···"),
        "under en period om 14 dygn personer·\n\n·Antal barn per lärare 12 13 År·\n\n",
    )
    assert rows == [
        (
            "Antal personal som en kund möter under en period om 14 dygn",
            "10,7",
            "Max 10 personer",
            "År",
        ),
        ("Antal barn per lärare", "12", "13", "År"),
    ]


def test_a6_break_before_a_names_last_word_that_is_a_unit_too() -> None:
    rows = plan(
        "·Antal timmar ute per 10,7 12 År·\n",
        PLAN.replace("\n··", "···"),
        "barn·\n\n·Antal barn per lärare 12 13 År·\n\n",
    )
    assert rows == [
        ("Antal timmar ute per barn", "10,7", "12", "År"),
        ("Antal barn per lärare", "12", "13", "År"),
    ]


def test_a6_break_before_such_a_word_beside_a_row_of_some_doubt() -> None:
    rows = plan("·Antal timmar ute per 18 2 011 År·\n", PLAN.replace("\n··", "···"), "barn·\n\n")
    assert rows == [("Antal timmar ute per barn", "18", "2 011", "År")]


def test_a6_break_inside_a_name_beside_a_bound_without_a_unit() -> None:
    rows = plan(
        "·Antal personal som en kund möter 10,7 Max 10 År·\n",
        PLAN.replace("\n··", "···"),
        "under en period·\n\n",
    )
    assert rows == [("Antal personal som en kund möter under en period", "10,7", "Max 10", "År")]


def test_a6_header_between_a_label_and_its_analysis() -> None:
    found = report(
        PLAN,
        "·Antal barn per grupp 15 16 Tertial·\n\nKommentar·\n",
        PLAN.replace("\n··", "···"),
        "Målet bestäms under hösten.·\n\n·Antal barn per lärare 12 13 År·\n\n",
        title=VP,
    )
    assert plan_rows(found) == [
        ("Antal barn per grupp", "15", "16", "Tertial"),
        ("Antal barn per lärare", "12", "13", "År"),
    ]
    assert [row.analysis for row in found.indicators] == ["Målet bestäms under hösten.", None]
    assert {row.table for row in found.indicators} == {1}


def test_a6_header_between_a_row_and_its_analysis() -> None:
    found = report(
        PLAN,
        "·Antal barn per grupp 15 16 Tertial·\n",
        PLAN.replace("\n··", "···"),
        "Kommentar·\nMålet bestäms under hösten.·\n\n·Antal barn per lärare 12 13 År·\n\n",
        title=VP,
    )
    assert [row.analysis for row in found.indicators] == ["Målet bestäms under hösten.", None]


def test_a6_header_inside_an_analysis() -> None:
    found = report(
        PLAN,
        "·Antal barn per grupp 15 16 Tertial·\n\nKommentar·\nMålet bestäms först·\n",
        PLAN.replace("\n··", "···"),
        "under hösten.·\n\n·Antal barn per lärare 12 13 År·\n\n",
        title=VP,
    )
    assert [row.analysis for row in found.indicators] == ["Målet bestäms först under hösten.", None]


def test_a6_table_of_the_other_kind_ends_a_table() -> None:
    row = "·Antal barn per grupp 15 16 Tertial·\n\n"
    activity = "··Bjuda in till samråd om parken·\n\n2022-01-01 2022-06-30··\n\n"
    found = report(PLAN, row, PLAN, row, ACTIVITIES, activity, PLAN, row, title=VP)
    assert [r.table for r in found.indicators] == [1, 1, 2]
    assert len(found.activities) == 1


def test_a6_goal_heading_ends_a_table() -> None:
    row = "·Antal barn per grupp 15 16 Tertial·\n\n"
    found = report(PLAN, row, GOAL.replace("1.1.1", "1.1.2"), PLAN, row, title=VP)
    assert [(r.table, (r.goal or "")[:5]) for r in found.indicators] == [(1, "1.1.1"), (2, "1.1.2")]


# A7: page furniture

FURNITURE = "Tjänsteutlåtande·\nSid 17 (96)·\n\n\n·start.stockholm·\n0850804245·\n\n"


def test_a7_furniture_between_rows_is_no_part_of_them() -> None:
    assert follow_up(SHARE_PRINTED, FURNITURE, SHARE_PRINTED) == [SHARE, SHARE]


def test_a7_furniture_inside_an_analysis_is_no_part_of_it() -> None:
    cut = ("Analys·\nFler har fått·\n", FURNITURE, FOLLOW_UP, "arbete i år.·\n\n")
    found = report(FOLLOW_UP, SHARE_PRINTED, *cut, SHARE_PRINTED)
    assert indicator_rows(found) == [SHARE, SHARE]
    assert [row.analysis for row in found.indicators] == ["Fler har fått arbete i år.", None]


def test_a7_furniture_inside_an_analysis_where_no_header_is_repeated() -> None:
    cut = ("Analys·\nFler har fått·\n", FURNITURE, "arbete i år.·\n\n")
    found = report(FOLLOW_UP, SHARE_PRINTED, *cut, SHARE_PRINTED)
    assert [row.analysis for row in found.indicators] == ["Fler har fått arbete i år.", None]


# A8: analyses


def test_a8_analysis_belongs_to_the_row_before_it() -> None:
    found = report(
        FOLLOW_UP, SHARE_PRINTED, "Analys·\nFler har fått arbete·\ni år.·\n", SHARE_PRINTED
    )
    assert indicator_rows(found) == [SHARE, SHARE]
    assert [row.analysis for row in found.indicators] == ["Fler har fått arbete i år.", None]


def test_a8_analysis_may_begin_as_a_header_and_hold_figures_and_dates() -> None:
    found = report(
        FOLLOW_UP,
        SHARE_PRINTED,
        "Analys·\nIndikatorn mättes 2022-08-23 och var 47,5 %, mot 9 000 st i staden och·\n"
        "2,7 % året innan.·\n\n",
        SHARE_PRINTED,
    )
    assert indicator_rows(found) == [SHARE, SHARE]
    assert found.indicators[0].analysis == (
        "Indikatorn mättes 2022-08-23 och var 47,5 %, mot 9 000 st i staden och 2,7 % året innan."
    )


def test_a8_section_heading_analys_after_prose_belongs_to_no_row() -> None:
    found = report(
        FOLLOW_UP,
        SHARE_PRINTED,
        "Nämndmål: 1.1.2 Fler är etablerade·\n\n Uppfylls helt·\n\n",
        "Analys·\nNämnden bedömer att arbetet går som det ska.·\n\n",
    )
    assert [row.analysis for row in found.indicators] == [None]
    assert [(goal.code, goal.status) for goal in found.goals] == [
        ("1.1.1", None),
        ("1.1.2", "Uppfylls helt"),
    ]


def test_place_is_the_line_of_the_name() -> None:
    found = parse(VP + GOAL + PLAN.lstrip("\n") + "·Antal barn per grupp 15 16 Tertial·\n")
    assert [row.place.line for row in found.indicators] == [8]
    assert found.indicators[0].printed.strip() == "Antal barn per grupp 15 16 Tertial"


@pytest.mark.parametrize("bound", ["Minst", "Högst", "Lägst", "Maximalt", "Max"])
def test_a3_a_row_whose_values_begin_with_a_bound_follows_a_wrapped_cell(bound: str) -> None:
    rows = plan(
        """
        ·Sjukfrånvaro 8,7 % Tas fram av·
        nämnd·

        År·

        ·Andel brukare som inte upplever·
        diskriminering·

        """,
        f"{bound} 83 % 82 % År·\n\n",
    )
    assert rows == [
        ("Sjukfrånvaro", "8,7 %", "Tas fram av nämnd", "År"),
        ("Andel brukare som inte upplever diskriminering", f"{bound} 83 %", "82 %", "År"),
    ]


def test_a6_break_inside_many_cells_of_a_row_after_an_analysis() -> None:
    rows = follow_up(
        """
        ·Antal platser 15 7 8 16 16 17 18 2022·

        Analys·
        Platserna är fler än förra året.·

        ·Utsläpp per·
        portion·

        1,4 kg·
        CO2 per kg·

        ··1,2 kg·
        CO2 per·

        1,3 kg CO2·
        per kg·

        1,1 kg·
        CO2 per·

        Tas fram·
        av nämnd·

        2022·
        """,
        FOLLOW_UP,
        """
        från köken livsmedel kg·
        livsmedel·

        livsmedel·

        kg·
        livsmedel·

        ·Antal barn 15 7 8 16 16 17 18 2022·

        """,
    )
    assert rows == [
        ("Antal platser", "15", "7", "8", "16", "16", "17", "18", "2022"),
        (
            "Utsläpp per portion från köken",
            "1,4 kg CO2 per kg livsmedel",
            *(None, None),
            "1,2 kg CO2 per kg livsmedel",
            "1,3 kg CO2 per kg livsmedel",
            "1,1 kg CO2 per kg livsmedel",
            "Tas fram av nämnd",
            "2022",
        ),
        ("Antal barn", "15", "7", "8", "16", "16", "17", "18", "2022"),
    ]


def test_a5_a_phrase_beside_the_name_begins_a_cell() -> None:
    found = report(PLAN, "·Andel nöjda i enkäten 2030 Fastställs 2025  2024·\n\n", title=VP)
    assert plan_rows(found) == [("Andel nöjda i enkäten 2030", "Fastställs 2025", None, "2024")]
    assert found.indicators[0].ambiguous == ()


def test_a5_a_phrase_that_wraps_beside_the_name_begins_a_cell() -> None:
    rows = plan(
        """
        ·Beviljade bidrag Fastställs·
        2024·

        9 372,28·
        tkr·

        Tertial·

        """
    )
    assert rows == [("Beviljade bidrag", "Fastställs 2024", "9 372,28 tkr", "Tertial")]


def test_a4_a_line_of_blank_cells_ends_a_row_of_the_open_table() -> None:
    found = report(
        "··Indikator KF:s årsmål Årsmål Periodens utfall Prognos helår Utfall män/pojkar·\n\n",
        """
        ·Antal barn per grupp 15 16 14 15 7·

        ·Antal ombud 7 Fastställs·
        2022·

        ···

        ·Antal platser 15 16 14 15 7·

        """,
    )
    assert found.unaccounted == ()
    assert [(row.indicator, row.kf_target, row.target) for row in found.indicators] == [
        ("Antal barn per grupp", "15", "16"),
        ("Antal ombud", "7", "Fastställs 2022"),
        ("Antal platser", "15", "16"),
    ]


def test_a5_a_direction_beside_the_name_begins_a_cell() -> None:
    found = report(
        "··Indikator Årsmål KF:s årsmål·\n\n",
        "·Antal platser 72 76·\n\n·Självvärdering steg 3 öka 17 %·\n\n·\n",
        ACTIVITIES,
        title=VP,
    )
    assert [(row.indicator, row.target, row.kf_target) for row in found.indicators] == [
        ("Antal platser", "72", "76"),
        ("Självvärdering steg 3", "öka", "17 %"),
    ]


# What tells rows, analyses and cells apart


def test_a4_indent_tells_a_row_where_the_first_rows_have_icons() -> None:
    rows = plan(
        "··\n·\n\nAndel nöjda·\nbarn·\n\n80 % 85 % År·\n\n··Andel glada 70 % Tas fram av År·\n",
        PLAN.replace("\n··", "···"),
        "i hela staden·\n\nnämnd·\n\n",
    )
    assert rows == [
        ("Andel nöjda barn", "80 %", "85 %", "År"),
        ("Andel glada i hela staden", "70 %", "Tas fram av nämnd", "År"),
    ]


@pytest.mark.parametrize("second", ["Indikatorer följs upp.", "Aktiviteten är klar.", "Mer text."])
def test_a8_second_paragraph_is_the_analysis_s(second: str) -> None:
    row = "··Andel nöjda 80 % 85 % År·\n\n"
    analysis = f"Analys·\nIndikatorn visar 12 %.·\n·\n{second}·\n\n"
    found = report(PLAN, row, analysis, row.replace("nöjda", "glada"), title=VP)
    assert found.unaccounted == ()
    assert [row.analysis for row in found.indicators] == [f"Indikatorn visar 12 %. {second}", None]


def test_a8_blank_cell_before_an_analysis() -> None:
    found = report(
        "··Indikator Årsmål Utfall·\n\n··Andel nöjda 940 749·\nkr·\n\n·\n\nAnalys·\nText.·\n\n"
    )
    (row,) = found.indicators
    assert (row.target, row.outcome, row.analysis) == ("940 749 kr", None, "Text.")


def test_a6_rests_of_several_cells_on_one_line() -> None:
    rows = plan(
        "··Andel nöjda 60 023 71 800 Tertial·\n",
        PLAN.replace("\n··", "···"),
        "i hela staden·\n\nmnkr mnkr 2 2024·\n\n··Andel glada 1 2 År·\n\n",
    )
    assert rows == [
        ("Andel nöjda i hela staden", "60 023 mnkr", "71 800 mnkr", "Tertial 2 2024"),
        ("Andel glada", "1", "2", "År"),
    ]


def test_a6_break_inside_a_word_of_a_cell_beside_its_name() -> None:
    header = "··Indikator Periodicitet Årsmål·\n\n"
    rows = plan(
        header, "··Klimatpåverkan Tertial 9,7 kg·\nCO2 per·\nkg·\nlivsmed\n", f"·{header}el·\n\n"
    )
    assert rows == [("Klimatpåverkan", "9,7 kg CO2 per kg livsmedel", None, "Tertial")]


def test_a3_cells_go_on_though_figures_cut_in_two_would_make_a_whole_row() -> None:
    found = report(
        "··Indikator Utfall kvinnor Prognos KF:s årsmål Periodens utfall VB 2021 Utfall·\n",
        "Period Årsmål·\n\n··Kostnad 38 206 mnkr 0 mnkr 67 126 mnkr  50 462·\nmnkr·\n\n",
        "Tertial 2·\n2022·\n\nTas fram·\nav·\nnämnd·\n\n",
    )
    assert indicator_rows(found) == [
        (
            *("Kostnad", "50 462 mnkr", None, "38 206 mnkr", None, "0 mnkr"),
            *("Tas fram av nämnd", "67 126 mnkr", "Tertial 2 2022"),
        )
    ]


def test_a_sentence_below_a_row_that_lacks_its_period_is_not_the_rows() -> None:
    found = report(PLAN, "··Andel nöjda 81 % 85 %·\n\nDet här är löpande text.·\n\n", title=VP)
    assert plan_rows(found) == [("Andel nöjda", "81 %", "85 %", None)]


@pytest.mark.parametrize(
    "word", ["-", "–", "i.u.", "Uppgift saknas", "Ej aktuellt", "redovisas ej"]
)
def test_words_for_no_figure_are_cells(word: str) -> None:
    assert plan(f"··Andel nöjda {word} 85 % År·\n\n", "··Andel glada 1 % 2 % År·\n\n") == [
        ("Andel nöjda", word, "85 %", "År"),
        ("Andel glada", "1 %", "2 %", "År"),
    ]


def test_year_after_a_delegated_target() -> None:
    header = "··Indikator Årsmål KF:s årsmål·\n\n"
    assert plan(header, "··Andel nöjda Tas fram av nämnd 2024··\n\n··Andel glada 1 % 2 %·\n\n") == [
        ("Andel nöjda", "Tas fram av nämnd 2024", None, None),
        ("Andel glada", "1 %", "2 %", None),
    ]


def test_a4_spaces_above_an_indented_name_are_a_blank_cell() -> None:
    header = "·Indikator Årsmål KF:s årsmål·\n\n"
    rows = plan(header, "·Självvärdering steg 3 Minskn\ning·\n\n·\n\n·Andel glada 1 % 2 %·\n\n")
    assert [row[0] for row in rows] == ["Självvärdering steg 3", "Andel glada"]


def test_a5_no_cell_begins_on_a_names_later_lines() -> None:
    rows = plan("··Andel som·\nfått hjälp inom·\n48 timmar·\n\n80 % 55 %·\n\nÅr·\n\n")
    assert rows == [("Andel som fått hjälp inom 48 timmar", "80 %", "55 %", "År")]


def test_a6_rest_of_a_name_may_begin_with_a_bracket() -> None:
    rows = plan(
        "·Andel nöjda 80 % 85 % År·\n",
        PLAN.replace("\n··", "··").replace("\n", "", 0),
        "·(BVB)·\n\n·\n·\n\nAndel glada·\nbarn·\n\n1 % 2 % År·\n\n",
    )
    assert rows == [
        ("Andel nöjda (BVB)", "80 %", "85 %", "År"),
        ("Andel glada barn", "1 %", "2 %", "År"),
    ]


def test_a6_rest_of_a_target_below_the_header_is_no_part_of_it() -> None:
    header = "··Indikator Utfall Årsmål·\n\n"
    rows = plan(
        header,
        "··Antal ärenden 22 st Tas fram·\nav·\n",
        f"·{header}nämnd·\n\n··Andel glada 1 % 2 %·\n\n",
    )
    assert rows == [
        ("Antal ärenden", "Tas fram av nämnd", None, None),
        ("Andel glada", "2 %", None, None),
    ]


def test_a6_a_unit_alone_may_be_the_rest_of_a_name_or_of_a_cell() -> None:
    found = report(
        PLAN,
        "··Antal i grupp 9,0 8,0 Tertial·\n",
        PLAN.replace("\n··", "···"),
        "personer·\n\n··Andel glada 1 % 2 % År·\n\n",
    )
    (other,) = [dict(other.cells) for other in found.indicators[0].ambiguous]
    assert found.indicators[0].indicator == "Antal i grupp personer"
    assert "8,0 personer" in (other["target"], other["kf_target"])


def test_a_period_below_a_target_of_a_year() -> None:
    rows = plan(
        "··Andel nöjda 80 % Tas fram av·\nnämnd 2024·\n\nTertial·\n\n··Andel glada 1 2 År·\n\n"
    )
    assert rows == [
        ("Andel nöjda", "80 %", "Tas fram av nämnd 2024", "Tertial"),
        ("Andel glada", "1", "2", "År"),
    ]


def test_a_dash_between_shares_is_a_cell() -> None:
    rows = plan("··Indikator Utfall Prognos Årsmål·\n\n··Andel unga 60 % - 49,9 %·\n\n")
    assert rows == [("Andel unga", "49,9 %", None, None)]


def test_a_units_title_ends_the_table() -> None:
    found = report(
        "··Indikator Utfall Årsmål·\n\n··Kostnad 829 578·\nmnkr·\n",
        "··Verksamhetsplan 2022, Kista träffpunkt·\n\nEnhetsmål: 1 Alla är trygga·\n\n",
    )
    assert [row.indicator for row in found.indicators] == ["Kostnad"]
    assert found.identity.units == ("Kista träffpunkt",)


@pytest.mark.parametrize(
    "text", ["Det gäller 81 % av alla män.", "Arbetet fortsätter. Mer kommer sedan"]
)
def test_a8_second_paragraph_below_a_repeated_header(text: str) -> None:
    found = report(
        PLAN,
        "··Andel nöjda 80 % 85 % År·\n\nAnalys·\nDet går framåt.·\n",
        PLAN.replace("\n··", "···"),
        f"·\n{text}·\n\n··Andel glada 1 % 2 % År·\n\n",
        title=VP,
    )
    assert found.unaccounted == ()
    assert [row.analysis for row in found.indicators] == [f"Det går framåt. {text}", None]


def test_a_range_that_descends_is_sooner_three_cells() -> None:
    (row,) = report(FOLLOW_UP, "··Antal nya avtal 5 432 - 7 795    8 000 År·\n\n").indicators
    assert (row.outcome, row.outcome_men, row.outcome_women) == ("5 432", "-", "7 795")
    (row,) = report(FOLLOW_UP, "··Andel avtal 40 - 60 % 39 % 61 %    60 % År·\n\n").indicators
    assert (row.outcome, row.outcome_men) == ("40 - 60 %", "39 %")


# Page furniture of other kinds


@pytest.mark.parametrize(
    "head",
    [
        "·Farsta stadsdelsförvaltning·\nSida 3 av 98·\n\n",
        "·Farsta stadsdelsnämnd·\nDnr FAR 2022/41·\n2022-09-15·\nSid 3 (98)·\n\n",
    ],
)
def test_council_date_and_number_beside_a_page_number_are_furniture(head: str) -> None:
    cut = ("Analys·\nFler har fått·\n", head, FOLLOW_UP, "arbete i år.·\n\n")
    found = report(FOLLOW_UP, SHARE_PRINTED, *cut, SHARE_PRINTED)
    assert indicator_rows(found) == [SHARE, SHARE]
    assert [row.analysis for row in found.indicators] == ["Fler har fått arbete i år.", None]


def test_line_beside_most_page_numbers_is_furniture() -> None:
    cuts = [
        part
        for page in (2, 3, 4)
        for part in (
            f"Analys·\n{page} av oss har fått·\n",
            f"·Tillsammans för alla åldrar·\nSid {page} (9)·\n\n",
            FOLLOW_UP,
            "arbete i år.·\n\n",
            SHARE_PRINTED,
        )
    ]
    found = report(FOLLOW_UP, SHARE_PRINTED, *cuts)
    assert indicator_rows(found) == [SHARE] * 4
    assert [row.analysis for row in found.indicators] == [
        *(f"{page} av oss har fått arbete i år." for page in (2, 3, 4)),
        None,
    ]


def test_assessment_beside_page_numbers_is_no_furniture() -> None:
    goals = [
        f"·Sid {page} (9)·\n\nNämndmål: 1.1.{page} Alla bor tryggt·\n\n·Uppfylls helt·\n\n"
        for page in (2, 3, 4)
    ]
    found = report(FOLLOW_UP, SHARE_PRINTED, *goals, goal="")
    assert [goal.status for goal in found.goals] == ["Uppfylls helt"] * 3


def test_lone_numbers_that_count_the_pages_are_furniture() -> None:
    header = "··Indikator Periodens utfall Årsmål KF:s årsmål·\n\n"
    rows = [
        f"··Antal barn per grupp 15 16 ·\n\n\n{page}·\n{header.replace('··', '···', 1)}"
        for page in (7, 8, 9)
    ]
    found = report(header, *rows, "··Antal barn per grupp 15 16 ·\n\n")
    assert {(row.outcome, row.target, row.kf_target) for row in found.indicators} == {
        ("15", "16", None)
    }
    assert len(found.indicators) == 4


# What only looks like a row, or like a row's end


def test_rows_below_an_analysis_that_continues_no_table_are_read() -> None:
    found = report(FOLLOW_UP, "Analys·\nFler har fått arbete.·\n\n", SHARE_PRINTED)
    assert indicator_rows(found) == [SHARE]
    assert [line.text for line in found.unaccounted] == ["Analys", "Fler har fått arbete."]


def test_sentence_at_a_pages_top_is_no_row() -> None:
    prose = "·Årsmål för 2023 har satts till 90 % efter samtal med enheterna.·\n\n"
    found = report(PLAN, "·Antal barn per grupp 15 16 Tertial·\n\n", prose, title=VP)
    assert plan_rows(found) == [("Antal barn per grupp", "15", "16", "Tertial")]


def test_spaces_below_a_row_of_one_line_are_a_symbol() -> None:
    header = "··Indikator Prognos helår KF:s årsmål Årsmål Periodens utfall·\n\n"
    row = "··Sjukfrånvaro inom äldreomsorgen 472 658 kr Öka··546 083 kr·\n\n"
    below = "··\n·\n\nAntal barn·\nper grupp·\n\n15 16 17 18·\n\n"
    found = report(header, row, below)
    assert [(row.indicator, row.forecast, row.kf_target) for row in found.indicators] == [
        ("Sjukfrånvaro inom äldreomsorgen", "472 658 kr", "Öka"),
        ("Antal barn per grupp", "15", "16"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("16,8 kWh/m2", "15,4 kWh/m2"),
        ("33 min", "29,5 min"),
        ("1,4 kg CO2e per portion", "1,2 kg CO2e per portion"),
        ("12 timmar/vecka", "14 timmar/vecka"),
        ("98\u00a0%", "100\u00a0%"),
    ],
)
def test_units_stay_with_their_figures(cells: tuple[str, str]) -> None:
    printed = f"·Insatsens omfattning {cells[0]} {cells[1]} År·\n\n"
    row = plan(printed)[0]
    assert row == ("Insatsens omfattning", *[cell.replace("\u00a0", " ") for cell in cells], "År")


def test_name_that_ends_in_a_comma_goes_on_over_the_page() -> None:
    first = "·Matens·\nklimatpåverkan,·\n\n1,4 1,2 År·\n"
    found = report(PLAN, first, f"·{PLAN.strip()}\n\n", "kg CO2e·\n\n", title=VP)
    assert plan_rows(found) == [("Matens klimatpåverkan, kg CO2e", "1,4", "1,2", "År")]


@pytest.mark.parametrize("prose", ["·Förväntat resultat·\n\n", "·Så arbetar vi med lärande·\n\n"])
def test_heading_at_a_pages_top_is_no_row(prose: str) -> None:
    header = "··Indikator Årsmål·\n\n"
    found = report(
        header, "·Antal barn per grupp 15·\n\n", prose, "Fler barn får plats.·\n\n", title=VP
    )
    assert [(row.indicator, row.target) for row in found.indicators] == [
        ("Antal barn per grupp", "15")
    ]


def test_prose_at_a_pages_top_may_begin_as_a_header() -> None:
    row = "·Andel barn som·\nfår plats i tid·\n\n80 % 82 % År·\n"
    prose = "·Indikatorn följs upp varje år.·\n\n"
    found = report(PLAN, row, prose, title=VP)
    assert plan_rows(found) == [("Andel barn som får plats i tid", "80 %", "82 %", "År")]
    assert found.unaccounted == ()


def test_odd_row_that_ends_in_an_abbreviation_is_a_row() -> None:
    cells = "·Antal barn per plats 12 st 0 barn/\navd.·\n\n4,4 barn/\navd.·\n\n"
    found = report("··Indikator Årsmål KF:s årsmål·\n\n", cells, title=VP)
    assert [(row.indicator, row.target, row.kf_target) for row in found.indicators] == [
        ("Antal barn per plats 12 st", "0 barn/avd.", "4,4 barn/avd.")
    ]
