"""What docs/ says of the tables and their content is true of a fresh build."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from stadsdel import project, query
from stadsdel.pages import dictionary
from stadsdel.pages.__main__ import DICTIONARY, main, manifest_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace

DOCS = project.root() / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
GENERATED = [
    path
    for path in PAGES
    if path.name == DICTIONARY or "<!-- answer from" in path.read_text("utf-8")
]
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(#[^)]*)?\)")


@pytest.fixture(scope="module")
def made(sample: Workspace, made_up_city: Workspace) -> dict[Path, str]:
    warehouses = {"sample": sample.warehouse, "city": made_up_city.warehouse}
    return pages(manifest_of(sample), warehouses)


def test_all_pages_with_generated_parts_are_known(made: dict[Path, str]) -> None:
    assert set(made) == set(GENERATED)


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_page_is_what_a_fresh_build_makes_of_it(path: Path, made: dict[Path, str]) -> None:
    assert path.read_text("utf-8") == made[path], "run `python -m stadsdel.pages`"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    page = path.read_text("utf-8")
    lost = [link for link, _ in _LINK.findall(page) if not (path.parent / link).exists()]
    assert lost == []


def test_the_dictionary_tells_of_the_published_tables_as_they_are(sample: Workspace) -> None:
    manifest = manifest_of(sample)
    told = {
        (table.name, column.name): (column.data_type, column.description)
        for table in dictionary.tables(json.loads(manifest.read_text("utf-8")))
        for column in table.columns
    }
    with query.ask(
        sample.warehouse,
        # DuckDB quotes the names of fields that are also words of SQL
        "select table_name, column_name, replace(lower(data_type), '\"', ''), comment "
        "from duckdb_columns() "
        "where schema_name = 'marts' and not internal",
    ) as result:
        held = {
            (table, column): (data_type, " ".join((comment or "").split()))
            for table, column, data_type, comment in result.fetchall()
        }
    assert told == held


def test_a_stale_page_is_written_anew(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    query_of_page = "```sql\nselect count(*) as n from marts.dim_build\n```\n"
    stale = query_of_page + "<!-- answer from sample -->\n<!-- end of answer -->"
    (docs / "page.md").write_text(stale, "utf-8")
    monkeypatch.setattr(project, "root", lambda: tmp_path)
    main(["--state", str(sample.state), "--warehouse", str(sample.warehouse)])
    assert "| n |\n| ---: |\n| 1 |" in (docs / "page.md").read_text("utf-8")
    assert (docs / "data-dictionary.md").exists()
