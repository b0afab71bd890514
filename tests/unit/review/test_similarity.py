"""Candidates are found for names that mean the same, and no score can tell them from others."""

from __future__ import annotations

import csv

import pytest

from stadsdel import project, similarity


def rows(seed: str) -> list[dict[str, str]]:
    with project.seed(seed).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = {row["indicator_id"]: row["name"] for row in rows("indicators")}
ALIASES = [(row["indicator_id"], row["alias"]) for row in rows("indicator_aliases")]
APART = [(row["indicator_id"], row["other_indicator_id"]) for row in rows("indicator_distinctions")]


@pytest.mark.parametrize(("indicator_id", "alias"), ALIASES)
def test_a_name_that_means_the_same_has_its_indicator_as_first_candidate(
    indicator_id: str, alias: str
) -> None:
    first = similarity.nearest(alias, NAMES.items())[0]
    assert first.indicator_id == indicator_id
    assert first.name == NAMES[indicator_id]


def test_a_name_that_means_another_thing_can_score_higher_than_one_that_means_the_same() -> None:
    same = [
        next(found for found in similarity.nearest(alias, NAMES.items())).score
        for _, alias in ALIASES
    ]
    apart = [
        found.score
        for one, other in APART
        for found in similarity.nearest(NAMES[one], [(other, NAMES[other])])
    ]
    assert max(apart) > min(same), "a threshold would do, and the docstring is wrong"


def test_aliases_are_candidates_too_and_an_indicator_comes_once() -> None:
    known = [
        ("a", "Andel nöjda boende"),
        ("a", "Andelen nöjda boende"),
        ("b", "Antal nöjda gäster"),
    ]
    found = similarity.nearest("andelen nöjda boende.", known)
    assert [(one.indicator_id, one.name) for one in found][:1] == [("a", "Andelen nöjda boende")]
    assert [one.indicator_id for one in found].count("a") == 1
    assert found[0].score == 100.0


def test_words_in_another_order_are_near() -> None:
    found = similarity.nearest(
        "Notiser från värden om skulder", [("a", "Skulder: notiser om från värden")]
    )
    assert found[0].score == 100.0


def test_a_name_with_nothing_near_has_no_candidate() -> None:
    assert similarity.nearest("Nettokostnad för snöröjning", NAMES.items()) == []


def test_at_most_three_candidates_nearest_first() -> None:
    found = similarity.nearest("Andel trygga omsorgstagare", NAMES.items())
    assert len(found) == similarity.SHOWN
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_words_that_differ_are_told_from_both_sides() -> None:
    assert similarity.differing_words(
        "Andel avhysningar, från hyresvärden.", "Andel avhysningar från Kronofogden"
    ) == (["hyresvärden"], ["kronofogden"])
