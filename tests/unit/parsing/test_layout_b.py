"""Tables whose cells the file keeps apart: tabs and Markdown pipes (report-layouts.md B1-B5)."""

from __future__ import annotations

import pytest

from snippets import (
    ACTIVITIES_TABS,
    FOLLOW_UP_TABS,
    GOAL,
    PATH,
    T2,
    VB,
    activity_rows,
    indicator_rows,
    report,
)
from stadsdel.parsing import parse
from stadsdel.reading.model import Document, Line

SHARE_PRINTED = (
    "··Andel vuxna med långvarigt stöd→1,5 %→1,4 %→1,6 %→1,5 %→1,5 %→1,4 %→1,0 %→VB 2020\n"
)
SHARE = (
    "Andel vuxna med långvarigt stöd",
    *("1,5 %", "1,4 %", "1,6 %", "1,5 %", "1,5 %", "1,4 %", "1,0 %", "VB 2020"),
)
ACTIVITY_PRINTED = "··Öva krisledning→2020-01-01→2020-12-31→\n"
ACTIVITY = ("Öva krisledning", "2020-01-01", "2020-12-31", None)


def indicators(*parts: str) -> list[tuple[str | None, ...]]:
    found = report(*parts, title=VB)
    assert found.unaccounted == ()
    assert found.layout == "text-tabs"
    return indicator_rows(found)


def analyses(*parts: str) -> list[str | None]:
    found = report(FOLLOW_UP_TABS, *parts, title=VB)
    assert found.unaccounted == ()
    assert {row.indicator for row in found.indicators} == {SHARE[0]}
    return [row.analysis for row in found.indicators]


# B1: cells and headers


def test_b1_cells_are_parted_by_tabs_and_may_be_blank() -> None:
    row = "··Antal platser för feriejobb→743→→→952→743→700 st→Tas fram av nämnd→VB 2020\n"
    assert indicators(FOLLOW_UP_TABS, row) == [
        (
            "Antal platser för feriejobb",
            *("743", None, None, "952", "743", "700 st", "Tas fram av nämnd", "VB 2020"),
        )
    ]


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("→Årsmål", "→Arsmål"),
        ("Prognos helår", "Prognoss helår"),
        ("kvinnor/ flickor", "kvinn or/ flickor"),
        ("Indikator", "**Indikator**"),
        ("Periodens utfall→", "<b>Periodens utfall</b>→"),
        ("KF:s årsmål", "KF:s årsmål 2020"),
    ],
)
def test_b1_header_words_with_slips(right: str, slip: str) -> None:
    assert FOLLOW_UP_TABS.count(right) == 1
    assert indicators(FOLLOW_UP_TABS.replace(right, slip), SHARE_PRINTED) == [SHARE]


def test_b1_columns_are_read_from_the_header_not_from_their_place() -> None:
    found = report(
        "Indikator→Period→KF:s årsmål→Årsmål→Periodens utfall\n",
        "··Andel nöjda→2020→80 %→75 %→72 %\n",
        title=VB,
    )
    assert indicator_rows(found) == [
        ("Andel nöjda", "72 %", None, None, None, None, "75 %", "80 %", "2020")
    ]


def test_b1_label_of_the_previous_outcome_is_kept() -> None:
    found = report(FOLLOW_UP_TABS, SHARE_PRINTED, title=VB)
    assert [row.prev_label for row in found.indicators] == ["VB 2019"]


# B2: analyses


@pytest.mark.parametrize(
    "printed",
    [
        "<b>Analys</b> Fler har fått stöd.→→→→→→→→\n",
        "<b>Analys</b>→→→→→→→→\nFler har fått stöd.→→→→→→→→\n",
        "<b>Analys</b>→Fler har fått stöd.→→→→→→→\n",
        "<b>Analys</b> <p>Fler har</p><p>fått stöd.</p>→→→→→→→→\n",
        "**Analys** Fler har fått stöd.→→→→→→→→\n",
        "<b>Kommentar</b> Fler har fått stöd.→→→→→→→→\n",
        "→<b>Analys</b> Fler har fått stöd.→→→→→→→\n",
    ],
)
def test_b2_analysis_in_each_of_its_forms(printed: str) -> None:
    assert analyses(SHARE_PRINTED, printed, SHARE_PRINTED) == ["Fler har fått stöd.", None]


@pytest.mark.parametrize(
    "printed",
    ["<b>Analys</b> Fler har fått stöd.\n", "<b>Analys</b>→→→→→→→→\nFler har fått stöd.\n"],
)
def test_b2_analysis_that_has_lost_its_tabs(printed: str) -> None:
    assert analyses(SHARE_PRINTED, printed, SHARE_PRINTED) == ["Fler har fått stöd.", None]


# B3: page breaks


def test_b3_header_printed_again_goes_on_with_the_table() -> None:
    found = report(FOLLOW_UP_TABS, SHARE_PRINTED, "\n", FOLLOW_UP_TABS, SHARE_PRINTED, title=VB)
    assert [row.table for row in found.indicators] == [1, 1]


def test_b3_cut_name() -> None:
    cut = SHARE_PRINTED.replace(" med långvarigt stöd", " med")
    rest = "långvarigt stöd→→→→→→→→\n"
    assert indicators(FOLLOW_UP_TABS, cut, "\n", FOLLOW_UP_TABS, rest, SHARE_PRINTED) == [
        SHARE,
        SHARE,
    ]


def test_b3_analysis_after_a_cut_name() -> None:
    cut = SHARE_PRINTED.replace(" med långvarigt stöd", " med")
    rest = "långvarigt stöd→→→→→→→→\n<b>Analys</b>→Fler har fått stöd.→→→→→→→\n"
    assert analyses(cut, "\n", FOLLOW_UP_TABS, rest) == ["Fler har fått stöd."]


def test_b3_cut_analysis() -> None:
    table = (SHARE_PRINTED, "<b>Analys</b>→→→→→→→→\nFler har→→→→→→→→\n\n")
    rest = "Fått stöd under året.→→→→→→→→\n"
    assert analyses(*table, FOLLOW_UP_TABS, rest, SHARE_PRINTED) == [
        "Fler har Fått stöd under året.",
        None,
    ]


def test_b3_cut_activity() -> None:
    found = report(
        ACTIVITIES_TABS,
        "··Nämnden ska utveckla stödet till elever med→2020-01-01→2020-12-31→\n\n\n\n",
        ACTIVITIES_TABS,
        "funktionsnedsättning som går ut skolan.→→→\n",
        ACTIVITY_PRINTED,
        title=VB,
    )
    assert activity_rows(found) == [
        (
            "Nämnden ska utveckla stödet till elever med funktionsnedsättning som går ut skolan.",
            *("2020-01-01", "2020-12-31", None),
        ),
        ACTIVITY,
    ]
    assert {row.table for row in found.activities} == {1}


# B4: shifted rows


def test_b4_symbol_in_a_cell_of_its_own_and_blank_gender_cells_as_one() -> None:
    row = "·→Andel inköpta ekologiska livsmedel→47,5→→44,45→→55 %→55 %→2020\n"
    assert indicators(FOLLOW_UP_TABS, row, SHARE_PRINTED) == [
        (
            "Andel inköpta ekologiska livsmedel",
            *("47,5", None, None, "44,45", None, "55 %", "55 %", "2020"),
        ),
        SHARE,
    ]


def test_b4_of_several_blanks_the_one_at_the_sexes_columns_is_two() -> None:
    header = (
        "Indikator→Period→Prognos helår→Periodens utfall VB 2019→KF:s årsmål→Utfall män/ pojkar"
        "→Utfall kvinnor/ flickor→Periodens utfall→Årsmål\n"
    )
    (row,) = report(header, "·→Andel nöjda flickor→2020→→70 %→→→46 %→\n", title=VB).indicators
    assert (row.period, row.forecast, row.outcome_prev) == ("2020", None, "70 %")
    assert (row.kf_target, row.outcome, row.target) == (None, "46 %", None)


# B5: a column for the symbol


def test_b5_first_column_for_the_symbol() -> None:
    found = report(
        f"→{ACTIVITIES_TABS}",
        "✓→Öva krisledning→2020-01-01→2020-12-31→\n",
        "→<b>Analys</b> Övningen hölls i maj.→→→\n",
        "✓→Se över planen→2020-01-01→2020-06-30→Avvikelse\n",
        title=VB,
    )
    assert activity_rows(found) == [
        ACTIVITY,
        ("Se över planen", "2020-01-01", "2020-06-30", "Avvikelse"),
    ]
    assert [row.analysis for row in found.activities] == ["Övningen hölls i maj.", None]


@pytest.mark.parametrize("symbol", ["··", "✓··", "◆ ", "\uf0fc ", "! "])
def test_b5_symbol_before_the_text_is_no_part_of_it(symbol: str) -> None:
    found = report(ACTIVITIES_TABS, f"{symbol}Öva krisledning→2020-01-01→2020-12-31→\n", title=VB)
    assert activity_rows(found) == [ACTIVITY]


# Nothing is lost in silence


def test_figures_of_a_column_that_fills_no_field_are_unaccounted() -> None:
    found = report(
        "Indikator→Årsmål 2020→Årsmål 2021→Sedan 2015→KF:s årsmål 2020→Periodicitet\n",
        "··Andel nöjda→80 %→85 %→→82 %→År\n··Andel glada→70 %→→+4→72 %→År\n",
        title=VB,
    )
    assert [(row.target, row.kf_target) for row in found.indicators] == [
        ("80 %", "82 %"),
        ("70 %", "72 %"),
    ]
    assert [(line.place.line, line.text, line.reason) for line in found.unaccounted] == [
        (6, "85 %", 'in a column that is not known: "Årsmål 2021"'),
        (7, "+4", 'in a column that is not known: "Sedan 2015"'),
    ]


def test_row_with_more_cells_than_columns_is_unaccounted() -> None:
    found = report(
        FOLLOW_UP_TABS, SHARE_PRINTED.replace("\n", "→7 %→8 %\n"), SHARE_PRINTED, title=VB
    )
    assert indicator_rows(found) == [SHARE]
    assert [(line.place.line, line.text[:5]) for line in found.unaccounted] == [(6, "Andel")]


# Markdown


def test_markdown_table_of_indicators() -> None:
    found = report(
        "| Indikator | Periodens utfall | Årsmål | KF:s årsmål | Period |\n",
        "|:---|---:|---:|---:|---|\n",
        "| Andel nöjda | 72 % | 75 % |  | 2020 |\n",
        "| **Analys** Fler är nöjda. |  |  |  |  |\n",
        "| Antal platser | 1 200 st |  | Tas fram av nämnd | VB 2020 |\n",
        title=VB,
    )
    assert [
        (r.indicator, r.outcome, r.target, r.kf_target, r.period, r.analysis)
        for r in found.indicators
    ] == [
        ("Andel nöjda", "72 %", "75 %", None, "2020", "Fler är nöjda."),
        ("Antal platser", "1 200 st", None, "Tas fram av nämnd", "VB 2020", None),
    ]
    assert found.unaccounted == ()


def test_markdown_table_of_activities() -> None:
    found = report(
        "| Aktivitet | Startdatum | Slutdatum | Avvikelse |\n| --- | --- | --- | --- |\n",
        "| Öva krisledning | 2020-01-01 | 2020-12-31 | |\n",
        title=VB,
    )
    assert activity_rows(found) == [ACTIVITY]


def test_markdown_money_table() -> None:
    found = report(
        "## Stadsmiljö\n\n| Verksamhet, mnkr | Budget 2020 | Utfall 2020 |\n|---|---|---|\n",
        "| Parker | 12,5 | 11,0 |\n| Summa | 12,5 | 11,0 |\n",
        title=VB,
    )
    (table,) = found.economy
    assert (table.heading, table.money_unit) == ("Stadsmiljö", "mnkr")
    assert table.columns == ("Budget 2020", "Utfall 2020")
    assert [(row.label, *row.cells) for row in table.rows] == [
        ("Parker", "12,5", "11,0"),
        ("Summa", "12,5", "11,0"),
    ]


def test_c_a_name_that_a_page_break_left_for_overleaf() -> None:
    header = "Indikator\tPeriodens utfall\tÅrsmål\tKF:s årsmål\tPeriod\n"
    found = report(
        f"{header}Antal barn\t1\t2\t3\t2020\n\t62,6 %\t\t\t2020\n"
        f"{header}Andel nöjda\t\t61 %\t\t\nAntal äldre\t4\t5\t6\t2020\n",
    )
    assert [(row.indicator, row.outcome, row.target, row.period) for row in found.indicators] == [
        ("Antal barn", "1", "2", "2020"),
        ("Andel nöjda", "62,6 %", "61 %", "2020"),
        ("Antal äldre", "4", "5", "2020"),
    ]


def test_c_a_whole_cell_that_a_page_break_left_for_overleaf() -> None:
    header = "Indikator\tPeriodens utfall\tÅrsmål\tKF:s årsmål\tPeriod\n"
    found = report(
        f"{header}Antal barn\t1\t2\t\t2020\n{header}\t\t\tTas fram av nämnd\t\n",
    )
    (row,) = found.indicators
    assert (row.indicator, row.kf_target) == ("Antal barn", "Tas fram av nämnd")


def test_c_cells_that_never_get_a_name_are_left_over() -> None:
    header = "Indikator\tPeriodens utfall\tÅrsmål\tKF:s årsmål\tPeriod\n"
    found = report(f"{header}Antal barn\t1\t2\t3\t2020\n\t62,6 %\t\t\t2020\n")
    assert [row.indicator for row in found.indicators] == ["Antal barn"]
    assert [line.reason for line in found.unaccounted] == ["cells of a row without its name"]


def test_b4_blanks_lost_elsewhere_leave_more_than_one_alignment() -> None:
    header = "Indikator→Periodens utfall→Prognos helår→Årsmål→Period\n"
    (row,) = report(header, "✓→Andel nöjda→72 %→VB 2020\n", title=VB).indicators
    assert (row.outcome, row.target, row.period) in {
        ("72 %", None, "VB 2020"),
        (None, "72 %", "VB 2020"),
        (None, None, "VB 2020"),
    }
    assert len(row.ambiguous) == 2


def test_b_trailing_tabs_lost_leave_one_alignment() -> None:
    header = "Indikator→Periodens utfall→Prognos helår→Årsmål\n"
    (row,) = report(header, "Andel nöjda→72 %\n", title=VB).indicators
    assert (row.outcome, row.forecast, row.target, row.ambiguous) == ("72 %", None, None, ())


def test_c_analysis_amid_rows_that_a_pdf_prints_as_running_text() -> None:
    header = ("Indikator", "Utfall", "Årsmål")
    printed: list[str | tuple[str, ...]] = [
        *(
            T2.replace("·", " ").strip(),
            GOAL.replace("·", " ").strip(),
            header,
            ("Andel nöjda", "72 %", "75 %"),
            "",
        ),
        *("Analys ", "Fler är nöjda. ", "", "Det gäller 12 ", "barn. ", ""),
        *(("Andel glada", "70 %", "öka"), "", "Analys ", "Det här är ett avsnitt. "),
    ]
    lines = tuple(
        Line(row, None, None, 1, (50.0, 12.0 * i, 500.0, 12.0 * i + 10))
        if isinstance(row, str)
        else Line("→".join(row), row, None, 1, (50.0, 12.0 * i, 500.0, 12.0 * i + 10))
        for i, row in enumerate(printed)
    )
    found = parse(Document("0" * 64, "pdf", lines, pages=1), PATH)
    assert [(row.indicator, row.outcome, row.analysis) for row in found.indicators] == [
        ("Andel nöjda", "72 %", "Fler är nöjda. Det gäller 12 barn."),
        ("Andel glada", "70 %", None),
    ]


@pytest.mark.parametrize(
    ("rest", "name", "target"),
    [
        (("", "", "nämnd/styrelse", ""), "Andel barn", "Tas fram av nämnd/styrelse"),
        (("i förskola", "", "nämnd", ""), "Andel barn i förskola", "Tas fram av nämnd"),
    ],
)
def test_c_a_row_that_a_page_cuts_goes_on_without_a_repeated_header(
    rest: tuple[str, ...], name: str, target: str
) -> None:
    rows = [
        (1, ("Verksamhetsberättelse 2020 för Farsta stadsdelsnämnd",)),
        (1, ("Indikator", "Periodens utfall", "KF:s årsmål", "Period")),
        (1, ("Andel barn", "2,7 %", "Tas fram av", "2020")),
        (2, rest),
        (2, ("Antal platser", "7", "8", "2020")),
    ]
    lines = tuple(
        Line("\t".join(cells), cells if len(cells) > 1 else None, page=page) for page, cells in rows
    )
    found = parse(Document("0" * 64, "pdf", lines, pages=2), PATH)
    assert [(row.indicator, row.kf_target) for row in found.indicators] == [
        (name, target),
        ("Antal platser", "8"),
    ]
    assert found.unaccounted == ()


# What a file has lost: tabs at the ends of lines, marks of labels


def test_rest_of_a_name_may_have_lost_its_tabs() -> None:
    cut = "··Andel vuxna med→1,5 %→1,4 %→1,6 %→1,5 %→1,5 %→1,4 %→1,0 %→VB 2020\n\n"
    rest = "långvarigt stöd\n"
    assert indicators(FOLLOW_UP_TABS, cut, FOLLOW_UP_TABS, rest, SHARE_PRINTED) == [SHARE, SHARE]


@pytest.mark.parametrize(
    "printed",
    [
        "<b>Analys</b> Fler får\n\n" + FOLLOW_UP_TABS + "stöd i år.\n",
        "Analys Fler får stöd i år.\n",
        "Analys\nFler får stöd i år.\n",
    ],
)
def test_analysis_may_have_lost_its_tabs_and_marks(printed: str) -> None:
    assert analyses(SHARE_PRINTED, printed, SHARE_PRINTED) == ["Fler får stöd i år.", None]


def test_label_between_empty_lines_below_a_table_heads_a_section() -> None:
    assert analyses(SHARE_PRINTED, "\n**Analys**\n\nFler får stöd i år.\n") == [None]


def test_second_analysis_of_a_row_goes_on_with_the_first() -> None:
    two = "<b>Analys</b> Fler får stöd.→→→→→→→→\n<b>Kommentar</b> Färre väntar.→→→→→→→→\n"
    assert analyses(SHARE_PRINTED, two) == ["Fler får stöd. Färre väntar."]


def test_blanks_at_the_end_are_lost_sooner_than_one_of_the_sexes() -> None:
    header = "Indikator→Periodens utfall→Utfall män→Utfall kvinnor→Årsmål→KF:s årsmål\n"
    assert indicators(header, "··Andel nöjda→→→→80 %\n") == [
        ("Andel nöjda", None, None, None, None, None, "80 %", None, None)
    ]
