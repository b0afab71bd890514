from __future__ import annotations

from datetime import date, timedelta

import pytest

from stadsdel import calendar
from stadsdel.calendar import Due


def test_a_year_s_reports_follow_each_other() -> None:
    plan, *others = calendar.reports_of(2022)
    assert plan == Due(2022, "vp")
    for report in others:
        plan = plan.following()
        assert report == plan


@pytest.mark.parametrize("report", calendar.reports_of(2024))
def test_a_report_is_expected_from_before_its_deadline(report: Due) -> None:
    assert report.opens < report.due
    assert report.as_of <= report.due


def test_a_plan_is_expected_before_its_year_begins() -> None:
    assert Due(2024, "vp").opens == date(2023, 12, 1)


def test_reports_are_expected_in_eight_months_of_the_year() -> None:
    assert calendar.months_of_reports() == (1, 2, 3, 5, 6, 9, 10, 12)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_deadline_is_the_last_day_of_a_month(year: int) -> None:
    after = [report.due + timedelta(days=1) for report in calendar.reports_of(year)]
    assert {day.day for day in after} == {1}
    assert tuple(sorted(day.month for day in after)) == calendar.months_after_deadlines()


def test_the_shortest_time_between_deadlines_is_from_january_to_march() -> None:
    common_year = date(2023, 3, 31) - date(2023, 1, 31)
    assert calendar.shortest_time_between_deadlines() == common_year
