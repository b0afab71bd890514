from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from dagster_project import expected
from dagster_project.resources import Places
from stadsdel import status
from stadsdel.calendar import Due
from stadsdel.status import Council

if TYPE_CHECKING:
    from stadsdel.workspace import Workspace


def test_reports_are_fresh_until_the_morning_after_a_deadline() -> None:
    policy = expected.BY_DEADLINE
    assert policy.deadline_cron == "0 6 1 2,4,7,11 *"
    assert policy.timezone == "Europe/Stockholm"
    between = date(2023, 4, 1) - date(2023, 2, 1)
    assert policy.lower_bound_delta == between


def test_the_season_is_the_working_hours_of_months_with_reports() -> None:
    assert expected.IN_SEASON == "0 7-18 * 1,2,3,5,6,9,10,12 1-5"


def council(latest: Due) -> Council:
    return Council("Bromma", latest, latest.following())


@pytest.mark.parametrize(("latest_year", "overdue"), [(2000, 1), (2999, 0)])
def test_an_overdue_report_is_a_warning_that_names_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, latest_year: int, overdue: int
) -> None:
    held = SimpleNamespace(councils=(council(Due(latest_year, "vb")),))
    monkeypatch.setattr(status, "look", lambda _: held)
    result = expected.expected_reports_are_in(places=Places.of(workspace))
    assert isinstance(result, dg.AssetCheckResult)
    assert result.passed is not bool(overdue)
    assert result.severity == dg.AssetCheckSeverity.WARN
    assert result.metadata["overdue"].value == overdue
    assert ("| Bromma | vp | 2001 |" in str(result.metadata["reports"].value)) is bool(overdue)


def test_overdue_reports_are_looked_for_after_deadlines_and_publications() -> None:
    @dg.asset
    def warehouse() -> None:
        pass

    defs = dg.Definitions(
        assets=[warehouse],
        asset_checks=[expected.expected_reports_are_in],
        resources={"places": Places(reports=[], state="", warehouse="")},
    )
    instance = dg.DagsterInstance.ephemeral()
    stockholm = ZoneInfo("Europe/Stockholm")
    cursor = None
    asked = []
    for when in (
        datetime(2026, 6, 30, 12, tzinfo=stockholm),
        datetime(2026, 7, 1, 5, tzinfo=stockholm),
        datetime(2026, 7, 1, 7, tzinfo=stockholm),
        datetime(2026, 7, 2, 7, tzinfo=stockholm),
    ):
        result = dg.evaluate_automation_conditions(
            defs=defs, instance=instance, cursor=cursor, evaluation_time=when
        )
        cursor = result.cursor
        asked.append(result.total_requested)
    assert asked == [0, 0, 1, 0]
    instance.report_runless_asset_event(dg.AssetMaterialization("warehouse"))
    result = dg.evaluate_automation_conditions(
        defs=defs,
        instance=instance,
        cursor=cursor,
        evaluation_time=datetime(2026, 7, 3, 7, tzinfo=stockholm),
    )
    assert result.total_requested == 1
