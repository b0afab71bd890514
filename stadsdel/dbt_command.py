"""The `stadsdel-dbt` script: dbt as a refresh runs it.

dagster-dbt asks dbt for its version before each command; dbt takes seconds to import before it can
answer, so this script answers by itself. And it ends with the process that started it: a dbt that
outlives a killed refresh would write into the next one's build. All else is dbt as it is.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from importlib import metadata

PARENT = "STADSDEL_PARENT"
"""Environment variable with the number of the process that dbt must not outlive."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Answer `--version`, run dbt for any other arguments."""
    if sys.argv[1:] == ["--version"]:
        print(f"Core:\n  - installed: {metadata.version('dbt-core')}")
        return
    if PARENT in os.environ:
        _end_with(int(os.environ[PARENT]))
    from dbt.cli.main import cli

    cli()


def _end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux; elsewhere it may outlive)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the kernel was asked
            sys.exit(1)
