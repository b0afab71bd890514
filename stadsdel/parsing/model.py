"""The vocabulary of a parsed report: what was printed, and where.

Belongs here: the immutable records that parsing returns and everyone else reads; rows are tuples,
for a report has thousands of them and a tuple is made five times as fast as a frozen dataclass.
Does not belong here: how they are found (the other modules of `stadsdel.parsing`), how they are
written (`stadsdel.extract`, `stadsdel.lake`), or what a cell means (dbt).

Every text is as printed with white space folded to single spaces; a blank cell is None, never "".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from stadsdel.reading.model import BBox, Layout, Place

__all__ = [
    "ActivityRow",
    "BBox",
    "EconomyRow",
    "EconomyTable",
    "GoalLevel",
    "GoalRow",
    "Identity",
    "IndicatorRow",
    "Layout",
    "ParsedReport",
    "Place",
    "Reading",
    "ReportType",
    "Unaccounted",
]

GoalLevel = Literal["inriktningsmål", "verksamhetsområdesmål", "nämndmål", "enhetsmål"]
ReportType = Literal["vp", "t1", "t2", "vb"]


class Reading(NamedTuple):
    """One possible division of a row's printed text into cells: column field name -> cell."""

    cells: tuple[tuple[str, str | None], ...]


class IndicatorRow(NamedTuple):
    """One row of an indicator table.

    `table` numbers the tables of a kind within the report from 1; `printed` is the row's own text
    as it stands in the report, lines joined by a newline, so that a figure is shown in its place.
    `ambiguous` holds the readings that fit as well as the chosen one; empty where only one fits.
    """

    place: Place
    table: int
    goal: str | None
    goal_level: GoalLevel | None
    unit: str | None
    indicator: str
    outcome: str | None = None
    outcome_men: str | None = None
    outcome_women: str | None = None
    outcome_prev: str | None = None
    prev_label: str | None = None
    forecast: str | None = None
    target: str | None = None
    kf_target: str | None = None
    period: str | None = None
    analysis: str | None = None
    printed: str = ""
    ambiguous: tuple[Reading, ...] = ()


class GoalRow(NamedTuple):
    """One goal heading with its printed assessment, if any ("Uppfylls helt")."""

    place: Place
    level: GoalLevel
    code: str | None
    title: str
    status: str | None
    unit: str | None
    printed: str = ""


class ActivityRow(NamedTuple):
    """One row of an activity table; dates are ISO dates as printed."""

    place: Place
    table: int
    goal: str | None
    goal_level: GoalLevel | None
    unit: str | None
    activity: str
    start: str | None = None
    end: str | None = None
    deviation: str | None = None
    analysis: str | None = None
    printed: str = ""


class EconomyRow(NamedTuple):
    """One labelled line of a money table; `cells` align with the table's columns."""

    place: Place
    label: str
    cells: tuple[str | None, ...]
    printed: str = ""
    ambiguous: tuple[Reading, ...] = ()


class EconomyTable(NamedTuple):
    """One money table. `money_unit` is mnkr, tkr or kr as printed, None where none is printed."""

    place: Place
    table: int
    title: str
    heading: str | None
    label_column: str | None
    money_unit: str | None
    unit: str | None
    columns: tuple[str, ...]
    rows: tuple[EconomyRow, ...]


class Unaccounted(NamedTuple):
    """A non-blank line (or PDF text) inside a table region that became part of no row."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Which report this is, found from its content alone; `evidence` quotes the deciding lines."""

    stadsdel_id: str
    year: int
    report_type: ReportType
    units: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Place, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report as printed: its identity, its rows, and what could not be placed."""

    identity: Identity
    sha256: str
    layout: Layout
    lines: int | None
    pages: int | None
    indicators: tuple[IndicatorRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    economy: tuple[EconomyTable, ...] = ()
    unaccounted: tuple[Unaccounted, ...] = ()
    notes: tuple[str, ...] = field(default=())
