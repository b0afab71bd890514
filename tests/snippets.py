"""Small synthetic reports, written so that the spaces that carry meaning can be seen.

Belongs here: what the parser's unit tests share to build a report. Does not belong here: whole
random reports (`generators`).
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from stadsdel import parsing
from stadsdel.reading.text import read_text

if TYPE_CHECKING:
    from stadsdel.parsing.model import ParsedReport

PATH = Path("report.txt")
T2 = "Tertialrapport 2 2022 för Farsta stadsdelsnämnd·\n\n"
VP = "Verksamhetsplan 2024 för Farsta stadsdelsnämnd·\n\n"
VB = "Verksamhetsberättelse 2020 för Farsta stadsdelsnämnd·\n\n"
GOAL = "Nämndmål: 1.1.1 Alla får stöd i tid·\n\n"

# The header of a follow-up report in layout A, as its narrow cells break it.
FOLLOW_UP = """
··Indikator Periodens·
utfall·

Utfall·
män/·
pojkar·

Utfall·
kvinnor/·
flickor·

Periodens·
utfall VB·
2021·

Prognos·
helår Årsmål KF:s·

årsmål Period·

"""
PLAN = """
··Indikator Årsmål KF:s årsmål·
år 2024 Periodicitet·

"""
ACTIVITIES = """
··Aktivitet Startdatum Slutdatum Avvikelse·

"""
# The same in layout B.
FOLLOW_UP_TABS = (
    "Indikator→Periodens utfall→Utfall män/ pojkar→Utfall kvinnor/ flickor"
    "→Periodens utfall VB 2019→Prognos helår→Årsmål→KF:s årsmål→Period\n"
)
ACTIVITIES_TABS = "Aktivitet→Startdatum→Slutdatum→Avvikelse\n"

CELLS = (
    "outcome",
    "outcome_men",
    "outcome_women",
    "outcome_prev",
    "forecast",
    "target",
    "kf_target",
    "period",
)


def visible(text: str) -> str:
    """Return `text` with "·" as a space and "→" as a tab; a triple-quoted text loses its margin."""
    return dedent(text).replace("·", " ").replace("→", "\t")


def parse(text: str) -> ParsedReport:
    """Parse a whole report, written visibly."""
    return parsing.parse(read_text(PATH, visible(text).encode()), PATH)


def report(*parts: str, title: str = T2, goal: str = GOAL) -> ParsedReport:
    """Parse a report with a title, a goal and `parts`, each written visibly."""
    text = "".join(visible(part) for part in (title, goal, *parts))
    return parsing.parse(read_text(PATH, text.encode()), PATH)


def indicator_rows(found: ParsedReport) -> list[tuple[str | None, ...]]:
    """Return each indicator row as its name and the cells of the follow-up header, in order."""
    return [(row.indicator, *(getattr(row, cell) for cell in CELLS)) for row in found.indicators]


def plan_rows(found: ParsedReport) -> list[tuple[str | None, ...]]:
    """Return each indicator row as its name and the cells of a plan's header, in order."""
    return [(row.indicator, row.target, row.kf_target, row.period) for row in found.indicators]


def activity_rows(found: ParsedReport) -> list[tuple[str | None, ...]]:
    """Return each activity row as its text, dates and deviation."""
    return [(row.activity, row.start, row.end, row.deviation) for row in found.activities]
