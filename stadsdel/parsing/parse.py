"""From a document to a parsed report: the order in which the other modules are asked.

Belongs here: walking the document once, the goal in force, numbering of tables, building the
model's rows. Does not belong here: any rule about a line, a header or a cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stadsdel.parsing import cell_rows, goals, headers, line_rows
from stadsdel.parsing.furniture import furniture
from stadsdel.parsing.identity import identify
from stadsdel.parsing.model import (
    ActivityRow,
    EconomyTable,
    GoalRow,
    IndicatorRow,
    ParsedReport,
    Reading,
    Unaccounted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stadsdel.parsing.cells import Division
    from stadsdel.parsing.headers import Header, TableKind
    from stadsdel.parsing.line_rows import RawRow, RawTable
    from stadsdel.parsing.model import GoalLevel
    from stadsdel.reading.model import Document, Line

_ORDER: dict[GoalLevel, int] = {
    "inriktningsmål": 0,
    "verksamhetsområdesmål": 1,
    "nämndmål": 2,
    "enhetsmål": 3,
}
# A document without this share of lines that end in a space has lost layout A's line ends.
_LINE_ENDS_KEPT = 0.3


@dataclass(slots=True)
class _Found:
    """What the walk has found so far."""

    indicators: list[IndicatorRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    economy: list[EconomyTable] = field(default_factory=list)
    unaccounted: list[Unaccounted] = field(default_factory=list)
    tables: dict[TableKind, int] = field(default_factory=lambda: {"indicator": 0, "activity": 0})
    goal: goals.Heading | None = None
    path: list[goals.Heading] = field(default_factory=list)
    # The table that a header of the same kind continues: cut by nothing but a page break.
    last: TableKind | None = None


def parse(document: Document, path: Path) -> ParsedReport:
    """Parse a document read from `path` (named in errors only).

    Raises:
        ReportError: not_a_report, unknown_district, no_year, no_report_type.
    """
    lines = document.lines
    skip = furniture(lines)
    found = _walk(lines, skip)
    identity = identify(document, path, found.indicators, bool(found.goals or found.activities))
    return ParsedReport(
        identity=identity,
        sha256=document.sha256,
        layout=document.layout,
        lines=len(lines) if document.pages is None else None,
        pages=document.pages,
        indicators=tuple(found.indicators),
        goals=tuple(found.goals),
        activities=tuple(found.activities),
        economy=tuple(found.economy),
        unaccounted=tuple(found.unaccounted),
    )


def _walk(lines: Sequence[Line], skip: frozenset[int]) -> _Found:
    texts = _texts(lines)
    found = _Found()
    candidates = [i for i, text in enumerate(texts) if goals.may_be_heading(text)]
    widths = goals.first_line_widths(lines, candidates)
    headings = set(candidates)
    index = 0
    total = len(lines)
    while index < total:
        line = lines[index]
        if line.cells is not None:
            header = headers.header_of_cells(line.cells)
            if header is not None:
                table, index = cell_rows.read_table(lines, skip, index, header)
                _add(found, table, lines)
                continue
            index += 1
            continue
        if index in headings:
            heading = goals.heading_at(lines, index, widths)
            if heading is not None:
                _enter(found, heading, lines)
                index = heading.last
                continue
        if headers.may_begin_header(line.text):
            text_header = line_rows.header_at(texts, skip, index)
            if text_header is not None:
                header, body = text_header
                table, index = line_rows.read_table(texts, skip, lines, index, body, header)
                index = max(index, body)
                _add(found, table, lines)
                continue
        index += 1
    return found


def _texts(lines: Sequence[Line]) -> list[str]:
    """Return the lines' texts, with the space that ends a line in layout A put back where lost."""
    texts = [line.text for line in lines]
    filled = [text for text in texts if text.strip()]
    ending = sum(1 for text in filled if text.endswith(" "))
    if ending < _LINE_ENDS_KEPT * len(filled):
        texts = [text + " " if text and not text.endswith(" ") else text for text in texts]
    return texts


def _enter(found: _Found, heading: goals.Heading, lines: Sequence[Line]) -> None:
    found.goal = heading
    found.last = None
    printed = "\n".join([lines[i].text for i in range(heading.first, heading.last)]).strip()
    place = lines[_title_line(lines, heading)].place
    found.goals.append(
        GoalRow(place, heading.level, heading.code, heading.title, heading.status, None, printed)
    )


def _title_line(lines: Sequence[Line], heading: goals.Heading) -> int:
    """Return the line that prints the code or the title, which B prints below the label."""
    text = lines[heading.first].text
    if text.rstrip(" *").endswith(":"):
        for index in range(heading.first + 1, heading.last):
            if lines[index].text.strip():
                return index
    return heading.first


def _add(found: _Found, table: RawTable, lines: Sequence[Line]) -> None:
    kind = table.header.kind
    if found.last != kind:
        found.tables[kind] += 1
    found.last = kind
    number = found.tables[kind]
    for row in table.rows:
        if kind == "indicator":
            found.indicators.append(_indicator(row, number, found.goal, lines))
        else:
            found.activities.append(_activity(row, number, found.goal, lines))
    for index, reason in table.unaccounted:
        found.unaccounted.append(Unaccounted(lines[index].place, lines[index].text.strip(), reason))


def _fields(header: Header, cells: tuple[str | None, ...]) -> dict[str, str | None]:
    return {column.field: cell for column, cell in zip(header.values, cells, strict=True)}


def _printed(row: RawRow, lines: Sequence[Line]) -> str:
    return "\n".join([lines[i].text for i in row.lines])


def _readings(header: Header, others: list[Division]) -> tuple[Reading, ...]:
    return tuple(
        [
            Reading((("name", division.name), *_fields(header, division.cells).items()))
            for division in others
        ]
    )


def _indicator(
    row: RawRow, number: int, goal: goals.Heading | None, lines: Sequence[Line]
) -> IndicatorRow:
    header = row.header
    assert header is not None
    cells = _fields(header, row.cells)
    label = next((c.suffix for c in header.values if c.field == "outcome_prev"), None)
    return IndicatorRow(
        place=lines[row.first].place,
        table=number,
        goal=goal.text if goal else None,
        goal_level=goal.level if goal else None,
        unit=None,
        indicator=row.name,
        outcome=cells.get("outcome"),
        outcome_men=cells.get("outcome_men"),
        outcome_women=cells.get("outcome_women"),
        outcome_prev=cells.get("outcome_prev"),
        prev_label=label,
        forecast=cells.get("forecast"),
        target=cells.get("target"),
        kf_target=cells.get("kf_target"),
        period=cells.get("period"),
        analysis=row.analysis or cells.get("comment"),
        printed=_printed(row, lines),
        ambiguous=_readings(header, row.others),
    )


def _activity(
    row: RawRow, number: int, goal: goals.Heading | None, lines: Sequence[Line]
) -> ActivityRow:
    header = row.header
    assert header is not None
    cells = _fields(header, row.cells)
    return ActivityRow(
        place=lines[row.first].place,
        table=number,
        goal=goal.text if goal else None,
        goal_level=goal.level if goal else None,
        unit=None,
        activity=row.name,
        start=cells.get("start"),
        end=cells.get("end"),
        deviation=cells.get("deviation"),
        analysis=row.analysis or cells.get("comment"),
        printed=_printed(row, lines),
    )
