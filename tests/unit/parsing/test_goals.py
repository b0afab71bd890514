"""Goal headings: label, code, title, status (report-layouts.md A9, B6)."""

from __future__ import annotations

import pytest

from snippets import PLAN, VP, parse, report

ROW = "·Antal barn per grupp 15 16 Tertial·\n\n"


def goals(*parts: str) -> list[tuple[str, str | None, str, str | None]]:
    found = report(*parts, goal="")
    return [(goal.level, goal.code, goal.title, goal.status) for goal in found.goals]


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("KF:s inriktningsmål:", "inriktningsmål"),
        ("KF:s mål för verksamhetsområdet:", "verksamhetsområdesmål"),
        ("Nämndmål:", "nämndmål"),
        ("Enhetsmål:", "enhetsmål"),
    ],
)
def test_a9_label_tells_the_level(label: str, level: str) -> None:
    assert goals(f"{label} 1.2 Alla bor tryggt·\n\n·Uppfylls helt·\n\n") == [
        (level, "1.2", "Alla bor tryggt", "Uppfylls helt")
    ]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("1 Alla bor tryggt·", "1"),
        ("1. Alla bor tryggt·", "1"),
        ("1.4 Alla bor tryggt·", "1.4"),
        ("1.4. Alla bor tryggt·", "1.4"),
        ("1.4.12 Alla bor tryggt·", "1.4.12"),
        ("1.4.12. Alla bor tryggt·", "1.4.12"),
        ("Alla bor tryggt·", None),
    ],
)
def test_a9_code_with_and_without_a_final_full_stop(printed: str, code: str | None) -> None:
    assert goals(f"Nämndmål: {printed}\n\n") == [("nämndmål", code, "Alla bor tryggt", None)]


def test_a9_title_wraps_over_three_lines() -> None:
    heading = """
        KF:s mål för verksamhetsområdet: 1.4. I Stockholm får människor·
        i behov av stöd insatser i tid präglade av hög kvalitet, evidens·
        och rättssäkerhet·

        ·Uppfylls delvis·

        """
    assert goals(heading) == [
        (
            "verksamhetsområdesmål",
            "1.4",
            "I Stockholm får människor i behov av stöd insatser i tid präglade av hög kvalitet, "
            "evidens och rättssäkerhet",
            "Uppfylls delvis",
        )
    ]


def test_a9_word_broken_at_the_end_of_a_line() -> None:
    heading = "Nämndmål: 1.1.1 Alla får stöd av socialtjänstens verk\nsamheter i tid·\n\n"
    assert goals(heading) == [
        ("nämndmål", "1.1.1", "Alla får stöd av socialtjänstens verksamheter i tid", None)
    ]


def test_a9_paragraph_below_is_no_part_of_the_title() -> None:
    heading = """
        Nämndmål: 1.1.1 Alla får stöd i tid·
        Nämnden ska under året se till att ingen behöver vänta längre än vad lagen säger.·

        """
    assert goals(heading) == [("nämndmål", "1.1.1", "Alla får stöd i tid", None)]


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("·Uppfylls helt·", "Uppfylls helt"),
        ("·Uppfylls inte·", "Uppfylls inte"),
        ("·Ingen·", "Ingen"),
        ("◆ Uppfylls delvis·", "Uppfylls delvis"),
        ("\uf0a8·Uppfylls helt·", "Uppfylls helt"),
        ("**Uppfylls helt**", "Uppfylls helt"),
        ("Uppföljningen sker i höst.·", None),
    ],
)
def test_a9_status_line_with_and_without_a_symbol(printed: str, status: str | None) -> None:
    assert goals(f"Nämndmål: 1.1.1 Alla bor tryggt·\n\n{printed}\n\n") == [
        ("nämndmål", "1.1.1", "Alla bor tryggt", status)
    ]


def test_a9_status_after_lines_of_spaces() -> None:
    assert goals("Nämndmål: 1.1.1 Alla bor tryggt·\n\n·\n·\n\n·Uppfylls helt·\n\n") == [
        ("nämndmål", "1.1.1", "Alla bor tryggt", "Uppfylls helt")
    ]


def test_a9_a_title_goes_on_in_small_letters_on_a_wider_line() -> None:
    found = goals(
        "Nämndmål: 1.1.1 Människor är·\n",
        "självförsörjande och vägen till arbete är kort·\nUppfylls helt·\n",
    )
    title = "Människor är självförsörjande och vägen till arbete är kort"
    assert found == [("nämndmål", "1.1.1", title, "Uppfylls helt")]


def test_a9_heading_right_after_a_value_line() -> None:
    found = report(
        "Nämndmål: 1.1.1 Alla får stöd i tid·\n\n",
        PLAN,
        "·\n·\n\nAntal barn som går i varje·\ngrupp·\n\n15 16 Tertial·\n"
        "Nämndmål: 1.1.2 Alla bor tryggt·\n\n",
        PLAN,
        ROW,
        title=VP,
        goal="",
    )
    assert [(row.indicator, row.goal) for row in found.indicators] == [
        ("Antal barn som går i varje grupp", "1.1.1 Alla får stöd i tid"),
        ("Antal barn per grupp", "1.1.2 Alla bor tryggt"),
    ]


def test_a9_rows_belong_to_the_innermost_goal() -> None:
    found = report(
        "KF:s inriktningsmål: 1. En stad för alla·\n\n",
        "KF:s mål för verksamhetsområdet: 1.1 Alla har en bostad·\n\n",
        PLAN,
        ROW,
        "Nämndmål: 1.1.1. Alla bor tryggt·\n\n",
        PLAN,
        ROW,
        title=VP,
        goal="",
    )
    assert [(row.goal, row.goal_level) for row in found.indicators] == [
        ("1.1 Alla har en bostad", "verksamhetsområdesmål"),
        ("1.1.1. Alla bor tryggt", "nämndmål"),
    ]


def test_a9_table_of_contents_holds_no_headings() -> None:
    contents = """
        Innehåll·

        KF:s inriktningsmål: 1 En stad för alla ................................ 7·
        Nämndmål: 1.1.1 Alla bor tryggt .................................. 9·

        """
    assert goals(contents, "Nämndmål: 1.1.1 Alla bor tryggt·\n\n") == [
        ("nämndmål", "1.1.1", "Alla bor tryggt", None)
    ]


def test_a9_summary_that_repeats_titles_holds_no_headings() -> None:
    summary = "1.1.1 Alla bor tryggt·\n·Uppfylls helt·\n\nNämndmålet bedöms uppfyllas helt.·\n\n"
    assert goals(summary, "Nämndmål: 1.1.1 Alla bor tryggt·\n\n·Uppfylls delvis·\n\n") == [
        ("nämndmål", "1.1.1", "Alla bor tryggt", "Uppfylls delvis")
    ]


def test_sentence_that_names_a_kind_of_goal_is_no_heading() -> None:
    prose = "Nämndmål som inte nås följs upp i höst.·\nEnhetsmål sätts av enheterna.·\n\n"
    assert len(goals(prose, "Nämndmål: 1.1.1 Alla bor tryggt·\n\n")) == 1


@pytest.mark.parametrize(
    "label", ["Nämndmål:", "## Nämndmål:", "**Nämndmål:**", "## **Nämndmål:**"]
)
@pytest.mark.parametrize(
    "title", ["1.2.1 Alla bor tryggt", "### 1.2.1 Alla bor tryggt", "**1.2.1 Alla bor tryggt**"]
)
def test_b6_label_on_a_line_of_its_own(label: str, title: str) -> None:
    assert goals(f"{label}\n\n{title}\n\n◆ Uppfylls delvis\n\n") == [
        ("nämndmål", "1.2.1", "Alla bor tryggt", "Uppfylls delvis")
    ]


def test_b6_place_is_the_line_of_the_title() -> None:
    found = parse(VP + "## Nämndmål:\n\n### 1.2.1 Alla bor tryggt\n")
    assert [goal.place.line for goal in found.goals] == [5]


def test_b6_label_and_title_in_one_heading_line() -> None:
    assert goals("### **Nämndmål: 1.2.1 Alla bor tryggt**\n\n") == [
        ("nämndmål", "1.2.1", "Alla bor tryggt", None)
    ]


def test_a9_a_line_is_as_long_as_the_line_above_had_room_for() -> None:
    first = "KF:s inriktningsmål: 2 Nämnden är en attraktiv·\n"
    assert goals(first, "arbetsgivare som ger alla goda villkor och stöd i tid·\n\n") == [
        (
            "inriktningsmål",
            "2",
            "Nämnden är en attraktiv arbetsgivare som ger alla goda villkor och stöd i tid",
            None,
        )
    ]


def test_b6_heading_on_its_own_line_may_begin_as_a_table_header() -> None:
    assert goals(
        "Nämndmål:\n\n### 1.2.1 Aktiviteter för alla\n\nEnhetsmål:\n\nAktiviteter i tid\n\n"
    ) == [
        ("nämndmål", "1.2.1", "Aktiviteter för alla", None),
        ("enhetsmål", None, "Aktiviteter i tid", None),
    ]


def test_a_units_title_overleaf_is_no_more_of_the_heading() -> None:
    found = report(
        "·\nEnhetsmål: Alla har en plats att bo på och stöd när det behövs·\n",
        "·Enhet: Björkens stöd·\n\n",
        PLAN,
        ROW,
    )
    assert found.goals[-1].title == "Alla har en plats att bo på och stöd när det behövs"


def test_label_may_fill_the_first_line_of_a_narrow_page() -> None:
    printed = """
        KF:s mål för verksamhetsområdet:·
        1.2 Alla barn ska ges likvärdig·
        möjlighet till utveckling och·
        lärande i förskolan och i·
        skolan, från det första året·
        till det sista·

        ·Uppfylls delvis·

        """
    assert goals(printed) == [
        (
            "verksamhetsområdesmål",
            "1.2",
            "Alla barn ska ges likvärdig möjlighet till utveckling och lärande i förskolan och i "
            "skolan, från det första året till det sista",
            "Uppfylls delvis",
        )
    ]


def test_heading_goes_on_below_page_furniture() -> None:
    printed = (
        "Nämndmål: 1.1.1 Alla barn ska ges likvärdig·\n·Sid 7 (43)·\n\nmöjlighet att lära·\n\n"
    )
    assert goals(printed) == [
        ("nämndmål", "1.1.1", "Alla barn ska ges likvärdig möjlighet att lära", None)
    ]


def test_body_text_at_the_next_pages_top_is_no_part_of_a_heading() -> None:
    printed = (
        "Nämndmål: 1.1.1 Alla barn ska ges likvärdig möjlighet att utvecklas och lära·\n"
        "·Prognosen visar ett överskott.·\n\n"
    )
    assert [title for _, _, title, _ in goals(printed)] == [
        "Alla barn ska ges likvärdig möjlighet att utvecklas och lära"
    ]
