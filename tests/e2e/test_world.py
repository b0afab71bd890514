"""A city with known truth goes from its printed reports to the marts, and every mart agrees.

The reports are set in the layouts of the real ones and refreshed as a user would; what each mart
must hold, column by column, is worked out from the city itself (`world.marts`).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from world import SEED, curated, truth
from world.city import INDICATORS, Report, city
from world.marts import MARTS, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stadsdel.workspace import Workspace
    from world.marts import Line

    Ask = Callable[[str], list[Line]]


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return city(SEED)


@pytest.fixture(scope="module")
def world(reports: tuple[Report, ...]) -> World:
    return World.of(reports, SEED)


@pytest.fixture(scope="module")
def ask(made_up_city: Workspace) -> Iterator[Ask]:
    with duckdb.connect(str(made_up_city.warehouse), read_only=True) as warehouse:

        def rows(query: str) -> list[Line]:
            result = warehouse.execute(query)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield rows


@pytest.fixture(scope="module")
def uncurated(ask: Ask) -> dict[str, str]:
    """An indicator's name by its id, while nobody has curated it: the city knows no such ids."""
    found = ask("select indicator_id, name from marts.dim_indicator where not is_curated")
    return {row["indicator_id"]: row["name"] for row in found}


def plain(value: Any) -> Any:
    """A value as it is compared.

    Numbers to nine decimals: doubles of the marts against exact numbers of the city. Texts without
    white space, as the extraction contract has it: where a wrapped cell ends inside a word, not
    every PDF tells.
    """
    if isinstance(value, float | Decimal | Fraction):
        return round(float(value), 9)
    if isinstance(value, str):
        return "".join(value.split())
    return tuple(value) if isinstance(value, list) else value


def by_key(rows: list[Line], key: tuple[str, ...]) -> dict[tuple[Any, ...], Line]:
    """The rows by their key, which must tell them apart."""
    found = {
        tuple(row[name] for name in key): {name: plain(value) for name, value in row.items()}
        for row in rows
    }
    assert len(found) == len(rows)
    return found


def test_every_public_column_is_told_by_the_city_or_left_open(ask: Ask, world: World) -> None:
    columns: dict[str, set[str]] = {}
    for row in ask(
        "select table_name, column_name from information_schema.columns "
        "where table_schema = 'marts'"
    ):
        columns.setdefault(row["table_name"], set()).add(row["column_name"])
    told = {}
    for name, mart in MARTS.items():
        first = set(next(iter(mart.rows(world))))
        assert not first & mart.left_open
        told[name] = first | mart.left_open
    assert told == columns


@pytest.mark.parametrize("name", MARTS)
def test_the_mart_equals_the_city(
    ask: Ask, world: World, uncurated: dict[str, str], name: str
) -> None:
    mart = MARTS[name]
    want = by_key(list(mart.rows(world)), mart.key)
    told = list(next(iter(want.values())))
    assert all(list(row) == told or set(row) == set(told) for row in want.values())
    found = ask(f"select {', '.join(told)} from marts.{name} where {mart.only}")
    for row in found:
        if (indicator_id := row.get("indicator_id")) in uncurated:
            row["indicator_id"] = uncurated[indicator_id]
    got = by_key(found, mart.key)

    assert {"missing": want.keys() - got.keys(), "invented": got.keys() - want.keys()} == {
        "missing": set(),
        "invented": set(),
    }
    differing = [
        (key, column, row[column], got[key][column])
        for key, row in want.items()
        for column in told
        if row[column] != got[key][column]
    ]
    assert not differing, (len(differing), differing[:8])


def test_rows_that_may_be_read_in_two_ways_are_listed_and_queued(ask: Ask) -> None:
    counted = ask("select report_id, ambiguous as n from marts.dim_report where ambiguous > 0")
    listed = ask(
        "select report_id, count(*) as n from marts.rpt_data_quality "
        "where check_name = 'ambiguous_row' group by report_id"
    )
    queued = ask(
        "select report_id, sum(reports) as n from marts.rpt_review_queue "
        "where kind = 'ambiguous_row' group by report_id"
    )

    def reports_of(rows: list[Line]) -> dict[str, int]:
        return {row["report_id"]: row["n"] for row in rows}

    assert counted
    assert reports_of(counted) == reports_of(listed) == reports_of(queued)


def test_what_was_known_on_a_day(
    ask: Ask, reports: tuple[Report, ...], uncurated: dict[str, str]
) -> None:
    """The editions that stand on a day are what the reports up to that day print last."""
    on = "2022-09-01"
    earlier = tuple(report for report in reports if f"{report.as_of}" <= on)
    found = ask(
        f"""
        select stadsdel_id, indicator_id, year, value from marts.fct_outcome_editions
        where as_of <= '{on}' and (superseded_on > '{on}' or superseded_on is null)
        """
    )
    got = {
        (
            row["stadsdel_id"],
            uncurated.get(row["indicator_id"], row["indicator_id"]),
            row["year"],
        ): plain(row["value"])
        for row in found
    }
    assert len(got) == len(found)
    assert got == {
        (council.slug, truth.key(indicator), year): plain(editions[-1].value)
        for (council, indicator), years in truth.prints(earlier).items()
        for year, editions in years.items()
    }


def test_the_city_is_as_large_as_it_should_be(reports: tuple[Report, ...]) -> None:
    assert len({report.council for report in reports}) >= 6
    assert len({report.year for report in reports}) >= 6
    assert {report.kind for report in reports} == {"vp", "t1", "t2", "vb"}


def test_the_city_has_what_the_marts_must_tell_apart(world: World) -> None:
    """Merged councils, new names, every kind of restatement and of target, something uncurated."""
    assert {report.council.slug for report in world.reports if report.council.last.year < 9999}
    rows = [row for _, row in truth.each(world.reports)]
    assert any(len({row.name for row in rows if row.indicator is each}) > 1 for each in INDICATORS)
    assert any(not row.indicator.curated for row in rows)
    lines = {name: list(mart.rows(world)) for name, mart in MARTS.items()}

    def values(mart: str, column: str) -> set[Any]:
        return {line[column] for line in lines[mart]}

    restated = values("fct_restatements", "kind")
    assert restated == {"none", "rounding", "revised", "appeared", "vanished"}
    numbers = {"value", "min", "max", "range", "tolerance", "direction"}
    assert values("fct_target_gaps", "target_type") == numbers | {"delegated", "none"}
    assert values("fct_target_gaps", "kf_target_type") >= {"delegated", "to_be_decided", "max"}
    assert values("fct_target_gaps", "status") == {"met", "near", "missed", "not_evaluable"}
    assert values("fct_target_revisions", "revision") == {
        "no_plan", "none", "set", "withdrawn", "type_changed", "tightened", "eased", "changed",
    }  # fmt: skip
    assert values("fct_indicator_trends", "trend") >= {
        "insufficient", "indicative", "improving", "worsening", "no_clear_trend",
    }  # fmt: skip
    assert "added" in values("rpt_constant_geography", "derivation")
    assert values("rpt_constant_geography", "reason") == {None, "no_denominator", "missing_council"}
    assert values("fct_forecast_errors", "is_verdict_right") == {True, False, None}


def test_two_to_three_per_cent_of_the_prints_are_restated(reports: tuple[Report, ...]) -> None:
    """Of the prints of an outcome that has been printed before, those that print another one."""
    pairs = [
        (before.value, later.value)
        for years in truth.prints(reports).values()
        for editions in years.values()
        for before, later in pairwise(editions)
    ]
    share = sum(before != later for before, later in pairs) / len(pairs)
    assert 0.02 <= share <= 0.03


@pytest.mark.parametrize("indicator", [each for each in INDICATORS if each.curated])
def test_the_city_and_the_curated_list_agree(indicator: Any) -> None:
    facts = curated.facts(indicator)
    assert facts.scale == indicator.scale
    assert {"higher": 1, "lower": -1}.get(facts.polarity or "") == indicator.better
    assert indicator.sexes in (None, facts.gender_kind)
    assert (facts.kf_scope == "city_total") == (indicator.kf == "city")
