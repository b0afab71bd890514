"""How fast text reports are read and parsed, in MB per second of processor time.

Usage:
    python benchmarks/text_speed.py [--runs 7] [REPORT ...]

Without reports, those in the folder STADSDEL_FULL_REPORTS (default ../shared/reports) are timed.
Each run starts with what parsing remembers of earlier rows forgotten, as a new process does; the
least of the runs counts, on one thread.

Exit code 1 if the project's bar is missed (5 MB/s over all reports), 2 if there are no reports.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from stadsdel.parsing import parse
from stadsdel.reading import read

_ROOT = Path(__file__).resolve().parent.parent
_BAR = 5.0  # the project's acceptance bar, MB/s on one core
_TABLES_OF_THE_PROJECT = {"_aliases", "_districts"}  # read once per process from the seeds


def main() -> int:
    """Time the reports, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="*", type=Path, help="text reports")
    parser.add_argument("--runs", type=int, default=7, help="runs of each report (default 7)")
    options = parser.parse_args()
    folder = Path(os.environ.get("STADSDEL_FULL_REPORTS", _ROOT.parent / "shared" / "reports"))
    reports: list[Path] = options.reports or sorted(folder.glob("*.txt"))
    if not reports:
        print(f"no text reports in {folder}", file=sys.stderr)
        return 2
    for path in reports:
        parse(read(path), path)  # modules and seeds are loaded
    size = seconds = 0.0
    for path in reports:
        reading, parsing = min((_timed(path) for _ in range(options.runs)), key=sum)
        megabytes = path.stat().st_size / 1e6
        size, seconds = size + megabytes, seconds + reading + parsing
        print(
            f"{path.name}: {megabytes:.3f} MB, reading {reading * 1e3:.1f} ms, "
            f"parsing {parsing * 1e3:.1f} ms, {megabytes / (reading + parsing):.2f} MB/s"
        )
    print(f"all: {size / seconds:.2f} MB/s (bar {_BAR:.0f})")
    return 0 if size / seconds >= _BAR else 1


def _timed(path: Path) -> tuple[float, float]:
    """Return the seconds that reading and parsing a report take."""
    for function in _remembering():
        function.cache_clear()
    start = time.process_time()
    document = read(path)
    middle = time.process_time()
    parse(document, path)
    return middle - start, time.process_time() - middle


def _remembering() -> list[Any]:
    """Return the functions of parsing that remember results."""
    modules = [m for name, m in sys.modules.items() if name.startswith("stadsdel.parsing")]
    return [
        value
        for module in modules
        for name, value in vars(module).items()
        if hasattr(value, "cache_clear") and name not in _TABLES_OF_THE_PROJECT
    ]


if __name__ == "__main__":
    sys.exit(main())
