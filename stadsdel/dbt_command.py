"""The `stadsdel-dbt` script: dbt as a refresh runs it.

dagster-dbt asks dbt for its version before each command; dbt takes seconds to import before it can
answer, so this script answers by itself. And it ends with the process that started it: a dbt that
outlives a killed refresh would write into the next one's build. All else is dbt as it is.
"""

from __future__ import annotations

import os
import sys
from importlib import metadata

from stadsdel import processes

PARENT = "STADSDEL_PARENT"
"""Environment variable with the number of the process that dbt must not outlive."""


def main() -> None:
    """Answer `--version`, run dbt for any other arguments."""
    if sys.argv[1:] == ["--version"]:
        print(f"Core:\n  - installed: {metadata.version('dbt-core')}")
        return
    if PARENT in os.environ:
        processes.end_with(int(os.environ[PARENT]))
    from dbt.cli.main import cli

    cli()
