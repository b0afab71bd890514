"""Which report a file is, from its content alone (domain.md)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from snippets import (
    ACTIVITIES_TABS,
    FOLLOW_UP_TABS,
    GOAL,
    PLAN,
    T2,
    VB,
    VP,
    parse,
    report,
    visible,
)
from stadsdel import parsing
from stadsdel.errors import ReportError
from stadsdel.reading.text import read_text

PERIOD = "··Andel nöjda→72 %→→→→→75 %→80 %→{}\n"


def code(text: str) -> tuple[str, str]:
    """Parse what is no report and return the error's code and message."""
    with pytest.raises(ReportError) as raised:
        parse(text)
    return raised.value.code, str(raised.value)


@pytest.mark.parametrize(
    ("printed", "stadsdel_id"),
    [
        ("Hässelby-Vällingby stadsdelsnämnd", "hasselby-vallingby"),
        ("Hässelby-Vällingbys stadsdelsnämnd", "hasselby-vallingby"),
        ("Hässelby - Vällingby stadsdelsnämnd", "hasselby-vallingby"),
        ("Hässelby– Vällingby stadsdelsnämnd", "hasselby-vallingby"),
        ("HÄSSELBY-VÄLLINGBY STADSDELSNÄMND", "hasselby-vallingby"),
        ("Kungsholmens stadsdelsnämnd", "kungsholmen"),
        ("Skarpnäcks stadsdelsnämnd", "skarpnack"),
        ("Skärholmens stadsdelsnämnd", "skarholmen"),
        ("Enskede-Årsta-Vantörs stadsdelsnämnd", "enskede-arsta-vantor"),
        ("Älvsjö stadsdelsnämnd", "alvsjo"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_district_in_every_spelling(printed: str, stadsdel_id: str, form: str) -> None:
    text = f"Tertialrapport 2 2019 för {printed}\n\n{visible(GOAL)}"
    data = unicodedata.normalize(form, text).encode()  # type: ignore[arg-type]
    found = parsing.parse(read_text(Path("r.txt"), data), Path("r.txt"))
    assert found.identity.stadsdel_id == stadsdel_id


@pytest.mark.parametrize(
    ("printed", "stadsdel_id"),
    [
        ("Hägersten-Älvsjö stadsdelsnämnd", "hagersten-alvsjo"),
        ("Norra innerstadens stadsdelsnämnd", "norra-innerstaden"),
        ("Järva stadsdelsnämnd", "jarva"),
    ],
)
def test_district_of_the_later_mergers(printed: str, stadsdel_id: str) -> None:
    found = report(title=f"Tertialrapport 2 2024 för {printed}\n\n")
    assert found.identity.stadsdel_id == stadsdel_id


def test_neighbours_named_in_the_text_do_not_win() -> None:
    prose = "Samarbetet med Skarpnäck, Skarpnäcks skolor och Älvsjö går bra i Skarpnäck.·\n" * 5
    assert report(prose).identity.stadsdel_id == "farsta"


def test_neighbouring_council_named_often_does_not_win_over_the_title() -> None:
    prose = "Samarbetet med Skarpnäcks stadsdelsnämnd går bra.·\n" * 5
    assert report(prose).identity.stadsdel_id == "farsta"


def test_council_the_report_is_addressed_to() -> None:
    found = report(
        "Handläggare\nEva Ek\n\nTill\nFarsta\nstadsdelsnämnd\n\n", title="Tertialrapport 2 2022\n\n"
    )
    assert found.identity.stadsdel_id == "farsta"


def test_council_name_broken_over_two_lines() -> None:
    found = report(
        "Verksamhetsplanen för Enskede-Årsta-Vantörs·\nstadsdelsnämnd gäller 2024.·\n\n", title=""
    )
    assert found.identity.stadsdel_id == "enskede-arsta-vantor"


def test_district_that_no_longer_exists_loses_to_its_successor() -> None:
    prose = "Älvsjö stadsdelsnämnd och Hägersten-Älvsjö stadsdelsnämnd slogs samman.·\n"
    found = report(prose, title="Tertialrapport 2 2022\n\n")
    assert found.identity.stadsdel_id == "hagersten-alvsjo"


@pytest.mark.parametrize(
    ("title", "year", "report_type"),
    [
        ("Verksamhetsplan 2024 för Farsta stadsdelsnämnd", 2024, "vp"),
        ("Tertialrapport 1 2021 för Farsta stadsdelsnämnd", 2021, "t1"),
        ("Tertialrapport 2 för Farsta stadsdelsnämnd 2022", 2022, "t2"),
        ("Verksamhetsberättelse VB 2020 för Farsta stadsdelsnämnd", 2020, "vb"),
        ("## Verksamhetsberättelse 2020 för Farsta stadsdelsnämnd", 2020, "vb"),
        ("Farsta stadsdelsnämnds verksamhetsplan för 2023", 2023, "vp"),
    ],
)
def test_year_and_type_from_the_title(title: str, year: int, report_type: str) -> None:
    identity = report(title=f"{title}\n\n").identity
    assert (identity.year, identity.report_type) == (year, report_type)


@pytest.mark.parametrize(
    ("period", "report_type"), [("VB 2020", "vb"), ("Tertial 2 2020", "t2"), ("T1 2020", "t1")]
)
def test_year_and_type_from_periods_where_no_title_tells(period: str, report_type: str) -> None:
    found = report(FOLLOW_UP_TABS, PERIOD.format(period), title="Farsta stadsdelsnämnd\n\n")
    assert (found.identity.year, found.identity.report_type) == (2020, report_type)


def test_year_from_the_label_of_the_previous_outcome() -> None:
    found = report(
        "Indikator→Periodens utfall→Periodens utfall VB 2019→Årsmål\n",
        "··Andel nöjda→72 %→70 %→75 %\n",
        title="Verksamhetsberättelse för Farsta stadsdelsnämnd\n\n",
    )
    assert (found.identity.year, found.identity.report_type) == (2020, "vb")


def test_plan_is_known_by_its_lack_of_outcomes() -> None:
    row = "·Antal barn per grupp 15 16 2024·\n\n"
    identity = report(PLAN, row, title="Farsta stadsdelsnämnd\n\n").identity
    assert (identity.year, identity.report_type) == (2024, "vp")


def test_year_from_the_label_of_the_target() -> None:
    row = "·Antal barn per grupp 15 16 År·\n\n"
    identity = report(PLAN, row, title="Verksamhetsplan för Farsta stadsdelsnämnd\n\n").identity
    assert (identity.year, identity.report_type) == (2024, "vp")


def test_evidence_quotes_the_deciding_lines() -> None:
    found = parse(VP + GOAL)
    assert {of: (place.line, text) for of, place, text in found.identity.evidence} == dict.fromkeys(
        ("stadsdel", "year", "report_type"), (1, "Verksamhetsplan 2024 för Farsta stadsdelsnämnd")
    )


def test_unknown_district_is_named() -> None:
    found, message = code("Tertialrapport 2 2022 för Solberga stadsdelsnämnd\n\n" + GOAL)
    assert found == "unknown_district"
    assert '"Solberga stadsdelsnämnd"' in message
    assert "report.txt" in message
    assert "stadsdel_aliases.csv" in message


def test_no_district_at_all() -> None:
    found, message = code("Tertialrapport 2 2022\n\n" + GOAL)
    assert found == "unknown_district"
    assert "is named in it" in message


def test_place_whose_name_holds_a_district_is_not_that_district() -> None:
    found, _ = code("Tertialrapport 2 2022 för Farstanäset\n\n" + GOAL)
    assert found == "unknown_district"


def test_no_year() -> None:
    assert code("Verksamhetsplan för Farsta stadsdelsnämnd\n\n" + GOAL)[0] == "no_year"


def test_no_report_type() -> None:
    text = "Farsta stadsdelsnämnd\n\n" + GOAL + FOLLOW_UP_TABS + PERIOD.format("2020")
    assert code(text)[0] == "no_report_type"


@pytest.mark.parametrize(
    "text",
    [
        "Kaffe, mjölk och bröd.\n",
        "Tertialrapport 2 2022 för Farsta stadsdelsnämnd.\n\nBilaga om lokaler.\n",
    ],
)
def test_not_a_report(text: str) -> None:
    assert code(text)[0] == "not_a_report"


def test_activities_alone_make_a_report() -> None:
    found = report(ACTIVITIES_TABS, "Öva→2022-01-01→2022-12-31→\n", goal="")
    assert len(found.activities) == 1


def test_speaking_of_the_plan_makes_no_plan() -> None:
    prose = "Verksamhetsplanen anger målen. Verksamhetsplanen följs upp.·\n\n" * 8
    found = report(prose, "Indikator→Utfall→Årsmål\nAndel nöjda→72 %→75 %\n")
    assert found.identity.report_type == "t2"


@pytest.mark.parametrize(
    ("label", "title", "own"),
    [
        ("2020", VB, True),
        ("VB 2020", VB, True),
        ("2019", VB, False),
        ("VB 2019", VB, False),
        ("T2 2020", VB, False),
        ("2022", T2, True),
    ],
)
def test_an_outcome_that_stands_alone_is_the_reports_where_it_names_it(
    label: str, title: str, *, own: bool
) -> None:
    header = f"Indikator→Utfall {label}→Årsmål→KF:s årsmål\n"
    (row,) = report(header, "Antal barn per grupp→15,1→15→16\n", title=title).indicators
    expected = ("15,1", None, None) if own else (None, "15,1", label)
    assert (row.outcome, row.outcome_prev, row.prev_label) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Tertialrapport T1 2022", "t1"),
        ("Tertialrapport T2 2022", "t2"),
        ("Tertialrapport 2 2022", "t2"),
        ("Verksamhetsberättelse och bokslut 2022", "vb"),
    ],
)
def test_title_names_the_kind_though_prose_names_another(title: str, kind: str) -> None:
    prose = "Resultatet redovisas i verksamhetsberättelsen, målen i verksamhetsplanen.·\n\n"
    row = "·Antal barn per grupp 14 15 16·\n\n"
    table = "··Indikator Periodens utfall Årsmål KF:s årsmål·\n\n"
    found = report(prose, table, row, title=f"{title} för Farsta stadsdelsnämnd·\n\n")
    assert (found.identity.year, found.identity.report_type) == (2022, kind)


def test_sentences_about_another_years_plan_are_no_titles() -> None:
    prose = (
        "Arbetet avslutades 2022-11-30. Verksamhetsplan 2023 för förskolorna tar vid.·"
        "\n\nVerksamhetsplan 2023 för förskolorna anger nya mål·\noch nya arbetssätt.·\n\n"
    )
    table = (
        "··Indikator Periodens utfall Årsmål KF:s årsmål·\n\n·Antal barn per grupp 14 15 16·\n\n"
    )
    found = report(prose * 9, table, title=T2)
    assert (found.identity.year, found.identity.report_type) == (2022, "t2")


def test_district_in_a_units_name_is_not_the_reports() -> None:
    found = report(
        "Bromma stadsdelsförvaltning·\n\n",
        "Verksamhetsplan 2024 för Gruppbostäderna Farsta Strand·\n\n",
        GOAL,
        PLAN,
        "·Antal barn per grupp 15 16 Tertial·\n\n",
        title="",
    )
    assert found.identity.stadsdel_id == "bromma"
