"""Write the generated parts of docs/ anew: `python -m stadsdel.pages`.

Belongs here: which pages there are and which warehouses they ask.
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
    from collections.abc import Mapping, Sequence

DICTIONARY = "data-dictionary.md"
SAMPLE = "sample"
CITY = "city"


def pages(manifest: Path, warehouses: Mapping[str, Path]) -> dict[Path, str]:
    """Return the content that each page with generated parts should have, by its path.

    Args:
        manifest: dbt's manifest of the project as it is.
        warehouses: published files by the name under which pages ask them; a page that asks
            another one is left out.

    Raises:
        StadsdelError: a query of a page fails.
    """
    docs = project.root() / "docs"
    made = {docs / DICTIONARY: dictionary.render(json.loads(manifest.read_text("utf-8")))}

    def ask(sql: str, source: str) -> answers.Rows:
        with query.ask(warehouses[source], sql) as result:
            return query.names(result), result.fetchall()

    for path in sorted(docs.rglob("*.md")):
        page = path.read_text("utf-8")
        asked = answers.sources(page)
        if asked and asked <= warehouses.keys():
            try:
                made[path] = answers.fill(page, ask)
            except StadsdelError as error:
                raise StadsdelError(f"{path}: {error}") from error
    return made


def manifest_of(workspace: Workspace) -> Path:
    """Return the manifest that the last refresh made.

    Raises:
        StadsdelError: there has been no refresh.
    """
    for manifest in workspace.dbt.glob("project/*/manifest.json"):
        return manifest
    raise StadsdelError(f"{workspace.dbt}: dbt left no manifest. Run `stadsdel refresh`.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write every page that differs, and name it."""
    parser = argparse.ArgumentParser(prog="python -m stadsdel.pages", description=__doc__)
    parser.add_argument("--state", type=Path, default=STATE, help="Working folder of a refresh.")
    parser.add_argument(
        "--warehouse", type=Path, default=WAREHOUSE, help="Published from the sample reports."
    )
    parser.add_argument("--city", type=Path, help="Published from the tests' made-up city.")
    places = parser.parse_args(arguments)
    warehouses = {SAMPLE: places.warehouse, **({CITY: places.city} if places.city else {})}
    manifest = manifest_of(Workspace.at(state=places.state))
    for path, page in pages(manifest, warehouses).items():
        if not path.exists() or path.read_text("utf-8") != page:
            path.write_text(page, "utf-8")
            print(path)


if __name__ == "__main__":
    main()
