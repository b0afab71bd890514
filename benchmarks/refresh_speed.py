"""How long `stadsdel refresh` takes beside its own `dbt build`, in seconds of wall time.

Usage:
    python benchmarks/refresh_speed.py [--runs 3] [--reports DIR]

Each run makes a warehouse from nothing (no state, so dbt parses its project too), then calls
`dbt build` by itself on the lake which that refresh left, as from nothing, then refreshes again
with nothing new. The two are paired run by run, so that a machine whose speed drifts slows both;
the median ratio counts.

Exit code 1 if the project's bar is missed (a refresh at most twice its `dbt build`; 3 s where
nothing is new).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from stadsdel import building
from stadsdel.workspace import Workspace

_ROOT = Path(__file__).resolve().parent.parent
_COMMANDS = Path(sys.executable).parent
_BAR_RATIO = 2.0
_BAR_NO_CHANGE = 3.0


def main() -> int:
    """Time the runs, print each and judge by the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="pairs to time (default 3)")
    parser.add_argument("--reports", type=Path, default=_ROOT / "reports", help="what to refresh")
    options = parser.parse_args()
    ratios, nothing_new = [], []
    for number in range(1, options.runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            refresh, build, again = _timed(Path(folder), options.reports)
        ratios.append(refresh / build)
        nothing_new.append(again)
        print(
            f"run {number}: refresh {refresh:.1f} s, dbt build {build:.1f} s, "
            f"ratio {refresh / build:.2f}, nothing new {again:.2f} s",
            flush=True,
        )
    ratio, again = median(ratios), median(nothing_new)
    print(
        f"median: ratio {ratio:.2f} (bar {_BAR_RATIO:.0f}), "
        f"nothing new {again:.2f} s (bar {_BAR_NO_CHANGE:.0f} s)"
    )
    return 0 if ratio <= _BAR_RATIO and again <= _BAR_NO_CHANGE else 1


def _timed(folder: Path, reports: Path) -> tuple[float, float, float]:
    """Return the seconds of a refresh, of its `dbt build` alone, and of a refresh of nothing."""
    workspace = Workspace.at([reports], folder / "state", folder / "warehouse.duckdb")
    refresh = [
        str(_COMMANDS / "stadsdel"),
        "refresh",
        *("--reports", str(reports)),
        *("--state", str(workspace.state)),
        *("--warehouse", str(workspace.warehouse)),
    ]
    by_hand = {
        **building.dbt_environment(workspace),
        "STADSDEL_BUILD": str(folder / "alone.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    first = _seconds(refresh)
    alone = _seconds([str(_COMMANDS / "dbt"), "build"], by_hand)
    return first, alone, _seconds(refresh)


def _seconds(command: list[str], variables: dict[str, str] | None = None) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, cwd=_ROOT, env={**os.environ, **(variables or {})}, check=True, capture_output=True
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
