"""The data dictionary: every public table and column, from dbt's manifest.

Belongs here: which parts of the manifest an analyst needs, and their order. Does not belong here:
the descriptions themselves (models/marts/*.yml).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stadsdel import publish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA = "marts"
GROUPS = (
    ("dim_", "Dimensions", "What the figures are about. Join on their keys."),
    ("fct_", "Facts", "What the reports print and what follows from it, in full detail."),
    ("rpt_", "Reports", "Answers to questions that are asked often, ready to show."),
)
_HEAD = """\
# Data dictionary

Generated from dbt's manifest by `python -m stadsdel.pages`; do not edit. The same descriptions are
comments in the published file (`select comment from duckdb_columns()`), so most tools show them.

Everything public is in the schema `marts`. Where a column says "printed" it is the report's own
text; every other figure is in the unit of measure of its row. Blank is never zero.
"""
_ONE_OF = re.compile(r"(\w+) in \((.+)\)", re.DOTALL)


@dataclass(slots=True)
class Table:
    """A public table.

    Its description begins with its grain; `key` are the columns that tell its rows apart.
    """

    name: str
    description: str
    key: tuple[str, ...] = ()
    columns: list[Column] = field(default_factory=list)


@dataclass(slots=True)
class Column:
    """A column: its type, its description, and what its values keep to."""

    name: str
    data_type: str
    description: str
    rules: tuple[str, ...]


def tables(manifest: Mapping[str, Any]) -> list[Table]:
    """Return the public tables in order of their names: dbt's, and the one publication adds."""
    keys: dict[str, tuple[str, ...]] = {}
    targets: dict[tuple[str, str], str] = {}
    filled: dict[str, set[str]] = defaultdict(set)
    for model, column, name, arguments in _tests(manifest):
        if name == "unique_together":
            keys[model] = tuple(arguments["columns"])
        elif name == "unique":
            keys.setdefault(model, (column,))
        elif name == "not_null":
            filled[model].add(column)
        elif name == "relationships":
            targets[model, column] = re.sub(r"\W+", " ", arguments["to"]).split()[-1]
    found = [_dim_build()]
    for model, node in manifest["nodes"].items():
        if node["resource_type"] == "model" and node["schema"] == SCHEMA:
            columns = [
                Column(
                    name,
                    column["data_type"],
                    _folded(column["description"]),
                    tuple(_rules(column, name in filled[model], targets.get((model, name)))),
                )
                for name, column in node["columns"].items()
            ]
            table = Table(node["name"], _folded(node["description"]), keys.get(model, ()), columns)
            found.append(table)
    return sorted(found, key=lambda table: table.name)


def render(manifest: Mapping[str, Any]) -> str:
    """Return the dictionary as a page of Markdown."""
    public = tables(manifest)
    parts = [_HEAD]
    for prefix, title, about in GROUPS:
        group = [table for table in public if table.name.startswith(prefix)]
        contents = "\n".join(f"- [{table.name}](#{table.name})" for table in group)
        parts += [f"## {title}\n\n{about}\n\n{contents}\n", *map(_section, group)]
    return "\n".join(parts)


def _section(table: Table) -> str:
    grain, _, more = table.description.partition(". ")
    key = ", ".join(f"`{column}`" for column in table.key)
    lines = [
        f"### {table.name}\n",
        f"**{grain.rstrip('.')}.** {more}".rstrip() + "\n",
        f"Key: {key}\n",
        "| column | type | description | rules |",
        "|---|---|---|---|",
        *(
            f"| `{column.name}` | {column.data_type} | {_cell(column.description)} "
            f"| {_cell('; '.join(column.rules))} |"
            for column in table.columns
        ),
    ]
    return "\n".join(lines) + "\n"


def _tests(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield (model, column, test, arguments) of each generic data test on a model."""
    for node in manifest["nodes"].values():
        test = node.get("test_metadata")
        if test and node["attached_node"]:
            yield node["attached_node"], node["column_name"] or "", test["name"], test["kwargs"]


def _rules(column: Mapping[str, Any], is_filled: bool, target: str | None) -> Iterator[str]:
    kinds = {constraint["type"] for constraint in column["constraints"]}
    if is_filled or "not_null" in kinds:
        yield "never null"
    if target:
        yield f"in {target}"
    for constraint in column["constraints"]:
        if constraint["type"] == "check":
            yield _check(_folded(constraint["expression"]))


def _check(expression: str) -> str:
    one_of = _ONE_OF.fullmatch(expression)
    if not one_of:
        return f"`{expression}`"
    return "one of " + ", ".join(value.strip(" '") for value in one_of[2].split(","))


def _dim_build() -> Table:
    columns = []
    key = []
    for name, (kind, description) in publish.DIM_BUILD.items():
        data_type = re.sub(r" (primary key|not null)$", "", kind)
        columns.append(Column(name, data_type, description, ("never null",)))
        if kind.endswith("primary key"):
            key.append(name)
    return Table("dim_build", publish.DIM_BUILD_COMMENT, tuple(key), columns)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
