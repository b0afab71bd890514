"""The same content gives the same rows from PDFs that reportlab lays out, in many looks.

The shares are what is reached and must not be lost; what a table's print leaves open (no rule, no
shade between its rows) may be read wrong, but is never passed over without a word.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from generators import content
from generators.found import rows
from generators.scoring import SCORERS, Score, score, squash
from printing import reports
from stadsdel.parsing import parse
from stadsdel.reading.pdf import read_pdf

if TYPE_CHECKING:
    from generators.truth import Truth
    from stadsdel.parsing.model import ParsedReport

SIZE = content.Size(goals=1, tables=2, rows=5, sentences=1, units=1)
SEEDS = range(8)
# Two money tables of one header, the second at the top of a page without a heading of its own.
ONE_TO_ANY_READER = 0.1
_BEGINNING = 12  # so much of a name stands on its first line
# Least share of rows and cells that come back right, by the rules that tables have.
SHARES = {
    "grid": 1.0,
    "frame": 1.0,
    "rows": 0.99,
    "bands": 0.99,
    "tiles": 0.97,
    "header": 0.98,
    "head-shade": 0.98,
    "none": 0.98,
}


def printed(seed: int, look: reports.Look) -> tuple[ParsedReport, Truth]:
    data, truth = reports.render(content.report(Random(seed), SIZE), look)
    path = Path(f"{seed}.pdf")
    return parse(read_pdf(path, data), path), truth


def _passed_over(report: ParsedReport, truth: Truth) -> list[str]:
    """The names of rows of which nothing is left: in no row, and on no list."""
    printed = [row.printed for row in (*report.indicators, *report.activities)]
    printed += [row.printed for table in report.economy for row in table.rows]
    printed += [line.text for line in report.unaccounted]
    kept = squash("".join(printed)) or ""
    names = [row["indicator"] for row in truth["indicators"]]
    names += [row["activity"] for row in truth["activities"]]
    names += [row["label"] for table in truth["economy"] for row in table["rows"]]
    return [name for name in names if (squash(name[:_BEGINNING]) or "") not in kept]


@pytest.mark.parametrize("rules", SHARES)
def test_rows_come_back(rules: str) -> None:
    totals = {kind: Score() for kind in SCORERS}
    for seed in SEEDS:
        report, truth = printed(seed, reports.look(Random(f"{rules}-{seed}"), [rules]))
        found = score(truth, rows(report))
        assert not _passed_over(report, truth), seed
        for kind, part in found.items():
            part.differences = [f"seed {seed}: {text}" for text in part.differences]
            totals[kind].add(part)
    shown = "\n".join(text for total in totals.values() for text in total.differences[:10])
    for kind, total in totals.items():
        share = SHARES[rules] - (ONE_TO_ANY_READER if kind == "economy" else 0)
        assert total.row_recall >= share, shown
        assert total.cell_share >= share, shown
        assert total.extra <= (1 - share) * total.rows, shown
    assert totals["indicators"].units_right == totals["indicators"].matched, shown


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_left_over_where_all_is_read(seed: int) -> None:
    report, _ = printed(seed, reports.look(Random(seed), ["grid"]))
    assert report.unaccounted == ()
