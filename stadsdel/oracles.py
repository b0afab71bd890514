"""What a report says about itself: figures that must agree if they were read right.

The free oracles of report-layouts.md, which need no labels: the total of a share lies between the
sexes' or adds them up, printed sums equal their rows, and last year's outcome is what last year's
report printed. What does not agree is doubtful, not wrong: reports print such figures, and restate
others (the warehouse keeps and flags them).

Belongs here: the agreement of figures within a report, or with last year's. Does not belong here:
what needs curated knowledge of an indicator or of a table (dbt and the audit's suites judge by
that), or how doubts are shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from stadsdel.printed import figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from stadsdel.parsing.model import EconomyRow, EconomyTable, ParsedReport
    from stadsdel.reading.model import Place

Oracle = Literal["sexes", "sums", "last_year"]

_NOT_IN_A_KEY = re.compile(r"[\W_]+")
_PART = re.compile(r"(?:varav|därav)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:summa|total|totalt)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Figures that do not agree: where they stand and, in words, which they are."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an oracle says of a report: how many places it could judge, and those it doubts."""

    oracle: Oracle
    judged: int
    doubts: tuple[Doubt, ...]


def sexes(report: ParsedReport) -> Answer:
    """Judge rows with total, men and women: the total lies between the two, or is their sum.

    Half a step of each last printed digit is allowed (domain.md, "Gender columns").
    """
    judged, doubts = 0, []
    for row in report.indicators:
        total, men, women = map(figure, (row.outcome, row.outcome_men, row.outcome_women))
        if total is None or men is None or women is None:
            continue
        judged += 1
        low, high = sorted((men.value, women.value))
        slack = total.slack + max(men.slack, women.slack)
        between = low - slack <= total.value <= high + slack
        added = abs(men.value + women.value - total.value) <= total.slack + men.slack + women.slack
        if not between and not added:
            printed = f"{row.outcome}, men {row.outcome_men}, women {row.outcome_women}"
            doubts.append(Doubt(row.place, f"{row.indicator}: {printed}"))
    return Answer("sexes", judged, tuple(doubts))


def sums(report: ParsedReport) -> Answer:
    """Judge each printed total of each money column against the rows above it.

    A total may stand for the items since the last total, for that total and what follows it, for
    all items so far or for all totals so far; "varav" rows count in none (definitions.md). Each
    part, and the total, may be off by half its last digit.
    """
    judged, doubts = 0, []
    for table in report.economy:
        for number, column in enumerate(table.columns):
            for row, difference, slack in _totals(table, number):
                judged += 1
                if difference > slack:
                    text = f"{table.title}: {row.label}, {column}: {row.cells[number]} is off by "
                    doubts.append(Doubt(row.place, f"{text}{_plain(difference)}"))
    return Answer("sums", judged, tuple(doubts))


def _totals(table: EconomyTable, column: int) -> Iterator[tuple[EconomyRow, Decimal, Decimal]]:
    """Return each total of a column, how far off its best reading is, what rounding explains."""
    items = since = totals = Decimal(0)
    n_items = n_since = 0
    last: Decimal | None = None
    for row in table.rows:
        cell = figure(row.cells[column])
        if cell is None or cell.unit == "%" or _PART.match(row.label):
            continue
        if not _TOTAL.search(row.label):
            items, since = items + cell.value, since + cell.value
            n_items, n_since = n_items + 1, n_since + 1
            continue
        if n_items:
            readings = [items]
            if n_since:
                readings.append(since)
            if last is not None:
                readings.append(last + since)
            if totals:
                readings.append(totals)
            off = min(abs(cell.value - reading) for reading in readings)
            yield row, off, (n_items + 1) * cell.slack
        last, since, n_since = cell.value, Decimal(0), 0
        totals += cell.value


def last_year(report: ParsedReport, outcomes: Mapping[str, Sequence[str | None]]) -> Answer:
    """Judge each "previous outcome" against what last year's verksamhetsberättelse printed.

    Args:
        report: the report to judge.
        outcomes: last year's printed outcomes as `by_name` returns them.
    """
    judged, doubts = 0, []
    for row in report.indicators:
        printed = [cell for cell in outcomes.get(name_key(row.indicator), ()) if cell]
        if row.outcome_prev is None or not printed:
            continue
        if row.prev_label and not _is_about(row.prev_label, report.identity.year - 1):
            continue
        judged += 1
        if not any(_same(row.outcome_prev, cell) for cell in printed):
            text = f"{row.indicator}: {row.outcome_prev}, but then {' or '.join(printed)}"
            doubts.append(Doubt(row.place, text))
    return Answer("last_year", judged, tuple(doubts))


def by_name(outcomes: Iterable[tuple[str, str | None]]) -> dict[str, list[str | None]]:
    """Return printed outcomes by the `name_key` of their indicator's name, which may recur."""
    found: dict[str, list[str | None]] = defaultdict(list)
    for name, outcome in outcomes:
        found[name_key(name)].append(outcome)
    return dict(found)


def name_key(name: str) -> str:
    """Return a name without case, white space and punctuation, as reports vary in these."""
    return _NOT_IN_A_KEY.sub("", name.casefold())


def _is_about(label: str, year: int) -> bool:
    years = _YEAR.findall(label)
    return not years or str(year) in years


def _same(one: str, other: str) -> bool:
    """Whether two cells print the same: as numbers where both are, else as text."""
    first, second = figure(one), figure(other)
    if first is None or second is None:
        return name_key(one) == name_key(other)
    # the coarser of the two prints decides: 3,25 may be printed again as 3,3
    return abs(first.value - second.value) <= max(first.slack, second.slack)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
