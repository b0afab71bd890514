"""What the project's parser finds in a printed report, in the truth's form.

Belongs here: the one place in the generator that knows `stadsdel`: calling it, and turning its rows
into the contract's fields. Does not belong here: comparing (`scoring`).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from stadsdel.parsing import parse
from stadsdel.reading import read

if TYPE_CHECKING:
    from generators.generate import Printed
    from generators.truth import Truth
    from stadsdel.parsing.model import ParsedReport
    from stadsdel.reading import Place


def parsed(printed: Printed) -> ParsedReport:
    """Read and parse a printed report as a file.

    Raises:
        ReportError: the parser refuses the report.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report{printed.suffix}"
        path.write_bytes(printed.data)
        return parse(read(path), path)


def rows(report: ParsedReport) -> Truth:
    """Return a parsed report's rows by kind, each with its `line` or `page`."""
    return {
        "indicators": [_row(row) for row in report.indicators],
        "goals": [_row(row) for row in report.goals],
        "activities": [_row(row) for row in report.activities],
        "economy": [_table(table) for table in report.economy],
    }


def _row(row: Any) -> dict[str, Any]:
    told = row._asdict()
    place: Place = told.pop("place")
    return told | {"line": place.line, "page": place.page}


def _table(table: Any) -> dict[str, Any]:
    told = _row(table)
    return told | {"rows": [_row(row) for row in told["rows"]]}
