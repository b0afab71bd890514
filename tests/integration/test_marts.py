"""The public marts on the sample reports: what an analyst must find in them, and must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stadsdel.workspace import Workspace

    Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def ask(sample: Workspace) -> Iterator[Ask]:
    """Answer a query on the published file."""
    with duckdb.connect(str(sample.warehouse), read_only=True) as warehouse:
        yield lambda query: warehouse.execute(query).fetchall()


BARN = "andel-barn-i-familjer-med-ekonomiskt-bistand"


def test_series_takes_last_year_where_no_report_of_the_year_is_loaded(ask: Ask) -> None:
    found = ask(
        f"""
        select year, value, value_source, editions, trend from marts.fct_indicator_trends
        where stadsdel_id = 'hasselby-vallingby' and indicator_id = '{BARN}' order by year
        """
    )
    assert found == [
        (2019, 3.3, "previous_year_column", 1, "indicative"),
        (2020, 3.1, "vb", 1, "indicative"),
        (2021, 2.7, "previous_year_column", 1, "indicative"),
    ]


def test_target_of_the_year_is_met_by_a_tenth(ask: Ask) -> None:
    found = ask(
        f"""
        select target, gap, status, kf_target, kf_gap, kf_status from marts.fct_target_gaps
        where indicator_id = '{BARN}' and year = 2020 and report_type = 'vb'
        """
    )
    assert found == [(3.2, -0.1, "met", 2.7, 0.4, "missed")]


def test_tertial_outcomes_never_enter_the_series(ask: Ask) -> None:
    assert ask("select max(year) from marts.fct_indicator_trends") == [(2021,)]
    assert ask(
        """
        select distinct obs_status from marts.fct_observations
        where report_type = 't2' and measure = 'outcome' and value is not null
        """
    ) == [("P",)]


def test_whole_citys_target_has_no_gap_to_a_district(ask: Ask) -> None:
    found = ask(
        """
        select kf_printed.year, kf_target, kf_gap, kf_status, kf_reason
        from marts.fct_target_gaps as kf_printed
        where indicator_name = 'Antal ungdomar som fått feriejobb i stadens regi' order by year
        """
    )
    assert found == [
        (2020, 9000.0, None, "not_evaluable", "city_wide_target"),
        (2022, 9000.0, None, "not_evaluable", "city_wide_target"),
        (2024, 11000.0, None, "not_evaluable", "city_wide_target"),
    ]


def test_tolerance_is_met_at_its_edge(ask: Ask) -> None:
    found = ask(
        """
        select outcome, target_printed, target_low, target_high, gap, status, kf_status
        from marts.fct_target_gaps
        where indicator_name = 'Nämndens prognossäkerhet T2' and year = 2020
        """
    )
    assert found == [(-1.0, "+/- 1 %", -1.0, 1.0, 0.0, "met", "met")]


def test_direction_is_judged_against_last_year(ask: Ask) -> None:
    found = ask(
        """
        select year, outcome_previous, outcome, kf_target_type, kf_status, kf_reason
        from marts.fct_target_gaps
        where indicator_id = 'ej-diskriminering-socialpsykiatri' order by year
        """
    )
    assert found == [
        (2020, 91.0, 96.0, "direction", "met", None),
        (2022, 89.0, None, "direction", "not_evaluable", "no_outcome"),
        (2024, None, None, "delegated", "not_evaluable", "delegated"),
    ]


def test_upper_bound_is_read_from_words(ask: Ask) -> None:
    found = ask(
        """
        select outcome, kf_target_printed, kf_target_type, kf_gap, kf_status
        from marts.fct_target_gaps
        where indicator_id = 'antal-personal-en-hemtjansttagare-moter' and year = 2020
        """
    )
    # 0,6 above 10 is beyond a twentieth of it, but within the target's last printed digit
    assert found == [(10.6, "Max 10 personer", "max", 0.6, "near")]


def test_parts_of_a_share_are_no_gender_gap(ask: Ask) -> None:
    assert ask(
        """
        select outcome, outcome_men, outcome_women from marts.rpt_forskola
        where indicator_id = 'andel-legitimerade-forskollarare' and year = 2020
        """
    ) == [(37.0, 2.5, 34.5)]
    assert ask(
        """
        select count(*) from marts.fct_gender_gaps
        where indicator_id = 'andel-legitimerade-forskollarare'
        """
    ) == [(0,)]


@pytest.mark.parametrize(
    ("indicator_id", "reports"),
    [
        ("ej-diskriminering-socialpsykiatri", 3),  # socialpsykiatri, socialpsykiatrin
        ("andel-ungdomar-ej-utsatta-for-hot-och-vald", 2),  # stockholmsevenkäten
        ("antal-barn-per-anstalld-forskola", 3),  # förskolebarn per anställd
        ("avhysningar-avvarjda-kronofogden", 2),  # word order
        ("avhysningar-avvarjda-hyresvarden", 1),
        ("brukare-som-trivs-funktionsnedsattning", 1),
        ("brukare-nojda-med-insats-funktionsnedsattning", 2),
        ("forbattrad-situation-ekonomiskt-bistand", 1),
        ("forbattrad-situation-socialpsykiatri", 1),
        ("forbattrad-situation-vuxna-missbruk", 1),
    ],
)
def test_names_are_joined_and_kept_apart_as_curated(
    ask: Ask, indicator_id: str, reports: int
) -> None:
    found = ask(
        f"""
        select count(distinct report_id) from marts.fct_observations
        where indicator_id = '{indicator_id}'
        """
    )
    assert found == [(reports,)]


def test_every_indicator_of_the_sample_is_curated(ask: Ask) -> None:
    assert ask("select name from marts.dim_indicator where not is_curated") == []
    assert (
        ask(
            """
        select name from marts.dim_indicator
        where indicator_id not in (select indicator_id from marts.fct_observations)
        """
        )
        == []
    )


def test_a_units_column_mixes_signs_and_bare_numbers(ask: Ask) -> None:
    """A bare number takes the indicator's unit; no printed unit of the sample is foreign to it."""
    assert ask("select count(*) from marts.fct_observations where obs_status = 'V'") == [(0,)]
    assert ask(
        """
        select value, unit_printed, unit_of_measure from marts.fct_observations
        where indicator_id = 'antal-barn-per-grupp' and year = 2020 and measure = 'forecast'
        """
    ) == [(16.0, "st", "barn/avd.")]


def test_totals_outside_the_sexes_are_kept_and_flagged(ask: Ask) -> None:
    found = ask(
        """
        select indicator_id from marts.rpt_data_quality
        where check_name = 'total_outside_sexes' order by indicator_id
        """
    )
    assert found == [
        ("andel-personer-med-ekonomiskt-bistand",),  # 1,89 of 1,99 and 2,09
        ("ej-diskriminering-funktionsnedsattning",),  # 92 of 90 and 91
        ("utredningar-skola-vidtalas",),  # 57,42 of 60 and 58,56
    ]


def test_every_column_is_described_in_the_file(ask: Ask) -> None:
    assert (
        ask(
            """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and table_name != 'dim_build' and comment is null
        """
        )
        == []
    )
    assert (
        ask(
            """
        select table_name from duckdb_tables()
        where schema_name = 'marts' and comment not like 'One row per %'
        """
        )
        == []
    )
