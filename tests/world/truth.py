"""What follows from the city's reports, by the definitions, worked out the plain way.

Belongs here: one function per mart, from the reports to the rows a mart must hold, as dicts by key.
Does not belong here: SQL, or anything read from the warehouse.

Definitions: unchanged within half the sum of the last digits; near within the last digit, or a
twentieth of the target and, for shares, one point; Mann-Kendall by trying every order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, permutations
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from world.city import Council, Indicator, Report, Row, Target

Rows = dict[tuple[Any, ...], tuple[Any, ...]]
MEASURES: dict[str, Callable[[Row], Decimal | None]] = {
    "outcome": lambda row: row.outcome,
    "outcome_previous": lambda row: row.previous,
    "forecast": lambda row: row.forecast,
}
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


def observations(reports: tuple[Report, ...]) -> Rows:
    """Every printed number: (report, indicator, year, measure, sex) -> (value,)."""
    found: Rows = {}
    for report, row in each(reports):
        for measure, number in MEASURES.items():
            if (value := number(row)) is not None:
                year = report.year - (measure == "outcome_previous")
                found[report.key, key(row.indicator), year, measure, "total"] = (value,)
        for sex, value in (("men", row.men), ("women", row.women)):
            if value is not None:
                found[report.key, key(row.indicator), report.year, "outcome", sex] = (value,)
        for measure, target in (("target", row.target), ("kf_target", row.kf)):
            if target.bound is not None:
                found[report.key, key(row.indicator), report.year, measure, "total"] = (
                    target.bound,
                )
    return found


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
    if target.kind == "tolerance":
        assert target.low is not None
        assert target.high is not None
        inside = target.low <= outcome <= target.high
        bound = target.high if outcome > target.high else target.low
        gap = Decimal(0) if inside else outcome - bound
        return Judged(gap, _graded(indicator, gap, bound, met=inside, coarse=False), None)
    assert target.bound is not None
    gap = outcome - target.bound
    better = -1 if target.kind == "max" else indicator.better
    assert better is not None
    met = gap * better >= 0
    coarse = target.kind == "max"  # printed without decimals
    return Judged(gap, _graded(indicator, gap, target.bound, met=met, coarse=coarse), None)


def _graded(indicator: Indicator, gap: Decimal, bound: Decimal, *, met: bool, coarse: bool) -> str:
    if met:
        return "met"
    band = abs(bound) * TWENTIETH
    if indicator.scale == "share":
        band = min(band, Decimal(1))
    return "near" if abs(gap) <= max(band, Decimal(1) if coarse else digit(indicator)) else "missed"


def target_gaps(reports: tuple[Report, ...]) -> Rows:
    """(report, indicator) -> gap, status and reason of the council's and of KF's target."""
    found: Rows = {}
    for report, row in each(reports):
        own, kf = judge(row, row.target, kf=False), judge(row, row.kf, kf=True)
        found[report.key, key(row.indicator)] = (
            own.gap, own.status, own.reason, kf.gap, kf.status, kf.reason,
        )  # fmt: skip
    return found


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


def outcomes(reports: tuple[Report, ...]) -> dict[tuple[Council, Indicator], dict[int, Decimal]]:
    """The latest printed figure of each year whose end the council lived to see."""
    found: dict[tuple[Council, Indicator], dict[int, Decimal]] = {}
    for (council, indicator), years in prints(reports).items():
        for year, editions in sorted(years.items()):
            values = [each_print.value for each_print in editions if each_print.value is not None]
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


def trends(reports: tuple[Report, ...]) -> Rows:
    """(council, indicator, year) -> value, change, verdict, length, trend, slope and p."""
    found: Rows = {}
    for (council, indicator), years in outcomes(reports).items():
        summary = _trend(indicator, years)
        for year, value in years.items():
            before = years.get(year - 1)
            change = None if before is None else value - before
            if change is None or indicator.better is None:
                verdict = "not_evaluable"
            elif abs(change) <= digit(indicator):
                verdict = "unchanged"
            else:
                verdict = "improved" if change * indicator.better > 0 else "worsened"
            found[council.slug, key(indicator), year] = (value, change, verdict, *summary)
    return found


def _trend(indicator: Indicator, years: dict[int, Decimal]) -> tuple[Any, ...]:
    values = list(years.values())
    first, last = min(years), max(years)
    if len(values) < 3:
        return len(values), "insufficient", None, None
    if len(values) < 5:
        return len(values), "indicative", float(values[-1] - values[0]) / (last - first), None
    ranked = sorted(set(values))
    s, p = mann_kendall(tuple(ranked.index(value) for value in values))
    slope = median(
        float(years[later] - years[earlier]) / (later - earlier)
        for earlier, later in combinations(years, 2)
    )
    if p > 0.10:
        trend: str | None = "no_clear_trend"
    elif indicator.better is None:
        trend = None
    else:
        trend = "improving" if s * indicator.better > 0 else "worsening"
    return len(values), trend, slope, p


def gender_gaps(reports: tuple[Report, ...]) -> Rows:
    """(report, indicator) -> women less men, for rates and counts."""
    return {
        (report.key, key(row.indicator)): (row.women - row.men,)
        for report, row in each(reports)
        if row.men is not None
        and row.women is not None
        and row.indicator.sexes in ("rate", "count")
    }


def restatements(reports: tuple[Report, ...]) -> Rows:
    """(later report, indicator, year) -> first and later value, and the kind of difference."""
    found: Rows = {}
    for (_, indicator), years in prints(reports).items():
        for year, editions in years.items():
            if not editions[0].first_hand:
                continue
            first = editions[0].value
            for later in editions[1:]:
                kind = _restated(first, later.value, digit(indicator))
                found[later.report.key, key(indicator), year] = (first, later.value, kind)
    return found


def _restated(first: Decimal | None, later: Decimal | None, last_digit: Decimal) -> str:
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


def target_revisions(reports: tuple[Report, ...]) -> Rows:
    """(latest report, indicator) -> the target in the plan and lately, drift and ambition."""
    years: dict[tuple[Council, int, Indicator], list[tuple[Report, Row]]] = {}
    for report, row in sorted(each(reports), key=lambda pair: pair[0].as_of):
        years.setdefault((report.council, report.year, row.indicator), []).append((report, row))
    found: Rows = {}
    known = outcomes(reports)
    for (council, year, indicator), told in years.items():
        report, row = told[-1]
        plan = told[0][1].target if told[0][0].kind == "vp" else None
        drift = None
        if plan and plan.bound is not None and row.target.bound is not None:
            drift = row.target.bound - plan.bound
        before = known.get((council, indicator), {}).get(year - 1)
        ambition = None
        if before is not None and row.target.bound is not None and indicator.better:
            ambition = indicator.better * (row.target.bound - before)
        planned = plan.bound if plan else None
        found[report.key, key(row.indicator)] = (planned, row.target.bound, drift, ambition)
    return found


def forecast_errors(reports: tuple[Report, ...]) -> Rows:
    """(tertial report, indicator) -> error, and size of the naive error."""
    known = outcomes(reports)
    found: Rows = {}
    for report, row in each(reports):
        years = known.get((report.council, row.indicator), {})
        if row.forecast is None or report.year not in years:
            continue
        naive = row.previous if row.previous is not None else years.get(report.year - 1)
        outcome = years[report.year]
        found[report.key, key(row.indicator)] = (
            row.forecast - outcome,
            None if naive is None else abs(naive - outcome),
        )
    return found


def places(reports: tuple[Report, ...]) -> Rows:
    """(council, indicator, year) -> place among the districts and how many they are."""
    by_year: dict[tuple[Indicator, int], dict[str, Decimal]] = {}
    for (council, indicator), years in outcomes(reports).items():
        for year, value in years.items():
            if indicator.curated:
                by_year.setdefault((indicator, year), {})[council.slug] = value
    found: Rows = {}
    for (indicator, year), values in by_year.items():
        for slug, value in values.items():
            place = None
            if indicator.better is not None and indicator.kf != "city":
                ahead = [v for v in values.values() if (v - value) * indicator.better > 0]
                place = len(ahead) + 1
            found[slug, key(indicator), year] = (place, len(values))
    return found


def constant_geography(reports: tuple[Report, ...]) -> Rows:
    """(district of today, indicator, year) -> the figure within today's borders, and how."""
    councils = {report.council for report in reports}
    by_area: dict[tuple[str, Indicator, int], dict[str, Decimal]] = {}
    for (council, indicator), years in outcomes(reports).items():
        for year, value in years.items():
            if indicator.curated:
                by_area.setdefault((council.today, indicator, year), {})[council.slug] = value
    found: Rows = {}
    for (area, indicator, year), values in by_area.items():
        alive = [c for c in councils if c.today == area and c.lives(date(year, 12, 31))]
        row: tuple[Any, ...]
        if len(alive) == 1:
            row = (sum(values.values()), "as_reported")
        elif indicator.scale == "count" and len(values) == len(alive):
            row = (sum(values.values()), "added")
        else:
            row = (None, "not_computed")
        found[area, key(indicator), year] = row
    return found
