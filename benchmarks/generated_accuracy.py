"""How much of generated reports the parser gets right, by layout.

Usage:
    python benchmarks/generated_accuracy.py --count 300 --layouts a,rules,b,pdf [--show 10]

Prints one line per layout and kind of row. The reports of a seed are the same on every machine, so
figures can be compared between versions. Exit code 1 if the indicators of a layout fall below the
project's bar (row_recall and cells_right >= 0.99).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import cast, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from generators.found import parsed, rows
from generators.generate import Layout, generate
from generators.scoring import SCORERS, Score, score

_BAR = 0.99  # the project's acceptance bar for generated reports


def main() -> int:
    """Generate, parse, score and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="reports per layout (default 300)")
    parser.add_argument("--layouts", default="a,rules,b,pdf", help="comma-separated (default all)")
    parser.add_argument("--first", type=int, default=0, help="first seed (default 0)")
    parser.add_argument("--show", type=int, default=0, help="differences to print per layout")
    options = parser.parse_args()
    layouts = options.layouts.split(",")
    if unknown := set(layouts) - set(get_args(Layout)):
        parser.error(f"unknown layouts: {', '.join(sorted(unknown))}")
    seeds = range(options.first, options.first + options.count)
    passed = [_measure(cast("Layout", layout), seeds, options.show) for layout in layouts]
    return 0 if all(passed) else 1


def _measure(layout: Layout, seeds: range, show: int) -> bool:
    """Score one layout; return whether its indicators reach the bar."""
    totals = {kind: Score() for kind in SCORERS}
    refused, identities, unaccounted, ambiguous, spent, size = 0, 0, 0, 0, 0.0, 0
    for seed in seeds:
        printed = generate(seed, layout)
        start = time.perf_counter()
        try:
            report = parsed(printed)
        except Exception as error:  # one bad report must not hide the others' figures
            refused += 1
            print(f"  seed {seed}: {type(error).__name__}: {error}")
            continue
        finally:
            spent += time.perf_counter() - start
            size += len(printed.data)
        truth = printed.report
        identity = (report.identity.stadsdel_id, report.identity.year, report.identity.report_type)
        if identity == (truth.district.slug, truth.year, truth.report_type):
            identities += 1
        elif show:
            print(f"  seed {seed}: identity {identity}, want {truth.district.slug} {truth.year}")
        unaccounted += len(report.unaccounted)
        ambiguous += sum(bool(row.ambiguous) for row in report.indicators)
        for kind, part in score(printed.truth, rows(report)).items():
            part.differences = [f"seed {seed} {kind}: {text}" for text in part.differences]
            totals[kind].add(part)
    count = len(seeds)
    print(
        f"layout {layout}: {count} reports, refused {refused}, identities right {identities}, "
        f"unaccounted lines {unaccounted}, ambiguous rows {ambiguous}, "
        f"{size / 1e6 / spent:.2f} MB/s"
    )
    for kind, total in totals.items():
        print(f"  {kind}: {_line(total)}")
    differences = [text for total in totals.values() for text in total.differences]
    for text in differences[:show]:
        print(f"    {text}")
    found = totals["indicators"]
    return refused == 0 and found.row_recall >= _BAR and found.cell_share >= _BAR


def _line(total: Score) -> str:
    parts = [
        f"rows {total.rows}",
        f"row_recall {total.row_recall:.4f}",
        f"rows_right {total.row_share:.4f}",
        f"extra {total.extra}",
    ]
    if total.cells:
        parts.append(f"cells {total.cells}, cells_right {total.cell_share:.4f}")
        parts.append(f"invented {total.cells_invented}")
    if (total.matched and not total.cells) or total.analyses:
        parts.append(f"spelled {total.names_spelled / max(1, total.matched):.4f}")
    if total.goals_right:
        parts.append(f"goal {total.goals_right / total.matched:.4f}")
        parts.append(f"unit {total.units_right / total.matched:.4f}")
    if total.analyses:
        parts.append(f"analyses {total.analyses}, right {total.analysis_share:.4f}")
        parts.append(f"invented {total.analyses_invented}")
    return ", ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
