"""A city with known truth goes from its printed reports to the marts, and every mart agrees.

The reports are set in the layouts of the real ones and refreshed as a user would; what each mart
must hold is worked out from the city itself (`world.truth`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from world import SEED, paper, truth
from world.city import Report, city

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stadsdel.workspace import Workspace
    from world.truth import Rows

    Ask = Callable[[str], list[tuple[Any, ...]]]

# An indicator by its id, or by its name while nobody has curated it.
KEY = "case when is_curated then indicator_id else name end"


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return city(SEED)


@pytest.fixture(scope="module")
def ask(made_up_city: Workspace) -> Iterator[Ask]:
    with duckdb.connect(str(made_up_city.warehouse), read_only=True) as warehouse:
        yield lambda query: warehouse.execute(query).fetchall()


def rounded(value: Any) -> Any:
    """A number to nine decimals: doubles of the marts against exact decimals of the city."""
    return round(float(value), 9) if isinstance(value, float | Decimal) else value


def compare(ask: Ask, query: str, keys: int, expected: Rows) -> None:
    """The rows of `query`, their first `keys` columns the key, are the expected ones."""
    found = ask(query)
    got = {row[:keys]: tuple(rounded(value) for value in row[keys:]) for row in found}
    want = {key: tuple(rounded(value) for value in row) for key, row in expected.items()}
    assert len(got) == len(found)
    differing = [
        (key, want.get(key), got.get(key)) for key in want | got if want.get(key) != got.get(key)
    ]
    assert not differing, differing[:5]
    assert want


def test_the_city_is_as_large_as_it_should_be(reports: tuple[Report, ...]) -> None:
    assert len({report.council for report in reports}) >= 6
    assert len({report.year for report in reports}) >= 6
    assert {report.kind for report in reports} == {"vp", "t1", "t2", "vb"}


def test_every_report_is_there_once(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        "select report_id, indicator_rows, unaccounted, editions from marts.dim_report",
        1,
        {(report.key,): (len(report.rows), 0, 1) for report in reports},
    )


def test_observations(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select report_id, {KEY}, year, measure, sex, value
        from marts.fct_observations inner join marts.dim_indicator using (indicator_id)
        where value is not null
        """,
        5,
        truth.observations(reports),
    )


def test_target_gaps(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select report_id, {KEY}, gap, status, reason, kf_gap, kf_status, kf_reason
        from marts.fct_target_gaps inner join marts.dim_indicator using (indicator_id)
        """,
        2,
        truth.target_gaps(reports),
    )


def test_trends(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select
            stadsdel_id,
            {KEY},
            year, value, change, verdict, n_years, trend, slope_per_year, p_value
        from marts.fct_indicator_trends inner join marts.dim_indicator using (indicator_id)
        """,
        3,
        truth.trends(reports),
    )


def test_gender_gaps(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select report_id, {KEY}, gap
        from marts.fct_gender_gaps inner join marts.dim_indicator using (indicator_id)
        """,
        2,
        truth.gender_gaps(reports),
    )


def test_restatements(ask: Ask, reports: tuple[Report, ...]) -> None:
    expected = truth.restatements(reports)
    kinds = {row[-1] for row in expected.values()}
    assert kinds == {"none", "rounding", "revised", "appeared", "vanished"}
    compare(
        ask,
        f"""
        select
            report_id, {KEY}, year,
            first_value, value, kind
        from marts.fct_restatements inner join marts.dim_indicator using (indicator_id)
        """,
        3,
        expected,
    )


def test_what_was_known_on_a_day(ask: Ask, reports: tuple[Report, ...]) -> None:
    """The editions that stand on a day are what the reports up to that day print last."""
    on = "2022-09-01"
    earlier = tuple(report for report in reports if f"{report.as_of}" <= on)
    compare(
        ask,
        f"""
        select
            stadsdel_id, {KEY}, year, value
        from marts.fct_outcome_editions inner join marts.dim_indicator using (indicator_id)
        where as_of <= '{on}' and (superseded_on > '{on}' or superseded_on is null)
        """,
        3,
        {
            (council.slug, truth.key(indicator), year): (editions[-1].value,)
            for (council, indicator), years in truth.prints(earlier).items()
            for year, editions in years.items()
        },
    )


def test_target_revisions(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select report_id, {KEY}, plan_target, target, drift, ambition
        from marts.fct_target_revisions inner join marts.dim_indicator using (indicator_id)
        where measure = 'target'
        """,
        2,
        truth.target_revisions(reports),
    )


def test_forecast_errors(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        f"""
        select report_id, {KEY}, error, naive_absolute_error
        from marts.fct_forecast_errors inner join marts.dim_indicator using (indicator_id)
        """,
        2,
        truth.forecast_errors(reports),
    )


def test_comparison_between_districts(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        """
        select stadsdel_id, indicator_id, year, place, n_stadsdelar
        from marts.rpt_stadsdel_comparison
        """,
        3,
        truth.places(reports),
    )


def test_constant_geography(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        """
        select stadsdel_id, indicator_id, year, value, derivation
        from marts.rpt_constant_geography
        """,
        3,
        truth.constant_geography(reports),
    )


def test_goals_keep_their_printed_assessment(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        """
        select report_id, code, title, assessment_printed, goal_id
        from marts.fct_goal_assessments
        """,
        1,
        {
            (report.key,): (
                paper.GOAL.code,
                paper.GOAL.title,
                paper.assessment(report),
                f"{'2019-2022' if report.year < 2023 else '2023-2026'}-kf-{paper.GOAL.code}",
            )
            for report in reports
        },
    )


def test_activities(ask: Ask, reports: tuple[Report, ...]) -> None:
    compare(
        ask,
        """
        select report_id, activity, start_date::varchar, end_date::varchar
        from marts.fct_activities
        """,
        1,
        {
            (report.key,): (paper.ACTIVITY, f"{report.year}-01-01", f"{report.year}-12-31")
            for report in reports
        },
    )


def test_money_and_its_sums(ask: Ask, reports: tuple[Report, ...]) -> None:
    kinds = {"varav hemtjänst": "sub_item", "Summa": "total"}
    expected: Rows = {}
    for report in reports:
        for label, values in paper.money(report):
            for column, value in zip(paper.MONEY_COLUMNS, values, strict=True):
                check = None
                if label == "Summa":
                    wrong = (report.year, report.kind) == (2021, "vb") and column != "Intäkter"
                    check = "differs" if wrong else "exact"
                kind = kinds.get(label, "item")
                expected[report.key, label, column] = (value, "mnkr", kind, check)
    compare(
        ask,
        """
        select report_id, label, column_name, value_printed, unit_of_measure, row_kind, sum_check
        from marts.fct_economy
        """,
        3,
        expected,
    )


def test_the_name_nobody_has_curated_waits_for_review(ask: Ask) -> None:
    found = ask(
        """
        select distinct printed, kind from marts.rpt_review_queue
        where kind = 'uncurated_indicator'
        """
    )
    assert found == [
        ("Andel besökare som är nöjda med fritidsbankens öppettider", "uncurated_indicator")
    ]
