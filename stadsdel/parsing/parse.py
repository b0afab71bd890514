"""From a document to a parsed report: the order in which the other modules are asked.

Belongs here: walking the document once, the goal in force, numbering of tables. Does not belong
here: any rule about a line, a header or a cell, and building the model's rows (`model_rows`).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stadsdel.parsing import (
    cell_rows,
    goals,
    headers,
    leftovers,
    line_rows,
    model_rows,
    money,
    units,
)
from stadsdel.parsing.division import kinds_of
from stadsdel.parsing.identity import identify, is_own
from stadsdel.parsing.mentions import mentions
from stadsdel.parsing.model import (
    ActivityRow,
    EconomyTable,
    GoalRow,
    IndicatorRow,
    ParsedReport,
    Unaccounted,
)
from stadsdel.parsing.scan import Mark, scan
from stadsdel.parsing.titles import heading_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from stadsdel.parsing.goals import Heading
    from stadsdel.parsing.headers import Header, TableKind
    from stadsdel.parsing.rows import RawMoney, RawTable
    from stadsdel.parsing.scan import Scan
    from stadsdel.reading.model import Document, Line, Place


@dataclass(slots=True)
class _Found:
    """What the walk has found so far."""

    indicators: list[IndicatorRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    economy: list[EconomyTable] = field(default_factory=list)
    unaccounted: list[Unaccounted] = field(default_factory=list)
    tables: dict[TableKind, int] = field(default_factory=lambda: {"indicator": 0, "activity": 0})
    goal: Heading | None = None
    unit: str | None = None
    units: dict[str, None] = field(default_factory=dict)  # in the order they begin
    target_labels: list[tuple[Place, str]] = field(default_factory=list)
    # The table that a header of the same kind continues: cut by nothing but a page break.
    last: TableKind | None = None
    # The rows whose only outcome is labelled with a year: the report's own, or the year before.
    lone_outcomes: list[int] = field(default_factory=list)
    # The indexes of lines that nothing took.
    passed: list[int] = field(default_factory=list)


def parse(document: Document, path: Path) -> ParsedReport:
    """Parse a document read from `path` (named in errors only).

    Raises:
        ReportError: not_a_report, unknown_district, no_year, no_report_type.
    """
    with _without_collecting():
        return _parse(document, path)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from running: parsing makes none, and very many objects.

    Looking through them takes a twentieth of the time; what is let go of is freed without it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _parse(document: Document, path: Path) -> ParsedReport:
    lines = document.lines
    scanned = scan(lines)
    mentioned = mentions(lines)
    found = _walk(scanned, units.sections(scanned, mentioned))
    identity = identify(
        document,
        path,
        mentioned,
        found.indicators,
        tuple(found.units),
        target_labels=found.target_labels,
        has_other_rows=bool(found.goals or found.activities),
    )
    for position in found.lone_outcomes:
        row = found.indicators[position]
        if row.prev_label and is_own(row.prev_label, identity):
            found.indicators[position] = model_rows.with_own_outcome(row)
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
        unaccounted=(*(Unaccounted(*entry) for entry in document.unread), *found.unaccounted),
    )


def _walk(scanned: Scan, parts: Sequence[units.Section]) -> _Found:
    found = _Found()
    widths = goals.first_line_widths(scanned)
    lines, marks = scanned.lines, scanned.marks
    end = floor = 0  # what stands before `end` has been read
    begins = {part.first: part for part in parts}
    for part in parts:
        marks[part.first] = Mark.TITLE
    refused: list[int] = []  # looked like rows of money, and began no table
    above: Header | None = None  # of the table in running text that what follows stands below
    comments = frozenset(scanned.comments)
    for index in sorted({*scanned.claims, *scanned.figures, *comments, *begins}):
        if index < end:
            continue
        before, first = end, index
        mark = marks[index]
        if mark == Mark.TITLE:
            _begin_unit(found, begins[index])
            floor = index
        elif (mark == Mark.TEXT and index in comments) or (
            mark == Mark.LABEL and "omment" in scanned.texts[index]
        ):
            table_found, unread, after = money.read_commented(scanned, index, floor)
            if table_found is not None:
                _add_money(found, table_found, scanned, floor)
                first = table_found.first
                end = floor = after
            _list_all(found, [(at, leftovers.REASON) for at in unread], lines)
        elif mark == Mark.TEXT:
            if money.may_be_row_at(scanned, index):
                table_found, after = money.read_lines(scanned, index, floor)
                if table_found is None:
                    refused.append(index)
                else:
                    _add_money(found, table_found, scanned, floor)
                    first = table_found.first
                    end = floor = after
        elif mark == Mark.GOAL:
            heading = goals.heading_at(scanned, index, widths)
            if heading is not None:
                _enter(found, heading, lines)
                end = floor = heading.last
        elif mark == Mark.HEADER:
            text_header = scanned.header_at(index)
            if text_header is not None:
                header, body = text_header
                table, end = line_rows.read_table(scanned, index, body, header)
                floor = end
                _add(found, table, lines)
            else:
                end = max(end, _list_unread(found, scanned, index))
        elif mark == Mark.CELLS:
            cell_header = headers.header_of_cells(lines[index].cells or ())
            if cell_header is not None:
                table, end = cell_rows.read_table(scanned, index, cell_header)
                _add(found, table, lines)
            else:
                money_table, end = money.read_cells(scanned, index)
                if money_table is not None:
                    _add_money(found, money_table, scanned, floor)
                else:
                    found.unaccounted += leftovers.rows_without_header(lines, range(index, end))
            floor = end
        if end > before:
            _pass(found, scanned, above, before, first)
            above = text_header[0] if mark == Mark.HEADER and text_header else None
    _pass(found, scanned, above, end, len(marks))
    found.unaccounted += leftovers.rows_in_no_table(lines, found.passed)
    listed = {line.place for line in found.unaccounted}
    passed = frozenset(found.passed)
    lost = sorted(passed.intersection(refused))
    for line in (
        *leftovers.rows_of_figures(scanned, lost, passed),
        *leftovers.rows_of_cells(lines, found.passed),
    ):
        if line.place not in listed:
            listed.add(line.place)
            found.unaccounted.append(line)
    return found


def _list_unread(found: _Found, scanned: Scan, first: int) -> int:
    """List the table whose header begins at line `first` and is not known; return its end."""
    if not scanned.is_unknown_header(first):
        return first
    unread, end = leftovers.unread_table(scanned, first)
    for index in unread or [first]:
        line = scanned.lines[index]
        is_first = index == first
        reason = leftovers.UNKNOWN_HEADER if is_first else leftovers.BELOW_UNKNOWN_HEADER
        found.unaccounted.append(Unaccounted(line.place, line.text.strip(), reason))
    return end


def _pass(found: _Found, scanned: Scan, above: Header | None, first: int, last: int) -> None:
    """Note that nothing took lines [first, last), which stand below a table's last row, if any."""
    found.passed.extend(range(first, last))
    if above is not None:
        kinds = kinds_of(above.values)
        found.unaccounted += leftovers.rows_below_table(scanned, kinds, first, last)


def _begin_unit(found: _Found, part: units.Section) -> None:
    """Begin a unit's report: no goal and no table of the part before goes on."""
    found.unit = part.name
    found.units.setdefault(part.name)
    found.goal = None
    found.last = None


def _enter(found: _Found, heading: Heading, lines: Sequence[Line]) -> None:
    found.goal = heading
    found.last = None
    printed = "\n".join([lines[i].text for i in range(heading.first, heading.last)]).strip()
    place = lines[heading.title_line].place
    found.goals.append(
        GoalRow(
            place, heading.level, heading.code, heading.title, heading.status, found.unit, printed
        )
    )


def _add(found: _Found, table: RawTable, lines: Sequence[Line]) -> None:
    kind = table.header.kind
    if found.last != kind:
        found.tables[kind] += 1
    found.last = kind
    number = found.tables[kind]
    fields = {column.field for column in table.header.columns}
    place = lines[table.first].place
    found.target_labels += [
        (place, column.label)
        for column in table.header.columns
        if column.suffix and column.field in {"target", "kf_target"}
    ]
    goal = found.goal
    under = model_rows.Under(
        number, goal.text if goal else None, goal.level if goal else None, found.unit
    )
    if kind == "indicator":
        if "outcome_prev" in fields and "outcome" not in fields:
            first = len(found.indicators)
            found.lone_outcomes.extend(range(first, first + len(table.rows)))
        found.indicators.extend(model_rows.indicator_rows(table, under, lines))
    else:
        found.activities.extend(model_rows.activity_rows(table, under, lines))
    found.unaccounted.extend(model_rows.in_unknown_columns(table, lines))
    _list_all(found, table.unaccounted, lines)


def _add_money(found: _Found, table: RawMoney, scanned: Scan, floor: int) -> None:
    heading = heading_above(scanned, table.first, floor)
    if money.is_of_something_else(table.columns, table.stub, table.title, heading):
        lines_of_rows = [index for row in table.rows for index in row.lines]
        _list_all(found, [(at, leftovers.NOT_MONEY) for at in lines_of_rows], scanned.lines)
        return
    number = len(found.economy) + 1
    found.economy.append(
        model_rows.economy_table(table, number, heading, found.unit, scanned.lines)
    )
    found.last = None
    _list_all(found, table.unaccounted, scanned.lines)


def _list_all(found: _Found, listed: list[tuple[int, str]], lines: Sequence[Line]) -> None:
    """List lines that stand in a table and became part of no row, each with the reason."""
    for index, reason in listed:
        found.unaccounted.append(Unaccounted(lines[index].place, lines[index].text.strip(), reason))
