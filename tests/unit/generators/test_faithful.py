"""The typesetter and the text extraction give the very lines of the real layout-A reports.

The rows are indicator names and figures of a published report. Column widths are measured from it:
each is the room in which all its cells, long and short, break where the real ones do.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generators import pdfbox
from generators.metrics import SANS, wrap
from generators.typeset import Cell, Grid, Row, Typesetter

# The template of the nine-column tables, at size 10: name, then the value columns in order.
_ROOM = (71.3, 48.0, 36.0, 38.0, 48.0, 40.0, 39.0, 37.5, 35.0)
_TITLES = (
    "Indikator",
    "Periodens utfall",
    "Utfall män/ pojkar",
    "Utfall kvinnor/ flickor",
    "Periodens utfall VB 2021",
    "Prognos helår",
    "Årsmål",
    "KF:s årsmål",
    "Period",
)
_GRID = Grid((6.0, 6.0, *_ROOM), SANS, 10, 3.0)
_DELEGATED = "Tas fram av nämnd"
_T2 = "Tertial 2 2022"


def _row(name: str, *cells: str, raised: bool = False) -> Row:
    lines = [_GRID.cell(f"{text} ", 2 + column) for column, text in enumerate((name, *cells))]
    signs = (Cell((" ",)), Cell((" ", " ") if raised else (" ",)))
    return Row((*signs, *map(Cell, lines)))


def _header() -> Row:
    lines = [_GRID.cell(f"{title} ", 2 + column) for column, title in enumerate(_TITLES)]
    return Row((Cell(("  ",)), Cell((" ",)), *map(Cell, lines)), header=True)


def _block(row: Row) -> str:
    """The row's text, below another row."""
    setter = Typesetter(2000, 2000, 50)
    setter.table(_GRID, (), [_row("x", *[""] * 8), row], 1)
    text, _ = pdfbox.text(setter.pages)
    return text.split("\n\n", 1)[1].rstrip("\n")


ROWS = {
    "blank cells between values": _row(
        "Andel barn som lever i familjer som har ekonomiskt bistånd",
        *("2,7 %", "", "", "2,7 %", "2,7 %", "3 %", "2,7 %", _T2),
    ),
    "a raised symbol": _row(
        "Andel personer som har ekonomiskt bistånd i förhållande till befolkningen",
        *("1,89 %", "1,99 %", "2,09 %", "2,11 %", "1,89 %", "2,15 %", "1,5 %", _T2),
        raised=True,
    ),
    "a word cut in two, leading blanks": _row(
        "Andel personer som själv upplever att de får en förbättrad situation av "
        "insatsen/insatserna de fått från socialtjänsten (ekonomiskt bistånd)",
        *("", "", "", "59,38", "60", "60", _DELEGATED, _T2),
    ),
    "a cell wrapped between others": _row(
        "Andel utredningar av barn och unga där barnet varit delaktigt och fått återkoppling",
        *("48,91", "47,66 %", "50,45 %", "70,29", "55", "60 %", _DELEGATED, _T2),
    ),
    "two wrapped cells with blanks between": _row(
        "Antal barn per grupp",
        *("14 barn/avd.", "", "", "12,2 barn/avd.", "16 st", "16", "16", _T2),
    ),
    "a hyphen standing alone": _row(
        "Kvalitetsindikatorn - Självvärdering utifrån läroplansuppdraget",
        *("3,7", "", "", "3,7", "", "3,6", "3,6", "2022"),
    ),
    "name and values on one line": _row(
        "Sjukfrånvaro",
        *("8,3 %", "5,3 %", "9 %", "9,2 %", "8,5 %", "8,5 %", "Tas fram av nämnd/styrelse", _T2),
        raised=True,
    ),
    "a name that ends in digits": _row(
        "Sjukfrånvaro dag 1-14",
        *("3,2 %", "2,7 %", "3,3 %", "2,9 %", "3 %", "3 %", "Tas fram av nämnd/styrelse", _T2),
        raised=True,
    ),
    "thousands": _row(
        "Antal ungdomar som fått feriejobb i stadens regi",
        *("919 st", "450 st", "469 st", "983 st", "960", "950 st", "9 000 st", _T2),
        raised=True,
    ),
    "energy": _row(
        "Totalt köpt energi i stadens verksamheter",
        *("", "", "", "1,23 GWh", "", "1,5 GWh", "1945 GWh", "2022"),
    ),
}


def test_a_row_is_printed_as_the_real_one_is() -> None:
    assert _block(ROWS["two wrapped cells with blanks between"]).split("\n") == [
        "  Antal barn per ",
        "grupp ",
        "",
        "14 ",
        "barn/avd. ",
        "",
        "  12,2 ",
        "barn/avd. ",
        "",
        "16 st 16 16 Tertial ",
        "2 2022 ",
    ]


def test_a_row_broken_by_a_page_is_printed_as_the_real_one_is() -> None:
    used = _GRID.pitch * 3 + 6 + _GRID.pitch + 6  # the header and the row before
    two_lines = _GRID.pitch * 2 + 6
    setter = Typesetter(2000, 2 * 50 + used + two_lines + 1, 50)
    rows = [
        _row("x", *[""] * 8),
        _row(
            "Antal tillhandahållna platser för Stockholmsjobb",
            *("51", "", "", "72", "70", "70 st", "Tas fram av nämnd/styrelse", _T2),
        ),
    ]
    setter.table(_GRID, (_header(),), rows, 2)
    text, _ = pdfbox.text(setter.pages)
    assert text[text.index("  Antal") :].rstrip("\n").split("\n") == [
        "  Antal ",
        "tillhandahållna ",
        "",
        "51   72 70 70 st Tas ",
        "fram av ",
        "",
        "Tertial ",
        "2 2022 ",
        "    Indikator Periodens ",
        "utfall ",
        "",
        "Utfall ",
        "män/ ",
        "pojkar ",
        "",
        "Utfall ",
        "kvinnor/ ",
        "flickor ",
        "",
        "Periodens ",
        "utfall VB ",
        "2021 ",
        "",
        "Prognos ",
        "helår Årsmål KF:s ",
        "",
        "årsmål Period ",
        "",
        "platser för ",
        "Stockholmsjobb ",
        "",
        "nämnd/",
        "styrelse ",
    ]


def test_a_lone_hyphen_takes_the_next_space_with_it() -> None:
    name = "Kvalitetsindikatorn - Självvärdering utifrån läroplansuppdraget "
    assert wrap(name, 71.3, SANS, 10) == (
        "Kvalitetsindikat",
        "orn -",
        " Självvärdering ",
        "utifrån ",
        "läroplansuppdr",
        "aget ",
    )


@pytest.fixture(scope="module")
def full_reports() -> str:
    folder = Path(os.environ.get("STADSDEL_FULL_REPORTS", "../shared/reports"))
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        pytest.skip(f"no full reports in {folder} (set STADSDEL_FULL_REPORTS)")
    return "\n".join(texts)


@pytest.mark.parametrize("case", ROWS)
def test_rows_stand_line_by_line_in_the_full_report(case: str, full_reports: str) -> None:
    assert _block(ROWS[case]) in full_reports
