"""Several units' reports in one file."""

from __future__ import annotations

from snippets import PLAN, VP, report

ROW = "·Antal barn per grupp 15 16 Tertial·\n\n"
UNIT_GOAL = "Enhetsmål: 1.1.1.1 Alla barn har en plats·\n\n"


def unit(name: str) -> str:
    return f"Verksamhetsplan 2024 för {name}·\n\n{UNIT_GOAL}{PLAN}{ROW}"


def test_rows_and_goals_name_their_unit() -> None:
    found = report(PLAN, ROW, unit("Tallens förskolor"), unit("Björkens hemtjänst"), title=VP)
    assert found.identity.units == ("Tallens förskolor", "Björkens hemtjänst")
    assert [(row.unit, row.goal_level) for row in found.indicators] == [
        (None, "nämndmål"),
        ("Tallens förskolor", "enhetsmål"),
        ("Björkens hemtjänst", "enhetsmål"),
    ]
    assert [goal.unit for goal in found.goals] == [None, "Tallens förskolor", "Björkens hemtjänst"]
    assert found.identity.stadsdel_id == "farsta"


def test_no_goal_and_no_table_of_the_part_before_goes_on() -> None:
    found = report(
        PLAN, ROW, "Verksamhetsplan 2024 för Tallens förskolor·\n\n", PLAN, ROW, title=VP
    )
    assert [(row.table, row.goal, row.unit) for row in found.indicators] == [
        (1, "1.1.1 Alla får stöd i tid", None),
        (2, None, "Tallens förskolor"),
    ]


def test_unit_named_by_a_label() -> None:
    found = report("Enhet: Tallens förskolor·\n\n", UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == ("Tallens förskolor",)


def test_the_councils_own_title_is_no_unit() -> None:
    assert report(PLAN, ROW, title=VP).identity.units == ()


def test_mention_of_a_units_plan_is_no_unit() -> None:
    prose = "Verksamhetsplan 2024 för Tallens förskolor beskriver hur barnen får plats.·\n\n"
    assert report(prose, PLAN, ROW, title=VP).identity.units == ()


def test_title_without_goals_or_tables_is_no_unit() -> None:
    listed = "Verksamhetsplan 2024 för Tallens förskolor·\n\nBilagor·\n"
    assert report(PLAN, ROW, listed, title=VP).identity.units == ()


def test_money_table_names_its_unit() -> None:
    found = report(
        "Verksamhetsplan 2024 för Tallens förskolor·\n\n",
        UNIT_GOAL,
        "Ekonomi\n\nKonto, tkr→Budget 2024→Budget 2023→Skillnad\nLokaler→12,5→11,0→1,5\n",
        title=VP,
    )
    assert [table.unit for table in found.economy] == ["Tallens förskolor"]
