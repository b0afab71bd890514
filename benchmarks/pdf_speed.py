"""How fast and how exactly PDF tables are read, beside pdfplumber's `extract_tables`.

Usage:
    python benchmarks/pdf_speed.py [--pages 100] [--runs 3] [--seed 1] [--file REPORT.pdf]

Makes one PDF of about the wanted length with reportlab (ruled tables with wrapped and blank cells,
analyses over the whole width, tables over page breaks; prose between them) and reads it with both,
in one run and one process. Prints seconds of processor time (both use one thread; the least of the
runs, which alternate), the ratio, and the share of the printed rows that each gave back with every
cell right, white space aside. With --file that file is timed: what is printed in it is not known.

Exit code 1 if the project's bar is missed: 10 times as fast, with at least the same exactness.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import pdfplumber

from printing import tables
from stadsdel.reading.pdf import read_pdf

Row = tuple[str, ...]

_BAR = 10.0  # the project's acceptance bar: times as fast as pdfplumber


def main() -> int:
    """Make the file, read it both ways, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100, help="pages, about (default 100)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each reader (default 3)")
    parser.add_argument("--seed", type=int, default=1, help="which file (default 1)")
    parser.add_argument("--file", type=Path, help="time this file instead")
    options = parser.parse_args()
    printed: Counter[Row] = Counter()
    if options.file:
        data = options.file.read_bytes()
    else:
        data, printed = _printed(options.pages, Random(options.seed))
    seconds = {"stadsdel": float("inf"), "pdfplumber": float("inf")}
    rows: dict[str, list[Row]] = {}
    for _ in range(options.runs):
        for name, read in (("stadsdel", _read), ("pdfplumber", _read_with_pdfplumber)):
            start = time.process_time()
            rows[name] = read(data)
            seconds[name] = min(seconds[name], time.process_time() - start)
    pages = read_pdf(Path("benchmark.pdf"), data).pages or 0
    print(f"{pages} pages, {len(data):,} bytes, {sum(printed.values()):,} rows printed")
    shares = {name: _share(printed, found) for name, found in rows.items()}
    for name, spent in seconds.items():
        exact = f", {shares[name]:.4%} of rows exact" if printed else ""
        print(f"{name:<11} {spent:7.3f} s, {spent / pages * 1000:7.2f} ms/page{exact}")
    ratio = seconds["pdfplumber"] / seconds["stadsdel"]
    print(f"{ratio:.1f} times as fast as pdfplumber")
    return 0 if ratio >= _BAR and shares["stadsdel"] >= shares["pdfplumber"] else 1


def _printed(pages: int, random: Random) -> tuple[bytes, Counter[Row]]:
    """Return a PDF of about so many pages and the rows that its tables print."""
    look = tables.look(random)
    look.wide_page = False
    content = [tables.table(random, rows=9) for _ in range(pages)]
    data = tables.file_of(content, look, random)
    return data, Counter(_squashed(row) for table in content for row in table.rows[1:])


def _squashed(row: tuple[str | None, ...]) -> Row:
    """Return a row's cells without white space and without the blanks at its end."""
    cells = ["".join((cell or "").split()) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _read(data: bytes) -> list[Row]:
    document = read_pdf(Path("benchmark.pdf"), data)
    return [_squashed(line.cells) for line in document.lines if line.cells is not None]


def _read_with_pdfplumber(data: bytes) -> list[Row]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            _squashed(tuple(row))
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]


def _share(printed: Counter[Row], rows: list[Row]) -> float:
    """Return the share of the printed rows that were read, each counted as often as printed."""
    total = printed.total()
    return (printed & Counter(rows)).total() / total if total else 1.0


if __name__ == "__main__":
    sys.exit(main())
