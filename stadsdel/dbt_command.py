"""The `stadsdel-dbt` script: dbt as a refresh runs it.

dagster-dbt asks dbt for its version before each command; dbt takes seconds to import before it can
answer, so this script answers by itself. It ends with the process that started it: a dbt that
outlives a killed refresh would write into the next one's build. And where a dbt that is already
running is named, the command is handed to it (`stadsdel.dbt_server`). All else is dbt as it is.

Belongs here: the script. Does not belong here: what dbt is asked to do (`dagster_project`).
"""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import processes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbt.contracts.graph.manifest import Manifest

EXECUTABLE = Path(sys.executable).parent / "stadsdel-dbt"
"""The script, as it is installed beside the interpreter that runs this."""

PARENT = "STADSDEL_PARENT"
"""Environment variable with the number of the process that dbt must not outlive."""

SERVER = "STADSDEL_DBT_SERVER"
"""Environment variable with the address of a running dbt that commands are handed to."""

DOCUMENT = "STADSDEL_DOCUMENT"
"""Environment variable that, where it is set, has what a command built documented."""
DOCUMENTATION = "static_index.html"
"""Name of that documentation in dbt's target folder: one page that stands by itself."""


def main() -> None:
    """Answer `--version`, run dbt for any other arguments."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"Core:\n  - installed: {metadata.version('dbt-core')}")
        return
    if PARENT in os.environ:
        processes.end_with(int(os.environ[PARENT]))
    if SERVER in os.environ:
        from stadsdel import dbt_server

        sys.exit(dbt_server.ask(os.environ[SERVER], arguments))
    sys.exit(Dbt().run(arguments))


class Dbt:
    """dbt in this process, which parses its project once for all commands."""

    def __init__(self) -> None:
        """Import dbt, which takes seconds."""
        from dbt.cli.main import dbtRunner

        self._runner = dbtRunner
        self._manifest: Manifest | None = None

    def run(self, arguments: Sequence[str]) -> int:
        """Run a command and return dbt's exit code: 0, 1 for what failed, 2 for what broke.

        Where the environment asks for it, `dbt docs generate --static` follows: a second here,
        seven in a process that has to import dbt and parse again.
        """
        code = self._invoke(arguments)
        if code == 0 and DOCUMENT in os.environ:
            code = self._invoke(["docs", "generate", "--static", "--no-compile"])
        return code

    def close(self) -> None:
        """Let go of the database, which nobody else can open until then or the process's end."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]

    def _invoke(self, arguments: Sequence[str]) -> int:
        from dbt.cli.exceptions import DbtUsageException

        outcome = self._runner(manifest=self._manifest).invoke(list(arguments))
        if isinstance(outcome.exception, DbtUsageException):  # dbt itself tells all others
            print(outcome.exception, file=sys.stderr)
        if outcome.success and arguments[-1] == "parse":
            self._manifest = outcome.result  # type: ignore[assignment]
        if outcome.success:
            return 0
        return 1 if outcome.exception is None else 2
