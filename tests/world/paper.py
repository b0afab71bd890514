"""The city's reports on paper: each report as a file in one of the layouts.

Belongs here: which tables and headings a report has. Does not belong here: how they are set in type
(`generators`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from generators.generate import LAYOUTS, show
from generators.model import (
    ActivityRow,
    ActivityTable,
    Column,
    District,
    EconomyColumn,
    EconomyRow,
    EconomyTable,
    Goal,
    Heading,
    IndicatorRow,
    IndicatorTable,
    Part,
    Prose,
)
from generators.model import Report as Document
from world.city import figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generators.generate import Printed
    from generators.model import Block, Field
    from world.city import Report, Row

TITLES = {
    "vp": "Verksamhetsplan",
    "t1": "Tertialrapport 1",
    "t2": "Tertialrapport 2",
    "vb": "Verksamhetsberättelse",
}
GOAL = Goal("verksamhetsområdesmål", "1.1", "Människor växer och lär i hela staden")
ASSESSMENTS = ("Uppfylls helt", "Uppfylls delvis", "Uppfylls inte")
ACTIVITY = "Bjuda in till öppna möten"


def assessment(report: Report) -> str | None:
    """Return the assessment the report prints: none in a plan."""
    if report.kind == "vp":
        return None
    return ASSESSMENTS[(len(report.council.slug) + report.year) % len(ASSESSMENTS)]


MONEY_HEADING = "Uppföljning av ekonomi"
MONEY_COLUMNS = ("Kostnader", "Intäkter", "Netto")


def money(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the money rows of a report; the costs' sum is wrong in one report of each council."""
    care, school = Decimal(400 + report.year % 7), Decimal(300 + len(report.council.slug))
    wrong = 10 if (report.year, report.kind) == (2021, "vb") else 0
    rows = (
        ("Äldreomsorg", care, Decimal("40.5")),
        ("varav hemtjänst", care - 250, Decimal("20.1")),
        ("Förskoleverksamhet", school, Decimal("30.2")),
        ("Summa", care + school + wrong, Decimal("70.7")),
    )
    tenth = Decimal("0.1")
    return tuple(
        (
            label,
            tuple(figure(amount.quantize(tenth), "") for amount in (cost, income, cost - income)),
        )
        for label, cost, income in rows
    )


@dataclass(frozen=True, slots=True)
class File:
    """A report on paper: its file's name, and what stands where in it."""

    report: Report
    name: str
    printed: Printed


def files(reports: tuple[Report, ...], seed: int) -> Iterator[File]:
    """Print each report as a file of its own; names say nothing, layouts take turns."""
    for number, report in enumerate(reports):
        layout = LAYOUTS[number % len(LAYOUTS)]
        printed = show(document(report), layout, Random(f"{seed}-{report.key}"))
        yield File(report, f"{number:03d}{printed.suffix}", printed)


def write(reports: tuple[Report, ...], folder: Path, seed: int) -> None:
    """Write the files of all reports into a folder."""
    folder.mkdir(parents=True)
    for file in files(reports, seed):
        (folder / file.name).write_bytes(file.printed.data)


def document(report: Report) -> Document:
    """Lay a report out in blocks."""
    council, title = report.council, f"{TITLES[report.kind]} {report.year}"
    genitive = council.name if council.name.endswith("s") else f"{council.name}s"
    goal = Goal(GOAL.level, GOAL.code, GOAL.title, assessment(report))
    blocks: tuple[Block, ...] = (
        Heading(f"{title} för {genitive} stadsdelsnämnd", rank=1),
        Prose(f"Nämnden godkänner förvaltningens förslag till {title.lower()}."),
        Heading("Uppföljning av Kommunfullmäktiges inriktningsmål", rank=2),
        goal,
        _indicators(report),
        ActivityTable(
            has_deviation=report.kind != "vp",
            rows=(ActivityRow(ACTIVITY, f"{report.year}-01-01", f"{report.year}-12-31"),),
        ),
        Heading(MONEY_HEADING, rank=2),
        EconomyTable(
            heading="Driftbudget",
            label_column="Verksamhet, mnkr",
            money_unit="mnkr",
            columns=tuple(EconomyColumn(column) for column in MONEY_COLUMNS),
            rows=tuple(EconomyRow(label, cells) for label, cells in money(report)),
        ),
    )
    district = District(council.slug, council.name)
    return Document(district, report.year, report.kind, (Part(None, blocks),))


def columns(report: Report) -> tuple[Column, ...]:
    """Return the columns that a report's table of indicators has."""
    before = f"VB {report.year - 1}"
    fields: list[tuple[Field, str, str | None]] = [
        ("outcome", "Periodens utfall", None),
        ("outcome_men", "Utfall män/ pojkar", None),
        ("outcome_women", "Utfall kvinnor/ flickor", None),
        ("outcome_prev", f"Periodens utfall {before}", before),
        ("forecast", "Prognos helår", None),
        ("target", "Årsmål", None),
        ("kf_target", "KF:s årsmål", None),
        ("period", "Period", None),
    ]
    if report.kind == "vp":
        fields = [*fields[5:7], ("period", "Periodicitet", None)]
    if report.kind == "vb":
        fields = [each for each in fields if each[0] != "forecast"]
    return tuple(Column(field, title, label) for field, title, label in fields)


def _indicators(report: Report) -> IndicatorTable:
    rows = tuple(
        IndicatorRow(row.name, tuple(cells(row, report)[each.field] for each in columns(report)))
        for row in report.rows
    )
    return IndicatorTable(columns(report), rows)


def cells(row: Row, report: Report) -> dict[str, str | None]:
    """Return the printed cell of each column."""

    def printed(value: Decimal | None) -> str | None:
        return None if value is None else figure(value, row.indicator.unit)

    return {
        "outcome": printed(row.outcome),
        "outcome_men": printed(row.men),
        "outcome_women": printed(row.women),
        "outcome_prev": printed(row.previous),
        "forecast": printed(row.forecast),
        "target": row.target.printed,
        "kf_target": row.kf.printed,
        "period": "År" if report.kind == "vp" else f"{report.year}",
    }
