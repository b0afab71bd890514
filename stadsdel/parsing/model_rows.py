"""From the rows of tables, as found, to the model's rows.

Belongs here: which field each column's cell fills, the printed lines, other readings. Does not
belong here: finding rows (`line_rows`, `cell_rows`, `money`), or what they stand under (`parse`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stadsdel.parsing.model import (
    ActivityRow,
    EconomyRow,
    EconomyTable,
    IndicatorRow,
    Reading,
    Unaccounted,
)
from stadsdel.parsing.money import money_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stadsdel.parsing.division import Cells, Division
    from stadsdel.parsing.headers import Header
    from stadsdel.parsing.model import GoalLevel
    from stadsdel.parsing.rows import RawMoney, RawRow, RawTable
    from stadsdel.reading.model import Line


class Under(NamedTuple):
    """What a table stands under: its number in the report, the goal in force, the unit."""

    table: int
    goal: str | None
    goal_level: GoalLevel | None
    unit: str | None


class _Columns(NamedTuple):
    """The fields that the columns after the name fill, and the year or report of last year's."""

    fields: tuple[str, ...]
    prev_label: str | None

    def cells_of(self, cells: Cells) -> dict[str, str | None]:
        return dict(zip(self.fields, cells, strict=True))


def indicator_rows(table: RawTable, under: Under, lines: Sequence[Line]) -> Iterator[IndicatorRow]:
    """Yield the model's rows of an indicator table."""
    for row, columns in _with_columns(table):
        cells = columns.cells_of(row.cells)
        yield IndicatorRow(
            place=lines[row.first].place,
            table=under.table,
            goal=under.goal,
            goal_level=under.goal_level,
            unit=under.unit,
            indicator=row.name,
            outcome=cells.get("outcome"),
            outcome_men=cells.get("outcome_men"),
            outcome_women=cells.get("outcome_women"),
            outcome_prev=cells.get("outcome_prev"),
            prev_label=columns.prev_label,
            forecast=cells.get("forecast"),
            target=cells.get("target"),
            kf_target=cells.get("kf_target"),
            period=cells.get("period"),
            analysis=row.analysis or cells.get("comment"),
            printed=_printed(row.lines, lines),
            ambiguous=_readings("name", columns.fields, row.others),
        )


def with_own_outcome(row: IndicatorRow) -> IndicatorRow:
    """Return a row whose labelled outcome is the report's own."""
    readings = [
        Reading(tuple([("outcome" if f == "outcome_prev" else f, cell) for f, cell in way.cells]))
        for way in row.ambiguous
    ]
    return row._replace(
        outcome=row.outcome_prev, outcome_prev=None, prev_label=None, ambiguous=tuple(readings)
    )


def activity_rows(table: RawTable, under: Under, lines: Sequence[Line]) -> Iterator[ActivityRow]:
    """Yield the model's rows of an activity table."""
    for row, columns in _with_columns(table):
        cells = columns.cells_of(row.cells)
        yield ActivityRow(
            place=lines[row.first].place,
            table=under.table,
            goal=under.goal,
            goal_level=under.goal_level,
            unit=under.unit,
            activity=row.name,
            start=cells.get("start"),
            end=cells.get("end"),
            deviation=cells.get("deviation"),
            analysis=row.analysis or cells.get("comment"),
            printed=_printed(row.lines, lines),
        )


def economy_table(
    table: RawMoney, number: int, heading: str | None, unit: str | None, lines: Sequence[Line]
) -> EconomyTable:
    """Return the model's table of a money table; `number` is its own in the report."""
    return EconomyTable(
        place=lines[table.first].place,
        table=number,
        title=table.title or heading or table.stub,
        heading=heading,
        label_column=table.stub or None,
        money_unit=money_unit(table.stub, *table.columns, table.title, heading),
        unit=unit,
        columns=table.columns,
        rows=tuple(
            [
                EconomyRow(
                    lines[row.lines[0]].place,
                    row.label,
                    row.cells,
                    _printed(row.lines, lines),
                    _readings("label", table.columns, row.others),
                )
                for row in table.rows
            ]
        ),
    )


def in_unknown_columns(table: RawTable, lines: Sequence[Line]) -> Iterator[Unaccounted]:
    """Yield the filled cells of columns that fill no field, such as a second target's."""
    for row, columns in _with_columns(table):
        if "other" not in columns.fields:
            continue
        for column, cell in zip(row.header.values, row.cells, strict=True):
            if column.field == "other" and cell:
                reason = f'in a column that is not known: "{column.label}"'
                yield Unaccounted(lines[row.first].place, cell, reason)


def _with_columns(table: RawTable) -> Iterator[tuple[RawRow, _Columns]]:
    """Yield the rows with their columns, which most rows of a table share."""
    header, columns = table.header, _columns(table.header)
    for row in table.rows:
        if row.header is not header:
            header, columns = row.header, _columns(row.header)
        yield row, columns


def _columns(header: Header) -> _Columns:
    values = header.values
    return _Columns(
        tuple([column.field for column in values]),
        next((column.suffix for column in values if column.field == "outcome_prev"), None),
    )


def _printed(indexes: Sequence[int], lines: Sequence[Line]) -> str:
    return "\n".join([lines[index].text for index in indexes])


def _readings(
    named: str, columns: tuple[str, ...], others: Sequence[Division]
) -> tuple[Reading, ...]:
    """Return the other readings of a row; `named` is what its first cell is called."""
    return tuple(
        [Reading(((named, way.name), *zip(columns, way.cells, strict=True))) for way in others]
    )
