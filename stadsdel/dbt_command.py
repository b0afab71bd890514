"""The `stadsdel-dbt` script: dbt, with its version told without starting it.

dagster-dbt asks dbt for its version before each command; dbt takes seconds to import before it can
answer. Everything else is handed to dbt as it is.
"""

from __future__ import annotations

import sys
from importlib import metadata


def main() -> None:
    """Answer `--version`, run dbt for any other arguments."""
    if sys.argv[1:] == ["--version"]:
        print(f"Core:\n  - installed: {metadata.version('dbt-core')}")
        return
    from dbt.cli.main import cli

    cli()
