"""A decision becomes one row of a curated list, or is refused and nothing is changed."""

from __future__ import annotations

import csv
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from stadsdel import curation, project
from stadsdel.curation import Indicator
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from pathlib import Path

PRINTED = "Andel nöjda omsorgstagare inom hemtjänst"
NEW = Indicator(
    indicator_id="snorojda-gangbanor",
    name="Andel snöröjda gångbanor",
    unit_of_measure="%",
    polarity="higher",
    gender_kind="none",
    kf_scope="comparable",
    theme="klimat_och_miljo",
    is_kf="false",
    note="Share of the length, measured on the morning after",
)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("seed", [curation.ALIASES, curation.INDICATORS])
def test_a_new_row_leaves_the_bytes_of_the_others_alone(lists: Path, seed: str) -> None:
    before = (lists / f"{seed}.csv").read_bytes().splitlines(keepends=True)
    if seed == curation.ALIASES:
        written = curation.accept(PRINTED, "nojda-omsorgstagare-hemtjanst", "Other preposition")
    else:
        written = curation.add(NEW)
    after = written.read_bytes().splitlines(keepends=True)
    (new,) = [line for line in after if line not in before]
    after.remove(new)
    assert after == before


def test_an_accepted_name_stands_in_its_place_with_its_reason(lists: Path) -> None:
    curation.accept(f" {PRINTED}\n", "nojda-omsorgstagare-hemtjanst", 'Says "inom", not "i"')
    aliases = rows(lists / "indicator_aliases.csv")[1:]
    assert [PRINTED, "nojda-omsorgstagare-hemtjanst", 'Says "inom", not "i"'] in aliases
    assert aliases == sorted(aliases)


def test_the_same_decisions_in_any_order_give_the_same_list(lists: Path) -> None:
    decisions = [
        (PRINTED, "nojda-omsorgstagare-hemtjanst", "One"),
        ("Sjukfrånvaro totalt, i procent", "sjukfranvaro", "Two"),
    ]
    path = lists / "indicator_aliases.csv"
    start = path.read_bytes()
    for decision in decisions:
        curation.accept(*decision)
    forwards = path.read_bytes()
    path.write_bytes(start)
    for decision in reversed(decisions):
        curation.accept(*decision)
    assert path.read_bytes() == forwards


@pytest.mark.parametrize(
    ("printed", "indicator_id", "reason", "complaint"),
    [
        (PRINTED, "no-such-indicator", "Same", "no curated indicator has this id"),
        (PRINTED, "nojda-omsorgstagare-hemtjanst", " ", "reason is needed"),
        ("andelen nöjda omsorgstagare i HEMTJÄNST.", "sjukfranvaro", "Same", "curated already"),
        (
            "Antal förskolebarn per anställd (årsarbetare)",
            "sjukfranvaro",
            "Same",
            "curated already",
        ),
    ],
    ids=["unknown id", "no reason", "curated name", "alias"],
)
def test_refused_and_nothing_changed(
    lists: Path, printed: str, indicator_id: str, reason: str, complaint: str
) -> None:
    path = lists / "indicator_aliases.csv"
    before = path.read_bytes()
    with pytest.raises(StadsdelError, match=complaint):
        curation.accept(printed, indicator_id, reason)
    assert path.read_bytes() == before


def test_the_same_name_is_not_accepted_twice(lists: Path) -> None:
    curation.accept(PRINTED, "nojda-omsorgstagare-hemtjanst", "Other preposition")
    with pytest.raises(StadsdelError, match="it is nojda-omsorgstagare-hemtjanst"):
        curation.accept(PRINTED.upper(), "sjukfranvaro", "Other")
    assert [row[0] for row in rows(lists / "indicator_aliases.csv")].count(PRINTED) == 1


def test_an_unknown_id_is_answered_with_the_nearest(lists: Path) -> None:
    del lists
    with pytest.raises(StadsdelError, match="Nearest: nojda-omsorgstagare-hemtjanst"):
        curation.accept(PRINTED, "nojda-hemtjanst", "Other preposition")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        *(({field: " "}, f"Nothing has a default: {field}") for field in asdict(NEW)),
        ({"polarity": "up"}, "none of higher, lower, range, none"),
        ({"gender_kind": "share"}, "none of rate, count, composition, none"),
        ({"kf_scope": "city"}, "none of comparable, city_total"),
        ({"unit_of_measure": "procent"}, "none of %"),
        ({"theme": "snö"}, "none of aldreomsorg"),
        ({"is_kf": "yes"}, "none of true, false"),
        ({"indicator_id": "Snö"}, "an id is"),
        ({"indicator_id": "sjukfranvaro"}, "another indicator has this id"),
        ({"name": "SJUKFRÅNVARO"}, "curated already"),
    ],
)
def test_an_indicator_is_written_whole_or_not_at_all(
    lists: Path, change: dict[str, str], complaint: str
) -> None:
    path = lists / "indicators.csv"
    before = path.read_bytes()
    with pytest.raises(StadsdelError, match=complaint):
        curation.add(replace(NEW, **change))
    assert path.read_bytes() == before


def test_a_new_indicator_stands_in_its_theme_with_all_fields(lists: Path) -> None:
    curation.add(NEW)
    header, *indicators = rows(lists / "indicators.csv")
    assert list(asdict(NEW).values()) in indicators
    assert list(asdict(NEW)) == header
    places = [(row[6], row[0]) for row in indicators]
    assert places == sorted(places)


def test_an_installed_package_says_where_to_decide_instead(
    lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (lists / "indicator_aliases.csv").read_bytes()
    monkeypatch.setattr(project, "is_installed", lambda: True)
    with pytest.raises(StadsdelError, match="installed package") as refusal:
        curation.accept(PRINTED, "nojda-omsorgstagare-hemtjanst", "Other preposition")
    assert f"{PRINTED},nojda-omsorgstagare-hemtjanst,Other preposition" in str(refusal.value)
    assert (lists / "indicator_aliases.csv").read_bytes() == before


def test_names_are_the_same_by_the_rule_of_the_marts() -> None:
    keys = curation.name_keys(
        ["Andel barn – i förskola.", "andel barn- i fo\u0308rskola", "Andel barn i förskolan"]
    )
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("avhysningar-avvarjda-kronofogden", "avhysningar-avvarjda-hyresvarden"),
        (
            "brukare-som-trivs-funktionsnedsattning",
            "brukare-nojda-med-insats-funktionsnedsattning",
        ),
        ("forbattrad-situation-socialpsykiatri", "forbattrad-situation-vuxna-missbruk"),
        ("forbattrad-situation-ekonomiskt-bistand", "forbattrad-situation-vuxna-missbruk"),
    ],
)
def test_names_that_differ_by_a_word_that_matters_cannot_be_joined(
    lists: Path, one: str, other: str
) -> None:
    del lists
    names = dict(row[:2] for row in rows(project.seed("indicators"))[1:])
    with pytest.raises(StadsdelError, match=f"it is {other}"):
        curation.accept(names[other], one, "They look the same")
