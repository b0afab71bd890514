"""Several units' reports in one file."""

from __future__ import annotations

import pytest

from snippets import ACTIVITIES, PLAN, VP, report

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


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tallens förskolor Verksamhetsplan 2024·\n", "Tallens förskolor"),
        ("Tallens förskolor - verksamhetsplan för 2024·\n", "Tallens förskolor"),
        ("VP 2024 Tallens servicehus·\n", "Tallens servicehus"),
        ("Bilaga 3 Verksamhetsplan 2024 för Tallens förskolor·\n", "Tallens förskolor"),
        ("3.2 Verksamhetsplan 2024, Tallens förskolor·\n", "Tallens förskolor"),
        ("Enhetens verksamhetsplan 2024: Parkleken Tallen·\n", "Parkleken Tallen"),
        ("Verksamhetsplan för enheten Vuxna 2024·\n", "Vuxna"),
        ("Verksamhetsplan 2024 för förskolan Tallen·\n", "förskolan Tallen"),
        ("Verksamhetsplan 2024 för\nTallens förskolor·\n", "Tallens förskolor"),
        ("Verksamhetsplan 2024 Barn och ungdom·\n", "Barn och ungdom"),
        ("Enhetens namn·\nTallens förskolor·\n", "Tallens förskolor"),
        ("Tallens förskolor·\nVerksamhetsplan 2024·\n", "Tallens förskolor"),
        (
            "Verksamhetsplan 2024·\n\nFarsta stadsdelsförvaltning·\n\nTallens förskolor·\n",
            "Tallens förskolor",
        ),
    ],
)
def test_forms_of_a_units_title(title: str, name: str) -> None:
    found = report(PLAN, ROW, f"{title}\n", UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == (name,)
    assert [row.unit for row in found.indicators] == [None, name]


def test_the_s_of_a_name_in_the_genitive_is_the_names_where_nothing_tells() -> None:
    title = "Tallens förskolors verksamhetsplan 2024·\n\n"
    found = report(PLAN, ROW, title, UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == ("Tallens förskolors",)
    prose = "Här beskriver Tallens förskolor sitt år.·\n\n"
    found = report(PLAN, ROW, title, prose, UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == ("Tallens förskolor",)


def test_the_head_of_each_page_begins_no_other_report() -> None:
    head = "VERKSAMHETSPLAN 2024 FÖR TALLENS FÖRSKOLOR·\n\n"
    found = report(PLAN, ROW, unit("Tallens förskolor"), head, PLAN, ROW, title=VP)
    assert found.identity.units == ("Tallens förskolor",)
    assert [row.table for row in found.indicators] == [1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Verksamhetsplan 2024·\n\nFarsta stadsdelsförvaltning·\n\nÄldreomsorg·\n\n",
        "Det framgår av·\nFörskolans verksamhetsplan 2024·\n\n",
        "Enhetens verksamhetsplan 2024 beskriver arbetet.·\n\n",
        "Verksamhetsplan 2024 för förskolan är antagen·\n\n",
        "VP 2024 30·\n\n",
        f"VP 2024 30·\n\n{UNIT_GOAL}",
        "Verksamhetsplan 2024 Barn och ungdom·\n\n",
    ],
)
def test_what_is_no_units_title(text: str) -> None:
    assert report(text, PLAN, ROW, title=VP).identity.units == ()


def test_a_title_ends_the_money_table_above() -> None:
    money = "Tillgångar (mnkr) 2015-08-31 2016-08-31·\n\nKassa 97,1 19,7·\n\nSumma 97,1 19,7·\n"
    title = "··Tertialrapport 2 2016·\n\nTallens förskolor·\n\n"
    found = report(PLAN, ROW, money, title, UNIT_GOAL, PLAN, ROW, title=VP)
    assert [row.unit for row in found.indicators] == [None, "Tallens förskolor"]
    assert [row.label for table in found.economy for row in table.rows] == ["Kassa", "Summa"]


def test_a_period_above_a_name_is_no_title() -> None:
    rows = "··Antal platser·\n\n3·\n\nVB 2022·\n\n··Förskolans index·\n\n4·\n\nVB 2022·\n\n"
    found = report("··Indikator Utfall Period·\n\n", rows)
    assert [row.indicator for row in found.indicators] == ["Antal platser", "Förskolans index"]
    assert found.identity.units == ()


def test_an_activity_called_as_a_report_is_no_title() -> None:
    rows = "··Verksamhetsplan 2024 för Tallens förskolor·\n\n2024-01-01 2024-12-31··\n\n"
    found = report(ACTIVITIES, rows, rows.replace("Tall", "Björk"), UNIT_GOAL, PLAN, ROW, title=VP)
    assert len(found.activities) == 2
    assert found.identity.units == ()


def test_a_sentence_is_no_unit() -> None:
    prose = "tertialrapport 1. Analys av detta pågår i enheten. Budgeten om·\n4 mnkr räcker.·\n\n"
    assert report(prose, UNIT_GOAL, PLAN, ROW, title=VP).identity.units == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Verksamhetsplan 2024 för Tallens vård- och·\nboende·", "Tallens vård- och boende"),
        ("VP 2024 - Enheten Tallens dagliga·\nverksamhet·", "Enheten Tallens dagliga verksamhet"),
        ("Verksamhetsplan 2024 för·\nTallens förskolor·", "Tallens förskolor"),
        ("Verksamhetsplan·\n2024 för Tallens förskolor·", "Tallens förskolor"),
        ("Verksamhetsplan 2024 för fritidsgården i Hägersten-\nLiljeholmen·", None),
        ("Verksamhetsplan 2024 för Fritidsgården·\nTallen·", "Fritidsgården Tallen"),
    ],
)
def test_title_may_wrap(title: str, name: str | None) -> None:
    mention = "Personalen på Fritidsgården Tallen har deltagit.·\n\n"
    found = report(mention, f"{title}\n\n", UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == ((name,) if name else ())


@pytest.mark.parametrize(
    "title",
    [
        "Verksamhetsberättelse och bokslut 2024 för Tallens förskolor·",
        "Verksamhetsplan med budget 2024 - Tallens förskolor·",
        "Enhet: Tallens förskolor·\nVerksamhetsplan 2024·",
        "Farsta stadsdelsförvaltning·\nTallens förskolors verksamhetsplan VP 2024·",
    ],
)
def test_titles_of_other_forms(title: str) -> None:
    mention = "Tallens förskolor har nio avdelningar.·\n\n"
    found = report(mention, f"{title}\n\n", UNIT_GOAL, PLAN, ROW, title=VP)
    assert found.identity.units == ("Tallens förskolor",)


def test_genitive_that_no_name_ends_in_needs_no_evidence() -> None:
    found = report("Familjestödsenhetens verksamhetsplan 2024·\n\n", PLAN, ROW, title=VP)
    assert found.identity.units == ("Familjestödsenheten",)


@pytest.mark.parametrize(
    "printed",
    [
        # a header's words
        "··Indikator Utfall·\nVB 2024 Årsmål·\n\nKF:s·\nårsmål·\n\n·Antal barn 14 15 16·\n\n",
        # sentences, cut by the page's end
        "Verksamhetsplan 2024 för Tallens förskola beskriver hur arbetet ska utvecklas och·\n"
        "·följas upp i verksamhetsberättelsen.·\n\n",
        "Verksamhetsplan 2024 för Tallens förskola·\n·Sid 7 (43)·\n\nbeskriver arbetet.·\n\n",
        "Enheterna redovisar sitt arbete i·\nverksamhetsplan 2024 för·\n·avdelningen.·\n\n",
    ],
)
def test_what_only_begins_as_a_title_is_none(printed: str) -> None:
    assert report(PLAN, ROW, printed, UNIT_GOAL, PLAN, ROW, title=VP).identity.units == ()
