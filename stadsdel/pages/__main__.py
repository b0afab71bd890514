"""Write the generated parts of docs/ anew: `python -m stadsdel.pages`.

Belongs here: which pages there are and where they get their content from.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import project, query
from stadsdel.errors import StadsdelError
from stadsdel.pages import answers, dictionary
from stadsdel.workspace import STATE, WAREHOUSE, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

DICTIONARY = "data-dictionary.md"


def pages(workspace: Workspace) -> dict[Path, str]:
    """Return the content that each page with generated parts should have, by its path.

    Args:
        workspace: where the sample reports were refreshed; its manifest and its published file
            are read.

    Raises:
        StadsdelError: there has been no refresh, or a query of a page fails.
    """
    docs = project.root() / "docs"
    made = {docs / DICTIONARY: dictionary.render(json.loads(_manifest(workspace).read_text()))}
    for path in sorted(docs.rglob("*.md")):
        page = path.read_text("utf-8")
        if answers.queries(page):
            made[path] = answers.fill(page, lambda sql: _ask(workspace, sql))
    return made


def _ask(workspace: Workspace, sql: str) -> answers.Rows:
    with query.ask(workspace.warehouse, sql) as result:
        return query.names(result), result.fetchall()


def _manifest(workspace: Workspace) -> Path:
    for manifest in workspace.dbt.glob("project/*/manifest.json"):
        return manifest
    raise StadsdelError(f"{workspace.dbt}: dbt left no manifest. Run `stadsdel refresh`.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write every page that differs, and name it."""
    parser = argparse.ArgumentParser(prog="python -m stadsdel.pages", description=__doc__)
    parser.add_argument("--state", type=Path, default=STATE)
    parser.add_argument("--warehouse", type=Path, default=WAREHOUSE)
    places = parser.parse_args(arguments)
    for path, page in pages(Workspace.at((), places.state, places.warehouse)).items():
        if not path.exists() or path.read_text("utf-8") != page:
            path.write_text(page, "utf-8")
            print(path)


if __name__ == "__main__":
    main()
