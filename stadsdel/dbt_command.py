"""The `stadsdel-dbt` script: dbt as a refresh runs it.

dagster-dbt asks dbt for its version before each command; dbt takes seconds to import before it can
answer, so this script answers by itself. It ends with the process that started it: a dbt that
outlives a killed refresh would write into the next one's build. And where it is asked to, it writes
dbt's documentation of what it has built before it ends, which costs a second here and seven in a
process that has to import dbt again. All else is dbt as it is.
"""

from __future__ import annotations

import os
import sys
from importlib import metadata

from stadsdel import processes

PARENT = "STADSDEL_PARENT"
"""Environment variable with the number of the process that dbt must not outlive."""

DOCUMENT = "STADSDEL_DOCUMENT"
"""Environment variable that, where it is set, has a command that succeeds documented."""
DOCUMENTATION = "static_index.html"
"""Name of that documentation in dbt's target folder: one page that stands by itself."""


def main() -> None:
    """Answer `--version`, run dbt for any other arguments."""
    if sys.argv[1:] == ["--version"]:
        print(f"Core:\n  - installed: {metadata.version('dbt-core')}")
        return
    if PARENT in os.environ:
        processes.end_with(int(os.environ[PARENT]))
    from dbt.cli.main import cli

    if DOCUMENT not in os.environ:
        cli()
    sys.exit(_run_and_document(sys.argv[1:]))


def _run_and_document(arguments: list[str]) -> int:
    """Run a dbt command, and `dbt docs generate --static` after it; return dbt's exit code."""
    from dbt.cli.main import dbtRunner

    runner = dbtRunner()
    for command in (arguments, ["docs", "generate", "--static", "--no-compile"]):
        outcome = runner.invoke(command)
        if not outcome.success:
            return 1 if outcome.exception is None else 2
    return 0
