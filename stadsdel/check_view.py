"""What `stadsdel check` shows in the terminal.

Belongs here: words and layout. Does not belong here: what is checked (`stadsdel.check`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from stadsdel.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from stadsdel.check import Checked
    from stadsdel.oracles import Answer, Oracle
    from stadsdel.parsing.model import ActivityRow, IndicatorRow, ParsedReport, Reading
    from stadsdel.reading.model import Place

_TYPES = {
    "vp": "verksamhetsplan",
    "t1": "tertialrapport 1",
    "t2": "tertialrapport 2",
    "vb": "verksamhetsberättelse",
}
_ORACLES: dict[Oracle, str] = {
    "sexes": "Total lies between the sexes, or is their sum",
    "sums": "Printed sums equal their rows",
    "last_year": "Last year's outcome is last year's report's",
}


def show(console: Console, checked: Checked) -> None:
    """Print one report: identity, tables, what is left over or unsure, oracles, and the sum."""
    _identity(console, checked)
    console.print(_tables(checked.report))
    _left_over(console, checked.report)
    _ambiguous(console, checked.report)
    for answer in checked.answers:
        _answer(console, checked, answer)
    problems = checked.problems
    words = "Nothing needs a look" if not problems else f"{problems} to look at"
    console.print(f"{words}.\n", style="bold" if problems else None)


def _identity(console: Console, checked: Checked) -> None:
    report, identity = checked.report, checked.report.identity
    size = f"{report.lines} lines" if report.pages is None else f"{report.pages} pages"
    console.print(escape(printable(checked.path)), style="bold", highlight=False)
    _line(
        console,
        "Report",
        f"{identity.stadsdel_id} {identity.year} {identity.report_type} "
        f"({_TYPES[identity.report_type]}), {report.layout}, {size}",
    )
    if identity.units:
        _line(console, "Units", ", ".join(identity.units))
    for of, place, text in identity.evidence:
        _line(console, "Found by", f"{of}, {_where(place)}: {text}")
    for note in report.notes:
        _line(console, "Note", note)


def _tables(report: ParsedReport) -> Table:
    """Return a table with a line per table of the report, in order within their kinds."""
    shown = Table("Table", "Rows", "From", "Under")
    shown.columns[1].justify = "right"
    kinds: tuple[tuple[str, Sequence[IndicatorRow | ActivityRow]], ...] = (
        ("indicators", report.indicators),
        ("activities", report.activities),
    )
    for kind, rows in kinds:
        for number, group in groupby(rows, key=_table_of):
            of_table = list(group)
            first = of_table[0]
            under = " · ".join(text for text in (first.unit, first.goal) if text)
            shown.add_row(
                f"{kind} {number}", str(len(of_table)), _where(first.place), escape(under)
            )
    for table in report.economy:
        under = " · ".join(text for text in (table.unit, table.title, table.money_unit) if text)
        shown.add_row(
            f"money {table.table}", str(len(table.rows)), _where(table.place), escape(under)
        )
    shown.add_section()
    for name, count in (
        ("indicators", len(report.indicators)),
        ("activities", len(report.activities)),
        ("money", sum(len(table.rows) for table in report.economy)),
        ("goals", len(report.goals)),
    ):
        shown.add_row(f"all {name}", str(count), "", "")
    return shown


def _table_of(row: IndicatorRow | ActivityRow) -> int:
    return row.table


def _left_over(console: Console, report: ParsedReport) -> None:
    _line(console, "Left over", f"{len(report.unaccounted)} lines of tables are in no row")
    for line in report.unaccounted:
        _item(console, f"{_where(line.place)}: {line.text.strip()} ({line.reason})")


def _ambiguous(console: Console, report: ParsedReport) -> None:
    unsure = list(_unsure(report))
    _line(console, "Unsure", f"{len(unsure)} rows can be read in more than one way")
    for place, label, readings in unsure:
        _item(console, f"{_where(place)}: {label}")
        for reading in readings:
            cells = ", ".join(f"{name} {cell}" for name, cell in reading.cells if cell)
            _item(console, f"  or: {cells}")


def _unsure(report: ParsedReport) -> Iterator[tuple[Place, str, tuple[Reading, ...]]]:
    for row in report.indicators:
        if row.ambiguous:
            yield row.place, row.indicator, row.ambiguous
    for table in report.economy:
        for line in table.rows:
            if line.ambiguous:
                yield line.place, f"{table.title}: {line.label}", line.ambiguous


def _answer(console: Console, checked: Checked, answer: Answer) -> None:
    found = f"{answer.judged} judged, {len(answer.doubts)} in doubt"
    if answer.oracle == "last_year" and not checked.last_year_known:
        year = checked.report.identity.year - 1
        found = f"not judged: no verksamhetsberättelse of {year} is given or in the working folder"
    _line(console, "Oracle", f"{_ORACLES[answer.oracle]}: {found}")
    for doubt in answer.doubts:
        _item(console, f"{_where(doubt.place)}: {doubt.text}")


def _where(place: Place) -> str:
    return f"line {place.line}" if place.page is None else f"page {place.page}"


def _line(console: Console, name: str, text: str) -> None:
    console.print(f"{name:<10} {escape(text)}", highlight=False)


def _item(console: Console, text: str) -> None:
    console.print(f"           {escape(text)}", highlight=False)
