"""A report before it is printed: goals, tables and prose in the order they stand.

Belongs here: the frozen dataclasses the content is made of, and how a cell's text is held.
Does not belong here: how content is drawn at random (`content`), or how it looks (the renderers).

Every text is without line breaks; `None` is a blank cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReportType = Literal["vp", "t1", "t2", "vb"]
GoalLevel = Literal["inriktningsmål", "verksamhetsområdesmål", "nämndmål", "enhetsmål"]
Field = Literal[
    "outcome",
    "outcome_men",
    "outcome_women",
    "outcome_prev",
    "forecast",
    "target",
    "kf_target",
    "period",
]

FIELDS: tuple[Field, ...] = (
    "outcome",
    "outcome_men",
    "outcome_women",
    "outcome_prev",
    "forecast",
    "target",
    "kf_target",
    "period",
)


@dataclass(frozen=True, slots=True)
class District:
    """A district council: its slug and its printed name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """The comment under a row: its label as printed and its paragraphs."""

    label: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs on one line."""
        return " ".join(filter(None, self.paragraphs))


@dataclass(frozen=True, slots=True)
class Column:
    """One value column of an indicator table."""

    field: Field
    title: str
    prev_label: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; `cells` stand in the order of the table's columns.

    `split` tells that the row carries the symbol for "by sex", which raises the symbols' cell.
    """

    name: str
    cells: tuple[str | None, ...]
    split: bool = False
    analysis: Analysis | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """One indicator table; `columns` excludes the name column."""

    columns: tuple[Column, ...]
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity with its printed dates."""

    name: str
    start: str | None
    end: str | None
    deviation: str | None = None
    analysis: Analysis | None = None


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """One activity table, with or without the deviation column."""

    has_deviation: bool
    rows: tuple[ActivityRow, ...]


@dataclass(frozen=True, slots=True)
class EconomyColumn:
    """One value column; `group` is what a first header row prints over it, if there is one."""

    title: str
    group: str | None = None

    @property
    def name(self) -> str:
        """The column's full name, group first."""
        return f"{self.group} {self.title}" if self.group else self.title


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """One labelled line of money; a row of blanks is a label row."""

    label: str
    cells: tuple[str | None, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class EconomyTable:
    """One money table under its heading.

    `padded` tables were typed with a space after each number, as half of the real ones are.
    """

    heading: str
    label_column: str
    money_unit: str | None
    columns: tuple[EconomyColumn, ...]
    rows: tuple[EconomyRow, ...]
    padded: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal heading. `code` is as printed, with its full stop if it has one."""

    level: GoalLevel
    code: str | None
    title: str
    status: str | None = None

    @property
    def text(self) -> str:
        """Code and title as the heading prints them."""
        return f"{self.code} {self.title}" if self.code else self.title


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading that is no goal ("Analys", "Förväntat resultat", a unit's title)."""

    text: str
    rank: int = 3


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph of running text."""

    text: str


Block = Goal | Heading | Prose | IndicatorTable | ActivityTable | EconomyTable


@dataclass(frozen=True, slots=True)
class Part:
    """What one council or one unit reports; `unit` is None for the council's own part."""

    unit: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole file: who reports on which year, and what."""

    district: District
    year: int
    report_type: ReportType
    parts: tuple[Part, ...]
