"""What follows from the city's reports, by the definitions, worked out the plain way.

Belongs here: each definition, worked out on the city's own figures. Does not belong here: the rows
of marts (`marts`), SQL, or anything read from the warehouse.

Definitions: unchanged within half the sum of the last digits; near within the last digit, or a
twentieth of the target and, for shares, one point; Mann-Kendall by trying every order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, permutations
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from world.city import Council, Indicator, Report, Row, Target

TWENTIETH = Decimal("0.05")


def key(indicator: Indicator) -> str:
    """Return its id in the marts, or the name of one that nobody has curated."""
    return indicator.key or indicator.names[-1][1]


def digit(indicator: Indicator) -> Decimal:
    """Return one unit of the indicator's last printed digit."""
    return Decimal(1).scaleb(-indicator.decimals)


def each(reports: tuple[Report, ...]) -> Iterator[tuple[Report, Row]]:
    """Yield every indicator row with its report."""
    for report in reports:
        for row in report.rows:
            yield report, row


@dataclass(frozen=True, slots=True)
class Judged:
    """Gap, status and reason of one target."""

    gap: Decimal | None
    status: str
    reason: str | None


def judge(row: Row, target: Target, *, kf: bool) -> Judged:
    """Hold a row's outcome against a target."""
    indicator, outcome = row.indicator, row.outcome
    unusable = {"none": "no_target", "delegated": "delegated", "to_be_decided": "to_be_decided"}
    reason = unusable.get(target.kind)
    if reason is None and kf and indicator.kf == "city":
        reason = "city_wide_target"
    if reason is None and (
        outcome is None or (target.kind == "direction" and row.previous is None)
    ):
        reason = "no_outcome"
    if reason is None and not indicator.curated:
        reason = "no_polarity"
    if reason is not None:
        return Judged(None, "not_evaluable", reason)

    assert outcome is not None
    if target.kind == "direction":
        assert row.previous is not None
        moved = (outcome - row.previous) * target.sign > digit(indicator)
        return Judged(None, "met" if moved else "missed", None)
    met = meets(indicator, target, outcome)
    assert met is not None
    bound = target.bound
    if bound is None:
        assert target.low is not None
        assert target.high is not None
        bound = outcome if met else target.high if outcome > target.high else target.low
    gap = outcome - bound
    return Judged(gap, _graded(indicator, target, gap, bound, met=met), None)


def _graded(
    indicator: Indicator, target: Target, gap: Decimal, bound: Decimal, *, met: bool
) -> str:
    if met:
        return "met"
    band = abs(bound) * TWENTIETH
    if indicator.scale == "share":
        band = min(band, Decimal(1))
    last_digit = max(digit(indicator), Decimal(1).scaleb(-decimals(target.printed or "")))
    return "near" if abs(gap) <= max(band, last_digit) else "missed"


def decimals(printed: str) -> int:
    """Return how many decimals the numbers of a cell are printed with."""
    return max((len(found) for found in re.findall(r",(\d+)", printed)), default=0)


def meets(indicator: Indicator, target: Target, number: Decimal) -> bool | None:
    """Whether a number meets a target; None where no number can."""
    match target.kind:
        case "value" if indicator.better is not None and target.bound is not None:
            return (number - target.bound) * indicator.better >= 0
        case "max" if target.high is not None:
            return number <= target.high
        case "min" if target.low is not None:
            return number >= target.low
        case "tolerance" | "range" if target.low is not None and target.high is not None:
            return target.low <= number <= target.high
        case _:
            return None


def target_of(row: Row, measure: str) -> Target:
    """Return the council's target of a row, or KF's."""
    return row.kf if measure == "kf_target" else row.target


def by_year(
    reports: tuple[Report, ...],
) -> dict[tuple[Council, int, Indicator], list[tuple[Report, Row]]]:
    """What the reports of a year tell of an indicator, in the order of their days."""
    found: dict[tuple[Council, int, Indicator], list[tuple[Report, Row]]] = {}
    for report, row in sorted(each(reports), key=lambda pair: pair[0].as_of):
        found.setdefault((report.council, report.year, row.indicator), []).append((report, row))
    return found


def revision(indicator: Indicator, plan: Target | None, target: Target, reports: int) -> str:
    """Tell how the year's latest target of `reports` reports differs from the plan's."""
    if plan is None:
        return "no_plan"
    if reports == 1:
        return "plan_only"
    if plan.kind != target.kind:
        return {"none": "set"}.get(
            plan.kind, {"none": "withdrawn"}.get(target.kind, "type_changed")
        )
    if plan.bound is None or target.bound is None:
        same = (plan.low, plan.high, plan.sign) == (target.low, target.high, target.sign)
        if plan.kind in ("to_be_decided", "text"):
            same = plan.printed == target.printed
        return "none" if same else "changed"
    drift = target.bound - plan.bound
    if not drift or indicator.better is None:
        return "changed" if drift else "none"
    return "tightened" if drift * indicator.better > 0 else "eased"


@dataclass(frozen=True, slots=True)
class Print:
    """A yearly outcome as one report prints it."""

    report: Report
    value: Decimal | None
    first_hand: bool


Series = dict[tuple["Council", "Indicator"], dict[int, list[Print]]]


def prints(reports: tuple[Report, ...]) -> Series:
    """Every print of each yearly outcome, in the order of the reports' days."""
    found: Series = {}
    for report, row in sorted(each(reports), key=lambda pair: pair[0].as_of):
        years = found.setdefault((report.council, row.indicator), {})
        if report.kind != "vp":
            years.setdefault(report.year - 1, []).append(Print(report, row.previous, False))
        if report.kind == "vb":
            years.setdefault(report.year, []).append(Print(report, row.outcome, True))
    return found


def valued(editions: list[Print]) -> list[Print]:
    """Return the prints that are not blank."""
    return [each_print for each_print in editions if each_print.value is not None]


def outcomes(reports: tuple[Report, ...]) -> dict[tuple[Council, Indicator], dict[int, Decimal]]:
    """The latest printed figure of each year whose end the council lived to see."""
    found: dict[tuple[Council, Indicator], dict[int, Decimal]] = {}
    for (council, indicator), years in prints(reports).items():
        for year, editions in sorted(years.items()):
            values = [told.value for told in editions if told.value is not None]
            if values and council.lives(date(year, 12, 31)):
                found.setdefault((council, indicator), {})[year] = values[-1]
    return found


@cache
def mann_kendall(ranks: tuple[int, ...]) -> tuple[int, float]:
    """Return S and its exact two-sided p, from every order of the values."""

    def s(values: tuple[int, ...]) -> int:
        return sum((b > a) - (b < a) for a, b in combinations(values, 2))

    seen = s(ranks)
    orders = [abs(s(order)) >= abs(seen) for order in permutations(ranks)]
    return seen, sum(orders) / len(orders)


def verdict(indicator: Indicator, change: Decimal | None) -> str:
    """Tell whether a change since the year before is for the better."""
    if change is None or indicator.better is None:
        return "not_evaluable"
    if abs(change) <= digit(indicator):
        return "unchanged"
    return "improved" if change * indicator.better > 0 else "worsened"


@dataclass(frozen=True, slots=True)
class Trend:
    """Where a series goes, by how much a year, and how surely."""

    direction: str | None
    slope: float | None = None
    p: float | None = None


def trend(indicator: Indicator, years: dict[int, Decimal]) -> Trend:
    """Return the trend of a series of yearly outcomes."""
    values = list(years.values())
    first, last = min(years), max(years)
    if len(values) < 3:
        return Trend("insufficient")
    if len(values) < 5:
        return Trend("indicative", float(values[-1] - values[0]) / (last - first))
    ranked = sorted(set(values))
    s, p = mann_kendall(tuple(ranked.index(value) for value in values))
    slope = median(
        float(years[later] - years[earlier]) / (later - earlier)
        for earlier, later in combinations(years, 2)
    )
    if p > 0.10:
        return Trend("no_clear_trend", slope, p)
    if indicator.better is None:
        return Trend(None, slope, p)
    return Trend("improving" if s * indicator.better > 0 else "worsening", slope, p)


def restated(first: Decimal | None, later: Decimal | None, last_digit: Decimal) -> str:
    """Tell how a later print of an outcome differs from the first."""
    match first, later:
        case None, None:
            return "none"
        case None, _:
            return "appeared"
        case _, None:
            return "vanished"
        case Decimal(), Decimal() if first == later:
            return "none"
        case Decimal(), Decimal() if abs(later - first) <= last_digit:
            return "rounding"
        case _:
            return "revised"
