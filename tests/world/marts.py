"""The rows that each public mart must hold of the city, column by column.

Belongs here: one function per mart, and which columns the city does not tell. Does not belong
here: the definitions behind the figures (`truth`), SQL, or anything read from the warehouse.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from world import curated, paper, truth
from world.city import Target, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from world.city import Council, Indicator, Report, Row
    from world.truth import Print

Line = dict[str, Any]
Figure = tuple["Council", "Indicator"]
TERTIALS = ("t1", "t2")
UNIT_OF_MONEY = "mnkr"
KRONOR = 1_000_000


@dataclass(frozen=True)
class World:
    """The city's reports and what they look like on paper, by report id."""

    reports: tuple[Report, ...]
    files: dict[str, paper.File]

    @classmethod
    def of(cls, reports: tuple[Report, ...], seed: int) -> World:
        """Print the reports as the refreshed files were."""
        return cls(reports, {file.report.key: file for file in paper.files(reports, seed)})

    def place(self, report: Report, kind: str, number: int) -> Line:
        """Return the line or the page on which a row of a kind is printed."""
        return _place(self.files[report.key].printed.truth[kind][number])

    def place_of(self, report: Report, indicator: Indicator) -> Line:
        """Return the line or the page on which a report prints an indicator."""
        numbers = [row.indicator for row in report.rows]
        return self.place(report, "indicators", numbers.index(indicator))


@dataclass(frozen=True, slots=True)
class Mart:
    """What the city tells of a mart: its rows, their key, and the columns it leaves open.

    `only` is the condition, in SQL, of the rows that it tells.
    """

    key: tuple[str, ...]
    rows: Callable[[World], Iterable[Line]]
    left_open: frozenset[str]
    only: str


def _place(row: Line) -> Line:
    return {"line": row.get("line"), "page": row.get("page")}


def _who(report: Report) -> Line:
    return {
        "report_id": report.key,
        "stadsdel_id": report.council.slug,
        "reporting_unit": None,
        "report_type": report.kind,
    }


def _what(indicator: Indicator) -> Line:
    facts = curated.facts(indicator)
    return {
        "indicator_id": truth.key(indicator),
        "indicator_name": facts.name,
        "unit_of_measure": facts.unit,
    }


def _mandate(year: int) -> str:
    return "2019-2022" if year < 2023 else "2023-2026"


def _goal_id(report: Report) -> str:
    return f"{_mandate(report.year)}-kf-{paper.GOAL.code}"


def _printed(value: Decimal | None, indicator: Indicator) -> str | None:
    return None if value is None else figure(value, indicator.unit)


def dim_stadsdel(_: World) -> Iterable[Line]:
    """Every district since 2007, whether or not it reports."""
    names = ("stadsdel_id", "name", "valid_from", "valid_to", "successor_id")
    return [dict(zip(names, district, strict=True)) for district in curated.DISTRICTS]


def dim_indicator(world: World) -> Iterable[Line]:
    """Every curated indicator, and those that are printed and nobody has curated."""
    known = curated.indicators()
    printed = {row.indicator for _, row in truth.each(world.reports)}
    uncurated = {truth.key(each): curated.facts(each) for each in printed if not each.curated}
    for indicator_id, facts in (known | uncurated).items():
        yield {
            "indicator_id": indicator_id,
            "name": facts.name,
            "unit_of_measure": facts.unit,
            "scale": facts.scale,
            "polarity": facts.polarity,
            "gender_kind": facts.gender_kind,
            "kf_scope": facts.kf_scope,
            "theme": facts.theme,
            "is_kf": facts.is_kf,
            "is_curated": facts.is_curated,
        }


def dim_report(world: World) -> Iterable[Line]:
    """Each report with its file."""
    layouts = {"a": "text-lines", "rules": "text-lines", "b": "text-tabs", "pdf": "pdf"}
    for report in world.reports:
        file = world.files[report.key]
        in_pages = file.printed.layout == "pdf"
        yield _who(report) | {
            "year": report.year,
            "mandate_period": _mandate(report.year),
            "as_of": report.as_of,
            "file_name": file.name,
            "sha256": hashlib.sha256(file.printed.data).hexdigest(),
            "layout": layouts[file.printed.layout],
            "lines": None if in_pages else len(file.printed.text.splitlines()),
            "pages": file.printed.data.count(b"/Type /Page\n") if in_pages else None,
            "indicator_rows": len(report.rows),
            "goal_rows": 1,
            "activity_rows": 1,
            "economy_rows": len(paper.money(report)),
            "unaccounted": 0,
            "editions": 1,
            "earlier_files": None,
        }


def dim_day(world: World) -> Iterable[Line]:
    """Every day from the first year that a figure is about to the last."""
    years = {report.year for report in world.reports}
    day = date(min(years) - 1, 1, 1)  # the first reports print last year's figures
    while day.year <= max(years):
        yield {"date_day": day, "year": day.year}
        day += timedelta(days=1)


def dim_build(world: World) -> Iterable[Line]:
    """The one build there is."""
    digests = {file.name: file.printed.data for file in world.files.values()}
    yield {
        "build_number": 1,
        "n_reports": len(world.reports),
        "n_set_aside": 0,
        "reports": [hashlib.sha256(digests[name]).hexdigest() for name in sorted(digests)],
    }


MEASURES = {
    "outcome": ("outcome", "total"),
    "outcome_men": ("outcome", "men"),
    "outcome_women": ("outcome", "women"),
    "outcome_prev": ("outcome_previous", "total"),
    "forecast": ("forecast", "total"),
    "target": ("target", "total"),
    "kf_target": ("kf_target", "total"),
}


def fct_observations(world: World) -> Iterable[Line]:
    """Every cell of the columns in which a report prints anything."""
    used = {
        (report.key, field)
        for report, row in truth.each(world.reports)
        for field, printed in paper.cells(row, report).items()
        if printed is not None
    }
    for report, row in truth.each(world.reports):
        indicator, cells = row.indicator, paper.cells(row, report)
        values = {
            "outcome": row.outcome,
            "outcome_men": row.men,
            "outcome_women": row.women,
            "outcome_prev": row.previous,
            "forecast": row.forecast,
        }
        targets = {"target": row.target, "kf_target": row.kf}
        for column in paper.columns(report):
            if column.field == "period" or (report.key, column.field) not in used:
                continue
            measure, sex = MEASURES[column.field]
            printed, target = cells[column.field], targets.get(column.field)
            is_number = printed is not None and any(letter.isdigit() for letter in printed)
            if target is not None and target.kind in ("delegated", "to_be_decided"):
                is_number = False
            status = _status(report, indicator, measure, sex, printed, target)
            yield (
                _who(report)
                | _what(indicator)
                | world.place_of(report, indicator)
                | {
                    "indicator_name_printed": row.name,
                    "year": report.year - (measure == "outcome_previous"),
                    "report_year": report.year,
                    "sex": sex,
                    "measure": measure,
                    "value": target.bound if target is not None else values[column.field],
                    "value_printed": printed,
                    "value_corrected": None,
                    "unit_printed": indicator.unit or None if is_number else None,
                    "decimals": truth.decimals(printed or "") if is_number else None,
                    "target_type": target.kind if target is not None else None,
                    "target_low": target.low if target is not None else None,
                    "target_high": target.high if target is not None else None,
                    "target_direction": (target.sign or None) if target is not None else None,
                    "obs_status": status,
                    "obs_status_all": status,
                    "period": cells["period"],
                    "goal": f"{paper.GOAL.code} {paper.GOAL.title}",
                }
            )


def _status(
    report: Report,
    indicator: Indicator,
    measure: str,
    sex: str,
    printed: str | None,
    target: Target | None,
) -> str:
    """Return the SDMX status of a cell."""
    facts = curated.facts(indicator)
    if target is not None and target.kind == "delegated":
        return "M"
    if target is not None and target.kind == "to_be_decided":
        return "O"
    if printed is None:
        no_sexes = sex != "total" and facts.gender_kind == "none"
        not_kf = measure == "kf_target" and facts.is_kf is False
        return "M" if no_sexes or not_kf else "O"
    if measure == "forecast":
        return "F"
    return "P" if measure == "outcome" and report.kind in TERTIALS else "A"


def _target(target: Target, prefix: str = "") -> Line:
    return {
        f"{prefix}target_printed": target.printed,
        f"{prefix}target": target.bound,
        f"{prefix}target_low": target.low,
        f"{prefix}target_high": target.high,
        f"{prefix}target_type": target.kind,
    }


def _judged(row: Row) -> Line:
    own, kf = truth.judge(row, row.target, kf=False), truth.judge(row, row.kf, kf=True)
    return {
        "gap": own.gap,
        "status": own.status,
        "reason": own.reason,
        "kf_gap": kf.gap,
        "kf_status": kf.status,
        "kf_reason": kf.reason,
    }


def fct_target_gaps(world: World) -> Iterable[Line]:
    """Each report's rows held against the council's and against KF's target."""
    for report, row in truth.each(world.reports):
        yield (
            _who(report)
            | _what(row.indicator)
            | world.place_of(report, row.indicator)
            | _target(row.target)
            | _target(row.kf, "kf_")
            | _judged(row)
            | {
                "year": report.year,
                "is_provisional": report.kind in TERTIALS,
                "outcome": row.outcome,
                "outcome_previous": row.previous,
                "forecast": row.forecast,
            }
        )


def fct_indicator_trends(world: World) -> Iterable[Line]:
    """Each yearly outcome with its change and the series' trend."""
    every_print = truth.prints(world.reports)
    for (council, indicator), years in truth.outcomes(world.reports).items():
        trend = truth.trend(indicator, years)
        for year, value in years.items():
            told = [
                each for each in every_print[council, indicator][year] if each.value is not None
            ]
            last, before = told[-1], years.get(year - 1)
            change = None if before is None else value - before
            relative = None
            if curated.facts(indicator).scale == "count" and before and change is not None:
                relative = float(change) / float(before)
            reason = "no_outcome" if before is None else None
            if reason is None and indicator.better is None:
                reason = "no_polarity"
            yield (
                _what(indicator)
                | world.place_of(last.report, indicator)
                | {
                    "stadsdel_id": council.slug,
                    "reporting_unit": None,
                    "year": year,
                    "value": value,
                    "previous_year": None if before is None else year - 1,
                    "previous_value": before,
                    "change": change,
                    "relative_change": relative,
                    "verdict": truth.verdict(indicator, change),
                    "reason": reason,
                    "n_years": len(years),
                    "trend": trend.direction,
                    "slope_per_year": trend.slope,
                    "p_value": trend.p,
                    "editions": len(told),
                    "value_source": _source(last),
                    "source_report_id": last.report.key,
                    "value_printed": _printed(value, indicator),
                }
            )


def _source(told: Print) -> str:
    return "vb" if told.first_hand else "previous_year_column"


def fct_gender_gaps(world: World) -> Iterable[Line]:
    """Both sexes' outcomes where they are rates or counts."""
    for report, row in truth.each(world.reports):
        indicator = row.indicator
        if indicator.sexes not in ("rate", "count") or row.men is None or row.women is None:
            continue
        gap, is_count = row.women - row.men, indicator.sexes == "count"
        better_for = None
        if indicator.sexes == "rate" and indicator.better is not None:
            ahead = "women" if gap * indicator.better > 0 else "men"
            better_for = "equal" if abs(gap) <= truth.digit(indicator) else ahead
        both = row.men + row.women
        yield (
            _who(report)
            | _what(indicator)
            | world.place_of(report, indicator)
            | {
                "gender_kind": indicator.sexes,
                "year": report.year,
                "is_provisional": report.kind in TERTIALS,
                "outcome": row.outcome,
                "outcome_men": row.men,
                "outcome_women": row.women,
                "gap": gap,
                "ratio": float(row.women) / float(row.men) if is_count and row.men else None,
                "women_share": float(row.women) / float(both) if is_count and both else None,
                "better_for": better_for,
            }
        )


def fct_outcome_editions(world: World) -> Iterable[Line]:
    """Every print of each yearly outcome, blank ones too."""
    for (council, indicator), years in truth.prints(world.reports).items():
        for year, editions in years.items():
            for number, told in enumerate(editions, start=1):
                following = editions[number : number + 1]
                yield (
                    _what(indicator)
                    | world.place_of(told.report, indicator)
                    | {
                        "stadsdel_id": council.slug,
                        "reporting_unit": None,
                        "year": year,
                        "report_id": told.report.key,
                        "value_source": _source(told),
                        "value": told.value,
                        "value_printed": _printed(told.value, indicator),
                        "edition": number,
                        "editions": len(editions),
                        "is_latest": not following,
                        "as_of": told.report.as_of,
                        "superseded_on": following[0].report.as_of if following else None,
                    }
                )


def fct_restatements(world: World) -> Iterable[Line]:
    """Every later print of an outcome that its own year's report printed."""
    for (council, indicator), years in truth.prints(world.reports).items():
        for year, editions in years.items():
            first = editions[0]
            if not first.first_hand:
                continue
            for number, told in enumerate(editions[1:], start=2):
                difference = None
                if first.value is not None and told.value is not None:
                    difference = told.value - first.value
                yield (
                    _what(indicator)
                    | world.place_of(told.report, indicator)
                    | {
                        "stadsdel_id": council.slug,
                        "reporting_unit": None,
                        "year": year,
                        "first_report_id": first.report.key,
                        "report_id": told.report.key,
                        "as_of": told.report.as_of,
                        "first_value": first.value,
                        "value": told.value,
                        "value_printed": _printed(told.value, indicator),
                        "difference": difference,
                        "kind": truth.restated(first.value, told.value, truth.digit(indicator)),
                        "edition": number,
                        "editions": len(editions),
                        "is_latest": number == len(editions),
                    }
                )


def fct_forecast_errors(world: World) -> Iterable[Line]:
    """Each forecast whose outcome is known."""
    known, every_print = truth.outcomes(world.reports), truth.prints(world.reports)
    for report, row in truth.each(world.reports):
        indicator = row.indicator
        years = known.get((report.council, indicator), {})
        if row.forecast is None or report.year not in years:
            continue
        outcome = years[report.year]
        naive = row.previous if row.previous is not None else years.get(report.year - 1)
        told = every_print[report.council, indicator][report.year]
        promised = truth.meets(indicator, row.target, row.forecast)
        kept = truth.meets(indicator, row.target, outcome)
        yield (
            _who(report)
            | _what(indicator)
            | world.place_of(report, indicator)
            | {
                "year": report.year,
                "forecast": row.forecast,
                "outcome": outcome,
                "outcome_report_id": [each.report.key for each in told if each.value is not None][
                    -1
                ],
                "error": row.forecast - outcome,
                "absolute_error": abs(row.forecast - outcome),
                "naive_forecast": naive,
                "naive_absolute_error": None if naive is None else abs(naive - outcome),
                "forecast_meets_target": promised,
                "outcome_meets_target": kept,
                "is_verdict_right": None if promised is None else promised == kept,
            }
        )


def rpt_forecast_accuracy(world: World) -> Iterable[Line]:
    """The errors of a council's forecasts, by tertial and unit of measure."""
    groups: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in fct_forecast_errors(world):
        if line["unit_of_measure"] is not None:
            groups[line["stadsdel_id"], line["report_type"], line["unit_of_measure"]].append(line)
    for (slug, kind, unit), lines in groups.items():
        beside = [line for line in lines if line["naive_forecast"] is not None]
        naive = _mean([line["naive_absolute_error"] for line in beside])
        skill = None
        if naive:
            own = _mean([line["absolute_error"] for line in beside])
            assert own is not None
            skill = 1 - own / naive
        verdicts = [
            line["is_verdict_right"] for line in lines if line["is_verdict_right"] is not None
        ]
        yield {
            "stadsdel_id": slug,
            "stadsdel": _name(slug),
            "report_type": kind,
            "unit_of_measure": unit,
            "forecasts": len(lines),
            "bias": _mean([line["error"] for line in lines]),
            "mean_absolute_error": _mean([line["absolute_error"] for line in lines]),
            "naive_mean_absolute_error": naive,
            "skill": skill,
            "verdicts": len(verdicts),
            "share_verdicts_right": _mean(verdicts),
        }


def _mean(values: list[Any]) -> Fraction | None:
    return sum(map(Fraction, values), Fraction(0)) / len(values) if values else None


def _name(slug: str) -> str:
    return next(name for district, name, *_ in curated.DISTRICTS if district == slug)


def fct_target_revisions(world: World) -> Iterable[Line]:
    """The target of each year's latest report beside the plan's, the council's and KF's."""
    known = truth.outcomes(world.reports)
    for (council, year, indicator), told in truth.by_year(world.reports).items():
        report, row = told[-1]
        plan = told[0] if told[0][0].kind == "vp" else None
        before = known.get((council, indicator), {}).get(year - 1)
        for measure in ("target", "kf_target"):
            target = truth.target_of(row, measure)
            planned = truth.target_of(plan[1], measure) if plan else None
            drift = None
            if planned and planned.bound is not None and target.bound is not None:
                drift = target.bound - planned.bound
            is_city_wide = measure == "kf_target" and indicator.kf == "city"
            ambition = None
            if before is not None and target.bound is not None and not is_city_wide:
                ambition = indicator.better and indicator.better * (target.bound - before)
            yield (
                _who(report)
                | _what(indicator)
                | world.place_of(report, indicator)
                | {
                    "year": year,
                    "measure": measure,
                    "plan_report_id": plan[0].key if plan else None,
                    "plan_target_printed": planned.printed if planned else None,
                    "plan_target_type": planned.kind if planned else None,
                    "plan_target": planned.bound if planned else None,
                    "target_printed": target.printed,
                    "target_type": target.kind,
                    "target": target.bound,
                    "reports_printed": len(told),
                    "revision": truth.revision(indicator, planned, target, len(told)),
                    "drift": drift,
                    "previous_outcome": before,
                    "ambition": ambition,
                }
            )


def rpt_stadsdel_comparison(world: World) -> Iterable[Line]:
    """Each district's outcome among those of the others."""
    every_print = truth.prints(world.reports)
    by_year: dict[tuple[Indicator, int], dict[Council, Decimal]] = defaultdict(dict)
    for (council, indicator), years in truth.outcomes(world.reports).items():
        for year, value in years.items():
            if indicator.curated:
                by_year[indicator, year][council] = value
    for (indicator, year), values in by_year.items():
        middle = median(values.values())
        for council, value in values.items():
            place = reason = None
            if indicator.kf == "city":
                reason = "depends_on_size"
            elif indicator.better is None:
                reason = "no_polarity"
            else:
                better = indicator.better
                place = 1 + sum((other - value) * better > 0 for other in values.values())
            told = every_print[council, indicator][year]
            yield _what(indicator) | {
                "stadsdel_id": council.slug,
                "stadsdel": council.name,
                "theme": curated.facts(indicator).theme,
                "polarity": curated.facts(indicator).polarity,
                "year": year,
                "value": value,
                "place": place,
                "n_stadsdelar": len(values),
                "median_value": middle,
                "difference_to_median": value - middle,
                "reason": reason,
                "source_report_id": [each.report.key for each in told if each.value is not None][
                    -1
                ],
            }


def rpt_constant_geography(world: World) -> Iterable[Line]:
    """The outcomes within today's borders."""
    councils = {report.council for report in world.reports}
    by_area: dict[tuple[str, Indicator, int], list[Decimal]] = defaultdict(list)
    for (council, indicator), years in truth.outcomes(world.reports).items():
        for year, value in years.items():
            if indicator.curated:
                by_area[council.today, indicator, year].append(value)
    for (area, indicator, year), values in by_area.items():
        alive = [c.slug for c in councils if c.today == area and c.lives(date(year, 12, 31))]
        value, derivation, reason = sum(values, Decimal(0)), "as_reported", None
        if len(alive) > 1:
            derivation = "added"
            if indicator.scale != "count":
                reason = "no_denominator"
            elif len(values) < len(alive):
                reason = "missing_council"
        yield _what(indicator) | {
            "stadsdel_id": area,
            "stadsdel": _name(area),
            "year": year,
            "value": None if reason else value,
            "derivation": "not_computed" if reason else derivation,
            "reason": reason,
            "parts": ", ".join(sorted(alive)),
            "councils": len(alive),
            "councils_reporting": len(values),
        }


def _theme(theme: str) -> Callable[[World], Iterable[Line]]:
    """One theme's outcomes, each beside the targets of the year's latest report."""
    no_row = {"status": "not_evaluable", "reason": "no_target"}
    nothing_latest = dict.fromkeys(
        (
            "outcome_men", "outcome_women", "latest_report_type", "provisional_outcome", "forecast",
            "target_printed", "target", "gap", "kf_target_printed", "kf_target", "kf_gap",
        )
    ) | no_row | {f"kf_{name}": value for name, value in no_row.items()}  # fmt: skip
    nothing_known = dict.fromkeys(
        (
            "outcome", "outcome_source", "previous_outcome", "change", "verdict", "n_years",
            "trend", "slope_per_year",
        )
    )  # fmt: skip
    from_trend = {
        "outcome": "value",
        "outcome_source": "value_source",
        "previous_outcome": "previous_value",
    }

    def rows(world: World) -> Iterable[Line]:
        trends = {
            (line["stadsdel_id"], line["indicator_id"], line["year"]): {
                name: line[from_trend.get(name, name)] for name in nothing_known
            }
            for line in fct_indicator_trends(world)
        }
        latest: dict[tuple[str, str, int], Line] = {}
        indicators: dict[str, Indicator] = {}
        for (council, year, indicator), told in truth.by_year(world.reports).items():
            indicators[truth.key(indicator)] = indicator
            latest[council.slug, truth.key(indicator), year] = _latest(*told[-1])
        for slug, indicator_id, year in trends.keys() | latest.keys():
            indicator = indicators[indicator_id]
            if curated.facts(indicator).theme != theme:
                continue
            figure_of = (slug, indicator_id, year)
            yield (
                _what(indicator)
                | trends.get(figure_of, nothing_known)
                | latest.get(figure_of, nothing_latest)
                | {
                    "stadsdel_id": slug,
                    "stadsdel": _name(slug),
                    "reporting_unit": None,
                    "polarity": curated.facts(indicator).polarity,
                    "year": year,
                }
            )

    return rows


def _latest(report: Report, row: Row) -> Line:
    """What a theme's report takes from the year's latest report."""
    is_final = report.kind == "vb"
    return _judged(row) | {
        "outcome_men": row.men if is_final else None,
        "outcome_women": row.women if is_final else None,
        "latest_report_type": report.kind,
        "provisional_outcome": row.outcome if report.kind in TERTIALS else None,
        "forecast": row.forecast,
        "target_printed": row.target.printed,
        "target": row.target.bound,
        "kf_target_printed": row.kf.printed,
        "kf_target": row.kf.bound,
    }


def fct_goal_assessments(world: World) -> Iterable[Line]:
    """The one goal of each report, with the statuses of its indicators."""
    for report in world.reports:
        printed = paper.assessment(report)
        statuses = [truth.judge(row, row.target, kf=False).status for row in report.rows]
        yield (
            _who(report)
            | world.place(report, "goals", 0)
            | {
                "year": report.year,
                "mandate_period": _mandate(report.year),
                "goal_id": _goal_id(report),
                "goal_level": paper.GOAL.level,
                "code": paper.GOAL.code,
                "title": paper.GOAL.title,
                "assessment": printed.lower().replace(" ", "_") if printed else None,
                "assessment_printed": printed,
                **{
                    f"indicators_{status}": statuses.count(status)
                    for status in ("met", "near", "missed", "not_evaluable")
                },
            }
        )


def fct_activities(world: World) -> Iterable[Line]:
    """The one activity of each report."""
    for report in world.reports:
        first, last = date(report.year, 1, 1), date(report.year, 12, 31)
        yield (
            _who(report)
            | world.place(report, "activities", 0)
            | {
                "year": report.year,
                "goal_id": _goal_id(report),
                "goal": f"{paper.GOAL.code} {paper.GOAL.title}",
                "goal_level": paper.GOAL.level,
                "activity": paper.ACTIVITY,
                "start_date": first,
                "end_date": last,
                "start_printed": first.isoformat(),
                "end_printed": last.isoformat(),
                "deviation": None,
                "analysis": None,
            }
        )


def fct_economy(world: World) -> Iterable[Line]:
    """Every cell of each report's table of money."""
    kinds = {"varav hemtjänst": "sub_item", "Summa": "total"}
    for report in world.reports:
        places = world.files[report.key].printed.truth["economy"][0]["rows"]
        rows = paper.money(report)
        for number, (label, printed) in enumerate(rows, start=1):
            kind = kinds.get(label, "item")
            for column, (name, cell) in enumerate(
                zip(paper.MONEY_COLUMNS, printed, strict=True), start=1
            ):
                value, difference = _amount(cell), None
                if kind == "total":
                    items = [
                        _amount(cells[column - 1]) for item, cells in rows if item not in kinds
                    ]
                    difference = abs(value - sum(items))
                yield (
                    _who(report)
                    | _place(places[number - 1])
                    | {
                        "year": report.year,
                        "table_number": 1,
                        "table_title": paper.MONEY_HEADING,
                        "heading": paper.MONEY_HEADING,
                        "row_number": number,
                        "label": label,
                        "row_kind": kind,
                        "column_number": column,
                        "column_name": name,
                        "value": value,
                        "value_printed": cell,
                        "unit_of_measure": UNIT_OF_MONEY,
                        "value_kr": value * KRONOR,
                        "sum_difference": difference,
                        "sum_check": None
                        if difference is None
                        else ("differs" if difference else "exact"),
                    }
                )


def _amount(printed: str) -> Decimal:
    return Decimal(printed.replace(" ", "").replace(",", "."))


def rpt_data_quality(world: World) -> Iterable[Line]:
    """Figures that were revised or withdrawn, and sums that do not add up."""
    by_id = {report.key: report for report in world.reports}
    for line in fct_restatements(world):
        if line["kind"] in ("revised", "vanished"):
            now = "" if line["value"] is None else float(line["value"])
            yield _who(by_id[line["report_id"]]) | {
                "check_name": "outcome_restated",
                "year": by_id[line["report_id"]].year,
                "indicator_id": line["indicator_id"],
                "detail": f"{line['year']}: first {float(line['first_value'])}, now {now}",
                "line": line["line"],
                "page": line["page"],
            }
    for line in fct_economy(world):
        if line["sum_check"] == "differs":
            names = (line["table_title"], line["label"], line["column_name"], line["value_printed"])
            yield {
                name: line[name]
                for name in ("report_id", "stadsdel_id", "reporting_unit", "report_type", "year")
            } | {
                "check_name": "sum_differs_from_rows",
                "indicator_id": None,
                "detail": " / ".join(names),
                "line": line["line"],
                "page": line["page"],
            }


def rpt_review_queue(world: World) -> Iterable[Line]:
    """Each name that nobody has curated, where it is printed first."""
    printed: dict[Indicator, list[Report]] = defaultdict(list)
    for report, row in truth.each(world.reports):
        if not row.indicator.curated:
            printed[row.indicator].append(report)
    for indicator, reports in printed.items():
        first = min(reports, key=lambda report: report.key)
        yield world.place_of(first, indicator) | {
            "kind": "uncurated_indicator",
            "indicator_id": truth.key(indicator),
            "indicator_name": indicator.names[-1][1],
            "printed": indicator.names[0][1],
            "report_id": first.key,
            "reports": len(reports),
        }


def _mart(
    key: str, rows: Callable[[World], Iterable[Line]], left_open: str, only: str = "true"
) -> Mart:
    return Mart(tuple(key.split()), rows, frozenset(left_open.split()), only)


# Left open: keys that only tell rows apart, versions, clocks, similarity scores, and which rows
# the parser could have divided in another way.
MARTS = {
    "dim_stadsdel": _mart("stadsdel_id", dim_stadsdel, ""),
    "dim_indicator": _mart("indicator_id", dim_indicator, ""),
    "dim_report": _mart("report_id", dim_report, "landed_at parser_version ambiguous"),
    "dim_day": _mart("date_day", dim_day, ""),
    "dim_build": _mart(
        "build_number",
        dim_build,
        "build_id built_at fingerprint n_warnings row_counts versions steps",
    ),
    "fct_observations": _mart(
        "report_id indicator_id measure sex", fct_observations, "observation_id"
    ),
    "fct_target_gaps": _mart(
        "report_id indicator_id", fct_target_gaps, "target_gap_id method_version"
    ),
    "fct_indicator_trends": _mart(
        "stadsdel_id indicator_id year", fct_indicator_trends, "trend_id method_version"
    ),
    "fct_gender_gaps": _mart("report_id indicator_id", fct_gender_gaps, "gender_gap_id"),
    "fct_outcome_editions": _mart(
        "report_id indicator_id year", fct_outcome_editions, "outcome_edition_id"
    ),
    "fct_restatements": _mart(
        "report_id indicator_id year", fct_restatements, "restatement_id method_version"
    ),
    "fct_forecast_errors": _mart(
        "report_id indicator_id", fct_forecast_errors, "forecast_error_id"
    ),
    "fct_target_revisions": _mart(
        "report_id indicator_id measure",
        fct_target_revisions,
        "target_revision_id method_version",
    ),
    "fct_goal_assessments": _mart("report_id", fct_goal_assessments, "goal_assessment_id"),
    "fct_activities": _mart("report_id", fct_activities, "activity_id"),
    "fct_economy": _mart("report_id row_number column_number", fct_economy, "economy_id"),
    "rpt_ekonomiskt_bistand": _mart(
        "stadsdel_id indicator_id year", _theme("ekonomiskt_bistand"), "row_id"
    ),
    "rpt_forskola": _mart("stadsdel_id indicator_id year", _theme("forskola"), "row_id"),
    "rpt_stadsdel_comparison": _mart(
        "stadsdel_id indicator_id year", rpt_stadsdel_comparison, "row_id"
    ),
    "rpt_constant_geography": _mart(
        "stadsdel_id indicator_id year", rpt_constant_geography, "row_id"
    ),
    "rpt_forecast_accuracy": _mart(
        "stadsdel_id report_type unit_of_measure", rpt_forecast_accuracy, "row_id"
    ),
    "rpt_data_quality": _mart(
        "check_name report_id indicator_id detail",
        rpt_data_quality,
        "issue_id",
        "check_name != 'ambiguous_row'",
    ),
    "rpt_review_queue": _mart(
        "kind indicator_id",
        rpt_review_queue,
        "item_id candidate_rank candidate_indicator_id candidate_name score",
        "kind != 'ambiguous_row' and candidate_rank = 1",
    ),
}
