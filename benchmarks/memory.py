"""How much memory a folder of reports takes: it must not grow with their number.

Usage:
    python benchmarks/memory.py [--reports 1000] [--folder DIR]

Makes reports of all layouts, text and PDF, each tenth of them large (with --folder those that lie
there are taken), and reads them twice, each time in a fresh process: `extract` writes JSON Lines in
one process, `land` brings them into a lake with its own reading processes. Prints the memory that
the processes hold, all together (resident set, MB), after a tenth, half and all of the reports, and
the most they ever held. Every hundred reports are of the same sizes. Reads /proc: Linux only.

Exit code 1 if it grew: by more than a tenth between the first tenth and the last.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT / "tests"))

if TYPE_CHECKING:
    from collections.abc import Callable

_GROWTH = 1.1  # the most that the memory may grow: what an allocator keeps varies by some per cent
_SIZES = 100  # the reports' sizes come again after so many
_LARGE = 10  # each such is large
_SECONDS_BETWEEN_LOOKS = 0.02


def main() -> int:
    """Make the folder, read it in processes of their own, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--folder", type=Path, help="read these reports instead")
    parser.add_argument("--read", choices=["extract", "land"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        return _read(options.read, options.folder)
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if not options.folder:
            _make(folder, options.reports)
        files = [path for path in folder.iterdir() if path.is_file()]
        print(f"{len(files):,} reports, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")
        codes = []
        for way in ("extract", "land"):
            command = [sys.executable, __file__, "--read", way, "--folder", str(folder)]
            codes.append(subprocess.run(command, check=False).returncode)
    return max(codes)


def _make(folder: Path, count: int) -> None:
    from generators import content
    from generators.generate import LAYOUTS, show

    for number in range(count):
        kind = number % _SIZES
        size = content.Size(goals=6, tables=3, rows=10, sentences=8) if kind % _LARGE == 0 else None
        report = content.report(Random(kind), size or content.Size(rows=4, units=1))
        printed = show(report, LAYOUTS[kind // _LARGE % len(LAYOUTS)], Random(f"memory-{number}"))
        path = folder / f"{number:04d}{printed.suffix}"
        path.write_bytes(printed.data)


def _read(way: str, folder: Path) -> int:
    """Read the folder in this process, looking at its memory all the while."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    watch = _Watch(len(paths))
    with tempfile.TemporaryDirectory() as out:
        {"extract": _extract, "land": _land}[way](paths, Path(out), watch.done)
    watch.end()
    shown = ", ".join(f"{most:.0f} after {number:,}" for number, most in watch.marks.items())
    print(f"{way:<8} MB held at most: {shown}", flush=True)
    most = list(watch.marks.values())
    return 0 if most[-1] <= _GROWTH * most[0] else 1


def _extract(paths: list[Path], out: Path, done: Callable[[int], None]) -> None:
    from stadsdel.extract import extract

    for number, _ in enumerate(extract(paths, out), start=1):
        done(number)


def _land(paths: list[Path], out: Path, done: Callable[[int], None]) -> None:
    from stadsdel.intake import survey
    from stadsdel.landing import land
    from stadsdel.workspace import Workspace

    folder = paths[0].parent
    workspace = Workspace.at([folder], out / "state", out / "warehouse.duckdb")
    land(workspace, survey([folder]), (), lambda _, number, __: done(number), in_processes=True)


class _Watch:
    """The most memory held by this process and its children, up to a tenth, half and all."""

    def __init__(self, count: int) -> None:
        self.marks: dict[int, float] = {}
        self._wanted = [count // 10, count // 2, count]
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def done(self, number: int) -> None:
        """Note the memory when as many reports are read as one wants to know of."""
        if number in self._wanted:
            self.marks[number] = max(self._most, _held())

    def end(self) -> None:
        """Look no longer."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_SECONDS_BETWEEN_LOOKS):
            self._most = max(self._most, _held())


def _held() -> float:
    """Return the memory that this process and its children hold, in MB."""
    total = 0
    own = Path("/proc/self")
    children = (own / "task").glob("*/children")
    pids = [number for path in children for number in path.read_text().split()]
    for process in [own, *(Path("/proc") / pid for pid in pids)]:
        try:
            status = (process / "status").read_text()
        except OSError:
            continue  # it has ended
        if found := re.search(r"VmRSS:\s*(\d+) kB", status):
            total += int(found[1])
    return total / 1000


if __name__ == "__main__":
    sys.exit(main())
